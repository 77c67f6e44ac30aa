package service

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster/internal/store"
)

// checkSigning refuses rows of an export that could make no token: what signs and
// what is claimed was checked when it came in, and a file may have been changed.
func checkSigning(r store.Row) error {
	text := func(column string) string {
		i := slices.IndexFunc(r.Kind.Columns, func(c store.Column) bool { return c.Name == column })
		s, _ := r.Values[i].(string)
		return s
	}
	switch r.Kind.Name {
	case "signing_key":
		if _, err := parsePrivateKey(text("private_key")); err != nil {
			return fmt.Errorf("private_key: %w", err)
		}
	case "jwt_template":
		if err := checkShortcodes(jsontext.Value(text("claims"))); err != nil {
			return fmt.Errorf("claims: %w", err)
		}
		algorithm, key := text("signing_algorithm"), text("signing_key")
		switch {
		case key != "":
			if err := checkKey(algorithm, key); err != nil {
				return fmt.Errorf("signing_key: %w", err)
			}
		case algorithm != signingAlgorithm:
			return errors.New("signing_key: null, where signing_algorithm asks for one")
		}
	}
	return nil
}
