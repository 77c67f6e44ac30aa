package store

import (
	"cmp"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

const userColumns = `t.id, t.external_id, t.username, t.first_name, t.last_name, t.locale,
	t.primary_email_address_id, t.primary_phone_number_id, t.primary_web3_wallet_id,
	t.password_hash is not null, t.password_last_updated_at,
	t.public_metadata, t.private_metadata, t.unsafe_metadata,
	t.banned, t.locked, t.delete_self_enabled, t.create_organization_enabled, t.create_organizations_limit,
	t.bypass_client_trust, t.legal_accepted_at, t.last_sign_in_at, t.last_active_at, t.created_at, t.updated_at,
	t.password_compromised, t.totp_secret is not null, t.backup_codes is not null, t.mfa_enabled_at, t.mfa_disabled_at, t.lockout_expires_at, t.image_id`

func (tx *Tx) scanUser(r row) (roster.User, error) {
	u := roster.User{
		Object:             "user",
		EmailAddresses:     []roster.EmailAddress{},
		PhoneNumbers:       []roster.PhoneNumber{},
		Web3Wallets:        []roster.Web3Wallet{},
		Passkeys:           []jsontext.Value{},
		ExternalAccounts:   []jsontext.Value{},
		SAMLAccounts:       []jsontext.Value{},
		EnterpriseAccounts: []jsontext.Value{},
	}
	var unlocks *int64
	var image *string
	err := r.scan(&u.ID, &u.ExternalID, &u.Username, &u.FirstName, &u.LastName, &u.Locale,
		&u.PrimaryEmailAddressID, &u.PrimaryPhoneNumberID, &u.PrimaryWeb3WalletID,
		&u.PasswordEnabled, &u.PasswordLastUpdatedAt,
		&u.PublicMetadata, &u.PrivateMetadata, &u.UnsafeMetadata,
		&u.Banned, &u.Locked, &u.DeleteSelfEnabled, &u.CreateOrganizationEnabled, &u.CreateOrganizationsLimit,
		&u.BypassClientTrust, &u.LegalAcceptedAt, &u.LastSignInAt, &u.LastActiveAt, &u.CreatedAt, &u.UpdatedAt,
		&u.RequiresPasswordReset, &u.TOTPEnabled, &u.BackupCodeEnabled, &u.MFAEnabledAt, &u.MFADisabledAt, &unlocks, &image)
	u.TwoFactorEnabled = u.TOTPEnabled
	u.Locked, u.LockoutExpiresInSeconds = lockAt(u.Locked, unlocks, tx.Now)
	attempts := int64(100)
	u.VerificationAttemptsRemaining = &attempts
	u.HasImage, u.ImageURL, u.ProfileImageURL = tx.userImage(image, u.ID, text(u.FirstName), text(u.LastName))
	return u, err
}

// InsertUser adds a user with its identifiers, whose values must be claimed.
func (tx *Tx) InsertUser(u *roster.User) error {
	if _, err := tx.exec(`insert into users (instance_id, id, public_metadata, private_metadata, unsafe_metadata,
	banned, locked, delete_self_enabled, create_organization_enabled, bypass_client_trust,
	created_at, updated_at, search_email, search_phone, search_username, search_name, search)
values ($1, $2, '{}', '{}', '{}', false, false, true, true, false, $3, $3, '', '', '', '', '')`,
		tx.Instance, u.ID, tx.Now); err != nil {
		return err
	}
	if err := tx.UpdateIdentifications(&roster.User{}, u); err != nil {
		return err
	}
	return tx.UpdateUser(u)
}

// searchTexts are what partial matches look at, folded.
type searchTexts struct{ email, phone, username, name, all string }

func searchOf(u *roster.User) searchTexts {
	emails, phones, wallets := values(u)
	s := searchTexts{email: foldAll(emails...), phone: foldAll(phones...), username: fold(text(u.Username)), name: fold(fullName(u))}
	s.all = join(s.email, s.phone, s.username, foldAll(wallets...), fold(u.ID), s.name)
	return s
}

// User is a user with its identifiers, or ErrNotFound.
func (tx *Tx) User(id string) (*roster.User, error) {
	c := &clause{}
	c.add("select "+userColumns+"\nfrom users t\nwhere t.instance_id = ?", tx.Instance).and("t.id = ?", id)
	list, err := tx.userRows(c)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// UserExists returns ErrNotFound when the instance has no such user.
func (tx *Tx) UserExists(id string) error {
	var found string
	return tx.one(`select id
from users
where instance_id = $1 and id = $2`, []any{tx.Instance, id}, &found)
}

// UserExistsAlong asks for a user along with the next query. What it returns is
// called behind that, and is UserExists then.
func (tx *Tx) UserExistsAlong(id string) func() error {
	found := false
	tx.along(`select id
from users
where instance_id = $1 and id = $2`, []any{tx.Instance, id}, func(row) error {
		found = true
		return nil
	})
	return func() error {
		if err := cmp.Or(tx.flush(), tx.failed); err != nil {
			return err
		}
		if !found {
			return ErrNotFound
		}
		return nil
	}
}

// userRows runs a user query and completes each row with its identifiers.
func (tx *Tx) userRows(c *clause) ([]roster.User, error) {
	list := []roster.User{}
	err := tx.query(c.String(), c.args, func(r row) error {
		u, err := tx.scanUser(r)
		list = append(list, u)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, tx.loadIdentifications(list)
}

// DeleteUser removes a user with its identifiers and sessions. Its memberships
// must be gone.
func (tx *Tx) DeleteUser(u *roster.User) error {
	tx.buryUser(u.ID)
	if err := errors.Join(tx.releaseAll(u), tx.DeleteImages(u.ID), tx.unindexUser(u.ID), tx.deleteVerifications(u.ID, "")); err != nil {
		return err
	}
	if err := tx.forgetInviter(u.ID); err != nil {
		return err
	}
	for _, sql := range []string{
		`delete from identifications where instance_id = $1 and user_id = $2`,
		`delete from refresh_tokens where instance_id = $1 and session_id in (select s.id from sessions s where s.instance_id = $1 and s.user_id = $2)`,
		`delete from sessions where instance_id = $1 and user_id = $2`,
		`delete from organization_suggestions where instance_id = $1 and user_id = $2`,
		`delete from users where instance_id = $1 and id = $2`,
	} {
		tx.later(sql, tx.Instance, u.ID)
	}
	return nil
}

// releaseAll gives up all values that are a user's alone.
func (tx *Tx) releaseAll(u *roster.User) error {
	held := Held(u)
	if u.Username != nil {
		held = append(held, Value{KindUsername, fold(*u.Username)})
	}
	if u.ExternalID != nil {
		held = append(held, Value{KindExternalID, *u.ExternalID})
	}
	for _, v := range held {
		if err := tx.Release(v.Kind, v.Value); err != nil {
			return err
		}
	}
	return nil
}

// ActiveOrganization is the organization a user's next session starts in, "" for
// none.
func (tx *Tx) ActiveOrganization(userID string) (string, error) {
	var id *string
	err := tx.one(`select active_organization_id
from users
where instance_id = $1 and id = $2`, []any{tx.Instance, userID}, &id)
	return text(id), err
}

// SetActiveOrganization chooses the organization a user's next session starts in.
func (tx *Tx) SetActiveOrganization(userID, organizationID string) error {
	tx.later(`update users
set active_organization_id = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, organizationID)
	return nil
}

// leaveOrganization takes an organization off one user and the user's sessions.
func (tx *Tx) leaveOrganization(organizationID, userID string) {
	tx.later(`update users
set active_organization_id = null
where instance_id = $1 and id = $3 and active_organization_id = $2`, tx.Instance, organizationID, userID)
	tx.later(`update sessions
set last_active_organization_id = null, updated_at = $4
where instance_id = $1 and user_id = $3 and last_active_organization_id = $2`, tx.Instance, organizationID, userID, tx.Now)
}

// emptyOrganization takes an organization off everybody and all sessions.
func (tx *Tx) emptyOrganization(organizationID string) {
	tx.lockInOrder("users", "active_organization_id = $2", organizationID)
	tx.later(`update users
set active_organization_id = null
where instance_id = $1 and active_organization_id = $2`, tx.Instance, organizationID)
	tx.later(`update sessions
set last_active_organization_id = null, updated_at = $3
where instance_id = $1 and last_active_organization_id = $2`, tx.Instance, organizationID, tx.Now)
}

func fullName(u *roster.User) string {
	switch {
	case u.FirstName == nil:
		return text(u.LastName)
	case u.LastName == nil:
		return *u.FirstName
	}
	return *u.FirstName + " " + *u.LastName
}
