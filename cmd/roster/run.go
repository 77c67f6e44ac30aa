package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
)

// drainTimeout is how long running requests may take once the server is to stop:
// less than the 30 s that orchestrators commonly grant a process.
const drainTimeout = 25 * time.Second

// run serves both listeners until ctx ends, then lets running requests finish, for
// as long as drain. The metrics are those of the server and the collectors.
func run(ctx context.Context, ls *listeners, svc *service.Service, o api.Options, drain time.Duration, cs ...prometheus.Collector) error {
	gatherGarbage()
	log, registry := o.Logger, prometheus.NewRegistry()
	o.Metrics = registry
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(cs...)

	due, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() { svc.Run(due, log) })
	defer background.Wait()
	defer stop()

	failed := make(chan error, 2)
	servers := []*http.Server{start(ls.api, api.New(svc, o), log, failed)}
	if ls.manage != nil {
		servers = append(servers, start(ls.manage, api.Manage(svc, registry), log, failed))
	}
	log.Info("serving", "addr", ls.api.Addr().String())
	var err error
	select {
	case <-ctx.Done():
		log.Info("stopping: running requests may finish", "timeout", drain.String())
	case err = <-failed:
	}
	err = errors.Join(err, shutDown(servers, drain))
	log.Info("stopped")
	return err
}

// garbagePercent is how much garbage may gather beside what lives. That is a few
// megabytes, beside which every answer makes its share: collected as often as Go does
// by itself, which doubles them, it would take a fifth of the processors.
const garbagePercent = 400

// gatherGarbage lets that much garbage gather from now on: a start needs little memory,
// and keeps it. The environment may say otherwise.
func gatherGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}

// shutDown lets running requests finish and cuts off what is not done in time. The
// servers go one after the other, management last, so that health can be asked for
// during the drain.
func shutDown(servers []*http.Server, drain time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("requests were still running after %s and were cut off", drain), s.Close())
		}
	}
	return errors.Join(errs...)
}

// start serves a handler on a listener, and tells when that ends unasked.
func start(l net.Listener, h http.Handler, log *slog.Logger, failed chan<- error) *http.Server {
	s := api.NewServer(l.Addr().String(), h, log)
	go func() {
		if err := s.Serve(api.Listener(l)); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve %s: %w", l.Addr(), err)
		}
	}()
	return s
}
