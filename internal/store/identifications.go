package store

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// verifiedByAdmin is how identifiers that the Backend API creates are verified.
func verifiedByAdmin(reserved bool) *roster.Verification {
	if reserved {
		return nil
	}
	return &roster.Verification{Object: "verification_admin", Status: "verified", Strategy: "admin"}
}

// insertIdentifications adds a new user's identifiers in their order and fills in
// their times.
func (tx *Tx) insertIdentifications(u *roster.User) error {
	for i := range u.EmailAddresses {
		a := &u.EmailAddresses[i]
		if err := tx.insertIdentification(u.ID, a.ID, KindEmailAddress, a.EmailAddress, i, a.Reserved); err != nil {
			return err
		}
	}
	for i := range u.PhoneNumbers {
		p := &u.PhoneNumbers[i]
		if err := tx.insertIdentification(u.ID, p.ID, KindPhoneNumber, p.PhoneNumber, i, p.Reserved); err != nil {
			return err
		}
	}
	for i := range u.Web3Wallets {
		w := &u.Web3Wallets[i]
		if err := tx.insertIdentification(u.ID, w.ID, KindWeb3Wallet, w.Web3Wallet, i, false); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) insertIdentification(userID, id, kind, value string, position int, reserved bool) error {
	_, err := tx.exec(`insert into identifications (instance_id, user_id, id, kind, position, value, reserved, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`, tx.Instance, userID, id, kind, position, value, reserved, tx.Now)
	return err
}

// loadIdentifications adds the identifiers of all users of a page in one query.
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
	c.add("select user_id, id, kind, value, reserved, created_at, updated_at\nfrom identifications\nwhere instance_id = ?", tx.Instance)
	c.in("user_id", ids).add("\norder by user_id, kind, position")
	return tx.query(c.String(), c.args, func(r row) error {
		var userID, id, kind, value string
		var reserved bool
		var created, updated int64
		if err := r.scan(&userID, &id, &kind, &value, &reserved, &created, &updated); err != nil {
			return err
		}
		u, v := byID[userID], verifiedByAdmin(reserved)
		switch kind {
		case KindEmailAddress:
			u.EmailAddresses = append(u.EmailAddresses, roster.EmailAddress{Object: kind, ID: id, EmailAddress: value,
				Reserved: reserved, Verification: v, LinkedTo: []jsontext.Value{}, CreatedAt: created, UpdatedAt: updated})
		case KindPhoneNumber:
			u.PhoneNumbers = append(u.PhoneNumbers, roster.PhoneNumber{Object: kind, ID: id, PhoneNumber: value,
				Reserved: reserved, Verification: v, LinkedTo: []jsontext.Value{}, CreatedAt: created, UpdatedAt: updated})
		case KindWeb3Wallet:
			u.Web3Wallets = append(u.Web3Wallets, roster.Web3Wallet{Object: kind, ID: id, Web3Wallet: value,
				Verification: v, CreatedAt: created, UpdatedAt: updated})
		}
		return nil
	})
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
