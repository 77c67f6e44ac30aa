package api_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestReplica_paused(t *testing.T) {
	t.Parallel()
	s := newReplicated(t, "")
	s.settle()
	s.Pause()
	id, seen := s.createUser("late.riser")

	t.Run("a_list_without_position_may_be_older", func(t *testing.T) {
		if s.lists(id) {
			t.Error("the replica knows what it has not replayed: this test sees nothing")
		}
		if served := s.last(); served != nil {
			t.Errorf("not served by the replica: %v", served)
		}
	})
	t.Run("a_list_with_position_shows_the_write", func(t *testing.T) {
		for range 3 { // the first waits, the others know that it is of no use
			if !s.lists(id, seen) {
				t.Error("the write does not show")
			}
			if served := s.last(); !errors.Is(served, store.ErrBehind) {
				t.Errorf("served by the replica, or failed: %v", served)
			}
		}
	})
	t.Run("a_reader_never_goes_back", func(t *testing.T) {
		first := s.send("GET", "/v1/users/count", "", seen)
		if !s.lists(id, first.position) {
			t.Error("what a list showed is gone for the next one")
		}
		one := s.send("GET", "/v1/users/"+id, "") // from the database
		if !s.lists(id, one.position) {
			t.Error("what a read of one showed is gone for a list")
		}
	})
	t.Run("a_resource_by_its_id_is_current", func(t *testing.T) {
		if a := s.send("GET", "/v1/users/"+id, ""); a.status != http.StatusOK || a.position < seen {
			t.Errorf("%d at %s after %s", a.status, a.position, seen)
		}
	})
	t.Run("what_the_replica_does_not_find_the_database_does", func(t *testing.T) {
		if a := s.send("GET", "/v1/users/"+id+"/organization_memberships", ""); a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
		if a := s.send("GET", "/v1/users/user_none/organization_memberships", ""); a.status != http.StatusNotFound {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
	t.Run("a_client_reads_its_writes", func(t *testing.T) { readsItsWrites(t, s) })
	t.Run("the_replica_serves_again_once_it_has_caught_up", func(t *testing.T) {
		s.Resume()
		for served := store.ErrBehind; served != nil; served = s.last() {
			if !s.lists(id, seen) {
				t.Fatal("the write does not show")
			}
		}
	})
}

// readsItsWrites checks the client's option against a replica that stands still.
func readsItsWrites(t *testing.T, s *replicated) {
	c, forgetful := s.client(client.WithReadYourWrites()), s.client()
	u, err := c.Users.Create(t.Context(), roster.CreateUser{Username: roster.Value("own.writes"), SkipPasswordRequirement: true})
	if err != nil {
		t.Fatal(err)
	}
	q := roster.UserQuery{UserID: roster.Selection{Include: []string{u.ID}}}
	for name, want := range map[*client.Client]int{c: 1, forgetful: 0} {
		if got, err := name.Users.List(t.Context(), q); err != nil || len(got) != want {
			t.Errorf("%d users, want %d; %v", len(got), want, err)
		}
	}
}

func TestReplica_revoked_keys_are_refused_at_once(t *testing.T) {
	t.Parallel()
	s := newReplicated(t, "")
	s.settle()
	s.Pause()
	keys, err := s.svc.Keys(t.Context(), "")
	if err != nil || len(keys) != 1 {
		t.Fatal(keys, err)
	}
	if _, err := s.svc.RevokeKey(t.Context(), keys[0].ID); err != nil {
		t.Fatal(err)
	}
	if a := s.send("GET", "/v1/users", ""); a.status != http.StatusUnauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestReplica_positions_no_server_gave(t *testing.T) {
	t.Parallel()
	s := newReplicated(t, "")
	s.settle()
	for _, seen := range []string{"0", "zzzzzzzzzzzzzzzz", "0000000003000148,0000000003000148"} {
		if a := s.send("GET", "/v1/users", "", seen); a.status != http.StatusBadRequest || !strings.Contains(a.body, string(roster.CodeMalformedRequestParameters)) {
			t.Errorf("%q: %d %s", seen, a.status, a.body)
		}
	}
	if a := s.send("GET", "/v1/users", "", "0000000003000148", "0000000003000148"); a.status != http.StatusBadRequest {
		t.Errorf("twice: %d %s", a.status, a.body)
	}
	for _, seen := range []roster.Position{roster.PositionUnknown - 1, roster.PositionUnknown} { // of another database, which went further
		a := s.send("GET", "/v1/users", "", seen.String())
		if served := s.last(); a.status != http.StatusOK || !errors.Is(served, store.ErrBehind) {
			t.Errorf("%s: %d, %v", seen, a.status, served)
		}
		if a.position >= seen.String() {
			t.Errorf("%s is confirmed by %s", seen, a.position)
		}
	}
}

func TestReplica_that_cannot_serve(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"gone":                func(*testing.T) string { return "postgres://roster@127.0.0.1:1/roster" },
		"of_another_database": func(t *testing.T) string { return storetest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newReplicated(t, url(t))
			id, seen := s.createUser("early.bird")
			for _, positions := range [][]string{nil, {seen}} {
				if !s.lists(id, positions...) {
					t.Error("the write does not show")
				}
				if served := s.last(); !errors.Is(served, store.ErrUnavailable) {
					t.Errorf("served by the replica, or failed: %v", served)
				}
			}
			if a := s.send("GET", "/readyz", ""); a.status != http.StatusOK {
				t.Errorf("not ready for want of a replica: %d", a.status)
			}
		})
	}
}
