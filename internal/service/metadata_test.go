package service

import (
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// filled is an object whose compact text has n bytes.
func filled(n int) roster.Metadata {
	const frame = `{"k":""}`
	return roster.Metadata(`{"k":"` + strings.Repeat("x", n-len(frame)) + `"}`)
}

func TestMetadataSize(t *testing.T) {
	t.Parallel()
	spaced := roster.Metadata(strings.Replace(string(filled(8192)), ":", " :\n ", 1))
	for _, tt := range []struct {
		name       string
		how        change
		old, given roster.Metadata
		fits       bool
	}{
		{"replacing with 8192 bytes", (*metadata).replace, nil, filled(8192), true},
		{"replacing with 8193 bytes", (*metadata).replace, nil, filled(8193), false},
		{"white space does not count", (*metadata).replace, nil, spaced, true},
		{"bytes count, not characters", (*metadata).replace, nil, roster.Metadata(`{"k":"` + strings.Repeat("é", 4093) + `"}`), false},
		{"merged to 8192 bytes", (*metadata).merge, roster.Metadata(`{"a":1}`), filled(8192 - len(`"a":1,`)), true},
		{"merged to 8193 bytes", (*metadata).merge, roster.Metadata(`{"a":1}`), filled(8193 - len(`"a":1,`)), false},
		{"a large patch that leaves little", (*metadata).merge, filled(8000), roster.Metadata(`{"k":null,"` + strings.Repeat("y", 8100) + `":null}`), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var m metadata
			got := tt.how(&m, "public_metadata", tt.old, tt.given)
			if fits := m.problems == nil; fits != tt.fits {
				t.Fatalf("fits = %t, want %t: %v", fits, tt.fits, m.problems)
			}
			if !tt.fits && (m.problems[0].Code != roster.CodeParamExceedsAllowedSize || string(got) != string(tt.old)) {
				t.Errorf("problem %v, value of %d bytes", m.problems[0], len(got))
			}
		})
	}
}

func TestMetadataKinds(t *testing.T) {
	t.Parallel()
	for _, how := range []change{(*metadata).replace, (*metadata).merge} {
		old := roster.Metadata(`{"old":1}`)
		var m metadata
		if got := how(&m, "p", old, nil); string(got) != string(old) || m.problems != nil {
			t.Errorf("absent: %s, %v", got, m.problems)
		}
		for _, given := range []string{`null`, `[]`, `"{}"`, `1`, `true`} {
			var m metadata
			if got := how(&m, "p", old, roster.Metadata(given)); string(got) != string(old) || len(m.problems) != 1 || m.problems[0].Code != roster.CodeParamValueInvalid {
				t.Errorf("%s: %s, %v", given, got, m.problems)
			}
		}
	}
}
