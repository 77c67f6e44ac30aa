package main

import (
	"context"
	"net/url"
	"reflect"
	"runtime"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// method is a method of one of the client's resources, with what the types tell of
// its parameters behind the context.
type method struct {
	fn  reflect.Value
	all reflect.Value // the walk of a list, invalid without one
	ids int           // parameters that are one argument each
}

func newMethod(fn, all any) *method {
	m := &method{fn: reflect.ValueOf(fn), all: reflect.ValueOf(all)}
	for _, in := range m.parameters() {
		if in.Kind() == reflect.String {
			m.ids++
		}
	}
	return m
}

// parameters are the types behind the receiver and the context.
func (m *method) parameters() []reflect.Type {
	var out []reflect.Type
	for i := 2; i < m.fn.Type().NumIn(); i++ {
		out = append(out, m.fn.Type().In(i))
	}
	return out
}

// inputs are the parameters that settings fill: bodies and queries.
func (m *method) inputs() []reflect.Type {
	var out []reflect.Type
	for _, in := range m.parameters() {
		if in.Kind() != reflect.String {
			out = append(out, in)
		}
	}
	return out
}

// name is the method as Go names it, such as Organizations.List.
func (m *method) name() string { return methodName(m.fn) }

func methodName(fn reflect.Value) string {
	full := runtime.FuncForPC(fn.Pointer()).Name()
	return full[strings.LastIndex(full, "/client.")+len("/client."):]
}

// result is the type of the answer, that of an error where there is none.
func (m *method) result() reflect.Type { return m.fn.Type().Out(0) }

// isSilent reports whether there is no answer but that it is done.
func (m *method) isSilent() bool { return m.fn.Type().NumOut() == 1 && !m.all.IsValid() }

// call calls the method, or its walk, on a client.
func (m *method) call(ctx context.Context, c *client.Client, all bool, args []string, inputs []reflect.Value) (reflect.Value, error) {
	fn := m.fn
	if all {
		fn = m.all
	}
	in := []reflect.Value{receiver(c, fn.Type().In(0)), reflect.ValueOf(ctx)}
	for _, typ := range m.parameters() {
		if typ.Kind() == reflect.String {
			in, args = append(in, reflect.ValueOf(args[0]).Convert(typ)), args[1:]
		} else {
			in, inputs = append(in, inputs[0]), inputs[1:]
		}
	}
	out := fn.Call(in)
	if all {
		return out[0], nil
	}
	err, _ := out[len(out)-1].Interface().(error)
	return out[0], err
}

// receiver is the client's field of a type.
func receiver(c *client.Client, typ reflect.Type) reflect.Value {
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		if v.Field(i).Type() == typ {
			return v.Field(i)
		}
	}
	panic("the client has no field of type " + typ.String())
}

type valuer interface{ Values() url.Values }

// isQuery reports whether a parameter is a query string.
func isQuery(typ reflect.Type) bool {
	return typ == reflect.TypeFor[roster.Paging]() || typ.Implements(reflect.TypeFor[valuer]())
}

// queryValues is the query string of a query.
func queryValues(q reflect.Value) url.Values {
	if p, ok := q.Interface().(roster.Paging); ok {
		return roster.UserQuery{Paging: p}.Values()
	}
	return q.Interface().(valuer).Values()
}

// element is the type that the list of an answer holds, nil where it is no list.
func element(result reflect.Type) reflect.Type {
	if result.Kind() == reflect.Pointer {
		result = result.Elem()
	}
	if result.Kind() == reflect.Slice && result.Elem().Kind() == reflect.Struct {
		return result.Elem()
	}
	if result.Kind() == reflect.Struct {
		if data, ok := result.FieldByName("Data"); ok && strings.HasPrefix(result.Name(), "Page[") {
			return data.Type.Elem()
		}
	}
	return nil
}
