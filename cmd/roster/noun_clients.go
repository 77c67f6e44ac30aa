package main

import "github.com/rosterhq/roster/client"

var clients = noun{
	name:    "clients",
	aliases: []string{"client"},
	short:   "Clients, the browsers and devices that hold sessions",
	columns: "id session_ids last_active_session_id created_at",
	verbs: []verb{
		{
			name: "list", short: "List clients, newest first",
			do: client.Clients.List, all: client.Clients.All, example: "\n--all --json id,session_ids",
		},
		{
			name: "get", args: "CLIENT", short: "Show a client with its sessions",
			do: client.Clients.Get, example: "client_…",
		},
		{
			name: "verify", short: "Show the client that a token is of",
			do: client.Clients.Verify, example: "--token-file token.txt",
		},
	},
}
