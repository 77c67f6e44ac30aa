package service

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// Limits of what one token claims.
const (
	maxClaimsBytes        = 64 << 10
	maxClaimOrganizations = 1000
)

// renderer fills a template's claims in for a subject.
type renderer struct {
	*tx
	of       *subject
	template string
	out      bytes.Buffer
	enc      *jsontext.Encoder
}

// render is a token's claims: those that every token carries, then the template's.
// A text that is one expression takes its value, of whatever JSON type, null where
// there is none; within other text a value stands as text, and null as nothing.
func (t *tx) render(name string, claims roster.Metadata, of *subject, s stamp) ([]byte, error) {
	r := &renderer{tx: t, of: of, template: name}
	r.enc = jsontext.NewEncoder(&r.out)
	if err := r.enc.WriteToken(jsontext.BeginObject); err != nil {
		return nil, err
	}
	own := []struct {
		name  string
		value jsontext.Token
	}{
		{"exp", jsontext.Int(s.Expires)}, {"iat", jsontext.Int(s.Issued)}, {"iss", jsontext.String(s.Issuer)},
		{"jti", jsontext.String(s.ID)}, {"nbf", jsontext.Int(s.NotBefore)}, {"sub", jsontext.String(of.user.ID)},
	}
	for _, c := range own {
		if err := r.write(jsontext.String(c.name), c.value); err != nil {
			return nil, err
		}
	}
	for _, m := range members(jsontext.Value(claims)) {
		if err := r.write(jsontext.String(m.name)); err != nil {
			return nil, err
		}
		if err := r.value(m.value); err != nil {
			return nil, err
		}
	}
	if err := r.enc.WriteToken(jsontext.EndObject); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(r.out.Bytes()), nil
}

func (r *renderer) write(tokens ...jsontext.Token) error {
	for _, token := range tokens {
		if err := r.enc.WriteToken(token); err != nil {
			return fmt.Errorf("write claim: %w", err)
		}
	}
	return nil
}

// value writes one value of the template.
func (r *renderer) value(v jsontext.Value) error {
	switch v.Kind() {
	case '{', '[':
		return r.composite(v)
	case '"':
		text, err := jsontext.AppendUnquote(nil, v)
		if err != nil {
			return err
		}
		if v, err = r.text(string(text)); err != nil {
			return err
		}
	}
	if r.enc.OutputOffset()+int64(len(v)) > maxClaimsBytes {
		return roster.ErrTokenTooLarge.New(r.template, maxClaimsBytes)
	}
	return r.enc.WriteValue(v)
}

func (r *renderer) composite(v jsontext.Value) error {
	begin, end := jsontext.BeginArray, jsontext.EndArray
	if v.Kind() == '{' {
		begin, end = jsontext.BeginObject, jsontext.EndObject
	}
	if err := r.write(begin); err != nil {
		return err
	}
	for _, m := range members(v) {
		if v.Kind() == '{' {
			if err := r.write(jsontext.String(m.name)); err != nil {
				return err
			}
		}
		if err := r.value(m.value); err != nil {
			return err
		}
	}
	return r.write(end)
}

// text is what a text of the template comes to.
func (r *renderer) text(text string) (jsontext.Value, error) {
	parts, err := pieces(text)
	if err != nil {
		return nil, err
	}
	if len(parts) == 1 && parts[0].expression != nil {
		return r.evaluate(parts[0].expression)
	}
	var out strings.Builder
	for _, p := range parts {
		if p.expression == nil {
			out.WriteString(p.text)
			continue
		}
		v, err := r.evaluate(p.expression)
		if err != nil {
			return nil, err
		}
		if err := interpolate(&out, v); err != nil {
			return nil, err
		}
		if out.Len() > maxClaimsBytes {
			return nil, roster.ErrTokenTooLarge.New(r.template, maxClaimsBytes)
		}
	}
	return jsontext.AppendQuote(nil, out.String())
}

// interpolate writes a value as it stands within text.
func interpolate(out *strings.Builder, v jsontext.Value) error {
	switch v.Kind() {
	case 'n':
	case '"':
		text, err := jsontext.AppendUnquote(nil, v)
		if err != nil {
			return err
		}
		out.Write(text)
	default:
		out.Write(v)
	}
	return nil
}

// evaluate is the first operand that is neither null nor false, else the last one.
func (r *renderer) evaluate(expression []operand) (v jsontext.Value, err error) {
	for _, o := range expression {
		if o.literal != nil {
			v, err = jsontext.AppendQuote(nil, *o.literal)
		} else {
			v, err = r.shortcode(o)
		}
		if err != nil || v.Kind() != 'n' && v.Kind() != 'f' {
			break
		}
	}
	return v, err
}

// shortcode is the value of one, null where there is none.
func (r *renderer) shortcode(o operand) (jsontext.Value, error) {
	noun, name, _ := strings.Cut(o.shortcode, ".")
	var v any
	switch noun {
	case "user":
		v = userCode(r.of.user, name)
	case "session":
		v = map[string]any{"id": r.of.session.ID, "actor": r.of.session.Actor}[name]
	default:
		if r.of.membership != nil {
			v = membershipCode(r.of, noun, name)
		}
	}
	if o.shortcode == "user.organizations" {
		roles, err := r.rolesInOrganizations()
		if err != nil {
			return nil, err
		}
		if len(roles) > maxClaimOrganizations {
			return nil, roster.ErrTokenTooLarge.New(r.template, maxClaimsBytes)
		}
		v = roles
	}
	encoded, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", o.shortcode, err)
	}
	return lookUp(jsontext.Value(encoded), o.path), nil
}

// rolesInOrganizations are those of the user, one more than a token may claim at most,
// and none while the instance has organizations switched off.
func (r *renderer) rolesInOrganizations() (map[string]string, error) {
	if !r.caller.OrganizationsEnabled {
		return map[string]string{}, nil
	}
	return r.UserRoles(r.of.user.ID, maxClaimOrganizations+1)
}

// lookUp is a member at any depth, null where there is none.
func lookUp(v jsontext.Value, path []string) jsontext.Value {
	for _, name := range path {
		found := jsontext.Value("null")
		if v.Kind() == '{' {
			for _, m := range members(v) {
				if m.name == name {
					found = m.value
				}
			}
		}
		v = found
	}
	return v
}

func userCode(u *roster.User, name string) any {
	switch name {
	case "full_name":
		if full := strings.TrimSpace(orEmpty(u.FirstName) + " " + orEmpty(u.LastName)); full != "" {
			return full
		}
		return nil
	case "primary_email_address", "email_verified":
		for _, a := range u.EmailAddresses {
			if a.ID == orEmpty(u.PrimaryEmailAddressID) {
				return either(name == "email_verified", isVerified(a.Verification), a.EmailAddress)
			}
		}
		return either(name == "email_verified", false, nil)
	case "primary_phone_number", "phone_number_verified":
		for _, p := range u.PhoneNumbers {
			if p.ID == orEmpty(u.PrimaryPhoneNumberID) {
				return either(name == "phone_number_verified", isVerified(p.Verification), p.PhoneNumber)
			}
		}
		return either(name == "phone_number_verified", false, nil)
	case "primary_web3_wallet":
		for _, w := range u.Web3Wallets {
			if w.ID == orEmpty(u.PrimaryWeb3WalletID) {
				return w.Web3Wallet
			}
		}
		return nil
	}
	return map[string]any{
		"id": u.ID, "external_id": u.ExternalID, "username": u.Username, "first_name": u.FirstName, "last_name": u.LastName,
		"image_url": u.ImageURL, "has_image": u.HasImage, "two_factor_enabled": u.TwoFactorEnabled,
		"created_at": u.CreatedAt, "updated_at": u.UpdatedAt, "last_sign_in_at": u.LastSignInAt,
		"public_metadata": u.PublicMetadata, "unsafe_metadata": u.UnsafeMetadata,
	}[name]
}

func either(first bool, a, b any) any {
	if first {
		return a
	}
	return b
}

func isVerified(v *roster.Verification) bool { return v != nil && v.Status == "verified" }

func membershipCode(of *subject, noun, name string) any {
	m := of.membership
	if noun == "org_membership" {
		return map[string]any{"id": m.ID, "role": m.Role, "permissions": of.customPermissions(), "public_metadata": m.PublicMetadata}[name]
	}
	o := m.Organization
	return map[string]any{
		"id": o.ID, "name": o.Name, "slug": o.Slug, "role": m.Role, "image_url": o.ImageURL, "has_image": o.HasImage,
		"created_at": o.CreatedAt, "public_metadata": o.PublicMetadata,
	}[name]
}
