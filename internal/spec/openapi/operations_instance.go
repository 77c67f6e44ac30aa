package main

import "github.com/rosterhq/roster"

var badListed = []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrAlreadyExists, roster.ErrParamUnknown, roster.ErrListedQuota}

var instanceOperations = map[string]operation{
	"GetInstance": {tag: settings, summary: "Get the instance", answers: "The instance of the secret key.", result: roster.Instance{}},
	"UpdateInstance": {
		tag: settings, summary: "Change the instance", body: roster.UpdateInstance{}, answers: "All that was asked for is so.",
		errors: []roster.Kind{
			roster.ErrParamUnknown, roster.ErrParamInvalid, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrParamArraySize,
			roster.ErrParamDuplicateValues, roster.ErrConditionalDisallowed,
		},
	},
	"UpdateInstanceRestrictions": {
		tag: settings, summary: "Change which identifiers are kept out", body: roster.UpdateInstanceRestrictions{}, answers: "The changed restrictions.",
		result: roster.InstanceRestrictions{}, errors: []roster.Kind{roster.ErrParamUnknown},
	},
	"GetInstanceOrganizationSettings": {
		tag: settings, summary: "Get the organization settings", answers: "The settings.", result: roster.OrganizationSettings{},
	},
	"UpdateInstanceOrganizationSettings": {
		tag: settings, summary: "Change the organization settings", body: roster.UpdateOrganizationSettings{}, answers: "The changed settings.",
		result: roster.OrganizationSettings{},
		errors: []roster.Kind{roster.ErrParamUnknown, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrRoleNotFound, roster.ErrMissingCreatorPermission},
	},

	"ListAllowlistIdentifiers": {
		tag: lists, summary: "List the allow-list, newest first", answers: "The identifiers; with paginated=true a page that says how many there are.",
		result: []roster.ListedIdentifier{}, alternative: roster.Page[roster.ListedIdentifier]{},
	},
	"CreateAllowlistIdentifier": {
		tag: lists, summary: "Put an identifier on the allow-list", body: roster.CreateAllowlistIdentifier{}, answers: "The new entry.",
		result: roster.ListedIdentifier{}, errors: badListed,
	},
	"DeleteAllowlistIdentifier": {
		tag: lists, summary: "Take an identifier off the allow-list", answers: "What was deleted.", result: roster.Deleted{},
		errors: []roster.Kind{roster.ErrListedNotFound},
	},
	"ListBlocklistIdentifiers": {
		tag: lists, summary: "List the whole block-list, newest first", answers: "The identifiers and how many there are.",
		result: roster.Page[roster.ListedIdentifier]{},
	},
	"CreateBlocklistIdentifier": {
		tag: lists, summary: "Put an identifier on the block-list", body: roster.CreateBlocklistIdentifier{}, answers: "The new entry.",
		result: roster.ListedIdentifier{}, errors: badListed,
	},
	"DeleteBlocklistIdentifier": {
		tag: lists, summary: "Take an identifier off the block-list", answers: "What was deleted.", result: roster.Deleted{},
		errors: []roster.Kind{roster.ErrListedNotFound},
	},
}
