package api

import (
	"bytes"
	"context"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aRoleSet(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.RoleSetExists(ctx, c, ids[0])
}

func roleSetQuery(r *request) roster.RoleSetQuery {
	return roster.RoleSetQuery{
		Query:   r.query.text("query"),
		OrderBy: r.query.order(roster.RoleSetOrders),
		Paging:  r.query.page(),
	}
}

func createRoleSet(r *request) roster.CreateRoleSet {
	b := r.body
	defer b.closed()
	return roster.CreateRoleSet{
		Name:           b.required("name"),
		Key:            b.text("key"),
		Description:    b.text("description"),
		DefaultRoleKey: b.required("default_role_key"),
		CreatorRoleKey: b.required("creator_role_key"),
		Type:           b.choice("type", []string{roster.RoleSetInitial, roster.RoleSetCustom}),
		Roles:          b.requiredTexts("roles", roster.MaxRoleSetRoles),
	}
}

func updateRoleSet(r *request) roster.UpdateRoleSet {
	b := r.body
	return roster.UpdateRoleSet{
		Name:           b.text("name"),
		Key:            b.text("key"),
		Description:    b.nullable("description"),
		Type:           b.choice("type", []string{roster.RoleSetInitial}),
		DefaultRoleKey: b.text("default_role_key"),
		CreatorRoleKey: b.text("creator_role_key"),
	}
}

func addRoles(r *request) roster.AddRoles {
	return roster.AddRoles{
		RoleKeys:       r.body.requiredTexts("role_keys", roster.MaxRoleSetRoles),
		DefaultRoleKey: r.body.text("default_role_key"),
		CreatorRoleKey: r.body.text("creator_role_key"),
	}
}

func removeRoles(r *request) roster.RemoveRoles {
	return roster.RemoveRoles{RoleKeys: r.body.requiredTexts("role_keys", roster.MaxRoleSetRoles)}
}

func replaceRole(r *request) roster.ReplaceRole {
	return roster.ReplaceRole{RoleKey: r.body.required("role_key"), ToRoleKey: r.body.required("to_role_key")}
}

func replaceRoleSet(r *request) roster.ReplaceRoleSet {
	return roster.ReplaceRoleSet{
		DestRoleSetKey:       r.body.required("dest_role_set_key"),
		ReassignmentMappings: r.body.mapping("reassignment_mappings", roster.MaxRoleSetRoles),
	}
}

// requiredTexts is texts that must be there.
func (b body) requiredTexts(name string, most int) []string {
	switch value := b.find(name); {
	case value == nil:
		b.problem(roster.ErrParamMissing.On(name))
	case value.Kind() == 'n', value.Kind() == '[' && len(elements(value)) == 0:
		b.problem(roster.ErrParamNil.On(name))
	}
	return b.textsUpTo(name, most)
}

// mapping is an optional object whose members are strings.
func (b body) mapping(name string, most int) map[string]string {
	object := b.given(name)
	if object == nil {
		return nil
	}
	if object.Kind() != '{' {
		b.mistyped(name, object, "an object of strings")
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(object))
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	out := map[string]string{}
	for dec.PeekKind() != '}' {
		member, err := dec.ReadToken()
		if err != nil {
			return out
		}
		key := member.String()
		value, err := dec.ReadValue()
		if err != nil {
			return out
		}
		text, ok := b.unquote(name, value)
		switch {
		case !ok:
			return nil
		case !sound(key):
			b.problem(roster.ErrParamEncoding.On(name))
			return nil
		case len(out) == most:
			b.problem(roster.ErrParamArraySize.On(name, most))
			return nil
		}
		out[key] = text
	}
	return out
}
