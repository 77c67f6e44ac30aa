package client_test

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/organization-domains.md.

func exampleOrganizationDomainsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	domain, err := c.OrganizationDomains.Create(ctx, organizationID, roster.CreateOrganizationDomain{
		Name:           "Example.com",
		EnrollmentMode: roster.Value(roster.AutomaticSuggestion),
	})
	if errors.Is(err, roster.CodeDomainAlreadyExists) {
		fmt.Println("another organization has verified it")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(domain.Name, domain.Verified(), domain.EnrollmentMode)
	return nil
}

func exampleOrganizationDomainsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	page, err := c.OrganizationDomains.List(ctx, organizationID, roster.OrganizationDomainQuery{
		Verified:       roster.Value(true),
		EnrollmentMode: roster.Except(roster.EnterpriseSSO),
	})
	if err != nil {
		return err
	}
	for _, d := range page.Data {
		fmt.Println(d.Name, d.EnrollmentMode)
	}
	return nil
}

func exampleOrganizationDomainsListInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.OrganizationDomains.ListInstance(ctx, roster.InstanceDomainQuery{
		OrderBy: roster.Asc("name"),
		Query:   "acme",
	})
	if err != nil {
		return err
	}
	for _, d := range page.Data {
		fmt.Println(d.Name, "of", d.PublicOrganizationData.Name)
	}
	return nil
}

func exampleOrganizationDomainsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	for d, err := range c.OrganizationDomains.All(ctx, organizationID, roster.OrganizationDomainQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(d.Name)
	}
	return nil
}

func exampleOrganizationDomainsAllInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	q := roster.InstanceDomainQuery{Domains: []string{"acme.example", "bolt.example"}}
	for d, err := range c.OrganizationDomains.AllInstance(ctx, q) {
		if err != nil {
			return err
		}
		fmt.Println(d.Name, "is", d.PublicOrganizationData.Name+"'s")
	}
	return nil
}

func exampleOrganizationDomainsUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, domainID := w.organizationID, w.domainID
	//
	domain, err := c.OrganizationDomains.Update(ctx, organizationID, domainID, roster.UpdateOrganizationDomain{
		Verified: roster.Value(false),
	})
	if err != nil {
		return err
	}
	fmt.Println(domain.Name, domain.Verified())
	return nil
}

func exampleOrganizationDomainsVerifyOwnership(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, domainID := w.organizationID, w.domainID
	//
	domain, err := c.OrganizationDomains.VerifyOwnership(ctx, organizationID, domainID)
	if err != nil {
		return err
	}
	fmt.Println(domain.OwnershipVerification.Status, domain.OwnershipVerification.Strategy)
	return nil
}

func exampleOrganizationDomainsDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, domainID := w.organizationID, w.domainID
	//
	deleted, err := c.OrganizationDomains.Delete(ctx, organizationID, domainID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}
