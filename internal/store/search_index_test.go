package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// indexDrifts reports where the index of search texts is not what the users of all
// instances make it.
func indexDrifts(t *testing.T, url string) {
	t.Helper()
	driver, name := "pgx", url
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		driver, name = "sqlite3", "file:"+path
	}
	db := openRaw(t, driver, name)
	db.SetMaxOpenConns(1) // which has the temporary table
	want := map[string][]string{}
	for _, text := range rawTexts(t, db, `select instance_id || ' ' || id || ' ' || search from users`) {
		user := strings.SplitN(text, " ", 3)
		want[user[0]+" "+user[1]] = store.GramWords(user[0], user[2])
	}
	read := fullTextIndex
	if driver == "pgx" {
		read = arrayIndex
	}
	if diff := cmp.Diff(want, read(t, db)); diff != "" {
		t.Errorf("-users +index:\n%s", diff)
	}
}

// fullTextIndex is the index of SQLite: the words of each user.
func fullTextIndex(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), `create virtual table temp.words using fts5vocab(main, user_search, instance)`); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, user := range rawTexts(t, db, `select instance_id || ' ' || user_id from user_search_rows`) {
		got[user] = nil
	}
	for _, text := range rawTexts(t, db, `select coalesce(r.instance_id || ' ' || r.user_id, 'nobody ' || w.doc) || ' ' || w.term
from temp.words w
left join user_search_rows r on r.id = w.doc
order by w.term`) {
		at := strings.LastIndexByte(text, ' ')
		got[text[:at]] = append(got[text[:at]], text[at+1:])
	}
	return got
}

// arrayIndex is the index of PostgreSQL, as fullTextIndex has it.
func arrayIndex(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	got := map[string][]string{}
	for _, text := range rawTexts(t, db, `select instance_id || ' ' || user_id || ' ' || cast(grams as text) from user_search`) {
		user := strings.SplitN(text, " ", 3)
		var words []string
		for number := range strings.SplitSeq(strings.Trim(user[2], "{}"), ",") {
			var g int32
			if _, err := fmt.Sscan(number, &g); err == nil {
				words = append(words, store.InBase36(g))
			}
		}
		slices.Sort(words)
		got[user[0]+" "+user[1]] = words
	}
	return got
}

var errUndone = errors.New("undone")

// names are what users are called while the index is watched.
var names = []string{"", "a", "ab", "Ada", "Zoë 😀 Müller", "Mu\u0308ller", "日本語", "\x1f\x1f\x1f", "a\x1fb", `%_\'"`, strings.Repeat("long ", 500)}

func TestSearchIndex_follows_users(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		url := e.URL(t)
		st, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 2))
		there := map[string]bool{}
		for i := range 300 {
			instance, id := fmt.Sprint("ins_", random.IntN(2)), fmt.Sprint("user_", random.IntN(20))
			err := st.Write(t.Context(), instance, int64(i), func(tx *store.Tx) error {
				err := changeUser(tx, random, id, there[instance+id])
				if err == nil && i%5 == 0 {
					return errUndone
				}
				return err
			})
			switch {
			case errors.Is(err, errUndone):
			case err != nil:
				t.Fatal(err)
			default:
				there[instance+id] = userThere(t, st, instance, id)
			}
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		indexDrifts(t, url)
		if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
			executeFile(t, path, "vacuum")
			indexDrifts(t, url)
			copied := filepath.Join(t.TempDir(), "copy.db")
			if err := store.Backup(t.Context(), url, copied); err != nil {
				t.Fatal(err)
			}
			indexDrifts(t, "sqlite:"+copied)
		}
	})
}

// changeUser creates a user, or changes or removes it.
func changeUser(tx *store.Tx, random *rand.Rand, id string, there bool) error {
	name := func() *string { s := names[random.IntN(len(names))]; return &s }
	if !there {
		return tx.InsertUser(&roster.User{ID: id, FirstName: name()})
	}
	u, err := tx.User(id)
	if err != nil {
		return err
	}
	switch random.IntN(4) {
	case 0:
		return tx.DeleteUser(u)
	case 1:
		u.Banned = !u.Banned // leaves the texts as they are
	case 2:
		u.LastName = name()
	default:
		u.Username, u.FirstName = name(), name()
	}
	return tx.UpdateUser(u)
}

func userThere(t *testing.T, st *store.Store, instance, id string) (there bool) {
	t.Helper()
	err := st.Read(t.Context(), instance, func(tx *store.Tx) error {
		err := tx.UserExists(id)
		there = err == nil
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return there
}

func executeFile(t *testing.T, path, sql string) {
	t.Helper()
	if _, err := openRaw(t, "sqlite3", "file:"+path).ExecContext(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// What a directory of before the index had is in it once the migration is done, as
// it is where the directory was imported; nothing stays of an import that is
// discarded.
func TestSearchIndex_is_made_of_what_is_there(t *testing.T) {
	t.Parallel()
	for name, load := range map[string]func(*testing.T, string) string{"sqlite": loadSQLite, "postgres": loadPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := load(t, filepath.Join("testdata", "schema-00010"))
			text := exportURL(t, old)
			indexDrifts(t, old)

			url := "sqlite:" + filepath.Join(t.TempDir(), "roster.db")
			if name == "postgres" {
				url = emptyPostgres(t)
			}
			st, err := store.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			svc := service.New(st, service.Options{})
			_, err = svc.Import(t.Context(), strings.NewReader(text), service.ImportOptions{})
			if err = errors.Join(err, discarded(st)); err != nil {
				t.Error(err)
			}
			if err := st.Close(); err != nil {
				t.Error(err)
			}
			indexDrifts(t, url)
		})
	}
}

// discarded imports users of an instance and discards them.
func discarded(st *store.Store) error {
	return st.Write(context.Background(), "ins_discarded", 1, func(tx *store.Tx) error {
		if err := tx.BeginImport(); err != nil {
			return err
		}
		if err := tx.InsertUser(&roster.User{ID: "user_1"}); err != nil {
			return err
		}
		_, err := tx.DiscardImport()
		return err
	})
}
