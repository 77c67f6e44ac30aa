package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// field is one member of a body. Readers mark what they look at.
type field struct {
	name  string
	value jsontext.Value
	read  bool
}

// content is the body of a request: the members of an object or, for the operations
// that take one, of each object of an array.
type content struct {
	fields   []field
	elements [][]field
	array    bool
}

// readBody reads the JSON of a request. An empty body and the literal null
// are no body at all: official clients send both with operations that take none.
func readBody(r *http.Request) (c content, err error) {
	if r.ContentLength > maxBodyBytes {
		return c, roster.ErrRequestBodyTooLarge.New(maxBodyBytes)
	}
	text, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return c, roster.ErrRequestBodyTooLarge.New(maxBodyBytes)
	case err != nil:
		return c, roster.ErrRequestBodyInvalid.New("it ends early")
	case len(text) == 0, string(bytes.TrimSpace(text)) == "null":
		return c, nil
	}
	if err := checkContentType(r.Header); err != nil {
		return c, err
	}
	if c.array = bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("[")); c.array {
		c.elements, err = parseArray(text)
		return c, err
	}
	c.fields, err = parseObject(text)
	return c, err
}

// checkContentType refuses a body that does not say that it is JSON. A body of
// an unstated type is as good as bytes, says HTTP.
func checkContentType(h http.Header) error {
	actual := h.Get("Content-Type")
	if actual == "" {
		actual = "application/octet-stream"
	}
	media, _, err := mime.ParseMediaType(actual)
	if media == "application/json" && (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter)) {
		return nil
	}
	return roster.ErrUnsupportedContentType.New(actual, "application/json")
}

// parseObject splits a JSON object into its members. Duplicate names and invalid
// UTF-8 are refused at any depth, for readers of such text do not agree.
func parseObject(text []byte) ([]field, error) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(text))
	var fields []field
	switch kind := dec.PeekKind(); kind {
	case '{':
		if _, err := dec.ReadToken(); err != nil {
			return nil, bodyProblem(err)
		}
		for dec.PeekKind() != '}' {
			name, err := dec.ReadToken()
			if err != nil {
				return nil, bodyProblem(err)
			}
			f := field{name: name.String()}
			value, err := dec.ReadValue()
			if err != nil {
				return nil, bodyProblem(err)
			}
			f.value = value.Clone()
			fields = append(fields, f)
		}
		if _, err := dec.ReadToken(); err != nil {
			return nil, bodyProblem(err)
		}
	default:
		if _, err := dec.ReadValue(); err != nil {
			return nil, bodyProblem(err)
		}
		if kind != 'n' {
			return nil, roster.ErrRequestBodyInvalid.New("it is " + kindName(kind) + ", not an object")
		}
	}
	return fields, ends(dec)
}

// ends refuses what comes behind the JSON value.
func ends(dec *jsontext.Decoder) error {
	if _, err := dec.ReadToken(); !errors.Is(err, io.EOF) {
		return roster.ErrRequestBodyInvalid.New("something follows the JSON value")
	}
	return nil
}

func bodyProblem(err error) *roster.Error {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return roster.ErrRequestBodyInvalid.New("an object has two members of one name")
	case errors.As(err, &syntax):
		return roster.ErrRequestBodyInvalid.New(fmt.Sprintf("it is not JSON in UTF-8 from byte %d on", syntax.ByteOffset))
	}
	return roster.ErrRequestBodyInvalid.New("it is not JSON")
}

func kindName(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "a boolean"
	case '[':
		return "an array"
	case '{':
		return "an object"
	}
	return "null"
}
