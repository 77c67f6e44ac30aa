package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aDomain(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.DomainExists(ctx, c, ids[0], ids[1])
}

func createDomain(r *request) roster.CreateOrganizationDomain {
	b := r.body
	defer b.closed()
	return roster.CreateOrganizationDomain{
		Name:           b.required("name"),
		EnrollmentMode: b.choice("enrollment_mode", roster.EnrollmentModes),
		Verified:       b.boolean("verified"),
	}
}

func updateDomain(r *request) roster.UpdateOrganizationDomain {
	return roster.UpdateOrganizationDomain{
		EnrollmentMode: r.body.choice("enrollment_mode", roster.EnrollmentModes),
		Verified:       r.body.boolean("verified"),
	}
}

func domainQuery(r *request) roster.OrganizationDomainQuery {
	return roster.OrganizationDomainQuery{
		Verified:       r.query.boolean("verified"),
		EnrollmentMode: r.query.choices("enrollment_mode", roster.EnrollmentModes),
		Paging:         r.query.page(),
	}
}

func instanceDomainQuery(r *request) roster.InstanceDomainQuery {
	q := r.query
	return roster.InstanceDomainQuery{
		OrganizationDomainQuery: domainQuery(r),
		OrderBy:                 q.order(roster.OrganizationDomainOrders),
		OrganizationID:          q.id("organization_id"),
		Query:                   q.filled("query"),
		Domains:                 q.texts("domains"),
	}
}
