package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// health is the answer of a probe.
type health struct {
	Status string `json:"status"`
}

// readyTimeout is how long the store has to answer a probe.
const readyTimeout = 5 * time.Second

// probed answers /healthz (the process runs) and /readyz (the store answers)
// without a key: load balancers have none.
func (s *server) probed(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		if r.URL.Path != "/healthz" && r.URL.Path != "/readyz" {
			return next(x, w, r)
		}
		x.probe = true
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return nil, notAllowed(x, r.Method, []string{http.MethodGet, http.MethodHead})
		}
		if r.URL.Path == "/readyz" {
			if err := timed(r.Context(), time.Now().Add(readyTimeout), s.svc.Ready); err != nil {
				s.log.Warn("not ready", "trace_id", x.trace, "error", err)
				return nil, roster.ErrServiceUnavailable.New()
			}
		}
		return health{Status: "ok"}, nil
	}
}

// Manage is what the management listener serves: the probes and the metrics of
// a registry. It asks for no key, so it belongs on a loopback address.
func Manage(svc *service.Service, registry prometheus.Gatherer) http.Handler {
	s := &server{svc: svc, log: slog.New(slog.DiscardHandler), now: time.Now, traceID: randomTraceID, metrics: newMetrics(nil, nil)}
	s.handle = s.recovered(s.limited(s.probed(nowhere)))
	measurements := promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/metrics" && r.Method == http.MethodGet {
			measurements.ServeHTTP(w, r)
			return
		}
		s.ServeHTTP(w, r)
	})
}

func nowhere(_ *exchange, _ http.ResponseWriter, r *http.Request) (any, error) {
	return nil, roster.ErrPathNotFound.New(r.URL.EscapedPath())
}
