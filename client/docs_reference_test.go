package client_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// resources are the pages that document a type of the package.
var resources = map[string]reflect.Type{
	"OrganizationMemberships": reflect.TypeFor[client.OrganizationMemberships](),
	"Organizations":           reflect.TypeFor[client.Organizations](),
	"OrganizationInvitations": reflect.TypeFor[client.OrganizationInvitations](),
	"OrganizationDomains":     reflect.TypeFor[client.OrganizationDomains](),
	"OrganizationRoles":       reflect.TypeFor[client.OrganizationRoles](),
	"RoleSets":                reflect.TypeFor[client.RoleSets](),
	"OrganizationPermissions": reflect.TypeFor[client.OrganizationPermissions](),
	"Instance":                reflect.TypeFor[client.Instance](),
	"AllowlistIdentifiers":    reflect.TypeFor[client.AllowlistIdentifiers](),
	"BlocklistIdentifiers":    reflect.TypeFor[client.BlocklistIdentifiers](),
	"Users":                   reflect.TypeFor[client.Users](),
	"EmailAddresses":          reflect.TypeFor[client.EmailAddresses](),
	"PhoneNumbers":            reflect.TypeFor[client.PhoneNumbers](),
	"Sessions":                reflect.TypeFor[client.Sessions](),
	"Clients":                 reflect.TypeFor[client.Clients](),
	"JWTTemplates":            reflect.TypeFor[client.JWTTemplates](),
	"JWKS":                    reflect.TypeFor[client.JWKS](),
}

var (
	parameter = regexp.MustCompile("(?m)^\\| \\S+ \\| \\S+ \\| .* \\| (path|query|body) `(\\w+)`.*\\|$")
	errorRow  = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\d+) \\|")
	wildcard  = regexp.MustCompile(`\{(\w+)\}`)
	link      = regexp.MustCompile(`\]\(([\w-]*\.md)?(#[\w-]+)?\)`)
)

// Every method has its row, its section and its signature, and every parameter
// that its types can carry is in its table.
func TestDocs_coverTheClient(t *testing.T) {
	t.Parallel()
	signatures := signatures(t)
	seen := 0
	for _, p := range pages(t) {
		typ, ok := resources[p.name]
		if !ok {
			continue
		}
		seen++
		var methods []string
		for i := range typ.NumMethod() {
			methods = append(methods, typ.Method(i).Name)
		}
		var titles []string
		for _, s := range p.sections {
			titles = append(titles, s.title)
			if want := "\n> `" + signatures[p.name+s.title] + "`\n"; !strings.Contains(s.text, want) {
				t.Errorf("%s, %s: lacks the signature %s", p.file, s.title, want)
			}
			checkParameters(t, p, s, typ)
		}
		if diff := cmp.Diff(p.order, titles); diff != "" {
			t.Errorf("%s: rows and sections differ (-rows +sections):\n%s", p.file, diff)
		}
		if diff := cmp.Diff(methods, slices.Sorted(slices.Values(titles))); diff != "" {
			t.Errorf("%s: methods and sections differ (-methods +sections):\n%s", p.file, diff)
		}
	}
	if seen != len(resources) {
		t.Errorf("%d pages of resources, want %d", seen, len(resources))
	}
}

func checkParameters(t *testing.T, p *page, s section, typ reflect.Type) {
	t.Helper()
	method, ok := typ.MethodByName(s.title)
	if !ok || strings.HasPrefix(s.title, "All") { // those refer to their lists
		return
	}
	want := map[string]bool{}
	for _, m := range wildcard.FindAllStringSubmatch(p.methods[s.title], -1) {
		want["path "+m[1]] = true
	}
	for i := 2; i < method.Type.NumIn(); i++ { // behind the receiver and the context
		for _, name := range carries(t, method.Type.In(i)) {
			want[name] = true
		}
	}
	if p.name+s.title == "UsersCount" {
		for _, name := range []string{"order_by", "limit", "offset", "starting_after"} {
			delete(want, "query "+name)
		}
	}
	got := map[string]bool{}
	for _, m := range parameter.FindAllStringSubmatch(s.text, -1) {
		got[m[1]+" "+m[2]] = true
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("%s, %s: parameters (-method +table):\n%s", p.file, s.title, diff)
	}
}

// carries lists what a parameter of a method can put into a request.
func carries(t *testing.T, typ reflect.Type) []string {
	t.Helper()
	var names []string
	if typ.Kind() != reflect.Struct {
		return nil
	}
	v := reflect.New(typ).Elem()
	if typ == reflect.TypeFor[roster.Paging]() {
		return []string{"query limit", "query offset", "query starting_after"}
	}
	if typ.Implements(reflect.TypeFor[interface{ Values() url.Values }]()) {
		fill(t, v)
		for name := range v.Interface().(interface{ Values() url.Values }).Values() {
			name, _, _ = strings.Cut(name, "[")
			names = append(names, "query "+name)
		}
		return names
	}
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		names = append(names, "body "+name)
	}
	return names
}

// signatures are the methods of the resources as their source declares them.
func signatures(t *testing.T) map[string]string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	out, set := map[string]string{}, token.NewFileSet()
	for _, entry := range files {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(set, entry.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			if receiver, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
				var text bytes.Buffer
				if err := printer.Fprint(&text, set, f.Type); err != nil {
					t.Fatal(err)
				}
				out[receiver.Name+f.Name.Name] = f.Name.Name + strings.TrimPrefix(text.String(), "func")
			}
		}
	}
	return out
}

// The failures a page tells of are in the catalogue, with that status.
func TestDocs_errorsExist(t *testing.T) {
	t.Parallel()
	known, all := map[string]bool{}, pages(t)
	for _, p := range all {
		if p.name == "Errors" {
			_, table, _ := strings.Cut(p.text, "## All codes")
			for _, row := range errorRow.FindAllStringSubmatch(table, -1) {
				known[row[1]+" "+row[2]] = true
			}
		}
	}
	for _, p := range all {
		rows := errorRow.FindAllStringSubmatch(p.text, -1)
		for _, row := range rows {
			if !known[row[1]+" "+row[2]] {
				t.Errorf("%s: %s with status %s is not in the catalogue", p.file, row[1], row[2])
			}
		}
		if _, ok := resources[p.name]; ok && len(rows) == 0 {
			t.Errorf("%s tells of no errors", p.file)
		}
	}
}

func TestDocs_linksLead(t *testing.T) {
	t.Parallel()
	anchors := map[string]bool{}
	for _, p := range pages(t) {
		file := p.file[strings.LastIndex(p.file, "/")+1:]
		anchors[file] = true
		for _, s := range p.sections {
			anchors[file+"#"+strings.ToLower(strings.ReplaceAll(s.title, " ", "-"))] = true
		}
	}
	for _, p := range pages(t) {
		file := p.file[strings.LastIndex(p.file, "/")+1:]
		for _, m := range link.FindAllStringSubmatch(p.text, -1) {
			target := m[1] + m[2]
			if m[1] == "" {
				target = file + m[2]
			}
			if !anchors[target] {
				t.Errorf("%s: the link to %s leads nowhere", p.file, target)
			}
		}
	}
}
