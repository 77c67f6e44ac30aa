package main

import "github.com/rosterhq/roster"

var (
	noTemplate  = []roster.Kind{roster.ErrTemplateNotFound}
	badTemplate = []roster.Kind{
		roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrAlreadyExists, roster.ErrReservedClaim, roster.ErrTemplateTooLarge,
		roster.ErrConditionalMissing,
	}
)

var templateOperations = map[string]operation{
	"ListJWTTemplates": {
		tag: templates, summary: "List JWT templates, newest first", answers: "The templates; with paginated=true a page that says how many there are.",
		result: []roster.JWTTemplate{}, alternative: roster.Page[roster.JWTTemplate]{},
	},
	"CreateJWTTemplate": {
		tag: templates, summary: "Create a JWT template", body: roster.CreateJWTTemplate{}, answers: "The new template.", result: roster.JWTTemplate{}, errors: badTemplate,
	},
	"GetJWTTemplate": {tag: templates, summary: "Get a JWT template", answers: "The template.", result: roster.JWTTemplate{}, errors: noTemplate},
	"UpdateJWTTemplate": {
		tag: templates, summary: "Change a JWT template", body: roster.UpdateJWTTemplate{}, answers: "The changed template.", result: roster.JWTTemplate{},
		errors: join(noTemplate, badTemplate),
	},
	"DeleteJWTTemplate": {tag: templates, summary: "Delete a JWT template", answers: "What was deleted.", result: roster.Deleted{}, errors: noTemplate},

	"GetJWKS": {tag: keySets, summary: "Get the keys that verify the instance's tokens", answers: "The public keys.", result: roster.JWKS{}},
}
