package store

import "github.com/rosterhq/roster"

// SignedIn is what a token tells of a session.
type SignedIn struct {
	Session    *roster.Session
	Banned     bool               // is its user
	Membership *roster.Membership // of its user in its organization, nil for none
	Key        *SigningKey        // that signs, nil while there is none
}

// SignedIn reads a session as it stands at now, with what its tokens tell, or
// ErrNotFound. Nothing waits for the answer to another question, so that all of it
// takes one trip to the database.
func (tx *Tx) SignedIn(id string, now int64) (s SignedIn, err error) {
	of := []any{tx.Instance, id}
	tx.along("select "+sessionColumns+`, u.banned
from sessions t
cross join users u
where t.instance_id = $1 and t.id = $2
	and u.instance_id = t.instance_id and u.id = t.user_id`, of, func(r row) error {
		found, err := scanSession(r, now, &s.Banned)
		s.Session = &found
		return err
	})
	tx.signingKeyAlong(&s.Key)
	tx.along("select "+organizationColumns+`
from sessions f
cross join organizations t
where f.instance_id = $1 and f.id = $2
	and t.instance_id = f.instance_id and t.id = f.last_active_organization_id`, of, tx.keepOrganization)
	c := &clause{args: of}
	c.add("select " + membershipColumns + `
from sessions f
cross join memberships t
where f.instance_id = $1 and f.id = $2
	and t.instance_id = f.instance_id and t.organization_id = f.last_active_organization_id and t.user_id = f.user_id`)
	list, err := tx.membershipRows(c)
	if err == nil && s.Session == nil {
		err = ErrNotFound
	}
	if len(list) > 0 && list[0].Organization != nil {
		s.Membership = &list[0]
	}
	return s, err
}
