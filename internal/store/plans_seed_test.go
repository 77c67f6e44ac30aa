package store_test

import (
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// What listSeed makes: whoever is in many organizations, when everything is over that
// ends at all, and how many rows the big lists have.
const (
	everywhere = "user_00609763" // the 77th user
	seededAt   = 50_000
	seeded     = 100_000
)

// listSeed is seedBig with rows for every list and with traps for planners: all that
// belongs to other organizations is newer than all that belongs to org_1, which has
// nearly everything, and one user is in hundreds of organizations. Two of three have no
// phone number, one in a hundred has another role. Only PostgreSQL looks at what there
// is by itself, so SQLite is not told to.
func listSeed(sqlite bool) bigSeed {
	return bigSeed{
		n:        seeded,
		phone:    "case when i % 3 = 0 then '+1555' || (1000000 + i) end",
		wallet:   "case when i % 50 = 0 then '0x' || i end",
		signedIn: "case when i % 2 = 0 then cast(i as bigint) end",
		joined:   "created_at * 84000", // 50 in each of 2,000 spans
		role:     "case when created_at % 100 = 0 then 'role_2' else 'role_1' end",
		analyze:  !sqlite,
		more: []string{
			`insert into roles (instance_id, id, key, name, is_creator_eligible, created_at, updated_at)
values ('ins_1', 'role_2', 'org:rare', 'Rare', false, 2, 2), ('ins_1', 'role_3', 'org:unused', 'Unused', false, 3, 3)`,
			counting("20000") + `insert into organizations (instance_id, id, name, slug, max_allowed_memberships, admin_delete_enabled, public_metadata, private_metadata,
	created_by, created_at, updated_at, search, role_set_id)
select 'ins_1', 'org_x' || i, 'Name ' || (i * 7919 % 20011), 'slug' || i, 0, true, '{}', '{}', null, 1000 + i, 1, 'name ' || (i * 7919 % 20011) || {sep} || 'slug' || i, '' from n`,
			counting("5100") + `insert into memberships (instance_id, organization_id, user_id, id, role_id, public_metadata, private_metadata, created_at, updated_at,
	user_created_at, first_name, last_name, username, email_address, phone_number, web3_wallet, banned, last_active_at,
	search_email, search_phone, search_username, search_name, search)
select u.instance_id, 'org_x' || (i % 300 + 1), u.id, 'orgmem_small' || i, 'role_1', '{}', '{}', 9000000000 + i, 9000000000 + i,
	u.created_at, u.first_name, u.last_name, u.username, u.email_address, u.phone_number, u.web3_wallet, u.banned, u.last_active_at,
	u.search_email, u.search_phone, u.search_username, u.search_name, u.search
from n
cross join users u
where u.instance_id = 'ins_1' and u.created_at = case when i <= 300 then 77 else i * 19 % 100000 + 1 end`,
			`insert into unique_values (instance_id, kind, value, owner_id)
select instance_id, 'external_id', 'ext_' || created_at, id from users where created_at % 10 = 0`,
			`insert into identifications (instance_id, user_id, id, kind, position, value, reserved, verified_by, reserved_for_second_factor, default_second_factor, created_at, updated_at)
select instance_id, id, 'idn_e' || created_at, 'email_address', 0, email_address, false, 'admin', false, false, 1, 1 from users
union all select instance_id, id, 'idn_p' || created_at, 'phone_number', 0, phone_number, false, 'admin', false, false, 1, 1 from users where phone_number is not null
union all select instance_id, id, 'idn_w' || created_at, 'web3_wallet', 0, web3_wallet, false, 'admin', false, false, 1, 1 from users where web3_wallet is not null`,
			`insert into unique_values (instance_id, kind, value, owner_id)
select instance_id, 'username', username, id from users`,
			`insert into sessions (instance_id, id, user_id, client_id, status, last_active_organization_id, last_active_at, expire_at, abandon_at, created_at, updated_at)
select instance_id, 'sess_' || created_at, id, 'client_' || (created_at / 3), case created_at % 4 when 0 then 'ended' else 'active' end, 'org_1',
	created_at, created_at, created_at + 1000, created_at, created_at from users`,
			`insert into organization_invitations (instance_id, organization_id, id, email_address, role_id, inviter_id, status, public_metadata, private_metadata,
	secret, user_id, expires_at, created_at, updated_at, domain_id)
select instance_id, 'org_1', 'orginv_' || created_at, email_address, 'role_1', case when created_at % 100 = 0 then '` + everywhere + `' end,
	case created_at % 4 when 0 then 'accepted' when 1 then 'revoked' else 'pending' end, '{}', '{}',
	'', case when created_at % 4 = 0 then id end, created_at, created_at, created_at, case when created_at % 7 = 0 then 'orgdmn_' || (created_at % 20000 + 1) end from users`,
			`insert into organization_invitations (instance_id, organization_id, id, email_address, role_id, status, public_metadata, private_metadata,
	secret, expires_at, created_at, updated_at)
select instance_id, organization_id, 'orginv_small' || id, email_address, 'role_1', 'pending', '{}', '{}', '', created_at, created_at, created_at
from memberships where organization_id <> 'org_1'`,
			counting("20000") + `insert into organization_domains (instance_id, organization_id, id, name, enrollment_mode, verified, created_at, updated_at)
select 'ins_1', 'org_1', 'orgdmn_' || i, 'd' || (i * 7919 % 20011) || '.example', case i % 100 when 0 then 'automatic_suggestion' else 'manual_invitation' end, i % 2 = 0, i, i from n
union all select 'ins_1', 'org_x' || i, 'orgdmn_x' || i, 'x' || (i * 7919 % 20011) || '.example', 'manual_invitation', true, 100000 + i, i from n`,
			`insert into listed_identifiers (instance_id, id, list, identifier, identifier_type, created_at, updated_at)
select instance_id, 'alid_' || created_at, 'allowlist', email_address, 'email_address', created_at, created_at from users`,
			counting("5000") + `insert into listed_identifiers (instance_id, id, list, identifier, identifier_type, created_at, updated_at)
select 'ins_1', 'blid_' || i, 'blocklist', 'b' || i || '@example.com', 'email_address', 100000 + i, 1 from n`,
			counting("2000") + `insert into jwt_templates (instance_id, id, name, claims, lifetime, allowed_clock_skew, signing_algorithm, created_at, updated_at)
select 'ins_1', 'jtmp_' || i, 'template' || i, '{}', 60, 5, 'RS256', i, i from n`,
		},
	}
}

// counting begins a statement with the numbers i up to one.
func counting(to string) string {
	return "with recursive n (i) as (select 1 union all select i + 1 from n where i < " + to + ")\n"
}

// openListed is a store of listSeed, and its URL.
func openListed(t *testing.T, e storetest.Engine) (st *store.Store, url string) {
	t.Helper()
	url = e.URL(t)
	path, isFile := strings.CutPrefix(url, "sqlite:")
	if isFile {
		if err := reopen(t, path).Close(); err != nil {
			t.Fatal(err)
		}
	}
	listSeed(isFile).write(t, url)
	st, err := store.Open(t.Context(), url)
	if err == nil {
		err = st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error {
			return tx.InsertInstance(store.Instance{Name: "n", Environment: "development"})
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st, url
}

// listed is whether a list could be read.
func listed[T any](_ roster.Page[T], err error) error { return err }
