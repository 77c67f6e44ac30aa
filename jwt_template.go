package roster

import "net/url"

// Bounds of a JWT template.
const (
	MaxTemplateBytes      = 8 << 10 // of its claims, as compact JSON
	MaxTemplateNameLength = 64      // characters
	MinTokenLifetime      = 30      // seconds
	MaxTokenLifetime      = 315360000
	MaxClockSkew          = 300 // seconds
)

// SigningAlgorithms are those a token may be signed with (RFC 7518). Without a key
// of the template's own it is RS256.
var SigningAlgorithms = []string{
	"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "HS256", "HS384", "HS512",
}

// ReservedClaims are those that every token carries by itself, so that no template
// may say them.
var ReservedClaims = []string{"azp", "exp", "iat", "iss", "jti", "nbf", "sub"}

// JWTTemplate says what a token made from it claims. Lifetime and AllowedClockSkew
// are in seconds, times Unix milliseconds.
type JWTTemplate struct {
	Object           string   `json:"object"`
	ID               string   `json:"id"`
	Name             string   `json:"name"`
	Claims           Metadata `json:"claims"`
	Lifetime         int64    `json:"lifetime"`
	AllowedClockSkew int64    `json:"allowed_clock_skew"`
	CustomSigningKey bool     `json:"custom_signing_key"`
	SigningAlgorithm string   `json:"signing_algorithm"`
	CreatedAt        int64    `json:"created_at"`
	UpdatedAt        int64    `json:"updated_at"`
}

// JWTTemplateQuery chooses JWT templates, newest first.
type JWTTemplateQuery struct{ Paging }

// Values is the query string of the list.
func (q JWTTemplateQuery) Values() url.Values {
	v := url.Values{}
	q.Paging.values(v)
	return v
}

// CreateJWTTemplate makes a template; Name and Claims are required. Texts in Claims
// may hold shortcodes such as {{user.id}}. Lifetime (60 unless given) and
// AllowedClockSkew (5 unless given) are in seconds. A key of the template's own is
// given with CustomSigningKey, SigningAlgorithm and SigningKey: the text itself for
// HS256 and its like, a private key in PEM for the others. No answer shows it.
type CreateJWTTemplate struct {
	Name             string        `json:"name"`
	Claims           Metadata      `json:"claims"`
	Lifetime         Field[int64]  `json:"lifetime,omitzero"`
	AllowedClockSkew Field[int64]  `json:"allowed_clock_skew,omitzero"`
	CustomSigningKey Field[bool]   `json:"custom_signing_key,omitzero"`
	SigningAlgorithm Field[string] `json:"signing_algorithm,omitzero"`
	SigningKey       Field[string] `json:"signing_key,omitzero"`
}

// UpdateJWTTemplate changes a template; Name and Claims are required here too, what
// else is absent stays as it is. CustomSigningKey false gives up the template's own
// key.
type UpdateJWTTemplate struct {
	Name             string        `json:"name"`
	Claims           Metadata      `json:"claims"`
	Lifetime         Field[int64]  `json:"lifetime,omitzero"`
	AllowedClockSkew Field[int64]  `json:"allowed_clock_skew,omitzero"`
	CustomSigningKey Field[bool]   `json:"custom_signing_key,omitzero"`
	SigningAlgorithm Field[string] `json:"signing_algorithm,omitzero"`
	SigningKey       Field[string] `json:"signing_key,omitzero"`
}
