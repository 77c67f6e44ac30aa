package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// seedBig makes an instance ins_1 of n users, all of them members of org_1, in a
// database that has the schema already, and the index of them the way the migration
// makes it. Names are one of 25 by one of 30; numbers and times of creation are a
// user's own, one in a hundred was active at each time, and one in fifteen is found by
// metadata.
func seedBig(t testing.TB, url string, n int) {
	t.Helper()
	bigSeed{n: n, phone: "cast(null as text)", wallet: "cast(null as text)", signedIn: "cast(null as bigint)", joined: "created_at", role: "'role_1'", analyze: true}.write(t, url)
}

// bigSeed is how seedBig makes n users, each by a number i, and its membership, whose
// user has the number for created_at; all in SQL.
type bigSeed struct {
	n                       int
	phone, wallet, signedIn string
	joined, role            string
	more                    []string // what else there is, before anything of the memberships is counted
	analyze                 bool     // the way PostgreSQL does by itself and SQLite never
}

func (s bigSeed) write(t testing.TB, url string) {
	t.Helper()
	const named = `, names as (
	select i, 'user_' || substr('00000000' || (cast(i as bigint) * 7919 % 99999989), -8) as id,
		'given' || (i * 13 % 25) as first, 'family' || (i * 7 % 30) as last
	from n
)
`
	series := fmt.Sprintf("with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)", s.n)
	statements := []string{series + named + `insert into users (instance_id, id, first_name, last_name, username, email_address, phone_number, web3_wallet, public_metadata, private_metadata, unsafe_metadata,
	banned, locked, delete_self_enabled, create_organization_enabled, bypass_client_trust, password_compromised, last_active_at, last_sign_in_at, created_at, updated_at,
	search_email, search_phone, search_username, search_name, search)
select 'ins_1', id, first, last, 'nick' || i, first || '.' || last || i || '@example.com', {phone}, {wallet}, '{}', '{}', '{}',
	false, false, true, true, false, false, cast(i as bigint) * 7919 % 100, {signedIn}, i, i,
	first || '.' || last || i || '@example.com', coalesce({phone}, ''), 'nick' || i, first || ' ' || last,
	first || '.' || last || i || '@example.com' || coalesce({sep} || {phone}, '') || {sep} || 'nick' || i || {sep} || id || {sep} || first || ' ' || last
from names`,
		`insert into roles (instance_id, id, key, name, is_creator_eligible, created_at, updated_at) values ('ins_1', 'role_1', 'org:member', 'Member', false, 1, 1)`,
		`insert into organizations (instance_id, id, name, slug, max_allowed_memberships, admin_delete_enabled, public_metadata, private_metadata, created_at, updated_at, search, role_set_id)
values ('ins_1', 'org_1', 'One', 'one', 0, true, '{}', '{}', 1, 1, 'one', '')`,
		`insert into memberships (instance_id, organization_id, user_id, id, role_id, public_metadata, private_metadata, created_at, updated_at,
	user_created_at, first_name, last_name, username, email_address, phone_number, web3_wallet, banned, last_active_at,
	search_email, search_phone, search_username, search_name, search)
select instance_id, 'org_1', id, 'orgmem_' || id, {role}, '{}', '{}', {joined}, {joined},
	created_at, first_name, last_name, username, email_address, phone_number, web3_wallet, banned, last_active_at,
	search_email, search_phone, search_username, search_name, search
from users`,
	}
	statements = append(statements, s.more...)
	statements = append(statements, "insert into member_counts (instance_id, organization_id, role_id, slot, members)\nselect instance_id, organization_id, role_id, 0, count(*) from memberships group by instance_id, organization_id, role_id",
		"drop table user_search",
		"drop table member_spans",
		"drop table member_totals",
		"alter table instances drop column revision",
		"drop index memberships_of_organization_by_user_created_at",
		"drop index memberships_of_organization_by_last_active_at",
		"drop index organizations_by_name",
		"drop index organization_domains_of_instance_by_name",
		"delete from goose_db_version where version_id >= 15",
	)
	for _, name := range []string{"by_updated_at", "by_email_address", "by_web3_wallet", "by_first_name", "by_last_name", "by_phone_number",
		"by_username", "by_last_active_at", "by_last_sign_in_at", "banned"} {
		statements = append(statements, "drop index users_"+name)
	}
	for _, term := range store.MetadataTerms(roster.Metadata(`{"group":"some"}`)) {
		statements = append(statements, "insert into membership_terms (instance_id, organization_id, user_id, term)\nselect instance_id, organization_id, user_id, '"+term+"' from memberships where user_created_at % 15 = 0")
	}
	sep, driver, name := "chr(31)", "pgx", url
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		sep, driver, name = "char(31)", "sqlite3", "file:"+path
		statements = append(statements, "drop table user_search_rows")
	}
	values := strings.NewReplacer("{sep}", sep, "{phone}", s.phone, "{wallet}", s.wallet, "{signedIn}", s.signedIn, "{joined}", s.joined, "{role}", s.role)
	db := openRaw(t, driver, name)
	for _, sql := range statements {
		if driver == "pgx" {
			sql = strings.ReplaceAll(sql, "substr('00000000' || (cast(i as bigint) * 7919 % 99999989), -8)", "right('00000000' || (cast(i as bigint) * 7919 % 99999989), 8)")
		}
		if _, err := db.ExecContext(t.Context(), values.Replace(sql)); err != nil {
			t.Fatal(sql, err)
		}
	}
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if !s.analyze {
		return
	}
	analyze := "analyze"
	if driver == "pgx" {
		analyze = "vacuum analyze"
	}
	if _, err := db.ExecContext(t.Context(), analyze); err != nil {
		t.Fatal(err)
	}
}
