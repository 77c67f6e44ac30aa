package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"strings"
)

// function is a function of the SDK and how to call it with the wire's arguments.
type function struct {
	name string
	do   do
}

// path holds the arguments that the SDK takes beside its parameters, by their names.
type path map[string]string

// unsupportedError says why the SDK cannot express a call.
type unsupportedError string

func (e unsupportedError) Error() string { return string(e) }

// noParameter is about an argument that the SDK has nothing for.
func noParameter(name string) error { return unsupportedError("no parameter " + name) }

// bind decodes arguments into the SDK's parameters; those named in beside are
// passed otherwise.
func bind[P any](args json.RawMessage, beside ...string) (*P, path, error) {
	where := make(path)
	var rest map[string]json.RawMessage
	params := new(P)
	if err := json.Unmarshal(args, &rest); err != nil {
		return nil, where, err
	}
	for _, name := range beside {
		value, ok := rest[name]
		if !ok {
			continue
		}
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return nil, where, err
		}
		where[name] = text
		delete(rest, name)
	}
	body, err := json.Marshal(rest)
	if err != nil {
		return nil, where, err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(params); err != nil {
		if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
			return nil, where, noParameter(strings.Trim(field, `"`))
		}
		return nil, where, err
	}
	return params, where, nil
}

// do is how a function of the SDK is called with the wire's arguments, and which of
// those it takes.
type do struct {
	run        func(context.Context, json.RawMessage) (any, error)
	parameters []string
}

// call makes a function of the SDK whose parameters are P callable.
func call[P, R any](f func(context.Context, path, *P) (R, error), beside ...string) do {
	return do{parameters: append(parametersOf(reflect.TypeFor[P]()), beside...), run: func(ctx context.Context, args json.RawMessage) (any, error) {
		params, where, err := bind[P](args, beside...)
		if err != nil {
			return nil, err
		}
		return f(ctx, where, params)
	}}
}

// parametersOf are the wire's names of what a type of the SDK's parameters has.
func parametersOf(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			names = append(names, parametersOf(f.Type)...)
		case name != "" && name != "-":
			names = append(names, name)
		}
	}
	return names
}

type none struct{}

// only makes a function callable that takes nothing but an id.
func only[R any](f func(context.Context, string) (R, error), id string) do {
	return call(func(ctx context.Context, w path, _ *none) (any, error) { return f(ctx, w[id]) }, id)
}

// onlyTwo makes a function callable that takes nothing but two ids.
func onlyTwo[R any](f func(context.Context, string, string) (R, error), first, second string) do {
	return call(func(ctx context.Context, w path, _ *none) (any, error) { return f(ctx, w[first], w[second]) }, first, second)
}

// plain makes a function callable that takes nothing but parameters.
func plain[P, R any](f func(context.Context, *P) (R, error)) do {
	return call(func(ctx context.Context, _ path, p *P) (any, error) { return f(ctx, p) })
}

// with makes a function callable that takes an id and parameters.
func with[P, R any](f func(context.Context, string, *P) (R, error), id string) do {
	return call(func(ctx context.Context, w path, p *P) (any, error) { return f(ctx, w[id], p) }, id)
}

// page is a list as the wire has it.
type page struct {
	Data       any   `json:"data"`
	TotalCount int64 `json:"total_count"`
}

// calls are the SDK's functions by the scenario's names.
var calls = join(userCalls, organizationCalls, membershipCalls, roleCalls, invitationCalls, domainCalls, instanceCalls, identifierCalls, sessionCalls, unservedCalls)

func join(parts ...map[string]function) map[string]function {
	all := make(map[string]function)
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
