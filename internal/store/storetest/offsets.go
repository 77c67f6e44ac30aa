package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// deepOffsets compares pages far from the first with a walk: of members who came by
// themselves and in crowds, of whom some have gone since.
func deepOffsets(t *testing.T, b *bench) {
	const crowd = 100
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same people every time
	now, ids := int64(1_700_000_000_000), []string{}
	for len(ids) < 2400 {
		now += random.Int64N(3 * 60 * 60 * 1000)
		size := 1 + random.IntN(crowd)
		if err := b.store.Write(context.Background(), "ins_1", now, func(tx *store.Tx) error {
			for i := range size {
				id := fmt.Sprintf("user_%04d_%d", len(ids)+i, random.IntN(1000))
				if err := insertUser(tx, id, nil); err != nil {
					return err
				}
				if err := tx.InsertMembership("orgmem_"+id, "org_1", id, "role_member", nil, nil); err != nil {
					return err
				}
				ids = append(ids, id)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	check := func() {
		t.Helper()
		for _, order := range []roster.Order{roster.Desc("created_at"), roster.Asc("created_at")} {
			var all []string
			for after := ""; ; after = "orgmem_" + all[len(all)-1] {
				page := b.list(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: 500, StartingAfter: after}})
				if all = append(all, page...); len(page) == 0 {
					break
				}
			}
			want(t, "members", []string{fmt.Sprint(len(all))}, fmt.Sprint(len(ids)))
			for offset := 990; offset < len(all)+20; offset += 1 + random.IntN(30) {
				limit := 1 + random.IntN(20)
				page := b.list(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: limit, Offset: int64(offset)}})
				want(t, fmt.Sprintf("%s from %d", order, offset), page, all[min(offset, len(all)):min(offset+limit, len(all))]...)
			}
		}
	}
	check()
	random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	for _, gone := range ids[2200:] {
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", gone) })
	}
	ids = ids[:2200]
	check()
}
