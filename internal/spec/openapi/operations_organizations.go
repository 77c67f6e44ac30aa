package main

import "github.com/rosterhq/roster"

var badOrganization = []roster.Kind{
	roster.ErrIdentifierExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrOrganizationName, roster.ErrParamTime,
	roster.ErrMetadataTooLarge, roster.ErrSlugsDisabled, roster.ErrOrganizationNotEnabled,
}

var organizationOperations = map[string]operation{
	"CreateOrganization": {
		tag: organizations, summary: "Create an organization", body: roster.CreateOrganization{}, answers: "The new organization.", result: roster.Organization{},
		errors: join(badOrganization, []roster.Kind{roster.ErrCreatorNotFound, roster.ErrCreationLimitExceeded, roster.ErrParamMissing}),
	},
	"ListOrganizations": {
		tag: organizations, summary: "List organizations", answers: "A page of organizations and how many match.", result: roster.Page[roster.Organization]{},
	},
	"GetOrganization": {
		tag: organizations, summary: "Get an organization by id or slug", answers: "The organization.", result: roster.Organization{}, errors: noOrganization,
	},
	"UpdateOrganization": {
		tag: organizations, summary: "Change an organization", body: roster.UpdateOrganization{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badOrganization, []roster.Kind{roster.ErrParamUnknown, roster.ErrParamDeprecated}),
	},
	"DeleteOrganization": {
		tag: organizations, summary: "Delete an organization with its memberships", answers: "What was deleted.", result: roster.Deleted{}, errors: noOrganization,
	},
	"MergeOrganizationMetadata": {
		tag: organizations, summary: "Merge into an organization's metadata", body: roster.UpdateMetadata{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badMetadata),
	},
	"UploadOrganizationLogo": {
		tag: organizations, summary: "Set an organization's logo", body: roster.UploadLogo{}, answers: "The organization, with its logo.", result: roster.Organization{},
		errors: join(noOrganization, noUser, badImage),
	},
	"DeleteOrganizationLogo": {
		tag: organizations, summary: "Take an organization's logo away", answers: "The organization.", result: roster.Organization{},
		errors: join(noOrganization, []roster.Kind{roster.ErrImageNotFound}),
	},
	"ReplaceOrganizationMetadata": {
		tag: organizations, summary: "Replace an organization's metadata", body: roster.UpdateMetadata{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badMetadata),
	},
}
