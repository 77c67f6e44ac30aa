package main

import (
	"fmt"

	"github.com/rosterhq/roster"
)

// parameter is a query parameter, wherever it is read.
type parameter struct {
	description string
	schema      object
}

var (
	text    = object{"type": "string", "minLength": 1}
	boolean = object{"type": "boolean"}
	millis  = object{"type": "integer", "format": "int64"}
	texts   = object{"type": "array", "items": text, "maxItems": roster.MaxFilterValues}
)

// signed says how values are taken or left out.
const signed = " A value is taken with + or no sign before it and left out with -."

// parameters are the query parameters by name; overrides the ones that mean
// something else in one operation.
var parameters = map[string]parameter{
	"limit":          {"How many to answer with at most.", object{"type": "integer", "minimum": 1, "maximum": roster.MaxLimit, "default": roster.DefaultLimit}},
	"offset":         {"How many to pass over.", object{"type": "integer", "format": "int64", "minimum": 0, "default": 0}},
	"starting_after": {"The id of the last element of the page before. It keeps its place while others come and go, and excludes offset.", text},

	"user_id":         {"Users by id." + signed, texts},
	"organization_id": {"Organizations by id." + signed, texts},
	"external_id":     {"Users by external id." + signed, texts},
	"email_address":   {"Users with any of the email addresses.", texts},
	"phone_number":    {"Users with any of the phone numbers.", texts},
	"username":        {"Users with any of the usernames.", texts},
	"web3_wallet":     {"Users with any of the wallet addresses.", texts},
	"role":            {"Memberships with any of the role keys.", texts},

	"query":               {"Users with this text in an email address, phone number, username, wallet address, id or name, whatever its case.", text},
	"email_address_query": {"Users with this text in an email address, whatever its case.", text},
	"phone_number_query":  {"Users with this text in a phone number.", text},
	"username_query":      {"Users with this text in the username, whatever its case.", text},
	"name_query":          {"Users with this text in first and last name, whatever its case.", text},

	"public_metadata": {"Memberships with these values in the public metadata: public_metadata[billing.seats]=5. Keys are joined by dots. Of the values of one path any will do.",
		object{"type": "object", "additionalProperties": texts}},

	"banned":                 {"Users who are banned, or who are not.", boolean},
	"last_active_at_before":  {"Users last active before this time, in Unix milliseconds.", millis},
	"last_active_at_after":   {"Users last active after this time, in Unix milliseconds.", millis},
	"last_active_at_since":   {"Users last active on the day of this time, in Unix milliseconds, or later.", millis},
	"created_at_before":      {"Users created before this time, in Unix milliseconds.", millis},
	"created_at_after":       {"Users created after this time, in Unix milliseconds.", millis},
	"last_sign_in_at_before": {"Users who last signed in before this time, in Unix milliseconds.", millis},
	"last_sign_in_at_after":  {"Users who last signed in after this time, in Unix milliseconds.", millis},
	"provider":               {"Users with an account at this provider.", text},
	"provider_user_id":       {"Users by their ids at the provider.", texts},

	"include_members_count":                            {"Whether to count each organization's members.", boolean},
	"include_missing_member_with_elevated_permissions": {"Whether to tell if no member could manage the organization.", boolean},

	"client_id":       {"Sessions of this client.", text},
	"status":          {"Sessions in this state.", object{"type": "string", "enum": roster.SessionStatuses}},
	"verified":        {"Domains that are verified, or that are not.", boolean},
	"enrollment_mode": {"Domains in any of these modes, or in none of those with a - before them. Commas stand between them.", texts},
	"domains":         {"Domains with any of the names.", texts},

	"paginated": {"Whether to answer with a page instead of an array.", boolean},
}

// invitationStates chooses invitations by their state.
var invitationStates = parameter{"Invitations in any of the states.", object{"type": "array", "items": object{"type": "string", "enum": roster.InvitationStatuses}, "maxItems": roster.MaxFilterValues}}

var overrides = map[string]parameter{
	"GetSessionList user_id":                       {"Sessions of this user.", text},
	"ListAllOrganizationDomains query":             {"Domains of the organization with this id, if it starts with org_, or else with this text in the name, whatever its case.", text},
	"ListAllOrganizationDomains organization_id":   {"Domains of this organization.", text},
	"ListAllOrganizationDomains order_by":          order(roster.OrganizationDomainOrders),
	"ListOrganizations query":                      {"Organizations with this id, or with this text in name or slug.", text},
	"ListOrganizationRoles query":                  {"Roles with this id, or with this text in name or key.", text},
	"ListOrganizationRoles order_by":               order(roster.RoleOrders),
	"ListOrganizationPermissions query":            {"Permissions with this id, or with this text in name or key.", text},
	"ListOrganizationPermissions order_by":         order(roster.PermissionOrders),
	"ListRoleSets query":                           {"Role sets with this id, or with this text in name or key.", text},
	"ListRoleSets order_by":                        order(roster.RoleSetOrders),
	"ListOrganizations user_id":                    {"Organizations with any of the users as members." + signed, texts},
	"ListOrganizations order_by":                   order(roster.OrganizationOrders),
	"GetUserList order_by":                         order(roster.UserOrders),
	"ListOrganizationMemberships order_by":         order(roster.MembershipOrders),
	"InstanceGetOrganizationMemberships order_by":  order(roster.MembershipOrders),
	"GetUserList organization_id":                  {"Members of any of the organizations." + signed, texts},
	"GetUsersCount organization_id":                {"Members of any of the organizations." + signed, texts},
	"ListOrganizationInvitations status":           invitationStates,
	"ListOrganizationInvitations email_address":    {"Invitations to this email address.", text},
	"ListOrganizationInvitations order_by":         order(roster.InvitationOrders),
	"ListInstanceOrganizationInvitations status":   invitationStates,
	"ListInstanceOrganizationInvitations query":    {"Invitations with this text in the email address, whatever its case.", text},
	"ListInstanceOrganizationInvitations order_by": order(roster.InvitationOrders),
	"UsersGetOrganizationInvitations status":       invitationStates,
}

// order lists every attribute in both directions.
func order(by []string) parameter {
	var values []string
	for _, name := range by {
		values = append(values, name, "+"+name, "-"+name)
	}
	return parameter{
		"The attribute to sort by, upwards unless a - precedes it. Who lacks it comes last.",
		object{"type": "string", "enum": values, "default": "-created_at"},
	}
}

func queryParameter(operation, name string) (object, error) {
	p, ok := overrides[operation+" "+name]
	if !ok {
		if p, ok = parameters[name]; !ok {
			return nil, fmt.Errorf("query parameter %s has no entry in parameters.go", name)
		}
	}
	out := object{"name": name, "in": "query", "description": p.description, "schema": p.schema}
	switch p.schema["type"] {
	case "array":
		out["style"], out["explode"] = "form", true
	case "object":
		out["style"], out["explode"] = "deepObject", true
	}
	return out, nil
}
