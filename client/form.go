package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"github.com/rosterhq/roster"
)

// formBoundary parts the fields of a form. No image holds it by accident.
const formBoundary = "roster-go-7f0d9a5c2e6b4183a1c4d5e8f9b03726"

// form is a file to be sent, and the plain field beside it, if it has a value.
type form struct {
	file        io.Reader
	name, value string
}

var errNoFile = errors.New("there is no file")

// encode reads the file, no more of it than servers take: a larger one is refused
// before anything is sent.
func (f *form) encode() ([]byte, error) {
	if f.file == nil {
		return nil, errNoFile
	}
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	err := w.SetBoundary(formBoundary)
	if err == nil && f.value != "" {
		err = w.WriteField(f.name, f.value)
	}
	var part io.Writer
	if err == nil {
		part, err = w.CreateFormFile("file", "file")
	}
	if err != nil {
		return nil, fmt.Errorf("encode form: %w", err)
	}
	n, err := io.Copy(part, io.LimitReader(f.file, roster.MaxImageBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read file: %w", err)
	case n > roster.MaxImageBytes:
		return nil, fmt.Errorf("not sent: %w", &roster.ErrorResponse{Status: http.StatusRequestEntityTooLarge, Errors: roster.Errors{roster.ErrImageTooLarge.New(roster.MaxImageBytes)}})
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encode form: %w", err)
	}
	return out.Bytes(), nil
}
