package client

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// operation is one request of the API. Each {name} of the path stands for the
// next of ids. A nil body is none.
type operation struct {
	method   string
	path     string
	ids      []string
	query    url.Values
	body     any
	form     *form             // in place of a body
	addition bool              // Clerk has no such operation, or not this of its body
	added    func(string) bool // query parameters Clerk would ignore, nil for none
}

func (op operation) String() string { return op.method + " " + op.path }

func isCursor(param string) bool { return param == "starting_after" }

// isMemberFilter reports whether Clerk's list of an organization's members lacks a
// parameter.
func isMemberFilter(param string) bool {
	return isCursor(param) || strings.HasPrefix(param, "public_metadata[")
}

// call carries out an operation and decodes its answer.
func call[T any](ctx context.Context, t *transport, op operation) (*T, error) {
	answer, err := t.answer(ctx, op)
	if err != nil {
		return nil, err
	}
	out := new(T)
	if err := json.Unmarshal(answer, out); err != nil {
		return nil, fmt.Errorf("client: %v: decode answer: %w", op, err)
	}
	return out, nil
}

// do is call for an operation whose answer says nothing.
func do(ctx context.Context, t *transport, op operation) error {
	_, err := t.answer(ctx, op)
	return err
}

func (t *transport) answer(ctx context.Context, op operation) ([]byte, error) {
	target, err := t.target(op)
	if err != nil {
		return nil, err
	}
	var body []byte
	if op.body != nil {
		if body, err = json.Marshal(op.body); err != nil {
			return nil, fmt.Errorf("client: %v: encode body: %w", op, err)
		}
	}
	if op.form != nil {
		if body, err = op.form.encode(); err != nil {
			return nil, fmt.Errorf("client: %v: %w", op, err)
		}
	}
	return t.send(ctx, op, target, body)
}

// target is the URL of an operation. An id that is empty or a dot segment would
// make it the URL of another operation, so it is refused.
func (t *transport) target(op operation) (string, error) {
	if t.baseError != nil {
		return "", t.baseError
	}
	if err := t.knows(op); err != nil {
		return "", fmt.Errorf("client: %v: %w", op, err)
	}
	path := op.path
	for _, id := range op.ids {
		before, rest, _ := strings.Cut(path, "{")
		name, after, _ := strings.Cut(rest, "}")
		switch id {
		case "":
			return "", fmt.Errorf("client: %v: %s is empty", op, name)
		case ".", "..":
			return "", fmt.Errorf("client: %v: %s %q is not an id", op, name, id)
		}
		path = before + url.PathEscape(id) + after
	}
	target := t.base.String() + path
	if len(op.query) > 0 {
		target += "?" + op.query.Encode()
	}
	return target, nil
}

// knows refuses Roster's additions where the server is Clerk's: it would ignore a
// parameter it does not know and answer something else than was asked.
func (t *transport) knows(op operation) error {
	if !t.clerk {
		return nil
	}
	if op.addition {
		return ErrRosterOnly
	}
	for _, param := range slices.Sorted(maps.Keys(op.query)) {
		if op.added != nil && op.added(param) {
			return fmt.Errorf("%s: %w", param, ErrRosterOnly)
		}
	}
	return nil
}
