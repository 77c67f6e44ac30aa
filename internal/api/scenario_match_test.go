package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// step is one exchange of a scenario.
type step struct {
	key          string
	wait         time.Duration
	method       string
	target       string
	header       http.Header
	body         string
	status       int
	wantHeader   http.Header
	want         string
	expectations bool // the answer's part has begun
}

// parseSteps reads the exchanges of a section.
func parseSteps(t *testing.T, text string) []step {
	t.Helper()
	var steps []step
	next := step{header: http.Header{}, wantHeader: http.Header{}}
	flush := func() {
		if next.method != "" {
			steps = append(steps, next)
			next = step{header: http.Header{}, wantHeader: http.Header{}}
		}
	}
	for _, line := range strings.Split(text, "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch {
		case mark == "!" || mark == ">" && startsRequest(rest):
			if next.expectations {
				flush()
			}
			next.begin(t, mark, rest)
		case mark == ">":
			name, value, _ := strings.Cut(rest, ": ")
			next.header[http.CanonicalHeaderKey(name)] = []string{value}
		case mark == "<" && !next.expectations:
			status, err := strconv.Atoi(rest)
			if err != nil {
				t.Fatalf("line %q: %v", line, err)
			}
			next.status, next.expectations = status, true
		case mark == "<":
			name, value, _ := strings.Cut(rest, ": ")
			next.wantHeader.Set(name, value)
		case next.expectations:
			next.want += line + "\n"
		default:
			next.body += line + "\n"
		}
	}
	flush()
	for i := range steps {
		steps[i].body, steps[i].want = strings.TrimSpace(steps[i].body), strings.TrimSpace(steps[i].want)
		if !steps[i].expectations {
			t.Fatalf("%s %s expects nothing", steps[i].method, steps[i].target)
		}
	}
	return steps
}

var requestLine = regexp.MustCompile(`^[A-Z]+ [/*{]`)

func startsRequest(line string) bool { return requestLine.MatchString(line) }

// begin reads a directive or a request line.
func (s *step) begin(t *testing.T, mark, rest string) {
	t.Helper()
	word, value, _ := strings.Cut(rest, " ")
	switch {
	case mark == ">":
		s.method, s.target = word, value
	case word == "key":
		s.key = value
	case word == "clock":
		d, err := time.ParseDuration(value)
		if err != nil {
			t.Fatalf("! clock %s: %v", value, err)
		}
		s.wait = d
	default:
		t.Fatalf("unknown directive %q", rest)
	}
}

var placeholder = regexp.MustCompile(`\{\{(\w+)\}\}`)

// fill puts what is bound in the place of {{name}}.
func (w *world) fill(t *testing.T, text string) string {
	t.Helper()
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		value, ok := w.bound[p[2:len(p)-2]]
		if !ok {
			t.Fatalf("%s is bound to nothing", p)
		}
		return fmt.Sprint(value)
	})
}

// match compares an answer with what is expected of it, at a place named path.
func (w *world) match(path string, want, got any) error {
	switch want := want.(type) {
	case map[string]any:
		return w.matchObject(path, want, got)
	case []any:
		return w.matchArray(path, want, got)
	case string:
		if want == "…" {
			return nil
		}
		if name := placeholder.FindStringSubmatch(want); name != nil && name[0] == want {
			if _, bound := w.bound[name[1]]; !bound {
				w.bound[name[1]] = got
			}
			return w.equal(path, w.bound[name[1]], got)
		}
		return w.matchText(path, want, got)
	}
	return w.equal(path, want, got)
}

// matchText compares a text in which {{name}} may stand for parts. Of several that
// are bound to nothing yet the first gets as much as it can.
func (w *world) matchText(path, want string, got any) error {
	text, isText := got.(string)
	var pattern strings.Builder
	var names []string
	end := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(want, -1) {
		pattern.WriteString(regexp.QuoteMeta(want[end:at[0]]))
		end = at[1]
		if value, bound := w.bound[want[at[2]:at[3]]]; bound {
			pattern.WriteString(regexp.QuoteMeta(fmt.Sprint(value)))
			continue
		}
		names = append(names, want[at[2]:at[3]])
		pattern.WriteString("(.+)")
	}
	pattern.WriteString(regexp.QuoteMeta(want[end:]))
	parts := regexp.MustCompile("(?s)^" + pattern.String() + "$").FindStringSubmatch(text)
	if !isText || parts == nil {
		return fmt.Errorf("%s is %v, want %s", path, got, want)
	}
	for i, name := range names {
		w.bound[name] = parts[i+1]
	}
	return nil
}

func (w *world) equal(path string, want, got any) error {
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("%s is %v, want %v", path, got, want)
	}
	return nil
}

func (w *world) matchObject(path string, want map[string]any, got any) error {
	object, ok := got.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is no object", path)
	}
	_, open := want["…"]
	for name, value := range want {
		if name == "…" {
			continue
		}
		if _, ok := object[name]; !ok {
			return fmt.Errorf("%s.%s is missing", path, name)
		}
		if err := w.match(path+"."+name, value, object[name]); err != nil {
			return err
		}
	}
	for name := range object {
		if _, ok := want[name]; !ok && !open {
			return fmt.Errorf("%s.%s is there", path, name)
		}
	}
	return nil
}

func (w *world) matchArray(path string, want []any, got any) error {
	array, ok := got.([]any)
	if !ok {
		return fmt.Errorf("%s is no array", path)
	}
	for i, value := range want {
		if value == "…" && i == len(want)-1 {
			return nil
		}
		if i >= len(array) {
			return fmt.Errorf("%s has %d elements", path, len(array))
		}
		if err := w.match(fmt.Sprintf("%s[%d]", path, i), value, array[i]); err != nil {
			return err
		}
	}
	if len(array) > len(want) {
		return fmt.Errorf("%s has %d elements, want %d", path, len(array), len(want))
	}
	return nil
}

// parseJSON keeps numbers as they are written.
func parseJSON(t *testing.T, text string) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		t.Fatalf("parse %s: %v", text, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		t.Fatalf("something follows the JSON of %s", text)
	}
	return value
}
