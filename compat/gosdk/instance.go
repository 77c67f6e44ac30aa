package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2/instancesettings"
)

var instanceCalls = map[string]function{
	"instance.update": {"instancesettings.Update", call(func(ctx context.Context, _ path, p *instancesettings.UpdateParams) (any, error) {
		return nil, instancesettings.Update(ctx, p)
	})},
	"instance.update_restrictions": {"instancesettings.UpdateRestrictions", plain(instancesettings.UpdateRestrictions)},
	"settings.update":              {"instancesettings.UpdateOrganizationSettings", plain(instancesettings.UpdateOrganizationSettings)},
}
