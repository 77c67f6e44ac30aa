package service_test

import (
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// modelGiven is what a body says of an address.
type modelGiven struct{ verified, primary, second roster.Field[bool] }

// modelKind is how the service is asked for identifiers of a kind. Wallets come with a
// new user only and never change, so theirs are nil.
type modelKind struct {
	values  []string
	spelled func(string) string // another way to write a value
	second  bool                // can be a second factor
	given   func(*roster.CreateUser) *[]string
	shown   func(*roster.User) (list []modelAddress, primary *string)
	filter  func([]string) roster.UserQuery
	elect   func(id string) roster.UpdateUser
	remove  func(m *modelIdentifications, userID, id string) error
	create  func(m *modelIdentifications, userID, value string, in modelGiven) (id string, err error)
	update  func(m *modelIdentifications, id string, in modelGiven) error
	replace func(m *modelIdentifications, userID, value, status string) (id string, err error)
}

var modelKinds = []*modelKind{{
	values:  []string{"ann@x.io", "bob@x.io", "cem@x.io"},
	spelled: strings.ToUpper,
	given:   func(in *roster.CreateUser) *[]string { return &in.EmailAddress },
	shown: func(u *roster.User) (list []modelAddress, primary *string) {
		for _, a := range u.EmailAddresses {
			list = append(list, modelAddress{ID: a.ID, Value: a.EmailAddress, Status: statusOf(a.Reserved, a.Verification)})
		}
		return list, u.PrimaryEmailAddressID
	},
	filter: func(values []string) roster.UserQuery { return roster.UserQuery{EmailAddress: values} },
	elect:  func(id string) roster.UpdateUser { return roster.UpdateUser{PrimaryEmailAddressID: roster.Value(id)} },
	remove: func(m *modelIdentifications, _, id string) error {
		_, err := m.w.DeleteEmailAddress(m.Context(), m.w.caller, id)
		return err
	},
	create: func(m *modelIdentifications, userID, value string, in modelGiven) (string, error) {
		made, err := m.w.CreateEmailAddress(m.Context(), m.w.caller, roster.CreateEmailAddress{UserID: userID, EmailAddress: value, Verified: in.verified, Primary: in.primary})
		if err != nil {
			return "", err
		}
		return made.ID, nil
	},
	update: func(m *modelIdentifications, id string, in modelGiven) error {
		_, err := m.w.UpdateEmailAddress(m.Context(), m.w.caller, id, roster.UpdateEmailAddress{Verified: in.verified, Primary: in.primary})
		return err
	},
	replace: func(m *modelIdentifications, userID, value, status string) (string, error) {
		made, err := m.w.ReplaceEmailAddress(m.Context(), m.w.caller, userID, roster.ReplaceEmailAddress{EmailAddress: value, Status: status})
		if err != nil {
			return "", err
		}
		return made.ID, nil
	},
}, {
	values:  []string{"+15555550100", "+15555550101", "+15555550102"},
	spelled: func(s string) string { return s[:2] + " (" + s[2:5] + ") " + s[5:8] + "-" + s[8:] },
	second:  true,
	given:   func(in *roster.CreateUser) *[]string { return &in.PhoneNumber },
	shown: func(u *roster.User) (list []modelAddress, primary *string) {
		for _, p := range u.PhoneNumbers {
			list = append(list, modelAddress{p.ID, p.PhoneNumber, statusOf(p.Reserved, p.Verification), p.ReservedForSecondFactor, p.DefaultSecondFactor})
		}
		return list, u.PrimaryPhoneNumberID
	},
	filter: func(values []string) roster.UserQuery { return roster.UserQuery{PhoneNumber: values} },
	elect:  func(id string) roster.UpdateUser { return roster.UpdateUser{PrimaryPhoneNumberID: roster.Value(id)} },
	remove: func(m *modelIdentifications, _, id string) error {
		_, err := m.w.DeletePhoneNumber(m.Context(), m.w.caller, id)
		return err
	},
	create: func(m *modelIdentifications, userID, value string, in modelGiven) (string, error) {
		made, err := m.w.CreatePhoneNumber(m.Context(), m.w.caller, roster.CreatePhoneNumber{
			UserID: userID, PhoneNumber: value, Verified: in.verified, Primary: in.primary, ReservedForSecondFactor: in.second})
		if err != nil {
			return "", err
		}
		return made.ID, nil
	},
	update: func(m *modelIdentifications, id string, in modelGiven) error {
		_, err := m.w.UpdatePhoneNumber(m.Context(), m.w.caller, id, roster.UpdatePhoneNumber{Verified: in.verified, Primary: in.primary, ReservedForSecondFactor: in.second})
		return err
	},
	replace: func(m *modelIdentifications, userID, value, status string) (string, error) {
		made, err := m.w.ReplacePhoneNumber(m.Context(), m.w.caller, userID, roster.ReplacePhoneNumber{PhoneNumber: value, Status: status})
		if err != nil {
			return "", err
		}
		return made.ID, nil
	},
}, {
	values: append([]string{"4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS"}, doorWallets...),
	spelled: func(s string) string { // a base58 wallet has one spelling
		if hex, ok := strings.CutPrefix(s, "0x"); ok {
			return "0x" + strings.ToLower(hex)
		}
		return s
	},
	given: func(in *roster.CreateUser) *[]string { return &in.Web3Wallet },
	shown: func(u *roster.User) (list []modelAddress, primary *string) {
		for _, w := range u.Web3Wallets {
			list = append(list, modelAddress{ID: w.ID, Value: w.Web3Wallet, Status: statusOf(false, w.Verification)})
		}
		return list, u.PrimaryWeb3WalletID
	},
	filter: func(values []string) roster.UserQuery { return roster.UserQuery{Web3Wallet: values} },
	elect:  func(id string) roster.UpdateUser { return roster.UpdateUser{PrimaryWeb3WalletID: roster.Value(id)} },
	remove: func(m *modelIdentifications, userID, id string) error {
		_, err := m.w.DeleteWeb3Wallet(m.Context(), m.w.caller, userID, id)
		return err
	},
}}

func statusOf(reserved bool, v *roster.Verification) string {
	switch {
	case v.Verified():
		return roster.IdentificationVerified
	case reserved:
		return roster.IdentificationReserved
	}
	return roster.IdentificationUnverified
}

// compare reads a user and finds it by its identifiers.
func (m *modelIdentifications) compare(o *modelOwner) {
	m.Helper()
	u, err := m.w.User(m.Context(), m.w.caller, o.id)
	if err != nil {
		m.Fatal(err)
	}
	second := false
	for _, k := range modelKinds {
		l := o.lists[k]
		got, primary := k.shown(u)
		if diff := cmp.Diff(append([]modelAddress{}, l.of...), append([]modelAddress{}, got...)); diff != "" {
			m.Fatalf("identifiers of %s (-model +service):\n%s", o.id, diff)
		}
		if primary == nil && l.primary != "" || primary != nil && *primary != l.primary {
			m.Fatalf("primary %s, want %q", opt(primary), l.primary)
		}
		for _, a := range l.of {
			second = second || a.Second
			m.compareCount(k, a.Value)
		}
	}
	if u.TwoFactorEnabled != second {
		m.Fatalf("two_factor_enabled is %t, want %t", u.TwoFactorEnabled, second)
	}
}

// compareCount finds who has a value, however it is written.
func (m *modelIdentifications) compareCount(k *modelKind, value string) {
	m.Helper()
	n, err := m.w.CountUsers(m.Context(), m.w.caller, k.filter([]string{k.spelled(value)}))
	if err != nil {
		m.Fatal(err)
	}
	want := 0
	for _, o := range m.owners {
		if slices.ContainsFunc(o.lists[k].of, func(a modelAddress) bool { return a.Value == value }) {
			want++
		}
	}
	if int(n.TotalCount) != want {
		m.Fatalf("%d users with %s, want %d", n.TotalCount, value, want)
	}
}
