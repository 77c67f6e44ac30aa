package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
)

// figures are of the server as a whole.
type figures struct {
	Engine        string
	Members       int
	Organizations int // as of results
	Seeded        time.Duration
	Start         time.Duration // from the start of the process to its first answer
	Idle          int64         // bytes resident behind the first answer
	Busy          int64         // at most, under 64 clients that read pages of 500
	Binary        int64         // bytes
	P50, P99      time.Duration // of reads while 500 writes a second run
	HTTP50        time.Duration // of bare HTTP that writes the same answers, and nothing beside it
	HTTP99        time.Duration // likewise
}

// start starts a server so often, notes what can be seen of one that has just started,
// and returns the last.
func (r *report) start(binary, engine, database string, d directory, seeded time.Duration, rounds int) (s *server, err error) {
	f := figures{Engine: engine, Members: d.memberships(), Organizations: d.organizations(), Seeded: seeded}
	var starts, idle []float64
	for n := range rounds {
		if n > 0 {
			err = s.stop()
		}
		if err == nil {
			s, err = start(binary, database)
		}
		if err != nil {
			return nil, err
		}
		if _, err := once(s.addr(), members("limit=10")); err != nil {
			return nil, errors.Join(err, s.stop())
		}
		starts = append(starts, float64(time.Since(s.started)))
		resident, _ := s.resident()
		idle = append(idle, float64(resident))
	}
	f.Start, f.Idle = time.Duration(median(starts)), int64(median(idle))
	info, err := os.Stat(binary)
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	f.Binary = info.Size()
	r.Figures = append(r.Figures, f)
	say("%-9s %8d first answer %s after the start, %d MB resident", engine, d.memberships(), f.Start.Round(time.Millisecond), f.Idle>>20)
	return s, nil
}

// whole measures reads beside writes, and memory under many large pages.
func (b *bench) whole(all *report) error {
	f := &all.Figures[len(all.Figures)-1]
	for name, of := range map[string]request{"one": pages[9].request(b.d, 0), "ten": members("limit=10")} { // as mixed reads
		answer, err := once(b.server.addr(), of)
		if err == nil {
			err = b.floor.keep(name, answer)
		}
		if err != nil {
			return err
		}
	}
	var quantiles [4][]float64
	for range b.rounds {
		reads, err := b.mixed(500)
		if err != nil {
			return err
		}
		bare, err := b.floor.load(8, 4*b.while, func(n int) request { return get("/floor/%s", []string{"one", "ten"}[n%2]) })
		if err != nil {
			return err
		}
		for i, q := range []time.Duration{reads.quantile(0.5), reads.quantile(0.99), bare.quantile(0.5), bare.quantile(0.99)} {
			quantiles[i] = append(quantiles[i], float64(q))
		}
	}
	for i, to := range []*time.Duration{&f.P50, &f.P99, &f.HTTP50, &f.HTTP99} {
		*to = time.Duration(median(quantiles[i]))
	}
	if _, err := b.server.load(64, 10*b.while, func(n int) request { return members("limit=500&offset=%d", n%20*500%b.d.members) }); err != nil {
		return err
	}
	_, f.Busy = b.server.resident()
	say("%-9s %8d reads beside 500 writes/s: p50 %s p99 %s (%.1f), bare HTTP p50 %s p99 %s (%.1f); %d MB at most", b.engine, b.d.members,
		f.P50, f.P99, float64(f.P99)/float64(f.P50), f.HTTP50, f.HTTP99, float64(f.HTTP99)/float64(f.HTTP50), f.Busy>>20)
	return nil
}

// mixed reads with 8 clients while so many writes a second run.
func (b *bench) mixed(rate int) (measured, error) {
	stop := make(chan struct{})
	written := make(chan error, 4)
	for w := range cap(written) {
		c, err := dial(b.server.addr())
		if err != nil {
			return measured{}, err
		}
		go func() {
			ticks := time.NewTicker(time.Second * time.Duration(cap(written)) / time.Duration(rate))
			defer ticks.Stop()
			for n := w; ; n += cap(written) {
				select {
				case <-stop:
					written <- c.Close()
					return
				case <-ticks.C:
				}
				status, body, err := c.do(writes[2].request(b.d, n))
				if err != nil || status != 200 {
					written <- errors.Join(err, fmt.Errorf("write beside reads: %d %.300s", status, body), c.Close())
					return
				}
			}
		}()
	}
	m, err := b.server.load(8, 4*b.while, func(n int) request {
		if n%2 == 0 {
			return pages[9].request(b.d, n)
		}
		return members("limit=10")
	})
	close(stop)
	for range cap(written) {
		err = errors.Join(err, <-written)
	}
	return m, err
}

// makeDatabase makes a database on a server, and the way to remove it.
func makeDatabase(ctx context.Context, server, name string) (database string, drop func() error, err error) {
	administer := func(sql string) error {
		c, err := pgx.Connect(ctx, server)
		if err != nil {
			return err
		}
		_, err = c.Exec(ctx, sql)
		return errors.Join(err, c.Close(ctx))
	}
	u, err := url.Parse(server)
	if err == nil {
		err = administer("create database " + name)
	}
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error { return administer("drop database " + name + " with (force)") }, nil
}
