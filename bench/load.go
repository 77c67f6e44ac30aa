package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// request is the n-th of a load: method, target and body.
type request struct {
	method, target, body string
}

func get(format string, args ...any) request {
	return request{method: "GET", target: fmt.Sprintf(format, args...)}
}

// bytes is the request as it is sent.
func (r request) bytes(buf []byte, addr string) []byte {
	buf = append(buf, r.method...)
	buf = append(append(append(buf, ' '), r.target...), " HTTP/1.1\r\nHost: "...)
	buf = append(append(buf, addr...), "\r\nAuthorization: Bearer "+secretKey+"\r\nClerk-API-Version: 2026-05-12\r\n"...)
	if r.method != "GET" {
		buf = append(buf, "Content-Type: application/json\r\nContent-Length: "...)
		buf = append(strconv.AppendInt(buf, int64(len(r.body)), 10), "\r\n"...)
	}
	return append(append(buf, "\r\n"...), r.body...)
}

// connection is a client that does no more than a benchmark needs, so that the
// server has the processors.
type connection struct {
	net.Conn
	addr string
	in   *bufio.Reader
	out  []byte
	body []byte
}

func dial(addr string) (*connection, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, addr: addr, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// do sends a request and reads the whole answer, which is the connection's until the
// next one.
func (c *connection) do(r request) (status int, body []byte, err error) {
	c.out = r.bytes(c.out[:0], c.addr)
	if _, err := c.Write(c.out); err != nil {
		return 0, nil, err
	}
	length := 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0:
			c.body = slices.Grow(c.body[:0], length)[:length]
			_, err := io.ReadFull(c.in, c.body)
			return status, c.body, err
		case status == 0:
			status, err = strconv.Atoi(string(line[9:12]))
		case len(line) > 16 && strings.EqualFold(string(line[:15]), "content-length:"):
			length, err = strconv.Atoi(strings.TrimSpace(string(line[15:])))
		}
		if err != nil {
			return 0, nil, err
		}
	}
}

// once sends one request on a connection of its own.
func once(addr string, r request) ([]byte, error) {
	c, err := dial(addr)
	if err != nil {
		return nil, err
	}
	status, body, err := c.do(r)
	if err == nil && status != 200 {
		err = fmt.Errorf("%s %s: %d %.300s", r.method, r.target, status, body)
	}
	return body, errors.Join(err, c.Close())
}

// measured is what a load saw.
type measured struct {
	done      int
	took      time.Duration
	cpu       time.Duration // of the server
	latencies []time.Duration
}

func (m measured) rate() float64 { return float64(m.done) / m.took.Seconds() }

// quantile of the latencies.
func (m measured) quantile(q float64) time.Duration {
	if len(m.latencies) == 0 {
		return 0
	}
	slices.Sort(m.latencies)
	return m.latencies[min(len(m.latencies)-1, int(q*float64(len(m.latencies))))]
}

// load lets clients send requests, each the next of all, for a while; cpu reads the
// processor time of who serves them.
func load(clients int, while time.Duration, cpu func() time.Duration, client func() (do func(n int) error, close func() error, err error)) (measured, error) {
	type part struct {
		latencies []time.Duration
		err       error
	}
	parts := make([]part, clients)
	var next atomic.Int64
	var all sync.WaitGroup
	ready := make(chan struct{})
	var opened sync.WaitGroup
	opened.Add(clients)
	var end time.Time
	for i := range parts {
		all.Go(func() {
			p := &parts[i]
			do, done, err := client()
			opened.Done()
			if err != nil {
				p.err = err
				return
			}
			defer func() { p.err = errors.Join(p.err, done()) }()
			<-ready
			for now := time.Now(); now.Before(end); {
				if p.err = do(int(next.Add(1) - 1)); p.err != nil {
					return
				}
				then := now
				now = time.Now()
				p.latencies = append(p.latencies, now.Sub(then))
			}
		})
	}
	opened.Wait()
	spent, began := cpu(), time.Now()
	end = began.Add(while)
	close(ready)
	all.Wait()
	m := measured{took: time.Since(began), cpu: cpu() - spent}
	var err error
	for _, p := range parts {
		m.latencies = append(m.latencies, p.latencies...)
		err = errors.Join(err, p.err)
	}
	m.done = len(m.latencies)
	return m, err
}

// loadHTTP is load on a server.
func (s *server) load(clients int, while time.Duration, request func(n int) request) (measured, error) {
	return load(clients, while, s.cpu, func() (func(int) error, func() error, error) {
		c, err := dial(s.addr())
		if err != nil {
			return nil, nil, err
		}
		return func(n int) error {
			r := request(n)
			status, body, err := c.do(r)
			if err == nil && status != 200 {
				err = fmt.Errorf("%s %s: %d %.300s", r.method, r.target, status, body)
			}
			return err
		}, c.Close, nil
	})
}
