package service_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// largeImage is a PNG of so many bytes. What follows the last chunk of one is nobody's
// business, so any length can be had.
func largeImage(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	r := rand.NewChaCha8([32]byte{7})
	out := make([]byte, size)
	if _, err := io.ReadFull(r, out); err != nil {
		t.Fatal(err)
	}
	copy(out, b.Bytes())
	return out
}

// imageID is the id in an image's address.
func imageID(url string) string { return url[strings.LastIndexByte(url, '/')+1:] }

func TestImages_come_back_as_they_were(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		const chunk = 256 << 10
		u := w.user(t, roster.CreateUser{})
		for _, size := range []int{100, chunk - 1, chunk, chunk + 1, 3*chunk + 5, roster.MaxImageBytes} {
			file := largeImage(t, size)
			u, err := w.SetUserProfileImage(t.Context(), w.caller, u.ID, service.Upload{File: sent(file)})
			if err != nil {
				t.Fatal(err)
			}
			p, err := w.Picture(t.Context(), w.caller.InstanceID, imageID(u.ImageURL))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(p.Bytes(t.Context()))
			if err != nil || !bytes.Equal(got, file) || p.Size != int64(size) || p.ContentType != "image/png" {
				t.Errorf("%d bytes: %d came back as %s, %v", size, len(got), p.ContentType, err)
			}
			for _, at := range []int{0, 50, chunk - 3, chunk, size - 7} {
				part, r := make([]byte, 7), p.Bytes(t.Context())
				if at > size-7 {
					continue
				}
				if _, err := r.Seek(int64(at), io.SeekStart); err != nil {
					t.Fatal(err)
				}
				if _, err := io.ReadFull(r, part); err != nil || !bytes.Equal(part, file[at:at+7]) {
					t.Errorf("%d bytes at %d of %d: %v", len(part), at, size, err)
				}
			}
		}
		if n := scalarCount(t, w, "image_chunks"); n != roster.MaxImageBytes/chunk {
			t.Errorf("%d chunks are left, want those of the last image", n)
		}
		if _, err := w.DeleteUser(t.Context(), w.caller, u.ID); err != nil || scalarCount(t, w, "image_chunks")+scalarCount(t, w, "images") != 0 {
			t.Errorf("a user that went left an image: %v", err)
		}
	})
}

// scalarCount is how many rows an export has of a kind, which is the table less its s.
func scalarCount(t testing.TB, w *world, table string) int {
	t.Helper()
	return strings.Count(exportOf(t, w), `{"kind":"`+strings.TrimSuffix(table, "s")+`",`)
}

func exportOf(t testing.TB, w *world) string {
	t.Helper()
	var out strings.Builder
	if _, err := w.Export(t.Context(), w.caller.InstanceID, &out, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestImages_travel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		file := largeImage(t, 3_000_000)
		o := w.organization(t, roster.CreateOrganization{})
		u := w.user(t, roster.CreateUser{})
		o, err := w.UploadOrganizationLogo(t.Context(), w.caller, o.ID, service.Upload{File: sent(file), UploaderUserID: u.ID})
		if err != nil {
			t.Fatal(err)
		}
		text := exportOf(t, w)
		arrived := service.New(e.Open(t), service.Options{})
		if _, err := arrived.Import(t.Context(), strings.NewReader(text), service.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		p, err := arrived.Picture(t.Context(), w.caller.InstanceID, imageID(o.ImageURL))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(p.Bytes(t.Context())); err != nil || !bytes.Equal(got, file) {
			t.Errorf("%d bytes arrived: %v", len(got), err)
		}
		for name, change := range map[string]func(string) string{
			"a chunk twice":         func(s string) string { return doubleLine(s, `{"kind":"image_chunk"`) },
			"a chunk without image": func(s string) string { return withoutLine(s, `{"kind":"image",`) },
			"no base64":             func(s string) string { return strings.Replace(s, `"data":"`, `"data":"!`, 1) },
		} {
			_, err := service.New(e.Open(t), service.Options{}).Import(t.Context(), strings.NewReader(change(text)), service.ImportOptions{})
			if !errors.Is(err, service.ErrImport) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func doubleLine(text, prefix string) string {
	i := strings.Index(text, prefix)
	end := i + strings.IndexByte(text[i:], '\n') + 1
	return text[:end] + text[i:end] + text[end:]
}

func withoutLine(text, prefix string) string {
	i := strings.Index(text, prefix)
	return text[:i] + text[i+strings.IndexByte(text[i:], '\n')+1:]
}

// Images are bounded each way, whatever the file is called.
func TestImages_are_bounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		var wide bytes.Buffer
		if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 16385, 1))); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name string
			file []byte
			want roster.Code
		}{
			{"too large", largeImage(t, roster.MaxImageBytes+1), roster.CodeImageTooLarge},
			{"too wide", wide.Bytes(), roster.CodeRequestBodyInvalid},
			{"text", []byte("<html>"), roster.CodeRequestBodyInvalid},
			{"cut short", largeImage(t, 100)[:20], roster.CodeRequestBodyInvalid},
			{"nothing", nil, roster.CodeParamMissing},
		} {
			if _, err := w.SetUserProfileImage(t.Context(), w.caller, u.ID, service.Upload{File: sent(tt.file)}); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
		}
	})
}

// sent is a file as it comes in.
func sent(file []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file)))
}

// That what was sent cannot be read again is nothing that the client did.
func TestImages_that_cannot_be_read(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		file := largeImage(t, 100)
		for _, readable := range []int{0, 20, 60} { // up to nothing, its header, what follows
			kept := io.NewSectionReader(halting{bytes.NewReader(file), readable}, 0, int64(len(file)))
			_, err := w.SetUserProfileImage(t.Context(), w.caller, u.ID, service.Upload{File: kept})
			var refused *roster.Error
			if !errors.Is(err, io.ErrClosedPipe) || errors.As(err, &refused) {
				t.Errorf("with %d bytes: %v", readable, err)
			}
		}
	})
}

// halting is a file of which no more than its first bytes can be read.
type halting struct {
	io.ReaderAt
	readable int
}

func (h halting) ReadAt(p []byte, off int64) (int, error) {
	n, err := h.ReaderAt.ReadAt(p[:max(0, min(len(p), h.readable-int(off)))], off)
	if err == nil && n < len(p) {
		err = io.ErrClosedPipe
	}
	return n, err
}
