package main

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// checkSecretKey refuses what cannot be a secret key; "" is no key. The key itself
// stays out of the message: it may be a real one with a letter missing.
func checkSecretKey(key string) error {
	if key == "" {
		return nil
	}
	if _, err := service.EnvironmentOf(key); err != nil {
		return usagef(err.Error()+"; leave it out to have one made", "the given secret key is malformed")
	}
	return nil
}

const secretKeyUsage = "secret `KEY` to use, sk_test_ or sk_live_ and 42 letters and digits, instead of a new random one"

// ensureInstance sees to it that the server has an instance to serve. On a database
// without any it makes one, named name, and returns its secret: the given one, or a
// new one. Otherwise a given key must be one of the database's.
func ensureInstance(ctx context.Context, svc *service.Service, name, given string) (inst service.Instance, secret string, err error) {
	if given != "" {
		_, err := svc.Authenticate(ctx, given)
		if err == nil || !errors.Is(err, roster.CodeKeyInvalid) {
			return service.Instance{}, "", err
		}
	}
	inst, secret, err = svc.CreateFirstInstance(ctx, name, given)
	if !errors.Is(err, service.ErrNotFirst) {
		return inst, secret, err
	}
	if given != "" {
		if _, err := svc.Authenticate(ctx, given); err == nil { // another server was quicker to add it
			return service.Instance{}, "", nil
		}
		return service.Instance{}, "", usagef("add it with roster keys create --instance ID --secret-key, or give it an instance of its own with roster instances create --secret-key",
			"the given secret key is unknown to this database, or revoked")
	}
	return service.Instance{}, "", nil
}
