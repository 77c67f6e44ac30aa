package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// uploads are the operations that take a file, in a form.
var uploads = map[string]bool{"UploadOrganizationLogo": true, "SetUserProfileImage": true}

// Limits of an upload beside the file's own.
const (
	maxFormOverhead = 64 << 10 // bytes of a form around its file
	maxFormFields   = 16
	maxFormValue    = 1024 // bytes
	maxUploads      = 8    // read at once

	uploadTime = 2 * time.Minute // to send one in; 90 KB/s will do
)

// form is what an upload sent.
type form struct {
	file   *spool // or nil
	values map[string]string
}

// receive reads an upload, for which a client has more time than for a body of JSON.
// The deadline of the operation starts behind it. The function it returns lets
// another upload begin.
func (s *server) receive(x *exchange, w http.ResponseWriter, r *http.Request) (_ *form, done func(), _ error) {
	if r.ContentLength == 0 {
		return &form{}, func() {}, nil
	}
	boundary, err := formBoundary(r)
	if err != nil {
		return nil, nil, err
	}
	if r.ContentLength > roster.MaxImageBytes+maxFormOverhead {
		return nil, nil, roster.ErrImageTooLarge.New(roster.MaxImageBytes)
	}
	ctx, cancel := context.WithDeadline(r.Context(), x.deadline)
	defer cancel()
	select {
	case s.uploads <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	in := &form{values: map[string]string{}}
	end := func() {
		if err := in.file.close(); err != nil {
			s.log.Error("an upload could not be removed", "error", err)
		}
		<-s.uploads
	}
	defer func() {
		if done == nil { // it failed or panicked
			end()
		}
	}()
	c, until := http.NewResponseController(w), time.Now().Add(uploadTime)
	if err := errors.Join(c.SetReadDeadline(until), c.SetWriteDeadline(until.Add(writeTimeout))); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, nil, fmt.Errorf("give an upload time: %w", err)
	}
	body := http.MaxBytesReader(w, x.body, roster.MaxImageBytes+maxFormOverhead)
	if err := in.read(multipart.NewReader(body, boundary)); err != nil {
		return nil, nil, err
	}
	x.deadline = time.Now().Add(s.timeout)
	return in, end, nil
}

// formBoundary is what parts the fields of a request's form.
func formBoundary(r *http.Request) (string, error) {
	actual := r.Header.Get("Content-Type")
	media, parameters, err := mime.ParseMediaType(actual)
	if err != nil || media != "multipart/form-data" {
		if actual == "" {
			actual = "application/octet-stream"
		}
		return "", roster.ErrUnsupportedContentType.New(actual, "multipart/form-data")
	}
	if parameters["boundary"] == "" {
		return "", roster.ErrRequestBodyInvalid.New("the Content-Type names no boundary")
	}
	return parameters["boundary"], nil
}

// read takes all fields. The file is to be closed with an error, too.
func (in *form) read(fields *multipart.Reader) error {
	for n := 0; ; n++ {
		part, err := fields.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return formProblem(err)
		}
		if n == maxFormFields {
			return roster.ErrRequestBodyInvalid.New(fmt.Sprintf("the form has more than %d fields", maxFormFields))
		}
		if err := in.take(part); err != nil {
			return err
		}
	}
}

// take reads one field.
func (in *form) take(part *multipart.Part) error {
	name := part.FormName()
	if name == "file" {
		return in.takeFile(part)
	}
	if _, again := in.values[name]; again {
		return roster.ErrParamRepeated.On(brief(name))
	}
	value, err := io.ReadAll(io.LimitReader(part, maxFormValue+1))
	switch {
	case err != nil:
		return formProblem(err)
	case len(value) > maxFormValue:
		return roster.ErrParamTooLong.On(brief(strings.ToValidUTF8(name, "\uFFFD")), maxFormValue)
	}
	in.values[name] = string(value)
	return nil
}

func (in *form) takeFile(part *multipart.Part) error {
	if in.file != nil {
		return roster.ErrParamRepeated.On("file")
	}
	in.file = &spool{}
	sent := &sender{part, nil}
	_, err := io.Copy(in.file, io.LimitReader(sent, roster.MaxImageBytes+1))
	switch {
	case sent.err != nil:
		return formProblem(sent.err)
	case err != nil:
		return err
	case in.file.size > roster.MaxImageBytes:
		return roster.ErrImageTooLarge.New(roster.MaxImageBytes)
	}
	return nil
}

// sender tells what goes wrong with a client from what goes wrong here.
type sender struct {
	io.Reader
	err error
}

func (s *sender) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func formProblem(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return roster.ErrImageTooLarge.New(roster.MaxImageBytes)
	}
	return roster.ErrRequestBodyInvalid.New("the form is broken or ends early")
}

// uploadLogo reads the form of a logo.
func uploadLogo(r *request) service.Upload {
	in := uploadImage(r)
	if r.names != nil {
		r.names.Body = note(r.names.Body, "uploader_user_id")
	}
	if r.form != nil {
		in.UploaderUserID = r.form.values["uploader_user_id"]
	}
	if !sound(in.UploaderUserID) {
		r.problem(roster.ErrParamEncoding.On("uploader_user_id"))
	}
	return in
}

// uploadImage reads the form of a profile image.
func uploadImage(r *request) service.Upload {
	if r.names != nil {
		r.names.Body = note(r.names.Body, "file")
	}
	if r.form == nil || r.form.file == nil {
		return service.Upload{}
	}
	return service.Upload{File: r.form.file.content()}
}
