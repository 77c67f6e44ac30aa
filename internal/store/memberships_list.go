package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// membershipOrder is what an order_by name sorts by.
var membershipOrder = map[string]ordering{
	"created_at":    {column: "t.created_at", integer: true},
	"phone_number":  {column: "t.phone_number", nullable: true},
	"email_address": {column: "t.email_address", nullable: true},
	"first_name":    {column: "t.first_name", nullable: true},
	"last_name":     {column: "t.last_name", nullable: true},
	"username":      {column: "t.username", nullable: true},
}

// orderOfMemberships is the order of a list, newest first unless it says otherwise.
func orderOfMemberships(q roster.MembershipQuery) ordering {
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := membershipOrder[order.By]
	by.desc = order.Desc
	return by
}

// scope is whose memberships a list holds: an organization's, a user's, or with
// neither the whole instance's.
type scope struct {
	organizationID, userID string
	filtered               bool // the whole instance's, of which a filter left one organization's
}

// cursors is whose memberships a list takes for cursors.
func (of scope) cursors() scope {
	if of.filtered {
		return scope{}
	}
	return of
}

// Memberships is one page of an organization's members, or of all the instance's
// for organization "". ErrNotFound means the cursor is unknown.
func (tx *Tx) Memberships(organizationID string, q roster.MembershipQuery) (roster.Page[roster.Membership], error) {
	of := scope{organizationID: organizationID}
	if only := q.OrganizationID; organizationID == "" && len(only.Include) == 1 && len(only.Exclude) == 0 {
		// Whose members are counted, and found in order.
		of.organizationID, of.filtered, q.OrganizationID = only.Include[0], true, roster.Selection{}
		tx.OrganizationAlong(of.organizationID)
	}
	return tx.memberships(of, q)
}

// UserMemberships is one page of a user's memberships, newest first.
func (tx *Tx) UserMemberships(userID string, p roster.Paging) (roster.Page[roster.Membership], error) {
	return tx.memberships(scope{userID: userID}, roster.MembershipQuery{Paging: p})
}

func (tx *Tx) memberships(of scope, q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	if of.byOrganizations(q) {
		return tx.organizationsMemberships(q)
	}
	where := (&clause{}).add("t.instance_id = ?", tx.Instance).within(of)
	scoped := where.conditions
	terms, total, err := tx.filterMemberships(where, of, q)
	if err != nil {
		return page, err
	}
	filtered := where.conditions > scoped
	by := orderOfMemberships(q)
	l := listing{table: "memberships", columns: membershipColumns, where: where,
		indexed: of.organizationID != "" && (!filtered || where.few && !where.sizable) || !filtered && !by.nullable}
	l.walk = l.indexed && !filtered && len(q.Role) == 0
	counting := totalCount{tx: tx, of: of, where: where, filtered: filtered, n: &page.TotalCount}
	switch {
	case len(q.Role) == 1 && of.organizationID != "" && !by.nullable && !filtered:
		return tx.roleMemberships(of, l, by, q)
	case len(q.Role) > 0:
		err = tx.filterRoles(of, &l, by, q, &page.TotalCount, filtered)
	case terms.alone:
		tx.termTotalAlong(of, terms, &page.TotalCount)
	case total != nil:
		page.TotalCount = *total
	case counting.byPage(q):
	default:
		counting.along()
		if !filtered && of.organizationID != "" && by.integer {
			l.skip = tx.spans(of.organizationID)
		}
		if of == (scope{}) && !filtered && by.nullable {
			l.users, err = tx.walksUsers(q.Paging, &page.TotalCount)
		}
	}
	if err != nil {
		return page, err
	}
	if page.Data, err = tx.membershipPage(of, l, by, q.Paging, &page.TotalCount); err == nil {
		err = counting.behind(len(page.Data), q)
	}
	return page, err
}

// membershipPage reads the page of a list whose total is there once something has
// been read.
func (tx *Tx) membershipPage(of scope, l listing, by ordering, p roster.Paging, total *int64) ([]roster.Membership, error) {
	if l.indexed && !l.where.few && of.organizationID != "" && !tx.serial() {
		l.where.apart("t.organization_id", of.organizationID)
	}
	var behind *place
	var err error
	switch {
	case p.StartingAfter != "" && l.walk && tx.once(true):
		return tx.membershipsAfter(of, l, by, p)
	case p.StartingAfter != "":
		if behind, err = tx.placeOfMembership(of.cursors(), p.StartingAfter, by); err != nil {
			return nil, err
		}
	case by.nullable && !l.walk:
	case !by.nullable && p.Offset >= deepOffset:
		if err := tx.flush(); err != nil {
			return nil, err
		}
		return deepPage(tx, l, by, p, *total, tx.membershipRows)
	default:
		tx.once(l.walk)
		tx.organizationsOf(of, l, by, p, nil)
	}
	if list, err := tx.walked(of, l, by, p, behind); list != nil || err != nil {
		return list, err
	}
	return pageOf(tx, l, by, p, behind, tx.membershipRows)
}

// membershipsAfter reads the page behind a membership that is there, in one trip. That
// it is gone, or stands among those without a value, shows; then the read has to begin
// again and look first.
func (tx *Tx) membershipsAfter(of scope, l listing, by ordering, p roster.Paging) ([]roster.Membership, error) {
	behind, stands := tx.placeAlong(of.cursors(), p.StartingAfter, by)
	tx.organizationsOf(of, l, by, p, behind)
	list, err := pageOf(tx, l, by, p, behind, tx.membershipRows)
	if err == nil && !*stands {
		err = errMore
	}
	return list, err
}

// organizationsOf reads the organizations of a page along with it, where that costs
// less than a trip to the database for them: the page's keys are read twice.
func (tx *Tx) organizationsOf(of scope, l listing, by ordering, p roster.Paging, behind *place) {
	if of.organizationID != "" || !l.indexed || l.where.few || tx.serial() || tx.writes {
		return
	}
	l.columns = "t.organization_id"
	page := l.of(func(c *clause) { c.behind(by, behind) }, by, p)
	tx.along("select "+organizationColumns+"\nfrom organizations t\nwhere t.instance_id = $1\n\tand t.id = any(array("+page.String()+"))", page.args, tx.keepOrganization)
}

// within adds the conditions of a scope.
func (c *clause) within(of scope) *clause {
	if of.organizationID != "" {
		c.and("t.organization_id = ?", of.organizationID)
	}
	if of.userID != "" {
		c.and("t.user_id = ?", of.userID)
	}
	return c
}

// apart says nothing of the rows whose column has a value, but that an index of all
// values together serves less well: where most have this one PostgreSQL cannot tell. Of
// a subquery it knows no value, and supposes that a third of all rows pass.
func (c *clause) apart(column, value string) *clause {
	return c.and(column+" >= (select cast(? as text))", value)
}

// filterMemberships adds the query's filters but that by role, which comes last. It
// returns the total where the filters found it on the way.
func (tx *Tx) filterMemberships(c *clause, of scope, q roster.MembershipQuery) (terms termFilter, total *int64, err error) {
	scoped := c.conditions
	if err := tx.filterIdentifiers(c, q); err != nil {
		return terms, nil, err
	}
	c.few = c.few || len(q.UserID.Include) > 0
	if terms, err = tx.termFilter(of, q.PublicMetadata, !c.few); err != nil {
		return terms, nil, err
	}
	c.led = terms.start >= 0
	c.selection("t.user_id", q.UserID).selection(c.beside("t.organization_id"), q.OrganizationID)
	partials, times := membershipPartials(q), timeFilters(q)
	c.holding("t", partials)
	others := c.conditions > scoped
	terms.alone = len(terms.groups) > 0 && len(times) == 0 && !others
	c.having(tx, of, terms)
	if of.userID == "" {
		if err := tx.narrow(c, "t.user_id", of.organizationID, partials); err != nil {
			return terms, nil, err
		}
	}
	alone := len(times) == 1 && len(terms.groups) == 0 && len(q.Role) == 0 && !others
	total, err = tx.filterTimes(c, of, times, alone, q.PageLimit())
	return terms, total, err
}

// filterIdentifiers adds the filters by exact identifiers. Whose they are is looked up
// first, so that the rows of one organization are all the list itself reads.
func (tx *Tx) filterIdentifiers(c *clause, q roster.MembershipQuery) error {
	for _, f := range []struct {
		kind   string
		values []string
	}{
		{KindEmailAddress, q.EmailAddress},
		{KindPhoneNumber, q.PhoneNumber},
		{KindWeb3Wallet, q.Web3Wallet},
	} {
		if len(f.values) == 0 {
			continue
		}
		if err := tx.identified(c, "t.user_id", f.kind, f.values); err != nil {
			return err
		}
	}
	if len(q.Username) == 0 {
		return nil
	}
	users, err := tx.owners(KindUsername, folded(q.Username))
	if err == nil {
		c.among("t.user_id", users).in("t.username", q.Username)
	}
	return err
}

// EachMembership calls fn with all memberships of an organization, or of a user,
// oldest first, a bounded number at a time. fn may change memberships.
func (tx *Tx) EachMembership(organizationID, userID string, fn func([]roster.Membership) error) error {
	const chunk = 500
	var last roster.Membership
	for {
		c := (&clause{rows: chunk}).add("select "+membershipColumns+"\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
		c.within(scope{organizationID: organizationID, userID: userID})
		if last.ID != "" {
			c.and("(t.created_at, t.id) > (?, ?)", last.CreatedAt, last.ID)
		}
		c.add("\norder by t.created_at, t.id\nlimit ?", chunk)
		list, err := tx.membershipRows(c)
		if err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1]
		// Outside a snapshot an organization may be gone by now, its members too.
		there := slices.DeleteFunc(list, func(m roster.Membership) bool { return m.Organization == nil })
		if err := fn(there); err != nil {
			return err
		}
	}
}
