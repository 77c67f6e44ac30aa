package service

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// localePattern is a BCP 47 tag, as far as its shape goes.
var localePattern = regexp.MustCompile(`^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$`)

// UpdateUser changes what the body gives. Metadata replaces; the edge lets it
// through for the API versions that take it.
func (s *Service) UpdateUser(ctx context.Context, c Caller, userID string, in roster.UpdateUser) (*roster.User, error) {
	var k checks
	password := givenPassword{in.Password, in.PasswordDigest, in.PasswordHasher, in.SkipPasswordChecks}
	k.password(password)
	k.factors(in.TOTPSecret, in.BackupCodes)
	k.userFields(in.ExternalID, in.FirstName, in.LastName, in.Locale, orNil(in.Username))
	var given credentials
	if len(k.problems) == 0 {
		var err error
		if given, err = s.credentialsOf(ctx, password, in.TOTPSecret, in.BackupCodes); err != nil {
			return nil, err
		}
	}
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		k := checks{problems: append(roster.Errors{}, k.problems...)}
		applyNames(u, in)
		if at := k.time("created_at", in.CreatedAt); at != nil {
			u.CreatedAt = *at
		}
		if at := k.time("legal_accepted_at", in.LegalAcceptedAt); at != nil {
			u.LegalAcceptedAt = at
		}
		k.primaries(u, in)
		// An image is one user's, and goes when another takes its place.
		if id := in.ProfileImageID.Or(""); id != "" && u.ImageURL != t.ImageURL(id) {
			k.add(roster.ErrFormResourceNotFound.On("profile_image_id"))
		}
		var m metadata
		u.PublicMetadata = m.replace("public_metadata", u.PublicMetadata, in.PublicMetadata)
		u.PrivateMetadata = m.replace("private_metadata", u.PrivateMetadata, in.PrivateMetadata)
		u.UnsafeMetadata = m.replace("unsafe_metadata", u.UnsafeMetadata, in.UnsafeMetadata)
		if err := append(k.problems, m.problems...).Err(); err != nil {
			return err
		}
		if err := t.changeUnique(u, in); err != nil {
			return err
		}
		if err := t.setCredentials(u, given); err != nil || given.secret == nil || !in.SignOutOfOtherSessions {
			return err
		}
		return t.endSessions(u, roster.SessionRevoked, roster.EventSessionRevoked)
	})
}

// applyNames writes the fields that need no look at the directory.
func applyNames(u *roster.User, in roster.UpdateUser) {
	for _, f := range []struct {
		to   **string
		from roster.Field[string]
	}{{&u.FirstName, in.FirstName}, {&u.LastName, in.LastName}, {&u.Locale, in.Locale}} {
		if f.from.Given() {
			*f.to = orNil(f.from)
		}
	}
	u.DeleteSelfEnabled = in.DeleteSelfEnabled.Or(u.DeleteSelfEnabled)
	u.CreateOrganizationEnabled = in.CreateOrganizationEnabled.Or(u.CreateOrganizationEnabled)
	u.BypassClientTrust = in.BypassClientTrust.Or(u.BypassClientTrust)
	if limit, ok := in.CreateOrganizationsLimit.Get(); ok {
		u.CreateOrganizationsLimit = &limit
	}
}

// primaries makes other identifiers of the user primary.
func (k *checks) primaries(u *roster.User, in roster.UpdateUser) {
	for _, f := range []struct {
		kind, param string
		to          **string
		from        roster.Field[string]
	}{
		{store.KindEmailAddress, "primary_email_address_id", &u.PrimaryEmailAddressID, in.PrimaryEmailAddressID},
		{store.KindPhoneNumber, "primary_phone_number_id", &u.PrimaryPhoneNumberID, in.PrimaryPhoneNumberID},
		{store.KindWeb3Wallet, "primary_web3_wallet_id", &u.PrimaryWeb3WalletID, in.PrimaryWeb3WalletID},
	} {
		id, given := f.from.Get()
		if !given {
			continue
		}
		i, known := identifierOf(u, f.kind, id)
		switch {
		case !known:
			k.add(roster.ErrFormResourceNotFound.On(f.param))
		case !i.verified() && !isPrimary(u, f.kind, id):
			k.add(roster.ErrVerificationNeeded.On(f.param))
		default:
			*f.to = &id
		}
	}
}

// changeUnique moves the user's username and external id to new values.
func (t *tx) changeUnique(u *roster.User, in roster.UpdateUser) error {
	var taken roster.Errors
	move := func(kind, noun string, of **string, in roster.Field[string], key func(string) string) error {
		if !in.Given() {
			return nil
		}
		old, value := *of, orNil(in)
		*of = value
		if value != nil {
			if err := t.Claim(kind, key(*value), u.ID); errors.Is(err, store.ErrTaken) {
				taken = append(taken, roster.ErrIdentifierExists.On(kind, noun))
				return nil
			} else if err != nil {
				return err
			}
		}
		if old != nil && (value == nil || key(*old) != key(*value)) {
			return t.Release(kind, key(*old))
		}
		return nil
	}
	same := func(s string) string { return s }
	if err := errors.Join(
		move(store.KindUsername, "username", &u.Username, in.Username, usernameKey),
		move(store.KindExternalID, "external id", &u.ExternalID, in.ExternalID, same),
	); err != nil {
		return err
	}
	if len(taken) == 0 && !identified(u) {
		return needsIdentifier()
	}
	return taken.Err()
}

// changeUser applies a change, keeps it and tells of it, unless it comes to
// nothing.
func (s *Service) changeUser(ctx context.Context, c Caller, id string, apply func(*tx, *roster.User) error) (out *roster.User, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		out, err = t.changeUser(id, apply)
		return err
	})
	return out, err
}

func (t *tx) changeUser(id string, apply func(*tx, *roster.User) error) (*roster.User, error) {
	before, err := t.user(id)
	if err != nil {
		return nil, err
	}
	after := *before
	ownIdentifiers(&after)
	if err := apply(t, &after); err != nil {
		return nil, err
	}
	if sameJSON(before, &after) {
		return before, nil
	}
	// What follows changes invitations, as whoever locks the instance may.
	if !slices.Equal(verifiedAddresses(before), verifiedAddresses(&after)) {
		if err := t.HoldInstance(); err != nil {
			return nil, err
		}
	}
	t.noteSecondFactor(before, &after)
	after.UpdatedAt = t.Now
	if err := t.keepIdentifiers(before, &after); err != nil {
		return nil, err
	}
	if err := t.UpdateUser(&after); err != nil {
		return nil, err
	}
	out, err := t.User(id)
	if err != nil {
		return nil, err
	}
	if err := t.emit(roster.EventUserUpdated, out); err != nil {
		return nil, err
	}
	return out, t.addressesChanged(before, out)
}

// MergeUserMetadata merges metadata into a user's.
func (s *Service) MergeUserMetadata(ctx context.Context, c Caller, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	return s.userMetadata(ctx, c, userID, in, (*metadata).merge)
}

// ReplaceUserMetadata replaces the metadata fields that are given.
func (s *Service) ReplaceUserMetadata(ctx context.Context, c Caller, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	return s.userMetadata(ctx, c, userID, in, (*metadata).replace)
}

func (s *Service) userMetadata(ctx context.Context, c Caller, id string, in roster.UpdateMetadata, how change) (*roster.User, error) {
	return s.changeUser(ctx, c, id, func(_ *tx, u *roster.User) error {
		var m metadata
		u.PublicMetadata = how(&m, "public_metadata", u.PublicMetadata, in.PublicMetadata)
		u.PrivateMetadata = how(&m, "private_metadata", u.PrivateMetadata, in.PrivateMetadata)
		u.UnsafeMetadata = how(&m, "unsafe_metadata", u.UnsafeMetadata, in.UnsafeMetadata)
		return m.problems.Err()
	})
}
