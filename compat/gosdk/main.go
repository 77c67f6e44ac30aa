// Command gosdk turns calls of the scenario, one JSON line each on standard
// input, into calls of clerk-sdk-go, and writes what the SDK decoded.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"

	"github.com/clerk/clerk-sdk-go/v2"
)

type request struct {
	Call string          `json:"call"`
	Args json.RawMessage `json:"args"`
}

type response struct {
	Result      any       `json:"result,omitempty"`
	Error       *apiError `json:"error,omitempty"`
	Unsupported string    `json:"unsupported,omitempty"`
	Crash       string    `json:"crash,omitempty"`
}

type apiError struct {
	Type    string        `json:"type"`
	Status  int           `json:"status"`
	TraceID string        `json:"trace_id"`
	Errors  []clerk.Error `json:"errors"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	url := os.Getenv("CLERK_API_URL") + "/v1"
	key := os.Getenv("CLERK_SECRET_KEY")
	clerk.SetBackend(clerk.NewBackend(&clerk.BackendConfig{URL: &url, Key: &key}))
	out := json.NewEncoder(os.Stdout)
	hello, err := greeting()
	if err != nil {
		return err
	}
	if err := out.Encode(hello); err != nil {
		return err
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return err
		}
		if err := out.Encode(answer(r)); err != nil {
			return err
		}
	}
	return in.Err()
}

// greeting tells the runner what this driver drives.
func greeting() (map[string]any, error) {
	names, parameters := make(map[string]string), make(map[string][]string)
	for call, f := range calls {
		names[call], parameters[call] = f.name, f.do.parameters
	}
	packages, offered, err := offers(slices.Collect(maps.Values(names)))
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"sdk": sdk, "version": version(), "calls": names, "classes": packages, "offers": offered, "left_out": leftOut, "parameters": parameters,
		"errors": []string{"APIErrorResponse"},
		"lacks": []string{
			"profile_image_url", "public_user_data.banned", "public_user_data.deprovisioned", "deprovisioned",
			"users.delete:external_id", "default_role", "creator_role", "has_members", "members_count", "inviter_id", "public_inviter_data",
			"affiliation_verification", "domains.create:public_organization_data",
		},
	}, nil
}

const sdk = "github.com/clerk/clerk-sdk-go/v2"

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == sdk {
			return m.Version
		}
	}
	return ""
}

func answer(r request) response {
	result, err := calls[r.Call].do.run(context.Background(), r.Args)
	var unsupported unsupportedError
	var refused *clerk.APIErrorResponse
	switch {
	case errors.As(err, &unsupported):
		return response{Unsupported: unsupported.Error()}
	case errors.As(err, &refused):
		return response{Error: &apiError{
			Type: "APIErrorResponse", Status: refused.HTTPStatusCode, TraceID: refused.TraceID, Errors: refused.Errors,
		}}
	case err != nil:
		return response{Crash: err.Error()}
	}
	return response{Result: result}
}
