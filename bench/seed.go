package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// directory is what is measured: one organization, and small ones with a share of
// the people each. Everybody belongs to the one, unless people are spread: then it is
// as small as the others.
type directory struct {
	members int // of the organization that is measured
	users   int // of the instance
	small   int // organizations of smallSize members beside it
}

const smallSize = 100

// big is a directory whose people all belong to one organization, and some to small
// ones.
func big(members, small int) directory {
	return directory{members: members, users: members, small: min(small, members/smallSize)}
}

// spread is a directory of small organizations alone.
func spread(organizations int) directory {
	return directory{members: smallSize, users: organizations * smallSize, small: organizations - 1}
}

// spread reports whether people are.
func (d directory) spread() bool { return d.users > d.members }

// tooMany people cannot be looked through by several clients at a time before their
// requests are given up.
const tooMany = 500_000

// has reports whether a scenario can be measured, and tells something.
func (d directory) has(s scenario) bool {
	return !(s.broad && d.users > tooMany) && s.page.rows <= d.members && (s.group == "pages" || !d.spread())
}

// organizations is how many the people are spread over, 0 for the one.
func (d directory) organizations() int {
	if d.spread() {
		return d.small + 1
	}
	return 0
}

// memberships is how many there are, but for those in small organizations of whoever is
// in the big one.
func (d directory) memberships() int { return d.users }

func userID(i int) string  { return "user_" + suffix('U', i) }
func smallID(i int) string { return "org_" + suffix('S', i) }
func email(i int) string {
	return fmt.Sprintf("%s.%s%d@mail%d.example", lower(first(i)), lower(last(i)), i, i%40)
}
func username(i int) string     { return fmt.Sprintf("%s_%d", lower(last(i)), i) }
func phone(i int) string        { return fmt.Sprintf("+1555%07d", i) }
func lower(s string) string     { return strings.ToLower(s) }
func admin(i int) bool          { return i%97 == 0 }
func createdAt(i int) int64     { return 1_700_000_000_000 + int64(i)*1000 }
func activeOn(day int) int64    { return 1_699_920_000_000 + int64(day)*86_400_000 } // the start of a day, one in a hundred each
func membershipID(i int) string { return "orgmem_" + suffix('M', i) }

var bigID = "org_" + suffix('B', 0)

// suffix is 27 characters that are as unordered as those of random ids.
func suffix(kind byte, i int) string {
	scattered := uint64(i)*0x9E3779B97F4A7C15 + uint64(kind)
	text := strconv.FormatUint(scattered, 36)
	return "3" + string(kind) + strings.Repeat("0", 25-len(text)) + text
}

var (
	firsts = strings.Fields("Ada Alan Barbara Brian Claude Dana Dennis Donald Edsger Ellen Frances Grace Hedy Ida Jean John Katherine Ken Leslie Linus Margaret Niklaus Olga Peter Radia Rob Sofia Tony Vera Whitfield")
	lasts  = strings.Fields("Allen Babbage Clarke Dijkstra Engelbart Floyd Goldberg Hamilton Hopper Iverson Johnson Kay Knuth Lamarr Lamport Liskov Lovelace McCarthy Minsky Naur Perlis Ritchie Shannon Spärck Thompson Torvalds Turing Wilkes Wirth Zuse")
)

func first(i int) string { return firsts[i%len(firsts)] }
func last(i int) string  { return lasts[i/len(firsts)%len(lasts)] + strconv.Itoa(i%1000) }

// otherName is a first name that hardly anybody has.
func otherName() string { return first(rand.Int()) + strconv.Itoa(rand.IntN(1000)) }

// template is the export of a directory of one user in one organization: its lines
// are copied, so that the seed follows the format wherever it goes.
type template struct {
	lines [][]byte
}

// newTemplate has a server make the directory and exports it.
func newTemplate(ctx context.Context, binary, folder string) (*template, error) {
	path := folder + "/template.db"
	if err := os.RemoveAll(path); err != nil { // of an earlier run
		return nil, err
	}
	database := "sqlite:" + path
	s, err := start(binary, database)
	if err != nil {
		return nil, err
	}
	if err := s.populate(ctx); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	if err := s.stop(); err != nil {
		return nil, err
	}
	text, err := exec.CommandContext(ctx, binary, "export", "--database", database).Output()
	if err != nil {
		return nil, fmt.Errorf("export the template: %w", err)
	}
	return &template{lines: bytes.SplitAfter(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))}, nil
}

func (s *server) populate(ctx context.Context) error {
	c := client.New(secretKey, client.WithBaseURL(s.url+"/v1"))
	u, err := c.Users.Create(ctx, roster.CreateUser{
		EmailAddress: []string{"template@example.com"}, PhoneNumber: []string{"+15555550100"}, Username: roster.Value("template"),
		FirstName: roster.Value("First"), LastName: roster.Value("Last"), SkipPasswordRequirement: true,
	})
	if err != nil {
		return err
	}
	_, err = c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Template", CreatedBy: roster.Value(u.ID)})
	return err
}

// object is a line whose members keep their order.
type object struct {
	names  []string
	values map[string]json.RawMessage
}

func parse(line []byte) (o object, err error) {
	o.values = map[string]json.RawMessage{}
	if err := json.Unmarshal(line, &o.values); err != nil {
		return o, err
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	if _, err := dec.Token(); err != nil {
		return o, err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return o, err
		}
		o.names = append(o.names, fmt.Sprint(name))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			return o, err
		}
	}
	return o, nil
}

// with writes the object with other values of some members.
func (o object) with(values map[string]any) ([]byte, error) {
	b := []byte{'{'}
	for i, name := range o.names {
		value := o.values[name]
		if given, ok := values[name]; ok {
			var err error
			if value, err = json.Marshal(given); err != nil {
				return nil, err
			}
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(append(b, '"'), name...), `":`...), value...)
	}
	return append(b, "}\n"...), nil
}

// seeding writes an export line by line.
type seeding struct {
	out    *bufio.Writer
	digest hash.Hash
	rows   map[string]int64
	d      directory
	order  []int             // of users by their ids: rows travel in the order of their keys
	roles  map[string]string // id by key
}

// write writes the export of a directory, which `roster import` brings into a
// database: the way by which anybody's people get in by the million.
func (t *template) write(w io.Writer, d directory) error {
	s := &seeding{out: bufio.NewWriterSize(w, 1<<20), digest: sha256.New(), rows: map[string]int64{}, d: d, order: make([]int, d.users), roles: map[string]string{}}
	for i := range s.order {
		s.order[i] = i
	}
	slices.SortFunc(s.order, func(a, b int) int { return strings.Compare(userID(a), userID(b)) })
	for _, line := range t.lines {
		o, err := parse(line)
		if err != nil {
			return err
		}
		var kind string
		if err := json.Unmarshal(o.values["kind"], &kind); err != nil {
			return err
		}
		if err := s.lines(kind, o, line); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

func (s *seeding) lines(kind string, o object, line []byte) error {
	switch kind {
	case "event": // the past is not seeded
		return nil
	case "trailer":
		text, err := o.with(map[string]any{"rows": s.rows, "sha256": hex.EncodeToString(s.digest.Sum(nil))})
		if err == nil {
			_, err = s.out.Write(text)
		}
		return err
	case "user":
		return s.repeat(kind, o, s.d.users, func(n int) map[string]any { return s.user(o, s.order[n]) })
	case "organization":
		if err := s.repeat(kind, o, 1, func(int) map[string]any { return organization(bigID, "Everybody", 0) }); err != nil {
			return err
		}
		return s.repeat(kind, o, s.d.small, func(i int) map[string]any {
			return organization(smallID(i), "Organization "+strconv.Itoa(i), i)
		})
	case "membership":
		return s.memberships(o)
	case "role":
		var id, key string
		if err := errors.Join(json.Unmarshal(o.values["id"], &id), json.Unmarshal(o.values["key"], &key)); err != nil {
			return err
		}
		s.roles[key] = id
	}
	if kind != "header" {
		s.rows[kind]++
	}
	return s.add(append(bytes.TrimSuffix(line, []byte("\n")), '\n'))
}

func (s *seeding) add(line []byte) error {
	s.digest.Write(line)
	_, err := s.out.Write(line)
	return err
}

func (s *seeding) repeat(kind string, o object, n int, values func(i int) map[string]any) error {
	for i := range n {
		line, err := o.with(values(i))
		if err == nil {
			err = s.add(line)
		}
		if err != nil {
			return err
		}
	}
	s.rows[kind] += int64(n)
	return nil
}

// user is a person with an e-mail address and a username, one in three with a
// telephone.
func (s *seeding) user(o object, i int) map[string]any {
	at := createdAt(i)
	addressID, numberID := "idn_"+suffix('E', i), "idn_"+suffix('P', i)
	var parts []map[string]json.RawMessage
	if json.Unmarshal(o.values["identifications"], &parts) != nil {
		return nil
	}
	kept := parts[:0]
	var number any
	for _, p := range parts {
		value := email(i)
		id := addressID
		if string(p["kind"]) == `"phone_number"` {
			if i%3 != 0 {
				continue
			}
			value, id, number = phone(i), numberID, numberID
		}
		p["id"], p["value"] = quoted(id), quoted(value)
		p["created_at"], p["updated_at"] = millis(at), millis(at)
		kept = append(kept, p)
	}
	return map[string]any{
		"id": userID(i), "username": username(i), "first_name": first(i), "last_name": last(i),
		"primary_email_address_id": addressID, "primary_phone_number_id": number,
		"public_metadata": `{"team":"t` + strconv.Itoa(i%500) + `"}`,
		"last_active_at":  activeOn(i % 100), "created_at": at, "updated_at": at, "identifications": kept,
	}
}

func quoted(s string) json.RawMessage { return json.RawMessage(strconv.Quote(s)) }
func millis(n int64) json.RawMessage  { return json.RawMessage(strconv.FormatInt(n, 10)) }

func organization(id, name string, i int) map[string]any {
	return map[string]any{"id": id, "name": name, "slug": lower(strings.ReplaceAll(name, " ", "-")), "max_allowed_memberships": 0,
		"created_by": nil, "created_at": createdAt(i), "updated_at": createdAt(i)}
}

func (s *seeding) memberships(o object) error {
	members := slices.DeleteFunc(slices.Clone(s.order), func(user int) bool { return user >= s.d.members })
	if err := s.repeat("membership", o, len(members), func(n int) map[string]any { return s.membership(bigID, members[n], members[n]) }); err != nil {
		return err
	}
	first := 0
	if s.d.spread() { // nobody is in two
		first = s.d.members
	}
	return s.repeat("membership", o, s.d.small*smallSize, func(n int) map[string]any {
		return s.membership(smallID(n/smallSize), first+n, s.d.members+n)
	})
}

func (s *seeding) membership(organizationID string, user, i int) map[string]any {
	role := s.roles[roster.RoleMember]
	if admin(user) {
		role = s.roles[roster.RoleAdmin]
	}
	return map[string]any{"organization_id": organizationID, "user_id": userID(user), "id": membershipID(i), "role_id": role,
		"public_metadata": `{"title":"t` + strconv.Itoa(user%50) + `"}`, "created_at": createdAt(i), "updated_at": createdAt(i)}
}
