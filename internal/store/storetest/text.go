package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// sorted are texts in the order of their bytes, which is none of UTF-16's, of a
// locale's or of an alphabet's.
var sorted = []string{
	"", "\x01", "\t", " ", "!", "0", "10", "9", "A", "B", "_", "a", "a\x01", "a ", "a!", "aa", "aaa", "ab", "b", "\x7f",
	"\u00e9", "\u0301", "\u4e00", "\ud7fb", "\ue000", "\ufeff", "\uff5e", "\ufffd", "\uffff", "\U00010000", "\U0001f600", "\U0001f600a", "\U0010ffff",
}

func orderKnowsOnlyBytes(t *testing.T, b *bench) {
	var ids []string
	for i, first := range sorted {
		id := "user_" + string(rune('A'+i*7%len(sorted))) // an order of its own
		ids = append(ids, id)
		b.member(id, named(first))
	}
	b.member("user_none", nil)
	asc := roster.MembershipQuery{OrderBy: roster.Asc("first_name"), Paging: roster.Paging{Limit: 100}}
	want(t, "ascending", b.list(asc), append(slices.Clone(ids), "user_none")...)
	slices.Reverse(ids)
	desc := roster.MembershipQuery{OrderBy: roster.Desc("first_name"), Paging: roster.Paging{Limit: 100}}
	want(t, "descending", b.list(desc), append(ids, "user_none")...)
}

func anyTextSurvives(t *testing.T, b *bench) {
	texts := append([]string{"e\u0301", "\u00e9", "\u212b", "ﬁ", "a\r\nb\n", "\u200b", "'; drop table users; --", `\x41\0`, "$1 ? :a @b", "{}", "null", "%s", "\u202eabc"}, sorted...)
	for i, text := range texts {
		id := "user_" + string(rune('A'+i))
		b.member(id, named(text))
		b.mustRead("ins_1", func(tx *store.Tx) error {
			u, err := tx.User(id)
			if err == nil && (u.FirstName == nil || *u.FirstName != text) {
				t.Errorf("%q came back as %v", text, u.FirstName)
			}
			return err
		})
	}
}

func emptyIsNotNull(t *testing.T, b *bench) {
	empty := ""
	b.member("user_1", named(""))
	b.member("user_2", nil)
	b.member("user_3", func(u *roster.User) { u.ExternalID = &empty })
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindExternalID, empty, "user_3") })
	b.mustRead("ins_1", func(tx *store.Tx) error {
		with, err := tx.User("user_1")
		without, err2 := tx.User("user_2")
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		if with.FirstName == nil || *with.FirstName != "" || without.FirstName != nil {
			t.Errorf("empty came back as %v, null as %v", with.FirstName, without.FirstName)
		}
		var got []string
		for _, s := range []roster.Selection{roster.Only(""), roster.Except("")} {
			users, err := tx.Users(roster.UserQuery{ExternalID: s, OrderBy: roster.Asc("created_at")})
			if err != nil {
				return err
			}
			for _, u := range users {
				got = append(got, u.ID)
			}
		}
		want(t, "with, then without an empty external id", got, "user_3", "user_1", "user_2")
		return nil
	})
}

// Values that anything but bytes might hold for the same.
func uniqueIsBytes(t *testing.T, b *bench) {
	for i, v := range []string{"a", "A", "a ", " a", "ａ", "á", "a\u0301", "ss", "ß", "ﬁ", "fi", "1", "01", "1.0", "", "\x01", "%", "_"} {
		owner := "user_" + string(rune('a'+i))
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindExternalID, v, owner) })
		b.mustRead("ins_1", func(tx *store.Tx) error {
			got, err := tx.Owner(store.KindExternalID, v)
			if got != owner {
				t.Errorf("%q belongs to %s, want %s", v, got, owner)
			}
			return err
		})
	}
	// Folding, which makes usernames the same, happens before the engine.
	for _, same := range [][2]string{{"É", "e\u0301"}, {"STRASSE", "straße"}, {"\u212b", "å"}} {
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindUsername, store.Fold(same[0]), "user_1") })
		err := b.write("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindUsername, store.Fold(same[1]), "user_2") })
		if !errors.Is(err, store.ErrTaken) {
			t.Errorf("%q beside %q: %v", same[1], same[0], err)
		}
	}
}

func partIsFoundAnywhere(t *testing.T, b *bench) {
	b.member("user_1", named("aaab"))
	b.member("user_2", named("\nend\n"))
	b.member("user_3", named("x\ufffdy\U0001f600z"))
	b.member("user_4", named(strings.Repeat("long", 1000)+"tail"))
	for q, ids := range map[string][]string{
		"aa": {"user_1"}, "aab": {"user_1"}, "aaab": {"user_1"}, "aaaab": nil, "aaabb": nil, "b": {"user_1"},
		"\n": {"user_2"}, "end\n": {"user_2"}, "\nend": {"user_2"}, "\n\n": nil, "n": {"user_4", "user_2"},
		"\ufffd": {"user_3"}, "\U0001f600": {"user_3"}, "\U0001f600z": {"user_3"}, "\U0001f601": nil, "y\U0001f600": {"user_3"},
		"longtail": {"user_4"}, strings.Repeat("long", 1000): {"user_4"}, strings.Repeat("long", 1001): nil,
	} {
		want(t, q, b.list(roster.MembershipQuery{NameQuery: q}), ids...)
		want(t, q, b.list(roster.MembershipQuery{Query: q}), ids...)
	}
}

func metadataIsText(t *testing.T, b *bench) {
	b.member("user_1", nil)
	was := roster.Metadata("{}")
	for _, text := range []string{
		`{}`, `{"a":12345678901234567890,"b":1.10,"c":1e400,"d":-0}`, `{"b":1,"a":2}`, `{"nul":"\u0000","half":"\ud800"}`,
		`{"é":"e\u0301","😀":"\ufffd"}`, `{"big":"` + strings.Repeat("x", 8000) + `"}`,
	} {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			return tx.SetMembershipMetadata("org_1", "user_1", was, roster.Metadata(text), roster.Metadata(text))
		})
		was = roster.Metadata(text)
		b.mustRead("ins_1", func(tx *store.Tx) error {
			m, err := tx.Membership("org_1", "user_1")
			if err == nil && (string(m.PublicMetadata) != text || string(m.PrivateMetadata) != text) {
				t.Errorf("%.100s came back as %.100s and %.100s", text, m.PublicMetadata, m.PrivateMetadata)
			}
			return err
		})
	}
}
