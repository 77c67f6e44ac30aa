package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// What an instance is made of when it travels from one database to another: the
// columns that cannot be had from others. What is derived of them (a membership's
// copies of its user, search texts, terms, counters, claims) is made anew on arrival;
// tombstones, which last an hour, stay behind, and so do mail, which the place it
// was written in sends, and the codes it tells of, which last ten minutes.

// ColumnType is what the values of a column are.
type ColumnType int

// Types of columns. An Object is the text of a JSON object.
const (
	Text    ColumnType = iota // string
	Object                    // string
	Integer                   // int64
	Boolean                   // bool
	Bytes                     // []byte
)

// Column is a column that travels. Max bounds the bytes of an Object, and of
// Bytes, where it is not 0; OneOf is all that a Text may be where it is not nil.
type Column struct {
	Name  string
	Type  ColumnType
	Null  bool
	Max   int
	OneOf []string

	// Since is the version of the format that brought the column, 0 for the first;
	// rows of older exports have Before.
	Since  int64
	Before any
}

// since says that a column came with a version of the format.
func (c Column) since(version int64, before any) Column {
	c.Since, c.Before = version, before
	return c
}

// Kind is a table whose rows travel, in the order of its key. Parts are rows of
// another table that travel inside their owner's.
type Kind struct {
	Name    string
	Columns []Column
	Parts   *Kind

	table      string
	key        []string    // beside the instance
	references []reference // that must be there first
	owner      string      // of a part: the column that names its owner
	chunk      int         // how many rows are read at a time; 0 is exportChunk
}

// reference is a column that names a row of another table.
type reference struct{ column, table string }

// Row is a row of a Kind: its values are string, int64, bool, []byte or nil, as its
// columns are.
type Row struct {
	Kind   *Kind
	Values []any
	Parts  []Row
}

func column(name string) Column   { return Column{Name: name} }
func optional(name string) Column { return Column{Name: name, Null: true} }
func number(name string) Column   { return Column{Name: name, Type: Integer} }
func boolean(name string) Column  { return Column{Name: name, Type: Boolean} }
func maybe(name string) Column    { return Column{Name: name, Type: Integer, Null: true} }
func metadata(name string) Column {
	return Column{Name: name, Type: Object, Max: roster.MaxMetadataBytes}
}
func choice(name string, of ...string) Column { return Column{Name: name, OneOf: of} }

func columns(list ...Column) []Column {
	return append(list, number("created_at"), number("updated_at"))
}

// defaultModes is what an instance starts with, as the migration that brought it has
// it.
const defaultModes = "manual_invitation automatic_invitation automatic_suggestion"

// Kinds are all kinds, each behind those that its rows refer to. The instance
// itself comes last: without it none of the rest can be reached.
var Kinds = []*Kind{
	{Name: "permission", table: "permissions", key: []string{"id"},
		Columns: columns(column("id"), column("key"), column("name"), column("description"), column("type"))},
	{Name: "role", table: "roles", key: []string{"id"},
		Columns: columns(column("id"), column("key"), column("name"), optional("description"), boolean("is_creator_eligible"))},
	{Name: "role_permission", table: "role_permissions", key: []string{"role_id", "position"},
		Columns:    []Column{column("role_id"), number("position"), column("permission_id")},
		references: []reference{{"role_id", "roles"}, {"permission_id", "permissions"}}},
	{Name: "role_set", table: "role_sets", key: []string{"id"},
		Columns:    columns(column("id"), column("key"), column("name"), optional("description"), column("default_role_id"), column("creator_role_id")),
		references: []reference{{"default_role_id", "roles"}, {"creator_role_id", "roles"}}},
	{Name: "role_set_role", table: "role_set_roles", key: []string{"role_set_id", "position"},
		Columns:    []Column{column("role_set_id"), number("position"), column("role_id")},
		references: []reference{{"role_set_id", "role_sets"}, {"role_id", "roles"}}},
	{Name: "user", table: "users", key: []string{"id"}, Parts: identificationKind,
		Columns: columns(column("id"), optional("external_id"), optional("username"), optional("first_name"), optional("last_name"), optional("locale"),
			optional("primary_email_address_id"), optional("primary_phone_number_id"), optional("primary_web3_wallet_id"),
			optional("password_hash"), Column{Name: "password_hasher", Null: true, OneOf: roster.PasswordHashers}.since(2, nil),
			boolean("password_compromised").since(2, false), maybe("password_last_updated_at"),
			optional("totp_secret").since(2, nil), maybe("totp_step").since(2, nil), optional("backup_codes").since(2, nil),
			maybe("mfa_enabled_at").since(2, nil), maybe("mfa_disabled_at").since(2, nil), maybe("lockout_expires_at").since(2, nil),
			metadata("public_metadata"), metadata("private_metadata"), metadata("unsafe_metadata"),
			boolean("banned"), boolean("locked"), boolean("delete_self_enabled"), boolean("create_organization_enabled"),
			maybe("create_organizations_limit"), boolean("bypass_client_trust"), maybe("legal_accepted_at"),
			maybe("last_sign_in_at"), maybe("last_active_at"), optional("active_organization_id"), optional("image_id").since(2, nil))},
	{Name: "organization", table: "organizations", key: []string{"id"},
		Columns: columns(column("id"), column("name"), column("slug"), number("max_allowed_memberships"), boolean("admin_delete_enabled"),
			metadata("public_metadata"), metadata("private_metadata"), optional("created_by"), column("role_set_id").since(2, ""),
			optional("image_id").since(2, nil)),
		references: []reference{{"role_set_id", "role_sets"}}},
	{Name: "membership", table: "memberships", key: []string{"organization_id", "user_id"},
		Columns: columns(column("organization_id"), column("user_id"), column("id"), column("role_id"),
			metadata("public_metadata"), metadata("private_metadata")),
		references: []reference{{"organization_id", "organizations"}, {"user_id", "users"}, {"role_id", "roles"}}},
	{Name: "organization_domain", table: "organization_domains", key: []string{"organization_id", "id"},
		Columns: columns(column("organization_id"), column("id"), column("name"), choice("enrollment_mode", roster.EnrollmentModes...),
			boolean("verified"), maybe("ownership_verified_at"), optional("enrol_behind")),
		references: []reference{{"organization_id", "organizations"}}},
	{Name: "organization_suggestion", table: "organization_suggestions", key: []string{"organization_id", "user_id"},
		Columns: columns(column("organization_id"), column("user_id"), column("id"), column("domain_id"),
			choice("status", SuggestionPending, SuggestionAccepted)),
		references: []reference{{"organization_id", "organizations"}, {"user_id", "users"}, {"domain_id", "organization_domains"}}},
	{Name: "image", table: "images", key: []string{"id"},
		Columns: []Column{column("id"), column("owner_id"), choice("content_type", ImageTypes...), number("size"), column("digest"),
			optional("uploaded_by"), number("created_at")}},
	{Name: "image_chunk", table: "image_chunks", key: []string{"image_id", "position"}, chunk: 8,
		Columns:    []Column{column("image_id"), number("position"), {Name: "data", Type: Bytes, Max: imageChunk}},
		references: []reference{{"image_id", "images"}}},
	{Name: "invitation", table: "organization_invitations", key: []string{"organization_id", "id"},
		Columns: columns(column("organization_id"), column("id"), column("email_address"), column("role_id"), optional("inviter_id"),
			choice("status", roster.InvitationStatuses...), metadata("public_metadata"), metadata("private_metadata"),
			optional("redirect_url"), column("secret"), optional("user_id"), optional("domain_id"), number("expires_at")),
		references: []reference{{"organization_id", "organizations"}}}, // the role of one that is over may be gone
	{Name: "session", table: "sessions", key: []string{"id"},
		Columns: columns(column("id"), column("user_id"), column("client_id"),
			choice("status", roster.SessionStatuses...),
			optional("last_active_organization_id"), number("last_active_at"), number("expire_at"), number("abandon_at")),
		references: []reference{{"user_id", "users"}}},
	{Name: "refresh_token", table: "refresh_tokens", key: []string{"hash"},
		Columns:    []Column{column("hash"), column("session_id"), column("origin"), number("created_at"), number("expires_at")},
		references: []reference{{"session_id", "sessions"}}},
	{Name: "listed_identifier", table: "listed_identifiers", key: []string{"id"},
		Columns: columns(column("id"), choice("list", Allowlist, Blocklist), column("identifier"), choice("identifier_type", roster.ListedIdentifierTypes...))},
	{Name: "event", table: "outbox", key: []string{"id"},
		Columns: []Column{column("id"), column("type"), {Name: "payload", Type: Object}, number("created_at")}},
	{Name: "signing_key", table: "signing_keys", key: []string{"id"},
		Columns: []Column{column("id"), column("private_key"), number("created_at"), maybe("retired_at"), number("covers_until")}},
	{Name: "jwt_template", table: "jwt_templates", key: []string{"id"},
		Columns: columns(column("id"), column("name"), Column{Name: "claims", Type: Object, Max: roster.MaxTemplateBytes},
			number("lifetime"), number("allowed_clock_skew"), choice("signing_algorithm", roster.SigningAlgorithms...), optional("signing_key"))},
	{Name: "secret_key", table: "secret_keys", key: []string{"id"},
		Columns: []Column{column("id"), column("hash"), column("name"), column("hint"), number("created_at"), maybe("revoked_at")}},
	{Name: "instance", table: "instances",
		Columns: columns(column("name"), choice("environment_type", "development", "production"),
			boolean("organizations_enabled"), boolean("slugs_enabled"), boolean("admin_delete_enabled"),
			number("max_allowed_memberships"), number("max_allowed_roles").since(2, int64(roster.DefaultMaxRoles)),
			number("max_role_sets_allowed").since(2, int64(roster.DefaultMaxRoleSets)), number("max_allowed_domains").since(2, int64(roster.DefaultMaxDomains)),
			boolean("domains_enabled").since(2, true), column("domains_enrollment_modes").since(2, defaultModes),
			boolean("elevated_member_required").since(2, false), boolean("test_mode").since(2, false), column("initial_role_set_id").since(2, ""),
			boolean("allowlist").since(2, false), boolean("blocklist").since(2, false),
			boolean("allowlist_blocklist_disabled_on_sign_in").since(2, false), boolean("block_email_subaddresses").since(2, false),
			boolean("block_disposable_email_domains").since(2, false), optional("allowed_origins").since(2, nil),
			optional("support_email").since(2, nil), optional("clerk_js_version").since(2, nil), optional("development_origin").since(2, nil),
			boolean("url_based_session_syncing").since(2, false), optional("preferred_sign_in_strategy").since(2, nil)),
		references: []reference{{"initial_role_set_id", "role_sets"}}},
}

var identificationKind = &Kind{Name: "identification", table: "identifications", key: []string{"user_id", "id"}, owner: "user_id",
	Columns: columns(column("id"), choice("kind", KindEmailAddress, KindPhoneNumber, KindWeb3Wallet), number("position"), column("value"), boolean("reserved"),
		Column{Name: "verified_by", Null: true, OneOf: roster.VerificationStrategies}.since(2, roster.StrategyAdmin),
		maybe("verification_attempts").since(2, nil), maybe("verification_expires_at").since(2, nil),
		boolean("reserved_for_second_factor").since(2, false), boolean("default_second_factor").since(2, false))}

// Required reports whether a column may not be empty: it names its row.
func (k *Kind) Required(column string) bool { return slices.Contains(k.key, column) || column == "id" }

// instanceColumn names the instance in the kind's table.
func (k *Kind) instanceColumn() string {
	if k.table == "instances" {
		return "id"
	}
	return "instance_id"
}

// value is a row's value of a column.
func (r Row) value(column string) any {
	return r.Values[slices.IndexFunc(r.Kind.Columns, func(c Column) bool { return c.Name == column })]
}

// Set gives a row another value of a column, if it has that.
func (r Row) Set(column string, value any) {
	if i := slices.IndexFunc(r.Kind.Columns, func(c Column) bool { return c.Name == column }); i >= 0 {
		r.Values[i] = value
	}
}

// Is reports whether a row's value of a text column is text.
func (r Row) Is(column, text string) bool { return r.text(column) == text }

// Flag is a row's value of a boolean column.
func (r Row) Flag(column string) bool {
	b, _ := r.value(column).(bool)
	return b
}

// text is a row's value of a text column, "" for null.
func (r Row) text(column string) string {
	s, _ := r.value(column).(string)
	return s
}

// optional is a row's value of a text column, nil for null.
func (r Row) optional(column string) *string {
	if s, ok := r.value(column).(string); ok {
		return &s
	}
	return nil
}
