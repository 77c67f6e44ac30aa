package e2e

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// laws are what holds in every database at every time, as queries for the rows
// that break it.
var laws = []struct{ law, offenders string }{
	{"a counter equals its rows", `select o.id
from organizations o
where (select coalesce(sum(c.members), 0) from member_counts c where c.instance_id = o.instance_id and c.organization_id = o.id)
	<> (select count(*) from memberships m where m.instance_id = o.instance_id and m.organization_id = o.id)`},
	{"a counter of a role equals its rows", `select organization_id
from (select instance_id, organization_id, role_id, members from member_counts
	union all select instance_id, organization_id, role_id, -1 from memberships) c
group by instance_id, organization_id, role_id
having sum(members) <> 0`},
	{"a total of a role equals its rows", `select role_id
from (select instance_id, role_id, members from member_totals
	union all select instance_id, role_id, -1 from memberships) c
group by instance_id, role_id
having sum(members) <> 0`},
	{"a counter has its organization", `select c.organization_id
from member_counts c
left join organizations o on o.instance_id = c.instance_id and o.id = c.organization_id
where o.id is null`},
	{"a membership has its user", `select m.id
from memberships m
left join users u on u.instance_id = m.instance_id and u.id = m.user_id
where u.id is null`},
	{"a membership has its organization", `select m.id
from memberships m
left join organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
where o.id is null`},
	{"a membership shows its user as it is", `select m.id
from memberships m
join users u on u.instance_id = m.instance_id and u.id = m.user_id
where m.user_created_at <> u.created_at or m.banned <> u.banned or m.search <> u.search
	or m.first_name is distinct from u.first_name or m.last_name is distinct from u.last_name
	or m.username is distinct from u.username or m.email_address is distinct from u.email_address
	or m.phone_number is distinct from u.phone_number or m.last_active_at is distinct from u.last_active_at`},
	{"a session is in an organization of its user", `select s.id
from sessions s
left join memberships m on m.instance_id = s.instance_id and m.organization_id = s.last_active_organization_id and m.user_id = s.user_id
where s.last_active_organization_id is not null and m.id is null`},
	{"a user's next session starts in an organization of the user", `select u.id
from users u
left join memberships m on m.instance_id = u.instance_id and m.organization_id = u.active_organization_id and m.user_id = u.id
where u.active_organization_id is not null and m.id is null`},
	{"a session has its user", `select s.id
from sessions s
left join users u on u.instance_id = s.instance_id and u.id = s.user_id
where u.id is null`},
	{"a unique value has its owner", `select v.value
from unique_values v
left join users u on u.instance_id = v.instance_id and u.id = v.owner_id
left join organizations o on o.instance_id = v.instance_id and o.id = v.owner_id
where u.id is null and o.id is null`},
	{"an address is claimed by its user", `select i.id
from identifications i
left join unique_values v on v.instance_id = i.instance_id and v.kind = i.kind and v.value = i.value and v.owner_id = i.user_id
where v.value is null and (i.reserved or i.verified_by is not null)`},
	{"an organization owns its slug", `select o.id
from organizations o
left join unique_values v on v.instance_id = o.instance_id and v.kind = 'slug' and v.value = o.slug and v.owner_id = o.id
where v.value is null`},
	{"users equal their events", `select 'users'
where (select count(*) from users) <> (select coalesce(sum(case type when 'user.created' then 1 when 'user.deleted' then -1 else 0 end), 0) from outbox)`},
	{"organizations equal their events", `select 'organizations'
where (select count(*) from organizations) <> (select coalesce(sum(case type when 'organization.created' then 1 when 'organization.deleted' then -1 else 0 end), 0) from outbox)`},
	{"a membership is created once and deleted once", `select e.id
from (select ` + eventAbout + ` as id, type from outbox where type in ('organizationMembership.created', 'organizationMembership.deleted')) e
group by e.id, e.type
having count(*) > 1`},
	{"a membership is there from its creation to its deletion", `select e.id
from (select ` + eventAbout + ` as id, case type when 'organizationMembership.created' then 1 else -1 end as n from outbox where type in ('organizationMembership.created', 'organizationMembership.deleted')) e
left join memberships m on m.id = e.id
group by e.id, m.id
having sum(e.n) <> case when m.id is null then 0 else 1 end`},
	{"memberships equal their events", `select 'memberships'
where (select count(*) from memberships) <> (select coalesce(sum(case type when 'organizationMembership.created' then 1 when 'organizationMembership.deleted' then -1 else 0 end), 0) from outbox)`},
}

// eventAbout stands for the id of what an event tells of: the engines' JSON differs.
const eventAbout = "{id}"

// audit lists which laws a database breaks, all looked at in one snapshot.
func audit(t testing.TB, db *sql.DB) (broken []string) {
	t.Helper()
	level, about := dialect(db)
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: level})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range laws {
		var offender string
		err := tx.QueryRow(strings.ReplaceAll(l.offenders, eventAbout, about) + "\nlimit 1").Scan(&offender)
		if err == nil {
			broken = append(broken, fmt.Sprintf("%s: not so for %s", l.law, offender))
		} else if !errors.Is(err, sql.ErrNoRows) {
			t.Fatalf("%s: %v", l.law, err)
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	return broken
}

// dialect is the isolation level under which all queries see the same, and the id
// of what an event tells of.
func dialect(db *sql.DB) (sql.IsolationLevel, string) {
	if _, err := db.Exec("select pg_backend_pid()"); err == nil {
		return sql.LevelRepeatableRead, "payload::json -> 'data' ->> 'id'"
	}
	return sql.LevelDefault, "payload -> 'data' ->> 'id'" // SQLite's transactions are snapshots
}

// sound fails the test when a database breaks a law.
func sound(t testing.TB, db *sql.DB) {
	t.Helper()
	for _, b := range audit(t, db) {
		t.Error(b)
	}
}
