package api_test

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/rosterhq/roster/internal/spec/spectest"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// TestScenarios plays testdata/*.txtar against real servers on every engine, one
// each. A file is a story; each section of it names a rule and proves it with
// exchanges:
//
//	> POST /v1/users?x=y        a request …
//	> Clerk-API-Version: …      … with headers …
//	{"username":"{{name}}"}     … and a body (JSON, unless a Content-Type says otherwise)
//	< 200                       what must come back: the status …
//	< Allow: GET, HEAD          … headers …
//	{"id":"{{ann}}","…":"…"}    … and the body, whole unless "…" stands for the rest
//
// {{name}} binds what is in its place, be that part of a text, or must equal what it
// is bound to; in requests it stands for that. {{png}}, {{gif}}, {{jpeg}} and {{webp}}
// are bytes of images. A line "! key none", "! key unknown", "! key other" or "! key
// production" before a request changes who asks; "! clock 24h" moves the server's
// clock, which otherwise steps a second at each look.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("find scenarios: %v", err)
	}
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := newExercised()
		t.Cleanup(func() {
			// A pattern with a slash chooses among the scenarios.
			if !t.Failed() && !strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
				p.judge(t)
			}
		})
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				t.Parallel()
				playFile(t, newWorld(t, e, p), file)
			})
		}
	})
}

// Every answer of a scenario is held against the published documents, where they are.
func TestScenarios_follow_the_published_documents(t *testing.T) {
	t.Parallel()
	spectest.Published(t)
}

func playFile(t *testing.T, w *world, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range archive.Files {
		ok := t.Run(section.Name, func(t *testing.T) {
			for _, step := range parseSteps(t, string(section.Data)) {
				w.play(t, step)
			}
		})
		if !ok {
			t.Fatal("what follows builds on this")
		}
	}
}

// world is one server and what its scenario has learned so far.
type world struct {
	server    *rostertest.Server
	keys      map[string]string
	bound     map[string]any
	checker   *spectest.Checker
	clock     *clock
	exercised *exercised
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newWorld(t *testing.T, e storetest.Engine, p *exercised) *world {
	t.Helper()
	c := &clock{now: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	srv := rostertest.New(t, rostertest.WithClock(c.Now), rostertest.WithDatabase(e.URL(t)))
	return &world{
		server: srv, clock: c, exercised: p, bound: pictures(), checker: spectest.Validator(t),
		keys: map[string]string{
			"":           srv.SecretKey,
			"unknown":    "sk_test_" + strings.Repeat("x", 42),
			"other":      srv.NewInstance(t, rostertest.Development),
			"production": srv.NewInstance(t, rostertest.Production),
		},
	}
}

// play sends a step's request and holds the answer against what it expects.
func (w *world) play(t *testing.T, s step) {
	t.Helper()
	w.clock.advance(s.wait)
	body := w.fill(t, s.body)
	base := strings.TrimSuffix(w.server.URL, "/v1") // which the addresses of images have already
	req, err := http.NewRequest(s.method, base+strings.TrimPrefix(w.fill(t, s.target), base), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if s.key != "none" {
		req.Header.Set("Authorization", "Bearer "+w.keys[s.key])
	}
	if s.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, values := range s.header {
		req.Header[name] = []string{w.fill(t, values[0])}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.judge(t, s, resp, answer); err != nil {
		t.Fatalf("%s %s: %v\ngot %d: %s", s.method, s.target, err, resp.StatusCode, answer[:min(len(answer), 2000)])
	}
	w.exercised.note(t, req, body, resp.StatusCode)
}

func (w *world) judge(t *testing.T, s step, resp *http.Response, body []byte) error {
	t.Helper()
	if resp.StatusCode != s.status {
		return fmt.Errorf("want status %d", s.status)
	}
	contentType := cmp.Or(s.wantHeader.Get("Content-Type"), "application/json")
	if s.status == http.StatusNoContent {
		contentType = ""
	}
	if got := resp.Header.Get("Content-Type"); got != contentType {
		return fmt.Errorf("Content-Type is %q", got)
	}
	trace := resp.Header.Get("X-Clerk-Trace-Id")
	if len(trace) != 32 || trace != resp.Header.Get("Clerk-Trace-Id") {
		return fmt.Errorf("trace ids are %q and %q", trace, resp.Header.Get("Clerk-Trace-Id"))
	}
	for name := range s.wantHeader {
		if got, want := resp.Header.Get(name), w.fill(t, s.wantHeader.Get(name)); got != want {
			return fmt.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if s.method == http.MethodHead || resp.Header.Get("Content-Type") != "application/json" {
		return nil
	}
	if s.status >= 400 && !strings.HasSuffix(string(body), `"clerk_trace_id":"`+trace+`"}`) {
		return fmt.Errorf("the envelope does not end with the trace id %s", trace)
	}
	if err := w.checker.Check(s.method, strings.TrimSuffix(resp.Request.URL.Path, "/"), resp.StatusCode, body); err != nil {
		return err
	}
	if s.want == "" {
		return nil
	}
	return w.match("", parseJSON(t, s.want), parseJSON(t, string(body)))
}
