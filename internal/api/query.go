package api

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
)

// query reads parameters of the query string. Unknown ones are ignored: official
// clients send some.
type query struct {
	*request
	params url.Values
}

// scalar is a parameter that may be given once, and whether it was.
func (q query) scalar(name string) (string, bool) {
	if q.names != nil {
		q.names.Query = note(q.names.Query, name)
	}
	values := q.params[name]
	switch {
	case len(values) == 0:
		return "", false
	case len(values) > 1:
		q.problem(roster.ErrParamRepeated.On(name))
		return "", false
	case !sound(values[0]):
		q.problem(roster.ErrParamEncoding.On(name))
		return "", false
	}
	return values[0], true
}

// required is text that must be there. What is there and refused is not missing.
func (q query) required(name string) string {
	value, _ := q.scalar(name)
	if len(q.params[name]) == 0 {
		q.problem(roster.ErrParamMissing.On(name))
	}
	return value
}

// text is a parameter of any text; empty filters nothing.
func (q query) text(name string) string {
	value, _ := q.scalar(name)
	return value
}

// phone is text that may start with the + of a phone number, which decodes to a
// space where a client did not encode it.
func (q query) phone(name string) string { return restorePlus(q.text(name)) }

func restorePlus(value string) string {
	if rest, ok := strings.CutPrefix(value, " "); ok {
		return "+" + rest
	}
	return value
}

// id is the id of something; it may not be empty.
func (q query) id(name string) string {
	value, given := q.scalar(name)
	if given && value == "" {
		q.problem(roster.ErrParamNil.On(name))
	}
	return value
}

// filled is text that may not be blank.
func (q query) filled(name string) string {
	value, given := q.scalar(name)
	if given && strings.TrimSpace(value) == "" {
		q.problem(roster.ErrParamNil.On(name))
	}
	return value
}

// choice is one of the allowed values, or empty when not given.
func (q query) choice(name string, allowed []string) string {
	value, given := q.scalar(name)
	if given && !slices.Contains(allowed, value) {
		q.problem(notAllowedValue(name, value))
	}
	return value
}

// anyOf is texts, each one of the allowed values.
func (q query) anyOf(name string, allowed []string) []string {
	values := q.texts(name)
	for _, v := range values {
		if !slices.Contains(allowed, v) {
			q.problem(notAllowedValue(name, v))
			return nil
		}
	}
	return values
}

// texts is a parameter that may be repeated; any of its values will do. An empty
// value is one that nothing has.
func (q query) texts(name string) []string {
	if q.names != nil {
		q.names.Query = note(q.names.Query, name)
	}
	values := q.params[name]
	if bracketed := q.params[name+"[]"]; len(bracketed) > 0 { // how some HTTP libraries write lists
		values = slices.Concat(values, bracketed)
	}
	if len(values) > roster.MaxFilterValues {
		q.problem(roster.ErrParamTooManyValues.On(name, roster.MaxFilterValues))
		return nil
	}
	for _, v := range values {
		if !sound(v) {
			q.problem(roster.ErrParamEncoding.On(name))
			return nil
		}
	}
	return values
}

// phones is texts of phone numbers.
func (q query) phones(name string) []string {
	values := slices.Clone(q.texts(name))
	for i, v := range values {
		values[i] = restorePlus(v)
	}
	return values
}

// selection is texts of signed values: + or nothing takes, - leaves out.
func (q query) selection(name string) roster.Selection {
	var s roster.Selection
	for _, v := range q.texts(name) {
		value, exclude := roster.CutSign(v)
		if exclude {
			s.Exclude = append(s.Exclude, value)
			continue
		}
		s.Include = append(s.Include, value)
	}
	return s
}

// choices is a selection among the allowed values, commas between them or the
// parameter repeated.
func (q query) choices(name string, allowed []string) roster.Selection {
	var s roster.Selection
	for _, v := range strings.FieldsFunc(strings.Join(q.texts(name), ","), func(r rune) bool { return r == ',' }) {
		value, exclude := roster.CutSign(v)
		switch {
		case !slices.Contains(allowed, value):
			q.problem(notAllowedValue(name, v))
		case exclude:
			s.Exclude = append(s.Exclude, value)
		default:
			s.Include = append(s.Include, value)
		}
	}
	return s
}

// boolean is true or false.
func (q query) boolean(name string) roster.Field[bool] {
	value, given := q.scalar(name)
	switch {
	case !given:
		return roster.Field[bool]{}
	case value != "true" && value != "false":
		q.problem(notAllowedValue(name, value))
		return roster.Field[bool]{}
	}
	return roster.Value(value == "true")
}

// millis is a time in Unix milliseconds.
func (q query) millis(name string) roster.Field[int64] {
	value, given := q.scalar(name)
	if !given {
		return roster.Field[int64]{}
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		q.problem(roster.ErrParamDate.On(name))
		return roster.Field[int64]{}
	}
	return roster.Value(n)
}

// integer is a whole number within bounds, or d when not given.
func (q query) integer(name string, least, most, d int64) int64 {
	value, given := q.scalar(name)
	if !given {
		return d
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || value[0] == '+' || n < least || n > most {
		q.problem(notAllowedValue(name, value))
		return d
	}
	return n
}

// firstOrder is order for the list of users, of which the published document says
// that the first of several order_by counts.
func (q query) firstOrder(by []string) roster.Order {
	if values := q.params["order_by"]; len(values) > 1 {
		q.params = maps.Clone(q.params)
		q.params["order_by"] = values[:1]
	}
	return q.order(by)
}

// order is the order_by parameter, one of the given attributes with or without a
// sign.
func (q query) order(by []string) roster.Order {
	value, given := q.scalar("order_by")
	if !given {
		return roster.Order{}
	}
	order := roster.ParseOrder(value)
	if !slices.Contains(by, order.By) {
		q.problem(notAllowedValue("order_by", value))
		return roster.Order{}
	}
	return order
}
