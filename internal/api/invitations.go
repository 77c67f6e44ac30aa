package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func anInvitation(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.InvitationExists(ctx, c, ids[0], ids[1])
}

func createInvitation(r *request) roster.CreateInvitation { return invitationOf(r.body) }

func invitationOf(b body) roster.CreateInvitation {
	return roster.CreateInvitation{
		EmailAddress:    b.required("email_address"),
		Role:            b.required("role"),
		InviterUserID:   b.text("inviter_user_id"),
		PublicMetadata:  b.metadata("public_metadata"),
		PrivateMetadata: b.metadata("private_metadata"),
		RedirectURL:     b.text("redirect_url"),
		ExpiresInDays:   b.count("expires_in_days"),
		Notify:          b.boolean("notify"),
	}
}

// createInvitations reads an array of invitations. Its length decides before what is
// in it does.
func createInvitations(r *request) []roster.CreateInvitation {
	if n := r.body.length(); n > roster.MaxBulkInvitations {
		r.problem(roster.ErrBulkSizeExceeded.New(roster.MaxBulkInvitations))
		return nil
	}
	return eachElement(r, invitationOf)
}

func revokeInvitation(r *request) roster.RevokeInvitation {
	return roster.RevokeInvitation{RequestingUserID: r.body.text("requesting_user_id")}
}

func invitationQuery(r *request) roster.InvitationQuery {
	return roster.InvitationQuery{
		Status:       r.query.anyOf("status", roster.InvitationStatuses),
		EmailAddress: r.query.text("email_address"),
		OrderBy:      r.query.order(roster.InvitationOrders),
		Paging:       r.query.page(),
	}
}

func pendingInvitations(r *request) roster.InvitationQuery {
	return roster.InvitationQuery{Status: []string{roster.InvitationPending}, Paging: r.query.page()}
}

func instanceInvitationQuery(r *request) roster.InvitationQuery {
	return roster.InvitationQuery{
		Status:  r.query.anyOf("status", roster.InvitationStatuses),
		Query:   r.query.text("query"),
		OrderBy: r.query.order(roster.InvitationOrders),
		Paging:  r.query.page(),
	}
}

func userInvitationQuery(r *request) roster.InvitationQuery {
	return roster.InvitationQuery{
		Status: r.query.anyOf("status", roster.InvitationStatuses),
		Paging: r.query.page(),
	}
}
