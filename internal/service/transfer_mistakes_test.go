package service_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// importMistakes are what an import must refuse: a change of the text, and what the
// message says beside the line. Those marked sealed come with the right trailer.
var importMistakes = []struct {
	name, old, new, says string
	sealed               bool
}{
	{name: "nothing", old: `(?s).*`, says: "line 1: nothing to read"},
	{name: "other_file", old: `(?s).*`, new: "hello\n", says: "line 1: not a JSON object"},
	{name: "no_header", old: `\A[^\n]*\n`, says: "line 1: not the header"},
	{name: "other_format", old: `"roster-export"`, new: `"clerk"`, says: "line 1: not the header"},
	{name: "later_version", old: `"version":2`, new: `"version":3`, says: "line 1: version 3 of the format"},
	{name: "odd_instance", old: `"instance":"ins_`, new: `"instance":"../`, says: "is no instance id"},
	{name: "cut_within_a_line", old: `.{10}\n\z`, says: "cut short"},
	{name: "cut_between_lines", old: `[^\n]*\n\z`, says: "the trailer is missing: the export was cut short"},
	{name: "lost_line", old: `\{"kind":"session"[^\n]*\n`, says: "lines are missing"},
	{name: "changed_line", old: `Acme`, new: `Acne`, says: "the lines were changed"},
	{name: "more_behind", old: `\z`, new: "\n", says: "more follows"},
	{name: "second_header", old: `(\A[^\n]*\n)`, new: `$1$1`, says: "line 2: a second header"},
	{name: "not_json", old: `\{"kind":"user"`, new: `{"kind":"user`, says: "not a JSON object"},
	{name: "member_twice", old: `"locale":null`, new: `"locale":null,"locale":null`, says: "not a JSON object"},
	{name: "invalid_utf8", old: `Acme`, new: "\xff", says: "not a JSON object"},
	{name: "unknown_kind", old: `"kind":"session"`, new: `"kind":"cookie"`, says: `unknown kind "cookie"`},
	{name: "unknown_member", old: `"locale":null`, new: `"locale":null,"shoe_size":46`, says: `unknown member "shoe_size"`},
	{name: "missing_member", old: `"locale":null,`, says: "locale is missing"},
	{name: "null", old: `"banned":false`, new: `"banned":null`, says: "banned: neither true nor false"},
	{name: "text_for_number", old: `"max_allowed_memberships":0`, new: `"max_allowed_memberships":"0"`, says: "max_allowed_memberships: not an integer"},
	{name: "fraction", old: `"max_allowed_memberships":0`, new: `"max_allowed_memberships":0.5`, says: "not an integer of 64 bits"},
	{name: "huge", old: `"max_allowed_memberships":0`, new: `"max_allowed_memberships":9223372036854775808`, says: "not an integer of 64 bits"},
	{name: "number_for_text", old: `"name":"Acme"`, new: `"name":1`, says: "name: not a string"},
	{name: "zero_byte", old: `"name":"Acme"`, new: `"name":"a\u0000"`, says: "name: not a text"},
	{name: "metadata_no_object", old: `"public_metadata":"\{\}"`, new: `"public_metadata":"[]"`, says: "public_metadata: does not hold a JSON object"},
	{name: "metadata_broken", old: `"public_metadata":"\{\}"`, new: `"public_metadata":"{"`, says: "does not hold a JSON object"},
	{name: "metadata_too_large", old: `"public_metadata":"\{\}"`, new: `"public_metadata":"{\"a\":\"` + strings.Repeat("x", 9000) + `\"}"`, says: "more than 8192"},
	{name: "empty_id", old: `"kind":"user","id":"[^"]*"`, new: `"kind":"user","id":""`, says: "id: empty"},
	{name: "environment", old: `"environment_type":"development"`, new: `"environment_type":"staging"`, says: `"staging" is none of development, production`},
	{name: "wrong_order", old: `(\{"kind":"organization"[^\n]*\n)((?s).*)(\{"kind":"secret_key")`, new: `$2$1$3`, says: "behind a"},
	{name: "second_instance", old: `(\{"kind":"instance"[^\n]*\n)`, new: `$1$1`, says: "a second instance"},
	{name: "no_instance", old: `\{"kind":"instance"[^\n]*\n`, says: "the instance itself is missing", sealed: true},
	{name: "user_twice", old: `(\{"kind":"user"[^\n]*\n)`, new: `$1$1`, says: "its key is there already, in users", sealed: true},
	{name: "value_twice", old: `(\{"kind":"user","id":")([^"]*)("[^\n]*"identifications":\[\{"id":")([^\n]*\n)`, new: `$1$2$3$4$1${2}2${3}2$4`, says: "there already, in unique_values", sealed: true},
	{name: "unknown_user", old: `("kind":"membership","organization_id":"[^"]*","user_id":")`, new: `${1}x`, says: "user_id names", sealed: true},
	{name: "unknown_organization", old: `("kind":"membership","organization_id":")`, new: `${1}x`, says: "organization_id names", sealed: true},
	{name: "unknown_role", old: `("kind":"membership"[^\n]*"role_id":")`, new: `${1}x`, says: "role_id names", sealed: true},
	{name: "unknown_permission", old: `("kind":"role_permission"[^\n]*"permission_id":")`, new: `${1}x`, says: "permission_id names", sealed: true},
	{name: "session_of_nobody", old: `("kind":"session"[^\n]*"user_id":")`, new: `${1}x`, says: "user_id names", sealed: true},
	{name: "creator_role_of_nobody", old: `("creator_role_id":")`, new: `${1}x`, says: "creator_role_id names", sealed: true},
	{name: "default_role_of_nobody", old: `("default_role_id":")`, new: `${1}x`, says: "default_role_id names", sealed: true},
	{name: "unknown_role_in_set", old: `("kind":"role_set_role"[^\n]*"role_id":")`, new: `${1}x`, says: "role_id names", sealed: true},
	{name: "organization_without_roles", old: `("kind":"organization"[^\n]*"role_set_id":")`, new: `${1}x`, says: "role_set_id names", sealed: true},
	{name: "initial_role_set_of_nobody", old: `("initial_role_set_id":")`, new: `${1}x`, says: "initial_role_set_id names", sealed: true},
}

func TestImport_refuses(t *testing.T) {
	t.Parallel()
	text, w := smallExport(t)
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		for _, m := range importMistakes {
			pattern := regexp.MustCompile(m.old)
			at := pattern.FindStringSubmatchIndex(text)
			if at == nil {
				t.Fatalf("%s: the export has no %s", m.name, m.old)
			}
			changed := text[:at[0]] + string(pattern.ExpandString(nil, m.new, text, at)) + text[at[1]:]
			if m.sealed {
				changed = sealed(changed)
			}
			_, err := importText(t, svc, changed, service.ImportOptions{Restart: true})
			if !errors.Is(err, service.ErrImport) || !strings.Contains(fmt.Sprint(err), m.says) || !regexp.MustCompile(`line \d+: `).MatchString(err.Error()) {
				t.Errorf("%s: %v", m.name, err)
			}
			absent(t, svc, w)
		}
		if _, err := importText(t, svc, text, service.ImportOptions{Restart: true}); err != nil {
			t.Errorf("mended: %v", err)
		}
	})
}

// A key is one instance's: an export cannot bring one that another has.
func TestImport_refuses_the_key_of_another_instance(t *testing.T) {
	t.Parallel()
	text, w := smallExport(t)
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		other, _, err := svc.CreateInstance(t.Context(), "other", "", w.secret)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := importText(t, svc, text, service.ImportOptions{}); !errors.Is(err, service.ErrImport) {
			t.Error(err)
		}
		if c, err := svc.Authenticate(t.Context(), w.secret); err != nil || c.InstanceID != other.ID {
			t.Error(c, err)
		}
	})
}
