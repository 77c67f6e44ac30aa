package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// aside is what a scenario needs done that is no call of the SDK: what some SDKs
// cannot prepare, and what browsers do.
type aside struct {
	ctx context.Context //nolint:containedctx // the run's own, for what happens between the calls
	url string
	key string
}

// roleSet makes a role set, for the SDK that cannot say what its defaults are.
func (a aside) roleSet(in roster.CreateRoleSet) (id string, err error) {
	set, err := client.New(a.key, client.WithBaseURL(a.url+"/v1")).RoleSets.Create(a.ctx, in)
	if err != nil {
		return "", err
	}
	return set.ID, nil
}

// visit is what a browser gets at an address, without following it anywhere else.
func (a aside) visit(url string) (status int, mediaType string, err error) {
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := stay.Do(req)
	if err != nil {
		return 0, "", err
	}
	return resp.StatusCode, resp.Header.Get("Content-Type"), resp.Body.Close()
}

// visits notes on a check what a browser gets wrongly at an address of its result.
func (r *reply) visits(path string, status int, mediaType string) *reply {
	if !r.answered() {
		return r
	}
	got, gotType, err := r.session.aside.visit(r.get(path))
	if err != nil {
		r.problem("%s cannot be visited: %v", path, err)
	} else if got != status || mediaType != "" && gotType != mediaType {
		r.problem("%s answers with %d %s, want %d %s", path, got, gotType, status, mediaType)
	}
	return r
}

// picture is a PNG of one colour, as arguments carry it.
func picture(c color.Color) string {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.Set(i%8, i/8, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(fmt.Sprintf("encode a picture: %v", err)) // into memory
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
