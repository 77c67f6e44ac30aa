package api

import (
	"bytes"
	"io"
	"os"
	"testing"
)

// What is written is read again, wherever it was kept, and nothing stays behind.
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
		kept, err := os.ReadDir(folder)
		if err != nil || (len(kept) > 0) != (size > spoolMemory) {
			t.Errorf("%d bytes: %d files, %v", size, len(kept), err)
		}
		for range 2 {
			if got, err := io.ReadAll(s.content()); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes: %d came back, %v", size, len(got), err)
			}
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
		if kept, err = os.ReadDir(folder); err != nil || len(kept) > 0 {
			t.Errorf("%d bytes: %d files stay, %v", size, len(kept), err)
		}
	}
}

// That a file cannot be kept is nothing that the client did.
func TestSpool_without_a_folder(t *testing.T) {
	t.Setenv("TMPDIR", "/nowhere")
	if _, err := (&spool{}).Write(make([]byte, spoolMemory+1)); err == nil {
		t.Error("kept")
	}
}
