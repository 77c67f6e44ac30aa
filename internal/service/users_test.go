package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
)

func TestCreateUserKeepsAnyCreationTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for given, want := range map[string]int64{
		"":                              morning,
		"1970-01-01T00:00:00Z":          0,
		"1969-12-31T23:59:59.999Z":      -1,
		"2012-10-20T07:15:20.902+02:00": 1350710120902,
	} {
		in := roster.CreateUser{EmailAddress: []string{"u" + given[:min(len(given), 4)] + "@x.io"}}
		if given != "" {
			in.CreatedAt = roster.Value(given)
		}
		u, err := w.CreateUser(t.Context(), w.caller, in)
		if err != nil {
			t.Fatal(err)
		}
		if u.CreatedAt != want {
			t.Errorf("%q: created_at = %d, want %d", given, u.CreatedAt, want)
		}
	}
}
