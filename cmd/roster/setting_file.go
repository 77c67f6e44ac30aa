package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// How large a file may be, in bytes. A body of JSON may have 1 MiB; of a file that is
// sent as it is the server tells more exactly.
const (
	maxInput = 1 << 20
	maxFile  = 64 << 20
)

// readInput reads a file of up to most bytes, or standard input for -.
func readInput(path string, most int64) ([]byte, error) {
	f := os.Stdin
	if path != "-" {
		var err error
		if f, err = os.Open(path); err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // it is only read
	}
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = fmt.Errorf("%s has more than %d bytes", path, most)
	}
	return b, err
}

// fileSetting reads a setting from a file, so that other users of the machine do
// not see it in the list of processes.
type fileSetting struct{ of *setting }

func (f fileSetting) String() string { return "" }

// Type is what help shows for the value.
func (f fileSetting) Type() string { return "FILE" }

// Set reads the file, without the line's end; a list has one on each line.
func (f fileSetting) Set(path string) error {
	b, err := readInput(path, maxInput)
	if err != nil {
		return err
	}
	text := strings.TrimRight(string(b), "\r\n")
	if !f.of.isTexts() {
		return f.of.Set(text)
	}
	for line := range strings.Lines(text) {
		if err := f.of.Set(strings.TrimRight(line, "\r\n")); err != nil {
			return err
		}
	}
	return nil
}
