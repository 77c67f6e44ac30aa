package service

import (
	"context"
	"errors"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// anyAddress stands before a domain on a list, all of whose addresses are meant.
const anyAddress = "*@"

// listPrefixes are what the ids of a list's entries start with, listNames what people
// call the lists.
var (
	listPrefixes = map[string]string{store.Allowlist: roster.PrefixAllowlist, store.Blocklist: roster.PrefixBlocklist}
	listNames    = map[string]string{store.Allowlist: "allow-list", store.Blocklist: "block-list"}
)

// AllowlistIdentifiers is one page of the allow-list, newest first.
func (s *Service) AllowlistIdentifiers(ctx context.Context, c Caller, p roster.Paging) (page roster.Page[roster.ListedIdentifier], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		page, err = t.ListedIdentifiers(store.Allowlist, p)
		return err
	})
	return page, err
}

// BlocklistIdentifiers is the whole block-list, newest first.
func (s *Service) BlocklistIdentifiers(ctx context.Context, c Caller) (page roster.Page[roster.ListedIdentifier], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		page.Data, err = t.AllListedIdentifiers(store.Blocklist)
		page.TotalCount = int64(len(page.Data))
		return err
	})
	return page, err
}

// CreateAllowlistIdentifier puts an identifier on the allow-list. It can invite
// nobody to sign up, for there are no such invitations here.
func (s *Service) CreateAllowlistIdentifier(ctx context.Context, c Caller, in roster.CreateAllowlistIdentifier) (*roster.ListedIdentifier, error) {
	return s.addListed(ctx, c, store.Allowlist, in.Identifier)
}

// CreateBlocklistIdentifier puts an identifier on the block-list.
func (s *Service) CreateBlocklistIdentifier(ctx context.Context, c Caller, in roster.CreateBlocklistIdentifier) (*roster.ListedIdentifier, error) {
	return s.addListed(ctx, c, store.Blocklist, in.Identifier)
}

// DeleteAllowlistIdentifier takes an identifier off the allow-list.
func (s *Service) DeleteAllowlistIdentifier(ctx context.Context, c Caller, id string) (*roster.Deleted, error) {
	return s.removeListed(ctx, c, store.Allowlist, id)
}

// DeleteBlocklistIdentifier takes an identifier off the block-list.
func (s *Service) DeleteBlocklistIdentifier(ctx context.Context, c Caller, id string) (*roster.Deleted, error) {
	return s.removeListed(ctx, c, store.Blocklist, id)
}

func (s *Service) addListed(ctx context.Context, c Caller, list, given string) (out *roster.ListedIdentifier, err error) {
	typ, identifier, ok := normalListed(given)
	if !ok {
		return nil, roster.Errors{roster.ErrParamFormat.On("identifier", "an email address, *@ and a domain, a phone number such as +12025550123, or a wallet address")}
	}
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		n, err := t.CountListed(list)
		if err != nil {
			return err
		}
		out = &roster.ListedIdentifier{
			Object: list + "_identifier", ID: t.id(listPrefixes[list]), Identifier: identifier, IdentifierType: typ, InstanceID: t.Instance,
		}
		err = t.InsertListed(list, out)
		if errors.Is(err, store.ErrTaken) {
			err = roster.ErrAlreadyExists.On("identifier", "entry of the "+listNames[list])
		}
		if err == nil && n >= roster.MaxListedIdentifiers {
			err = roster.ErrListedQuota.New(listNames[list], roster.MaxListedIdentifiers)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Service) removeListed(ctx context.Context, c Caller, list, id string) (*roster.Deleted, error) {
	err := s.write(ctx, c, func(t *tx) error {
		return orNotFound(t.DeleteListed(list, id), roster.ErrListedNotFound.New(listNames[list], id))
	})
	if err != nil {
		return nil, err
	}
	return deleted(list+"_identifier", id), nil
}

// normalListed is the type of an identifier and the form it is kept in, that of users'
// identifiers. A domain may be given with *@, with @ and alone.
func normalListed(text string) (typ, identifier string, ok bool) {
	if identifier, ok = normalEmail(text); ok && !strings.HasPrefix(text, anyAddress) {
		return roster.ListedEmailAddress, identifier, true
	}
	if identifier, ok = normalPhone(text); ok {
		return roster.ListedPhoneNumber, identifier, true
	}
	if identifier, ok = normalWallet(text); ok {
		return roster.ListedWeb3Wallet, identifier, true
	}
	domain := strings.TrimPrefix(strings.TrimPrefix(text, "*"), "@")
	if strings.HasPrefix(text, "*") && !strings.HasPrefix(text, anyAddress) {
		return "", "", false
	}
	if identifier, ok = normalDomain(domain); ok {
		return roster.ListedEmailAddress, anyAddress + identifier, true
	}
	return "", "", false
}
