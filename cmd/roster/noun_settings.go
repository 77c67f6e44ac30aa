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
			do: client.Instance.Update, example: "--test-mode",
		},
	},
}
