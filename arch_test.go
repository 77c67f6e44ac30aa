package roster_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/rosterhq/roster"

// mayImport is the house: which packages of this module, and which of others, a
// package may import beside the standard library. An entry ending in / covers what
// is below it. Requests go down (api, service, store) and nothing points back up.
var mayImport = map[string][]string{
	"":           {json},
	"client":     {json, ""},
	"rostertest": {"", "client", "internal/api", "internal/service", "internal/store"},
	"cmd/roster": {
		json, "", "client", "internal/api", "internal/service", "internal/store",
		"github.com/clipperhouse/displaywidth", "github.com/itchyny/gojq", "github.com/spf13/", "github.com/wneessen/go-mail", "golang.org/x/term", prometheus,
	},
	// Of the store the edge knows one error, that trying again may help.
	"internal/api":     {json, "", "internal/service", "internal/spec", "internal/store", "golang.org/x/time/rate", prometheus},
	"internal/service": {json, "", "internal/store", "github.com/go-jose/go-jose/v4", "github.com/nyaruka/phonenumbers", "github.com/segmentio/ksuid", "golang.org/x/crypto/", "golang.org/x/image/webp", "golang.org/x/net/idna", "golang.org/x/net/publicsuffix", "golang.org/x/text/"},
	"internal/store":   {json, "", "github.com/ncruces/go-sqlite3/", pgx, "github.com/pressly/goose/v3/", "golang.org/x/text/"},
	"internal/spec":    {},

	// Test helpers and generators: nothing of the server depends on them.
	"internal/store/storetest": {json, "", "internal/store", "github.com/google/go-cmp/", pgx},
	"internal/spec/spectest":   {"internal/spec", "github.com/getkin/kin-openapi/"},
	"internal/spec/gen":        {"internal/spec", "internal/spec/spectest", "github.com/getkin/kin-openapi/"},
	"internal/spec/coverage":   {"internal/spec", "internal/api"},
	"internal/spec/openapi":    {json, "", "internal/spec", "internal/api"},
}

const (
	json       = "github.com/go-json-experiment/json/"
	pgx        = "github.com/jackc/pgx/v5/"
	prometheus = "github.com/prometheus/client_golang/"
)

// testsMayImport is open to the tests of every package, beside what any package may
// import. Assertion and mock libraries are not in it.
var testsMayImport = []string{"github.com/google/go-cmp/", "github.com/rogpeppe/go-internal/", "golang.org/x/tools/txtar", "pgregory.net/rapid", "go.uber.org/goleak"}

// maxPackages bounds the packages that the binary, the client and rostertest are
// made of.
const maxPackages = 12

func TestArchitecture(t *testing.T) {
	t.Parallel()
	imports, testImports := scanImports(t)
	for pkg, list := range imports {
		allowed, known := mayImport[pkg]
		if !known {
			t.Errorf("package %q is not in mayImport: a new package needs a new reason to import", pkg)
			continue
		}
		for _, path := range list {
			if !covered(path, allowed) {
				t.Errorf("package %q may not import %s", pkg, path)
			}
		}
	}
	for pkg := range mayImport {
		if _, there := imports[pkg]; !there {
			t.Errorf("mayImport names package %q, which is gone", pkg)
		}
	}
	forTests := slices.Concat(testsMayImport, slices.Concat(slices.Collect(maps.Values(mayImport))...))
	for pkg, list := range testImports {
		for _, path := range list {
			if _, own := ownPackage(path); !own && !covered(path, forTests) {
				t.Errorf("tests of package %q may not import %s", pkg, path)
			}
		}
	}
}

func TestArchitecture_keeps_the_house_small(t *testing.T) {
	t.Parallel()
	imports, _ := scanImports(t)
	house := map[string]bool{}
	var enter func(pkg string)
	enter = func(pkg string) {
		if house[pkg] {
			return
		}
		house[pkg] = true
		for _, path := range imports[pkg] {
			if own, ok := ownPackage(path); ok {
				enter(own)
			}
		}
	}
	for _, root := range []string{"", "client", "rostertest", "cmd/roster"} {
		enter(root)
	}
	if len(house) > maxPackages {
		t.Errorf("%d packages, at most %d: %q", len(house), maxPackages, slices.Sorted(maps.Keys(house)))
	}
}

// scanImports lists what each package of the module imports beside the standard
// library, its code and its tests apart. Packages are named by their folder.
func scanImports(t *testing.T) (code, tests map[string][]string) {
	t.Helper()
	code, tests = map[string][]string{}, map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped(path, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), ".")
		into := code
		if strings.HasSuffix(path, "_test.go") {
			into = tests
		}
		into[pkg] = append(into[pkg], []string{}...)
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") {
				into[pkg] = append(into[pkg], p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return code, tests
}

// skipped names the folders that hold no code of this module.
func skipped(path, name string) bool {
	return path != "." && strings.HasPrefix(name, ".") || name == "testdata" || path == "compat" || path == "bench" || path == "tools" || path == "e2e"
}

// covered reports whether an import is in a list of mayImport.
func covered(path string, allowed []string) bool {
	own, isOwn := ownPackage(path)
	for _, a := range allowed {
		switch {
		case isOwn && a == own:
			return true
		case !isOwn && (a == path || strings.HasSuffix(a, "/") && strings.HasPrefix(path+"/", a)):
			return true
		}
	}
	return false
}

// ownPackage is the folder of a package of this module.
func ownPackage(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, module)
	return strings.TrimPrefix(rest, "/"), ok
}
