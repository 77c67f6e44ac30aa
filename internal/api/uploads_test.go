package api_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/rostertest"
)

// A form over the limit is refused, whether it says how long it is or not, and read
// no further than that.
func TestUploads_are_bounded(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	c := srv.Client()
	t.Cleanup(c.CloseIdleConnections)
	u := must(c.Users.Create(t.Context(), roster.CreateUser{Username: roster.Value("anna")}))(t)
	head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + onePNG
	upload := func(body io.Reader, length int64) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/users/"+u.ID+"/profile_image", body)
		if err != nil {
			t.Fatal(err)
		}
		r.ContentLength = length
		r.Header.Set("Authorization", "Bearer "+srv.SecretKey)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(answer)
	}
	zeros := func(n int) io.Reader { return bytes.NewReader(make([]byte, n)) }
	full := roster.MaxImageBytes - len(onePNG)
	if status, answer := upload(io.MultiReader(strings.NewReader(head), zeros(full), strings.NewReader("\r\n--b--\r\n")), -1); status != http.StatusOK {
		t.Errorf("as large as may be: %d %s", status, answer)
	}
	for name, tt := range map[string]struct {
		body   io.Reader
		length int64
	}{
		"one byte more":              {io.MultiReader(strings.NewReader(head), zeros(full+1), strings.NewReader("\r\n--b--\r\n")), -1},
		"without end":                {io.MultiReader(strings.NewReader(head), endless{}), -1},
		"as it says":                 {io.MultiReader(strings.NewReader(head), zeros(20<<20)), int64(len(head) + 20<<20)},
		"many fields without a file": {strings.NewReader(strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n"+strings.Repeat("x", 900)+"\r\n", 20000)), -1},
	} {
		status, answer := upload(tt.body, tt.length)
		if name == "many fields without a file" {
			if status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", name, status, answer)
			}
			continue
		}
		if status != http.StatusRequestEntityTooLarge || !strings.Contains(answer, `"code":"image_too_large"`) {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// Who has an image need not fetch it again, and nobody takes it for anything else.
func TestImages_are_kept_by_caches(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	c := srv.Client()
	t.Cleanup(c.CloseIdleConnections)
	o := must(c.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Acme"}))(t)
	o = must(c.Organizations.UploadLogo(t.Context(), o.ID, roster.UploadLogo{File: strings.NewReader(onePNG)}))(t)
	fetch := func(header, value string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.ImageURL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header, value)
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = resp.Body.Close() })
		return resp
	}
	first := fetch("Accept", "image/*")
	body, err := io.ReadAll(first.Body)
	if err != nil || string(body) != onePNG || first.Header.Get("Clerk-Trace-Id") == "" {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if csp := first.Header.Get("Content-Security-Policy"); csp != "default-src 'none'; sandbox" {
		t.Errorf("Content-Security-Policy is %q", csp)
	}
	if again := fetch("If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("with its ETag: %d", again.StatusCode)
	}
	if other := fetch("If-None-Match", `"x"`); other.StatusCode != http.StatusOK {
		t.Errorf("with another: %d", other.StatusCode)
	}
	if beyond := fetch("Range", "bytes=9999-"); beyond.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("beyond its end: %d", beyond.StatusCode)
	}
	if _, err := c.Organizations.UploadLogo(t.Context(), o.ID, roster.UploadLogo{File: io.MultiReader(strings.NewReader(onePNG), endless{})}); !errors.Is(err, roster.CodeImageTooLarge) {
		t.Errorf("a file without end: %v", err)
	}
	if _, err := c.Organizations.UploadLogo(t.Context(), o.ID, roster.UploadLogo{}); err == nil {
		t.Error("no file is uploaded")
	}
}
