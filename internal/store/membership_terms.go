package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// A membership is found by its public metadata through terms: a term stands for one
// scalar and the keys that lead to it. It is a digest, so that it is short whatever
// the value is, and that no statement carries text of metadata.

// MetadataTerms are the terms of public metadata, sorted, each once. Arrays add
// nothing to the keys of what is in them; what lies below more keys than a path may
// have is left out. What is no JSON has none.
func MetadataTerms(public roster.Metadata) []string {
	if len(public) <= len("{}") {
		return nil
	}
	c := collector{dec: jsontext.NewDecoder(bytes.NewReader(public), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))}
	if err := c.collect(0, nil); err != nil {
		return nil
	}
	slices.Sort(c.terms)
	return slices.Compact(c.terms)
}

// collector gathers the terms of one JSON text.
type collector struct {
	dec   *jsontext.Decoder
	terms []string
}

// collect reads one value below a path of that many keys.
func (c *collector) collect(keys int, path []byte) error {
	kind := c.dec.PeekKind()
	switch {
	case kind == '{' && keys == roster.MaxMetadataPathKeys:
		return c.dec.SkipValue()
	case kind != '{' && kind != '[':
		value, err := c.dec.ReadValue()
		if err == nil {
			c.terms = append(c.terms, term(keys, path, value))
		}
		return err
	}
	if _, err := c.dec.ReadToken(); err != nil {
		return err
	}
	for end := kind + 2; c.dec.PeekKind() != end; {
		below, along := keys, path
		if kind == '{' {
			name, err := c.dec.ReadToken()
			if err != nil {
				return err
			}
			below, along = keys+1, appendKey(path[:len(path):len(path)], name.String())
		}
		if err := c.collect(below, along); err != nil {
			return err
		}
	}
	_, err := c.dec.ReadToken()
	return err
}

// appendKey adds a key to a path; its length tells where it ends.
func appendKey(path []byte, key string) []byte {
	return append(binary.AppendUvarint(path, uint64(len(key))), key...)
}

// term is the term of a scalar below a path of that many keys.
func term(keys int, path []byte, scalar jsontext.Value) string {
	kind := scalar.Kind()
	b := make([]byte, 0, 2+len(path)+len(scalar))
	b = append(append(append(b, byte(keys)), path...), byte(kind))
	switch kind {
	case '"':
		b, _ = jsontext.AppendUnquote(b, scalar) // fails on what it replaces
	case '0':
		b = append(b, canonical(string(scalar))...)
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// canonical writes a JSON number in the one way that all of its value share: digits
// without zeros at either end, and the power of ten they are multiplied by.
func canonical(text string) string {
	mantissa, exponent := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], strings.TrimPrefix(text[i+1:], "+")
	}
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	power := -len(fraction)
	trimmed := strings.TrimRight(digits, "0")
	power += len(digits) - len(trimmed)
	sign := ""
	if negative {
		sign = "-"
	}
	if exponent == "" {
		return sign + trimmed + "e" + strconv.Itoa(power)
	}
	sum, _ := new(big.Int).SetString(exponent, 10)
	return sign + trimmed + "e" + sum.Add(sum, big.NewInt(int64(power))).String()
}

// termChunk is how many terms a statement adds or removes.
const termChunk = 100

// addTerms adds terms of a membership.
func (tx *Tx) addTerms(organizationID, userID string, terms []string) {
	for chunk := range slices.Chunk(terms, termChunk) {
		c := &clause{args: []any{tx.Instance, organizationID, userID}}
		c.add("insert into membership_terms (instance_id, term, organization_id, user_id)\nvalues ")
		for i, t := range chunk {
			if i > 0 {
				c.add(", ")
			}
			c.add("($1, ?, $2, $3)", t)
		}
		tx.later(c.String(), c.args...)
	}
}

// dropTerms removes terms of a membership.
func (tx *Tx) dropTerms(organizationID, userID string, terms []string) {
	for chunk := range slices.Chunk(terms, termChunk) {
		c := (&clause{}).add("delete from membership_terms\nwhere instance_id = ?", tx.Instance)
		c.in("term", chunk).and("organization_id = ?", organizationID).and("user_id = ?", userID)
		tx.later(c.String(), c.args...)
	}
}

// replaceTerms brings the terms of a membership from what its public metadata was to
// what it is.
func (tx *Tx) replaceTerms(organizationID, userID string, was, is roster.Metadata) {
	if bytes.Equal(was, is) {
		return
	}
	old, now := MetadataTerms(was), MetadataTerms(is)
	tx.dropTerms(organizationID, userID, without(old, now))
	tx.addTerms(organizationID, userID, without(now, old))
}

// without is a sorted list less what is in another.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool {
		_, found := slices.BinarySearch(other, s)
		return found
	})
}

// heldTerm is a term and the member who has it.
type heldTerm struct{ term, userID string }

// dropOrganizationTerms removes the terms of all members of an organization, who
// must still be there: what terms they have, only their metadata tells.
func (tx *Tx) dropOrganizationTerms(organizationID string) error {
	const chunk = 500 // memberships read at a time
	for last, n := "", chunk; n == chunk; {
		n = 0
		var held []heldTerm
		err := tx.query(`select user_id, public_metadata
from memberships
where instance_id = $1 and organization_id = $2 and user_id > $3
order by user_id
limit $4`, []any{tx.Instance, organizationID, last, chunk}, func(r row) error {
			var public roster.Metadata
			err := r.scan(&last, &public)
			for _, t := range MetadataTerms(public) {
				held = append(held, heldTerm{t, last})
			}
			n++
			return err
		})
		if err == nil {
			err = tx.dropHeld(organizationID, held)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dropHeld(organizationID string, held []heldTerm) error {
	for chunk := range slices.Chunk(held, termChunk) {
		c := &clause{args: []any{tx.Instance, organizationID}}
		c.add("delete from membership_terms\nwhere instance_id = $1 and (instance_id, term, organization_id, user_id) in (values ")
		for i, h := range chunk {
			if i > 0 {
				c.add(", ")
			}
			c.add("($1, ?, $2, ?)", h.term, h.userID)
		}
		if _, err := tx.exec(c.add(")").String(), c.args...); err != nil {
			return err
		}
	}
	return nil
}

// importedTerms are the terms of memberships that arrive.
func importedTerms(rows []Row) insert {
	in := insert{table: "membership_terms", instance: "instance_id", columns: []Column{column("term"), column("organization_id"), column("user_id")}}
	for _, r := range rows {
		for _, t := range MetadataTerms(roster.Metadata(r.text("public_metadata"))) {
			in.values = append(in.values, []any{t, r.text("organization_id"), r.text("user_id")})
		}
	}
	return in
}
