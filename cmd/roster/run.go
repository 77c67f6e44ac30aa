package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
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
// as long as drain.
func run(ctx context.Context, ls *listeners, svc *service.Service, o api.Options, drain time.Duration) error {
	log, registry := o.Logger, prometheus.NewRegistry()
	o.Metrics = registry
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	due, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() { svc.Run(due, log) })
	defer background.Wait()
	defer stop()

	failed := make(chan error, 2)
	start := func(l net.Listener, h http.Handler) *http.Server {
		s := api.NewServer(l.Addr().String(), h, log)
		go func() {
			if err := s.Serve(api.Listener(l)); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serve %s: %w", l.Addr(), err)
			}
		}()
		return s
	}
	servers := []*http.Server{start(ls.api, api.New(svc, o))}
	if ls.manage != nil {
		servers = append(servers, start(ls.manage, api.Manage(svc, registry)))
	}
	log.Info("serving", "addr", ls.api.Addr().String())
	var err error
	select {
	case <-ctx.Done():
		log.Info("stopping: running requests may finish", "timeout", drain.String())
	case err = <-failed:
	}
	// What is not done in time is cut off. Management goes last, so that health can
	// be asked for during the drain.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	for _, s := range servers {
		if shutdown := s.Shutdown(ctx); shutdown != nil {
			err = errors.Join(err, fmt.Errorf("requests were still running after %s and were cut off", drain), s.Close())
		}
	}
	log.Info("stopped")
	return err
}
