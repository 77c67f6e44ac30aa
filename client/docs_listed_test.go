package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/allowlist-identifiers.md and blocklist-identifiers.md.

func exampleAllowlistIdentifiersList(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	page, err := c.AllowlistIdentifiers.List(ctx, roster.AllowlistQuery{})
	if err != nil {
		return err
	}
	fmt.Println(page.Data[0].Identifier, page.TotalCount)
	return nil
}

func exampleAllowlistIdentifiersAll(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	for entry, err := range c.AllowlistIdentifiers.All(ctx, roster.AllowlistQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(entry.Identifier, entry.IdentifierType)
	}
	return nil
}

func exampleAllowlistIdentifiersCreate(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	entry, err := c.AllowlistIdentifiers.Create(ctx, roster.CreateAllowlistIdentifier{Identifier: "@Example.com"})
	if err != nil {
		return err
	}
	fmt.Println(entry.Identifier, entry.IdentifierType)
	return nil
}

func exampleAllowlistIdentifiersDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	identifierID := w.allowedID
	//
	deleted, err := c.AllowlistIdentifiers.Delete(ctx, identifierID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleBlocklistIdentifiersList(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	list, err := c.BlocklistIdentifiers.List(ctx)
	if err != nil {
		return err
	}
	for _, entry := range list.Data {
		fmt.Println(entry.Identifier)
	}
	return nil
}

func exampleBlocklistIdentifiersCreate(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	entry, err := c.BlocklistIdentifiers.Create(ctx, roster.CreateBlocklistIdentifier{Identifier: "+1 (202) 555-0123"})
	if err != nil {
		return err
	}
	fmt.Println(entry.Identifier, entry.IdentifierType)
	return nil
}

func exampleBlocklistIdentifiersDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	identifierID := w.blockedID
	//
	deleted, err := c.BlocklistIdentifiers.Delete(ctx, identifierID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func provokeListed(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, allow, block := t.Context(), srv.Client().AllowlistIdentifiers, srv.Client().BlocklistIdentifiers
	for code, identifier := range map[string]string{"form_param_nil": "", "form_param_format_invalid": "somebody", "form_already_exists": "dee@example.com"} {
		calls["AllowlistIdentifiersCreate "+code] = func() error {
			return second(allow.Create(ctx, roster.CreateAllowlistIdentifier{Identifier: identifier}))
		}
		calls["BlocklistIdentifiersCreate "+code] = func() error {
			return second(block.Create(ctx, roster.CreateBlocklistIdentifier{Identifier: strings.Replace(identifier, "dee@example.com", "EVE@example.net", 1)}))
		}
	}
	calls["AllowlistIdentifiersCreate form_param_value_invalid"] = func() error {
		return second(allow.Create(ctx, roster.CreateAllowlistIdentifier{Identifier: "a@example.com", Notify: roster.Value(true)}))
	}
	calls["AllowlistIdentifiersList form_param_value_invalid"] = func() error {
		return second(allow.List(ctx, roster.AllowlistQuery{Paging: roster.Paging{Limit: 501}}))
	}
	calls["AllowlistIdentifiersDelete resource_not_found"] = func() error { return second(allow.Delete(ctx, w.blockedID)) }
	calls["BlocklistIdentifiersDelete resource_not_found"] = func() error { return second(block.Delete(ctx, w.allowedID)) }
}
