package api_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/iotest"

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
	upload := func(body io.Reader, length int64) (int, string) {
		status, answer, err := sendForm(t, srv, u.ID, body, length)
		if err != nil {
			t.Fatal(err)
		}
		return status, answer
	}
	zeros := func(n int) io.Reader { return bytes.NewReader(make([]byte, n)) }
	full := roster.MaxImageBytes - len(onePNG)
	if status, answer := upload(io.MultiReader(strings.NewReader(fileHead), zeros(full), strings.NewReader("\r\n--b--\r\n")), -1); status != http.StatusOK {
		t.Errorf("as large as may be: %d %s", status, answer)
	}
	for name, tt := range map[string]struct {
		body   io.Reader
		length int64
	}{
		"one byte more":              {io.MultiReader(strings.NewReader(fileHead), zeros(full+1), strings.NewReader("\r\n--b--\r\n")), -1},
		"without end":                {io.MultiReader(strings.NewReader(fileHead), endless{}), -1},
		"as it says":                 {io.MultiReader(strings.NewReader(fileHead), zeros(20<<20)), int64(len(fileHead) + 20<<20)},
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

// fileHead is how a form starts whose file is a picture; more of the file may follow.
var fileHead = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + onePNG

// sendForm sends a form as a user's image.
func sendForm(t *testing.T, srv *rostertest.Server, userID string, body io.Reader, length int64) (status int, answer string, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/users/"+userID+"/profile_image", body)
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = length
	r.Header.Set("Authorization", "Bearer "+srv.SecretKey)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	read, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(read), err
}

// However an upload ends, its place is free again and the folder for temporary files
// empty.
func TestUploads_leave_nothing(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	srv := rostertest.New(t)
	c := srv.Client()
	t.Cleanup(c.CloseIdleConnections)
	u := must(c.Users.Create(t.Context(), roster.CreateUser{Username: roster.Value("anna")}))(t)
	const tail, size = "\r\n--b--\r\n", 300 << 10 // more than memory takes
	large := fileHead + strings.Repeat("\x00", size)
	for _, tt := range []struct {
		name   string
		userID string
		body   string
		more   int       // bytes of the file
		end    io.Reader // of the body
		status int       // 0 where no answer comes
	}{
		{"no image", u.ID, strings.Replace(large, onePNG, "", 1) + tail, 0, nil, http.StatusBadRequest},
		{"of an unknown user", "user_unknown", large + tail, 0, nil, http.StatusNotFound},
		{"too large", u.ID, large, roster.MaxImageBytes - size, nil, http.StatusRequestEntityTooLarge},
		{"repeated", u.ID, large + "\r\n" + large + tail, 0, nil, http.StatusUnprocessableEntity},
		{"without an end", u.ID, large, 0, nil, http.StatusBadRequest},
		{"cut off", u.ID, large, 0, iotest.ErrReader(io.ErrClosedPipe), 0},
	} {
		for range 9 { // one more than there may be
			body := io.MultiReader(strings.NewReader(tt.body), io.LimitReader(endless{}, int64(tt.more)))
			if tt.end != nil {
				body = io.MultiReader(body, tt.end)
			}
			status, answer, err := sendForm(t, srv, tt.userID, body, -1)
			if status != tt.status || (err != nil) != (tt.status == 0) {
				t.Fatalf("%s: %d %s, %v", tt.name, status, answer, err)
			}
		}
		if status, answer, err := sendForm(t, srv, u.ID, strings.NewReader(large+tail), -1); status != http.StatusOK {
			t.Errorf("a good one after those %s: %d %s, %v", tt.name, status, answer, err)
		}
		if kept, err := os.ReadDir(folder); err != nil || len(kept) > 0 {
			t.Errorf("%s: files stay: %v, %v", tt.name, kept, err)
		}
	}
}

// Where no file can be kept, small ones are taken all the same.
func TestUploads_without_a_folder(t *testing.T) {
	srv := rostertest.New(t)
	c := srv.Client()
	t.Cleanup(c.CloseIdleConnections)
	u := must(c.Users.Create(t.Context(), roster.CreateUser{Username: roster.Value("anna")}))(t)
	t.Setenv("TMPDIR", "/nowhere")
	for size, want := range map[int]int{1000: http.StatusOK, 300 << 10: http.StatusInternalServerError} {
		status, answer, err := sendForm(t, srv, u.ID, strings.NewReader(fileHead+strings.Repeat("\x00", size)+"\r\n--b--\r\n"), -1)
		if status != want {
			t.Errorf("%d bytes: %d %s, %v", size, status, answer, err)
		}
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	clear(b) // in which an earlier form may be left
	return len(b), nil
}

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
