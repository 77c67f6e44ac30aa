package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Of those who have all runs of a text, some do not have the text: who they are is
// looked at where they are more than can be, unless they are too many for that.
func TestSearch_looks_at_whom_the_runs_of_a_text_have_found(t *testing.T) {
	t.Parallel()
	st := storetest.Engine{Name: "postgres", URL: storetest.Postgres}.Open(t)
	if err := st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error {
		for i := range 20 {
			name := "bcd-abc" // has the runs of abcd
			if i%10 == 3 {
				name = "abcd"
			}
			name = fmt.Sprint(name, "-", i)
			if err := tx.InsertUser(&roster.User{ID: fmt.Sprintf("user_%02d", i), Username: &name, CreatedAt: 1, UpdatedAt: 1}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text         string
		most, looked int
		want         int
	}{
		{"abcd", 5, 20, 2}, {"abcd", 5, 100, 2}, {"abcd", 1, 20, 1}, // as many as are asked for
		{"abcd", 5, 19, 5}, {"abcd", 5, 5, 5}, {"abcd", 5, 4, 5}, // too many to look at
		{"abcd", 20, 30, 2}, {"abcd", 21, 30, 20}, {"bcd", 5, 20, 5}, {"xyz", 5, 20, 0},
	} {
		err := st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
			got, err := tx.InArrays(c.text, c.most, c.looked)
			slices.Sort(got)
			if len(got) != c.want || c.want == 2 && !slices.Equal(got, []string{"user_03", "user_13"}) {
				t.Errorf("%+v: %v", c, got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
