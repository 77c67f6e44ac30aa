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
		{"search_email", s.email}, {"search_phone", s.phone}, {"search_username", s.username}, {"search_name", s.name}, {"search", s.all},
	})
	if err != nil {
		return err
	}
	c := (&clause{}).add(`update users
set external_id = ?, locale = ?, primary_email_address_id = ?, primary_phone_number_id = ?, primary_web3_wallet_id = ?,
	public_metadata = ?, private_metadata = ?, unsafe_metadata = ?,
	delete_self_enabled = ?, create_organization_enabled = ?, create_organizations_limit = ?,
	bypass_client_trust = ?, legal_accepted_at = ?, mfa_enabled_at = ?, mfa_disabled_at = ?`,
		u.ExternalID, u.Locale, u.PrimaryEmailAddressID, u.PrimaryPhoneNumberID, u.PrimaryWeb3WalletID,
		u.PublicMetadata.String(), u.PrivateMetadata.String(), u.UnsafeMetadata.String(),
		u.DeleteSelfEnabled, u.CreateOrganizationEnabled, u.CreateOrganizationsLimit,
		u.BypassClientTrust, u.LegalAcceptedAt, u.MFAEnabledAt, u.MFADisabledAt)
	columns := make([]string, len(changed))
	for i, a := range changed {
		c.add(", "+a.column+" = ?", a.value)
		columns[i] = a.column
	}
	c.add("\nwhere instance_id = ? and id = ?", tx.Instance, u.ID)
	if _, err := tx.exec(c.String(), c.args...); err != nil {
		return err
	}
	return tx.refreshMemberships(u.ID, columns...)
}

// changed leaves those of a user's assignments to columns that are indexed, or copied,
// that change something, where to find out costs less than to write: SQLite writes the
// indexes of each column that is set, whether it changes or not.
func (tx *Tx) changed(userID string, list []assignment) ([]assignment, error) {
	if !tx.serial() {
		return list, nil
	}
	c := (&clause{}).add("select ")
	same := make(map[string]*bool, len(list))
	dest := make([]any, len(list))
	for i, a := range list {
		if i > 0 {
			c.add(", ")
		}
		c.add("t."+a.column+" is ?", a.value)
		same[a.column] = new(bool)
		dest[i] = same[a.column]
	}
	c.add("\nfrom users t\nwhere t.instance_id = ?", tx.Instance).and("t.id = ?", userID)
	err := tx.query(c.String(), c.args, func(r row) error { return r.scan(dest...) })
	return slices.DeleteFunc(list, func(a assignment) bool { return *same[a.column] }), err
}

// TouchUser writes when a user was active and signed in. The copies are rewritten
// only when they change, which is once a day.
func (tx *Tx) TouchUser(userID string, lastActiveAt, lastSignInAt int64) error {
	n, err := tx.exec(`update users
set last_active_at = $3
where instance_id = $1 and id = $2 and (last_active_at is null or last_active_at <> $3)`, tx.Instance, userID, lastActiveAt)
	if err == nil && n > 0 {
		err = tx.refreshMemberships(userID, "last_active_at")
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(`update users
set last_sign_in_at = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, lastSignInAt)
	return err
}
