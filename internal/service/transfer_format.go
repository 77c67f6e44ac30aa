package service

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster/internal/store"
)

// The lines of an export. Each is an object whose first member is its kind; all
// members are always there. Metadata and payloads are strings that hold JSON, so
// that nobody's JSON library changes them on the way.
const (
	exportFormat  = "roster-export"
	exportVersion = 2
	oldestVersion = 1 // that is still read
	kindHeader    = "header"
	kindTrailer   = "trailer"
)

func appendHeader(b []byte, instanceID string) ([]byte, error) {
	b = append(b, `{"kind":"header","format":"`+exportFormat+`","version":`...)
	b = append(strconv.AppendInt(b, exportVersion, 10), `,"instance":`...)
	b, err := jsontext.AppendQuote(b, instanceID)
	return append(b, "}\n"...), err
}

func appendTrailer(b []byte, rows map[string]int64, digest string) []byte {
	b = append(b, `{"kind":"trailer","rows":{`...)
	for i, k := range store.Kinds {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), k.Name...), `":`...)
		b = strconv.AppendInt(b, rows[k.Name], 10)
	}
	return append(append(append(b, `},"sha256":"`...), digest...), "\"}\n"...)
}

func appendRow(b []byte, r store.Row) (_ []byte, err error) {
	b = append(append(append(b, `{"kind":"`...), r.Kind.Name...), '"')
	if b, err = appendValues(append(b, ','), r); err != nil {
		return nil, err
	}
	if parts := r.Kind.Parts; parts != nil {
		b = append(append(append(b, `,"`...), parts.Name...), `s":[`...)
		for i, p := range r.Parts {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendValues(append(b, '{'), p); err != nil {
				return nil, err
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, "}\n"...), nil
}

func appendValues(b []byte, r store.Row) (_ []byte, err error) {
	for i, c := range r.Kind.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), c.Name...), `":`...)
		switch v := r.Values[i].(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case bool:
			b = strconv.AppendBool(b, v)
		case []byte:
			b = append(base64.StdEncoding.AppendEncode(append(b, '"'), v), '"')
		case string:
			if b, err = jsontext.AppendQuote(b, v); err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
		}
	}
	return b, nil
}

// exportLine is a line that was read: a header, a row or a trailer.
type exportLine struct {
	header  *headerLine
	row     *store.Row
	trailer *trailerLine
}

type headerLine struct {
	Kind     string `json:"kind"`
	Format   string `json:"format"`
	Version  int64  `json:"version"`
	Instance string `json:"instance"`
}

type trailerLine struct {
	Kind   string           `json:"kind"`
	Rows   map[string]int64 `json:"rows"`
	SHA256 string           `json:"sha256"`
}

var instancePattern = regexp.MustCompile(`^ins_[0-9A-Za-z]+$`)

// parseLine reads a line of a version of the format; errors say what is wrong with
// it.
func parseLine(line []byte, version int64) (exportLine, error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(line, &members); err != nil || members == nil {
		return exportLine{}, errors.New("not a JSON object")
	}
	kind, err := parseText(members["kind"])
	if err != nil {
		return exportLine{}, fmt.Errorf("kind: %w", err)
	}
	switch kind {
	case kindHeader:
		h, err := parseHeader(line)
		return exportLine{header: &h}, err
	case kindTrailer:
		var t trailerLine
		if err := json.Unmarshal(line, &t, json.RejectUnknownMembers(true)); err != nil {
			return exportLine{}, errors.New("not a trailer as it should be")
		}
		return exportLine{trailer: &t}, nil
	}
	i := slices.IndexFunc(store.Kinds, func(k *store.Kind) bool { return k.Name == kind })
	if i < 0 {
		return exportLine{}, fmt.Errorf("unknown kind %q", kind)
	}
	delete(members, "kind")
	if version < 2 && kind == "instance" {
		delete(members, "creator_role_id") // the role set's, from then on
	}
	row, err := parseRow(store.Kinds[i], members, version)
	return exportLine{row: &row}, err
}

func parseHeader(line []byte) (h headerLine, err error) {
	if err := json.Unmarshal(line, &h); err != nil || h.Format != exportFormat {
		return h, errors.New("not the header of an export")
	}
	if h.Version < oldestVersion || h.Version > exportVersion {
		return h, fmt.Errorf("version %d of the format; this program reads versions %d to %d", h.Version, oldestVersion, exportVersion)
	}
	if !instancePattern.MatchString(h.Instance) {
		return h, fmt.Errorf("%q is no instance id", h.Instance)
	}
	return h, nil
}

// parseRow takes a row's columns, and its parts, from the members of its line.
func parseRow(k *store.Kind, members map[string]jsontext.Value, version int64) (r store.Row, err error) {
	r = store.Row{Kind: k, Values: make([]any, len(k.Columns))}
	for i, c := range k.Columns {
		v, there := members[c.Name]
		if !there && version < c.Since {
			r.Values[i] = c.Before
			continue
		}
		if !there {
			return r, fmt.Errorf("%s is missing", c.Name)
		}
		delete(members, c.Name)
		if r.Values[i], err = parseValue(k, c, v); err != nil {
			return r, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	if k.Parts != nil {
		name := k.Parts.Name + "s"
		if r.Parts, err = parseParts(k.Parts, members[name], version); err != nil {
			return r, fmt.Errorf("%s: %w", name, err)
		}
		delete(members, name)
	}
	for name := range members {
		return r, fmt.Errorf("unknown member %q", name)
	}
	return r, checkSigning(r)
}

func parseParts(k *store.Kind, v jsontext.Value, version int64) ([]store.Row, error) {
	var list []map[string]jsontext.Value
	if v.Kind() != '[' || json.Unmarshal(v, &list) != nil {
		return nil, errors.New("not an array of objects")
	}
	parts := make([]store.Row, len(list))
	for i, members := range list {
		var err error
		if parts[i], err = parseRow(k, members, version); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func parseValue(k *store.Kind, c store.Column, v jsontext.Value) (any, error) {
	if v.Kind() == 'n' && c.Null {
		return nil, nil
	}
	switch c.Type {
	case store.Integer:
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			return nil, errors.New("not an integer of 64 bits")
		}
		return n, nil
	case store.Boolean:
		if v.Kind() != 't' && v.Kind() != 'f' {
			return nil, errors.New("neither true nor false")
		}
		return v.Kind() == 't', nil
	}
	s, err := parseText(v)
	if err == nil && c.Type == store.Bytes {
		return parseBytes(s, c.Max)
	}
	switch {
	case err != nil:
		return nil, err
	case c.Type == store.Object && (jsontext.Value(s).Kind() != '{' || !jsontext.Value(s).IsValid()):
		return nil, errors.New("does not hold a JSON object")
	case c.Max > 0 && len(s) > c.Max:
		return nil, fmt.Errorf("%d bytes, more than %d", len(s), c.Max)
	case s == "" && k.Required(c.Name):
		return nil, errors.New("empty")
	case c.OneOf != nil && !slices.Contains(c.OneOf, s):
		return nil, fmt.Errorf("%q is none of %s", s, strings.Join(c.OneOf, ", "))
	}
	return s, nil
}

func parseBytes(text string, most int) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	switch {
	case err != nil:
		return nil, errors.New("not base64")
	case len(b) > most:
		return nil, fmt.Errorf("%d bytes, more than %d", len(b), most)
	}
	return b, nil
}

func parseText(v jsontext.Value) (string, error) {
	if v.Kind() != '"' {
		return "", errors.New("not a string")
	}
	b, err := jsontext.AppendUnquote(nil, v)
	if err != nil || strings.IndexByte(string(b), 0) >= 0 {
		return "", errors.New("not a text: it has invalid or zero bytes")
	}
	return string(b), nil
}
