package api

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// A few operations take an array of objects where all others take one object. Which
// it is shows in how their readers read.

// length is how many elements the body's array has, 0 when it is none.
func (b body) length() int {
	b.arrayRead = true
	return len(b.elements)
}

// eachElement reads every object of the body's array. A problem says in which it is.
func eachElement[T any](r *request, read func(body) T) []T {
	r.arrayRead = true
	if r.names != nil {
		read(r.body)
		return nil
	}
	if len(r.body.elements) == 0 {
		r.problem(roster.ErrRequestBodyInvalid.New("it is not an array with at least one object"))
		return nil
	}
	out := make([]T, len(r.body.elements))
	for i, fields := range r.body.elements {
		before := len(r.problems)
		out[i] = read(body{request: r, fields: fields})
		for n, e := range r.problems[before:] {
			r.problems[before+n] = service.InElement(i, e)
		}
	}
	return out
}

// parseArray splits a JSON array of objects into their members.
func parseArray(text []byte) ([][]field, error) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(text))
	array, err := dec.ReadValue()
	if err != nil {
		return nil, bodyProblem(err)
	}
	if err := ends(dec); err != nil {
		return nil, err
	}
	list := elements(array)
	if len(list) > maxElements { // what no operation takes need not be looked at
		return make([][]field, len(list)), nil
	}
	out := make([][]field, 0, len(list))
	for _, value := range list {
		if value.Kind() != '{' {
			return nil, roster.ErrRequestBodyInvalid.New("its array holds " + kindName(value.Kind()) + ", not an object")
		}
		fields, err := parseObject(value)
		if err != nil {
			return nil, err
		}
		out = append(out, fields)
	}
	return out, nil
}
