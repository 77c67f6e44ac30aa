package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/spec/spectest"
)

func TestOperationsTableIsUpToDate(t *testing.T) {
	t.Parallel()
	folder, ok := spectest.Folder()
	if !ok {
		t.Skip("the published documents are not here (ROSTER_SPEC); the table cannot be rebuilt")
	}
	want, err := generate(folder)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../operations.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("operations.tsv is stale; run go generate ./internal/spec (-want +got):\n%s", diff)
	}
}
