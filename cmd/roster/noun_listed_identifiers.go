package main

import "github.com/rosterhq/roster/client"

const listedLong = "IDENTIFIER is the id of an entry. What the list does, roster settings restrict says."

var allowlist = noun{
	name:    "allowlist",
	short:   "Identifiers that alone are let in, while the allow-list is on",
	long:    listedLong,
	columns: "id identifier identifier_type created_at",
	verbs: []verb{
		{
			name: "list", short: "List the allow-list, newest first",
			do: client.AllowlistIdentifiers.List, all: client.AllowlistIdentifiers.All, example: "\n--all --json identifier",
		},
		{
			name: "create", short: "Put an identifier on the allow-list",
			do:      client.AllowlistIdentifiers.Create,
			help:    map[string]string{"notify": "invite to sign up; Clerk only"},
			example: "--identifier ada@example.com\n--identifier '*@example.com'",
		},
		{
			name: "delete", args: "IDENTIFIER", short: "Take an identifier off the allow-list",
			do: client.AllowlistIdentifiers.Delete, example: "alid_…",
		},
	},
}

var blocklist = noun{
	name:    "blocklist",
	short:   "Identifiers that are kept out, while the block-list is on",
	long:    listedLong,
	columns: "id identifier identifier_type created_at",
	verbs: []verb{
		{
			name: "list", short: "List the block-list, newest first",
			do: client.BlocklistIdentifiers.List, example: "\n--json identifier",
		},
		{
			name: "create", short: "Put an identifier on the block-list",
			do: client.BlocklistIdentifiers.Create, example: "--identifier eve@example.com\n--identifier +12025550123",
		},
		{
			name: "delete", args: "IDENTIFIER", short: "Take an identifier off the block-list",
			do: client.BlocklistIdentifiers.Delete, example: "blid_…",
		},
	},
}
