package roster

import (
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

func TestUser_keeps_what_a_roster_does_not_have(t *testing.T) {
	t.Parallel()
	const accounts = `[{"object":"external_account","provider":"oauth_google","label":null}]`
	var u User
	if err := json.Unmarshal([]byte(`{"external_accounts":`+accounts+`,"email_addresses":[{"linked_to":[{"type":"oauth_google","id":"idn_1"}]}]}`), &u); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(u.ExternalAccounts)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(accounts, string(got)); diff != "" {
		t.Error(diff)
	}
	if got := string(u.EmailAddresses[0].LinkedTo[0]); got != `{"type":"oauth_google","id":"idn_1"}` {
		t.Error(got)
	}
}
