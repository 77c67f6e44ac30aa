package client_test

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/sessions.md about tokens, and of clients.md, jwt-templates.md and jwks.md.

func exampleSessionsCreateToken(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	token, err := c.Sessions.CreateToken(ctx, sessionID, roster.CreateToken{
		ExpiresInSeconds: roster.Value(int64(3600)),
	})
	if err != nil {
		return err
	}
	fmt.Println("Authorization: Bearer", token.JWT[:3]+"…")
	return nil
}

func exampleJWKSGet(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	set, err := c.JWKS.Get(ctx)
	if err != nil {
		return err
	}
	for _, key := range set.Keys {
		fmt.Println(key.Kty, key.Alg, key.Use)
	}
	return nil
}

func exampleSessionsCreateTokenFromTemplate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID, templateName := w.sessionID, w.templateName
	//
	token, err := c.Sessions.CreateTokenFromTemplate(ctx, sessionID, templateName, roster.CreateToken{})
	if err != nil {
		return err
	}
	fmt.Println("Authorization: Bearer", token.JWT[:3]+"…")
	return nil
}

func exampleSessionsCreateRefreshToken(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	given, err := c.Sessions.CreateRefreshToken(ctx, sessionID, roster.CreateRefreshToken{Origin: "https://app.example.com"})
	if err != nil {
		return err
	}
	fmt.Println("__session="+given.JWT[:3]+"…", len(given.RefreshToken))
	return nil
}

func exampleSessionsRefresh(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	_, err := c.Sessions.Refresh(ctx, sessionID, roster.RefreshSession{
		ExpiredToken:  "eyJ…",
		RefreshToken:  "from the browser",
		RequestOrigin: "https://app.example.com",
	})
	if errors.Is(err, roster.CodeExpiredTokenInvalid) {
		fmt.Println("the user has to sign in again")
	}
	return nil
}

func exampleSessionsVerify(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID, sessionToken := w.sessionID, w.token()
	//
	_, err := c.Sessions.Verify(ctx, sessionID, roster.VerifyToken{Token: roster.Value(sessionToken)})
	if errors.Is(err, roster.CodeOperationDeprecated) {
		fmt.Println("this API version verifies by the key set")
	}
	return nil
}

func exampleClientsList(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	page, err := c.Clients.List(ctx, roster.ClientQuery{Paging: roster.Paging{Limit: 50}})
	if err != nil {
		return err
	}
	fmt.Println(page.TotalCount, "client")
	return nil
}

func exampleClientsAll(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	for client, err := range c.Clients.All(ctx, roster.ClientQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(len(client.Sessions), "session")
	}
	return nil
}

func exampleClientsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	clientID := w.clientID
	//
	client, err := c.Clients.Get(ctx, clientID)
	if err != nil {
		return err
	}
	fmt.Println(client.Sessions[0].Status)
	return nil
}

func exampleClientsVerify(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionToken := w.token()
	//
	client, err := c.Clients.Verify(ctx, roster.VerifyClient{Token: sessionToken})
	if err != nil {
		return err
	}
	fmt.Println(client.Sessions[0].Status)
	return nil
}

func exampleJWTTemplatesList(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	page, err := c.JWTTemplates.List(ctx, roster.JWTTemplateQuery{})
	if err != nil {
		return err
	}
	fmt.Println(page.TotalCount, "template")
	return nil
}

func exampleJWTTemplatesAll(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	for template, err := range c.JWTTemplates.All(ctx, roster.JWTTemplateQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(template.Name)
	}
	return nil
}

func exampleJWTTemplatesCreate(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	template, err := c.JWTTemplates.Create(ctx, roster.CreateJWTTemplate{
		Name:     "gateway",
		Claims:   roster.Metadata(`{"aud":"gateway","tenant":"{{org.slug || 'none'}}"}`),
		Lifetime: roster.Value(int64(300)),
	})
	if err != nil {
		return err
	}
	fmt.Println(template.Name, template.SigningAlgorithm, template.Claims)
	return nil
}

func exampleJWTTemplatesGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	templateID := w.templateID
	//
	template, err := c.JWTTemplates.Get(ctx, templateID)
	if err != nil {
		return err
	}
	fmt.Println(template.Name, template.Lifetime)
	return nil
}

func exampleJWTTemplatesUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	templateID := w.templateID
	//
	template, err := c.JWTTemplates.Update(ctx, templateID, roster.UpdateJWTTemplate{
		Name:             "reports",
		Claims:           roster.Metadata(`{"name":"{{user.full_name}}"}`),
		CustomSigningKey: roster.Value(true),
		SigningAlgorithm: roster.Value("HS256"),
		SigningKey:       roster.Value("the secret that the service knows"),
	})
	if err != nil {
		return err
	}
	fmt.Println(template.SigningAlgorithm, template.CustomSigningKey)
	return nil
}

func exampleJWTTemplatesDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	templateID := w.templateID
	//
	deleted, err := c.JWTTemplates.Delete(ctx, templateID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}
