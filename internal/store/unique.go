package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/rosterhq/roster"
)

// Kinds of values that are unique in an instance.
const (
	KindEmailAddress = "email_address"
	KindPhoneNumber  = "phone_number"
	KindWeb3Wallet   = "web3_wallet"
	KindUsername     = "username"
	KindExternalID   = "external_id"
	KindSlug         = "slug"
	KindDomain       = "organization_domain" // a verified one's name, which is its organization's
)

// Value is a value that is unique in an instance.
type Value struct{ Kind, Value string }

// Held are the addresses that are a user's alone: the verified and the reserved.
func Held(u *roster.User) (held []Value) {
	for _, a := range u.EmailAddresses {
		if a.Reserved || a.Verification.Verified() {
			held = append(held, Value{KindEmailAddress, a.EmailAddress})
		}
	}
	for _, p := range u.PhoneNumbers {
		if p.Reserved || p.Verification.Verified() {
			held = append(held, Value{KindPhoneNumber, p.PhoneNumber})
		}
	}
	for _, w := range u.Web3Wallets {
		held = append(held, Value{KindWeb3Wallet, w.Web3Wallet})
	}
	return held
}

// Claim makes a value its owner's, or returns ErrTaken when it is another's.
func (tx *Tx) Claim(kind, value, owner string) error {
	for {
		n, err := tx.exec(`insert into unique_values (instance_id, kind, value, owner_id)
values ($1, $2, $3, $4)
on conflict do nothing`, tx.Instance, kind, value, owner)
		if err != nil || n == 1 {
			return err
		}
		holder, err := tx.Owner(kind, value)
		switch {
		case errors.Is(err, ErrNotFound): // given up since: try again
		case err != nil || holder == owner:
			return err
		default:
			return ErrTaken
		}
	}
}

// LockAddressees locks users, and those who hold email addresses, in one order. An
// address that nobody holds stays so until the transaction ends: whoever claims it
// meanwhile waits. Where an address has got another holder before the locks were there,
// the store runs the transaction again, which then begins with the locks it needs.
func (tx *Tx) LockAddressees(addresses, userIDs []string) error {
	if tx.serial() {
		return nil
	}
	before, err := tx.holders(KindEmailAddress, addresses)
	if err != nil {
		return err
	}
	for _, id := range inOrder(slices.AppendSeq(slices.Clone(userIDs), maps.Values(before))) {
		if err := tx.LockUser(id); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	now, err := tx.holders(KindEmailAddress, slices.Sorted(maps.Keys(before)))
	if err != nil {
		return err
	}
	if !maps.Equal(before, now) {
		return errMoved
	}
	for _, address := range inOrder(addresses) {
		if before[address] != "" {
			continue
		}
		if err := tx.keepFree(KindEmailAddress, address); err != nil {
			return err
		}
	}
	return nil
}

// inOrder is each of the values once.
func inOrder(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

var errMoved = fmt.Errorf("%w: %w: a value has got another owner meanwhile", ErrUnavailable, errConflict)

// keepFree keeps a value from becoming anybody's until the transaction ends: whoever
// claims it meanwhile waits, as this waits for who has just claimed it. If they did get
// it the store runs the transaction again.
func (tx *Tx) keepFree(kind, value string) error {
	err := tx.Claim(kind, value, "")
	if errors.Is(err, ErrTaken) {
		return errMoved
	}
	if err == nil {
		tx.later(release, tx.Instance, kind, value)
	}
	return err
}

// Owner is who holds a value, or ErrNotFound.
func (tx *Tx) Owner(kind, value string) (string, error) {
	var owner string
	err := tx.one(`select owner_id
from unique_values
where instance_id = $1 and kind = $2 and value = $3`, []any{tx.Instance, kind, value}, &owner)
	return owner, err
}

// Release gives a value up.
func (tx *Tx) Release(kind, value string) error {
	_, err := tx.exec(release, tx.Instance, kind, value)
	return err
}

const release = `delete from unique_values
where instance_id = $1 and kind = $2 and value = $3`

// owners lists who holds any of the values.
func (tx *Tx) owners(kind string, values []string) ([]string, error) {
	holders, err := tx.holders(kind, values)
	return slices.Sorted(maps.Values(holders)), err
}

// holders are who holds any of the values, by the value.
func (tx *Tx) holders(kind string, values []string) (map[string]string, error) {
	out := make(map[string]string, len(values))
	if len(values) == 0 {
		return out, nil
	}
	c := (&clause{}).add("select value, owner_id\nfrom unique_values\nwhere instance_id = ?", tx.Instance)
	c.and("kind = ?", kind).in("value", values)
	err := tx.query(c.String(), c.args, func(r row) error {
		var value, owner string
		err := r.scan(&value, &owner)
		out[value] = owner
		return err
	})
	return out, err
}
