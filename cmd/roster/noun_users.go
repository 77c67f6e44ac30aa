package main

import (
	"slices"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var users = noun{
	name:    "users",
	aliases: []string{"user"},
	short:   "Users of an instance",
	columns: "id email_addresses.0.email_address first_name last_name username created_at",
	verbs: slices.Concat([]verb{
		{
			name: "list", short: "List users, newest first unless ordered",
			do: client.Users.List, all: client.Users.All,
			values:  map[string][]string{"order_by": signedOrders(roster.UserOrders)},
			example: "--query tanaka\n--organization-id org_… --banned=false\n--created-at-after 2025-01-01 --all --json id,username",
		},
		{
			name: "count", short: "Count users",
			do: client.Users.Count, without: "order_by limit offset starting_after",
			example: "--banned",
		},
		{
			name: "get", args: "USER", short: "Show a user",
			do:      client.Users.Get,
			example: "user_…\nuser_… --jq .email_addresses[].email_address",
		},
		{
			name: "create", short: "Create a user",
			do:      client.Users.Create,
			suggest: map[string][]string{"password_hasher": roster.PasswordHashers},
			example: "--email-address ada@example.com --skip-password-requirement\n--username ada --password-file password.txt",
		},
		{
			name: "update", args: "USER", short: "Change a user",
			do:      client.Users.Update,
			suggest: map[string][]string{"password_hasher": roster.PasswordHashers},
			long:    "Metadata goes with --api-version before 2026-05-12 only; later ones have metadata.",
			example: "user_… --first-name Ada\nuser_… --clear username,external-id",
		},
		metadataVerb(client.Users.UpdateMetadata, "USER", "user_…", ""),
		replaceMetadataVerb(client.Users.ReplaceMetadata, "USER", "user_…", ""),
		{
			name: "ban", args: "USER", short: "Keep a user from signing in, and end the user's sessions",
			do: client.Users.Ban, example: "user_…",
		},
		{
			name: "unban", args: "USER", short: "Let a banned user sign in again",
			do: client.Users.Unban, example: "user_…",
		},
		{
			name: "delete", args: "USER", short: "Delete a user with the user's memberships",
			do: client.Users.Delete, example: "user_…",
		},
	}, accountVerbs),
}
