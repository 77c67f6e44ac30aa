package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var orgs = noun{
	name:    "orgs",
	aliases: []string{"organizations", "org", "organization"},
	short:   "Organizations, the tenants of an instance",
	long:    "ORGANIZATION is an id; get takes a slug too.",
	columns: "id name slug members_count max_allowed_memberships created_at",
	verbs: []verb{
		{
			name: "list", short: "List organizations, newest first unless ordered",
			do: client.Organizations.List, all: client.Organizations.All,
			values:  map[string][]string{"order_by": signedOrders(roster.OrganizationOrders)},
			help:    map[string]string{"query": "part of the name or slug, or the exact id", "user_id": "organizations with this member; -ID without"},
			example: "--query acme\n--include-members-count --order-by -members_count --limit 5\n--all --json id,slug",
		},
		{
			name: "get", args: "ORGANIZATION", short: "Show an organization by its id or slug",
			do:      client.Organizations.Get,
			example: "acme\norg_… --include-members-count --json",
		},
		{
			name: "create", short: "Create an organization",
			do:      client.Organizations.Create,
			example: "--name Acme --slug acme --created-by user_…\n--name Acme --public-metadata plan=team --public-metadata seats:=5",
		},
		{
			name: "update", args: "ORGANIZATION", short: "Change an organization",
			do:      client.Organizations.Update,
			long:    "Metadata goes with --api-version before 2026-05-12 only; later ones have metadata.",
			example: "org_… --name 'Acme Ltd'\norg_… --max-allowed-memberships 50",
		},
		metadataVerb(client.Organizations.UpdateMetadata, "ORGANIZATION", "org_…", "unsafe_metadata"),
		replaceMetadataVerb(client.Organizations.ReplaceMetadata, "ORGANIZATION", "org_…", "unsafe_metadata"),
		{
			name: "upload-logo", args: "ORGANIZATION FILE", rest: "file", short: "Give an organization a logo",
			long:    "FILE is a JPEG, PNG, GIF or WebP image of up to 10 MiB, - for standard input.",
			do:      client.Organizations.UploadLogo,
			example: "org_… logo.png --uploader-user-id user_…",
		},
		{
			name: "delete-logo", args: "ORGANIZATION", short: "Take the logo from an organization",
			do: client.Organizations.DeleteLogo, example: "org_…",
		},
		{
			name: "delete", args: "ORGANIZATION", short: "Delete an organization with its memberships",
			do:      client.Organizations.Delete,
			example: "org_…",
		},
	},
}

// metadataVerb merges into the metadata of a noun's object.
func metadataVerb(do any, args, ids, without string) verb {
	return verb{
		name: "metadata", args: args, short: "Merge into metadata", do: do, without: without,
		long:    "Objects merge member by member at any depth, null removes a member, everything\nelse replaces what was there.",
		example: ids + " --public-metadata plan=team\n" + ids + ` --private-metadata '{"crm":{"owner":null}}'`,
	}
}

// replaceMetadataVerb replaces whole metadata fields.
func replaceMetadataVerb(do any, args, ids, without string) verb {
	return verb{
		name: "replace-metadata", args: args, short: "Replace metadata", do: do, without: without,
		long:    "Each kind of metadata that is given takes the place of the old one, whole.",
		example: ids + " --public-metadata @metadata.json\n" + ids + " --private-metadata '{}'",
	}
}
