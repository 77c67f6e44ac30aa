package roster

import (
	"net/url"
	"strings"
)

// Enrolment modes of a domain: what happens to a user with a verified email
// address of it.
const (
	ManualInvitation    = "manual_invitation"    // nothing: members are invited one by one
	AutomaticInvitation = "automatic_invitation" // the user is invited
	AutomaticSuggestion = "automatic_suggestion" // the user is told that the organization is there
	EnterpriseSSO       = "enterprise_sso"       // nothing before the user signs in at the enterprise
)

// EnrollmentModes are all of them.
var EnrollmentModes = []string{ManualInvitation, AutomaticInvitation, AutomaticSuggestion, EnterpriseSSO}

// OrganizationDomain is an email domain of an organization. Name is lower case, in
// the ASCII form of internationalized names. A domain is verified while
// AffiliationVerification is there, of which Verification is an older name;
// OwnershipVerification says that somebody vouched for who owns it. Times are Unix
// milliseconds.
type OrganizationDomain struct {
	Object                  string                  `json:"object"`
	ID                      string                  `json:"id"`
	OrganizationID          string                  `json:"organization_id"`
	Name                    string                  `json:"name"`
	EnrollmentMode          string                  `json:"enrollment_mode"`
	AffiliationEmailAddress *string                 `json:"affiliation_email_address"`
	AffiliationVerification *DomainVerification     `json:"affiliation_verification"`
	OwnershipVerification   *DomainVerification     `json:"ownership_verification"`
	Verification            *DomainVerification     `json:"verification"`
	TotalPendingInvitations int64                   `json:"total_pending_invitations"`
	TotalPendingSuggestions int64                   `json:"total_pending_suggestions"`
	PublicOrganizationData  *PublicOrganizationData `json:"public_organization_data,omitzero"`
	CreatedAt               int64                   `json:"created_at"`
	UpdatedAt               int64                   `json:"updated_at"`
}

// Verified reports whether users are enrolled by the domain, if its mode says so.
func (d *OrganizationDomain) Verified() bool { return d.AffiliationVerification != nil }

// DomainVerification is how a domain was verified. VerifiedAt, in Unix
// milliseconds, is set for ownership only.
type DomainVerification struct {
	Status     string `json:"status"`
	Strategy   string `json:"strategy"`
	Attempts   *int64 `json:"attempts"`
	ExpireAt   *int64 `json:"expire_at"`
	VerifiedAt *int64 `json:"verified_at"`
}

// OrganizationDomainOrders are the attributes domains sort by. The default is
// Desc("created_at").
var OrganizationDomainOrders = []string{"name", "created_at"}

// OrganizationDomainQuery chooses domains of an organization, newest first.
type OrganizationDomainQuery struct {
	Paging

	Verified       Field[bool]
	EnrollmentMode Selection
}

// Values is the query string of the list.
func (q OrganizationDomainQuery) Values() url.Values {
	v := url.Values{}
	q.Paging.values(v)
	setBool(v, "verified", q.Verified)
	modes := append([]string{}, q.EnrollmentMode.Include...)
	for _, mode := range q.EnrollmentMode.Exclude {
		modes = append(modes, "-"+mode)
	}
	setText(v, "enrollment_mode", strings.Join(modes, ","))
	return v
}

// InstanceDomainQuery chooses domains of all organizations. Query is the id of an
// organization, if it starts as those do, or else a part of the name; Domains are
// whole names, any of which will do.
type InstanceDomainQuery struct {
	OrganizationDomainQuery

	OrderBy        Order
	OrganizationID string
	Query          string
	Domains        []string
}

// Values is the query string of the list.
func (q InstanceDomainQuery) Values() url.Values {
	v := q.OrganizationDomainQuery.Values()
	setText(v, "order_by", q.OrderBy.String())
	setText(v, "organization_id", q.OrganizationID)
	setText(v, "query", q.Query)
	addAll(v, "domains", q.Domains)
	return v
}

// CreateOrganizationDomain adds a domain; Name is required. EnrollmentMode is
// ManualInvitation unless given, Verified true.
type CreateOrganizationDomain struct {
	Name           string        `json:"name"`
	EnrollmentMode Field[string] `json:"enrollment_mode,omitzero"`
	Verified       Field[bool]   `json:"verified,omitzero"`
}

// UpdateOrganizationDomain changes what is present.
type UpdateOrganizationDomain struct {
	EnrollmentMode Field[string] `json:"enrollment_mode,omitzero"`
	Verified       Field[bool]   `json:"verified,omitzero"`
}
