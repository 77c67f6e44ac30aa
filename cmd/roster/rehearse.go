package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// secretMembers are members of bodies that open something. They are sent, and never
// shown.
var secretMembers = []string{"password", "password_digest", "totp_secret", "backup_codes", "code", "signing_key", "token", "expired_token", "refresh_token", "ticket"}

const hiddenValue = `"(not shown)"`

// shownBody is a body as it may be printed.
func shownBody(contentType string, body []byte) string {
	if !strings.HasPrefix(contentType, "application/json") {
		return fmt.Sprintf("(%d bytes of %s)", len(body), contentType)
	}
	return string(hideMembers(body))
}

// hideMembers replaces the values of secret members, at any depth outside of
// metadata and claims, whose names are the customer's.
func hideMembers(text jsontext.Value) jsontext.Value {
	switch text.Kind() {
	case '[':
		var list []jsontext.Value
		if json.Unmarshal(text, &list) != nil {
			return text
		}
		parts := make([]string, len(list))
		for i, v := range list {
			parts[i] = string(hideMembers(v))
		}
		return jsontext.Value("[" + strings.Join(parts, ",") + "]")
	case '{':
		return eachMember(text, func(name string, v jsontext.Value) jsontext.Value {
			switch {
			case slices.Contains(secretMembers, name) && v.Kind() != 'n':
				return jsontext.Value(hiddenValue)
			case strings.HasSuffix(name, "_metadata"), name == "claims":
				return v
			}
			return hideMembers(v)
		})
	}
	return text
}

// eachMember is an object with its values changed, in the same order.
func eachMember(text jsontext.Value, change func(string, jsontext.Value) jsontext.Value) jsontext.Value {
	var parts []string
	for name, v := range members(text) {
		parts = append(parts, quote(name)+":"+string(change(name, v)))
	}
	return jsontext.Value("{" + strings.Join(parts, ",") + "}")
}
