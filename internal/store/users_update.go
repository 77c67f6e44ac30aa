package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// assignment is a column and what it is set to.
type assignment struct {
	column string
	value  any
}

// UpdateUser writes a user's columns and all copies of them. Identifiers,
// credentials, lock and active organization have writers of their own.
func (tx *Tx) UpdateUser(u *roster.User) error {
	email, phone, wallet := primary(u)
	s := searchOf(u)
	if err := tx.reindexUser(u.ID, s.all); err != nil {
		return err
	}
	changed, err := tx.changed(u.ID, []assignment{
		{"username", u.Username}, {"first_name", u.FirstName}, {"last_name", u.LastName},
		{"email_address", email}, {"phone_number", phone}, {"web3_wallet", wallet}, {"banned", u.Banned},
		{"last_sign_in_at", u.LastSignInAt}, {"last_active_at", u.LastActiveAt}, {"created_at", u.CreatedAt}, {"updated_at", u.UpdatedAt},
	})
	if err != nil {
		return err
	}
	c := (&clause{}).add(`update users
set external_id = ?, locale = ?, primary_email_address_id = ?, primary_phone_number_id = ?, primary_web3_wallet_id = ?,
	public_metadata = ?, private_metadata = ?, unsafe_metadata = ?,
	delete_self_enabled = ?, create_organization_enabled = ?, create_organizations_limit = ?,
	bypass_client_trust = ?, legal_accepted_at = ?, mfa_enabled_at = ?, mfa_disabled_at = ?,
	search_email = ?, search_phone = ?, search_username = ?, search_name = ?, search = ?`,
		u.ExternalID, u.Locale, u.PrimaryEmailAddressID, u.PrimaryPhoneNumberID, u.PrimaryWeb3WalletID,
		u.PublicMetadata.String(), u.PrivateMetadata.String(), u.UnsafeMetadata.String(),
		u.DeleteSelfEnabled, u.CreateOrganizationEnabled, u.CreateOrganizationsLimit,
		u.BypassClientTrust, u.LegalAcceptedAt, u.MFAEnabledAt, u.MFADisabledAt,
		s.email, s.phone, s.username, s.name, s.all)
	for _, a := range changed {
		c.add(", "+a.column+" = ?", a.value)
	}
	c.add("\nwhere instance_id = ? and id = ?", tx.Instance, u.ID)
	if _, err := tx.exec(c.String(), c.args...); err != nil {
		return err
	}
	return tx.refreshMemberships(u.ID)
}

// changed leaves those of a user's assignments that change something, where to find out
// costs less than to write: SQLite writes the indexes of each column that is set, whether
// it changes or not.
func (tx *Tx) changed(userID string, list []assignment) ([]assignment, error) {
	if !tx.serial() {
		return list, nil
	}
	c := (&clause{}).add("select ")
	same := make([]bool, len(list))
	dest := make([]any, len(list))
	for i, a := range list {
		if i > 0 {
			c.add(", ")
		}
		c.add("t."+a.column+" is ?", a.value)
		dest[i] = &same[i]
	}
	c.add("\nfrom users t\nwhere t.instance_id = ?", tx.Instance).and("t.id = ?", userID)
	err := tx.one(c.String(), c.args, dest...)
	i := -1
	return slices.DeleteFunc(list, func(assignment) bool { i++; return same[i] }), err
}

// TouchUser writes when a user was active and signed in. The copies are rewritten
// only when they change, which is once a day.
func (tx *Tx) TouchUser(userID string, lastActiveAt, lastSignInAt int64) error {
	n, err := tx.exec(`update users
set last_active_at = $3
where instance_id = $1 and id = $2 and (last_active_at is null or last_active_at <> $3)`, tx.Instance, userID, lastActiveAt)
	if err == nil && n > 0 {
		err = tx.refreshMemberships(userID)
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(`update users
set last_sign_in_at = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, lastSignInAt)
	return err
}
