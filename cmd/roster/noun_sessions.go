package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var sessions = noun{
	name:    "sessions",
	aliases: []string{"session"},
	short:   "Sessions, the sign-ins of users",
	columns: "id user_id status last_active_organization_id last_active_at expire_at",
	verbs: []verb{
		{
			name: "list", short: "List sessions, newest first",
			do: client.Sessions.List, all: client.Sessions.All,
			values:  map[string][]string{"status": roster.SessionStatuses},
			help:    map[string]string{"user_id": "sessions of this user", "status": "sessions in this state"},
			example: "--user-id user_… --status active",
		},
		{
			name: "get", args: "SESSION", short: "Show a session",
			do: client.Sessions.Get, example: "sess_…",
		},
		{
			name: "create", short: "Sign a user in, on development instances only",
			do:      client.Sessions.Create,
			help:    map[string]string{"user_id": "who signs in"},
			example: "--user-id user_… --active-organization-id org_…",
		},
		{
			name: "revoke", args: "SESSION", short: "End a session",
			do: client.Sessions.Revoke, example: "sess_…",
		},
		{
			name: "token", args: "SESSION [TEMPLATE]", short: "Make a session token, or a JWT from the template of that name",
			do: client.Sessions.CreateTokenFromTemplate, bare: client.Sessions.CreateToken, columns: "jwt",
			example: "sess_… --expires-in-seconds 3600\nsess_… hasura",
		},
		{
			name: "refresh-token", args: "SESSION", short: "Make a refresh token and a session token for a browser; Roster only",
			do: client.Sessions.CreateRefreshToken, columns: "refresh_token expires_at jwt",
			help:    map[string]string{"expires_in_seconds": "how long the refresh token lives, 30 to 2592000, never longer than the session"},
			example: "sess_… --origin https://app.example.com",
		},
		{
			name: "refresh", args: "SESSION", short: "Make a token in the place of one that expired",
			do: client.Sessions.Refresh, columns: "jwt cookies",
			values:  map[string][]string{"format": {"token", "cookie"}},
			example: "sess_… --expired-token-file expired.txt --refresh-token-file refresh.txt --request-origin https://example.com",
		},
		{
			name: "verify", args: "SESSION", short: "Show the session if its token is good, in API versions that have this",
			do: client.Sessions.Verify, example: "sess_… --token-file token.txt --api-version 2024-10-01",
		},
	},
}
