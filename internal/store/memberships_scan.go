package store

import (
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

const membershipColumns = `t.id, t.organization_id, t.role_id, t.public_metadata, t.private_metadata, t.created_at, t.updated_at,
	t.user_id, ` + shownOfUser

// membershipScan reads rows of membershipColumns. Lists of memberships are what the
// server is asked for most: a row costs no allocation but its share of those for many.
type membershipScan struct {
	tx     *Tx
	more   int // rows to make room for
	list   []roster.Membership
	owners []string // organizations, a row each
	roles  []string // ids, likewise
	slab   []memberParts
	buf    []byte // the texts of the row
	room   []byte
	images images
	public string          // what the URL of a picture begins with
	texts  strings.Builder // of many rows: what was taken of it stays as it is
	meta   []byte          // likewise
}

// memberParts is what a membership points to.
type memberParts struct {
	user                                   roster.PublicUserData
	first, last, username, identifier, url string
}

const (
	slabRows  = 64
	rowBytes  = 512 // of a row's texts, commonly less
	metaBytes = 64  // of its metadata
	slabBytes = 16 << 10
)

// scanMemberships reads so many rows, perhaps.
func (tx *Tx) scanMemberships(rows int) *membershipScan {
	return &membershipScan{tx: tx, more: rows, list: make([]roster.Membership, 0, rows)}
}

func (s *membershipScan) row(r row) error {
	s.buf = s.buf[:0]
	id, userID := s.take(r, 0), s.take(r, 7)
	first, last, username, identifier := s.take(r, 8), s.take(r, 9), s.take(r, 10), textless
	for _, column := range [...]int{11, 12, 10, 13} { // email address, phone number, username, wallet
		if identifier = s.take(r, column); identifier != textless {
			break
		}
	}
	url, picture := s.image(r, userID, first, last)
	all := s.keep()
	if len(s.slab) == 0 {
		s.slab = make([]memberParts, min(max(s.more, 1), slabRows))
	}
	p := &s.slab[0]
	s.slab = s.slab[1:]
	optional := func(t extent, to *string) *string {
		if t == textless {
			return nil
		}
		*to = t.of(all)
		return to
	}
	u := &p.user
	u.UserID, u.ImageURL, u.HasImage, u.ProfileImageURL = userID.of(all), url.of(all), picture, &noProfileImage
	if picture {
		u.ProfileImageURL = optional(url, &p.url)
	}
	u.FirstName, u.LastName, u.Username = optional(first, &p.first), optional(last, &p.last), optional(username, &p.username)
	u.Identifier, u.Banned = optional(identifier, &p.identifier), r.flag(14)
	s.list = append(s.list, roster.Membership{
		Object: "organization_membership", ID: id.of(all), PublicMetadata: s.metadata(r.raw(3)), PrivateMetadata: s.metadata(r.raw(4)),
		CreatedAt: r.integer(5), UpdatedAt: r.integer(6), PublicUserData: u,
	})
	s.owners, s.roles = again(s.owners, r.raw(1), cap(s.list)), again(s.roles, r.raw(2), cap(s.list))
	s.more--
	return nil
}

// extent is where a text of the row is in buf.
type extent struct{ from, to int }

// textless is the extent of null.
var textless = extent{-1, -1}

func (t extent) of(all string) string { return all[t.from:t.to] }

// take adds a column to buf.
func (s *membershipScan) take(r row, column int) extent {
	text := r.raw(column)
	if text == nil {
		return textless
	}
	from := len(s.buf)
	s.buf = append(s.buf, text...)
	return extent{from, len(s.buf)}
}

// image adds the URL of the user's image to buf, and tells whether that is a picture.
func (s *membershipScan) image(r row, userID, first, last extent) (url extent, picture bool) {
	from := len(s.buf)
	if id := r.raw(15); id != nil {
		if s.public == "" {
			s.public = s.tx.ImageURL("")
		}
		s.buf = append(append(s.buf, s.public...), id...)
		return extent{from, len(s.buf)}, true
	}
	part := func(t extent) []byte {
		if t == textless {
			return nil
		}
		return s.buf[t.from:t.to]
	}
	if s.images.url == nil {
		s.images = newImages(s.tx.Instance)
	}
	s.buf, s.room = appendImage(s.buf, s.room[:0], s.images, part(userID), part(first), part(last))
	return extent{from, len(s.buf)}, false
}

// keep is buf for good.
func (s *membershipScan) keep() string {
	if s.texts.Cap()-s.texts.Len() < len(s.buf) {
		s.texts = strings.Builder{} // the rows so far keep theirs
		s.texts.Grow(max(len(s.buf), min(s.more*rowBytes, slabBytes)))
	}
	from := s.texts.Len()
	s.texts.Write(s.buf)
	return s.texts.String()[from:]
}

// metadata is a column of metadata for good.
func (s *membershipScan) metadata(text []byte) roster.Metadata {
	if string(text) == "{}" {
		return noMetadata
	}
	if cap(s.meta)-len(s.meta) < len(text) {
		s.meta = make([]byte, 0, max(len(text), min(s.more*metaBytes, slabBytes)))
	}
	from := len(s.meta)
	s.meta = append(s.meta, text...)
	return s.meta[from:len(s.meta):len(s.meta)]
}

// again adds a text to a list, whose last is often the same.
func again(list []string, text []byte, room int) []string {
	if list == nil {
		list = make([]string, 0, room)
	}
	if n := len(list); n > 0 && list[n-1] == string(text) {
		return append(list, list[n-1])
	}
	return append(list, string(text))
}

// noMetadata has no room behind it that somebody could append to.
var noMetadata = roster.Metadata("{}")[:2:2]

// membershipRows runs a membership query and completes each row with its role and
// organization, which outside a snapshot may be gone: nil.
func (tx *Tx) membershipRows(c *clause) ([]roster.Membership, error) {
	if tx.roles == nil {
		tx.revise()
	}
	s := tx.scanMemberships(c.rows)
	if err := tx.query(c.String(), c.args, s.row); err != nil {
		return nil, err
	}
	if err := tx.loadRoles(); err != nil {
		return nil, err
	}
	organizations, err := tx.organizationsByID(slices.Compact(slices.Clone(s.owners)))
	if err != nil {
		return nil, err
	}
	for i := range s.list {
		m := &s.list[i]
		if i == 0 || s.owners[i] != s.owners[i-1] {
			m.Organization = organizations[s.owners[i]]
		} else {
			m.Organization = s.list[i-1].Organization
		}
		tx.showRole(m, s.roles[i])
	}
	return s.list, nil
}
