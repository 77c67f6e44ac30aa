package roster

import (
	"fmt"
	"strings"
	"time"
)

// Code is the machine-readable name of a failure. It is an error itself, so
// errors.Is(err, roster.CodeResourceNotFound) works on every error of this API.
type Code string

func (c Code) Error() string { return string(c) }

// The codes this API answers with.
const (
	CodeAuthorizationHeaderFormatInvalid   Code = "authorization_header_format_invalid"
	CodeKeyInvalid                         Code = "clerk_key_invalid"
	CodeAPIVersionInvalid                  Code = "api_version_invalid"
	CodeUnsupportedContentType             Code = "unsupported_content_type"
	CodeRequestBodyInvalid                 Code = "request_body_invalid"
	CodeRequestBodyTooLarge                Code = "request_body_too_large"
	CodeMalformedRequestParameters         Code = "malformed_request_parameters"
	CodeRequestURITooLong                  Code = "request_uri_too_long"
	CodeRequestHeaderTooLarge              Code = "request_header_too_large"
	CodeBadRequest                         Code = "bad_request"
	CodeMethodNotAllowed                   Code = "method_not_allowed"
	CodeNotImplemented                     Code = "not_implemented"
	CodeInternalError                      Code = "internal_clerk_error"
	CodeServiceUnavailable                 Code = "service_unavailable"
	CodeTooManyRequests                    Code = "too_many_requests"
	CodeResourceNotFound                   Code = "resource_not_found"
	CodeParamMissing                       Code = "form_param_missing"
	CodeParamUnknown                       Code = "form_param_unknown"
	CodeParamDeprecated                    Code = "form_param_deprecated"
	CodeParamNil                           Code = "form_param_nil"
	CodeParamValueInvalid                  Code = "form_param_value_invalid"
	CodeParamFormatInvalid                 Code = "form_param_format_invalid"
	CodeParamDuplicate                     Code = "form_param_duplicate"
	CodeParamExceedsAllowedSize            Code = "form_param_exceeds_allowed_size"
	CodeParamMaxLengthExceeded             Code = "form_param_max_length_exceeded"
	CodeParamArrayLengthMismatch           Code = "form_param_array_length_mismatch"
	CodeParamArraySizeExceeded             Code = "form_param_array_size_exceeded"
	CodeParamInvalidTime                   Code = "form_param_invalid_time"
	CodeParamInvalidDate                   Code = "form_param_invalid_date"
	CodeConditionalParamMissing            Code = "form_conditional_param_missing"
	CodeConditionalParamDisallowed         Code = "form_conditional_param_disallowed"
	CodeFormResourceNotFound               Code = "form_resource_not_found"
	CodeFormDataMissing                    Code = "form_data_missing"
	CodeIdentifierExists                   Code = "form_identifier_exists"
	CodeAlreadyExists                      Code = "form_already_exists"
	CodeVerificationNeeded                 Code = "form_verification_needed"
	CodeVerificationAlreadyVerified        Code = "verification_already_verified"
	CodePasswordTooShort                   Code = "form_password_length_too_short"
	CodePasswordTooLong                    Code = "form_password_length_too_long"
	CodeUsernameInvalidLength              Code = "form_username_invalid_length"
	CodeUsernameInvalidCharacter           Code = "form_username_invalid_character"
	CodeUsernameNeedsNonNumber             Code = "form_username_needs_non_number_char"
	CodeAlreadyAMember                     Code = "already_a_member_in_organization"
	CodeMembershipQuotaExceeded            Code = "organization_membership_quota_exceeded"
	CodeMinimumPermissionsNeeded           Code = "organization_minimum_permissions_needed"
	CodeOrganizationNotEnabled             Code = "organization_not_enabled_in_instance"
	CodeOrganizationCreatorNotFound        Code = "organization_creator_not_found"
	CodeOrganizationCreationLimitExceeded  Code = "org_creation_limit_exceeded"
	CodeOrganizationSlugsDisabled          Code = "organization_slugs_disabled"
	CodeOrganizationNotFoundOrUnauthorized Code = "organization_not_found_or_unauthorized"
	CodeRoleSetsQuotaExceeded              Code = "organization_instance_role_sets_quota_exceeded"
	CodeRoleOnSetAssigned                  Code = "organization_role_on_set_assigned_to_user"
	CodeReassignmentMappingsMissing        Code = "organization_role_set_reassignment_mappings_missing"
	CodeReassignmentMappingsInvalid        Code = "organization_role_set_reassignment_mappings_invalid"
	CodeRolesQuotaExceeded                 Code = "organization_instance_roles_quota_exceeded"
	CodeRoleIsCreatorRole                  Code = "organization_role_default_creator_role"
	CodeRoleIsDomainDefault                Code = "organization_role_domain_default_role"
	CodeRoleAssigned                       Code = "organization_role_assigned_members"
	CodeRoleInInvitations                  Code = "organization_role_exists_in_invitations"
	CodeMissingCreatorRolePermissions      Code = "organization_missing_creator_role_permissions"
	CodeRolePermissionExists               Code = "organization_role_permission_association_exists"
	CodeRolePermissionNotFound             Code = "organization_role_permission_association_not_found"
	CodeQuotaExceeded                      Code = "quota_exceeded"
	CodeSystemPermissionNotModifiable      Code = "organization_system_permission_not_modifiable"
	CodeDomainsNotEnabled                  Code = "organization_domains_not_enabled"
	CodeEnrollmentModeNotEnabled           Code = "organization_domain_enrollment_mode_not_enabled"
	CodeDomainQuotaExceeded                Code = "organization_domain_quota_exceeded"
	CodeDomainCommon                       Code = "organization_domain_common"
	CodeDomainBlocked                      Code = "organization_domain_blocked"
	CodeDomainAlreadyExists                Code = "organization_domain_already_exists"
	CodeDomainAlreadyInOrganization        Code = "organization_domain_already_exists_same_organization"
	CodeRequestInvalidForEnvironment       Code = "request_invalid_for_environment"
	CodeInvitationNotUnique                Code = "organization_invitation_not_unique"
	CodeInvitationNotPending               Code = "organization_invitation_not_pending"
	CodeInvitationRevoked                  Code = "organization_invitation_revoked_code"
	CodeInvitationAlreadyAccepted          Code = "organization_invitation_already_accepted"
	CodeNotAMember                         Code = "not_a_member_in_organization"
	CodeMissingPermission                  Code = "missing_organization_permission"
	CodeBulkSizeExceeded                   Code = "bulk_size_exceeded"
	CodeInsecureURL                        Code = "insecure_url"
	CodeTicketInvalid                      Code = "ticket_invalid_code"
	CodeTicketExpired                      Code = "ticket_expired_code"
	CodeUserBanned                         Code = "user_banned"
	CodePasswordDigestInvalid              Code = "form_password_digest_invalid_code"
	CodeIncorrectPassword                  Code = "incorrect_password"
	CodeNoPasswordSet                      Code = "no_password_set"
	CodeTOTPDisabled                       Code = "totp_disabled"
	CodeTOTPIncorrect                      Code = "totp_incorrect_code"
	CodeAuthenticationInvalid              Code = "authentication_invalid"
	CodeInvalidSessionToken                Code = "invalid_session_token"
	CodeOperationDeprecated                Code = "operation_deprecated"
	CodeReservedClaim                      Code = "jwt_template_reserved_claim"
	CodeRefreshOriginInvalid               Code = "refresh_request_origin_invalid"
	CodeRefreshOriginMismatch              Code = "refresh_request_origin_azp_mismatch"
	CodeRefreshSessionNotFound             Code = "session_refresh_session_not_found"
	CodeRefreshSessionInactive             Code = "session_refresh_inactive_session"
	CodeRefreshSessionMismatch             Code = "refresh_sid_mismatch"
	CodeRefreshTokenNotFound               Code = "refresh_token_not_found"
	CodeRefreshTokenIneligible             Code = "session_refresh_session_token_ineligible"
	CodeExpiredTokenInvalid                Code = "expired_session_token_invalid"
	CodeExpiredTokenMissingParty           Code = "expired_session_token_missing_azp"
	CodeExpiredTokenMissingSession         Code = "expired_session_token_missing_sid"
	CodeFeatureNotEnabled                  Code = "feature_not_enabled"
	CodeImageNotFound                      Code = "image_not_found"
	CodeImageTooLarge                      Code = "image_too_large"
	CodeIdentificationDeletionFailed       Code = "identification_deletion_failed"
	CodeNotAllowedAccess                   Code = "not_allowed_access"
)

// Meta names what an error is about. Empty members are left out.
type Meta struct {
	ParamName   string   `json:"param_name,omitzero"`
	ParamNames  []string `json:"param_names,omitempty"`
	RoleKey     string   `json:"role_key,omitzero"`
	RoleKeys    []string `json:"role_keys,omitempty"`
	ResetsIn    int64    `json:"resets_in,omitzero"`
	Permissions []string `json:"permissions,omitempty"`
	Identifiers []string `json:"identifiers,omitempty"`
}

// Error is one failure of a request, in the wire's form.
type Error struct {
	Status      int    `json:"-"`
	Message     string `json:"message"`
	LongMessage string `json:"long_message"`
	Code        Code   `json:"code"`
	Meta        *Meta  `json:"meta,omitzero"`
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.LongMessage }

// Is reports whether target is the error's code.
func (e *Error) Is(target error) bool { return target == error(e.Code) }

// Errors are all failures of one request. The first decides the status.
type Errors []*Error

func (es Errors) Error() string {
	texts := make([]string, len(es))
	for i, e := range es {
		texts[i] = e.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap lets errors.Is and errors.As look at each failure.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// Err is the failures as an error, nil when there are none.
func (es Errors) Err() error {
	if len(es) == 0 {
		return nil
	}
	return es
}

// ErrorResponse is the body of a failed request. The client returns it as the
// error, with the status and the Retry-After header (0 where there is none).
type ErrorResponse struct {
	Errors     Errors        `json:"errors"`
	TraceID    string        `json:"clerk_trace_id"`
	Status     int           `json:"-"`
	RetryAfter time.Duration `json:"-"`
}

func (r *ErrorResponse) Error() string {
	if len(r.Errors) == 0 {
		return fmt.Sprintf("status %d (trace %s)", r.Status, r.TraceID)
	}
	return fmt.Sprintf("status %d: %v (trace %s)", r.Status, r.Errors, r.TraceID)
}

// Unwrap gives the failures.
func (r *ErrorResponse) Unwrap() error { return r.Errors.Err() }

// Kind is an entry of the catalogue: everything of an error but its details.
// Message and Long are formats for the details.
type Kind struct {
	Status  int
	Code    Code
	Message string
	Long    string
}

// New is an error of this kind; details fill Long.
func (k Kind) New(details ...any) *Error {
	return &Error{Status: k.Status, Code: k.Code, Message: fill(k.Message, details), LongMessage: fill(k.Long, details)}
}

// fill formats only texts that have something to fill in.
func fill(text string, details []any) string {
	if !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, details...)
}

// On is an error of this kind about one parameter, the first detail.
func (k Kind) On(param string, details ...any) *Error {
	e := k.New(append([]any{param}, details...)...)
	e.Meta = &Meta{ParamName: param}
	return e
}

// OnRole is an error of this kind about one role, the first detail.
func (k Kind) OnRole(key string, details ...any) *Error {
	e := k.New(append([]any{key}, details...)...)
	e.Meta = &Meta{RoleKey: key}
	return e
}

// OnRoles is an error of this kind about roles, the detail.
func (k Kind) OnRoles(keys []string) *Error {
	e := k.New(strings.Join(keys, ", "))
	e.Meta = &Meta{RoleKeys: keys}
	return e
}

// OnIdentifiers is an error of this kind about identifiers, the detail.
func (k Kind) OnIdentifiers(identifiers []string) *Error {
	e := k.New(strings.Join(identifiers, ", "))
	e.Meta = &Meta{Identifiers: identifiers}
	return e
}

// The catalogue. Codes, statuses and short messages are the wire contract; the
// long messages are ours.
var (
	ErrAuthorizationHeader    = Kind{401, CodeAuthorizationHeaderFormatInvalid, "Invalid Authorization header format", "Send the secret key in the header \"Authorization: Bearer <secret key>\"."}
	ErrKeyInvalid             = Kind{401, CodeKeyInvalid, "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.", "No instance of this server has that secret key, or the key was revoked."}
	ErrAPIVersionInvalid      = Kind{400, CodeAPIVersionInvalid, "invalid API version", "Cannot choose an API version: %s."}
	ErrUnsupportedContentType = Kind{415, CodeUnsupportedContentType, "Content-Type is unsupported", "Got Content-Type %q; this operation takes %s."}
	ErrRequestBodyInvalid     = Kind{400, CodeRequestBodyInvalid, "Request body invalid", "Cannot read the request body: %s."}
	ErrRequestBodyTooLarge    = Kind{413, CodeRequestBodyTooLarge, "Request body too large", "The request body may hold at most %d bytes."}
	ErrMalformedParameters    = Kind{400, CodeMalformedRequestParameters, "Malformed request parameters", "Cannot decode the query string: %s."}
	ErrMalformedPosition      = Kind{400, CodeMalformedRequestParameters, "Malformed request parameters", "The header Roster-Position is not usable: %s."}
	ErrURITooLong             = Kind{414, CodeRequestURITooLong, "Request URI too long", "The request target may hold at most %d bytes."}
	ErrHeaderTooLarge         = Kind{431, CodeRequestHeaderTooLarge, "Request header too large", "The request header may hold at most %d bytes."}
	ErrBadRequest             = Kind{400, CodeBadRequest, "Bad request", "The server cannot read the request: %s."}
	ErrMethodNotAllowed       = Kind{405, CodeMethodNotAllowed, "Method not allowed", "%s is not available on this path; it takes %s."}
	ErrNotImplemented         = Kind{501, CodeNotImplemented, "Not implemented", "%s (%s %s) is a documented operation that this server does not serve yet."}
	ErrInternal               = Kind{500, CodeInternalError, "Oops, an unexpected error occurred", "Something failed on the server; its log has the details under this trace id."}
	ErrServiceUnavailable     = Kind{503, CodeServiceUnavailable, "Service unavailable", "The server cannot answer right now; try again after the time in Retry-After."}
	ErrTooManyRequests        = Kind{429, CodeTooManyRequests, "Too many requests", "Too many requests; try again after the time in Retry-After."}

	ErrPathNotFound         = Kind{404, CodeResourceNotFound, "not found", "There is no operation at %s."}
	ErrOrganizationNotFound = Kind{404, CodeResourceNotFound, "not found", "No organization of this instance answers to that identifier."}
	ErrMembershipNotFound   = Kind{404, CodeResourceNotFound, "not found", "That user has no membership in this organization."}
	ErrUserNotFound         = Kind{404, CodeResourceNotFound, "not found", "No user of this instance has the id %s."}
	ErrRoleNotFound         = Kind{404, CodeResourceNotFound, "not found", "No organization role matches the given %s."}
	ErrPermissionNotFound   = Kind{404, CodeResourceNotFound, "not found", "No organization permission of this instance has the id %s."}
	ErrDomainNotFound       = Kind{404, CodeResourceNotFound, "not found", "No domain of this organization has the id %s."}
	ErrInvitationNotFound   = Kind{404, CodeResourceNotFound, "not found", "No invitation of this organization has the id %s."}
	ErrSessionNotFound      = Kind{404, CodeResourceNotFound, "Session not found", "No session of this instance has the id %s."}

	ErrParamMissing          = Kind{422, CodeParamMissing, "is missing", "The parameter %s is required."}
	ErrParamUnknown          = Kind{422, CodeParamUnknown, "is unknown", "This request takes no parameter %s."}
	ErrParamDeprecated       = Kind{422, CodeParamDeprecated, "is deprecated", "API version %[2]s no longer takes %[1]s here; use the metadata endpoints."}
	ErrParamNil              = Kind{422, CodeParamNil, "is empty", "The parameter %s may not be empty."}
	ErrParamType             = Kind{422, CodeParamValueInvalid, "is invalid", "The parameter %s holds %s where %s is expected."}
	ErrParamNotAllowed       = Kind{422, CodeParamValueInvalid, "is invalid", "%[2]s does not match one of the allowed values for parameter %[1]s"}
	ErrParamInvalid          = Kind{422, CodeParamValueInvalid, "is invalid", "The parameter %s is not usable: %s."}
	ErrParamEncoding         = Kind{422, CodeParamValueInvalid, "invalid character encoding", "The parameter %s is not valid UTF-8 text without NUL."}
	ErrParamFormat           = Kind{422, CodeParamFormatInvalid, "is invalid", "The parameter %s must be %s."}
	ErrParamRepeated         = Kind{422, CodeParamDuplicate, "is duplicate", "The parameter %s may be given once."}
	ErrParamDuplicateValues  = Kind{422, CodeParamDuplicate, "duplicate values", "The parameter %s repeats a value."}
	ErrParamTooManyValues    = Kind{422, CodeParamDuplicate, "is duplicate", "The parameter %s is included more than the maximum of %d times."}
	ErrParamArraySize        = Kind{422, CodeParamArraySizeExceeded, "exceeds maximum size", "The parameter %s takes at most %d values."}
	ErrParamArrayLength      = Kind{422, CodeParamArrayLengthMismatch, "length mismatch", "The parameter %s must have as many values as %s."}
	ErrParamTooLong          = Kind{422, CodeParamMaxLengthExceeded, "exceeds maximum length", "The parameter %s takes at most %d characters."}
	ErrParamTime             = Kind{422, CodeParamInvalidTime, "invalid format", "The parameter %s must be an RFC 3339 time, such as 2012-10-20T07:15:20.902Z."}
	ErrParamDate             = Kind{422, CodeParamInvalidDate, "Date values must be given in Unix millisecond timestamp format.", "The parameter %s must be a time in Unix milliseconds."}
	ErrMetadataTooLarge      = Kind{422, CodeParamExceedsAllowedSize, "The given %[1]s exceeds the maximum allowed size of 8192 bytes (8 KB).", "The given %[1]s exceeds the maximum allowed size of 8192 bytes (8 KB)."}
	ErrConditionalMissing    = Kind{422, CodeConditionalParamMissing, "is missing", "The parameter %s is required along with %s."}
	ErrConditionalDisallowed = Kind{422, CodeConditionalParamDisallowed, "is not allowed", "The parameter %s cannot go with %s."}
	ErrFormResourceNotFound  = Kind{422, CodeFormResourceNotFound, "is missing", "Nothing usable has the id given in %s."}
	ErrFormDataMissing       = Kind{422, CodeFormDataMissing, "missing data", "A user of this instance needs at least one of: %s."}
	ErrIdentifierExists      = Kind{422, CodeIdentifierExists, "That %[2]s is taken. Please try another.", "The %[2]s given in %[1]s belongs to somebody else."}
	ErrAlreadyExists         = Kind{422, CodeAlreadyExists, "already exists", "Another %[2]s of this instance has the %[1]s given."}
	ErrVerificationNeeded    = Kind{422, CodeVerificationNeeded, "is unverified", "The identifier named by %s must be verified first."}
	ErrPasswordTooShort      = Kind{422, CodePasswordTooShort, "Passwords must be 8 characters or more.", "The %s needs at least 8 characters."}
	ErrPasswordTooLong       = Kind{422, CodePasswordTooLong, "Passwords must be 72 characters or fewer.", "The %s takes at most 72 characters."}
	ErrUsernameLength        = Kind{422, CodeUsernameInvalidLength, "has an invalid length", "The %s must have 4 to 64 characters."}
	ErrUsernameCharacter     = Kind{422, CodeUsernameInvalidCharacter, "has an invalid character", "The %s may hold letters, digits, and the characters . _ -"}
	ErrUsernameNumber        = Kind{422, CodeUsernameNeedsNonNumber, "needs a non-number character", "The %s may not be made of digits alone."}

	ErrAlreadyAMember           = Kind{400, CodeAlreadyAMember, "already a member", "User %s has a membership in this organization already."}
	ErrMembershipQuotaExceeded  = Kind{403, CodeMembershipQuotaExceeded, "organization membership quota exceeded", "This organization takes at most %d members, pending invitations included."}
	ErrMinimumPermissionsNeeded = Kind{400, CodeMinimumPermissionsNeeded, "minimum organization permissions needed", "Organization %s would be left without a member who holds %s."}
	ErrOrganizationNotEnabled   = Kind{403, CodeOrganizationNotEnabled, "access denied", "Organizations are switched off in this instance."}
	ErrCreatorNotFound          = Kind{400, CodeOrganizationCreatorNotFound, "creator not found", "No user of this instance has the id %s, given in created_by."}
	ErrCreationLimitExceeded    = Kind{403, CodeOrganizationCreationLimitExceeded, "Organization Creation Limit Exceeded", "That user may create at most %d organizations."}
	ErrSlugsDisabled            = Kind{403, CodeOrganizationSlugsDisabled, "organization slugs not enabled", "Organization slugs are switched off in this instance, so slug cannot be given."}
	ErrOrganizationName         = Kind{422, CodeParamValueInvalid, "invalid organization name", "An organization's %s holds no URL and no HTML."}
	ErrRolesQuotaExceeded       = Kind{403, CodeRolesQuotaExceeded, "organization roles for instance quota exceeded", "This instance takes at most %d roles."}
	ErrRoleSetNotFound          = Kind{404, CodeResourceNotFound, "not found", "No role set of this instance has the key or id %s."}
	ErrRoleSetsQuotaExceeded    = Kind{403, CodeRoleSetsQuotaExceeded, "organization role sets for instance quota exceeded", "This instance takes at most %d role sets."}
	ErrRoleOnSetAssigned        = Kind{422, CodeRoleOnSetAssigned, "role is assigned to users", "There are members with the role %s in organizations that have this role set; replace the role instead."}
	ErrReassignmentMissing      = Kind{422, CodeReassignmentMappingsMissing, "reassignment mappings missing", "Members, or who is invited to be one, have roles that the role set is without: %s."}
	ErrReassignmentInvalid      = Kind{422, CodeReassignmentMappingsInvalid, "reassignment mappings invalid", "In reassignment_mappings, %s %s."}
	ErrRoleIsCreatorRole        = Kind{422, CodeRoleIsCreatorRole, "role is used as the creator role", "Who creates an organization is given the role %s, in this instance or in one of its role sets."}
	ErrRoleIsDomainDefault      = Kind{422, CodeRoleIsDomainDefault, "role is used as the domain default role", "Who comes by a domain is given the role %s, in this instance or in one of its role sets."}
	ErrRoleAssigned             = Kind{422, CodeRoleAssigned, "role is assigned to organization members", "There are members with the role %s; give them another one first."}
	ErrRoleInInvitations        = Kind{422, CodeRoleInInvitations, "role exists in pending organization invitations", "There are pending invitations for the role %s; revoke them first."}
	ErrMissingCreatorPermission = Kind{422, CodeMissingCreatorRolePermissions, "missing permissions for creator role", "The role of who creates an organization must hold %s."}
	ErrRolePermissionExists     = Kind{409, CodeRolePermissionExists, "permission already assigned to role", "The role %s holds the permission %s already."}
	ErrRolePermissionNotFound   = Kind{404, CodeRolePermissionNotFound, "permission not assigned to role", "The role %s does not hold the permission %s."}
	ErrRolePermissionsQuota     = Kind{403, CodeQuotaExceeded, "Quota exceeded", "A role holds at most %d permissions."}
	ErrSystemPermission         = Kind{403, CodeSystemPermissionNotModifiable, "organization system permission cannot be modified", "The permission %s belongs to every instance; it can be neither changed nor deleted."}
	ErrDomainsNotEnabled        = Kind{403, CodeDomainsNotEnabled, "organization domains not enabled", "Organization domains are switched off in this instance."}
	ErrEnrollmentModeNotEnabled = Kind{403, CodeEnrollmentModeNotEnabled, "organization enrollment mode not enabled", "The enrollment mode %s is switched off in this instance."}
	ErrDomainQuotaExceeded      = Kind{403, CodeDomainQuotaExceeded, "organization domains quota exceeded", "An organization of this instance has at most %d domains."}
	ErrDomainCommon             = Kind{422, CodeDomainCommon, "common email domain", "Anybody can have a mailbox under the domain given in %s, so it can be no organization's."}
	ErrDomainBlocked            = Kind{422, CodeDomainBlocked, "blocked email domain", "The domain given in %s hands out throwaway mailboxes, so it can be no organization's."}
	ErrDomainAlreadyExists      = Kind{422, CodeDomainAlreadyExists, "organizaton domain already exists", "Another organization of this instance has verified the domain given in %s."}
	ErrDomainInOrganization     = Kind{422, CodeDomainAlreadyInOrganization, "organization domain already exists", "The organization has the domain given in %s already."}
	ErrActiveOrganization       = Kind{404, CodeOrganizationNotFoundOrUnauthorized, "not found or unauthorized", "The organization given in %s is unknown, or the user is no member of it."}
	ErrRequestForEnvironment    = Kind{400, CodeRequestInvalidForEnvironment, "Invalid request for environment", "%s is available on development instances only."}
	ErrPasswordDigest           = Kind{422, CodePasswordDigestInvalid, "is invalid", "The %s is not of the form that %s makes, or asks for more work than is allowed: %s."}
	ErrIncorrectPassword        = Kind{422, CodeIncorrectPassword, "incorrect password", "That is not the user's password."}
	ErrNoPasswordSet            = Kind{400, CodeNoPasswordSet, "no password set", "The user has no password."}
	ErrTOTPDisabled             = Kind{400, CodeTOTPDisabled, "TOTP is disabled", "The user has no authenticator app set up."}
	ErrImageNotFound            = Kind{404, CodeImageNotFound, "Image not found", "There is no such image."}
	ErrImageMissing             = Kind{400, CodeParamMissing, "Image file missing", "The form needs a field %s with the image."}
	ErrImageTooLarge            = Kind{413, CodeImageTooLarge, "Image too large", "An image may have at most %d bytes."}
	ErrImageType                = Kind{400, CodeRequestBodyInvalid, "Unsupported image type", "The file is no image in JPEG, PNG, GIF or WebP, by its content."}
	ErrImageBroken              = Kind{400, CodeRequestBodyInvalid, "Image decode error", "The image cannot be used: %s."}
	ErrTOTPIncorrect            = Kind{422, CodeTOTPIncorrect, "incorrect TOTP", "The code is wrong, too old or already used."}
	ErrIdentificationNotFound   = Kind{404, CodeResourceNotFound, "Resource not found", "No %s of this instance has the id %s."}
	ErrVerificationNotFound     = Kind{404, CodeResourceNotFound, "Resource not found", "No verification of this %[2]s has the id given in %[1]s."}
	ErrVerificationVerified     = Kind{400, CodeVerificationAlreadyVerified, "already verified", "The code of this verification was accepted before; it works once."}
	ErrTooManyVerifications     = Kind{429, CodeTooManyRequests, "Too many requests", "%d codes are out for this %s and not answered; try again after the time in Retry-After."}
	ErrTextMessages             = Kind{403, CodeFeatureNotEnabled, "not enabled", "This server has nobody to hand a text message to, so no code can go to a phone number."}
	ErrIdentificationDeletion   = Kind{400, CodeIdentificationDeletionFailed, "Deletion failed", "Nothing else identifies the user; give them another identifier first."}
	ErrAddressesQuota           = Kind{403, CodeQuotaExceeded, "Quota exceeded", "A user has at most %d of a kind of address."}
	ErrPasskeyNotFound          = Kind{404, CodeResourceNotFound, "not found", "The user has no passkey with the id %s."}
	ErrExternalAccountNotFound  = Kind{404, CodeResourceNotFound, "not found", "The user has no external account with the id %s."}
	ErrListedNotFound           = Kind{404, CodeResourceNotFound, "Identifier not found", "Nothing on the %s of this instance has the id %s."}
	ErrListedQuota              = Kind{403, CodeQuotaExceeded, "Quota exceeded", "The %s of an instance holds at most %d identifiers."}
	ErrAccessNotAllowed         = Kind{403, CodeNotAllowedAccess, "Access not allowed.", "The restrictions of this instance keep out %s."}
	ErrSubaddressNotAllowed     = Kind{403, CodeNotAllowedAccess, "This email address is already in use.", "The restrictions of this instance keep out %s: in front of its @ it has a part behind +, = or #."}
	ErrInvitationNotUnique      = Kind{400, CodeInvitationNotUnique, "organization invitation not unique", "There is a pending invitation for %s to this organization."}
	ErrInvitationNotPending     = Kind{404, CodeInvitationNotPending, "not pending", "The invitation is %s; only a pending one can be revoked."}
	ErrInvitationRevoked        = Kind{400, CodeInvitationRevoked, "invitation has been revoked", "Whoever invites took this invitation back."}
	ErrInvitationAccepted       = Kind{400, CodeInvitationAlreadyAccepted, "invitation has already been accepted", "This invitation was accepted before; it works once."}
	ErrNotAMember               = Kind{403, CodeNotAMember, "not a member", "The user given in %s is no member of the organization."}
	ErrMissingPermission        = Kind{403, CodeMissingPermission, "missing permission", "The user given in %s lacks the permission %s."}
	ErrBulkSizeExceeded         = Kind{400, CodeBulkSizeExceeded, "bulk size exceeded", "One request takes at most %d of them."}
	ErrInsecureURL              = Kind{422, CodeInsecureURL, "Insecure URL", "The URL given in %s must be an https one, for the instance is in production."}
	ErrTicketInvalid            = Kind{400, CodeTicketInvalid, "ticket is invalid", "Nothing was given out under this ticket."}
	ErrTicketExpired            = Kind{400, CodeTicketExpired, "ticket has expired", "The time to accept this invitation is over; ask for another."}
	ErrUserBanned               = Kind{403, CodeUserBanned, "User banned", "User %s is banned."}

	ErrTemplateNotFound    = Kind{404, CodeResourceNotFound, "JWT template not found", "No JWT template of this instance answers to %s."}
	ErrClientNotFound      = Kind{404, CodeResourceNotFound, "Client not found", "No client of this instance has the id %s."}
	ErrKeySetNotFound      = Kind{404, CodeResourceNotFound, "not found", "There is no key set at this address: %s."}
	ErrSessionNotActive    = Kind{401, CodeAuthenticationInvalid, "Invalid authentication", "Session %s is %s, so nobody is signed in by it."}
	ErrSessionTokenInvalid = Kind{400, CodeInvalidSessionToken, "Invalid session token", "The token proves no session: %s."}
	ErrOperationDeprecated = Kind{410, CodeOperationDeprecated, "endpoint is deprecated and pending removal", "API version %s has no such operation any more; verify session tokens with the key set."}
	ErrReservedClaim       = Kind{400, CodeReservedClaim, "reserved claim used", "The member %[2]q of %[1]s is a claim that every token carries by itself."}
	ErrTemplateTooLarge    = Kind{422, CodeParamExceedsAllowedSize, "exceeds allowed size", "The %s take more than %d bytes."}
	ErrTokenTooLarge       = Kind{422, CodeParamExceedsAllowedSize, "exceeds allowed size", "What JWT template %s claims for this session takes more than %d bytes."}

	ErrRefreshOriginInvalid       = Kind{401, CodeRefreshOriginInvalid, "Request origin is invalid", "request_origin is not an origin such as https://example.com."}
	ErrRefreshOriginMismatch      = Kind{401, CodeRefreshOriginMismatch, "Request origin does not match azp claim", "The expired token was made for another origin than request_origin."}
	ErrRefreshSessionNotFound     = Kind{401, CodeRefreshSessionNotFound, "Session not found", "No session of this instance has the id %s."}
	ErrRefreshSessionInactive     = Kind{401, CodeRefreshSessionInactive, "session inactive", "Session %s is %s."}
	ErrRefreshSessionMismatch     = Kind{401, CodeRefreshSessionMismatch, "Session ID does not match the 'sid' claim", "The expired token belongs to another session than %s."}
	ErrRefreshTokenNotFound       = Kind{401, CodeRefreshTokenNotFound, "Refresh token not found", "This server gave out no such refresh token."}
	ErrRefreshTokenIneligible     = Kind{401, CodeRefreshTokenIneligible, "expired session token ineligible", "The expired token was made at a time when this session had none to make."}
	ErrExpiredTokenInvalid        = Kind{401, CodeExpiredTokenInvalid, "Invalid expired_token param", "expired_token is no token that this instance signed for a session."}
	ErrExpiredTokenMissingParty   = Kind{401, CodeExpiredTokenMissingParty, "missing 'azp' claim", "The expired token does not say which origin it was made for."}
	ErrExpiredTokenMissingSession = Kind{401, CodeExpiredTokenMissingSession, "missing 'sid' claim", "The expired token does not say which session it belongs to."}
)
