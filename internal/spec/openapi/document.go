package main

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
)

// object is a JSON object of the document.
type object = map[string]any

// document puts the routes together.
func document(routes []api.Route, comments map[string]string) (object, error) {
	s := &schemas{comments: comments, defined: make(object), refusals: make(object)}
	paths := make(object)
	for _, rt := range routes {
		known, ok := operations[rt.Operation]
		if !ok {
			return nil, fmt.Errorf("operation %s has no entry in operations", rt.Operation)
		}
		path := strings.TrimPrefix(rt.Pattern, "/v1")
		item, ok := paths[path].(object)
		if !ok {
			item = object{"parameters": pathParameters(path)}
			paths[path] = item
		}
		op, err := s.operation(rt, known)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", rt.Operation, err)
		}
		item[strings.ToLower(rt.Method)] = op
	}
	s.defined["ErrorResponse"] = errorEnvelope
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Roster", "version": string(roster.Versions[len(roster.Versions)-1]),
			"description": "The membership directory you own: organizations, their members, users and sessions, over the paths and shapes of Clerk's Backend API.",
			"license":     object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"servers":  []any{object{"url": "http://127.0.0.1:8787/v1", "description": "A server started on this machine."}},
		"security": []any{object{"secretKey": []any{}}},
		"paths":    paths,
		"components": object{
			"schemas": s.defined, "responses": s.refusals, "parameters": object{"APIVersion": apiVersion},
			"securitySchemes": object{"secretKey": secretKey},
		},
	}, nil
}

var secretKey = object{"type": "http", "scheme": "bearer", "bearerFormat": "sk_<environment>_<secret>", "description": "The secret key of the instance."}

var apiVersion = object{
	"name": "Clerk-API-Version", "in": "header", "description": "The API version to behave as; the oldest one where it is left out.",
	"schema": object{"type": "string", "enum": roster.Versions, "default": roster.VersionOldest},
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

func pathParameters(path string) []any {
	list := []any{object{"$ref": "#/components/parameters/APIVersion"}}
	for _, m := range pathParameter.FindAllStringSubmatch(path, -1) {
		description := "The id of the " + strings.TrimSuffix(m[1], "_id") + "."
		if path == "/organizations/{organization_id}" {
			description = "The id of the organization; reading takes its slug as well."
		}
		list = append(list, object{"name": m[1], "in": "path", "required": true, "description": description, "schema": object{"type": "string"}})
	}
	return list
}

func (s *schemas) operation(rt api.Route, known operation) (object, error) {
	op := object{"operationId": rt.Operation, "summary": known.summary, "tags": []string{known.tag}, "responses": s.responses(rt, known)}
	var query []any
	for _, name := range rt.Query {
		p, err := queryParameter(rt.Operation, name)
		if err != nil {
			return nil, err
		}
		query = append(query, p)
	}
	if query != nil {
		op["parameters"] = query
	}
	if rt.Extension {
		op["description"] = "An extension: Clerk's API has no such operation."
	}
	if known.body != nil {
		schema, required, err := s.body(rt, known.body)
		if err != nil {
			return nil, err
		}
		media := "application/json"
		if rt.Form {
			media = "multipart/form-data"
		}
		op["requestBody"] = object{"required": required, "content": object{media: object{"schema": schema}}}
	}
	return op, nil
}

// responses are the answer and the refusals, by status. Each refusal names its
// codes.
func (s *schemas) responses(rt api.Route, known operation) object {
	kinds := slices.Concat(everywhere, known.errors)
	if len(rt.Query)+len(rt.Body) > 0 {
		kinds = append(kinds, refusedParameters...)
	}
	if len(rt.Query) > 0 {
		kinds = append(kinds, roster.ErrParamTooManyValues, roster.ErrParamRepeated)
	}
	if known.body != nil {
		kinds = append(kinds, refusedBodies...)
	}
	out := object{"204": object{"description": known.answers}}
	if known.result != nil {
		out = object{"200": object{"description": known.answers, "content": object{"application/json": object{"schema": s.answer(known)}}}}
	}
	codes := make(map[int][]string)
	for _, k := range kinds {
		code := "`" + string(k.Code) + "`"
		if !slices.Contains(codes[k.Status], code) {
			codes[k.Status] = append(codes[k.Status], code)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(codes)) {
		list := codes[status]
		slices.Sort(list)
		response := object{
			"description": "One of the codes " + strings.Join(list, ", ") + ".",
			"content":     object{"application/json": object{"schema": object{"$ref": "#/components/schemas/ErrorResponse"}}},
		}
		if slices.Contains(alike, status) {
			name := "Refused" + strconv.Itoa(status)
			s.refusals[name] = response
			response = object{"$ref": "#/components/responses/" + name}
		}
		out[strconv.Itoa(status)] = response
	}
	return out
}

// alike are the statuses that mean the same wherever they occur.
var alike = []int{
	http.StatusUnauthorized, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusUnsupportedMediaType,
	http.StatusInternalServerError, http.StatusServiceUnavailable,
}
