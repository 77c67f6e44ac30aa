package service

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Texts of a JWT template may hold expressions: {{user.id}}, or alternatives of
// which the first that is neither null nor false counts, {{user.username || 'guest'}}.

// piece is a part of such a text: plain, or an expression.
type piece struct {
	text       string
	expression []operand // nil for plain text
}

// operand is a shortcode, or a text of its own.
type operand struct {
	shortcode string
	path      []string // below the shortcode, in metadata
	literal   *string
}

// metadataCodes are shortcodes whose members can be named.
var metadataCodes = []string{"user.public_metadata", "user.unsafe_metadata", "org.public_metadata", "org_membership.public_metadata"}

// shortcodes are the others.
var shortcodes = []string{
	"user.id", "user.external_id", "user.username", "user.first_name", "user.last_name", "user.full_name",
	"user.primary_email_address", "user.primary_phone_number", "user.primary_web3_wallet", "user.email_verified", "user.phone_number_verified",
	"user.image_url", "user.has_image", "user.two_factor_enabled", "user.created_at", "user.updated_at", "user.last_sign_in_at", "user.organizations",
	"org.id", "org.name", "org.slug", "org.role", "org.image_url", "org.has_image", "org.created_at",
	"org_membership.id", "org_membership.role", "org_membership.permissions", "session.id", "session.actor",
}

// pieces takes a text apart. {{ without }} behind it is plain.
func pieces(text string) ([]piece, error) {
	var out []piece
	for {
		before, rest, open := strings.Cut(text, "{{")
		inside, after, closed := strings.Cut(rest, "}}")
		if !open || !closed {
			return append(out, piece{text: text}), nil
		}
		expression, err := parseExpression(inside)
		if err != nil {
			return nil, fmt.Errorf("{{%s}}: %w", brief(inside), err)
		}
		if before != "" {
			out = append(out, piece{text: before})
		}
		out = append(out, piece{expression: expression})
		if after == "" {
			return out, nil
		}
		text = after
	}
}

// brief bounds what a refusal repeats.
func brief(text string) string {
	const most = 100
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

func parseExpression(text string) (out []operand, err error) {
	for {
		var o operand
		if o, text, err = parseOperand(strings.TrimSpace(text)); err != nil {
			return nil, err
		}
		out = append(out, o)
		text = strings.TrimSpace(text)
		if text == "" {
			return out, nil
		}
		rest, ok := strings.CutPrefix(text, "||")
		if !ok {
			return nil, fmt.Errorf("%q is neither || nor the end", brief(text))
		}
		text = rest
	}
}

func parseOperand(text string) (o operand, rest string, err error) {
	if quoted, ok := strings.CutPrefix(text, "'"); ok {
		literal, rest, closed := strings.Cut(quoted, "'")
		if !closed {
			return o, "", fmt.Errorf("the text %q has no end", brief(text))
		}
		return operand{literal: &literal}, rest, nil
	}
	end := strings.IndexAny(text, " \t\n|'")
	if end < 0 {
		end = len(text)
	}
	name := text[:end]
	if slices.Contains(shortcodes, name) {
		return operand{shortcode: name}, text[end:], nil
	}
	for _, code := range metadataCodes {
		below, ok := strings.CutPrefix(name, code)
		switch {
		case !ok:
		case below == "":
			return operand{shortcode: code}, text[end:], nil
		case below[0] == '.' && len(below) > 1:
			return operand{shortcode: code, path: strings.Split(below[1:], ".")}, text[end:], nil
		}
	}
	return o, "", fmt.Errorf("there is no shortcode %q", brief(name))
}

// checkShortcodes says what is wrong with the expressions of a template's claims.
func checkShortcodes(value jsontext.Value) error {
	switch value.Kind() {
	case '"':
		text, err := jsontext.AppendUnquote(nil, value)
		if err != nil {
			return err
		}
		_, err = pieces(string(text))
		return err
	case '{', '[':
		for _, m := range members(value) {
			if err := checkShortcodes(m.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// member is a member of an object, or an element of an array without a name.
type member struct {
	name  string
	value jsontext.Value
}

// members takes an object or array apart, of JSON that is known to be valid.
func members(value jsontext.Value) (out []member) {
	dec := jsontext.NewDecoder(strings.NewReader(string(value)))
	open, err := dec.ReadToken()
	if err != nil {
		return nil
	}
	isObject := open.Kind() == '{'
	for dec.PeekKind() != '}' && dec.PeekKind() != ']' {
		var m member
		if isObject {
			name, err := dec.ReadToken()
			if err != nil {
				return out
			}
			m.name = name.String()
		}
		v, err := dec.ReadValue()
		if err != nil {
			return out
		}
		m.value = v.Clone()
		out = append(out, m)
	}
	return out
}
