package storetest

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// memberWith adds a member of org_1 with public metadata.
func (b *bench) memberWith(id, public string) {
	b.t.Helper()
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		if err := insertUser(tx, id, named("name "+id)); err != nil {
			return err
		}
		return tx.InsertMembership("orgmem_"+id, "org_1", id, "role_member", roster.Metadata(public), nil)
	})
}

// asked are terms written PATH=VALUE.
func asked(t *testing.T, terms ...string) (q roster.MembershipQuery) {
	t.Helper()
	for _, text := range terms {
		term, err := roster.ParseMetadataTerm(text)
		if err != nil {
			t.Fatal(err)
		}
		q.PublicMetadata = append(q.PublicMetadata, term)
	}
	return q
}

func metadataIsFound(t *testing.T, b *bench) {
	b.memberWith("user_1", `{"plan":"pro","seats":5,"billing":{"seats":1e2,"by":{"card":true}},"tags":["a","b",["c"]],"a.b":1,"x[0]":"y"}`)
	b.memberWith("user_2", `{"plan":"PRO","seats":"5","billing":{"seats":"100"},"tags":"b","none":null,"empty":"","list":[],"object":{}}`)
	b.memberWith("user_3", `{"plan":"free","seats":[5,"5",6],"rooms":[{"floor":1},{"floor":2,"name":"é"}],"big":12345678901234567890,"card":"true"}`)
	b.memberWith("user_4", `{}`)
	for _, tt := range []struct {
		terms string
		want  []string
	}{
		{"plan=pro", []string{"user_1"}}, {"plan=Pro", nil}, {"plan=", nil}, {"plan=pr", nil}, {"other=pro", nil},
		{"seats=5", []string{"user_3", "user_2", "user_1"}}, {`seats="5"`, []string{"user_3", "user_2"}}, {"seats=5.0", []string{"user_3", "user_1"}},
		{"seats=6", []string{"user_3"}}, {"billing=100", nil}, {"billing.seats=100", []string{"user_2", "user_1"}}, {"billing.seats=1E+2", []string{"user_1"}},
		{"billing.by.card=true", []string{"user_1"}}, {"card=true", []string{"user_3"}}, {`card="true"`, []string{"user_3"}}, {"card=false", nil},
		{"tags=b", []string{"user_2", "user_1"}}, {"tags=c", []string{"user_1"}}, {"rooms.floor=2", []string{"user_3"}}, {"rooms.name=é", []string{"user_3"}}, {"floor=2", nil},
		{"none=null", []string{"user_2"}}, {"plan=null", nil}, {"empty=", []string{"user_2"}}, {"list=", nil}, {"list=null", nil}, {"object={}", nil},
		{`a\.b=1`, []string{"user_1"}}, {"a.b=1", nil}, {`x\[0\]=y`, []string{"user_1"}},
		{"big=12345678901234567890", []string{"user_3"}}, {"big=12345678901234567891", nil}, {"big=1.2345678901234567890e19", []string{"user_3"}},
		{"plan=pro plan=free", []string{"user_3", "user_1"}}, {"plan=pro seats=5", []string{"user_1"}}, {"tags=b seats=5", []string{"user_2", "user_1"}},
		{"tags=a tags=b seats=5 plan=pro", []string{"user_1"}}, {"plan=pro seats=6", nil}, {"seats=5 seats=6", []string{"user_3", "user_2", "user_1"}},
	} {
		want(t, tt.terms, b.list(asked(t, strings.Fields(tt.terms)...)), tt.want...)
	}
	q := asked(t, "seats=5")
	q.NameQuery, q.OrderBy = "name", roster.Asc("last_name")
	want(t, "beside another filter, by what all lack", b.list(q), "user_3", "user_2", "user_1")
	q.Role = []string{"org:admin"}
	want(t, "beside one that nobody passes", b.list(q))
	q = asked(t, "seats=5")
	q.UserID = roster.Only("user_1", "user_4")
	want(t, "beside named rows", b.list(q), "user_1")
}

// raw opens a database past the store.
func raw(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, name := "pgx", url
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		driver, name = "sqlite3", "file:"+path
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// CheckTerms compares the terms in a database with the public metadata of its
// memberships.
func CheckTerms(t testing.TB, url string) {
	t.Helper()
	db := raw(t, url)
	var want []string
	pairs(t, db, `select instance_id || ' ' || organization_id || ' ' || user_id, public_metadata from memberships`, func(key, public string) {
		for _, term := range store.MetadataTerms(roster.Metadata(public)) {
			want = append(want, key+" "+term)
		}
	})
	var got []string
	pairs(t, db, `select instance_id || ' ' || organization_id || ' ' || user_id, term from membership_terms`, func(key, term string) {
		got = append(got, key+" "+term)
	})
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("terms are not those of the metadata: -metadata +table:\n%s", diff)
	}
}

func pairs(t testing.TB, db *sql.DB, query string, each func(a, b string)) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			t.Fatal(err)
		}
		each(a, b)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func termsFollowMetadata(t *testing.T, b *bench) {
	wide := func(from int) string {
		var members []string
		for i := range 230 {
			members = append(members, fmt.Sprintf(`"k%d":%d`, from+i, i))
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	was := roster.Metadata("{}")
	b.memberWith("user_1", "{}")
	for _, public := range []string{
		`{"a":1}`, `{"a":1.0}`, `{"a":[1,1,1.0],"b":"1"}`, wide(0), wide(100), `{"nul":"\u0000","half":"\ud800","é":{"":1}}`,
		`{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1,"b":{"a":1}}}}}}}}}`, `{}`, `{"a":1}`,
	} {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			return tx.SetMembershipMetadata("org_1", "user_1", was, roster.Metadata(public), nil)
		})
		was = roster.Metadata(public)
		CheckTerms(t, b.url)
	}
	for i := range 7 {
		b.memberWith(fmt.Sprint("user_w", i), wide(i*50))
	}
	b.organization("ins_1", "org_2")
	b.memberOf("ins_1", "org_2", "user_2", nil)
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return tx.SetMembershipMetadata("org_2", "user_2", nil, roster.Metadata(wide(0)), nil)
	})
	CheckTerms(t, b.url)
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_w0") })
	CheckTerms(t, b.url)
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		o, err := tx.Organization("org_1")
		if err != nil {
			return err
		}
		return tx.DeleteOrganization(o)
	})
	CheckTerms(t, b.url)
}

func termsStayInTheirInstance(t *testing.T, b *bench) {
	b.memberWith("user_1", `{"plan":"pro"}`)
	b.instance("ins_2")
	b.memberOf("ins_2", "org_1", "user_1", nil)
	want(t, "its own", b.list(asked(t, "plan=pro")), "user_1")
	for _, organization := range []string{"org_1", ""} {
		b.mustRead("ins_2", func(tx *store.Tx) error {
			page, err := tx.Memberships(organization, asked(t, "plan=pro"))
			if len(page.Data) > 0 || page.TotalCount > 0 {
				t.Errorf("another instance's member is found: %+v", page)
			}
			return err
		})
	}
	b.mustWrite("ins_2", func(tx *store.Tx) error {
		return tx.SetMembershipMetadata("org_1", "user_1", nil, roster.Metadata(`{"plan":"pro"}`), nil)
	})
	b.mustWrite("ins_2", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_1") })
	CheckTerms(t, b.url)
}

// Whether a list starts with terms or walks along its order, it is the same list.
func commonTermsAreWalked(t *testing.T, b *bench) {
	const members = 1200 // more than are few
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		for i := range members {
			id := fmt.Sprintf("user_%04d", i)
			if err := insertUser(tx, id, named(fmt.Sprintf("name %d", i%7))); err != nil {
				return err
			}
			public := fmt.Sprintf(`{"all":true,"group":%d,"own":"%d"}`, i%3, i)
			if err := tx.InsertMembership("orgmem_"+id, "org_1", id, "role_member", roster.Metadata(public), nil); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := raw(t, b.url).ExecContext(t.Context(), "analyze"); err != nil { // of so many rows at once nobody knew yet
		t.Fatal(err)
	}
	for _, tt := range []struct {
		terms string
		total int
		holds func(i int) bool
	}{
		{"all=true", members, func(int) bool { return true }},
		{"all=true group=1", members / 3, func(i int) bool { return i%3 == 1 }},
		{"group=1 group=2", members / 3 * 2, func(i int) bool { return i%3 != 0 }},
		{"all=true own=77", 1, func(i int) bool { return i == 77 }},
	} {
		for _, by := range []string{"created_at", "first_name", "last_name"} {
			q := asked(t, strings.Fields(tt.terms)...)
			q.OrderBy = roster.Desc(by)
			all := b.list(roster.MembershipQuery{OrderBy: q.OrderBy, Paging: roster.Paging{Limit: members}})
			kept := slices.DeleteFunc(slices.Clone(all), func(id string) bool {
				var i int
				_, err := fmt.Sscanf(id, "user_%d", &i)
				return err != nil || !tt.holds(i)
			})
			b.mustRead("ins_1", func(tx *store.Tx) error {
				q.Paging = roster.Paging{Limit: members}
				whole, err := tx.Memberships("org_1", q)
				if err != nil {
					return err
				}
				want(t, tt.terms+" by "+by, userIDs(whole.Data), kept...)
				if whole.TotalCount != int64(tt.total) {
					t.Errorf("%s: total_count = %d, want %d", tt.terms, whole.TotalCount, tt.total)
				}
				if len(kept) < 5 {
					return nil
				}
				q.Paging = roster.Paging{Limit: 3, StartingAfter: "orgmem_" + kept[1]}
				page, err := tx.Memberships("", q)
				want(t, tt.terms+" by "+by+" behind the second", userIDs(page.Data), kept[2:5]...)
				return err
			})
		}
	}
}
