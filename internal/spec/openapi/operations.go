package main

import "github.com/rosterhq/roster"

// operation is what neither the route table nor the types know of one operation.
// Body and result are values of the types that are taken and given; a result with
// several forms has alternatives, a nil one is a 204. Errors are the refusals beside the general ones.
type operation struct {
	tag, summary string
	body         any
	answers      string
	result       any
	alternative  any
	errors       []roster.Kind
}

// Tags.
const (
	memberships   = "Organization memberships"
	organizations = "Organizations"
	users         = "Users"
	domains       = "Organization domains"
	permissions   = "Organization permissions"
	roles         = "Organization roles"
	settings      = "Instance settings"
	roleSets      = "Role sets"
	sessions      = "Sessions"
	keySets       = "Key sets"
	clients       = "Clients"
	templates     = "JWT templates"
	invitations   = "Organization invitations"

	lists = "Allow-list and block-list"

	emailAddresses = "Email addresses"
	phoneNumbers   = "Phone numbers"
)

// everywhere are the refusals any request may meet.
var everywhere = []roster.Kind{
	roster.ErrAuthorizationHeader, roster.ErrKeyInvalid, roster.ErrAPIVersionInvalid, roster.ErrMalformedParameters, roster.ErrURITooLong,
	roster.ErrInternal, roster.ErrServiceUnavailable,
}

var refusedParameters = []roster.Kind{roster.ErrParamInvalid, roster.ErrParamNil}

var refusedBodies = []roster.Kind{
	roster.ErrUnsupportedContentType, roster.ErrRequestBodyInvalid, roster.ErrRequestBodyTooLarge, roster.ErrParamType,
}

// What operations of several resources refuse.
var (
	noOrganization = []roster.Kind{roster.ErrOrganizationNotFound}
	noUser         = []roster.Kind{roster.ErrUserNotFound}
	badMetadata    = []roster.Kind{roster.ErrMetadataTooLarge, roster.ErrParamUnknown}
	badImage       = []roster.Kind{roster.ErrImageMissing, roster.ErrImageType, roster.ErrImageBroken, roster.ErrImageTooLarge}
)

func join(lists ...[]roster.Kind) []roster.Kind {
	var all []roster.Kind
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// operations are those of all resources, by their ids.
var operations = together(
	membershipOperations,
	invitationOperations,
	organizationOperations,
	domainOperations,
	roleOperations,
	instanceOperations,
	userOperations,
	identificationOperations,
	sessionOperations,
	templateOperations,
)

// together refuses what is said twice, as the compiler does within one of them.
func together(resources ...map[string]operation) map[string]operation {
	all := make(map[string]operation)
	for _, r := range resources {
		for id, o := range r {
			if _, twice := all[id]; twice {
				panic("openapi: " + id + " is described twice")
			}
			all[id] = o
		}
	}
	return all
}
