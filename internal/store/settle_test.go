package store_test

import (
	"errors"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// The event goes along with the commit, and so may get there after the search for it
// began: only when the transaction is over the search tells something.
func TestSettle_waits_for_what_is_on_its_way(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, lost := range []bool{false, true} {
		id := map[bool]string{false: "evt_arrives", true: "evt_lost"}[lost]
		err := st.SettleUnderWay(t.Context(), "ins_1", lost, func(tx *store.Tx) error {
			err := tx.Claim(store.KindSlug, id, "org_1")
			return errors.Join(err, tx.AppendEvents(store.Event{ID: id, Type: roster.EventOrganizationCreated, Payload: "{}"}))
		})
		if happened := err == nil; happened == lost {
			t.Errorf("lost %v, settled as %v", lost, err)
		}
	}
	events, err := st.Events(t.Context(), "ins_1", 10)
	if err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
}
