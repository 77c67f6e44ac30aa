package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// What was exported in an older version of the format arrives as the database it was
// taken of is after its migration.
func TestStoredExport_arrives_as_its_database_does(t *testing.T) {
	t.Parallel()
	want := exportURL(t, loadSQLite(t, filepath.Join("testdata", "schema-00003")))
	old := readFile(t, "testdata/export-v1.jsonl")
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		for _, batch := range []int{1, 7, 0} {
			st := e.Open(t)
			svc := service.New(st, service.Options{})
			in, err := svc.Import(t.Context(), strings.NewReader(old), service.ImportOptions{Batch: batch})
			var got strings.Builder
			if err == nil {
				_, err = svc.Export(t.Context(), in.Instance, &got, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.String()); diff != "" {
				t.Errorf("batches of %d: -want +got:\n%s", batch, diff)
			}
		}
	})
}
