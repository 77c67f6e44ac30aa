package service_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets ROSTER_RAPID_CHECKS raise how many random directories are tried.
// The flag -rapid.checks goes before it.
func TestMain(m *testing.M) {
	if n := os.Getenv("ROSTER_RAPID_CHECKS"); n != "" {
		if err := flag.Set("rapid.checks", n); err != nil {
			fmt.Fprintln(os.Stderr, "ROSTER_RAPID_CHECKS:", err)
			os.Exit(2)
		}
	}
	goleak.VerifyTestMain(m)
}
