package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// clientsAreAsOldAsTheirFirst lists clients that have come at the same time, with one
// session or several, before and after one of them has lost its first.
func clientsAreAsOldAsTheirFirst(t *testing.T, b *bench) {
	type visit struct {
		id, client, user string
		created          int64
	}
	visits := []visit{
		{"sess_01", "client_b", "user_1", 100}, {"sess_05", "client_b", "user_2", 300}, {"sess_06", "client_b", "user_2", 400},
		{"sess_09", "client_a", "user_2", 200}, {"sess_02", "client_d", "user_2", 200}, {"sess_03", "client_c", "user_2", 200},
		{"sess_08", "client_e", "user_2", 200}, {"sess_00", "client_e", "user_2", 200}, // of which the first has the lesser id
		{"sess_07", "client_f", "user_1", 250}, // who leaves
	}
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		for _, id := range []string{"user_1", "user_2"} {
			if err := insertUser(tx, id, nil); err != nil {
				return err
			}
		}
		for _, v := range visits {
			s := &roster.Session{ID: v.id, ClientID: v.client, UserID: v.user, Status: roster.SessionActive, CreatedAt: v.created, UpdatedAt: v.created}
			if err := tx.InsertSession(s); err != nil {
				return err
			}
		}
		return nil
	})
	check := func(when string, clients ...string) {
		t.Helper()
		for _, limit := range []int{1, 2, 3, 10} {
			var got []string
			for offset := 0; offset <= len(clients); offset += limit {
				b.mustRead("ins_1", func(tx *store.Tx) error {
					page, err := tx.Clients(roster.Paging{Limit: limit, Offset: int64(offset)}, 1)
					if page.TotalCount != int64(len(clients)) {
						t.Errorf("%s: total_count = %d", when, page.TotalCount)
					}
					for _, c := range page.Data {
						got = append(got, fmt.Sprintf("%s %d %s", c.ID, c.CreatedAt, strings.Join(c.SessionIDs, " ")))
					}
					return err
				})
			}
			want(t, fmt.Sprintf("%s, by %d", when, limit), got, clients...)
		}
	}
	same := []string{"client_a 200 sess_09", "client_c 200 sess_03", "client_d 200 sess_02", "client_e 200 sess_08 sess_00"}
	check("at first", slices.Concat([]string{"client_f 250 sess_07"}, same, []string{"client_b 100 sess_06 sess_05 sess_01"})...)
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteUser(&roster.User{ID: "user_1"}) })
	check("without the first", slices.Concat([]string{"client_b 300 sess_06 sess_05"}, same)...)
}
