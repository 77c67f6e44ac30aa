package service_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// plan is a JWT template of the oracle.
type plan struct {
	id, name         string
	lifetime         int64
	created, updated int64
}

func (p *plan) key() string        { return p.id }
func (p *plan) place(string) place { return place{number: p.created} }
func (p *plan) String() string {
	return fmt.Sprint(p.id, " ", p.name, " ", p.lifetime, " ", p.created, " ", p.updated)
}

// drawPlans makes, changes and deletes random templates, whose names and times
// collide.
func drawPlans(t *rapid.T, w *world) (plans []*plan) {
	name := func() string { return pick(t, "name", []string{"a", "A", "a-b", "b_1", "c"}) }
	taken := func(name string, by *plan) bool {
		return slices.ContainsFunc(plans, func(p *plan) bool { return p != by && p.name == name })
	}
	for range index(t, "steps", 25) {
		now := w.clock.Add(pick(t, "tick", []int64{0, 0, 1, 1000}))
		p := &plan{name: name(), lifetime: 60, created: now, updated: now}
		var of *plan
		if len(plans) > 0 && chance(t, "there", 2) {
			of = pick(t, "of", plans)
		}
		switch {
		case of == nil:
			made, err := w.CreateJWTTemplate(t.Context(), w.caller, roster.CreateJWTTemplate{Name: p.name, Claims: roster.Metadata("{}")})
			if errors.Is(err, roster.CodeAlreadyExists) != taken(p.name, nil) {
				t.Fatalf("create %s: %v", p.name, err)
			}
			if err == nil {
				p.id = made.ID
				plans = append(plans, p)
			}
		case chance(t, "delete", 3):
			if _, err := w.DeleteJWTTemplate(t.Context(), w.caller, of.id); err != nil {
				t.Fatal(err)
			}
			plans = slices.DeleteFunc(plans, func(p *plan) bool { return p == of })
		default:
			lifetime := pick(t, "lifetime", []int64{60, 90})
			_, err := w.UpdateJWTTemplate(t.Context(), w.caller, of.id, roster.UpdateJWTTemplate{Name: p.name, Claims: roster.Metadata("{}"), Lifetime: roster.Value(lifetime)})
			if errors.Is(err, roster.CodeAlreadyExists) != taken(p.name, of) {
				t.Fatalf("rename %s to %s: %v", of.name, p.name, err)
			}
			if err == nil && (of.name != p.name || of.lifetime != lifetime) {
				of.name, of.lifetime, of.updated = p.name, lifetime, now
			}
		}
	}
	return plans
}

func TestTemplateListsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(4 * time.Second)
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			w := randomWorld(t, st)
			plans := drawPlans(t, w)
			for range 6 {
				p := (&asker{T: t}).paging(nil)
				got, err := w.JWTTemplates(t.Context(), w.caller, p)
				if err != nil {
					t.Fatal(err)
				}
				page, total := expect(plans, roster.Desc("created_at"), p, func(*plan) bool { return true })
				var rows, want []string
				for _, j := range got.Data {
					rows = append(rows, (&plan{j.ID, j.Name, j.Lifetime, j.CreatedAt, j.UpdatedAt}).String())
				}
				for _, p := range page {
					want = append(want, p.String())
				}
				same(t, "templates", p, rows, want, got.TotalCount, total)
			}
		})
	})
}
