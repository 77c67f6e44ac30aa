package store

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// proof is what verified an identifier, by "" when nothing did. A code took attempts,
// and was good until expiresAt; both are 0 where that is not known.
type proof struct {
	by                  string
	attempts, expiresAt int64
}

// shown is a proof as the identifier shows it.
func (p proof) shown() *roster.Verification {
	v := &roster.Verification{Status: roster.IdentificationVerified, Strategy: p.by, Attempts: orNone(p.attempts), ExpireAt: orNone(p.expiresAt)}
	switch p.by {
	case "":
		return nil
	case roster.StrategyTicket:
		v.Object = "verification_ticket"
	case roster.StrategyEmailCode:
		v.Object = "verification_otp"
	case roster.StrategyPhoneCode:
		v.Object, v.Channel = "verification_otp", roster.ChannelSMS
	default:
		v.Object = "verification_admin"
	}
	return v
}

// proofOf is what an identifier shows of its proof.
func proofOf(v *roster.Verification) proof {
	if !v.Verified() {
		return proof{}
	}
	return proof{by: v.Strategy, attempts: orZero(v.Attempts), expiresAt: orZero(v.ExpireAt)}
}

// identification is a row, as far as it changes.
type identification struct {
	id, kind, value       string
	reserved              bool
	proof                 proof
	second, defaultSecond bool
}

// identifications are all of a user's identifiers, each kind in its order.
func identifications(u *roster.User) []identification {
	var list []identification
	for _, a := range u.EmailAddresses {
		list = append(list, identification{id: a.ID, kind: KindEmailAddress, value: a.EmailAddress, reserved: a.Reserved, proof: proofOf(a.Verification)})
	}
	for _, p := range u.PhoneNumbers {
		list = append(list, identification{id: p.ID, kind: KindPhoneNumber, value: p.PhoneNumber, reserved: p.Reserved, proof: proofOf(p.Verification),
			second: p.ReservedForSecondFactor, defaultSecond: p.DefaultSecondFactor})
	}
	for _, w := range u.Web3Wallets {
		list = append(list, identification{id: w.ID, kind: KindWeb3Wallet, value: w.Web3Wallet, proof: proofOf(w.Verification)})
	}
	return list
}

// UpdateIdentifications makes the identifiers of one state of a user those of
// another. What a user holds must be claimed.
func (tx *Tx) UpdateIdentifications(before, after *roster.User) error {
	old := map[string]identification{}
	for _, i := range identifications(before) {
		old[i.id] = i
	}
	for _, i := range identifications(after) {
		was, there := old[i.id]
		delete(old, i.id)
		var err error
		switch {
		case !there:
			err = tx.insertIdentification(after.ID, i)
		case was != i:
			err = tx.updateIdentification(after.ID, i)
		}
		if err != nil {
			return err
		}
	}
	for id := range old {
		if err := tx.deleteVerifications(after.ID, id); err != nil {
			return err
		}
		if _, err := tx.exec(`delete from identifications
where instance_id = $1 and user_id = $2 and id = $3`, tx.Instance, after.ID, id); err != nil {
			return err
		}
	}
	return nil
}

// insertIdentification adds an identifier behind the user's others of its kind.
func (tx *Tx) insertIdentification(userID string, i identification) error {
	_, err := tx.exec(`insert into identifications (instance_id, user_id, id, kind, position,
	value, reserved, verified_by, verification_attempts, verification_expires_at, reserved_for_second_factor, default_second_factor, created_at, updated_at)
values ($1, $2, $3, $4, (select coalesce(max(position) + 1, 0) from identifications where instance_id = $1 and user_id = $2 and kind = $4),
	$5, $6, $7, $8, $9, $10, $11, $12, $12)`, tx.Instance, userID, i.id, i.kind, i.value, i.reserved,
		orNull(i.proof.by), orNone(i.proof.attempts), orNone(i.proof.expiresAt), i.second, i.defaultSecond, tx.Now)
	return err
}

func (tx *Tx) updateIdentification(userID string, i identification) error {
	_, err := tx.exec(`update identifications
set reserved = $4, verified_by = $5, verification_attempts = $6, verification_expires_at = $7,
	reserved_for_second_factor = $8, default_second_factor = $9, updated_at = $10
where instance_id = $1 and user_id = $2 and id = $3`,
		tx.Instance, userID, i.id, i.reserved, orNull(i.proof.by), orNone(i.proof.attempts), orNone(i.proof.expiresAt), i.second, i.defaultSecond, tx.Now)
	return err
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// orNone is a number of which 0 stands for none.
func orNone(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func orZero(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// IdentificationOwner is the user who has an identifier of a kind, or ErrNotFound.
func (tx *Tx) IdentificationOwner(kind, id string) (string, error) {
	var userID string
	err := tx.one(`select user_id
from identifications
where instance_id = $1 and id = $2 and kind = $3`, []any{tx.Instance, id, kind}, &userID)
	return userID, err
}

// fewOwners is how many users a list looks up before it leaves that to the engine.
// Only what is unverified can be had by more than one.
const fewOwners = 1000

// identified adds the condition that column names a user with any of the values,
// verified or not. Users are told apart by what no index has: SQLite would find them
// one by one along an index of all of them.
func (tx *Tx) identified(c *clause, column, kind string, values []string) error {
	q := (&clause{}).add("select distinct user_id || ''\nfrom identifications\nwhere instance_id = ?", tx.Instance)
	q.and("kind = ?", kind).in("value", values)
	var users []string
	q.add("\nlimit ?", fewOwners+1)
	err := tx.query(q.String(), q.args, func(r row) error {
		var id string
		err := r.scan(&id)
		users = append(users, id)
		return err
	})
	if err != nil || len(users) <= fewOwners {
		c.among(column, users)
		return err
	}
	args := append([]any{tx.Instance, kind}, texts(values)...)
	c.and(column+" in (select user_id from identifications where instance_id = ? and kind = ? and value in ("+marks(len(values))+"))", args...)
	return nil
}

// loadIdentifications adds the identifiers of all users of a page in one query. An
// index begins with the kind, and SQLite would read all the instance has along it to
// save sorting these few: the order asked for is one that no index has.
func (tx *Tx) loadIdentifications(users []roster.User) error {
	if len(users) == 0 {
		return nil
	}
	byID := make(map[string]*roster.User, len(users))
	ids := make([]string, len(users))
	for i := range users {
		byID[users[i].ID] = &users[i]
		ids[i] = users[i].ID
	}
	c := &clause{}
	c.add(`select user_id, id, kind, value, reserved, verified_by, verification_attempts, verification_expires_at,
	reserved_for_second_factor, default_second_factor, created_at, updated_at
from identifications
where instance_id = ?`, tx.Instance)
	c.in("user_id", ids).add("\norder by user_id, kind || '', position")
	return tx.query(c.String(), c.args, func(r row) error {
		var userID string
		var i identification
		var by *string
		var attempts, expiresAt *int64
		var created, updated int64
		if err := r.scan(&userID, &i.id, &i.kind, &i.value, &i.reserved, &by, &attempts, &expiresAt, &i.second, &i.defaultSecond, &created, &updated); err != nil {
			return err
		}
		i.proof = proof{text(by), orZero(attempts), orZero(expiresAt)}
		i.addTo(byID[userID], created, updated)
		return nil
	})
}

// addTo shows an identifier on its user.
func (i identification) addTo(u *roster.User, created, updated int64) {
	v := i.proof.shown()
	switch i.kind {
	case KindEmailAddress:
		u.EmailAddresses = append(u.EmailAddresses, roster.EmailAddress{Object: i.kind, ID: i.id, EmailAddress: i.value,
			Reserved: i.reserved, Verification: v, LinkedTo: []jsontext.Value{}, CreatedAt: created, UpdatedAt: updated})
	case KindPhoneNumber:
		u.PhoneNumbers = append(u.PhoneNumbers, roster.PhoneNumber{Object: i.kind, ID: i.id, PhoneNumber: i.value,
			ReservedForSecondFactor: i.second, DefaultSecondFactor: i.defaultSecond,
			Reserved: i.reserved, Verification: v, LinkedTo: []jsontext.Value{}, CreatedAt: created, UpdatedAt: updated})
		u.TwoFactorEnabled = u.TwoFactorEnabled || i.second
	case KindWeb3Wallet:
		u.Web3Wallets = append(u.Web3Wallets, roster.Web3Wallet{Object: i.kind, ID: i.id, Web3Wallet: i.value,
			Verification: v, CreatedAt: created, UpdatedAt: updated})
	}
}

// primary are the values of a user's primary identifiers, nil where there is none.
func primary(u *roster.User) (email, phone, wallet *string) {
	for i, a := range u.EmailAddresses {
		if u.PrimaryEmailAddressID != nil && a.ID == *u.PrimaryEmailAddressID {
			email = &u.EmailAddresses[i].EmailAddress
		}
	}
	for i, p := range u.PhoneNumbers {
		if u.PrimaryPhoneNumberID != nil && p.ID == *u.PrimaryPhoneNumberID {
			phone = &u.PhoneNumbers[i].PhoneNumber
		}
	}
	for i, w := range u.Web3Wallets {
		if u.PrimaryWeb3WalletID != nil && w.ID == *u.PrimaryWeb3WalletID {
			wallet = &u.Web3Wallets[i].Web3Wallet
		}
	}
	return email, phone, wallet
}

// values are all of a user's identifiers, which partial matches look at.
func values(u *roster.User) (emails, phones, wallets []string) {
	for _, a := range u.EmailAddresses {
		emails = append(emails, a.EmailAddress)
	}
	for _, p := range u.PhoneNumbers {
		phones = append(phones, p.PhoneNumber)
	}
	for _, w := range u.Web3Wallets {
		wallets = append(wallets, w.Web3Wallet)
	}
	return emails, phones, wallets
}
