package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// modelAddress is a phone number as the model has it: of each user a list of them.
type modelAddress struct {
	ID, Value, Status string
	Second, Default   bool
}

// modelOwner is a user as far as the model goes.
type modelOwner struct {
	id      string
	primary string // the id of an address
	list    []modelAddress
}

type modelIdentifications struct {
	*rapid.T
	w      *world
	owners []*modelOwner
}

// TestIdentificationsFollowTheirModel gives, changes, replaces and takes away phone
// numbers at random, and holds every answer and every state against a model that
// knows nothing of claims or rows.
func TestIdentificationsFollowTheirModel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		rapid.Check(t, func(rt *rapid.T) {
			m := &modelIdentifications{T: rt, w: newInstance(rt, st, service.Options{})}
			for i := range 3 {
				u := m.w.user(rt, roster.CreateUser{Username: roster.Value(fmt.Sprint("user", i))})
				m.owners = append(m.owners, &modelOwner{id: u.ID})
			}
			for range 25 {
				o := m.owners[rapid.IntRange(0, 2).Draw(rt, "owner")]
				[]func(*modelOwner){m.create, m.create, m.update, m.update, m.remove, m.replace}[rapid.IntRange(0, 5).Draw(rt, "action")](o)
				m.compare(o)
			}
			for _, o := range m.owners {
				m.compare(o)
			}
		})
	})
}

func (m *modelIdentifications) value() string {
	return rapid.SampledFrom([]string{"+15555550100", "+15555550101", "+15555550102"}).Draw(m.T, "value")
}

func (m *modelIdentifications) boolean(name string) roster.Field[bool] {
	return rapid.SampledFrom([]roster.Field[bool]{{}, roster.Value(true), roster.Value(false)}).Draw(m.T, name)
}

// held reports whether a value is somebody else's alone.
func (m *modelIdentifications) held(by *modelOwner, value string) bool {
	return slices.ContainsFunc(m.owners, func(o *modelOwner) bool {
		return o != by && slices.ContainsFunc(o.list, func(a modelAddress) bool { return a.Value == value && a.Status != roster.IdentificationUnverified })
	})
}

// settle makes one second factor the default: the one that is, or else the oldest.
func (o *modelOwner) settle() {
	keep := slices.IndexFunc(o.list, func(a modelAddress) bool { return a.Default && a.Second })
	if keep < 0 {
		keep = slices.IndexFunc(o.list, func(a modelAddress) bool { return a.Second })
	}
	for i := range o.list {
		o.list[i].Default = i == keep
	}
}

// expect holds a refusal against the codes the model wants, in any order.
func (m *modelIdentifications) expect(err error, want ...roster.Code) bool {
	var got []string
	var list roster.Errors
	var single *roster.Error
	switch {
	case errors.As(err, &list):
		for _, e := range list {
			got = append(got, string(e.Code)+" "+e.Meta.ParamName)
		}
	case errors.As(err, &single):
		got = append(got, string(single.Code))
	case err != nil:
		m.Fatal(err)
	}
	if len(got) != len(want) {
		m.Fatalf("refused by %q, want %q", got, want)
	}
	for i, code := range want {
		if !strings.HasPrefix(got[i], string(code)) {
			m.Fatalf("refused by %q, want %q", got, want)
		}
	}
	return err == nil
}

func (m *modelIdentifications) create(o *modelOwner) {
	in := roster.CreatePhoneNumber{UserID: o.id, PhoneNumber: m.value(), Verified: m.boolean("verified"), Primary: m.boolean("primary"), ReservedForSecondFactor: m.boolean("second")}
	verified, first := in.Verified.Or(false), len(o.list) == 0
	var want []roster.Code
	own := slices.ContainsFunc(o.list, func(a modelAddress) bool { return a.Value == in.PhoneNumber })
	if own {
		want = append(want, roster.CodeIdentifierExists)
	}
	if in.Primary.Or(false) && !verified && !first {
		want = append(want, roster.CodeVerificationNeeded)
	}
	if in.ReservedForSecondFactor.Or(false) && !verified {
		want = append(want, roster.CodeVerificationNeeded)
	}
	if len(want) == 0 && m.held(o, in.PhoneNumber) {
		want = append(want, roster.CodeIdentifierExists)
	}
	made, err := m.w.CreatePhoneNumber(m.Context(), m.w.caller, in)
	if !m.expect(err, want...) {
		return
	}
	status := roster.IdentificationUnverified
	if verified {
		status = roster.IdentificationVerified
	}
	o.list = append(o.list, modelAddress{ID: made.ID, Value: in.PhoneNumber, Status: status, Second: in.ReservedForSecondFactor.Or(false)})
	if in.Primary.Or(first) {
		o.primary = made.ID
	}
	o.settle()
}

func (m *modelIdentifications) some(o *modelOwner) (int, bool) {
	if len(o.list) == 0 {
		return 0, false
	}
	return rapid.IntRange(0, len(o.list)-1).Draw(m.T, "which"), true
}

func (m *modelIdentifications) update(o *modelOwner) {
	i, ok := m.some(o)
	if !ok {
		return
	}
	a := o.list[i]
	in := roster.UpdatePhoneNumber{Verified: m.boolean("verified"), Primary: m.boolean("primary"), ReservedForSecondFactor: m.boolean("second")}
	switch verified, given := in.Verified.Get(); {
	case given && verified:
		a.Status = roster.IdentificationVerified
	case given && a.Status == roster.IdentificationVerified:
		a.Status = roster.IdentificationUnverified
	}
	a.Second = in.ReservedForSecondFactor.Or(a.Second)
	primary := o.primary
	var want []roster.Code
	if now, given := in.Primary.Get(); given && now != (primary == a.ID) {
		switch {
		case !now:
			want = append(want, roster.CodeParamValueInvalid)
		case a.Status != roster.IdentificationVerified:
			want = append(want, roster.CodeVerificationNeeded)
		default:
			primary = a.ID
		}
	}
	if a.Second && a.Status != roster.IdentificationVerified {
		want = append(want, roster.CodeVerificationNeeded)
	}
	if len(want) == 0 && a.Status == roster.IdentificationVerified && m.held(o, a.Value) {
		want = append(want, roster.CodeIdentifierExists)
	}
	_, err := m.w.UpdatePhoneNumber(m.Context(), m.w.caller, a.ID, in)
	if !m.expect(err, want...) {
		return
	}
	o.list[i], o.primary = a, primary
	o.settle()
}

func (m *modelIdentifications) remove(o *modelOwner) {
	i, ok := m.some(o)
	if !ok {
		return
	}
	id := o.list[i].ID
	_, err := m.w.DeletePhoneNumber(m.Context(), m.w.caller, id)
	m.expect(err) // the username is left
	_, err = m.w.DeletePhoneNumber(m.Context(), m.w.caller, id)
	m.expect(err, roster.CodeResourceNotFound)
	o.list = slices.Delete(o.list, i, i+1)
	if o.primary == id {
		o.primary = ""
		if next := slices.IndexFunc(o.list, func(a modelAddress) bool { return a.Status == roster.IdentificationVerified }); next >= 0 {
			o.primary = o.list[next].ID
		}
	}
	o.settle()
}

func (m *modelIdentifications) replace(o *modelOwner) {
	in := roster.ReplacePhoneNumber{PhoneNumber: m.value(), Status: rapid.SampledFrom([]string{"", "verified", "reserved", "unverified"}).Draw(m.T, "status")}
	status := in.Status
	if status == "" {
		status = roster.IdentificationVerified
	}
	had := slices.IndexFunc(o.list, func(a modelAddress) bool { return a.Value == in.PhoneNumber })
	var want []roster.Code
	if m.held(o, in.PhoneNumber) && (had < 0 || status != roster.IdentificationUnverified) {
		want = append(want, roster.CodeIdentifierExists)
	}
	made, err := m.w.ReplacePhoneNumber(m.Context(), m.w.caller, o.id, in)
	if !m.expect(err, want...) {
		return
	}
	if had >= 0 && o.list[had].ID != made.ID {
		m.Fatalf("%s has a new id", in.PhoneNumber)
	}
	o.list, o.primary = []modelAddress{{ID: made.ID, Value: in.PhoneNumber, Status: status}}, made.ID
}

// compare reads a user and finds it by its numbers.
func (m *modelIdentifications) compare(o *modelOwner) {
	u, err := m.w.User(m.Context(), m.w.caller, o.id)
	if err != nil {
		m.Fatal(err)
	}
	got := []modelAddress{}
	for _, p := range u.PhoneNumbers {
		status := roster.IdentificationUnverified
		if p.Reserved {
			status = roster.IdentificationReserved
		}
		if p.Verification.Verified() {
			status = roster.IdentificationVerified
		}
		got = append(got, modelAddress{p.ID, p.PhoneNumber, status, p.ReservedForSecondFactor, p.DefaultSecondFactor})
	}
	if diff := cmp.Diff(append([]modelAddress{}, o.list...), got); diff != "" {
		m.Fatalf("numbers of %s (-model +service):\n%s", o.id, diff)
	}
	primary := ""
	if u.PrimaryPhoneNumberID != nil {
		primary = *u.PrimaryPhoneNumberID
	}
	if primary != o.primary {
		m.Fatalf("primary %q, want %q", primary, o.primary)
	}
	second := slices.ContainsFunc(o.list, func(a modelAddress) bool { return a.Second })
	if u.TwoFactorEnabled != second {
		m.Fatalf("two_factor_enabled is %t, want %t", u.TwoFactorEnabled, second)
	}
	for _, a := range o.list {
		n, err := m.w.CountUsers(m.Context(), m.w.caller, roster.UserQuery{PhoneNumber: []string{a.Value}})
		if err != nil {
			m.Fatal(err)
		}
		want := 0
		for _, other := range m.owners {
			if slices.ContainsFunc(other.list, func(b modelAddress) bool { return a.Value == b.Value }) {
				want++
			}
		}
		if int(n.TotalCount) != want {
			m.Fatalf("%d users with %s, want %d", n.TotalCount, a.Value, want)
		}
	}
}
