package store

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A network may lose a connection without telling either end. Whoever waits for an
// answer on it would wait until the request is out of time; so after a while of
// silence a new connection is tried, and where that fails too the silent one is
// closed. A slow answer of a database within reach is waited for.
const (
	silence      = 3 * time.Second
	probeTimeout = 4 * time.Second
	probeValid   = time.Second
)

// keepAlive finds connections that are lost one by one.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3}

// watch makes the connections of a pool notice that their database is out of reach;
// lost is called, with what is known then, each time that is found.
func watch(config *pgx.ConnConfig, lost func()) {
	dial := config.DialFunc
	p := &probe{dial: config.Copy(), lost: lost}
	p.dial.ConnectTimeout = probeTimeout
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			err = tcp.SetKeepAliveConfig(keepAlive)
		}
		w := &watched{Conn: c}
		w.timer = time.AfterFunc(silence, func() { w.silent(p) })
		w.timer.Stop()
		return w, err
	}
}

// watched is a connection whose answers are waited for within bounds.
type watched struct {
	net.Conn
	timer *time.Timer
	reads atomic.Uint64 // begun and ended: odd while one waits
}

func (w *watched) Read(b []byte) (int, error) {
	w.reads.Add(1)
	w.timer.Reset(silence)
	defer func() {
		w.timer.Stop()
		w.reads.Add(1)
	}()
	return w.Conn.Read(b)
}

// silent runs when a Read has waited for long.
func (w *watched) silent(p *probe) {
	read := w.reads.Load()
	if read%2 == 0 {
		return
	}
	answers := p.answers()
	switch {
	case w.reads.Load() != read: // it got its answer
	case answers:
		w.timer.Reset(silence)
	default:
		_ = w.Conn.Close() // its reader learns by that
	}
}

// probe finds out whether the database can be reached, once for all who ask at a time.
type probe struct {
	dial *pgx.ConnConfig
	lost func()

	mu     sync.Mutex
	asked  time.Time
	answer bool
}

func (p *probe) answers() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.asked) < probeValid {
		return p.answer
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	c, err := pgx.ConnectConfig(ctx, p.dial)
	var refused *pgconn.PgError
	p.answer = err == nil || errors.As(err, &refused) // to refuse is to answer
	p.asked = time.Now()
	if err == nil {
		_ = c.Close(ctx) // has told all it had to
	}
	if !p.answer {
		p.lost()
	}
	return p.answer
}
