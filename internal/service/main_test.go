package service_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets ROSTER_RAPID_CHECKS raise how many random cases are tried, without
// a limit of time. A failure prints the seed that repeats it, so no files of
// failures are kept. The flags -rapid.* go before both.
func TestMain(m *testing.M) {
	settings := map[string]string{"rapid.nofailfile": "true"}
	if n := os.Getenv("ROSTER_RAPID_CHECKS"); n != "" {
		settings["rapid.checks"] = n
	}
	for name, value := range settings {
		if err := flag.Set(name, value); err != nil {
			fmt.Fprintln(os.Stderr, "set", name, err)
			os.Exit(2)
		}
	}
	goleak.VerifyTestMain(m)
}
