package main

import (
	"context"
	"errors"
	"io"
	"testing"
)

func TestPatientReader_stops_waiting_with_its_command(t *testing.T) {
	t.Parallel()
	in, out := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	r := patientReader{ctx, in}
	go func() { _, _ = out.Write([]byte("some")) }()
	got := make([]byte, 10)
	if n, err := r.Read(got); err != nil || string(got[:n]) != "some" {
		t.Fatal(string(got[:n]), err)
	}
	cancel()
	if _, err := r.Read(got); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := out.Close(); err != nil { // ends the read that was abandoned
		t.Error(err)
	}
}
