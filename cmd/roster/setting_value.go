package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// String is the flag's default, none.
func (s *setting) String() string { return "" }

// Type is what help shows for the value.
func (s *setting) Type() string {
	switch {
	case s.typ.Kind() == reflect.Bool:
		return "bool"
	case s.isFile():
		return "FILE"
	case s.isTime():
		return "TIME"
	case s.isInteger():
		return "NUMBER"
	case s.isObject():
		return "JSON|@FILE|KEY=VALUE"
	case s.isTerms():
		return "PATH=VALUE"
	case s.typ.Kind() == reflect.String, s.isTexts(), s.typ == reflect.TypeFor[roster.Selection](), s.typ == reflect.TypeFor[roster.Order]():
		return "TEXT"
	}
	return "JSON|@FILE"
}

// isFile reports whether the body has a file there.
func (s *setting) isFile() bool { return s.typ == reflect.TypeFor[io.Reader]() }

// isObject reports whether the value is an object that can be given by members.
func (s *setting) isObject() bool {
	return s.typ == reflect.TypeFor[roster.Metadata]() || s.typ == reflect.TypeFor[map[string]string]()
}

func (s *setting) isTexts() bool {
	return s.typ.Kind() == reflect.Slice && s.typ.Elem().Kind() == reflect.String
}

func (s *setting) isTerms() bool { return s.typ == reflect.TypeFor[[]roster.MetadataTerm]() }

func (s *setting) isInteger() bool {
	return s.typ.Kind() == reflect.Int || s.typ.Kind() == reflect.Int64
}

// isTime reports whether the number is a moment in Unix milliseconds.
func (s *setting) isTime() bool {
	if !s.isInteger() {
		return false
	}
	for _, suffix := range []string{"_before", "_after", "_since"} {
		if strings.HasSuffix(s.name, suffix) {
			return true
		}
	}
	return false
}

// Set reads one value. What holds several gathers them.
func (s *setting) Set(text string) error {
	var v any
	var err error
	switch {
	case s.isFile():
		if s.file, err = readInput(text, maxFile); err != nil {
			return err
		}
		v = text
	case s.isObject():
		return s.setObject(text)
	case s.typ == reflect.TypeFor[roster.Selection]():
		v, err = s.addSigned(text)
	case s.typ == reflect.TypeFor[roster.Order]():
		v = roster.ParseOrder(text)
	case s.typ.Kind() == reflect.String:
		v = text
	case s.typ.Kind() == reflect.Bool:
		if v, err = strconv.ParseBool(text); err != nil {
			return errors.New("it is neither true nor false")
		}
	case s.isTime():
		v, err = readTime(text)
	case s.isInteger():
		if v, err = strconv.ParseInt(text, 10, 64); err != nil {
			return errors.New("it is not a whole number")
		}
	case s.isTexts():
		v, err = s.addText(text)
	case s.isTerms():
		v, err = s.addTerm(text)
	default:
		return s.setJSON(text)
	}
	if err != nil {
		return err
	}
	s.value, err = json.Marshal(v)
	return err
}

func (s *setting) addText(text string) (any, error) {
	var list []string
	if s.value != nil {
		if err := json.Unmarshal(s.value, &list); err != nil {
			return nil, err
		}
	}
	return append(list, text), nil
}

func (s *setting) addTerm(text string) (any, error) {
	var list []roster.MetadataTerm
	if s.value != nil {
		if err := json.Unmarshal(s.value, &list); err != nil {
			return nil, err
		}
	}
	t, err := roster.ParseMetadataTerm(text)
	return append(list, t), err
}

// addSigned adds a value to take, or with - before it one to leave out.
func (s *setting) addSigned(text string) (any, error) {
	var chosen roster.Selection
	if s.value != nil {
		if err := json.Unmarshal(s.value, &chosen); err != nil {
			return nil, err
		}
	}
	value, exclude := roster.CutSign(text)
	if exclude {
		chosen.Exclude = append(chosen.Exclude, value)
	} else {
		chosen.Include = append(chosen.Include, value)
	}
	return chosen, nil
}

// setObject takes an object, or one member of it: KEY=TEXT or KEY:=JSON.
func (s *setting) setObject(text string) error {
	if strings.HasPrefix(strings.TrimSpace(text), "{") || strings.HasPrefix(text, "@") {
		if s.value != nil {
			return errors.New("there can be one object, or several KEY=VALUE")
		}
		if err := s.setJSON(text); err != nil {
			return err
		}
		if s.value.Kind() != '{' {
			return errors.New("it is not a JSON object")
		}
		return nil
	}
	key, value, ok := strings.Cut(text, "=")
	if !ok {
		return errors.New("it is neither a JSON object, @FILE nor KEY=VALUE")
	}
	raw := quote(value)
	if typed, ok := strings.CutSuffix(key, ":"); ok {
		key, raw = typed, value
		if !jsontext.Value(raw).IsValid() {
			return fmt.Errorf("the value of %s is not JSON", key)
		}
	}
	return s.addMember(quote(key) + ":" + raw)
}

// addMember puts a member at the end of the object given so far.
func (s *setting) addMember(member string) error {
	text := "{" + member + "}"
	if s.value != nil {
		text = strings.TrimSuffix(string(s.value), "}") + "," + member + "}"
	}
	if !jsontext.Value(text).IsValid() { // which one name twice is not
		return errors.New("the key is there already, or is not text")
	}
	s.value = jsontext.Value(text)
	return nil
}

// setJSON takes JSON, or with @ before it the name of a file that holds it.
func (s *setting) setJSON(text string) error {
	if path, ok := strings.CutPrefix(text, "@"); ok {
		b, err := readInput(path, maxInput)
		if err != nil {
			return err
		}
		text = string(b)
	}
	v := jsontext.Value(strings.TrimSpace(text))
	if !v.IsValid() {
		return errors.New("it is not JSON")
	}
	s.value = v
	return nil
}

// readTime takes Unix milliseconds, a date or a date with its time.
func readTime(text string) (int64, error) {
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		return ms, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UnixMilli(), nil
		}
	}
	return 0, errors.New("it is neither Unix milliseconds, 2006-01-02 nor 2006-01-02T15:04:05Z")
}

// quote is a text as JSON; of what is no text it makes no JSON.
func quote(text string) string {
	b, err := jsontext.AppendQuote(nil, text)
	if err != nil {
		return `"`
	}
	return string(b)
}
