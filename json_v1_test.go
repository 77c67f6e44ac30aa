package roster

import (
	v1 "encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Programs that know nothing of the JSON v2 mirror meet the same wire.
func TestEncodingJSON_reads_and_writes_the_wire(t *testing.T) {
	t.Parallel()
	const text = `{"name":"Acme","slug":null,"max_allowed_memberships":5,"public_metadata":{"big":12345678901234567890,"a":[1]}}`
	var o UpdateOrganization
	if err := v1.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	if n, ok := o.MaxAllowedMemberships.Get(); !ok || n != 5 || !o.Slug.IsNull() || o.AdminDeleteEnabled.Given() {
		t.Errorf("read %+v", o)
	}
	got, err := v1.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, string(got)); diff != "" {
		t.Error(diff)
	}
}
