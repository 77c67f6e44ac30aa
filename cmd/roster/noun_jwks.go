package main

import "github.com/rosterhq/roster/client"

var jwks = noun{
	name:    "jwks",
	short:   "Public keys that verify session tokens",
	columns: "keys",
	verbs: []verb{
		{
			name: "get", short: "Show the public keys of the instance",
			do: client.JWKS.Get, example: "--json\n--jq .keys[].kid",
		},
	},
}
