package roster

import (
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseOrder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want Order
		out  string
	}{
		{"", Order{}, ""},
		{"created_at", Asc("created_at"), "created_at"},
		{"+created_at", Asc("created_at"), "created_at"},
		{" created_at", Asc("created_at"), "created_at"}, // a raw + of a query string
		{"-created_at", Desc("created_at"), "-created_at"},
		{"--created_at", Desc("-created_at"), "--created_at"},
		{"-", Order{Desc: true}, ""},
	}
	for _, tt := range tests {
		got := ParseOrder(tt.in)
		if got != tt.want || got.String() != tt.out {
			t.Errorf("ParseOrder(%q) = %+v %q, want %+v %q", tt.in, got, got, tt.want, tt.out)
		}
	}
	if got := (Order{}).Or(Desc("name")); got != Desc("name") {
		t.Errorf("the default order is %v", got)
	}
	if got := Asc("slug").Or(Desc("name")); got != Asc("slug") {
		t.Errorf("a given order became %v", got)
	}
}

func TestCutSign(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, value string
		exclude   bool
	}{
		{"", "", false}, {"+", "", false}, {"-", "", true},
		{"user_1", "user_1", false}, {"+user_1", "user_1", false}, {" user_1", "user_1", false},
		{"-user_1", "user_1", true}, {"+-user_1", "-user_1", false}, {"-+user_1", "+user_1", true},
	}
	for _, tt := range tests {
		if value, exclude := CutSign(tt.in); value != tt.value || exclude != tt.exclude {
			t.Errorf("CutSign(%q) = %q, %v; want %q, %v", tt.in, value, exclude, tt.value, tt.exclude)
		}
	}
}

func TestPageLimit(t *testing.T) {
	t.Parallel()
	if got := (Paging{}).PageLimit(); got != DefaultLimit {
		t.Errorf("default limit %d", got)
	}
	if got := (Paging{Limit: 7}).PageLimit(); got != 7 {
		t.Errorf("limit %d, want 7", got)
	}
}

func TestSelectionSurvivesTheWire(t *testing.T) {
	t.Parallel()
	want := Selection{Include: []string{"a", "-b", "c d"}, Exclude: []string{"e", "+f"}}
	v := url.Values{}
	want.values(v, "id")
	back, err := url.ParseQuery(v.Encode())
	if err != nil {
		t.Fatal(err)
	}
	var got Selection
	for _, s := range back["id"] {
		value, exclude := CutSign(s)
		if exclude {
			got.Exclude = append(got.Exclude, value)
			continue
		}
		got.Include = append(got.Include, value)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("selection (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Selection{Include: []string{"a"}}, Only("a")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Selection{Exclude: []string{"a"}}, Except("a")); diff != "" {
		t.Error(diff)
	}
}

func TestQueryValues(t *testing.T) {
	t.Parallel()
	paging := Paging{Limit: 20, Offset: 40, StartingAfter: "x"}
	tests := []struct {
		name string
		got  url.Values
		want string
	}{
		{"an empty query sends nothing", MembershipQuery{}.Values(), ""},
		{"an empty user query sends nothing", UserQuery{}.Values(), ""},
		{"an empty organization query sends nothing", OrganizationQuery{}.Values(), ""},
		{"an empty session query sends nothing", SessionQuery{}.Values(), ""},
		{"zero times are sent when given", MembershipQuery{CreatedAtAfter: Value(int64(0))}.Values(), "created_at_after=0"},
		{"null times are not sent", MembershipQuery{CreatedAtAfter: Null[int64]()}.Values(), ""},
		{"memberships", MembershipQuery{
			OrderBy: Desc("first_name"), Paging: paging,
			UserID: Selection{[]string{"u1", "u2"}, []string{"u3"}}, OrganizationID: Only("o1"),
			EmailAddress: []string{"a@x", "b@x"}, PhoneNumber: []string{"+1"}, Username: []string{"ann"},
			Web3Wallet: []string{"0x1"}, Role: []string{"org:admin", "org:member"},
			Query: "q", EmailAddressQuery: "e", PhoneNumberQuery: "p", UsernameQuery: "u", NameQuery: "n m",
			LastActiveAtBefore: Value(int64(1)), LastActiveAtAfter: Value(int64(2)), CreatedAtBefore: Value(int64(3)), CreatedAtAfter: Value(int64(4)),
		}.Values(), "created_at_after=4&created_at_before=3&email_address=a%40x&email_address=b%40x&email_address_query=e&" +
			"last_active_at_after=2&last_active_at_before=1&limit=20&name_query=n+m&offset=40&order_by=-first_name&organization_id=%2Bo1&" +
			"phone_number=%2B1&phone_number_query=p&query=q&role=org%3Aadmin&role=org%3Amember&starting_after=x&" +
			"user_id=%2Bu1&user_id=%2Bu2&user_id=-u3&username=ann&username_query=u&web3_wallet=0x1"},
		{"organizations", OrganizationQuery{
			OrderBy: Asc("name"), Paging: paging, OrganizationInclude: OrganizationInclude{true, true},
			Query: "acme", UserID: Only("u1"), OrganizationID: Except("o1"),
		}.Values(), "include_members_count=true&include_missing_member_with_elevated_permissions=true&limit=20&offset=40&order_by=name&" +
			"organization_id=-o1&query=acme&starting_after=x&user_id=%2Bu1"},
		{"users", UserQuery{
			OrderBy: Desc("last_sign_in_at"), Paging: paging,
			UserID: Only("u1"), ExternalID: Except("e1"), OrganizationID: Only("o1"),
			EmailAddress: []string{"a@x"}, PhoneNumber: []string{"+1"}, Username: []string{"ann"}, Web3Wallet: []string{"0x1"},
			Query: "q", EmailAddressQuery: "e", PhoneNumberQuery: "p", UsernameQuery: "u", NameQuery: "n", Banned: Value(false),
			LastActiveAtBefore: Value(int64(1)), LastActiveAtAfter: Value(int64(2)), LastActiveAtSince: Value(int64(3)),
			CreatedAtBefore: Value(int64(4)), CreatedAtAfter: Value(int64(5)), LastSignInAtBefore: Value(int64(6)), LastSignInAtAfter: Value(int64(7)),
			Provider: "oauth_google", ProviderUserID: []string{"g1", "g2"},
		}.Values(), "banned=false&created_at_after=5&created_at_before=4&email_address=a%40x&email_address_query=e&external_id=-e1&" +
			"last_active_at_after=2&last_active_at_before=1&last_active_at_since=3&last_sign_in_at_after=7&last_sign_in_at_before=6&" +
			"limit=20&name_query=n&offset=40&order_by=-last_sign_in_at&organization_id=%2Bo1&phone_number=%2B1&phone_number_query=p&" +
			"provider=oauth_google&provider_user_id=g1&provider_user_id=g2&query=q&starting_after=x&user_id=%2Bu1&" +
			"username=ann&username_query=u&web3_wallet=0x1"},
		{"sessions", SessionQuery{Paging: Paging{Limit: 5}, ClientID: "c", UserID: "u", Status: SessionActive}.Values(),
			"client_id=c&limit=5&status=active&user_id=u"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, tt.got.Encode()); diff != "" {
				t.Errorf("query (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	if !slices.IsSorted(Versions) {
		t.Errorf("versions are not oldest first: %v", Versions)
	}
	for _, v := range Versions {
		if !v.Known() {
			t.Errorf("%s is not known", v)
		}
		if got, want := v.GuardsLastAdmin(), v == VersionOldest; got != want {
			t.Errorf("%s guards the last admin: %v", v, got)
		}
		if got, want := v.TakesMetadataInUpdate(), v != VersionMetadataEndpoints; got != want {
			t.Errorf("%s takes metadata in an update: %v", v, got)
		}
	}
	if Version("2020-01-01").Known() || Version("").Known() {
		t.Error("an unknown version is known")
	}
}
