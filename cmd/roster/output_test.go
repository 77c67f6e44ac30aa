package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJoinFields(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"one member", "orgs list --json id", "orgs list --json=id"},
		{"members", "orgs list --json id,name --limit 2", "orgs list --json=id,name --limit 2"},
		{"members that are not there", "orgs list --json id,nonesuch", "orgs list --json=id,nonesuch"},
		{"none at the end", "orgs list --json", "orgs list --json"},
		{"a flag behind it", "orgs list --json --limit 2", "orgs list --json --limit 2"},
		{"an id behind it", "orgs get --json org_1", "orgs get --json org_1"},
		{"an alias", "organizations ls --json id", "organizations ls --json id"},
		{"the value of another flag", "orgs create --name --json id", "orgs create --name --json id"},
		{"the value of a short flag", "orgs list -q --json id", "orgs list -q --json id"},
		{"behind the end of flags", "orgs get -- --json id", "orgs get -- --json id"},
		{"another command", "instances list --json id", "instances list --json id"},
		{"no command", "nonesuch --json id", "nonesuch --json id"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := joinFields(newRoot(nil), strings.Fields(tt.in))
			if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A list that cannot be read to its end is a failure, whatever came before.
func TestAll_fails_where_a_page_does(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("offset") != "" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, `{"data":[{"id":"org_1"},{"id":"org_2"}],"total_count":3}`)
	}))
	t.Cleanup(srv.Close) // when the parallel cases are done
	tests := []struct {
		flag string
		want string
	}{
		{"--limit=2", "org_1\t\t\t\t0\t\norg_2\t\t\t\t0\t\n"},
		{"--json=id", "[\n{\"id\":\"org_1\"},\n{\"id\":\"org_2\"}"},
		{"--jq=length", ""},
	}
	for _, tt := range tests {
		t.Run(tt.flag, func(t *testing.T) {
			t.Parallel()
			code, out, stderr := at(t, srv.URL, "orgs", "list", "--all", "--limit", "2", tt.flag, "--secret-key", demoKey)
			if code != exitFailure || out != tt.want || !strings.HasPrefix(stderr, "roster: ") {
				t.Errorf("exit code %d, %q, %q; want %q", code, out, stderr, tt.want)
			}
		})
	}
}

// What a list leaves out is said, and nothing where it is whole.
func TestPage_says_what_it_leaves_out(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		args  string
		count int
		total int
		want  string
	}{
		{"the whole list", "orgs list", 3, 3, ""},
		{"no list", "orgs list", 0, 0, ""},
		{"the first page", "orgs list", 10, 11, "10 of 11 shown: --all reads every page\n"},
		{"the last page", "orgs list --offset 10", 1, 11, ""},
		{"behind a cursor", "members list --starting-after orgmem_1 --limit 2", 2, 9, "2 shown, and there may be more: --all reads every page\n"},
		{"the last behind a cursor", "members list --starting-after orgmem_1 --limit 2", 1, 9, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				data := strings.TrimSuffix(strings.Repeat(`{"id":"x"},`, tt.count), ",")
				_, _ = fmt.Fprintf(w, `{"data":[%s],"total_count":%d}`, data, tt.total)
			}))
			defer srv.Close()
			code, _, stderr := at(t, srv.URL, append(strings.Fields(tt.args), "--secret-key", demoKey)...)
			if code != 0 || stderr != tt.want {
				t.Errorf("exit code %d, %q, want %q", code, stderr, tt.want)
			}
		})
	}
}
