package service

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/rosterhq/roster"
)

// checks gathers what is wrong with the fields of one body.
type checks struct{ problems roster.Errors }

func (k *checks) add(e *roster.Error) {
	if e != nil {
		k.problems = append(k.problems, e)
	}
}

func (k *checks) maxLength(param string, f roster.Field[string], most int) {
	if v, ok := f.Get(); ok && utf8.RuneCountInString(v) > most {
		k.add(roster.ErrParamTooLong.On(param, most))
	}
}

// time reads an RFC 3339 time as Unix milliseconds, nil when there is none.
func (k *checks) time(param string, f roster.Field[string]) *int64 {
	v, ok := f.Get()
	if !ok {
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, v)
	if err != nil {
		k.add(roster.ErrParamTime.On(param))
		return nil
	}
	ms := t.UnixMilli()
	return &ms
}

// values normalises the values of an identifier field and refuses bad and
// repeated ones.
func (k *checks) values(param, want string, values []string, normal func(string) (string, bool)) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		n, ok := normal(v)
		switch {
		case !ok:
			k.add(roster.ErrParamFormat.On(param, want))
		case slices.Contains(out, n):
			k.add(roster.ErrParamDuplicateValues.On(param))
		default:
			out = append(out, n)
		}
	}
	return out
}

// refusalsOf are what the wire is told of an error, nil where that is a failure of
// the server's.
func refusalsOf(err error) roster.Errors {
	var all roster.Errors
	if errors.As(err, &all) {
		return all
	}
	var one *roster.Error
	if errors.As(err, &one) {
		return roster.Errors{one}
	}
	return nil
}

// orNil is a text field's value, nil for null and the empty string.
func orNil(f roster.Field[string]) *string {
	if v := f.Or(""); v != "" {
		return &v
	}
	return nil
}
