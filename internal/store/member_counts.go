package store

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// countSlots is into how many rows the members of an organization that have something
// in common may be counted. Transactions that count at the same time use different
// ones, where the engine runs them side by side; a slot alone says nothing and may be
// negative.
const countSlots = 16

// counters is a table of members by what they have in common.
type counters struct {
	alone  string // adds, where one transaction at a time writes
	beside string // adds, where others may do so too
}

var (
	roleCounters  = newCounters("member_counts", "organization_id", "role_id")
	spanCounters  = newCounters("member_spans", "organization_id", "span")
	totalCounters = newCounters("member_totals", "role_id")
)

// newCounters composes the statements for a table and its columns. A slot that is
// there and free is preferred, so that their number grows only with the crowd.
func newCounters(table string, columns ...string) counters {
	var conditions, values string
	for i, column := range columns {
		value := "$" + strconv.Itoa(i+2)
		conditions += " and " + column + " = " + value
		values += ", " + value
	}
	named := strings.NewReplacer("TABLE", table, "COLUMNS", "instance_id, "+strings.Join(columns, ", "), "CONDITIONS", "instance_id = $1"+conditions,
		"VALUES", "$1"+values, "NEXT", "$"+strconv.Itoa(len(columns)+2), "LAST", "$"+strconv.Itoa(len(columns)+3))
	return counters{
		alone: named.Replace(`insert into TABLE (COLUMNS, slot, members)
values (VALUES, 0, NEXT)
on conflict (COLUMNS, slot) do update
set members = TABLE.members + excluded.members`),
		beside: named.Replace(`with free as materialized (
	select slot
	from TABLE
	where CONDITIONS
	limit 1
	for no key update skip locked)
insert into TABLE (COLUMNS, slot, members)
values (VALUES, coalesce((select slot from free), NEXT), LAST)
on conflict (COLUMNS, slot) do update
set members = TABLE.members + excluded.members`),
	}
}

func (tx *Tx) count(in counters, change int64, common ...any) {
	args := append([]any{tx.Instance}, common...)
	switch {
	case change == 0:
	case tx.serial():
		tx.later(in.alone, append(args, change)...)
	default:
		tx.later(in.beside, append(args, rand.N(int64(countSlots)), change)...)
	}
}

// countMembers adds to how many members of an organization have a role. Whoever
// counts in several organizations or roles should do so in one order.
func (tx *Tx) countMembers(organizationID, roleID string, change int64) {
	tx.count(roleCounters, change, organizationID, roleID)
	tx.addTotal(roleID, change)
}

// addTotal adds to how many members of the instance have a role. All organizations
// share these counters, so they are what a transaction changes last.
func (tx *Tx) addTotal(roleID string, change int64) {
	if tx.totals == nil {
		tx.totals = map[string]int64{}
	}
	tx.totals[roleID] += change
}

// countTotals counts what was added.
func (tx *Tx) countTotals() {
	for _, roleID := range sortedKeys(tx.totals) {
		tx.count(totalCounters, tx.totals[roleID], roleID)
	}
}

// moveMembers counts members of an organization who had a role for another.
func (tx *Tx) moveMembers(organizationID, from, to string, n int64) {
	first, second := from, to
	if from > to { // in one order, whichever way they move
		first, second, n = to, from, -n
	}
	tx.countMembers(organizationID, first, -n)
	tx.countMembers(organizationID, second, n)
}

// dropCounts takes an organization's counters away.
func (tx *Tx) dropCounts(organizationID string) error {
	tx.later(`delete from member_spans
where instance_id = $1 and organization_id = $2`, tx.Instance, organizationID)
	return tx.query(`delete from member_counts
where instance_id = $1 and organization_id = $2
returning role_id, members`, []any{tx.Instance, organizationID}, func(r row) error {
		var roleID string
		var members int64
		err := r.scan(&roleID, &members)
		tx.addTotal(roleID, -members)
		return err
	})
}

const memberCount = `select cast(coalesce(sum(members), 0) as bigint)
from member_counts
where instance_id = $1 and organization_id = $2`

// CountMembers is how many members an organization has.
func (tx *Tx) CountMembers(organizationID string) (int64, error) {
	var n int64
	err := tx.one(memberCount, []any{tx.Instance, organizationID}, &n)
	return n, err
}

// membersAlong is CountMembers, along with the next query.
func (tx *Tx) membersAlong(organizationID string, n *int64) {
	tx.commonAlong(memberCount, []any{tx.Instance, organizationID}, func(r row) error { return r.scan(n) })
}

// Counts are how much an organization has of members, of invitations that are
// outstanding, but for those of its domains, and of domains.
type Counts struct{ Members, Pending, Domains int64 }

// Counts counts for an organization.
func (tx *Tx) Counts(organizationID string) (n Counts, err error) {
	err = tx.one(`select
	(select cast(coalesce(sum(members), 0) as bigint) from member_counts where instance_id = $1 and organization_id = $2),
	(select count(*) from organization_invitations t where t.instance_id = $1 and t.organization_id = $2 and t.domain_id is null
		and `+strings.ReplaceAll(outstanding, "?", "$3")+`),
	(select count(*) from organization_domains where instance_id = $1 and organization_id = $2)`,
		[]any{tx.Instance, organizationID, tx.Now}, &n.Members, &n.Pending, &n.Domains)
	return n, err
}

// CountMembersByRole is how many members of an organization have each role, by role
// id; of all organizations for "". Roles that nobody has are missing.
func (tx *Tx) CountMembersByRole(organizationID string) (map[string]int64, error) {
	c := tx.counted("role_id, cast(sum(members) as bigint)", organizationID).add("\ngroup by role_id\nhaving sum(members) <> 0")
	counts := map[string]int64{}
	err := tx.query(c.String(), c.args, func(r row) error {
		var role string
		var n int64
		err := r.scan(&role, &n)
		counts[role] = n
		return err
	})
	return counts, err
}

// counted is a query for columns of the counters by role of an organization, or of the
// instance for "".
func (tx *Tx) counted(columns, organizationID string) *clause {
	from := "member_counts"
	if organizationID == "" {
		from = "member_totals"
	}
	return (&clause{}).add("select "+columns+"\nfrom "+from+" t\nwhere t.instance_id = ?", tx.Instance).within(scope{organizationID: organizationID})
}
