package store

import (
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
)

// A partial match looks at every row it is asked of, unless few users have the text:
// then the list starts from them. Whichever way, a row is in the list when its own
// columns hold the texts; who is found here only bounds where to look.

const (
	// searchSmall is how many members are looked through sooner than an index.
	searchSmall = 2000
	// searchFew bounds the users that a list starts from. Beyond, a page is full soon
	// on a walk in its order.
	searchFew = 4000
	// searchShare of the members are too many all the same: to read a user by key takes
	// as long as to look through five to ten, and to find out that they are too many is
	// for nothing.
	searchShare = 25
)

// partial is a text that a column of users, and its copy, has to hold somewhere.
type partial struct{ column, text string }

func membershipPartials(q roster.MembershipQuery) []partial {
	return partials(q.Query, q.EmailAddressQuery, q.PhoneNumberQuery, q.UsernameQuery, q.NameQuery)
}

func userPartials(q roster.UserQuery) []partial {
	return partials(q.Query, q.EmailAddressQuery, q.PhoneNumberQuery, q.UsernameQuery, q.NameQuery)
}

func partials(query, email, phone, username, name string) []partial {
	return []partial{{"search", fold(query)}, {"search_email", fold(email)}, {"search_phone", fold(phone)},
		{"search_username", fold(username)}, {"search_name", fold(name)}}
}

// holding adds the conditions that the row of an alias holds the texts.
func (c *clause) holding(alias string, list []partial) *clause {
	for _, p := range list {
		c.contains(alias+"."+p.column, p.text)
	}
	return c
}

// narrow leaves the list of an organization, or of the instance for "", to the users
// who have the texts of its partial matches, if they are few. column has the user.
func (tx *Tx) narrow(c *clause, column, organizationID string, list []partial) error {
	var texts []string
	for _, p := range list {
		if isIndexed(p.text) {
			texts = append(texts, p.text)
		}
	}
	if c.few || len(texts) == 0 {
		return nil
	}
	s := search{tx: tx, organizationID: organizationID, list: list}
	for _, text := range texts {
		s.grams = append(s.grams, gramsOf(tx.Instance, text)...)
	}
	few, err := s.run()
	if err != nil || !few {
		return err
	}
	found := int64(len(s.users))
	twin := c.fork(found, s.members)
	tx.amongMany(c, column, s.users)
	c.twin, c.sizable = twin, found > fewTerms
	return nil
}

// search looks for the users of an instance who have all of some texts.
type search struct {
	tx             *Tx
	organizationID string
	list           []partial
	grams          []gram
	users          []string // found, so far as asked for
	members        int64
}

// run reports whether the users found are all there are, and few.
func (s *search) run() (few bool, err error) {
	s.members = searchFew * searchShare // of an instance nobody counts them
	if s.organizationID != "" {
		s.tx.membersAlong(s.organizationID, &s.members)
	}
	if !s.tx.fullText() {
		err = s.uncommon()
	}
	if err == nil {
		err = s.tx.flush()
	}
	if err != nil || s.members <= searchSmall {
		return false, err
	}
	if s.tx.fullText() {
		err = s.inFullText(fewOf(s.members) + 1)
	} else {
		err = s.inArrays(fewOf(s.members)+1, int(s.members/searchShare))
	}
	return len(s.users) <= fewOf(s.members), err
}

// fewOf is how many of an organization's members are few.
func fewOf(members int64) int { return int(min(searchFew, members/searchShare)) }

// take runs a query for the ids of users.
func (s *search) take(c *clause) (err error) {
	s.users, err = s.tx.ids(c)
	return err
}

// amongMany is among for any number of values. As parameters of their own they would
// make SQLite slow, which looks for the name of each among all others.
func (tx *Tx) amongMany(c *clause, column string, values []string) {
	c.few = true
	open, closed := tx.oneOf(column)
	if !tx.fullText() {
		c.and(open+"select unnest(cast(? as text[]))"+closed, arrayOf(values))
		return
	}
	list, _ := json.Marshal(values) // cannot fail: texts of the database
	c.and(open+"select j.value from json_each(?) j"+closed, string(list))
}

// oneOf is what stands around a subquery for the condition that a column has one of its
// values. PostgreSQL does not know how many an array has that a subquery makes. Where
// it does, it may rather read a whole table than thousands of its rows by their keys,
// which is right for each row and wrong for the list.
func (tx *Tx) oneOf(column string) (open, closed string) {
	if tx.fullText() {
		return column + " in (", ")"
	}
	return column + " = any(array(", "))"
}

// arrayOf is texts as PostgreSQL writes an array.
func arrayOf(values []string) string {
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = `"` + quote.Replace(v) + `"`
	}
	return "{" + strings.Join(quoted, ",") + "}"
}
