package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestListReads_logs_each_reason_once_a_minute(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	l := newListReads(slog.New(slog.NewTextHandler(&out, nil)))
	now := time.UnixMilli(0)
	l.now = func() time.Time { return now }
	gone := fmt.Errorf("%w: no route", store.ErrUnavailable)
	for range 2 {
		for _, err := range []error{nil, gone, gone, store.ErrBehind, errors.New("not found"), gone} {
			l.observe(err)
		}
		now = now.Add(replicaLogInterval)
	}
	if n := strings.Count(out.String(), "reason=unavailable"); n != 2 {
		t.Errorf("%d lines of 6 failures in 2 minutes:\n%s", n, &out)
	}
	if n := strings.Count(out.String(), "\n"); n != 4 {
		t.Errorf("%d lines:\n%s", n, &out)
	}
	wantReads(t, l, map[string]float64{"replica/": 2, "database/unavailable": 6, "database/behind": 2, "database/refused": 2})
}

func wantReads(t *testing.T, l *listReads, want map[string]float64) {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(l.total)
	families, err := registry.Gather()
	if err != nil || len(families) != 1 || families[0].GetName() != "roster_list_reads_total" {
		t.Fatal(families, err)
	}
	for _, m := range families[0].GetMetric() {
		key := m.GetLabel()[0].GetValue() + "/" + m.GetLabel()[1].GetValue()
		if got := m.GetCounter().GetValue(); got != want[key] {
			t.Errorf("%s: %v, want %v", key, got, want[key])
		}
		delete(want, key)
	}
	if len(want) != 0 {
		t.Errorf("not counted: %v", want)
	}
}

func TestServe_reads_lists_from_a_replica(t *testing.T) {
	t.Parallel()
	pair := storetest.Replicated(t)
	p := startRoster(t, t.TempDir(), "serve", "--addr", "127.0.0.1:0", "--manage", "127.0.0.1:0", "--database", pair.Primary, "--read-database", pair.Replica)
	c := client.New(p.key, client.WithBaseURL(p.url+"/v1"), client.WithReadYourWrites())
	t.Cleanup(c.CloseIdleConnections)
	for n := int64(1); !strings.Contains(metrics(t, p), `roster_list_reads_total{from="replica",reason=""}`); n++ {
		in := roster.CreateUser{Username: roster.Value(fmt.Sprintf("user.%d", n)), SkipPasswordRequirement: true}
		if _, err := c.Users.Create(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		if count, err := c.Users.Count(t.Context(), roster.UserQuery{}); err != nil || count != n {
			t.Fatalf("%v users after %d were made; %v", count, n, err)
		}
	}
}

func metrics(t *testing.T, p *process) string {
	t.Helper()
	res, err := http.Get(p.manage + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(body)
}
