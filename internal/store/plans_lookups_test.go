package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// A user's identifiers are found by the user, not among everybody's.
func TestPlans_of_users_find_their_identifiers(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	plans, err := st.explained(t.Context(), "ins_1", func(sql string) bool { return strings.Contains(sql, "from identifications") }, func(tx *Tx) error {
		return errors.Join(tx.loadIdentifications(make([]roster.User, 1)), tx.loadIdentifications([]roster.User{{ID: "user_1"}, {ID: "user_2"}}))
	})
	if err != nil || len(plans) != 2 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	for _, plan := range plans {
		if !strings.HasPrefix(plan, "SEARCH identifications USING INDEX sqlite_autoindex_identifications_1 (instance_id=? AND user_id=?)") {
			t.Error(plan)
		}
	}
}

// Identifiers, however many are asked for, are found by their values.
func TestPlans_of_identifiers_find_their_values(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	for _, emails := range [][]string{{"a@x.example"}, {"a@x.example", "b@x.example", "c@x.example"}} {
		plans, err := st.explained(t.Context(), "ins_1", func(sql string) bool { return strings.Contains(sql, "from identifications") }, func(tx *Tx) error {
			_, err := tx.Memberships("org_1", roster.MembershipQuery{EmailAddress: emails})
			return err
		})
		if err != nil || len(plans) != 1 {
			t.Fatalf("%d plans, %v", len(plans), err)
		}
		if !strings.Contains(plans[0], "INDEX identifications_by_value (instance_id=? AND kind=? AND value=?)") {
			t.Errorf("%q: %s", emails, plans[0])
		}
	}
}

// Where a walk is to end is found along the order's index alone.
func TestPlans_of_walks_find_their_end(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	for _, name := range roster.MembershipOrders {
		for _, desc := range []bool{false, true} {
			for _, plan := range plansOf(t, st, func(tx *Tx) error {
				by := membershipOrder[name]
				by.desc = desc
				_, err := tx.placeAhead(scope{organizationID: "org_1"}, by, 100, func(*clause) {})
				return err
			}) {
				if !strings.HasPrefix(plan, "SEARCH t USING COVERING INDEX memberships_of_organization_by_"+name) || strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") {
					t.Errorf("%s: %s", name, plan)
				}
			}
		}
	}
}

// A user's invitations are found by the user and by the addresses.
func TestPlans_of_invitations_find_whom_they_are_for(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	for _, addresses := range [][]string{nil, {"a@x.example"}, {"a@x.example", "b@x.example"}} {
		plans, err := st.explained(t.Context(), "ins_1", func(sql string) bool { return strings.Contains(sql, "from organization_invitations t") }, func(tx *Tx) error {
			_, err := tx.UserInvitations("user_1", addresses, roster.InvitationQuery{Status: []string{roster.InvitationPending}}, 1)
			return err
		})
		if err != nil || len(plans) != 2 {
			t.Fatalf("%d plans, %v", len(plans), err)
		}
		for _, plan := range plans {
			if strings.Contains(plan, "(instance_id=?)") || strings.Contains(plan, "SCAN") || !strings.Contains(plan, "SEARCH t USING INDEX organization_invitations_by_id (instance_id=? AND id=?)") {
				t.Errorf("%q: %s", addresses, plan)
			}
		}
	}
}

// So are the invitations of a member: few are to one address, many of one organization.
func TestPlans_of_invitations_of_members_go_by_the_address(t *testing.T) {
	t.Parallel()
	plans, err := openFile(t).explained(t.Context(), "ins_1", func(sql string) bool { return strings.Contains(sql, "from organization_invitations t") }, func(tx *Tx) error {
		_, err := tx.MembersInvited("user_1", "a@x.example")
		return err
	})
	if err != nil || len(plans) != 1 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	for _, want := range []string{"SEARCH t USING INDEX organization_invitations_by_email_address (instance_id=? AND email_address=?)",
		"USING COVERING INDEX sqlite_autoindex_memberships_1 (instance_id=? AND organization_id=? AND user_id=?)"} {
		if !strings.Contains(plans[0], want) {
			t.Errorf("%s lacks %s", plans[0], want)
		}
	}
}

// Whatever a token tells is found by keys, and asked for at once.
func TestPlans_of_tokens_find_the_session(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	asked := 0
	plans, err := st.explained(t.Context(), "ins_1", func(sql string) bool { return strings.Contains(sql, "from sessions") }, func(tx *Tx) error {
		tx.roles = map[string]*roleInfo{}
		_, err := tx.SignedIn("sess_1", 1)
		asked = tx.conn.(*recorder).sent
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		return nil
	})
	if err != nil || len(plans) != 3 || asked != 1 {
		t.Fatalf("%d plans, %d trips, %v", len(plans), asked, err)
	}
	for _, plan := range plans {
		lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(plan), "\n"), func(line string) bool { return strings.HasPrefix(line, "CORRELATED") })
		for _, line := range lines {
			if !strings.Contains(line, "(instance_id=? AND ") {
				t.Error(plan)
			}
		}
	}
}
