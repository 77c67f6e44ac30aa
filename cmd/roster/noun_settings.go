package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var settings = noun{
	name:    "settings",
	short:   "Settings of the instance, and what its organizations have in common",
	columns: "enabled max_allowed_memberships creator_role admin_delete_enabled domains_enabled slug_disabled initial_role_set_key",
	verbs: []verb{
		{
			name: "get", short: "Show the settings that organizations have in common",
			do: client.Instance.OrganizationSettings, example: "\n--json creator_role",
		},
		{
			name: "update", short: "Change the settings that organizations have in common",
			do:     client.Instance.UpdateOrganizationSettings,
			values: map[string][]string{"domains_enrollment_modes": roster.SettableEnrollmentModes},
			help: map[string]string{
				"max_allowed_memberships": "most members of an organization unless it says otherwise, 0 for no limit",
				"admin_delete_enabled":    "whether admins may delete organizations, unless one says otherwise",
			},
			example: "--max-allowed-memberships 50 --admin-delete-enabled=false\n--clear domains-enrollment-modes",
		},
		{
			name: "instance", short: "Show the instance",
			do: client.Instance.Get, columns: "id environment_type", example: "",
		},
		{
			name: "update-instance", short: "Change the instance",
			do:      client.Instance.Update,
			values:  map[string][]string{"preferred_sign_in_strategy_when_password_required": roster.PreferredStrategies},
			example: "--support-email help@example.com --allowed-origins https://app.example.com",
		},
		{
			name: "restrict", short: "Change which identifiers are kept out, and show it",
			long: "With --input a body of {} changes nothing and shows all of it.",
			do:   client.Instance.UpdateRestrictions, columns: "allowlist blocklist block_email_subaddresses block_disposable_email_domains",
			example: "--blocklist --block-disposable-email-domains",
		},
	},
}
