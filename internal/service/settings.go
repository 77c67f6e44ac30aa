package service

import (
	"context"
	"errors"
	"reflect"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// OrganizationSettings are what the organizations of the instance have in common.
// They are there to be read, and to be changed, while organizations are off.
func (s *Service) OrganizationSettings(ctx context.Context, c Caller) (out roster.OrganizationSettings, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.organizationSettings()
		return err
	})
	return out, err
}

// organizationSettings shows the settings: ids inside, keys outside.
func (t *tx) organizationSettings() (out roster.OrganizationSettings, err error) {
	in, err := t.Settings()
	if err != nil {
		return out, err
	}
	creator, err1 := t.Role(in.CreatorRoleID)
	standard, err2 := t.Role(in.DomainsDefaultRoleID)
	return roster.OrganizationSettings{
		Object:                 "organization_settings",
		Enabled:                in.OrganizationsEnabled,
		MaxAllowedMemberships:  in.MaxAllowedMemberships,
		MaxAllowedRoles:        in.MaxAllowedRoles,
		MaxRoleSetsAllowed:     in.MaxRoleSetsAllowed,
		MaxAllowedDomains:      in.MaxAllowedDomains,
		CreatorRole:            creator.Key,
		AdminDeleteEnabled:     in.AdminDeleteEnabled,
		DomainsEnabled:         in.DomainsEnabled,
		SlugDisabled:           !in.SlugsEnabled,
		DomainsEnrollmentModes: in.DomainsEnrollmentModes,
		DomainsDefaultRole:     standard.Key,
		InitialRoleSetKey:      &in.InitialRoleSetKey,
		ElevatedMemberRequired: in.ElevatedMemberRequired,
	}, errors.Join(err1, err2)
}

// UpdateOrganizationSettings changes what the body gives. What was made under the
// settings before stays as it is.
func (s *Service) UpdateOrganizationSettings(ctx context.Context, c Caller, in roster.UpdateOrganizationSettings) (out roster.OrganizationSettings, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		before, err := t.Settings()
		if err != nil {
			return err
		}
		after := before
		if err := t.applySettings(&after, in); err != nil {
			return err
		}
		if !reflect.DeepEqual(before, after) {
			if err := t.SaveSettings(after); err != nil {
				return err
			}
		}
		out, err = t.organizationSettings()
		return err
	})
	return out, err
}

func (t *tx) applySettings(to *store.Instance, in roster.UpdateOrganizationSettings) error {
	to.OrganizationsEnabled = in.Enabled.Or(to.OrganizationsEnabled)
	to.MaxAllowedMemberships = in.MaxAllowedMemberships.Or(to.MaxAllowedMemberships)
	to.AdminDeleteEnabled = in.AdminDeleteEnabled.Or(to.AdminDeleteEnabled)
	to.DomainsEnabled = in.DomainsEnabled.Or(to.DomainsEnabled)
	to.SlugsEnabled = !in.SlugDisabled.Or(!to.SlugsEnabled)
	to.ElevatedMemberRequired = in.ElevatedMemberRequired.Or(to.ElevatedMemberRequired)
	if in.DomainsEnrollmentModes != nil {
		if to.DomainsEnrollmentModes = in.DomainsEnrollmentModes; repeats(in.DomainsEnrollmentModes) {
			return roster.Errors{roster.ErrParamDuplicateValues.On("domains_enrollment_modes")}
		}
	}
	creator, err := t.settingsRole("creator_role_id", in.CreatorRoleID, to.InitialRoleSetID, &to.CreatorRoleID)
	if err != nil {
		return err
	}
	if creator != nil && !creator.IsCreatorEligible {
		return missingCreatorPermission()
	}
	_, err = t.settingsRole("domains_default_role_id", in.DomainsDefaultRoleID, to.InitialRoleSetID, &to.DomainsDefaultRoleID)
	return err
}

// settingsRole puts a role into the settings, and into the initial role set, which
// must have what it gives. It is nil where none is given.
func (t *tx) settingsRole(param string, id roster.Field[string], roleSetID string, to *string) (*roster.Role, error) {
	given, ok := id.Get()
	if !ok {
		return nil, nil
	}
	r, err := t.Role(given)
	if err != nil {
		return nil, orNotFound(err, roster.ErrRoleNotFound.On(param))
	}
	*to = r.ID
	return &r, t.AddRoleToSet(roleSetID, r.ID)
}
