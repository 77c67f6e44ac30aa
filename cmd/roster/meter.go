package main

import (
	"context"
	"fmt"
	"io"
	"time"
)

const meterInterval = 200 * time.Millisecond

// meter shows on a terminal how far a transfer is; elsewhere it shows nothing.
type meter struct {
	out   io.Writer // nil without a terminal
	verb  string
	begun time.Time
	shown time.Time
}

func newMeter(out io.Writer, verb string) *meter {
	m := &meter{verb: verb, begun: time.Now()}
	if isTerminal(out) {
		m.out = out
	}
	return m
}

// show says how many rows are done.
func (m *meter) show(rows int64) {
	now := time.Now()
	if m.out == nil || now.Sub(m.shown) < meterInterval {
		return
	}
	m.shown = now
	fmt.Fprintf(m.out, "\r\x1b[K%s %d rows, %.0f a second", m.verb, rows, float64(rows)/max(now.Sub(m.begun).Seconds(), 0.001))
}

// clear takes the line away again.
func (m *meter) clear() {
	if m.out != nil {
		fmt.Fprint(m.out, "\r\x1b[K")
	}
}

// patientReader stops waiting for input when its command is to end, which a read
// of a pipe alone would not.
type patientReader struct {
	ctx context.Context
	in  io.Reader
}

func (r patientReader) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	buffer := make([]byte, len(p)) // of its own: an abandoned read may still write
	go func() {
		n, err := r.in.Read(buffer)
		done <- result{n, err}
	}()
	select {
	case got := <-done:
		return copy(p, buffer[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
