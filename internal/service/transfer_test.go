package service_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const transferBudget = 4 * time.Second

// target is a database that directories are brought to.
type target struct {
	url   string
	store *store.Store
}

func newTarget(t *testing.T, url string) target {
	t.Helper()
	return target{url, storetest.Engine{URL: func(testing.TB) string { return url }}.Open(t)}
}

// TestTransfer brings random directories from SQLite to PostgreSQL and from there
// to another SQLite file. Every export must be the same bytes, all that is derived
// of them the same rows, and lists must answer as before.
func TestTransfer(t *testing.T) {
	t.Parallel()
	from, over, to := newTarget(t, storetest.SQLite(t)), newTarget(t, storetest.Postgres(t)), newTarget(t, storetest.SQLite(t))
	tries := newTries(transferBudget)
	directories := 0
	rapid.Check(t, func(t *rapid.T) {
		if tries.over() {
			return
		}
		w := randomWorld(t, from.store)
		d := drawDirectory(t, w)
		want := export(t, w.Service, w.caller.InstanceID)
		for _, target := range []target{over, to} {
			arrived := *w
			arrived.store = target.store
			arrived.Service = service.New(target.store, service.Options{Now: w.clock.time})
			if _, err := arrived.Import(t.Context(), strings.NewReader(want), service.ImportOptions{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, export(t, arrived.Service, w.caller.InstanceID)); diff != "" {
				t.Fatalf("the next export differs: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(rawRows(t, from.url, w.caller.InstanceID), rawRows(t, target.url, w.caller.InstanceID)); diff != "" {
				t.Fatalf("tables differ: -want +got:\n%s", diff)
			}
			for range 3 {
				compareMembers(t, &arrived, d)
				comparePeople(t, &arrived, d)
				compareCompanies(t, &arrived, d)
				compareVisits(t, &arrived, d)
			}
			c, err := arrived.Authenticate(t.Context(), w.secret)
			if err != nil || c.InstanceID != w.caller.InstanceID {
				t.Fatal(c, err)
			}
		}
		directories++
	})
	t.Logf("%d directories", directories)
}

func export(t tester, svc *service.Service, instance string) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := svc.Export(t.Context(), instance, &out, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// rawRows are an instance's rows in every table, past the store: what is derived is
// to be compared too. Tombstones stay behind.
func rawRows(t tester, url, instance string) []string {
	t.Helper()
	rows, err := readRaw(t.Context(), url, instance)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

var rawTables = []string{"secret_keys", "permissions", "roles", "role_permissions", "role_sets", "role_set_roles", "unique_values", "users", "identifications",
	"organizations", "memberships", "sessions", "outbox"}

// rawCounts are counters whatever rows they are spread over.
const rawCounts = `select organization_id, role_id, cast(sum(members) as bigint)
from member_counts
where instance_id = $1
group by organization_id, role_id
having sum(members) <> 0`

// rawSpans are those of the times when members joined.
const rawSpans = `select organization_id, span, cast(sum(members) as bigint)
from member_spans
where instance_id = $1
group by organization_id, span
having sum(members) <> 0`

// rawTotals are those of the whole instance.
const rawTotals = `select role_id, cast(sum(members) as bigint)
from member_totals
where instance_id = $1
group by role_id
having sum(members) <> 0`

func readRaw(ctx context.Context, url, instance string) (out []string, err error) {
	driver, name := "pgx", url
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		driver, name = "sqlite3", "file:"+path
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	queries := map[string]string{"member_counts": rawCounts, "member_spans": rawSpans, "member_totals": rawTotals}
	for _, table := range rawTables {
		queries[table] = "select * from " + table + " where instance_id = $1"
	}
	for table, query := range queries {
		rows, err := db.QueryContext(ctx, query, instance)
		if err != nil {
			return nil, err
		}
		columns, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			values, dest := make([]any, len(columns)), make([]any, len(columns))
			for i := range dest {
				dest[i] = &values[i]
			}
			if err := rows.Scan(dest...); err != nil {
				return nil, err
			}
			out = append(out, rawRow(table, values))
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rawRow writes a row as both engines have it: SQLite's booleans are numbers.
func rawRow(table string, values []any) string {
	for i, v := range values {
		switch v {
		case true:
			values[i] = int64(1)
		case false:
			values[i] = int64(0)
		}
	}
	return fmt.Sprintf("%s %v", table, values)
}
