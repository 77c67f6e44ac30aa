package service

import (
	"context"
	"errors"
	"slices"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

func isTaken(err error) bool    { return errors.Is(err, store.ErrTaken) }
func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

// given is what a body says of an address, whichever kind it is.
type given struct{ verified, primary, second roster.Field[bool] }

// CreateEmailAddress gives a user an email address.
func (s *Service) CreateEmailAddress(ctx context.Context, c Caller, in roster.CreateEmailAddress) (*roster.EmailAddress, error) {
	u, id, err := s.createAddress(ctx, c, store.KindEmailAddress, in.UserID, in.EmailAddress, given{verified: in.Verified, primary: in.Primary})
	return emailOf(u, id), err
}

// CreatePhoneNumber gives a user a phone number.
func (s *Service) CreatePhoneNumber(ctx context.Context, c Caller, in roster.CreatePhoneNumber) (*roster.PhoneNumber, error) {
	u, id, err := s.createAddress(ctx, c, store.KindPhoneNumber, in.UserID, in.PhoneNumber,
		given{verified: in.Verified, primary: in.Primary, second: in.ReservedForSecondFactor})
	return phoneOf(u, id), err
}

// EmailAddress is one email address, whoever has it.
func (s *Service) EmailAddress(ctx context.Context, c Caller, id string) (*roster.EmailAddress, error) {
	u, err := s.userWith(ctx, c, store.KindEmailAddress, id)
	return emailOf(u, id), err
}

// PhoneNumber is one phone number, whoever has it.
func (s *Service) PhoneNumber(ctx context.Context, c Caller, id string) (*roster.PhoneNumber, error) {
	u, err := s.userWith(ctx, c, store.KindPhoneNumber, id)
	return phoneOf(u, id), err
}

// UpdateEmailAddress changes what the body gives.
func (s *Service) UpdateEmailAddress(ctx context.Context, c Caller, id string, in roster.UpdateEmailAddress) (*roster.EmailAddress, error) {
	u, err := s.updateAddress(ctx, c, store.KindEmailAddress, id, given{verified: in.Verified, primary: in.Primary})
	return emailOf(u, id), err
}

// UpdatePhoneNumber changes what the body gives.
func (s *Service) UpdatePhoneNumber(ctx context.Context, c Caller, id string, in roster.UpdatePhoneNumber) (*roster.PhoneNumber, error) {
	u, err := s.updateAddress(ctx, c, store.KindPhoneNumber, id, given{verified: in.Verified, primary: in.Primary, second: in.ReservedForSecondFactor})
	return phoneOf(u, id), err
}

// DeleteEmailAddress takes an email address off its user.
func (s *Service) DeleteEmailAddress(ctx context.Context, c Caller, id string) (*roster.Deleted, error) {
	_, err := s.changeWith(ctx, c, store.KindEmailAddress, id, deleteIdentifier(store.KindEmailAddress, id))
	return deleted(store.KindEmailAddress, id), err
}

// DeletePhoneNumber takes a phone number off its user.
func (s *Service) DeletePhoneNumber(ctx context.Context, c Caller, id string) (*roster.Deleted, error) {
	_, err := s.changeWith(ctx, c, store.KindPhoneNumber, id, deleteIdentifier(store.KindPhoneNumber, id))
	return deleted(store.KindPhoneNumber, id), err
}

// DeleteWeb3Wallet takes a wallet off a user.
func (s *Service) DeleteWeb3Wallet(ctx context.Context, c Caller, userID, id string) (*roster.Deleted, error) {
	_, err := s.changeUser(ctx, c, userID, deleteIdentifier(store.KindWeb3Wallet, id))
	return deleted(store.KindWeb3Wallet, id), err
}

// ReplaceEmailAddress puts one email address in the place of all that a user has.
func (s *Service) ReplaceEmailAddress(ctx context.Context, c Caller, userID string, in roster.ReplaceEmailAddress) (*roster.EmailAddress, error) {
	u, err := s.replaceAddresses(ctx, c, store.KindEmailAddress, userID, in.EmailAddress, in.Status)
	if err != nil {
		return nil, err
	}
	return &u.EmailAddresses[0], nil
}

// ReplacePhoneNumber puts one phone number in the place of all that a user has. If
// one of those was a second factor, the user is left without any.
func (s *Service) ReplacePhoneNumber(ctx context.Context, c Caller, userID string, in roster.ReplacePhoneNumber) (*roster.PhoneNumber, error) {
	u, err := s.replaceAddresses(ctx, c, store.KindPhoneNumber, userID, in.PhoneNumber, in.Status)
	if err != nil {
		return nil, err
	}
	return &u.PhoneNumbers[0], nil
}

// EmailAddressExists returns the wire's 404 when there is no such email address.
func (s *Service) EmailAddressExists(ctx context.Context, c Caller, id string) error {
	_, err := s.EmailAddress(ctx, c, id)
	return err
}

// PhoneNumberExists returns the wire's 404 when there is no such phone number.
func (s *Service) PhoneNumberExists(ctx context.Context, c Caller, id string) error {
	_, err := s.PhoneNumber(ctx, c, id)
	return err
}

// address checks the value of an address and brings it to the form it is kept in.
func (k *checks) address(kind, value string) string {
	normal, want := normalEmail, wantEmail
	if kind == store.KindPhoneNumber {
		normal, want = normalPhone, wantPhone
	}
	out, ok := normal(value)
	if !ok {
		k.add(roster.ErrParamFormat.On(kind, want))
	}
	return out
}

func (s *Service) createAddress(ctx context.Context, c Caller, kind, userID, value string, in given) (u *roster.User, id string, err error) {
	var k checks
	value = k.address(kind, value)
	u, err = s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		k := checks{problems: slices.Clone(k.problems)}
		list := identifiersOf(u, kind)
		first, verified := len(list) == 0, in.verified.Or(false)
		if slices.ContainsFunc(list, func(i identifier) bool { return i.value == value }) {
			k.add(roster.ErrIdentifierExists.On(kind, nouns[kind]))
		}
		if in.primary.Or(false) && !verified && !first {
			k.add(roster.ErrVerificationNeeded.On("primary"))
		}
		if in.second.Or(false) && !verified {
			k.add(roster.ErrVerificationNeeded.On("reserved_for_second_factor"))
		}
		if err := k.problems.Err(); err != nil {
			return err
		}
		if len(list) >= roster.MaxAddresses {
			return roster.ErrAddressesQuota.New(roster.MaxAddresses)
		}
		id = t.id(roster.PrefixIdentification)
		added := addIdentifier(u, kind, id, value)
		if verified {
			added.is(roster.IdentificationVerified)
		}
		if in.primary.Or(first) {
			*primaryOf(u, kind) = &id
		}
		if in.second.Or(false) {
			*added.second = true
			settleSecondFactor(u)
		}
		return nil
	})
	return u, id, err
}

func (s *Service) updateAddress(ctx context.Context, c Caller, kind, id string, in given) (*roster.User, error) {
	return s.changeWith(ctx, c, kind, id, func(_ *tx, u *roster.User) error {
		i, there := identifierOf(u, kind, id)
		if !there {
			return roster.ErrIdentificationNotFound.New(nouns[kind], id)
		}
		var k checks
		if verified, ok := in.verified.Get(); ok && verified != i.verified() {
			i.is(map[bool]string{true: roster.IdentificationVerified, false: roster.IdentificationUnverified}[verified])
		}
		primary, ok := in.primary.Get()
		switch has := isPrimary(u, kind, id); {
		case !ok || primary == has:
		case !primary:
			k.add(roster.ErrParamInvalid.On("primary", "it is the primary one until another takes its place"))
		case !i.verified():
			k.add(roster.ErrVerificationNeeded.On("primary"))
		default:
			*primaryOf(u, kind) = &id
		}
		if kind == store.KindPhoneNumber {
			*i.second = in.second.Or(*i.second)
			if *i.second && !i.verified() {
				k.add(roster.ErrVerificationNeeded.On("reserved_for_second_factor"))
			}
			settleSecondFactor(u)
		}
		return k.problems.Err()
	})
}

func (s *Service) replaceAddresses(ctx context.Context, c Caller, kind, userID, value, status string) (*roster.User, error) {
	var k checks
	value = k.address(kind, value)
	if status == "" {
		status = roster.IdentificationVerified
	}
	if !slices.Contains(roster.IdentificationStatuses, status) {
		k.add(roster.ErrParamNotAllowed.On("identification_status", status))
	}
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		if err := k.problems.Err(); err != nil {
			return err
		}
		secondFactor := false
		var kept identifier
		for _, i := range identifiersOf(u, kind) {
			secondFactor = secondFactor || i.second != nil && *i.second
			if i.value == value {
				kept = i
			}
		}
		if secondFactor {
			if err := t.removeFactors(u); err != nil {
				return err
			}
		}
		if kept.id == "" {
			kept = addIdentifier(u, kind, t.id(roster.PrefixIdentification), value)
		}
		kept.is(status)
		dropIdentifiers(u, kind, func(id string) bool { return id != kept.id })
		*primaryOf(u, kind) = &kept.id
		return nil
	})
}

// deleteIdentifier takes an identifier off a user who has another.
func deleteIdentifier(kind, id string) func(*tx, *roster.User) error {
	return func(_ *tx, u *roster.User) error {
		if _, there := identifierOf(u, kind, id); !there {
			return roster.ErrIdentificationNotFound.New(nouns[kind], id)
		}
		dropIdentifiers(u, kind, func(other string) bool { return other == id })
		if !identified(u) {
			return roster.ErrIdentificationDeletion.New()
		}
		settlePrimary(u, kind)
		settleSecondFactor(u)
		return nil
	}
}

// identified reports whether anything identifies a user.
func identified(u *roster.User) bool {
	return len(u.EmailAddresses)+len(u.PhoneNumbers)+len(u.Web3Wallets) > 0 || u.Username != nil
}

// userWith is the user who has an identifier.
func (s *Service) userWith(ctx context.Context, c Caller, kind, id string) (u *roster.User, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		u, err = t.identificationOf(kind, id, t.user)
		return err
	})
	return u, err
}

// changeWith is changeUser for the user who has an identifier.
func (s *Service) changeWith(ctx context.Context, c Caller, kind, id string, apply func(*tx, *roster.User) error) (u *roster.User, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		u, err = t.identificationOf(kind, id, func(userID string) (*roster.User, error) { return t.changeUser(userID, apply) })
		return err
	})
	return u, err
}

// identificationOf calls fn for the user who has an identifier, unless either is
// gone.
func (t *tx) identificationOf(kind, id string, fn func(userID string) (*roster.User, error)) (u *roster.User, err error) {
	missing := roster.ErrIdentificationNotFound.New(nouns[kind], id)
	userID, err := t.IdentificationOwner(kind, id)
	if err == nil {
		u, err = fn(userID)
	}
	if isNotFound(err) || errors.Is(err, roster.CodeResourceNotFound) {
		return nil, missing
	}
	return u, err
}

func deleted(kind, id string) *roster.Deleted {
	return &roster.Deleted{Object: kind, ID: id, Deleted: true}
}

func emailOf(u *roster.User, id string) *roster.EmailAddress {
	if u != nil {
		for i := range u.EmailAddresses {
			if u.EmailAddresses[i].ID == id {
				return &u.EmailAddresses[i]
			}
		}
	}
	return nil
}

func phoneOf(u *roster.User, id string) *roster.PhoneNumber {
	if u != nil {
		for i := range u.PhoneNumbers {
			if u.PhoneNumbers[i].ID == id {
				return &u.PhoneNumbers[i]
			}
		}
	}
	return nil
}
