package store_test

import (
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A page that is found on a walk is the one of the whole list, which starts with those
// whom the filter leaves.
func TestWalks_meet_the_same_page(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := openBig(t, e, 20_000)
		for _, q := range []roster.MembershipQuery{
			{NameQuery: "family7"}, {NameQuery: "family7", LastActiveAtAfter: roster.Value[int64](50)},
			{PublicMetadata: []roster.MetadataTerm{{Path: "group", Value: "some"}}},
			{PublicMetadata: []roster.MetadataTerm{{Path: "group", Value: "some"}}, NameQuery: "ven1"},
			{LastActiveAtAfter: roster.Value[int64](80)}, {CreatedAtBefore: roster.Value[int64](3000), Role: []string{"org:member"}},
			{CreatedAtAfter: roster.Value[int64](2000), LastActiveAtBefore: roster.Value[int64](30), NameQuery: "y1"},
		} {
			for _, name := range roster.MembershipOrders {
				for _, order := range []roster.Order{roster.Asc(name), roster.Desc(name)} {
					q.OrderBy = order
					whole := list(t, st, q, roster.Paging{Limit: 20_000})
					if len(whole) < 200 {
						t.Fatalf("%+v leaves %d", q, len(whole))
					}
					for _, from := range []int{0, 13, len(whole) - 3} {
						want := whole[from:min(from+7, len(whole))]
						if got := list(t, st, q, roster.Paging{Limit: 7, Offset: int64(from)}); !slices.Equal(got, want) {
							t.Errorf("%+v from %d: got %q, want %q", q, from, got, want)
						}
						if from == 0 {
							continue
						}
						if got := list(t, st, q, roster.Paging{Limit: 7, StartingAfter: whole[from-1]}); !slices.Equal(got, want) {
							t.Errorf("%+v behind %d: got %q, want %q", q, from-1, got, want)
						}
					}
				}
			}
		}
	})
}

// list is the ids of a page of memberships of org_1.
func list(t *testing.T, st *store.Store, q roster.MembershipQuery, p roster.Paging) (ids []string) {
	t.Helper()
	q.Paging = p
	err := st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
		page, err := tx.Memberships("org_1", q)
		ids = ids[:0]
		for _, m := range page.Data {
			ids = append(ids, m.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}
