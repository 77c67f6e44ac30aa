package store

import (
	"cmp"
	"slices"
	"strings"
)

// States of a suggestion.
const (
	SuggestionPending  = "pending"
	SuggestionAccepted = "accepted" // the user has joined since
)

// InsertSuggestion tells a user of an organization, unless that was done before.
func (tx *Tx) InsertSuggestion(id, organizationID, domainID, userID string) error {
	_, err := tx.exec(`insert into organization_suggestions (instance_id, organization_id, user_id, id, domain_id, status, created_at, updated_at)
values ($1, $2, $3, $4, $5, '`+SuggestionPending+`', $6, $6)
on conflict do nothing`, tx.Instance, organizationID, userID, id, domainID, tx.Now)
	return err
}

// HasSuggestion reports whether a user was told of an organization.
func (tx *Tx) HasSuggestion(organizationID, userID string) (bool, error) {
	var n int64
	err := tx.one(`select count(*)
from organization_suggestions
where instance_id = $1 and organization_id = $2 and user_id = $3`, []any{tx.Instance, organizationID, userID}, &n)
	return n > 0, err
}

// AcceptSuggestion notes that a user has joined an organization.
func (tx *Tx) AcceptSuggestion(organizationID, userID string) error {
	_, err := tx.exec(`update organization_suggestions
set status = '`+SuggestionAccepted+`', updated_at = $4
where instance_id = $1 and organization_id = $2 and user_id = $3 and status = '`+SuggestionPending+`'`,
		tx.Instance, organizationID, userID, tx.Now)
	return err
}

// DeletePendingSuggestions takes back what a domain suggested and nobody followed.
func (tx *Tx) DeletePendingSuggestions(organizationID, domainID string) error {
	return tx.deleteSuggestions("and organization_id = $2 and domain_id = $3 and status = '"+SuggestionPending+"'", organizationID, domainID)
}

// DeletePendingSuggestion is DeletePendingSuggestions for one user.
func (tx *Tx) DeletePendingSuggestion(organizationID, domainID, userID string) error {
	return tx.deleteSuggestions("and organization_id = $2 and domain_id = $3 and user_id = $4 and status = '"+SuggestionPending+"'",
		organizationID, domainID, userID)
}

func (tx *Tx) deleteSuggestions(condition string, args ...any) error {
	_, err := tx.exec("delete from organization_suggestions\nwhere instance_id = $1 "+condition, append([]any{tx.Instance}, args...)...)
	return err
}

// EmailOf is a user and an email address of theirs.
type EmailOf struct{ UserID, EmailAddress string }

// EmailsOfDomain lists verified email addresses of a domain, in any of the ways it
// is spelled: those of the first users behind one, in the order of users. It asks for
// each spelling by itself, which an index answers in that order.
func (tx *Tx) EmailsOfDomain(spellings []string, behind string, limit int) ([]EmailOf, error) {
	type placed struct {
		EmailOf
		position int64
	}
	var all []placed
	for _, domain := range spellings {
		if err := tx.query(`select user_id, value, position
from identifications
where instance_id = $1 and kind = '`+KindEmailAddress+`' and verified_by is not null and `+emailDomain+` = $2 and user_id > $3
order by user_id, position
limit $4`, []any{tx.Instance, domain, behind, limit}, func(r row) error {
			var p placed
			err := r.scan(&p.UserID, &p.EmailAddress, &p.position)
			all = append(all, p)
			return err
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(strings.Compare(a.UserID, b.UserID), cmp.Compare(a.position, b.position))
	})
	list := make([]EmailOf, min(len(all), limit))
	for i := range list {
		list[i] = all[i].EmailOf
	}
	return list, nil
}

// emailDomain is what an index of identifications is made of.
const emailDomain = `substr(value, instr(value, '@') + 1)`

// VerifiedEmails are the verified email addresses of a user, in their order.
func (tx *Tx) VerifiedEmails(userID string) (list []string, err error) {
	err = tx.query(`select value
from identifications
where instance_id = $1 and user_id = $2 and kind = '`+KindEmailAddress+`' and verified_by is not null
order by position`, []any{tx.Instance, userID}, func(r row) error {
		var value string
		err := r.scan(&value)
		list = append(list, value)
		return err
	})
	return list, err
}
