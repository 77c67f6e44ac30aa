package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var jwtTemplates = noun{
	name:    "jwt-templates",
	aliases: []string{"jwt-template"},
	short:   "JWT templates, which say what tokens claim",
	long:    "TEMPLATE is an id.",
	columns: "id name lifetime signing_algorithm created_at",
	verbs: []verb{
		{
			name: "list", short: "List JWT templates, newest first",
			do: client.JWTTemplates.List, all: client.JWTTemplates.All, example: "\n--json id,name",
		},
		{
			name: "get", args: "TEMPLATE", short: "Show a JWT template",
			do: client.JWTTemplates.Get, example: "jtmp_… --jq .claims",
		},
		{
			name: "create", short: "Create a JWT template",
			do:      client.JWTTemplates.Create,
			values:  map[string][]string{"signing_algorithm": roster.SigningAlgorithms},
			example: "--name hasura --claims '{\"role\":\"{{org.role}}\"}' --lifetime 300\n--name plain --claims @claims.json",
		},
		{
			name: "update", args: "TEMPLATE", short: "Change a JWT template",
			do:      client.JWTTemplates.Update,
			values:  map[string][]string{"signing_algorithm": roster.SigningAlgorithms},
			example: "jtmp_… --name hasura --claims @claims.json",
		},
		{
			name: "delete", args: "TEMPLATE", short: "Delete a JWT template",
			do: client.JWTTemplates.Delete, example: "jtmp_…",
		},
	},
}
