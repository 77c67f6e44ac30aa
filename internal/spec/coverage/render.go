package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// render is the page.
func render(rows []row) string {
	var b strings.Builder
	b.WriteString("# Coverage of the published Backend API\n\n" +
		"<!-- Written by `go run ./internal/spec/coverage`; do not edit. -->\n\n" +
		"Every operation of the published documents (of API versions " + strings.Join(documents(rows), " and ") + "), and whether this\n" +
		"server answers it: ✓ where the last run of the wire scenarios (`internal/api/testdata`) saw that done, on every engine.\n" +
		"A request for one that is not served gets a 501 naming it. In the lists of parameters, ✓ is read, ✗ is not, and + is\n" +
		"read here beyond the document; those that are read were part of such a request.\n\n")
	summary(&b, rows)
	byTag := make(map[string][]row)
	for _, r := range rows {
		if !r.extension {
			byTag[r.Tag] = append(byTag[r.Tag], r)
		}
	}
	tags := slices.Sorted(maps.Keys(byTag))
	index(&b, tags, byTag)
	for _, tag := range tags {
		fmt.Fprintf(&b, "\n## %s\n\n", tag)
		operations(&b, byTag[tag])
	}
	b.WriteString("\n## Beyond the document\n\n")
	operations(&b, extensions(rows))
	return b.String()
}

// documents are the API versions whose documents the operations come from.
func documents(rows []row) []string {
	seen := make(map[string]bool)
	for _, r := range rows {
		if !r.extension {
			seen[r.First], seen[r.Last] = true, true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func extensions(rows []row) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !r.extension })
}

// summary counts operations, and the parameters of those that are served.
func summary(b *strings.Builder, rows []row) {
	published, served, params, read, beyond := 0, 0, 0, 0, 0
	for _, r := range rows {
		if !r.extension {
			published++
		}
		if r.extension || !r.served {
			continue
		}
		served++
		for _, p := range slices.Concat(r.query, r.body) {
			switch {
			case !p.published:
				beyond++
			case p.served:
				read++
				fallthrough
			default:
				params++
			}
		}
	}
	b.WriteString("| | |\n|---|---|\n")
	fmt.Fprintf(b, "| Published operations served | %d of %d |\n", served, published)
	fmt.Fprintf(b, "| Published parameters of those read | %d of %d |\n", read, params)
	fmt.Fprintf(b, "| Parameters of those beyond the document | %d |\n", beyond)
	fmt.Fprintf(b, "| Operations beyond the document | %d |\n", len(extensions(rows)))
}

func index(b *strings.Builder, tags []string, byTag map[string][]row) {
	b.WriteString("\n| Group | Served | Published |\n|---|---|---|\n")
	for _, tag := range tags {
		served := 0
		for _, r := range byTag[tag] {
			if r.served {
				served++
			}
		}
		fmt.Fprintf(b, "| %s | %d | %d |\n", tag, served, len(byTag[tag]))
	}
}

func operations(b *strings.Builder, rows []row) {
	b.WriteString("| Served | Operation | Request | Versions | Query | Body |\n|---|---|---|---|---|---|\n")
	for _, r := range rows {
		mark := "✗"
		if r.served {
			mark = "✓"
		}
		fmt.Fprintf(b, "| %s | %s | `%s %s` | %s | %s | %s |\n",
			mark, r.ID, r.Method, r.Path, versions(r), names(r.served, r.query), names(r.served, r.body))
	}
}

// versions is the range of API versions that document an operation.
func versions(r row) string {
	switch r.First {
	case "":
		return "–"
	case r.Last:
		return r.First
	}
	return r.First + " – " + r.Last
}

// names lists parameters; of an operation that is not served, without marks.
func names(served bool, params []parameter) string {
	if len(params) == 0 {
		return "–"
	}
	texts := make([]string, len(params))
	for i, p := range params {
		mark := ""
		switch {
		case !served:
		case !p.published:
			mark = "+ "
		case p.served:
			mark = "✓ "
		default:
			mark = "✗ "
		}
		texts[i] = mark + "`" + p.name + "`"
	}
	return strings.Join(texts, ", ")
}
