package service_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// indexes are those of a database, with what they are.
func indexes(t *testing.T, url string) []string {
	t.Helper()
	list, err := readIndexes(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func readIndexes(ctx context.Context, url string) (list []string, err error) {
	driver, name, query := "pgx", url, "select indexname, indexdef from pg_indexes where schemaname = 'public'"
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		driver, name, query = "sqlite3", "file:"+path, "select name, coalesce(sql, '') from sqlite_master where type = 'index'"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		list = append(list, name+": "+statement)
	}
	return list, rows.Err()
}

// An import may do without indexes only while there is no instance.
func TestImport_leaves_no_instance_without_indexes(t *testing.T) {
	t.Parallel()
	text, _ := largeExport(t)
	half := len(text) / 2
	finish := func(t *testing.T, svc *service.Service) {
		if _, err := importText(t, svc, text, service.ImportOptions{Resume: true}); err != nil {
			t.Fatal(err)
		}
	}
	create := func(t *testing.T, svc *service.Service) {
		if _, _, err := svc.CreateInstance(t.Context(), "other", "", ""); err != nil {
			t.Fatal(err)
		}
	}
	for name, then := range map[string]func(*testing.T, *service.Service){"finished": finish, "another_is_created": create} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, e storetest.Engine) {
				to := newTarget(t, e.URL(t))
				svc := service.New(to.store, service.Options{})
				want := indexes(t, to.url)
				if _, err := svc.Import(t.Context(), breaking(text, half), service.ImportOptions{Batch: batch}); !errors.Is(err, errCable) {
					t.Fatal(err)
				}
				if during := indexes(t, to.url); len(during) >= len(want) {
					t.Errorf("%d indexes during the import, %d before", len(during), len(want))
				}
				then(t, svc)
				if diff := cmp.Diff(want, indexes(t, to.url)); diff != "" {
					t.Errorf("-before +after:\n%s", diff)
				}
			})
		})
	}
}

func TestImport_beside_an_instance_keeps_its_indexes(t *testing.T) {
	t.Parallel()
	text, _ := largeExport(t)
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		to := newTarget(t, e.URL(t))
		svc := service.New(to.store, service.Options{})
		if _, _, err := svc.CreateInstance(t.Context(), "other", "", ""); err != nil {
			t.Fatal(err)
		}
		want := indexes(t, to.url)
		checked := false
		o := service.ImportOptions{Batch: batch, Progress: func(int64) {
			checked = true
			if diff := cmp.Diff(want, indexes(t, to.url)); diff != "" {
				t.Errorf("-before +during:\n%s", diff)
			}
		}}
		if _, err := svc.Import(t.Context(), strings.NewReader(text), o); err != nil || !checked {
			t.Fatal(err, checked)
		}
	})
}

// PostgreSQL knows at once how much was imported, whose plans follow that.
func TestImport_leaves_PostgreSQL_with_statistics(t *testing.T) {
	t.Parallel()
	text, _ := largeExport(t)
	url := storetest.Postgres(t)
	to := newTarget(t, url)
	if _, err := service.New(to.store, service.Options{}).Import(t.Context(), strings.NewReader(text), service.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, table := range []string{"users", "user_search", "identifications", "memberships", "membership_terms"} {
		var known, there int
		err := db.QueryRowContext(t.Context(), "select cast(reltuples as bigint), (select count(*) from "+table+") from pg_class where oid = cast($1 as regclass)", table).Scan(&known, &there)
		if err != nil || known != there {
			t.Errorf("%s: %d rows of %d are known, %v", table, known, there, err)
		}
	}
}

// Batches are rejected as a whole, and the line that is named is the first at fault,
// wherever it is in its batch.
func TestImport_names_the_line_at_fault(t *testing.T) {
	t.Parallel()
	text, _ := largeExport(t)
	lines := strings.SplitAfter(text, "\n")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, `"id":"user_00150"`) })
	lines[at] = strings.ReplaceAll(lines[at], "a00150@example.com", "a00149@example.com")
	lines[at+3] = lines[at+2]
	changed := sealed(strings.Join(lines, ""))
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		_, err := importText(t, svc, changed, service.ImportOptions{})
		if want := fmt.Sprintf("line %d: ", at+1); !errors.Is(err, service.ErrImport) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
