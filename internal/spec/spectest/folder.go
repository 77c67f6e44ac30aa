// Package spectest holds answers against the published API documents, for tests.
// The documents are somebody else's and not part of this repository: where their
// folder is absent, nothing is checked and a test of each suite is skipped, see
// Published.
package spectest

import (
	"os"
	"path/filepath"
)

// Folder finds the folder of the published documents: $ROSTER_SPEC, else
// ../shared/spec beside the module's root, looked for from the working directory
// upwards. It reports false when there is none.
func Folder() (string, bool) {
	folder := os.Getenv("ROSTER_SPEC")
	if folder == "" {
		root, ok := moduleRoot()
		if !ok {
			return "", false
		}
		folder = filepath.Join(root, "..", "shared", "spec")
	}
	found, err := filepath.Glob(filepath.Join(folder, "bapi-*.yml"))
	return folder, err == nil && len(found) > 0
}

// moduleRoot is the outermost folder above the working directory with a go.mod
// that still is ours: nested modules (compat) lie inside it.
func moduleRoot() (string, bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	root := ""
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			root = dir
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return root, root != ""
	}
}
