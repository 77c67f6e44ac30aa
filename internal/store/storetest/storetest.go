// Package storetest is the conformance suite of the store: what every engine
// must do alike, above all where engines are known to differ. Each subtest gets
// a new empty store.
package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Run runs the suite on one engine.
func Run(t *testing.T, e Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"text_sorts_by_bytes", sortsByBytes},
		{"null_sorts_last_in_both_directions", nullSortsLast},
		{"ties_fall_newest_id_first", tiesFallByID},
		{"partial_match_knows_no_wildcards", matchIsLiteral},
		{"partial_match_folds_case_and_composition", matchFolds},
		{"partial_match_stays_within_one_value", matchStaysInValue},
		{"exact_match_compares_bytes", exactIsBytes},
		{"long_text_survives", longTextSurvives},
		{"order_knows_only_bytes", orderKnowsOnlyBytes},
		{"any_text_survives", anyTextSurvives},
		{"empty_is_not_null", emptyIsNotNull},
		{"unique_values_differ_by_bytes", uniqueIsBytes},
		{"partial_match_finds_a_part_anywhere", partIsFoundAnywhere},
		{"metadata_is_kept_as_text", metadataIsText},
		{"metadata_is_found_by_path_and_value", metadataIsFound},
		{"terms_follow_metadata", termsFollowMetadata},
		{"terms_stay_in_their_instance", termsStayInTheirInstance},
		{"common_terms_are_walked_to_the_same_list", commonTermsAreWalked},
		{"times_leave_who_is_between_them", timesAreFiltered},
		{"big_integers_survive", bigIntegersSurvive},
		{"bytes_survive", bytesSurvive},
		{"booleans_survive", booleansSurvive},
		{"filters_take_500_values", manyValuesAtOnce},
		{"totals_follow_the_filters", totalsFollowFilters},
		{"organizations_are_selected_and_counted", organizationsAreSelected},
		{"broken_text_is_refused", brokenTextIsRefused},
		{"a_value_has_one_owner", valueHasOneOwner},
		{"concurrent_claims_have_one_winner", claimsHaveOneWinner},
		{"a_failed_claim_gives_way", failedClaimGivesWay},
		{"a_value_given_up_has_one_next_owner", releaseMeetsClaims},
		{"a_deleted_user_is_no_member", deletedUserIsNoMember},
		{"a_deleted_organization_has_no_members", deletedOrganizationHasNoMembers},
		{"transactions_in_opposite_order_all_end", oppositeOrdersEnd},
		{"organizations_behind_a_user_are_not_waited_for", organizationsBehindUsers},
		{"users_of_others_are_passed_over", freeUsers},
		{"a_failed_write_leaves_nothing", failedWriteLeavesNothing},
		{"a_panic_leaves_nothing", panicLeavesNothing},
		{"writes_committed_together_fail_alone", writesFailAlone},
		{"a_canceled_write_does_not_happen", canceledWrite},
		{"a_write_canceled_at_its_end_says_what_became_of_it", canceledAtItsEnd},
		{"a_canceled_read_says_so", canceledRead},
		{"a_read_sees_one_snapshot", readSeesSnapshot},
		{"a_read_cannot_write", readCannotWrite},
		{"counters_equal_rows_under_concurrency", countersEqualRows},
		{"copies_follow_their_user", copiesFollowUser},
		{"every_walk_is_complete", walksAreComplete},
		{"pages_far_from_the_first_are_those_of_a_walk", deepOffsets},
		{"a_removed_element_still_serves_as_cursor", removedCursor},
		{"tombstones_do_not_last", tombstonesExpire},
		{"deleting_an_organization_clears_sessions", deleteClearsSessions},
		{"clients_are_as_old_as_their_first_session", clientsAreAsOldAsTheirFirst},
		{"instances_do_not_see_each_other", instancesAreApart},
		{"events_come_back_in_order", eventsInOrder},
		{"what_is_to_be_sent_is_claimed_exactly_once", mailIsClaimedOnce},
		{"mail_is_claimed_by_who_can_send_it", mailKeepsToItsChannel},
		{"attempts_at_a_code_are_counted_exactly", attemptsAreCounted},
		{"verifications_go_with_their_address", verificationsGo},
		{"a_revoked_key_is_not_found", revokedKey},
		{"a_changed_grant_stops_a_transaction", changedGrant},
		{"roles_are_those_behind_the_lock", rolesBehindTheLock},
		{"roles_are_those_behind_a_lock_ahead", rolesBehindTheLockAhead},
		{"a_filtered_role_is_whose_key_it_is_now", roleIsWhoseKeyItIs},
		{"what_failed_on_its_way_is_not_missing", failedTripIsNoAnswer},
		{"a_finished_import_is_not_discarded", finishedImportStays},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := &bench{t: t, url: e.URL(t)}
			b.waits = newWaits(t, b.url)
			b.store = Engine{e.Name, func(testing.TB) string { return b.url }}.Open(t)
			b.instance("ins_1")
			c.test(t, b)
		})
	}
}

// bench drives one store in short words.
type bench struct {
	t     *testing.T
	url   string
	store *store.Store
	waits *Waits
	clock int64
}

func (b *bench) write(instance string, fn func(*store.Tx) error) error {
	b.clock++
	return b.store.Write(context.Background(), instance, b.clock, fn)
}

func (b *bench) mustWrite(instance string, fn func(*store.Tx) error) {
	b.t.Helper()
	if err := b.write(instance, fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) mustRead(instance string, fn func(*store.Tx) error) {
	b.t.Helper()
	if err := b.store.Read(context.Background(), instance, fn); err != nil {
		b.t.Fatal(err)
	}
}

// instance adds an instance with the roles org:admin and org:member, whose ids are
// role_admin and role_member, and the organization org_1.
func (b *bench) instance(id string) {
	b.t.Helper()
	b.mustWrite(id, func(tx *store.Tx) error {
		p := roster.Permission{ID: "perm_read", Key: "org:sys_memberships:read", Name: "Read members", Type: "system"}
		if err := tx.InsertPermission(p); err != nil {
			return err
		}
		for _, key := range []string{"admin", "member"} {
			r := roster.Role{ID: "role_" + key, Key: "org:" + key, Name: key, Permissions: []roster.Permission{p}}
			if err := tx.InsertRole(r); err != nil {
				return err
			}
		}
		roles := []roster.RoleSetItem{{ID: "role_admin"}, {ID: "role_member"}}
		set := roster.RoleSet{ID: "rset_1", Key: roster.InitialRoleSetKey, Roles: roles, CreatorRole: &roles[0], DefaultRole: &roles[1]}
		if err := tx.InsertRoleSet(set); err != nil {
			return err
		}
		return tx.InsertInstance(store.Instance{Name: id, Environment: "development", OrganizationsEnabled: true, SlugsEnabled: true, InitialRoleSetID: set.ID})
	})
	b.organization(id, "org_1")
}

func (b *bench) organization(instance, id string) {
	b.t.Helper()
	b.mustWrite(instance, func(tx *store.Tx) error {
		if err := tx.Claim(store.KindSlug, id, id); err != nil {
			return err
		}
		return tx.InsertOrganization(&roster.Organization{ID: id, Name: id, Slug: id, RoleSetKey: roster.InitialRoleSetKey, CreatedAt: tx.Now, UpdatedAt: tx.Now})
	})
}

// member adds a user, changed by edit, as a member of org_1.
func (b *bench) member(id string, edit func(*roster.User)) {
	b.t.Helper()
	b.memberOf("ins_1", "org_1", id, edit)
}

func (b *bench) memberOf(instance, organization, id string, edit func(*roster.User)) {
	b.t.Helper()
	b.mustWrite(instance, func(tx *store.Tx) error {
		if err := insertUser(tx, id, edit); err != nil {
			return err
		}
		return tx.InsertMembership("orgmem_"+id, organization, id, "role_member", nil, nil)
	})
}

func insertUser(tx *store.Tx, id string, edit func(*roster.User)) error {
	u := &roster.User{ID: id, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	if edit != nil {
		edit(u)
	}
	for i, a := range u.EmailAddresses {
		if err := tx.Claim(store.KindEmailAddress, a.EmailAddress, id); err != nil {
			return err
		}
		u.EmailAddresses[i].ID = fmt.Sprintf("idn_%s_%d", id, i)
		u.PrimaryEmailAddressID = &u.EmailAddresses[0].ID
	}
	if u.Username != nil {
		if err := tx.Claim(store.KindUsername, store.Fold(*u.Username), id); err != nil {
			return err
		}
	}
	return tx.InsertUser(u)
}

func named(first string) func(*roster.User) {
	return func(u *roster.User) { u.FirstName = &first }
}

// list is the user ids of a list of org_1's members.
func (b *bench) list(q roster.MembershipQuery) (ids []string) {
	b.t.Helper()
	b.mustRead("ins_1", func(tx *store.Tx) error {
		page, err := tx.Memberships("org_1", q)
		ids = userIDs(page.Data)
		if err == nil && q.Limit == 0 && q.Offset == 0 && q.StartingAfter == "" && int64(len(ids)) != page.TotalCount {
			b.t.Errorf("total_count = %d for %d rows", page.TotalCount, len(ids))
		}
		return err
	})
	return ids
}

func userIDs(list []roster.Membership) []string {
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.PublicUserData.UserID
	}
	return ids
}
