package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aPermission(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.PermissionExists(ctx, c, ids[0])
}

func permissionQuery(r *request) roster.PermissionQuery {
	return roster.PermissionQuery{
		Query:   r.query.text("query"),
		OrderBy: r.query.order(roster.PermissionOrders),
		Paging:  r.query.page(),
	}
}

func createPermission(r *request) roster.CreatePermission {
	return roster.CreatePermission{
		Name:        r.body.required("name"),
		Key:         r.body.required("key"),
		Description: r.body.text("description"),
	}
}

func updatePermission(r *request) roster.UpdatePermission {
	return roster.UpdatePermission{
		Name:        r.body.text("name"),
		Key:         r.body.text("key"),
		Description: r.body.text("description"),
	}
}
