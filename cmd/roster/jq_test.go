package main

import (
	"errors"
	"strings"
	"testing"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	const list = `[{"id":"org_1","count":12345678901234567890,"tags":["a","b"]},{"id":"org_2","count":1732391025123,"tags":[]}]`
	tests := []struct{ name, expression, want string }{
		{"prints texts bare", ".[].id", "org_1\norg_2\n"},
		{"keeps the digits of numbers", ".[].count", "12345678901234567890\n1732391025123\n"},
		{"prints the rest as JSON", ".[0].tags, null, true", "[\"a\",\"b\"]\nnull\ntrue\n"},
		{"formats", `.[] | [.id, (.tags | length)] | @tsv`, "org_1\t2\norg_2\t0\n"},
		{"stops where asked", `.[0].id, halt, .[1].id`, "org_1\n"},
		{"knows no environment", "env | length", "0\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := newFilter(tt.expression)
			if err != nil {
				t.Fatal(err)
			}
			out := &strings.Builder{}
			if err := f.print(t.Context(), out, []byte(list)); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("%q, want %q", out.String(), tt.want)
			}
		})
	}
}

func TestFilter_failures(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{".[", "nonesuch(1)", `import "x" as x; .`, "$x", "input"} {
		var usage *failure
		if _, err := newFilter(expression); !errors.As(err, &usage) {
			t.Errorf("%s: %v, want a usage error", expression, err)
		}
	}
	for _, expression := range []string{".[0].id.x", `error("no")`, `"out" | halt_error`} {
		f, err := newFilter(expression)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.print(t.Context(), &strings.Builder{}, []byte(`[{"id":"a"}]`)); err == nil || !strings.HasPrefix(err.Error(), "--jq: ") {
			t.Errorf("%s: %v, want a failure of --jq", expression, err)
		}
	}
}
