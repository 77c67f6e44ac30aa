package roster

import (
	"strings"
	"testing"
)

func TestMetadata_escapes_do_not_count(t *testing.T) {
	t.Parallel()
	for _, escaped := range []string{`{"k":"` + strings.Repeat(`\u65e5`, 9) + `"}`, `{"k":"` + strings.Repeat(`\u003c\/`, 9) + `"}`} {
		want := strings.NewReplacer(`\u65e5`, "日", `\u003c`, "<", `\/`, "/").Replace(escaped)
		compacted, err := Metadata(escaped).Compact()
		if err != nil || string(compacted) != want {
			t.Errorf("compact: %s, %v", compacted, err)
		}
		merged, err := Metadata(nil).Merge(Metadata(escaped))
		if err != nil || string(merged) != want {
			t.Errorf("merge: %s, %v", merged, err)
		}
	}
	if kept, err := Metadata(`{"k":"\u0000\n"}`).Compact(); err != nil || string(kept) != `{"k":"\u0000\n"}` {
		t.Errorf("control characters: %s, %v", kept, err)
	}
}
