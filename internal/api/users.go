package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aUser(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.UserExists(ctx, c, ids[0])
}

func createUser(r *request) roster.CreateUser {
	b := r.body
	defer b.closed()
	return roster.CreateUser{
		ExternalID:                b.text("external_id"),
		FirstName:                 b.text("first_name"),
		LastName:                  b.text("last_name"),
		Locale:                    b.text("locale"),
		EmailAddress:              b.texts("email_address"),
		EmailAddressStatus:        b.choices("email_address_identification_status", "verified", "reserved"),
		PhoneNumber:               b.texts("phone_number"),
		PhoneNumberStatus:         b.choices("phone_number_identification_status", "verified", "reserved"),
		Web3Wallet:                b.texts("web3_wallet"),
		Username:                  b.text("username"),
		Password:                  b.text("password"),
		PasswordDigest:            b.text("password_digest"),
		PasswordHasher:            b.text("password_hasher"),
		SkipPasswordChecks:        b.flag("skip_password_checks"),
		TOTPSecret:                b.text("totp_secret"),
		BackupCodes:               b.texts("backup_codes"),
		SkipPasswordRequirement:   b.flag("skip_password_requirement"),
		SkipUserRequirement:       b.flag("skip_user_requirement"),
		PublicMetadata:            b.metadata("public_metadata"),
		PrivateMetadata:           b.metadata("private_metadata"),
		UnsafeMetadata:            b.metadata("unsafe_metadata"),
		DeleteSelfEnabled:         b.boolean("delete_self_enabled"),
		CreateOrganizationEnabled: b.boolean("create_organization_enabled"),
		CreateOrganizationsLimit:  b.count("create_organizations_limit"),
		LegalAcceptedAt:           b.text("legal_accepted_at"),
		SkipLegalChecks:           b.flag("skip_legal_checks"),
		CreatedAt:                 b.text("created_at"),
		BypassClientTrust:         b.boolean("bypass_client_trust"),
		Banned:                    b.boolean("banned"),
		Locked:                    b.boolean("locked"),
	}
}

func updateUser(r *request) roster.UpdateUser {
	b := r.body
	defer b.closed()
	b.unnotified()
	return roster.UpdateUser{
		ExternalID:                b.nullable("external_id"),
		FirstName:                 b.nullable("first_name"),
		LastName:                  b.nullable("last_name"),
		Locale:                    b.nullable("locale"),
		PrimaryEmailAddressID:     b.text("primary_email_address_id"),
		PrimaryPhoneNumberID:      b.text("primary_phone_number_id"),
		PrimaryWeb3WalletID:       b.text("primary_web3_wallet_id"),
		Username:                  b.nullable("username"),
		ProfileImageID:            b.text("profile_image_id"),
		Password:                  b.text("password"),
		PasswordDigest:            b.text("password_digest"),
		PasswordHasher:            b.text("password_hasher"),
		SkipPasswordChecks:        b.flag("skip_password_checks"),
		TOTPSecret:                b.text("totp_secret"),
		BackupCodes:               b.texts("backup_codes"),
		SignOutOfOtherSessions:    b.flag("sign_out_of_other_sessions"),
		DeleteSelfEnabled:         b.boolean("delete_self_enabled"),
		CreateOrganizationEnabled: b.boolean("create_organization_enabled"),
		CreateOrganizationsLimit:  b.count("create_organizations_limit"),
		LegalAcceptedAt:           b.text("legal_accepted_at"),
		SkipLegalChecks:           b.flag("skip_legal_checks"),
		CreatedAt:                 b.text("created_at"),
		BypassClientTrust:         b.boolean("bypass_client_trust"),
		PublicMetadata:            b.retiredMetadata("public_metadata"),
		PrivateMetadata:           b.retiredMetadata("private_metadata"),
		UnsafeMetadata:            b.retiredMetadata("unsafe_metadata"),
	}
}

func mergeUserMetadata(r *request) roster.UpdateMetadata {
	defer r.body.closed()
	return roster.UpdateMetadata{
		PublicMetadata:  r.body.metadata("public_metadata"),
		PrivateMetadata: r.body.metadata("private_metadata"),
		UnsafeMetadata:  r.body.metadata("unsafe_metadata"),
	}
}

func replaceUserMetadata(r *request) roster.UpdateMetadata {
	defer r.body.closed()
	return roster.UpdateMetadata{
		PublicMetadata:  r.body.replacement("public_metadata"),
		PrivateMetadata: r.body.replacement("private_metadata"),
		UnsafeMetadata:  r.body.replacement("unsafe_metadata"),
	}
}

func userQuery(r *request) roster.UserQuery {
	q := userFilters(r)
	q.OrderBy = r.query.firstOrder(roster.UserOrders)
	q.Paging = r.query.walk()
	if q.StartingAfter != "" && q.OrderBy.By != "" && q.OrderBy.By != "created_at" {
		r.problem(roster.ErrConditionalDisallowed.On("starting_after", "order_by "+q.OrderBy.By))
	}
	return q
}

// userFilters is userQuery without order and page, which the count does not even
// look at: clients send it a list's whole query.
func userFilters(r *request) roster.UserQuery {
	q := r.query
	in := roster.UserQuery{
		UserID:             q.selection("user_id"),
		ExternalID:         q.selection("external_id"),
		OrganizationID:     q.selection("organization_id"),
		EmailAddress:       q.texts("email_address"),
		PhoneNumber:        q.phones("phone_number"),
		Username:           q.texts("username"),
		Web3Wallet:         q.texts("web3_wallet"),
		Query:              q.text("query"),
		EmailAddressQuery:  q.text("email_address_query"),
		PhoneNumberQuery:   q.phone("phone_number_query"),
		UsernameQuery:      q.text("username_query"),
		NameQuery:          q.text("name_query"),
		Banned:             q.boolean("banned"),
		LastActiveAtBefore: q.millis("last_active_at_before"),
		LastActiveAtAfter:  q.millis("last_active_at_after"),
		LastActiveAtSince:  q.millis("last_active_at_since"),
		CreatedAtBefore:    q.millis("created_at_before"),
		CreatedAtAfter:     q.millis("created_at_after"),
		LastSignInAtBefore: q.millis("last_sign_in_at_before"),
		LastSignInAtAfter:  q.millis("last_sign_in_at_after"),
		Provider:           q.text("provider"),
		ProviderUserID:     q.texts("provider_user_id"),
	}
	if in.Provider != "" && len(in.ProviderUserID) == 0 {
		r.problem(roster.ErrConditionalMissing.On("provider_user_id", "provider"))
	}
	if in.Provider == "" && len(in.ProviderUserID) > 0 {
		r.problem(roster.ErrConditionalMissing.On("provider", "provider_user_id"))
	}
	return in
}
