package service

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// What a JWT template has where nothing else is given, in seconds.
const (
	templateLifetime = 60
	templateSkew     = 5
)

var templateName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// JWTTemplates is one page of the instance's JWT templates, newest first.
func (s *Service) JWTTemplates(ctx context.Context, c Caller, p roster.Paging) (page roster.Page[roster.JWTTemplate], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		page, err = t.Templates(p)
		return err
	})
	return page, err
}

// JWTTemplate is one JWT template.
func (s *Service) JWTTemplate(ctx context.Context, c Caller, templateID string) (out *roster.JWTTemplate, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		found, err := t.template(templateID)
		if err == nil {
			out = &found.JWTTemplate
		}
		return err
	})
	return out, err
}

// template is a path's template, or the wire's 404. A transaction that writes keeps
// the instance's templates, and so their names, to itself.
func (t *tx) template(id string) (*store.Template, error) {
	if t.writes {
		if err := t.LockConfiguration(); err != nil {
			return nil, err
		}
	}
	found, err := t.Template(id)
	return found, orNotFound(err, roster.ErrTemplateNotFound.New("the id "+id))
}

// CreateJWTTemplate makes a JWT template.
func (s *Service) CreateJWTTemplate(ctx context.Context, c Caller, in roster.CreateJWTTemplate) (out *roster.JWTTemplate, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		made := &store.Template{JWTTemplate: roster.JWTTemplate{
			Object: "jwt_template", ID: t.id(roster.PrefixJWTTemplate), Claims: roster.Metadata("{}"),
			Lifetime: templateLifetime, AllowedClockSkew: templateSkew, SigningAlgorithm: signingAlgorithm,
		}}
		if err := t.setTemplate(made, in); err != nil {
			return err
		}
		out = &made.JWTTemplate
		err := t.InsertTemplate(made)
		if errors.Is(err, store.ErrTaken) {
			err = roster.ErrAlreadyExists.On("name", "JWT template")
		}
		return err
	})
	return out, err
}

// UpdateJWTTemplate changes a JWT template; tokens are made by it from then on.
func (s *Service) UpdateJWTTemplate(ctx context.Context, c Caller, templateID string, in roster.UpdateJWTTemplate) (out *roster.JWTTemplate, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		found, err := t.template(templateID)
		if err != nil {
			return err
		}
		out = &found.JWTTemplate
		old := *found
		old.Claims = slices.Clone(old.Claims)
		if err := t.setTemplate(found, roster.CreateJWTTemplate(in)); err != nil {
			return err
		}
		if alike(&old, found) {
			return nil
		}
		if other, err := t.TemplateNamed(found.Name); err == nil && other.ID != found.ID {
			return roster.ErrAlreadyExists.On("name", "JWT template")
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return t.SaveTemplate(found)
	})
	return out, err
}

// alike reports whether two templates make the same tokens.
func alike(a, b *store.Template) bool {
	return a.Name == b.Name && string(a.Claims) == string(b.Claims) && a.Lifetime == b.Lifetime && a.AllowedClockSkew == b.AllowedClockSkew &&
		a.SigningAlgorithm == b.SigningAlgorithm && orEmpty(a.SigningKey) == orEmpty(b.SigningKey)
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// DeleteJWTTemplate removes a JWT template.
func (s *Service) DeleteJWTTemplate(ctx context.Context, c Caller, templateID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if _, err := t.template(templateID); err != nil {
			return err
		}
		out = &roster.Deleted{Object: "jwt_template", ID: templateID, Deleted: true}
		return t.DeleteTemplate(templateID)
	})
	return out, err
}

// setTemplate puts what was given into a template, or says all that is wrong with it.
func (t *tx) setTemplate(to *store.Template, in roster.CreateJWTTemplate) error {
	var k checks
	to.Name = in.Name
	if utf8.RuneCountInString(in.Name) > roster.MaxTemplateNameLength {
		k.add(roster.ErrParamTooLong.On("name", roster.MaxTemplateNameLength))
	} else if !templateName.MatchString(in.Name) {
		k.add(roster.ErrParamFormat.On("name", "made of letters, digits, - and _"))
	}
	to.Claims = k.templateClaims(in.Claims)
	to.Lifetime = in.Lifetime.Or(to.Lifetime)
	to.AllowedClockSkew = in.AllowedClockSkew.Or(to.AllowedClockSkew)
	k.templateKey(to, in)
	return k.problems.Err()
}

// templateClaims are claims that a template may make, compact.
func (k *checks) templateClaims(given roster.Metadata) roster.Metadata {
	if !given.IsObject() {
		k.add(roster.ErrParamType.On("claims", "no object", "a JSON object"))
		return given
	}
	claims, err := given.Compact()
	if err != nil {
		k.add(roster.ErrParamInvalid.On("claims", err.Error()))
		return given
	}
	if len(claims) > roster.MaxTemplateBytes {
		k.add(roster.ErrTemplateTooLarge.On("claims", roster.MaxTemplateBytes))
		return claims
	}
	for _, m := range members(jsontext.Value(claims)) {
		if slices.Contains(roster.ReservedClaims, m.name) {
			k.add(roster.ErrReservedClaim.On("claims", m.name))
		}
	}
	if err := checkShortcodes(jsontext.Value(claims)); err != nil {
		k.add(roster.ErrParamInvalid.On("claims", err.Error()))
	}
	return claims
}

// templateKey is the signing key of a template's own. One that is not given again
// stays, for no answer shows it.
func (k *checks) templateKey(to *store.Template, in roster.CreateJWTTemplate) {
	algorithm, key := in.SigningAlgorithm.Or(""), in.SigningKey.Or("")
	if !in.CustomSigningKey.Or(to.CustomSigningKey) {
		if key != "" {
			k.add(roster.ErrConditionalMissing.On("custom_signing_key", "signing_key"))
		}
		if algorithm != "" && algorithm != signingAlgorithm {
			k.add(roster.ErrConditionalMissing.On("custom_signing_key", "signing_algorithm"))
		}
		to.CustomSigningKey, to.SigningAlgorithm, to.SigningKey = false, signingAlgorithm, nil
		return
	}
	if !to.CustomSigningKey && algorithm == "" {
		k.add(roster.ErrConditionalMissing.On("signing_algorithm", "custom_signing_key"))
	}
	if !to.CustomSigningKey && key == "" {
		k.add(roster.ErrConditionalMissing.On("signing_key", "custom_signing_key"))
	}
	if algorithm != "" {
		to.SigningAlgorithm = algorithm
	}
	if key != "" {
		to.SigningKey = &key
	}
	to.CustomSigningKey = true
	if len(k.problems) == 0 {
		if err := checkKey(to.SigningAlgorithm, orEmpty(to.SigningKey)); err != nil {
			k.add(roster.ErrParamInvalid.On("signing_key", err.Error()))
		}
	}
}
