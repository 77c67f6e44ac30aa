package service_test

import (
	"cmp"
	"slices"

	"github.com/rosterhq/roster"
)

func (m *modelIdentifications) create(k *modelKind, o *modelOwner) {
	l := o.lists[k]
	value, written := m.value(k)
	in := modelGiven{verified: m.boolean("verified"), primary: m.boolean("primary")}
	if k.second {
		in.second = m.boolean("second")
	}
	verified, first := in.verified.Or(false), len(l.of) == 0
	var want []roster.Code
	if slices.ContainsFunc(l.of, func(a modelAddress) bool { return a.Value == value }) {
		want = append(want, roster.CodeIdentifierExists)
	}
	if in.primary.Or(false) && !verified && !first {
		want = append(want, roster.CodeVerificationNeeded)
	}
	if in.second.Or(false) && !verified {
		want = append(want, roster.CodeVerificationNeeded)
	}
	if len(want) == 0 && m.held(k, o, value) {
		want = append(want, roster.CodeIdentifierExists)
	}
	id, err := k.create(m, o.id, written, in)
	if !m.expect(err, want...) {
		return
	}
	status := roster.IdentificationUnverified
	if verified {
		status = roster.IdentificationVerified
	}
	l.of = append(l.of, modelAddress{ID: id, Value: value, Status: status, Second: in.second.Or(false)})
	if in.primary.Or(first) {
		l.primary = id
	}
	l.settle()
}

func (m *modelIdentifications) update(k *modelKind, o *modelOwner) {
	l := o.lists[k]
	if len(l.of) == 0 {
		return
	}
	i := index(m.T, "which", len(l.of))
	a := l.of[i]
	in := modelGiven{verified: m.boolean("verified"), primary: m.boolean("primary")}
	if k.second {
		in.second = m.boolean("second")
	}
	switch verified, given := in.verified.Get(); {
	case given && verified:
		a.Status = roster.IdentificationVerified
	case given && a.Status == roster.IdentificationVerified:
		a.Status = roster.IdentificationUnverified
	}
	a.Second = in.second.Or(a.Second)
	primary := l.primary
	var want []roster.Code
	if now, given := in.primary.Get(); given && now != (primary == a.ID) {
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
	if len(want) == 0 && a.Status == roster.IdentificationVerified && m.held(k, o, a.Value) {
		want = append(want, roster.CodeIdentifierExists)
	}
	if !m.expect(k.update(m, a.ID, in), want...) {
		return
	}
	l.of[i], l.primary = a, primary
	l.settle()
}

func (m *modelIdentifications) remove(k *modelKind, o *modelOwner) {
	l := o.lists[k]
	if len(l.of) == 0 {
		return
	}
	all := 0
	for _, l := range o.lists {
		all += len(l.of)
	}
	i := index(m.T, "which", len(l.of))
	id := l.of[i].ID
	err := k.remove(m, o.id, id)
	if all == 1 && !o.named { // nothing else says who it is
		m.expect(err, roster.CodeIdentificationDeletionFailed)
		return
	}
	m.expect(err)
	m.expect(k.remove(m, o.id, id), roster.CodeResourceNotFound)
	l.of = slices.Delete(l.of, i, i+1)
	if l.primary == id {
		l.primary = ""
		if next := slices.IndexFunc(l.of, func(a modelAddress) bool { return a.Status == roster.IdentificationVerified }); next >= 0 {
			l.primary = l.of[next].ID
		}
	}
	l.settle()
}

func (m *modelIdentifications) replace(k *modelKind, o *modelOwner) {
	value, written := m.value(k)
	asked := pick(m.T, "status", []string{"", "verified", "reserved", "unverified"})
	status := cmp.Or(asked, roster.IdentificationVerified)
	l := o.lists[k]
	had := slices.IndexFunc(l.of, func(a modelAddress) bool { return a.Value == value })
	var want []roster.Code
	if m.held(k, o, value) && (had < 0 || status != roster.IdentificationUnverified) {
		want = append(want, roster.CodeIdentifierExists)
	}
	id, err := k.replace(m, o.id, written, asked)
	if !m.expect(err, want...) {
		return
	}
	if had >= 0 && l.of[had].ID != id {
		m.Fatalf("%s has a new id", value)
	}
	l.of, l.primary = []modelAddress{{ID: id, Value: value, Status: status}}, id
}

// elect makes an identifier of somebody the user's primary one.
func (m *modelIdentifications) elect(k *modelKind, o *modelOwner) {
	of := pick(m.T, "whose", m.owners).lists[k].of
	if len(of) == 0 {
		return
	}
	a, l := pick(m.T, "which", of), o.lists[k]
	var want []roster.Code
	switch {
	case !slices.Contains(l.of, a):
		want = append(want, roster.CodeFormResourceNotFound)
	case a.Status != roster.IdentificationVerified && l.primary != a.ID:
		want = append(want, roster.CodeVerificationNeeded)
	}
	_, err := m.w.UpdateUser(m.Context(), m.w.caller, o.id, k.elect(a.ID))
	if m.expect(err, want...) {
		l.primary = a.ID
	}
}
