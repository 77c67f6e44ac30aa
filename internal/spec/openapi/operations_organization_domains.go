package main

import "github.com/rosterhq/roster"

var noDomain = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrDomainNotFound, roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled}

var domainOperations = map[string]operation{
	"ListAllOrganizationDomains": {
		tag: domains, summary: "List the domains of all organizations", answers: "A page of domains and how many match.", result: roster.Page[roster.OrganizationDomain]{},
		errors: []roster.Kind{roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled},
	},
	"CreateOrganizationDomain": {
		tag: domains, summary: "Add a domain to an organization", body: roster.CreateOrganizationDomain{}, answers: "The new domain.", result: roster.OrganizationDomain{},
		errors: join(noOrganization, []roster.Kind{
			roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrDomainCommon, roster.ErrDomainBlocked,
			roster.ErrDomainAlreadyExists, roster.ErrDomainInOrganization, roster.ErrDomainQuotaExceeded, roster.ErrEnrollmentModeNotEnabled,
			roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled,
		}),
	},
	"ListOrganizationDomains": {
		tag: domains, summary: "List the domains of an organization", answers: "A page of domains and how many match.", result: roster.Page[roster.OrganizationDomain]{},
		errors: join(noOrganization, []roster.Kind{roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled}),
	},
	"UpdateOrganizationDomain": {
		tag: domains, summary: "Change a domain", body: roster.UpdateOrganizationDomain{}, answers: "The changed domain.", result: roster.OrganizationDomain{},
		errors: join(noDomain, []roster.Kind{roster.ErrDomainAlreadyExists, roster.ErrEnrollmentModeNotEnabled}),
	},
	"DeleteOrganizationDomain": {
		tag: domains, summary: "Take a domain off an organization", answers: "What was deleted.", result: roster.Deleted{}, errors: noDomain,
	},
	"VerifyOrganizationDomainOwnership": {
		tag: domains, summary: "Vouch for the ownership of a domain", answers: "The domain.", result: roster.OrganizationDomain{}, errors: noDomain,
	},
}
