package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// observe writes the request's one log line and measures it. Keys, bodies and
// query strings stay out: they carry secrets and personal data.
func (s *server) observe(x *exchange, r *http.Request, status, size int, took time.Duration) {
	s.metrics.count(x, status, took)
	level := slog.LevelInfo
	if x.probe {
		level = slog.LevelDebug
	}
	if !s.log.Enabled(context.Background(), level) {
		return
	}
	s.log.LogAttrs(context.Background(), level, "request",
		slog.String("method", r.Method),
		slog.String("route", x.pattern()),
		slog.Int("status", status),
		slog.Float64("duration_ms", float64(took.Microseconds())/1000),
		slog.Int("bytes", size),
		slog.String("trace_id", x.trace),
		slog.String("instance_id", x.caller.InstanceID),
	)
}

// classes are the first digits a status has here.
var classes = []int{2, 3, 4, 5}

// metrics counts and times requests, by route and by class of status. The label
// values are bound once, so measuring costs no lookup.
type metrics struct {
	routes map[*route]*measure
	other  *measure // no route: refused before, or nothing there
}

// measure is the instruments of one route.
type measure struct {
	requests [6]prometheus.Counter // by class
	seconds  prometheus.Observer
}

// buckets reach from a list's page out of memory to the deadline, in seconds.
var buckets = []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

func newMetrics(to prometheus.Registerer, rows []route) *metrics {
	if to == nil {
		return nil
	}
	labels := []string{"method", "route"}
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "roster_http_requests_total", Help: "Requests answered, by class of status."}, append(labels, "status"))
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "roster_http_request_seconds", Help: "Time from the request's header to the last byte of its answer.", Buckets: buckets}, labels)
	to.MustRegister(requests, seconds)
	bind := func(method, pattern string) *measure {
		m := &measure{seconds: seconds.WithLabelValues(method, pattern)}
		for _, class := range classes {
			m.requests[class] = requests.WithLabelValues(method, pattern, string(rune('0'+class))+"xx")
		}
		return m
	}
	m := &metrics{routes: make(map[*route]*measure, len(rows)), other: bind("", "")}
	for i := range rows {
		m.routes[&rows[i]] = bind(rows[i].method, prefix+rows[i].path)
	}
	return m
}

func (m *metrics) count(x *exchange, status int, took time.Duration) {
	if m == nil || x.probe {
		return
	}
	of := m.routes[x.route]
	if of == nil {
		of = m.other
	}
	of.requests[status/100].Inc()
	of.seconds.Observe(took.Seconds())
}
