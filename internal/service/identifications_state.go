package service

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// A user's email addresses, phone numbers and wallets change in memory, as one list
// each; what the directory has to do for it follows from the difference.

// nouns are what people call the kinds of identifiers.
var nouns = map[string]string{
	store.KindEmailAddress: "email address", store.KindPhoneNumber: "phone number", store.KindWeb3Wallet: "web3 wallet",
}

// identifier is one of a user's identifiers, in place.
type identifier struct {
	id, value    string
	reserved     *bool // nil for wallets
	verification **roster.Verification
	second       *bool // for phone numbers only: reserved for a second factor …
	byDefault    *bool // … and that is the default one
}

func (i identifier) verified() bool { return (*i.verification).Verified() }

// is gives an identifier one of roster.IdentificationStatuses. How a verified one
// was verified stays.
func (i identifier) is(status string) {
	verified := status == roster.IdentificationVerified
	*i.reserved = status == roster.IdentificationReserved
	switch {
	case !verified:
		*i.verification = nil
	case !i.verified():
		*i.verification = verifiedByAdmin()
	}
}

func verifiedByAdmin() *roster.Verification {
	return &roster.Verification{Object: "verification_admin", Status: roster.IdentificationVerified, Strategy: roster.StrategyAdmin}
}

// identifiersOf are a user's identifiers of a kind, in their order.
func identifiersOf(u *roster.User, kind string) (list []identifier) {
	switch kind {
	case store.KindEmailAddress:
		for i := range u.EmailAddresses {
			a := &u.EmailAddresses[i]
			list = append(list, identifier{id: a.ID, value: a.EmailAddress, reserved: &a.Reserved, verification: &a.Verification})
		}
	case store.KindPhoneNumber:
		for i := range u.PhoneNumbers {
			p := &u.PhoneNumbers[i]
			list = append(list, identifier{id: p.ID, value: p.PhoneNumber, reserved: &p.Reserved, verification: &p.Verification,
				second: &p.ReservedForSecondFactor, byDefault: &p.DefaultSecondFactor})
		}
	case store.KindWeb3Wallet:
		for i := range u.Web3Wallets {
			w := &u.Web3Wallets[i]
			list = append(list, identifier{id: w.ID, value: w.Web3Wallet, verification: &w.Verification})
		}
	}
	return list
}

// identifierOf is a user's identifier of a kind by its id.
func identifierOf(u *roster.User, kind, id string) (identifier, bool) {
	list := identifiersOf(u, kind)
	i := slices.IndexFunc(list, func(i identifier) bool { return i.id == id })
	if i < 0 {
		return identifier{}, false
	}
	return list[i], true
}

// addIdentifier gives a user an address, which is unverified so far.
func addIdentifier(u *roster.User, kind, id, value string) identifier {
	links := []jsontext.Value{}
	if kind == store.KindEmailAddress {
		u.EmailAddresses = append(u.EmailAddresses, roster.EmailAddress{Object: kind, ID: id, EmailAddress: value, LinkedTo: links})
	} else {
		u.PhoneNumbers = append(u.PhoneNumbers, roster.PhoneNumber{Object: kind, ID: id, PhoneNumber: value, LinkedTo: links})
	}
	added, _ := identifierOf(u, kind, id)
	return added
}

// dropIdentifiers takes identifiers of a kind off a user.
func dropIdentifiers(u *roster.User, kind string, drop func(id string) bool) {
	switch kind {
	case store.KindEmailAddress:
		u.EmailAddresses = slices.DeleteFunc(u.EmailAddresses, func(a roster.EmailAddress) bool { return drop(a.ID) })
	case store.KindPhoneNumber:
		u.PhoneNumbers = slices.DeleteFunc(u.PhoneNumbers, func(p roster.PhoneNumber) bool { return drop(p.ID) })
	case store.KindWeb3Wallet:
		u.Web3Wallets = slices.DeleteFunc(u.Web3Wallets, func(w roster.Web3Wallet) bool { return drop(w.ID) })
	}
}

// primaryOf is where a user's primary identifier of a kind is kept.
func primaryOf(u *roster.User, kind string) **string {
	switch kind {
	case store.KindEmailAddress:
		return &u.PrimaryEmailAddressID
	case store.KindPhoneNumber:
		return &u.PrimaryPhoneNumberID
	}
	return &u.PrimaryWeb3WalletID
}

func isPrimary(u *roster.User, kind, id string) bool {
	primary := *primaryOf(u, kind)
	return primary != nil && *primary == id
}

// settlePrimary lets the oldest verified identifier take the place of a primary one
// that is gone.
func settlePrimary(u *roster.User, kind string) {
	primary := primaryOf(u, kind)
	if *primary == nil {
		return
	}
	if _, there := identifierOf(u, kind, **primary); there {
		return
	}
	*primary = nil
	for _, i := range identifiersOf(u, kind) {
		if i.verified() {
			*primary = &i.id
			return
		}
	}
}

// settleSecondFactor leaves a user who has phone numbers for a second factor with
// one of them as the default, and nobody else with any.
func settleSecondFactor(u *roster.User) {
	numbers := identifiersOf(u, store.KindPhoneNumber)
	chosen := -1
	for i, n := range numbers {
		if *n.second && (chosen < 0 || *n.byDefault) {
			chosen = i
		}
	}
	for i, n := range numbers {
		*n.byDefault = i == chosen
	}
}

// ownIdentifiers gives a copy of a user lists of its own.
func ownIdentifiers(u *roster.User) {
	u.EmailAddresses = slices.Clone(u.EmailAddresses)
	u.PhoneNumbers = slices.Clone(u.PhoneNumbers)
	u.Web3Wallets = slices.Clone(u.Web3Wallets)
}

// keepIdentifiers makes the identifiers of one state of a user those of another:
// what is no longer the user's alone is given up, what has become so is claimed.
func (t *tx) keepIdentifiers(before, after *roster.User) error {
	had, has := store.Held(before), store.Held(after)
	for _, v := range had {
		if !slices.Contains(has, v) {
			if err := t.Release(v.Kind, v.Value); err != nil {
				return err
			}
		}
	}
	var claims []store.Value
	for _, v := range has {
		if !slices.Contains(had, v) {
			claims = append(claims, v)
		}
	}
	if err := t.admits(fresh(before, after)); err != nil {
		return err
	}
	taken, err := t.claim(after.ID, claims)
	if err == nil {
		err = t.refuseTaken(before, after, &taken)
	}
	if err == nil {
		err = taken.Err()
	}
	if err != nil {
		return err
	}
	return t.UpdateIdentifications(before, after)
}

// claim makes values a user's own and names those that are another's.
func (t *tx) claim(userID string, values []store.Value) (taken roster.Errors, err error) {
	for _, v := range values {
		switch err := t.Claim(v.Kind, v.Value, userID); {
		case isTaken(err):
			taken = append(taken, roster.ErrIdentifierExists.On(v.Kind, nouns[v.Kind]))
		case err != nil:
			return nil, err
		}
	}
	return taken, nil
}

// refuseTaken refuses new unverified addresses that are another's alone already.
func (t *tx) refuseTaken(before, after *roster.User, taken *roster.Errors) error {
	for _, kind := range []string{store.KindEmailAddress, store.KindPhoneNumber} {
		for _, i := range identifiersOf(after, kind) {
			if _, there := identifierOf(before, kind, i.id); there || i.verified() || *i.reserved {
				continue
			}
			owner, err := t.Owner(kind, i.value)
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			if owner != after.ID {
				*taken = append(*taken, roster.ErrIdentifierExists.On(kind, nouns[kind]))
			}
		}
	}
	return nil
}
