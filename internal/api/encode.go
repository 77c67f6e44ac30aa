package api

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
)

// encode writes a value as the wire has it. Memberships, which are what clients ask
// for most, are written by hand: reflection takes as long as everything else about
// them together.
func encode(buf *bytes.Buffer, value any) error {
	e := pageEncoder{b: buf.AvailableBuffer()}
	switch v := value.(type) {
	case roster.Page[roster.Membership]:
		e.page(v)
	case *roster.Membership:
		if v == nil {
			return json.MarshalWrite(buf, value, encoding)
		}
		e.membership(v)
	default:
		return json.MarshalWrite(buf, value, encoding)
	}
	buf.Write(e.b)
	return e.err
}

// pageEncoder appends a page of memberships. What many of them share is encoded once.
type pageEncoder struct {
	b             []byte
	err           error
	organizations map[*roster.Organization][]byte
	last          *roster.Organization // whose text is lastText
	lastText      []byte
	roles         []encodedRole
}

// encodedRole is the part of a membership that its role makes.
type encodedRole struct {
	key, name   string
	permissions []string
	text        []byte
}

func (e *pageEncoder) page(p roster.Page[roster.Membership]) {
	e.text(`{"data":`)
	if p.Data == nil {
		e.text("[]")
	} else {
		e.text("[")
		for i := range p.Data {
			if i > 0 {
				e.text(",")
			}
			e.membership(&p.Data[i])
		}
		e.text("]")
	}
	e.text(`,"total_count":`)
	e.number(p.TotalCount)
	e.text("}")
}

func (e *pageEncoder) membership(m *roster.Membership) {
	e.text(`{"object":`)
	e.string(m.Object)
	e.text(`,"id":`)
	e.string(m.ID)
	e.role(m)
	e.text(`,"public_metadata":`)
	e.metadata(m.PublicMetadata)
	if m.PrivateMetadata != nil {
		e.text(`,"private_metadata":`)
		e.metadata(m.PrivateMetadata)
	}
	e.text(`,"organization":`)
	e.organization(m.Organization)
	e.text(`,"public_user_data":`)
	e.user(m.PublicUserData)
	e.text(`,"created_at":`)
	e.number(m.CreatedAt)
	e.text(`,"updated_at":`)
	e.number(m.UpdatedAt)
	e.text("}")
}

func (e *pageEncoder) user(u *roster.PublicUserData) {
	if u == nil {
		e.text("null")
		return
	}
	e.text(`{"user_id":`)
	e.string(u.UserID)
	e.text(`,"first_name":`)
	e.optional(u.FirstName)
	e.text(`,"last_name":`)
	e.optional(u.LastName)
	e.text(`,"profile_image_url":`)
	e.optional(u.ProfileImageURL)
	e.text(`,"image_url":`)
	e.string(u.ImageURL)
	e.text(`,"has_image":`)
	e.bool(u.HasImage)
	e.text(`,"identifier":`)
	e.optional(u.Identifier)
	e.text(`,"username":`)
	e.optional(u.Username)
	e.text(`,"banned":`)
	e.bool(u.Banned)
	e.text(`,"deprovisioned":`)
	e.bool(u.Deprovisioned)
	e.text("}")
}

// role appends what the memberships of one role have in common.
func (e *pageEncoder) role(m *roster.Membership) {
	for _, r := range e.roles {
		if r.key == m.Role && r.name == m.RoleName && same(r.permissions, m.Permissions) {
			e.b = append(e.b, r.text...)
			return
		}
	}
	from := len(e.b)
	e.text(`,"role":`)
	e.string(m.Role)
	e.text(`,"role_name":`)
	e.string(m.RoleName)
	e.text(`,"permissions":`)
	e.any(m.Permissions)
	e.roles = append(e.roles, encodedRole{m.Role, m.RoleName, m.Permissions, e.b[from:len(e.b):len(e.b)]})
}

// same reports whether two slices are one.
func same(a, b []string) bool {
	return len(a) == len(b) && (a == nil) == (b == nil) && (len(a) == 0 || &a[0] == &b[0])
}

func (e *pageEncoder) organization(o *roster.Organization) {
	if o != e.last || e.lastText == nil {
		e.last, e.lastText = o, e.organizations[o]
	}
	if e.lastText != nil {
		e.b = append(e.b, e.lastText...)
		return
	}
	from := len(e.b)
	e.organizationText(o)
	if e.organizations == nil {
		e.organizations = map[*roster.Organization][]byte{}
	}
	e.lastText = e.b[from:len(e.b):len(e.b)]
	e.organizations[o] = e.lastText
}

func (e *pageEncoder) organizationText(o *roster.Organization) {
	if o == nil {
		e.text("null")
		return
	}
	e.text(`{"object":`)
	e.string(o.Object)
	e.text(`,"id":`)
	e.string(o.ID)
	e.text(`,"name":`)
	e.string(o.Name)
	e.text(`,"slug":`)
	e.string(o.Slug)
	e.text(`,"image_url":`)
	e.string(o.ImageURL)
	e.text(`,"has_image":`)
	e.bool(o.HasImage)
	if o.LogoURL != "" {
		e.text(`,"logo_url":`)
		e.string(o.LogoURL)
	}
	if o.MembersCount != nil {
		e.text(`,"members_count":`)
		e.number(*o.MembersCount)
	}
	if o.PendingInvitationsCount != nil {
		e.text(`,"pending_invitations_count":`)
		e.number(*o.PendingInvitationsCount)
	}
	if o.MissingMemberWithElevatedPermissions != nil {
		e.text(`,"missing_member_with_elevated_permissions":`)
		e.bool(*o.MissingMemberWithElevatedPermissions)
	}
	e.text(`,"max_allowed_memberships":`)
	e.number(o.MaxAllowedMemberships)
	e.text(`,"admin_delete_enabled":`)
	e.bool(o.AdminDeleteEnabled)
	e.text(`,"role_set_key":`)
	e.string(o.RoleSetKey)
	e.text(`,"public_metadata":`)
	e.metadata(o.PublicMetadata)
	if o.PrivateMetadata != nil {
		e.text(`,"private_metadata":`)
		e.metadata(o.PrivateMetadata)
	}
	if o.CreatedBy != "" {
		e.text(`,"created_by":`)
		e.string(o.CreatedBy)
	}
	e.text(`,"created_at":`)
	e.number(o.CreatedAt)
	e.text(`,"updated_at":`)
	e.number(o.UpdatedAt)
	e.text("}")
}

func (e *pageEncoder) text(s string) { e.b = append(e.b, s...) }

func (e *pageEncoder) number(n int64) { e.b = strconv.AppendInt(e.b, n, 10) }

func (e *pageEncoder) bool(v bool) { e.b = strconv.AppendBool(e.b, v) }

func (e *pageEncoder) optional(s *string) {
	if s == nil {
		e.text("null")
		return
	}
	e.string(*s)
}

// string appends most strings as they are.
func (e *pageEncoder) string(s string) {
	if !plain(s) {
		e.any(s)
		return
	}
	e.b = append(append(append(e.b, '"'), s...), '"')
}

// metadata appends an object as it is kept, which is compact, unless something in it
// is written otherwise on the wire.
func (e *pageEncoder) metadata(m roster.Metadata) {
	if !asKept(m) {
		e.any(m)
		return
	}
	e.b = append(e.b, m...)
}

// any appends whatever else there is, by reflection.
func (e *pageEncoder) any(v any) {
	out, err := json.Marshal(v, encoding)
	if err != nil && e.err == nil {
		e.err = err
	}
	e.b = append(e.b, out...)
}
