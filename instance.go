package roster

// MaxAllowedOrigins is how many origins an instance allows.
const MaxAllowedOrigins = 100

// PreferredStrategies are the values of an instance's preferred sign-in strategy.
var PreferredStrategies = []string{"password", "otp", ""}

// Instance is the tenant of a server that a secret key belongs to. AllowedOrigins is
// null until some are given, WorkspaceID always on a Roster server. What stands behind
// it a Roster server alone shows, and only once it is given: it keeps that for
// applications to read, and does nothing by it.
type Instance struct {
	Object          string    `json:"object"`
	ID              string    `json:"id"`
	EnvironmentType string    `json:"environment_type"`
	AllowedOrigins  *[]string `json:"allowed_origins"`
	WorkspaceID     *string   `json:"workspace_id"`

	SupportEmail           *string `json:"support_email,omitzero"`
	ClerkJSVersion         *string `json:"clerk_js_version,omitzero"`
	DevelopmentOrigin      *string `json:"development_origin,omitzero"`
	URLBasedSessionSyncing bool    `json:"url_based_session_syncing,omitzero"`
	PreferredStrategy      *string `json:"preferred_sign_in_strategy_when_password_required,omitzero"`
}

// UpdateInstance changes what is present; an empty text takes back what was given.
// In test mode addresses made for tests are verified by a code that everybody knows.
// CookielessDev is an older name of URLBasedSessionSyncing. A Roster server takes HIBP
// where it asks for what it does anyway.
type UpdateInstance struct {
	TestMode               Field[bool]   `json:"test_mode,omitzero"`
	HIBP                   Field[bool]   `json:"hibp,omitzero"`
	SupportEmail           Field[string] `json:"support_email,omitzero"`
	ClerkJSVersion         Field[string] `json:"clerk_js_version,omitzero"`
	DevelopmentOrigin      Field[string] `json:"development_origin,omitzero"`
	AllowedOrigins         []string      `json:"allowed_origins,omitzero"`
	CookielessDev          Field[bool]   `json:"cookieless_dev,omitzero"`
	URLBasedSessionSyncing Field[bool]   `json:"url_based_session_syncing,omitzero"`
	PreferredStrategy      Field[string] `json:"preferred_sign_in_strategy_when_password_required,omitzero"`
}

// InstanceRestrictions say which identifiers users may be given, and who may be
// invited. Allowlist takes those alone that are on the allow-list, Blocklist refuses
// those on the block-list; AllowlistBlocklistDisabledOnSignIn does not ask either of
// users who are there already. The others refuse email addresses: those with a part
// behind +, = or #, and those of throw-away mailboxes.
type InstanceRestrictions struct {
	Object                             string `json:"object"`
	Allowlist                          bool   `json:"allowlist"`
	Blocklist                          bool   `json:"blocklist"`
	AllowlistBlocklistDisabledOnSignIn bool   `json:"allowlist_blocklist_disabled_on_sign_in"`
	BlockEmailSubaddresses             bool   `json:"block_email_subaddresses"`
	BlockDisposableEmailDomains        bool   `json:"block_disposable_email_domains"`
}

// UpdateInstanceRestrictions changes what is present.
type UpdateInstanceRestrictions struct {
	Allowlist                          Field[bool] `json:"allowlist,omitzero"`
	Blocklist                          Field[bool] `json:"blocklist,omitzero"`
	AllowlistBlocklistDisabledOnSignIn Field[bool] `json:"allowlist_blocklist_disabled_on_sign_in,omitzero"`
	BlockEmailSubaddresses             Field[bool] `json:"block_email_subaddresses,omitzero"`
	BlockDisposableEmailDomains        Field[bool] `json:"block_disposable_email_domains,omitzero"`
}

// SettableEnrollmentModes are those of the EnrollmentModes that the settings of an
// instance allow or do not allow. The default allows all.
var SettableEnrollmentModes = []string{ManualInvitation, AutomaticInvitation, AutomaticSuggestion}

// OrganizationSettings are what organizations of an instance have in common. Roles
// are keys. Maxima of 0 are none, but for MaxAllowedPermissions, which is 0 always
// and limits nothing. A Roster server alone has ElevatedMemberRequired, and shows it
// only while it is on.
type OrganizationSettings struct {
	Object                 string   `json:"object"`
	Enabled                bool     `json:"enabled"`
	MaxAllowedMemberships  int64    `json:"max_allowed_memberships"`
	MaxAllowedRoles        int64    `json:"max_allowed_roles"`
	MaxRoleSetsAllowed     int64    `json:"max_role_sets_allowed"`
	MaxAllowedDomains      int64    `json:"max_allowed_domains"`
	MaxAllowedPermissions  int64    `json:"max_allowed_permissions"`
	CreatorRole            string   `json:"creator_role"`
	AdminDeleteEnabled     bool     `json:"admin_delete_enabled"`
	DomainsEnabled         bool     `json:"domains_enabled"`
	SlugDisabled           bool     `json:"slug_disabled"`
	DomainsEnrollmentModes []string `json:"domains_enrollment_modes"`
	DomainsDefaultRole     string   `json:"domains_default_role"`
	InitialRoleSetKey      *string  `json:"initial_role_set_key"`
	ElevatedMemberRequired bool     `json:"elevated_member_required,omitzero"`
}

// UpdateOrganizationSettings changes what is present. Roles are ids; nil leaves the
// enrollment modes alone, an empty list allows none. ElevatedMemberRequired, which
// only a Roster server has, refuses whatever would take the last member with all
// ElevatedPermissions from an organization.
type UpdateOrganizationSettings struct {
	Enabled                Field[bool]   `json:"enabled,omitzero"`
	MaxAllowedMemberships  Field[int64]  `json:"max_allowed_memberships,omitzero"`
	AdminDeleteEnabled     Field[bool]   `json:"admin_delete_enabled,omitzero"`
	DomainsEnabled         Field[bool]   `json:"domains_enabled,omitzero"`
	SlugDisabled           Field[bool]   `json:"slug_disabled,omitzero"`
	DomainsEnrollmentModes []string      `json:"domains_enrollment_modes,omitzero"`
	CreatorRoleID          Field[string] `json:"creator_role_id,omitzero"`
	DomainsDefaultRoleID   Field[string] `json:"domains_default_role_id,omitzero"`
	ElevatedMemberRequired Field[bool]   `json:"elevated_member_required,omitzero"`
}
