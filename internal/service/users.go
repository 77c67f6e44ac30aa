package service

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CreateUser makes a user with its identifiers. The first of each kind becomes
// primary.
func (s *Service) CreateUser(ctx context.Context, c Caller, in roster.CreateUser) (out *roster.User, err error) {
	u, err := newUser(in)
	if err != nil {
		return nil, err
	}
	given, err := s.credentialsOf(ctx, passwordOf(in), in.TOTPSecret, in.BackupCodes)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, c, func(t *tx) error {
		u := u
		t.identify(&u)
		if _, given := in.CreatedAt.Get(); !given {
			u.CreatedAt = t.Now
		}
		u.UpdatedAt = t.Now
		if given.totp != nil {
			u.MFAEnabledAt = &t.Now
		}
		if err := t.admits(fresh(&roster.User{}, &u)); err != nil {
			return err
		}
		if err := t.claimAll(&u); err != nil {
			return err
		}
		if err := t.InsertUser(&u); err != nil {
			return err
		}
		if err := t.setCredentials(&u, given); err != nil {
			return err
		}
		if u.Locked {
			if err := t.lock(&u); err != nil {
				return err
			}
		}
		if out, err = t.User(u.ID); err != nil {
			return err
		}
		if err := t.emit(roster.EventUserCreated, out); err != nil {
			return err
		}
		return t.addressesChanged(&roster.User{}, out)
	})
	return out, err
}

// newUser checks a body and makes of it a user without ids.
func newUser(in roster.CreateUser) (roster.User, error) {
	var k checks
	u := roster.User{
		ExternalID:                orNil(in.ExternalID),
		Username:                  orNil(in.Username),
		FirstName:                 orNil(in.FirstName),
		LastName:                  orNil(in.LastName),
		Locale:                    orNil(in.Locale),
		DeleteSelfEnabled:         in.DeleteSelfEnabled.Or(true),
		CreateOrganizationEnabled: in.CreateOrganizationEnabled.Or(true),
		CreateOrganizationsLimit:  in.CreateOrganizationsLimit.Ptr(),
		BypassClientTrust:         in.BypassClientTrust.Or(false),
		Banned:                    in.Banned.Or(false),
		Locked:                    in.Locked.Or(false),
	}
	k.userFields(in.ExternalID, in.FirstName, in.LastName, in.Locale, u.Username)
	k.identifiers(&u, in)
	if len(in.EmailAddress)+len(in.PhoneNumber)+len(in.Web3Wallet) == 0 && u.Username == nil {
		k.add(needsIdentifier())
	}
	k.password(passwordOf(in))
	k.factors(in.TOTPSecret, in.BackupCodes)
	u.LegalAcceptedAt = k.time("legal_accepted_at", in.LegalAcceptedAt)
	if at := k.time("created_at", in.CreatedAt); at != nil {
		u.CreatedAt = *at
	}
	var m metadata
	u.PublicMetadata = m.replace("public_metadata", nil, in.PublicMetadata)
	u.PrivateMetadata = m.replace("private_metadata", nil, in.PrivateMetadata)
	u.UnsafeMetadata = m.replace("unsafe_metadata", nil, in.UnsafeMetadata)
	return u, append(k.problems, m.problems...).Err()
}

func needsIdentifier() *roster.Error {
	names := []string{"email_address", "phone_number", "web3_wallet", "username"}
	e := roster.ErrFormDataMissing.New(strings.Join(names, ", "))
	e.Meta = &roster.Meta{ParamNames: names}
	return e
}

// identifiers checks the addresses of a new user and adds them.
func (k *checks) identifiers(u *roster.User, in roster.CreateUser) {
	emails := k.values("email_address", wantEmail, in.EmailAddress, normalEmail)
	phones := k.values("phone_number", wantPhone, in.PhoneNumber, normalPhone)
	wallets := k.values("web3_wallet", "a wallet address, its capitals a valid checksum", in.Web3Wallet, normalWallet)
	reservedEmail := k.reserved("email_address", len(in.EmailAddress), in.EmailAddressStatus)
	reservedPhone := k.reserved("phone_number", len(in.PhoneNumber), in.PhoneNumberStatus)
	if len(k.problems) > 0 {
		return
	}
	for i, v := range emails {
		u.EmailAddresses = append(u.EmailAddresses, roster.EmailAddress{EmailAddress: v, Reserved: reservedEmail(i), Verification: unless(reservedEmail(i))})
	}
	for i, v := range phones {
		u.PhoneNumbers = append(u.PhoneNumbers, roster.PhoneNumber{PhoneNumber: v, Reserved: reservedPhone(i), Verification: unless(reservedPhone(i))})
	}
	for _, v := range wallets {
		u.Web3Wallets = append(u.Web3Wallets, roster.Web3Wallet{Web3Wallet: v, Verification: verifiedByAdmin()})
	}
}

// unless verifies what is new, unless it is to be reserved only.
func unless(reserved bool) *roster.Verification {
	if reserved {
		return nil
	}
	return verifiedByAdmin()
}

// reserved reads the statuses that run parallel to a kind's addresses.
func (k *checks) reserved(kind string, n int, statuses []string) func(int) bool {
	param := kind + "_identification_status"
	if len(statuses) > 0 && len(statuses) != n {
		k.add(roster.ErrParamArrayLength.On(param, kind))
	}
	for _, s := range statuses {
		if s != "verified" && s != "reserved" {
			k.add(roster.ErrParamNotAllowed.On(param, s))
		}
	}
	return func(i int) bool { return i < len(statuses) && statuses[i] == "reserved" }
}

// userFields checks the plain fields of a user.
func (k *checks) userFields(externalID, first, last, locale roster.Field[string], username *string) {
	k.maxLength("external_id", externalID, roster.MaxNameLength)
	k.maxLength("first_name", first, roster.MaxNameLength)
	k.maxLength("last_name", last, roster.MaxNameLength)
	if v := locale.Or(""); v != "" && !localePattern.MatchString(v) {
		k.add(roster.ErrParamFormat.On("locale", "a language tag such as en-US"))
	}
	if username != nil {
		k.add(checkUsername(*username))
	}
}

// identify gives a new user and its identifiers their ids.
func (t *tx) identify(u *roster.User) {
	u.ID = t.id(roster.PrefixUser)
	u.EmailAddresses = append([]roster.EmailAddress{}, u.EmailAddresses...)
	u.PhoneNumbers = append([]roster.PhoneNumber{}, u.PhoneNumbers...)
	u.Web3Wallets = append([]roster.Web3Wallet{}, u.Web3Wallets...)
	for i := range u.EmailAddresses {
		u.EmailAddresses[i].ID = t.id(roster.PrefixIdentification)
		u.PrimaryEmailAddressID = &u.EmailAddresses[0].ID
	}
	for i := range u.PhoneNumbers {
		u.PhoneNumbers[i].ID = t.id(roster.PrefixIdentification)
		u.PrimaryPhoneNumberID = &u.PhoneNumbers[0].ID
	}
	for i := range u.Web3Wallets {
		u.Web3Wallets[i].ID = t.id(roster.PrefixIdentification)
		u.PrimaryWeb3WalletID = &u.Web3Wallets[0].ID
	}
}

// claimAll makes all of a new user's identifiers its own and names each that is
// another's.
func (t *tx) claimAll(u *roster.User) error {
	taken, err := t.claim(u.ID, store.Held(u))
	if err != nil {
		return err
	}
	claim := func(kind, value, noun string) {
		if e := t.Claim(kind, value, u.ID); isTaken(e) {
			taken = append(taken, roster.ErrIdentifierExists.On(kind, noun))
		} else if err == nil {
			err = e
		}
	}
	if u.Username != nil {
		claim(store.KindUsername, usernameKey(*u.Username), "username")
	}
	if u.ExternalID != nil {
		claim(store.KindExternalID, *u.ExternalID, "external id")
	}
	if err != nil {
		return err
	}
	return taken.Err()
}

// User is one user.
func (s *Service) User(ctx context.Context, c Caller, userID string) (out *roster.User, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.user(userID)
		return err
	})
	return out, err
}

// Users is one page of the instance's users.
func (s *Service) Users(ctx context.Context, c Caller, q roster.UserQuery) (out []roster.User, err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.mayAsk(q); err != nil {
			return err
		}
		out, err = t.Users(normalUserQuery(q))
		return orNotFound(err, unknownCursor())
	})
	return out, err
}

// CountUsers is how many users the filters leave.
func (s *Service) CountUsers(ctx context.Context, c Caller, q roster.UserQuery) (*roster.Count, error) {
	out := roster.Count{Object: "total_count"}
	err := s.list(ctx, c, func(t *tx) (err error) {
		if err := t.mayAsk(q); err != nil {
			return err
		}
		out.TotalCount, err = t.CountUsers(normalUserQuery(q))
		return err
	})
	return &out, err
}

// mayAsk refuses to tell who is in which organization while these are off.
func (t *tx) mayAsk(q roster.UserQuery) error {
	if len(q.OrganizationID.Include)+len(q.OrganizationID.Exclude) == 0 {
		return nil
	}
	return t.organizationsEnabled()
}

func normalUserQuery(q roster.UserQuery) roster.UserQuery {
	q.EmailAddress = normalized(q.EmailAddress, normalEmail)
	q.PhoneNumber = normalized(q.PhoneNumber, normalPhone)
	q.Web3Wallet = normalized(q.Web3Wallet, normalWallet)
	if since, ok := q.LastActiveAtSince.Get(); ok {
		q.LastActiveAtSince = roster.Value(startOfDay(since))
	}
	return q
}

// DeleteUser removes a user with its memberships and sessions.
func (s *Service) DeleteUser(ctx context.Context, c Caller, userID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.HoldInstance(); err != nil { // for the roles
			return err
		}
		u, err := t.user(userID)
		if err != nil {
			return err
		}
		if err := t.EachMembership("", userID, t.removeAll); err != nil {
			return err
		}
		if err := t.endSessions(u, roster.SessionRemoved, roster.EventSessionRemoved); err != nil {
			return err
		}
		if err := t.withdrawFrom("", u.ID); err != nil {
			return err
		}
		if err := t.DeleteUser(u); err != nil {
			return err
		}
		out = &roster.Deleted{Object: "user", ID: userID, Deleted: true}
		if u.ExternalID != nil {
			out.ExternalID = *u.ExternalID
		}
		return t.emit(roster.EventUserDeleted, out)
	})
	return out, err
}

// removeAll ends memberships of one user, who is on the way out.
func (t *tx) removeAll(list []roster.Membership) error {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].Organization.ID
	}
	held, err := t.HoldOrganizationsBehind(ids...)
	if err != nil {
		return err
	}
	for _, m := range list {
		organizationID, userID := m.Organization.ID, m.PublicUserData.UserID
		if !slices.Contains(held, organizationID) { // deleted since, and the membership with it
			continue
		}
		if t.caller.ElevatedMemberRequired {
			err = t.keepElevated(organizationID, userID)
		}
		if err == nil {
			err = t.DeleteMembership(organizationID, userID)
		}
		if err == nil {
			err = t.emitMembership(roster.EventMembershipDeleted, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sameJSON reports whether two resources look the same on the wire.
func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
