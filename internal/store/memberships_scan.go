package store

import (
	"github.com/rosterhq/roster"
)

const membershipColumns = `t.id, t.organization_id, t.role_id, t.public_metadata, t.private_metadata, t.created_at, t.updated_at,
	t.user_id, ` + shownOfUser

// membershipScan reads rows of membershipColumns. Lists of memberships are what the
// server is asked for most: a row costs one allocation and a share of those for many.
type membershipScan struct {
	tx     *Tx
	list   []roster.Membership
	owners []string // organizations, a row each
	roles  []string // ids, likewise
	slab   []memberParts
	buf    []byte
	ends   [13]int // of the texts in buf
}

// memberParts is what a membership points to.
type memberParts struct {
	user                                   roster.PublicUserData
	first, last, username, identifier, url string
}

const slabRows = 64

// The texts of a row in the order of buf, by their column.
var membershipTexts = [...]int{0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 15}

func (s *membershipScan) row(r row) error {
	s.buf = s.buf[:0]
	var null [len(membershipTexts)]bool
	for i, column := range membershipTexts {
		text := r.raw(column)
		null[i] = text == nil
		s.buf = append(s.buf, text...)
		s.ends[i] = len(s.buf)
	}
	all := string(s.buf)
	text := func(i int) string {
		from := 0
		if i > 0 {
			from = s.ends[i-1]
		}
		return all[from:s.ends[i]]
	}
	if len(s.slab) == 0 {
		s.slab = make([]memberParts, slabRows)
	}
	p := &s.slab[0]
	s.slab = s.slab[1:]
	optional := func(i int, to *string) *string {
		if null[i] {
			return nil
		}
		*to = text(i)
		return to
	}
	u := &p.user
	u.UserID = text(5)
	u.FirstName, u.LastName, u.Username = optional(6, &p.first), optional(7, &p.last), optional(8, &p.username)
	for _, i := range [...]int{9, 10, 8, 11} { // email address, phone number, username, wallet
		if u.Identifier = optional(i, &p.identifier); u.Identifier != nil {
			break
		}
	}
	u.Banned = r.flag(14)
	if null[12] {
		u.ImageURL, u.ProfileImageURL = defaultImage(s.tx.Instance, u.UserID, p.first, p.last), &noProfileImage
	} else {
		p.url = s.tx.ImageURL(text(12))
		u.HasImage, u.ImageURL, u.ProfileImageURL = true, p.url, &p.url
	}
	s.list = append(s.list, roster.Membership{
		Object: "organization_membership", ID: text(0),
		PublicMetadata: metadataOf(text(3)), PrivateMetadata: metadataOf(text(4)),
		CreatedAt: r.integer(5), UpdatedAt: r.integer(6), PublicUserData: u,
	})
	s.owners = append(s.owners, text(1))
	s.roles = append(s.roles, text(2))
	return nil
}

// metadataOf is the metadata with a text.
func metadataOf(text string) roster.Metadata {
	if text == "{}" {
		return noMetadata
	}
	return roster.Metadata(text)
}

// noMetadata has no room behind it that somebody could append to.
var noMetadata = roster.Metadata("{}")[:2:2]

// membershipRows runs a membership query and completes each row with its role and
// organization, which outside a snapshot may be gone: nil.
func (tx *Tx) membershipRows(c *clause) ([]roster.Membership, error) {
	if tx.roles == nil {
		tx.revise()
	}
	s := membershipScan{tx: tx, list: []roster.Membership{}}
	if err := tx.query(c.String(), c.args, s.row); err != nil {
		return nil, err
	}
	if err := tx.loadRoles(); err != nil {
		return nil, err
	}
	organizations, err := tx.organizationsByID(s.owners)
	if err != nil {
		return nil, err
	}
	for i := range s.list {
		m := &s.list[i]
		m.Organization = organizations[s.owners[i]]
		tx.showRole(m, s.roles[i])
	}
	return s.list, nil
}
