package store

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The address of a default image is one JSON text, however it is put together.
func TestDefaultImage_spells_out_its_owner(t *testing.T) {
	t.Parallel()
	for _, instance := range []string{"", "i", "in", "ins", "ins_1", `i"<é>`} {
		for _, names := range [][]string{nil, {"Ada", "Lovelace"}, {" élodie", ""}, {"", "\t"}, {`"`, `\`}, {"<", "&"}, {"😀", "ø"}} {
			initials := ""
			for _, name := range names {
				for _, r := range strings.TrimSpace(name) {
					initials += strings.ToUpper(string(r))
					break
				}
			}
			want, err := json.Marshal(struct {
				Type     string `json:"type"`
				Instance string `json:"iid"`
				Owner    string `json:"rid"`
				Initials string `json:"initials,omitzero"`
			}{"default", instance, "user_1", initials}, jsontext.EscapeForHTML(false))
			if err != nil {
				t.Fatal(err)
			}
			code, found := strings.CutPrefix(defaultImage(instance, "user_1", names...), "https://img.clerk.com/")
			if got, err := base64.RawURLEncoding.DecodeString(code); !found || err != nil || string(got) != string(want) {
				t.Errorf("%q %q: got %s, %v, want %s", instance, names, got, err, want)
			}
		}
	}
}
