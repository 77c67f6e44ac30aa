package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// Exit codes beside 0.
const (
	exitFailure        = 1 // the command was understood and could not be done
	exitUsage          = 2 // the command line or what it points at is wrong
	exitRefused        = 3 // the server refuses what was asked of it
	exitAuthentication = 4 // there is no secret key, or the server does not take it
	exitNotFound       = 5 // what the command names is not there
	exitBusy           = 6 // the server asks to come again later
	exitUnreachable    = 7 // no server answers
)

// failure is an error with its exit code and the way out.
type failure struct {
	code    int
	message string
	hint    string
}

func (e *failure) Error() string { return e.message }

// usagef is a mistake in the command line, the environment or the place they point
// at.
func usagef(hint, format string, args ...any) error {
	return &failure{exitUsage, fmt.Sprintf(format, args...), hint}
}

// report writes one line about err, and one of what to do about it where that is
// known, and returns the exit code.
func report(w io.Writer, err error) int {
	code, hint := exitFailure, wayOut(err)
	var known *failure
	if errors.As(err, &known) {
		code, hint = known.code, known.hint
	}
	fmt.Fprintf(w, "roster: %s\n", oneLine(explain(err)))
	if hint != "" {
		fmt.Fprintf(w, "hint: %s\n", oneLine(hint))
	}
	return code
}

// wayOut is the hint for failures that are not the command line's.
func wayOut(err error) string {
	switch {
	case errors.Is(err, service.ErrInstanceNotFound):
		return "roster instances list shows the ids"
	case errors.Is(err, service.ErrKeyNotFound):
		return "roster keys list shows the ids"
	case errors.Is(err, service.ErrNoSigningKey):
		return "the first token, or the first look at the key set, makes one"
	case errors.Is(err, service.ErrKeyInUse):
		return "leave --secret-key out to have a new one made"
	case errors.Is(err, service.ErrInstanceExists):
		return "import into a database that does not have it; roster instances list shows what is there"
	case errors.Is(err, service.ErrImportUnfinished), errors.Is(err, service.ErrImport):
		return "--resume goes on behind what was written, with the same export; --restart removes that and begins anew"
	case errors.Is(err, service.ErrImportDiffers):
		return "give the export it began with, or --restart, which removes what was written of it"
	case errors.Is(err, service.ErrImportRival):
		return "wait until it is done; --resume goes on if it was interrupted"
	}
	return ""
}

// explain is err in words for the terminal; an API error's code says nothing there.
func explain(err error) string {
	var api *roster.Error
	switch {
	case errors.As(err, &api):
		return api.LongMessage
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return err.Error()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
