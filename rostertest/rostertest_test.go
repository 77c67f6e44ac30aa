package rostertest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

func TestServer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	noon := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	srv := rostertest.New(t, rostertest.WithClock(func() time.Time { return noon }))

	org, err := srv.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme"})
	if err != nil {
		t.Fatal(err)
	}
	if org.CreatedAt != noon.UnixMilli() {
		t.Errorf("created_at is %d, want the clock's %d", org.CreatedAt, noon.UnixMilli())
	}

	other := srv.ClientOf(srv.NewInstance(t, rostertest.Production))
	if _, err := other.Organizations.Get(ctx, org.ID, roster.OrganizationInclude{}); !errors.Is(err, roster.CodeResourceNotFound) {
		t.Errorf("another instance's organization: %v, want not found", err)
	}
}

func TestServer_rate_limits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := rostertest.New(t, rostertest.WithRateLimits()).Client(client.WithRetries(0))
	var err error
	for range 500 { // more than come back while they run
		if _, err = c.Users.Count(ctx, roster.UserQuery{}); err != nil {
			break
		}
	}
	var refused *roster.ErrorResponse
	if !errors.As(err, &refused) || refused.Status != 429 || refused.RetryAfter <= 0 {
		t.Errorf("after many requests: %v", err)
	}
}
