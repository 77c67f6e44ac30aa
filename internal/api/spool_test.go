package api

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What is written is read again, wherever it was kept, and nothing stays behind: not
// even while it is kept, for a process may be killed.
func TestSpool(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	for _, size := range []int{0, 1, spoolMemory, spoolMemory + 1, 3*spoolMemory + 7} {
		want := make([]byte, size)
		for i := range want {
			want[i] = byte(i * 7)
		}
		s := &spool{}
		if _, err := io.Copy(struct{ io.Writer }{s}, bytes.NewReader(want)); err != nil {
			t.Fatal(err)
		}
		if (s.file != nil) != (size > spoolMemory) {
			t.Errorf("%d bytes: kept in %v", size, s.file)
		}
		if runtime.GOOS != "windows" {
			isEmpty(t, folder)
		}
		for range 2 {
			if got, err := io.ReadAll(s.content()); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes: %d came back, %v", size, len(got), err)
			}
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
		isEmpty(t, folder)
	}
}

// Where an open file keeps its name, that goes when it is closed.
func TestSpool_removes_a_name_that_stays(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	file, err := os.CreateTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := (&spool{file: file, named: true}).close(); err != nil {
		t.Error(err)
	}
	isEmpty(t, folder)
}

func isEmpty(t *testing.T, folder string) {
	t.Helper()
	if kept, err := os.ReadDir(folder); err != nil || len(kept) > 0 {
		t.Errorf("files stay: %v, %v", kept, err)
	}
}

// That a file cannot be kept is nothing that the client did.
func TestSpool_without_a_folder(t *testing.T) {
	t.Setenv("TMPDIR", "/nowhere")
	if _, err := (&spool{}).Write(make([]byte, spoolMemory+1)); err == nil {
		t.Error("kept")
	}
}

// An upload that panics lets another begin, and leaves no file.
func TestReceive_a_panic(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	s := &server{uploads: make(chan struct{}, 1), log: slog.New(slog.DiscardHandler)}
	head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + strings.Repeat("x", 2*spoolMemory)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
	r.ContentLength = -1
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	x := &exchange{deadline: time.Now().Add(time.Minute), body: io.NopCloser(io.MultiReader(strings.NewReader(head), panicking{}))}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_, _, _ = s.receive(x, httptest.NewRecorder(), r)
	}()
	if len(s.uploads) > 0 {
		t.Error("it takes a place still")
	}
	isEmpty(t, folder)
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("read") }
