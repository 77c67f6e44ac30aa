package api_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// node is one of several servers of a database.
type node struct {
	*service.Service
	url string
}

func newNode(t *testing.T, database string) *node {
	t.Helper()
	st, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{Service: service.New(st, service.Options{})}
	srv := httptest.NewServer(api.New(n.Service, api.Options{}))
	n.url = srv.URL + "/v1"
	t.Cleanup(func() {
		srv.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func (n *node) client(t *testing.T, key string) *client.Client {
	t.Helper()
	c := client.New(key, client.WithBaseURL(n.url))
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// What one node changes every other shows in its next answer.
func TestNodes_agree_at_once(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		database := e.URL(t)
		a, b := newNode(t, database), newNode(t, database)
		inst, key, err := a.CreateInstance(t.Context(), "shared", service.Development, "")
		if err != nil {
			t.Fatal(err)
		}
		ca, cb := a.client(t, key), b.client(t, key)
		for i := range 20 {
			alternate(t, ca, cb, fmt.Sprint("user.", i))
			ca, cb = cb, ca
		}
		second, secret, err := a.CreateKey(t.Context(), inst.ID, "second", "")
		if err != nil {
			t.Fatal(err)
		}
		c := b.client(t, secret)
		if _, err := c.Users.Count(t.Context(), roster.UserQuery{}); err != nil {
			t.Errorf("a new key: %v", err)
		}
		if _, err := a.RevokeKey(t.Context(), second.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Users.Count(t.Context(), roster.UserQuery{}); !errors.Is(err, roster.CodeKeyInvalid) {
			t.Errorf("a revoked key: %v", err)
		}
	})
}

// alternate makes, changes and removes things on one node and looks on the other.
func alternate(t *testing.T, one, other *client.Client, username string) {
	t.Helper()
	ctx := t.Context()
	u := must(one.Users.Create(ctx, roster.CreateUser{Username: roster.Value(username), SkipPasswordRequirement: true}))(t)
	o := must(other.Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme", CreatedBy: roster.Value(u.ID)}))(t)
	list := must(one.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}))(t)
	if list.TotalCount != 1 || list.Data[0].Role != roster.RoleAdmin {
		t.Errorf("the creator's membership shows as %+v", list)
	}
	must(other.Users.Update(ctx, u.ID, roster.UpdateUser{FirstName: roster.Value("Bea")}))(t)
	m := must(one.OrganizationMemberships.Get(ctx, o.ID, u.ID))(t)
	if name := m.PublicUserData.FirstName; name == nil || *name != "Bea" {
		t.Errorf("a member's new name shows as %v", name)
	}
	must(one.OrganizationMemberships.Delete(ctx, o.ID, u.ID))(t)
	if _, err := other.OrganizationMemberships.Get(ctx, o.ID, u.ID); !errors.Is(err, roster.CodeResourceNotFound) {
		t.Errorf("a removed membership: %v", err)
	}
	must(other.Organizations.Delete(ctx, o.ID))(t)
	if _, err := one.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}); !errors.Is(err, roster.CodeResourceNotFound) {
		t.Errorf("the list of a deleted organization: %v", err)
	}
}

// A node remembers what keys grant and which roles there are. What was remembered
// never outlives a change by another node, whatever a request asks for.
func TestNodes_rest_on_nothing_remembered(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		database := e.URL(t)
		a, b := newNode(t, database), newNode(t, database)
		inst, key, err := a.CreateInstance(t.Context(), "shared", service.Development, "")
		if err != nil {
			t.Fatal(err)
		}
		k, secret, err := a.CreateKey(t.Context(), inst.ID, "second", "")
		if err != nil {
			t.Fatal(err)
		}
		ctx, ca, cb := t.Context(), a.client(t, key), b.client(t, secret)
		u := must(ca.Users.Create(ctx, roster.CreateUser{Username: roster.Value("ada.l"), SkipPasswordRequirement: true}))(t)
		o := must(ca.Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme", CreatedBy: roster.Value(u.ID)}))(t)
		role := must(ca.OrganizationRoles.List(ctx, roster.RoleQuery{Query: roster.RoleAdmin}))(t).Data[0]
		for _, name := range []string{"Boss", "Chief", "Head"} {
			must(cb.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}))(t)
			must(ca.OrganizationRoles.Update(ctx, role.ID, roster.UpdateRole{Name: roster.Value(name)}))(t)
			list := must(cb.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}))(t)
			if got := list.Data[0].RoleName; got != name {
				t.Errorf("a role renamed to %s shows as %s", name, got)
			}
		}
		off := roster.UpdateOrganizationSettings{Enabled: roster.Value(false)}
		must(ca.Instance.UpdateOrganizationSettings(ctx, off))(t)
		if _, err := cb.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}); !errors.Is(err, roster.CodeOrganizationNotEnabled) {
			t.Errorf("a list where organizations were switched off: %v", err)
		}
		must(ca.Instance.UpdateOrganizationSettings(ctx, roster.UpdateOrganizationSettings{Enabled: roster.Value(true)}))(t)
		must(cb.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}))(t)
		must(ca.Users.Count(ctx, roster.UserQuery{}))(t)
		if _, err := a.RevokeKey(ctx, k.ID); err != nil {
			t.Fatal(err)
		}
		for name, refused := range map[string]func() error{
			"a list": func() error {
				_, err := cb.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{})
				return err
			},
			"a write":           func() error { _, err := cb.OrganizationMemberships.Delete(ctx, o.ID, u.ID); return err },
			"what is not there": func() error { _, err := cb.Users.Get(ctx, "user_none"); return err },
			"a list of bad limits": func() error {
				_, err := cb.Users.List(ctx, roster.UserQuery{Paging: roster.Paging{Limit: 9999}})
				return err
			},
		} {
			if err := refused(); !errors.Is(err, roster.CodeKeyInvalid) {
				t.Errorf("a revoked key asks for %s: %v", name, err)
			}
		}
		if got := must(ca.OrganizationMemberships.List(ctx, o.ID, roster.MembershipQuery{}))(t); got.TotalCount != 1 {
			t.Errorf("%d members after a write by a revoked key, want 1", got.TotalCount)
		}
	})
}
