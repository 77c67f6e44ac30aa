package service_test

func (m *member) key() string { return m.id }
func (p *person) key() string { return p.id }
func (v *visit) key() string  { return v.id }
func (c *headed) key() string { return c.id }

// headed is a company with the number of its members.
type headed struct {
	*company
	members int64
}

func (m *member) place(by string) place {
	if by == "created_at" {
		return place{number: m.created}
	}
	return m.who.place(by)
}

func (p *person) place(by string) place {
	switch by {
	case "created_at":
		return place{number: p.created}
	case "updated_at":
		return place{number: p.updated}
	case "last_active_at":
		return byTime(p.active)
	case "last_sign_in_at":
		return byTime(p.signedIn)
	case "first_name":
		return byText(p.first.raw)
	case "last_name":
		return byText(p.last.raw)
	case "username":
		return byText(p.username)
	case "email_address":
		return byText(p.email())
	case "phone_number":
		return byText(p.phone())
	case "web3wallet":
		return byText(p.wallet())
	}
	panic("no order " + by)
}

func (c *headed) place(by string) place {
	switch by {
	case "created_at":
		return place{number: c.created}
	case "members_count":
		return place{number: c.members}
	case "name":
		return place{text: c.name.raw}
	}
	panic("no order " + by)
}

func (v *visit) place(string) place { return place{number: v.created} }
