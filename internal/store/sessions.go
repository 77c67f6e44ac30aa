package store

import "github.com/rosterhq/roster"

const sessionColumns = `t.id, t.user_id, t.client_id, t.status, t.last_active_organization_id, t.last_active_at,
	t.expire_at, t.abandon_at, t.created_at, t.updated_at`

// scanSession reads sessionColumns and more, the session as it stands at now: an
// active one whose time is over reads as expired or abandoned.
func scanSession(r row, now int64, more ...any) (roster.Session, error) {
	s := roster.Session{Object: "session"}
	err := r.scan(append([]any{&s.ID, &s.UserID, &s.ClientID, &s.Status, &s.LastActiveOrganizationID, &s.LastActiveAt,
		&s.ExpireAt, &s.AbandonAt, &s.CreatedAt, &s.UpdatedAt}, more...)...)
	if s.Status == roster.SessionActive {
		switch {
		case s.ExpireAt <= now:
			s.Status = roster.SessionExpired
		case s.AbandonAt <= now:
			s.Status = roster.SessionAbandoned
		}
	}
	return s, err
}

// InsertSession adds a session.
func (tx *Tx) InsertSession(s *roster.Session) error {
	_, err := tx.exec(`insert into sessions (instance_id, id, user_id, client_id, status, last_active_organization_id, last_active_at,
	expire_at, abandon_at, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Instance, s.ID, s.UserID, s.ClientID, s.Status, s.LastActiveOrganizationID, s.LastActiveAt,
		s.ExpireAt, s.AbandonAt, s.CreatedAt, s.UpdatedAt)
	return err
}

// Session is a session as it stands at now, or ErrNotFound.
func (tx *Tx) Session(id string, now int64) (*roster.Session, error) {
	c := &clause{}
	c.add("select "+sessionColumns+"\nfrom sessions t\nwhere t.instance_id = ?", tx.Instance).and("t.id = ?", id)
	list, err := tx.sessionRows(c, now)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

func (tx *Tx) sessionRows(c *clause, now int64) ([]roster.Session, error) {
	list := []roster.Session{}
	err := tx.query(c.String(), c.args, func(r row) error {
		s, err := scanSession(r, now)
		list = append(list, s)
		return err
	})
	return list, err
}

// Sessions is one page of sessions as they stand at now, newest first.
func (tx *Tx) Sessions(q roster.SessionQuery, now int64) (page roster.Page[roster.Session], err error) {
	where := &clause{}
	where.add("\nfrom sessions t\nwhere t.instance_id = ?", tx.Instance)
	if q.UserID != "" {
		where.and("t.user_id = ?", q.UserID)
	}
	if q.ClientID != "" {
		where.and("t.client_id = ?", q.ClientID)
	}
	const active = "t.status = 'active'"
	switch q.Status {
	case "":
	case roster.SessionActive:
		where.and(active+" and t.expire_at > ? and t.abandon_at > ?", now, now)
	case roster.SessionExpired:
		where.and("(t.status = ? or "+active+" and t.expire_at <= ?)", q.Status, now)
	case roster.SessionAbandoned:
		where.and("(t.status = ? or "+active+" and t.expire_at > ? and t.abandon_at <= ?)", q.Status, now, now)
	default:
		where.and("t.status = ?", q.Status)
	}
	if err := tx.one("select count(*)"+where.String(), where.args, &page.TotalCount); err != nil {
		return page, err
	}
	c := &clause{}
	c.add("select " + sessionColumns).extend(where)
	c.add(ordering{column: "t.created_at", desc: true}.sql()).page(q.Paging)
	page.Data, err = tx.sessionRows(c, now)
	return page, err
}

// ActiveSessions are a user's active sessions, newest first.
func (tx *Tx) ActiveSessions(userID string) ([]roster.Session, error) {
	c := &clause{}
	c.add("select "+sessionColumns+"\nfrom sessions t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.user_id = ?", userID).and("t.status = 'active' and t.expire_at > ? and t.abandon_at > ?", tx.Now, tx.Now)
	c.add(ordering{column: "t.created_at", desc: true}.sql())
	return tx.sessionRows(c, tx.Now)
}

// SetSessionStatus ends a session in one way or another, and with it its refresh
// tokens.
func (tx *Tx) SetSessionStatus(id, status string) error {
	_, err := tx.exec(`update sessions
set status = $3, updated_at = $4
where instance_id = $1 and id = $2`, tx.Instance, id, status, tx.Now)
	if err == nil {
		err = tx.DeleteRefreshTokens(id)
	}
	return err
}
