package client_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// page is a page of docs/api: its name, which is the resource's where it has one,
// its table of methods with the request of each, and what is below its headings.
type page struct {
	file, name, text string
	methods          map[string]string
	order            []string // of the methods
	sections         []section
}

// section is what is below one heading. Its name is the title in camel case.
type section struct{ title, name, text, example string }

var (
	methodRow = regexp.MustCompile(`(?m)^\| \[(\w+)\]\(#(\w+)\) \| \*\*(\w+)\*\* (\S+) \| \S.* \|$`)
	goBlock   = regexp.MustCompile("(?s)```go\n(.*?)```")
)

func pages(t *testing.T) []*page {
	t.Helper()
	files, err := filepath.Glob("../docs/api/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var out []*page
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := &page{file: file, text: string(text), methods: map[string]string{}}
		head, rest, _ := strings.Cut(p.text, "\n## ")
		title, _, _ := strings.Cut(strings.TrimPrefix(head, "# "), "\n")
		p.name = camel(title)
		for _, row := range methodRow.FindAllStringSubmatch(head, -1) {
			if strings.ToLower(row[1]) != row[2] {
				t.Errorf("%s: the link of %s leads to #%s", file, row[1], row[2])
			}
			p.methods[row[1]] = row[3] + " " + row[4]
			p.order = append(p.order, row[1])
		}
		for _, part := range strings.Split(rest, "\n## ") {
			s := section{text: part}
			s.title, _, _ = strings.Cut(part, "\n")
			s.name = camel(s.title)
			if block := goBlock.FindStringSubmatch(part); block != nil {
				s.example = block[1]
			}
			p.sections = append(p.sections, s)
		}
		out = append(out, p)
	}
	return out
}

// camel joins the words of a title.
func camel(title string) string {
	var out strings.Builder
	for word := range strings.FieldsSeq(title) {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return out.String()
}

// replaceExample writes an example into the page's file.
func (p *page) replaceExample(t *testing.T, s section, code string) {
	t.Helper()
	text := strings.Replace(s.text, "```go\n"+s.example+"```", "```go\n"+code+"```", 1)
	p.text = strings.Replace(p.text, "\n## "+s.text, "\n## "+text, 1)
	if err := os.WriteFile(p.file, []byte(p.text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// exampleCode is the code of the examples by name: the body of a function behind
// the line that is an empty comment, if it has one, less the last return.
func exampleCode(t *testing.T) map[string]string {
	t.Helper()
	program, err := os.ReadFile("testdata/first/main.go")
	if err != nil {
		t.Fatal(err)
	}
	code := map[string]string{firstProgram: string(program)}
	files, err := filepath.Glob("docs_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Type.Params.NumFields() == 4 && strings.HasPrefix(f.Name.Name, "example") {
				body := string(source[set.Position(f.Body.Lbrace).Offset+2 : set.Position(f.Body.Rbrace).Offset])
				code[strings.TrimPrefix(f.Name.Name, "example")] = exampleBody(body)
			}
		}
	}
	return code
}

func exampleBody(body string) string {
	body = strings.TrimSuffix(body, "\treturn nil\n")
	if _, after, cut := strings.Cut(body, "\t//\n"); cut {
		body = after
	}
	lines := strings.Split(body, "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], "\t")
	}
	return strings.Join(lines, "\n")
}
