package api

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// reading runs a reader over a query string and reports what it found wrong, as
// "param: code".
func reading[T any](t *testing.T, rawQuery string, read func(*request) T) (T, []string) {
	t.Helper()
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		t.Fatal(err)
	}
	r := newRequest(values, roster.VersionOldest, nil)
	out := read(r)
	return out, named(r.problems)
}

func named(problems roster.Errors) []string {
	var names []string
	for _, p := range problems {
		param := ""
		if p.Meta != nil {
			param = p.Meta.ParamName
		}
		names = append(names, param+": "+string(p.Code))
	}
	return names
}

var fields = cmp.AllowUnexported(roster.Field[int64]{}, roster.Field[bool]{}, roster.Field[string]{})

func TestQuery_required(t *testing.T) {
	t.Parallel()
	for query, wrong := range map[string][]string{
		"x=a":     nil,
		"":        {"x: form_param_missing"},
		"y=a":     {"x: form_param_missing"},
		"x=a&x=b": {"x: form_param_duplicate"},
		"x=%00":   {"x: form_param_value_invalid"},
		"x=%ff":   {"x: form_param_value_invalid"},
	} {
		_, problems := reading(t, query, func(r *request) string { return r.query.required("x") })
		if diff := cmp.Diff(wrong, problems); diff != "" {
			t.Errorf("%q: -want +got:\n%s", query, diff)
		}
	}
}

func TestQuery_lists(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		query string
		want  []string
		wrong []string
	}{
		{"absent", "", nil, nil},
		{"one value", "x=a", []string{"a"}, nil},
		{"repeated keys", "x=a&x=b", []string{"a", "b"}, nil},
		{"bracketed keys", "x[]=a&x%5B%5D=b", []string{"a", "b"}, nil},
		{"both kinds of keys", "x=a&x[]=b", []string{"a", "b"}, nil},
		{"commas belong to values", "x=a,b", []string{"a,b"}, nil},
		{"an empty value is a value", "x=", []string{""}, nil},
		{"a hundred values", strings.Repeat("x=a&", 100), repeat("a", 100), nil},
		{"more than a hundred values", strings.Repeat("x=a&", 60) + strings.Repeat("x[]=a&", 41), nil, []string{"x: form_param_duplicate"}},
		{"invalid UTF-8", "x=a&x=%ff", nil, []string{"x: form_param_value_invalid"}},
		{"NUL", "x=%00", nil, []string{"x: form_param_value_invalid"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, wrong := reading(t, tt.query, func(r *request) []string { return r.query.texts("x") })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.wrong, wrong); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func repeat(s string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}

func TestQuery_selections(t *testing.T) {
	t.Parallel()
	got, wrong := reading(t, "id=a&id=%2Bb&id=+c&id=-d&id[]=--e&id=-", func(r *request) roster.Selection { return r.query.selection("id") })
	want := roster.Selection{Include: []string{"a", "b", "c"}, Exclude: []string{"d", "", "-e"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("selection (-want +got):\n%s", diff)
	}
	if wrong != nil {
		t.Errorf("problems: %q", wrong)
	}
}

func TestQuery_phones_get_back_the_plus_that_was_a_space(t *testing.T) {
	t.Parallel()
	got, _ := reading(t, "x=+1202&x=%2B1203&x=1204", func(r *request) []string { return r.query.phones("x") })
	if diff := cmp.Diff([]string{"+1202", "+1203", "1204"}, got); diff != "" {
		t.Errorf("phones (-want +got):\n%s", diff)
	}
}

func TestQuery_single_values(t *testing.T) {
	t.Parallel()
	none, value := roster.Field[int64]{}, roster.Value[int64]
	millis := func(r *request) any { return r.query.millis("x") }
	boolean := func(r *request) any { return r.query.boolean("x") }
	order := func(r *request) any { return r.query.order([]string{"created_at", "name"}) }
	limit := func(r *request) any { return r.query.integer("x", 1, 500, 10) }
	choice := func(r *request) any { return r.query.choice("x", []string{"a", "b"}) }
	tests := []struct {
		name  string
		query string
		read  func(*request) any
		want  any
		wrong string
	}{
		{"no time", "", millis, none, ""},
		{"a time", "x=1700690400000", millis, value(1700690400000), ""},
		{"a time before 1970", "x=-5", millis, value(-5), ""},
		{"a date is no time", "x=2024-01-01", millis, none, "x: form_param_invalid_date"},
		{"an empty time", "x=", millis, none, "x: form_param_invalid_date"},
		{"a time beyond 64 bits", "x=9223372036854775808", millis, none, "x: form_param_invalid_date"},
		{"a time given twice", "x=1&x=1", millis, none, "x: form_param_duplicate"},
		{"true", "x=true", boolean, roster.Value(true), ""},
		{"false", "x=false", boolean, roster.Value(false), ""},
		{"1 is not true", "x=1", boolean, roster.Field[bool]{}, "x: form_param_value_invalid"},
		{"an empty boolean", "x=", boolean, roster.Field[bool]{}, "x: form_param_value_invalid"},
		{"no order", "", order, roster.Order{}, ""},
		{"an order", "order_by=name", order, roster.Asc("name"), ""},
		{"an order down", "order_by=-name", order, roster.Desc("name"), ""},
		{"an order up", "order_by=%2Bname", order, roster.Asc("name"), ""},
		{"an order up, raw", "order_by=+name", order, roster.Asc("name"), ""},
		{"an order by nothing", "order_by=", order, roster.Order{}, "order_by: form_param_value_invalid"},
		{"an order with two signs", "order_by=--name", order, roster.Order{}, "order_by: form_param_value_invalid"},
		{"an order by something else", "order_by=id", order, roster.Order{}, "order_by: form_param_value_invalid"},
		{"no limit", "", limit, int64(10), ""},
		{"the least", "x=1", limit, int64(1), ""},
		{"the most", "x=500", limit, int64(500), ""},
		{"too few", "x=0", limit, int64(10), "x: form_param_value_invalid"},
		{"too many", "x=501", limit, int64(10), "x: form_param_value_invalid"},
		{"a fraction", "x=10.0", limit, int64(10), "x: form_param_value_invalid"},
		{"a sign", "x=%2B10", limit, int64(10), "x: form_param_value_invalid"},
		{"a word", "x=ten", limit, int64(10), "x: form_param_value_invalid"},
		{"an empty number", "x=", limit, int64(10), "x: form_param_value_invalid"},
		{"no choice", "", choice, "", ""},
		{"a choice", "x=b", choice, "b", ""},
		{"another choice", "x=c", choice, "c", "x: form_param_value_invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, wrong := reading(t, tt.query, tt.read)
			if diff := cmp.Diff(tt.want, got, fields); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
			if strings.Join(wrong, ", ") != tt.wrong {
				t.Errorf("problems are %q, want %q", wrong, tt.wrong)
			}
		})
	}
}

func TestQuery_values_that_are_refused_come_back_short(t *testing.T) {
	t.Parallel()
	values := url.Values{"limit": {strings.Repeat("é", 5000)}}
	r := newRequest(values, roster.VersionOldest, nil)
	r.query.page()
	if got := len(r.problems[0].LongMessage); got > 300 {
		t.Errorf("the message has %d bytes", got)
	}
}
