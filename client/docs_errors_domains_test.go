package client_test

import (
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/rostertest"
)

func provokeDomains(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().OrganizationDomains
	full := must(srv.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Full"}))(t).ID
	var waiting string
	for i := range 10 {
		waiting = must(c.Create(ctx, full, roster.CreateOrganizationDomain{Name: fmt.Sprintf("full%d.example", i), Verified: roster.Value(i < 9)}))(t).ID
	}
	must(c.Create(ctx, w.organizationID, roster.CreateOrganizationDomain{Name: "full9.example"}))(t)
	on := func(section, code string, call func() error) { calls["OrganizationDomains"+section+" "+code] = call }
	for code, in := range map[string]roster.CreateOrganizationDomain{
		"form_param_nil":                                       {},
		"form_param_max_length_exceeded":                       {Name: long},
		"form_param_format_invalid":                            {Name: "co.uk"},
		"form_param_value_invalid":                             {Name: "new.example", EnrollmentMode: roster.Value("by_mail")},
		"organization_domain_common":                           {Name: "gmail.com"},
		"organization_domain_blocked":                          {Name: "mailinator.com"},
		"organization_domain_already_exists":                   {Name: "full1.example"},
		"organization_domain_already_exists_same_organization": {Name: "acme.example"},
	} {
		on("Create", code, func() error { return second(c.Create(ctx, w.organizationID, in)) })
	}
	on("Create", "resource_not_found", func() error {
		return second(c.Create(ctx, "org_none", roster.CreateOrganizationDomain{Name: "new.example"}))
	})
	on("Create", "organization_domain_quota_exceeded", func() error {
		return second(c.Create(ctx, full, roster.CreateOrganizationDomain{Name: "new.example"}))
	})
	bad := roster.OrganizationDomainQuery{Paging: roster.Paging{Limit: -1}}
	on("List", "resource_not_found", func() error { return second(c.List(ctx, "org_none", roster.OrganizationDomainQuery{})) })
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, w.organizationID, bad)) })
	for code, q := range map[string]roster.InstanceDomainQuery{
		"form_param_value_invalid": {OrganizationDomainQuery: bad},
		"form_param_nil":           {Query: " "},
		"form_param_duplicate":     {Domains: many},
	} {
		on("ListInstance", code, func() error { return second(c.ListInstance(ctx, q)) })
	}
	verify := roster.UpdateOrganizationDomain{Verified: roster.Value(true)}
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, full, w.domainID, verify)) })
	on("Update", "organization_domain_already_exists", func() error { return second(c.Update(ctx, full, waiting, verify)) })
	on("Update", "form_param_value_invalid", func() error {
		return second(c.Update(ctx, full, waiting, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value("by_mail")}))
	})
	on("VerifyOwnership", "resource_not_found", func() error { return second(c.VerifyOwnership(ctx, full, w.domainID)) })
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, full, w.domainID)) })
}
