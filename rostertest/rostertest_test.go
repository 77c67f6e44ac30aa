package rostertest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
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

// Two servers on one database are two nodes of one directory.
func TestServer_nodes_share_a_database(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		ctx := context.Background()
		url := e.URL(t)
		one, two := rostertest.New(t, rostertest.WithDatabase(url)), rostertest.New(t, rostertest.WithDatabase(url))
		org, err := one.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := two.ClientOf(one.SecretKey).Organizations.Get(ctx, org.ID, roster.OrganizationInclude{}); err != nil {
			t.Errorf("read through the other node: %v", err)
		}
		if _, err := two.Client().Organizations.Get(ctx, org.ID, roster.OrganizationInclude{}); !errors.Is(err, roster.CodeResourceNotFound) {
			t.Errorf("the other node's own instance: %v, want not found", err)
		}
	})
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
