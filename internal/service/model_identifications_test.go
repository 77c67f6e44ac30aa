package service_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// modelAddress is an email address, phone number or wallet as the model has it.
type modelAddress struct {
	ID, Value, Status string
	Second, Default   bool
}

// modelOwner is a user as far as the model goes.
type modelOwner struct {
	id    string
	named bool // has a username
	lists map[*modelKind]*modelList
}

// modelList is what a user has of a kind. primary is the id of an address.
type modelList struct {
	primary string
	of      []modelAddress
}

type modelIdentifications struct {
	*rapid.T
	w      *world
	owners []*modelOwner
}

// TestIdentificationsFollowTheirModel gives, changes, replaces and takes away email
// addresses, phone numbers and wallets at random, and holds every answer and every
// state against a model that knows nothing of claims or rows.
func TestIdentificationsFollowTheirModel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(12 * time.Second)
		steps := 0
		rapid.Check(t, func(rt *rapid.T) {
			if tries.over() {
				return
			}
			m := &modelIdentifications{T: rt, w: newInstance(rt, st, service.Options{})}
			for range 2 {
				m.newcomer()
			}
			for range 30 {
				m.step()
				steps++
			}
			for _, o := range m.owners {
				m.compare(o)
			}
		})
		t.Logf("%d steps", steps)
	})
}

func (m *modelIdentifications) step() {
	if len(m.owners) == 0 || len(m.owners) < 5 && chance(m.T, "newcomer", 6) {
		m.newcomer()
		return
	}
	o, k := pick(m.T, "owner", m.owners), pick(m.T, "kind", modelKinds)
	actions := []func(*modelKind, *modelOwner){m.remove, m.elect}
	if k.create != nil {
		actions = []func(*modelKind, *modelOwner){m.create, m.create, m.update, m.update, m.replace, m.remove, m.elect}
	}
	pick(m.T, "action", actions)(k, o)
	m.compare(o)
}

// value is a value of a kind and a way to write it.
func (m *modelIdentifications) value(k *modelKind) (value, written string) {
	value = pick(m.T, "value", k.values)
	if chance(m.T, "other spelling", 3) {
		return value, k.spelled(value)
	}
	return value, value
}

func (m *modelIdentifications) boolean(name string) roster.Field[bool] {
	return rapid.SampledFrom([]roster.Field[bool]{{}, roster.Value(true), roster.Value(false)}).Draw(m.T, name)
}

// held reports whether a value is somebody else's alone.
func (m *modelIdentifications) held(k *modelKind, by *modelOwner, value string) bool {
	return slices.ContainsFunc(m.owners, func(o *modelOwner) bool {
		return o != by && slices.ContainsFunc(o.lists[k].of, func(a modelAddress) bool { return a.Value == value && a.Status != roster.IdentificationUnverified })
	})
}

// settle makes one second factor the default: the one that is, or else the oldest.
func (l *modelList) settle() {
	keep := slices.IndexFunc(l.of, func(a modelAddress) bool { return a.Default && a.Second })
	if keep < 0 {
		keep = slices.IndexFunc(l.of, func(a modelAddress) bool { return a.Second })
	}
	for i := range l.of {
		l.of[i].Default = i == keep
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

// newcomer makes a user with up to two identifiers of each kind, all of them its own.
func (m *modelIdentifications) newcomer() {
	o := &modelOwner{named: rapid.Bool().Draw(m.T, "named"), lists: map[*modelKind]*modelList{}}
	var in roster.CreateUser
	if o.named {
		in.Username = roster.Value(fmt.Sprint("user", len(m.owners)))
	}
	given := map[*modelKind][]string{}
	var want []roster.Code
	for _, k := range modelKinds {
		for range index(m.T, "how many", 3) {
			value, written := m.value(k)
			if slices.Contains(given[k], value) {
				continue
			}
			given[k] = append(given[k], value)
			*k.given(&in) = append(*k.given(&in), written)
			if m.held(k, nil, value) {
				want = append(want, roster.CodeIdentifierExists)
			}
		}
	}
	if len(given) == 0 && !o.named {
		want = append(want, roster.CodeFormDataMissing)
	}
	u, err := m.w.CreateUser(m.Context(), m.w.caller, in)
	if !m.expect(err, want...) {
		return
	}
	o.id = u.ID
	for _, k := range modelKinds {
		o.lists[k] = &modelList{}
		shown, primary := k.shown(u)
		for i, value := range given[k] {
			o.lists[k].of = append(o.lists[k].of, modelAddress{ID: shown[i].ID, Value: value, Status: roster.IdentificationVerified})
			o.lists[k].primary = shown[0].ID
		}
		if opt(primary) != cmp.Or(o.lists[k].primary, "none") {
			m.Fatalf("primary %s, want %q", opt(primary), o.lists[k].primary)
		}
	}
	m.owners = append(m.owners, o)
	m.compare(o)
}
