package service

import (
	"context"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// UpdateRestrictions changes what the body gives. Who is there already stays.
func (s *Service) UpdateRestrictions(ctx context.Context, c Caller, in roster.UpdateInstanceRestrictions) (out roster.InstanceRestrictions, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		settings, err := t.Settings()
		if err != nil {
			return err
		}
		out = settings.Restrictions
		out.Allowlist = in.Allowlist.Or(out.Allowlist)
		out.Blocklist = in.Blocklist.Or(out.Blocklist)
		out.AllowlistBlocklistDisabledOnSignIn = in.AllowlistBlocklistDisabledOnSignIn.Or(out.AllowlistBlocklistDisabledOnSignIn)
		out.BlockEmailSubaddresses = in.BlockEmailSubaddresses.Or(out.BlockEmailSubaddresses)
		out.BlockDisposableEmailDomains = in.BlockDisposableEmailDomains.Or(out.BlockDisposableEmailDomains)
		if out == settings.Restrictions {
			return nil
		}
		return t.SaveRestrictions(out)
	})
	return out, err
}

// admits refuses identifiers that the restrictions keep out, for users who are to get
// them and for whom is to be invited.
func (t *tx) admits(identifiers []store.Value) error {
	x := t.caller.Restrictions
	unlisted, err := t.unlisted(identifiers)
	if err != nil {
		return err
	}
	var out []string
	var problems roster.Errors
	for _, v := range identifiers {
		refused := slices.Contains(unlisted, v.Value)
		if v.Kind == store.KindEmailAddress {
			local, domain := splitEmail(v.Value)
			refused = refused || x.BlockDisposableEmailDomains && among(blockedDomains, domain)
			if x.BlockEmailSubaddresses && strings.ContainsAny(local, "+=#") {
				problems = append(problems, roster.ErrSubaddressNotAllowed.New(v.Value))
			}
		}
		if refused {
			out = append(out, v.Value)
		}
	}
	if len(out) > 0 {
		problems = append(roster.Errors{roster.ErrAccessNotAllowed.OnIdentifiers(out)}, problems...)
	}
	return problems.Err()
}

// admitsKnown is admits for an address that a user has already, who only signs in.
func (t *tx) admitsKnown(identifier store.Value) error {
	if t.caller.Restrictions.AllowlistBlocklistDisabledOnSignIn {
		return nil
	}
	out, err := t.unlisted([]store.Value{identifier})
	if err == nil && len(out) > 0 {
		err = roster.ErrAccessNotAllowed.OnIdentifiers(out)
	}
	return err
}

// unlisted are those of the identifiers that the lists in force keep out. What is on
// both of them is kept out.
func (t *tx) unlisted(identifiers []store.Value) (out []string, err error) {
	x := t.caller.Restrictions
	if len(identifiers) == 0 || !x.Allowlist && !x.Blocklist {
		return nil, nil
	}
	var names []string
	for _, v := range identifiers {
		names = append(names, listedAs(v)...)
	}
	allowed, blocked := map[string]bool{}, map[string]bool{}
	if x.Allowlist {
		if allowed, err = t.Listed(store.Allowlist, names); err != nil {
			return nil, err
		}
	}
	if x.Blocklist {
		if blocked, err = t.Listed(store.Blocklist, names); err != nil {
			return nil, err
		}
	}
	for _, v := range identifiers {
		on := func(list map[string]bool) bool {
			return slices.ContainsFunc(listedAs(v), func(name string) bool { return list[name] })
		}
		if x.Allowlist && !on(allowed) || on(blocked) {
			out = append(out, v.Value)
		}
	}
	return out, nil
}

// listedAs are the entries of a list that mean an identifier: itself, and for an
// address its domain.
func listedAs(v store.Value) []string {
	if v.Kind != store.KindEmailAddress {
		return []string{v.Value}
	}
	_, domain := splitEmail(v.Value)
	return []string{v.Value, anyAddress + domain}
}

// splitEmail is what stands before and behind an address's last @, a domain beyond
// ASCII in Punycode.
func splitEmail(address string) (local, domain string) {
	at := strings.LastIndexByte(address, '@')
	local, domain = address[:at], address[at+1:]
	if name, err := domainNames.ToASCII(domain); err == nil {
		domain = name
	}
	return local, domain
}

// fresh are the identifiers that one state of a user has and the other had not.
func fresh(before, after *roster.User) (out []store.Value) {
	for _, kind := range []string{store.KindEmailAddress, store.KindPhoneNumber, store.KindWeb3Wallet} {
		for _, i := range identifiersOf(after, kind) {
			if _, there := identifierOf(before, kind, i.id); !there {
				out = append(out, store.Value{Kind: kind, Value: i.value})
			}
		}
	}
	return out
}
