package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2/allowlistidentifier"
	"github.com/clerk/clerk-sdk-go/v2/blocklistidentifier"
	"github.com/clerk/clerk-sdk-go/v2/instancesettings"
)

var instanceCalls = map[string]function{
	"instance.update": {"instancesettings.Update", call(func(ctx context.Context, _ path, p *instancesettings.UpdateParams) (any, error) {
		return nil, instancesettings.Update(ctx, p)
	})},
	"instance.update_restrictions": {"instancesettings.UpdateRestrictions", plain(instancesettings.UpdateRestrictions)},
	"settings.update":              {"instancesettings.UpdateOrganizationSettings", plain(instancesettings.UpdateOrganizationSettings)},

	"allowlist.create": {"allowlistidentifier.Create", plain(allowlistidentifier.Create)},
	"allowlist.list":   {"allowlistidentifier.List", plain(allowlistidentifier.List)},
	"allowlist.delete": {"allowlistidentifier.Delete", only(allowlistidentifier.Delete, "identifier_id")},
	"blocklist.create": {"blocklistidentifier.Create", plain(blocklistidentifier.Create)},
	"blocklist.list":   {"blocklistidentifier.List", plain(blocklistidentifier.List)},
	"blocklist.delete": {"blocklistidentifier.Delete", only(blocklistidentifier.Delete, "identifier_id")},
}
