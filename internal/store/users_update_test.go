package store

import (
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// SQLite writes the indexes of each column that is set, whether it changes or not; so do
// memberships, to which a user's columns are copied.
func TestUpdateUser_sets_indexed_columns_only_where_they_change(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	u := &roster.User{ID: "user_1", Username: new("anna"), CreatedAt: 1, UpdatedAt: 1}
	if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.InsertUser(u) }); err != nil {
		t.Fatal(err)
	}
	indexed, err := st.Asked(t.Context(), `select distinct c.name
from pragma_index_list('users') i
join pragma_index_info(i.name) c
where c.name not in ('instance_id', 'id')`)
	if err != nil || len(indexed) < 10 {
		t.Fatalf("%q, %v", indexed, err)
	}
	indexed = append(indexed, "banned") // which an index is of
	for _, tt := range []struct {
		name   string
		change func()
		want   []string
		copied string
	}{
		{"metadata", func() { u.PublicMetadata = roster.Metadata(`{"a":1}`) }, nil, ""},
		{"a name", func() { u.FirstName, u.UpdatedAt = new("Anna"), 2 }, []string{"first_name", "updated_at"}, "first_name, search_name, search"},
		{"no name any more", func() { u.FirstName = nil }, []string{"first_name"}, "first_name, search_name, search"},
		{"a ban", func() { u.Banned = true }, []string{"banned"}, "banned"},
		{"a time", func() { u.CreatedAt = 3 }, []string{"created_at"}, "user_created_at"},
	} {
		tt.change()
		var set []string
		copied := ""
		if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
			r := &recorder{conn: tx.conn}
			tx.conn = r
			err := tx.UpdateUser(u)
			for _, q := range r.seen {
				if sets, isCopy := strings.CutPrefix(q.sql, "update memberships\nset ("); isCopy {
					copied, _, _ = strings.Cut(sets, ")")
				}
				if sets, isUpdate := strings.CutPrefix(q.sql, "update users\nset "); isUpdate {
					for _, s := range strings.Split(strings.ReplaceAll(sets, "\n", " "), ", ") {
						if column := strings.Fields(s)[0]; slices.Contains(indexed, column) {
							set = append(set, column)
						}
					}
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if slices.Sort(set); !slices.Equal(set, tt.want) || copied != tt.copied {
			t.Errorf("%s: sets %q and copies %q", tt.name, set, copied)
		}
		if err := st.Read(t.Context(), "ins_1", func(tx *Tx) error {
			got, err := tx.User(u.ID)
			if err == nil && (got.Banned != u.Banned || got.UpdatedAt != u.UpdatedAt || (got.FirstName == nil) != (u.FirstName == nil)) {
				t.Errorf("%s: got %+v", tt.name, got)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
