package roster_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	proof     = regexp.MustCompile(`\[(Test\w+)(?:/(\w+))?\]\(\.\./([\w/]+_test\.go)\)`)
	testNames = regexp.MustCompile(`"[^"\n]+"`)
)

// Every test that docs/consistency.md calls a proof is where it says, its subtests
// included, and every promise has one.
func TestConsistency_proofs_exist(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/consistency.md")
	if err != nil {
		t.Fatal(err)
	}
	proofs := proof.FindAllStringSubmatch(string(page), -1)
	if all := strings.Count(string(page), "_test.go)"); len(proofs) != all || all == 0 {
		t.Errorf("%d of %d links to tests have the form [TestName](../file) or [TestName/subtest](../file)", len(proofs), all)
	}
	for _, p := range proofs {
		name, subtest, file := p[1], p[2], p[3]
		code, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(code), "\nfunc "+name+"(t *testing.T) {") {
			t.Errorf("%s is not in %s", name, file)
			continue
		}
		if subtest != "" && !namesSubtest(t, file, subtest) {
			t.Errorf("%s/%s is in neither %s nor the conformance suite", name, subtest, file)
		}
	}
}

// namesSubtest reports whether a file of tests, or the suite that several run, has
// a string that is a subtest's name.
func namesSubtest(t *testing.T, file, subtest string) bool {
	t.Helper()
	suite, err := filepath.Glob("internal/store/storetest/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(suite, file) {
		code, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range testNames.FindAllString(string(code), -1) {
			if strings.ReplaceAll(strings.Trim(text, `"`), " ", "_") == subtest {
				return true
			}
		}
	}
	return false
}
