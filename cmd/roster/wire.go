package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// patienceWithServers bounds one request, from when it is sent to the last byte of
// the answer.
const patienceWithServers = 60 * time.Second

// errRehearsed ends a call whose request was printed instead of sent.
var errRehearsed = errors.New("dry run")

// wire is where every request of a command goes through: here it is printed, asked
// about or told of. What a command calls cannot get past it.
type wire struct {
	next   http.RoundTripper
	cmd    *cobra.Command
	remote *remote
	agreed bool
}

func newWire(cmd *cobra.Command, r *remote) *http.Client {
	return &http.Client{
		Transport:     &wire{next: http.DefaultTransport, cmd: cmd, remote: r},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// RoundTrip sends a request, unless it is a dry run or nobody agrees to it.
func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	if w.remote.dryRun {
		return nil, errors.Join(w.rehearse(req), errRehearsed)
	}
	if err := w.ask(req); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), patienceWithServers)
	begun := time.Now()
	res, err := w.next.RoundTrip(req.WithContext(ctx))
	if w.remote.verbose {
		w.tell(req, res, time.Since(begun))
	}
	if err != nil {
		cancel()
		return nil, err
	}
	res.Body = timedBody{res.Body, cancel}
	return res, nil
}

// CloseIdleConnections passes on what http.Client asks of its transport.
func (w *wire) CloseIdleConnections() {
	if c, ok := w.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// timedBody ends a request's time limit with its body.
type timedBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b timedBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// tell says what was asked and answered; no header, for one has the key.
func (w *wire) tell(req *http.Request, res *http.Response, took time.Duration) {
	answer := "no answer"
	if res != nil {
		answer = res.Status
		if trace := res.Header.Get("Clerk-Trace-Id"); trace != "" {
			answer += ", trace " + trace
		}
	}
	line := fmt.Sprintf("%s %s: %s in %s", req.Method, req.URL.Redacted(), answer, took.Round(time.Millisecond))
	w.cmd.PrintErrln(plain(w.remote.hide(line)))
}

// rehearse prints a request as it would be sent, but for its secrets.
func (w *wire) rehearse(req *http.Request) error {
	out := &strings.Builder{}
	fmt.Fprintf(out, "%s %s\n", req.Method, w.remote.hide(req.URL.Redacted()))
	names := make([]string, 0, len(req.Header))
	for name := range req.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := strings.Join(req.Header[name], ", ")
		if name == "Authorization" {
			value = "Bearer " + hiddenKey(w.remote.secretKey) + " (" + cmp.Or(w.remote.keyFrom, "there is no secret key for this server") + ")"
		}
		fmt.Fprintf(out, "%s: %s\n", name, value)
	}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n", shownBody(req.Header.Get("Content-Type"), body))
	}
	_, err := io.WriteString(w.cmd.OutOrStdout(), out.String())
	return err
}

// ask lets nothing change a production instance that nobody agreed to.
func (w *wire) ask(req *http.Request) error {
	if req.Method == http.MethodGet || w.agreed || w.remote.yes || !w.remote.isLive() {
		return nil
	}
	what := fmt.Sprintf("%s %s changes a production instance", req.Method, w.remote.hide(req.URL.Redacted()))
	errOut := w.cmd.ErrOrStderr()
	if !isTerminal(os.Stdin) || !isTerminal(errOut) {
		return usagef("--yes agrees to it, --dry-run shows the request", "%s, and there is no terminal to ask on", what)
	}
	fmt.Fprintf(errOut, "%s. Go on? [y/N] ", plain(what))
	line, err := bufio.NewReader(patientReader{w.cmd.Context(), os.Stdin}).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		w.agreed = true
		return nil
	}
	return &failure{exitFailure, "nothing was changed", "answer y, or give --yes"}
}
