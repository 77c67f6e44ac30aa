package service

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Whoever is a member holds one seat: no invitation that somebody made to a verified
// address of theirs holds another. So whoever becomes a member takes seat, and each
// address that becomes verified uninviteMember. What an import brings stays as it was.

// seat is for a user who becomes a member: other invitations to addresses of theirs
// have no use any more, and the seats these held are free. It returns the
// organization's counters, with that user still outside, unless check refuses them.
func (t *tx) seat(o *roster.Organization, userID string, check func(*roster.Organization, store.Counts) (store.Counts, error)) (store.Counts, error) {
	n, err := t.Counts(o.ID)
	if err == nil && n.Pending > 0 { // most organizations have none
		var withdrawn int64
		withdrawn, err = t.uninvite(o.ID, userID)
		n.Pending -= withdrawn
	}
	if err != nil {
		return n, err
	}
	return check(o, n)
}

// uninvite takes back the invitations that somebody made to the verified addresses of a
// user, and returns how many those were. What domains made holds no seat, see joined.
func (t *tx) uninvite(organizationID, userID string) (withdrawn int64, err error) {
	addresses, err := t.VerifiedEmails(userID)
	if err != nil || len(addresses) == 0 {
		return 0, err
	}
	list, err := t.InvitedByHand(organizationID, addresses)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return int64(len(list)), t.revokeAll(list)
}

// uninviteMember takes back the invitations that somebody made to an address, of the
// organizations that the user whose it has become belongs to, many at a time.
func (t *tx) uninviteMember(userID, address string) error {
	for {
		list, err := t.MembersInvited(userID, address)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := t.revokeAll(list); err != nil || len(list) < store.InvitedAtOnce {
			return err
		}
	}
}

// checkQuota refuses one more, of members and those who are invited to be. Where there
// is a quota it counts anew, and returns the counters that nobody else changes.
func (t *tx) checkQuota(o *roster.Organization, n store.Counts) (store.Counts, error) {
	return t.seats(o, n, func(n store.Counts) int64 { return n.Members + n.Pending })
}

// checkSeats is checkQuota for one more member, whose invitation held the seat so far.
func (t *tx) checkSeats(o *roster.Organization, n store.Counts) (store.Counts, error) {
	return t.seats(o, n, func(n store.Counts) int64 { return n.Members })
}

func (t *tx) seats(o *roster.Organization, n store.Counts, taken func(store.Counts) int64) (store.Counts, error) {
	if o.MaxAllowedMemberships == 0 {
		return n, nil
	}
	err := t.Ahead(func(a *store.Tx) {
		_ = a.LockMembers(o.ID)
		_, _ = a.Counts(o.ID)
	})
	if err == nil {
		err = t.LockMembers(o.ID)
	}
	if err != nil {
		return n, err
	}
	n, err = t.Counts(o.ID)
	if err == nil && taken(n) >= o.MaxAllowedMemberships {
		err = roster.ErrMembershipQuotaExceeded.New(o.MaxAllowedMemberships)
	}
	return n, err
}

// lockPeople keeps the inviters from being deleted, and those who are invited from
// joining otherwise meanwhile. An address that nobody has stays so.
func (t *tx) lockPeople(drafts []store.Invitation) error {
	var addresses, inviters []string
	for i := range drafts {
		addresses = append(addresses, drafts[i].EmailAddress)
		if id := drafts[i].InviterID; id != nil {
			inviters = append(inviters, *id)
		}
	}
	return t.LockAddressees(addresses, inviters)
}
