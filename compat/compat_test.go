package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	got := normal(obj{
		"id": "org_0123456789abcdefghijklmnopq", "n": 1, "list": []obj{{"a": 1, "b": 2}}, "empty": []int{}, "none": nil, "at": time.Now().UnixMilli(),
		"public_metadata": obj{"a": obj{"b": 1}, "c": 2}, "keyed": []obj{{"key": "x", "n": 1}, {"key": "y"}}, "text": "t",
	})
	tests := []struct {
		name  string
		want  obj
		lacks []string
		parts []string // of the problems, in order
	}{
		{"fewer_members_are_wanted", obj{"n": 1}, nil, nil},
		{"another_value", obj{"n": 2}, nil, []string{"n is 1, want 2"}},
		{"another_type", obj{"n": "1"}, nil, []string{"n is 1"}},
		{"missing_member", obj{"x": 1}, nil, []string{"x is null, want 1"}},
		{"missing_member_the_sdk_lacks", obj{"x": 1}, []string{"x"}, nil},
		{"present_member_the_sdk_lacks", obj{"n": 2}, []string{"n"}, []string{"n is 1"}},
		{"null_for_absent", obj{"x": absent, "none": absent}, nil, nil},
		{"value_for_absent", obj{"n": absent}, nil, []string{"n is 1, want none"}},
		{"list", obj{"list": []obj{{"a": 1}}}, nil, nil},
		{"list_of_another_length", obj{"list": []obj{{"a": 1}, {}}}, nil, []string{"want 2 elements"}},
		{"empty_list", obj{"empty": []string{}, "list": []string{}}, nil, []string{"list is"}},
		{"metadata_is_exact", obj{"public_metadata": obj{"a": obj{"b": 1}}}, nil, []string{"public_metadata is"}},
		{"metadata", obj{"public_metadata": obj{"c": 2, "a": obj{"b": 1}}}, nil, nil},
		{"id", obj{"id": anID("org_")}, nil, nil},
		{"id_of_another_kind", obj{"id": anID("user_")}, nil, []string{"id is"}},
		{"keys", obj{"keyed": keys("x", "y"), "empty": keys()}, nil, nil},
		{"keys_in_another_order", obj{"keyed": keys("y", "x")}, nil, []string{"keyed has the keys [x y]"}},
		{"first", obj{"keyed": first{"n": 1}}, nil, nil},
		{"first_of_nothing", obj{"empty": first{"n": 1}}, nil, []string{"want an element"}},
		{"another_first", obj{"keyed": first{"n": 2, "x": 1}}, []string{"x"}, []string{"keyed.n is 1, want 2"}},
		{"not", obj{"text": not("u")}, nil, nil},
		{"not_but_the_same", obj{"text": not("t"), "none": not("t")}, nil, []string{"none is", "text is t"}},
		{"within", obj{"n": within(1, 2)}, nil, nil},
		{"without", obj{"n": within(2, 3), "text": within(0, 1)}, nil, []string{"n is 1, want from 2 to 3", "text is t"}},
		{"time", obj{"at": now, "n": now}, nil, []string{"n is 1, want the present"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			problems := match(tt.lacks, "", tt.want, got, true)
			if len(problems) != len(tt.parts) {
				t.Fatalf("problems = %q, want %d", problems, len(tt.parts))
			}
			for i, part := range tt.parts {
				if !strings.Contains(problems[i], part) {
					t.Errorf("problem = %q, want something about %q", problems[i], part)
				}
			}
		})
	}
}

func TestTOTP(t *testing.T) {
	t.Parallel()
	if got := totpAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", time.Unix(1111111109, 0)); got != "081804" { // RFC 6238, appendix B
		t.Errorf("code = %s", got)
	}
}

func TestSameOrder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		got  string
		want []string
		ok   bool
	}{
		{"same", "a b c", []string{"a", "b", "c"}, true},
		{"swapped", "b a", []string{"a", "b"}, false},
		{"group_in_any_order", "a c b d", []string{"a", "b c", "d"}, true},
		{"outside_of_its_group", "b a c", []string{"a", "b c"}, false},
		{"too_few", "a", []string{"a", "b"}, false},
		{"too_many", "a b", []string{"a"}, false},
		{"none", "", nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := sameOrder(strings.Fields(tt.got), tt.want); got != tt.ok {
				t.Errorf("sameOrder(%s, %v) = %v", tt.got, tt.want, got)
			}
		})
	}
}

func TestFails(t *testing.T) {
	t.Parallel()
	const id = "0123456789abcdef0123456789abcdef"
	tests := []struct {
		name, code, trace, kind, message string
		ok                               bool
	}{
		{"as_wanted", "resource_not_found", id, "ClerkErrors", "m", true},
		{"another_code", "internal_clerk_error", id, "ClerkErrors", "m", false},
		{"another_type", "resource_not_found", id, "TypeError", "m", false},
		{"no_trace_id", "resource_not_found", "", "ClerkErrors", "m", false},
		{"no_message", "resource_not_found", id, "ClerkErrors", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := &apiError{Type: tt.kind, Status: 404, TraceID: tt.trace}
			e.Errors = append(e.Errors, sdkError{Code: tt.code, Message: tt.message, LongMessage: "l"})
			r := &reply{
				check: &check{Offered: true}, response: response{Error: e},
				session: &session{driver: &driver{hello: hello{Errors: []string{"ClerkErrors"}}}},
			}
			if r.fails(404, roster.CodeResourceNotFound, ""); r.ok() != tt.ok {
				t.Errorf("problems = %q", r.Problems)
			}
		})
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	checks := []*check{{Call: "users.get", Offered: true}, {Call: "users.list", Offered: true, args: args{"limit": 1}}, {Call: "users.list", args: args{"query": "x"}}, {Call: "users.lock"}}
	get, list := map[string]string{"users.get": "user.Get"}, map[string]string{"users.list": "user.List"}
	tests := []struct {
		name       string
		calls      map[string]string
		classes    string
		offers     string
		leftOut    string
		parameters string // of users.list
		want       string // in the error, "" for none
	}{
		{"all", map[string]string{"users.get": "user.Get", "users.list": "user.List, user.All"}, "user", "user.Get user.List user.All", "", "limit", ""},
		{"new_function", get, "user", "user.Get user.Find", "", "", "user.Find is not mapped"},
		{"function_that_is_left_out", get, "user", "user.Get user.Find", "user.Find", "", ""},
		{"function_that_is_not_there", map[string]string{"users.get": "user.Got"}, "user", "", "", "", "user.Got is nothing the SDK offers"},
		{"function_that_is_gone_and_left_out", get, "user", "user.Get", "user.Find", "", "user.Find is not there to be left out"},
		{"function_that_is_called_and_left_out", get, "user", "user.Get", "user.Get", "", "user.Get is nothing the SDK offers"},
		{"new_class", get, "user email", "user.Get", "", "", "email is not mapped"},
		{"class_that_is_left_out", get, "user email", "user.Get", "email", "", ""},
		{"class_that_is_not_there", get, "", "user.Get", "", "", "user is nothing the SDK offers"},
		{"class_that_is_gone_and_left_out", get, "user", "user.Get", "email", "", "email is not there to be left out"},
		{"class_that_is_called_and_left_out", get, "user", "user.Get", "user", "", "user is not there to be left out"},
		{"call_that_is_never_made", map[string]string{"users.lock": "user.Lock"}, "user", "user.Lock", "", "", "users.lock is never made"},
		{"new_parameter", list, "user", "user.List", "", "limit query", "users.list is never given query"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hello{SDK: "sdk", Calls: tt.calls, Classes: strings.Fields(tt.classes), Offers: strings.Fields(tt.offers), LeftOut: strings.Fields(tt.leftOut)}
			h.Parameters = map[string][]string{"users.list": strings.Fields(tt.parameters)}
			err := h.complete(checks)
			if (err == nil) != (tt.want == "") || err != nil && err.Error() != "sdk: "+tt.want {
				t.Errorf("complete = %v, want %q", err, tt.want)
			}
		})
	}
}

func TestPageNeedsEverySuite(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "compat.md")
	var results []result
	for i := range len(suites) * len(engines) {
		if err := writePage(file, results); err == nil {
			t.Error("wrote a page from an incomplete run")
		}
		s, e := suites[i%len(suites)], engines[i/len(suites)]
		results = append(results, result{suite: s, engine: e.name, hello: hello{SDK: "sdk", Version: "1", Calls: map[string]string{"users.get": "getUser"}, Offers: []string{"getUser", "getPlan"}, LeftOut: []string{"emails", "getPlan"}}, checks: []*check{
			{Call: "users.get", Name: "gets", Offered: true},
			{Call: "users.get", Name: "fails", Offered: true, Problems: []string{"x"}},
			{Call: "users.none", Name: "is not there"},
			{Call: "users.get", Name: "fails on one", Offered: true},
		}})
	}
	last := results[len(results)-1]
	last.checks[3].problem("x")
	if err := writePage(file, results); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| `sdk` | Java | 1 | 1 | sqlite | 2 | 1 | 1 |", "| `sdk` | Java | 1 | 1 | postgres | 1 | 2 | 1 |", "| `getUser` 1/3 |", "| users.get | gets | ✓ | ✓ | ✓ | ✓ |",
		"| users.get | fails | **fails** |", "| users.none | is not there | – | – | – | – |",
		"- Java: `emails`, `getPlan`\n", "| users.get | fails on one | ✓ | ✓ | ✓ | **fails** |",
	} {
		if !strings.Contains(string(page), row) {
			t.Errorf("the page lacks %q:\n%s", row, page)
		}
	}
}

func TestEnginesFor(t *testing.T) {
	t.Parallel()
	for database, want := range map[string]string{"sqlite:x.db": "sqlite", "postgres://u@h/n": "postgres", "postgresql://u@h/n": "postgres"} {
		on, err := enginesFor(database)
		if err != nil || len(on) != 1 || on[0].name != want {
			t.Errorf("%s: %v, %v", database, on, err)
			continue
		}
		if url, _, err := on[0].open(""); url != database || err != nil {
			t.Errorf("%s: opens %s, %v", database, url, err)
		}
	}
	if on, err := enginesFor(""); err != nil || len(on) != len(engines) {
		t.Errorf("by default %v, %v", on, err)
	}
	if _, err := enginesFor("mysql:x"); err == nil {
		t.Error("took a database of no engine")
	}
}

func TestMissingEngine(t *testing.T) {
	missing := engine{"postgres", func(string) (string, func() error, error) { return "", nil, storetest.ErrNoPostgres }}
	for ci, failed := range map[string]bool{"": false, "true": true} {
		t.Setenv("CI", ci)
		results, err := runEngine(t.Context(), "", "", missing, []result{{suite: suites[0]}})
		if err != nil || len(results) != 1 || results[0].skipped == "" || (results[0].fault != "") != failed {
			t.Errorf("CI=%s: %+v, %v", ci, results, err)
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	chosen, err := choose("java,js")
	if err != nil || len(chosen) != 2 || chosen[0].name != "js" || chosen[1].name != "java" {
		t.Errorf("choose = %v, %v", chosen, err)
	}
	if _, err := choose("js,cobol"); err == nil || !strings.Contains(err.Error(), "cobol") {
		t.Errorf("choose of an unknown suite = %v", err)
	}
}
