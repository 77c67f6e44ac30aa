package service

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CreateOrganization makes an organization. A creator becomes its first member,
// with the creator role of its role set, in the same transaction.
func (s *Service) CreateOrganization(ctx context.Context, c Caller, in roster.CreateOrganization) (out *roster.Organization, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		if err := t.HoldInstance(); err != nil {
			return err
		}
		settings, err := t.Settings()
		if err != nil {
			return err
		}
		if in.Slug.Or("") != "" && !settings.SlugsEnabled {
			return roster.ErrSlugsDisabled.New()
		}
		o := roster.Organization{
			ID:                    t.id(roster.PrefixOrganization),
			Name:                  in.Name,
			Slug:                  in.Slug.Or(""),
			MaxAllowedMemberships: in.MaxAllowedMemberships.Or(settings.MaxAllowedMemberships),
			AdminDeleteEnabled:    settings.AdminDeleteEnabled,
			RoleSetKey:            settings.InitialRoleSetKey,
			CreatedBy:             in.CreatedBy.Or(""),
			CreatedAt:             t.Now,
			UpdatedAt:             t.Now,
		}
		if err := t.checkOrganization(&o, in); err != nil {
			return err
		}
		if err := t.checkCreator(o.CreatedBy); err != nil {
			return err
		}
		if err := t.claimSlug(&o); err != nil {
			return err
		}
		if err := t.InsertOrganization(&o); err != nil {
			return err
		}
		if out, err = t.Organization(o.ID); err != nil {
			return err
		}
		if err := t.emit(roster.EventOrganizationCreated, out); err != nil || o.CreatedBy == "" {
			return err
		}
		_, creatorRole, err := t.RoleSetByKey(o.RoleSetKey)
		if err != nil {
			return err
		}
		who, err := t.newcomer(o.CreatedBy)
		if err == nil {
			_, err = t.addMember(out, who, store.Counts{}, creatorRole, nil, nil)
		}
		return err
	})
	return out, err
}

// checkOrganization gathers the problems of a new organization's fields and fills
// in what they give.
func (t *tx) checkOrganization(o *roster.Organization, in roster.CreateOrganization) error {
	var k checks
	k.organizationName(o.Name)
	k.slug(o.Slug)
	if at := k.time("created_at", in.CreatedAt); at != nil {
		o.CreatedAt = *at
	}
	if err := t.checkRoleSet(&k, o, in.RoleSetKey); err != nil {
		return err
	}
	var m metadata
	o.PublicMetadata = m.replace("public_metadata", nil, in.PublicMetadata)
	o.PrivateMetadata = m.replace("private_metadata", nil, in.PrivateMetadata)
	return append(k.problems, m.problems...).Err()
}

// checkCreator refuses an unknown creator and one who has created enough.
func (t *tx) checkCreator(userID string) error {
	if userID == "" {
		return nil
	}
	if err := t.LockUser(userID); err != nil {
		return orNotFound(err, roster.ErrCreatorNotFound.New(userID))
	}
	u, err := t.User(userID)
	if err != nil {
		return orNotFound(err, roster.ErrCreatorNotFound.New(userID))
	}
	limit := int64(defaultOrganizationsLimit)
	if u.CreateOrganizationsLimit != nil {
		limit = *u.CreateOrganizationsLimit
	}
	n, err := t.CountCreatedBy(userID)
	if err == nil && limit > 0 && n >= limit {
		err = roster.ErrCreationLimitExceeded.New(limit)
	}
	return err
}

// defaultOrganizationsLimit is how many organizations a user may create who has
// no limit of their own.
const defaultOrganizationsLimit = 100

var (
	slugPattern   = regexp.MustCompile(`^[a-z0-9-]+$`)
	slugGaps      = regexp.MustCompile(`[^a-z0-9]+`)
	nameForbidden = regexp.MustCompile(`(?i)://|\bwww\.|</?[a-z!]`)
)

func (k *checks) organizationName(name string) {
	switch {
	case strings.TrimSpace(name) == "":
		k.add(roster.ErrParamNil.On("name"))
	case utf8.RuneCountInString(name) > roster.MaxNameLength:
		k.add(roster.ErrParamTooLong.On("name", roster.MaxNameLength))
	case nameForbidden.MatchString(name):
		k.add(roster.ErrOrganizationName.On("name"))
	}
}

func (k *checks) slug(slug string) {
	switch {
	case slug == "":
	case utf8.RuneCountInString(slug) > roster.MaxNameLength:
		k.add(roster.ErrParamTooLong.On("slug", roster.MaxNameLength))
	case !slugPattern.MatchString(slug):
		k.add(roster.ErrParamFormat.On("slug", "made of lowercase letters, digits and dashes"))
	}
}

// checkRoleSet gives an organization the role set with a key, if one is given.
func (t *tx) checkRoleSet(k *checks, o *roster.Organization, key roster.Field[string]) error {
	if key.Or("") == "" || key.Or("") == o.RoleSetKey {
		return nil
	}
	id, _, err := t.RoleSetByKey(key.Or(""))
	if errors.Is(err, store.ErrNotFound) {
		k.add(roster.ErrFormResourceNotFound.On("role_set_key"))
		return nil
	}
	if err != nil {
		return err
	}
	o.RoleSetKey = key.Or("")
	besides, err := t.RolesBesides(o.ID, "", id)
	if err != nil {
		return err
	}
	if len(besides) > 0 {
		k.add(roster.ErrReassignmentMissing.OnRoles(besides))
	}
	if err := t.SetRoleSet(o.ID, id); err != nil {
		return err
	}
	return t.RederiveInvitations(o.ID, nil)
}

// claimSlug makes the slug the organization's, or finds a free one after its name.
func (t *tx) claimSlug(o *roster.Organization) error {
	if o.Slug != "" {
		err := t.Claim(store.KindSlug, o.Slug, o.ID)
		if errors.Is(err, store.ErrTaken) {
			err = roster.ErrIdentifierExists.On("slug", "slug")
		}
		return err
	}
	base := strings.Trim(slugGaps.ReplaceAllString(strings.ToLower(o.Name), "-"), "-")
	if base == "" {
		base = "organization"
	}
	base = strings.TrimRight(base[:min(len(base), roster.MaxNameLength-20)], "-")
	o.Slug = base
	err := t.Claim(store.KindSlug, o.Slug, o.ID)
	for clash := 1; errors.Is(err, store.ErrTaken); clash++ {
		o.Slug = base + "-" + t.slugSuffix(clash)
		err = t.Claim(store.KindSlug, o.Slug, o.ID)
	}
	return err
}

// slugSuffix is the number behind a slug that clashed: small at first, then
// random, so that many organizations of one name do not try each other's.
func (t *tx) slugSuffix(clash int) string {
	if clash < 10 {
		return strconv.Itoa(clash)
	}
	var b [4]byte
	if _, err := io.ReadFull(t.service.rand, b[:]); err != nil && t.fail == nil {
		t.fail = err
	}
	return strconv.FormatUint(uint64(binary.BigEndian.Uint32(b[:])), 10)
}

// Organization is the organization with an id or a slug.
func (s *Service) Organization(ctx context.Context, c Caller, idOrSlug string, include roster.OrganizationInclude) (out *roster.Organization, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		out, err = t.Organization(idOrSlug)
		if errors.Is(err, store.ErrNotFound) {
			out, err = t.OrganizationBySlug(idOrSlug)
		}
		if err != nil {
			return orNotFound(err, roster.ErrOrganizationNotFound.New())
		}
		return t.include(out, include)
	})
	return out, err
}

func (t *tx) include(o *roster.Organization, include roster.OrganizationInclude) error {
	if include.MembersCount {
		n, err := t.CountMembers(o.ID)
		if err != nil {
			return err
		}
		o.MembersCount = &n
	}
	if !include.MissingMemberWithElevatedPermissions {
		return nil
	}
	list := []roster.Organization{*o}
	err := t.IncludeMissingMember(list)
	*o = list[0]
	return err
}

// Organizations is one page of the instance's organizations.
func (s *Service) Organizations(ctx context.Context, c Caller, q roster.OrganizationQuery) (page roster.Page[roster.Organization], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		page, err = t.Organizations(q)
		return err
	})
	return page, err
}

// UpdateOrganization changes what the body gives. Metadata replaces; the edge
// lets it through for the API versions that take it.
func (s *Service) UpdateOrganization(ctx context.Context, c Caller, organizationID string, in roster.UpdateOrganization) (out *roster.Organization, err error) {
	return s.changeOrganization(ctx, c, organizationID, func(t *tx, o *roster.Organization) error {
		settings, err := t.Settings()
		if err != nil {
			return err
		}
		if in.Slug.Or("") != "" && !settings.SlugsEnabled {
			return roster.ErrSlugsDisabled.New()
		}
		var k checks
		if name, ok := in.Name.Get(); ok {
			o.Name = name
			k.organizationName(o.Name)
		}
		k.slug(in.Slug.Or(""))
		if at := k.time("created_at", in.CreatedAt); at != nil {
			o.CreatedAt = *at
		}
		if err := t.checkRoleSet(&k, o, in.RoleSetKey); err != nil {
			return err
		}
		o.MaxAllowedMemberships = in.MaxAllowedMemberships.Or(o.MaxAllowedMemberships)
		o.AdminDeleteEnabled = in.AdminDeleteEnabled.Or(o.AdminDeleteEnabled)
		var m metadata
		o.PublicMetadata = m.replace("public_metadata", o.PublicMetadata, in.PublicMetadata)
		o.PrivateMetadata = m.replace("private_metadata", o.PrivateMetadata, in.PrivateMetadata)
		if err := append(k.problems, m.problems...).Err(); err != nil {
			return err
		}
		return t.changeSlug(o, in.Slug.Or(o.Slug))
	})
}

func (t *tx) changeSlug(o *roster.Organization, slug string) error {
	if slug == o.Slug || slug == "" {
		return nil
	}
	old := o.Slug
	o.Slug = slug
	if err := t.claimSlug(o); err != nil {
		return err
	}
	return t.Release(store.KindSlug, old)
}

// lockedOrganization is organization for a transaction that changes or deletes it.
func (t *tx) lockedOrganization(id string) (*roster.Organization, error) {
	if err := t.organizationsEnabled(); err != nil {
		return nil, err
	}
	if err := t.LockOrganization(id); err != nil {
		return nil, orNotFound(err, roster.ErrOrganizationNotFound.New())
	}
	return t.organization(id)
}

// changeOrganization applies a change, keeps it and tells of it, unless it comes
// to nothing.
func (s *Service) changeOrganization(ctx context.Context, c Caller, id string, apply func(*tx, *roster.Organization) error) (out *roster.Organization, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.HoldInstance(); err != nil { // for the settings and the role set
			return err
		}
		before, err := t.lockedOrganization(id)
		if err != nil {
			return err
		}
		after := *before
		if err := apply(t, &after); err != nil {
			return err
		}
		out = before
		if sameJSON(before, &after) {
			return nil
		}
		after.UpdatedAt = t.Now
		if err := t.UpdateOrganization(&after); err != nil {
			return err
		}
		if out, err = t.Organization(id); err != nil {
			return err
		}
		return t.emit(roster.EventOrganizationUpdated, out)
	})
	return out, err
}

// MergeOrganizationMetadata merges metadata into an organization's.
func (s *Service) MergeOrganizationMetadata(ctx context.Context, c Caller, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	return s.organizationMetadata(ctx, c, organizationID, in, (*metadata).merge)
}

// ReplaceOrganizationMetadata replaces the metadata fields that are given.
func (s *Service) ReplaceOrganizationMetadata(ctx context.Context, c Caller, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	return s.organizationMetadata(ctx, c, organizationID, in, (*metadata).replace)
}

func (s *Service) organizationMetadata(ctx context.Context, c Caller, id string, in roster.UpdateMetadata, how change) (*roster.Organization, error) {
	return s.changeOrganization(ctx, c, id, func(_ *tx, o *roster.Organization) error {
		var m metadata
		o.PublicMetadata = how(&m, "public_metadata", o.PublicMetadata, in.PublicMetadata)
		o.PrivateMetadata = how(&m, "private_metadata", o.PrivateMetadata, in.PrivateMetadata)
		return m.problems.Err()
	})
}

// DeleteOrganization removes an organization with its memberships and invitations and
// takes it off all sessions.
func (s *Service) DeleteOrganization(ctx context.Context, c Caller, organizationID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		o, err := t.lockedOrganization(organizationID)
		if err != nil {
			return err
		}
		n, err := t.Counts(o.ID)
		if err != nil {
			return err
		}
		if err := t.EachMembership(o.ID, "", func(list []roster.Membership) error {
			return t.emitMemberships(roster.EventMembershipDeleted, list, n)
		}); err != nil {
			return err
		}
		if err := t.DeleteOrganization(o); err != nil {
			return err
		}
		out = &roster.Deleted{Object: "organization", ID: o.ID, Slug: o.Slug, Deleted: true}
		return t.emit(roster.EventOrganizationDeleted, out)
	})
	return out, err
}
