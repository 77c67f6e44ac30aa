package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aMembership(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.MembershipExists(ctx, c, ids[0], ids[1])
}

func createMembership(r *request) roster.CreateMembership {
	return roster.CreateMembership{
		UserID:          r.body.required("user_id"),
		Role:            r.body.required("role"),
		PublicMetadata:  r.body.metadata("public_metadata"),
		PrivateMetadata: r.body.metadata("private_metadata"),
	}
}

func updateMembership(r *request) roster.UpdateMembership {
	return roster.UpdateMembership{Role: r.body.required("role")}
}

func membershipQuery(r *request) roster.MembershipQuery {
	q := r.query
	return roster.MembershipQuery{
		OrderBy:            q.order(roster.MembershipOrders),
		UserID:             q.selection("user_id"),
		EmailAddress:       q.texts("email_address"),
		PhoneNumber:        q.phones("phone_number"),
		Username:           q.texts("username"),
		Web3Wallet:         q.texts("web3_wallet"),
		Role:               q.texts("role"),
		Query:              q.text("query"),
		EmailAddressQuery:  q.text("email_address_query"),
		PhoneNumberQuery:   q.phone("phone_number_query"),
		UsernameQuery:      q.text("username_query"),
		NameQuery:          q.text("name_query"),
		LastActiveAtBefore: q.millis("last_active_at_before"),
		LastActiveAtAfter:  q.millis("last_active_at_after"),
		CreatedAtBefore:    q.millis("created_at_before"),
		CreatedAtAfter:     q.millis("created_at_after"),
		PublicMetadata:     q.terms(),
		Paging:             q.walk(),
	}
}

// instanceMembershipQuery takes more than the published document says: every
// filter of one organization's list, and the organizations themselves.
func instanceMembershipQuery(r *request) roster.MembershipQuery {
	q := membershipQuery(r)
	q.OrganizationID = r.query.selection("organization_id")
	return q
}

// paging is what the list of a user's memberships takes.
func paging(r *request) roster.Paging {
	r.query.noTerms("public_metadata", "private_metadata", "unsafe_metadata")
	return r.query.walk()
}
