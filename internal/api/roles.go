package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aRole(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.RoleExists(ctx, c, ids[0])
}

func roleQuery(r *request) roster.RoleQuery {
	return roster.RoleQuery{
		Query:   r.query.text("query"),
		OrderBy: r.query.order(roster.RoleOrders),
		Paging:  r.query.page(),
	}
}

func createRole(r *request) roster.CreateRole {
	b := r.body
	defer b.closed()
	return roster.CreateRole{
		Name:                    b.required("name"),
		Key:                     b.required("key"),
		Description:             b.text("description"),
		Permissions:             b.textsUpTo("permissions", roster.MaxRolePermissions),
		IncludeInInitialRoleSet: b.boolean("include_in_initial_role_set"),
	}
}

func updateRole(r *request) roster.UpdateRole {
	return roster.UpdateRole{
		Name:        r.body.text("name"),
		Key:         r.body.text("key"),
		Description: r.body.text("description"),
		Permissions: r.body.textsUpTo("permissions", roster.MaxRolePermissions),
	}
}
