package store

import "context"

// Channels of mail.
const (
	ChannelEmail = "email"
	ChannelText  = "sms"
)

// Mail is an e-mail or a text message to be sent; the latter has no subject and no
// HTML. InvitationID is the invitation it tells of, whose end takes back a mail that
// was not sent yet, and Verification the digest of the verification. It is of no use
// from ExpiresAt on, in Unix milliseconds.
type Mail struct {
	InstanceID   string
	ID           string
	Channel      string
	InvitationID *string
	Verification *string
	ExpiresAt    *int64
	To           string
	Subject      string
	Text         string
	HTML         string
	Attempts     int64 // to send it, this one included
}

// AppendMail keeps a mail for sending, in the transaction of what it tells of.
func (tx *Tx) AppendMail(m Mail) error {
	_, err := tx.exec(`insert into mails (instance_id, id, channel, invitation_id, verification, expires_at,
	recipient, subject, text_body, html_body, attempts, due_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $11)`,
		tx.Instance, m.ID, m.Channel, m.InvitationID, m.Verification, m.ExpiresAt, m.To, m.Subject, m.Text, m.HTML, tx.Now)
	return err
}

// ClaimMail takes the mail of some channels that has been due for the longest, in any
// instance, and puts it off until a later time, by which it must be sent or is due
// again. Of any
// number of servers that ask at once only one gets it: the condition is looked at
// again when the row is. ErrNotFound means that none is due.
func (s *Store) ClaimMail(ctx context.Context, now, until int64, channels ...string) (m Mail, err error) {
	err = s.Write(ctx, "", now, func(tx *Tx) error {
		c := (&clause{}).add(`update mails
set due_at = ?, attempts = attempts + 1
where (instance_id, id) in (
	select instance_id, id
	from mails
	where due_at <= ?`, until, now).in("channel", channels)
		c.add(`
	order by due_at, instance_id, id
	limit 1`+tx.skipLocked()+`)
	and due_at <= ?
returning instance_id, id, channel, invitation_id, verification, expires_at, recipient, subject, text_body, html_body, attempts`, now)
		return tx.one(c.String(), c.args, &m.InstanceID, &m.ID, &m.Channel, &m.InvitationID, &m.Verification, &m.ExpiresAt,
			&m.To, &m.Subject, &m.Text, &m.HTML, &m.Attempts)
	})
	return m, err
}

// skipLocked lets those who claim side by side each find another row.
func (tx *Tx) skipLocked() string {
	if tx.serial() {
		return ""
	}
	return "\n\tfor update skip locked"
}

// DeleteMail forgets a mail that was sent, or that nobody tries to send any more.
func (s *Store) DeleteMail(ctx context.Context, m Mail) error {
	return s.Write(ctx, m.InstanceID, 0, func(tx *Tx) error {
		_, err := tx.exec(`delete from mails
where instance_id = $1 and id = $2`, tx.Instance, m.ID)
		return err
	})
}

// PostponeMail makes a mail that could not be sent due at a later time, unless
// somebody else has taken it since.
func (s *Store) PostponeMail(ctx context.Context, m Mail, until int64) error {
	return s.Write(ctx, m.InstanceID, 0, func(tx *Tx) error {
		_, err := tx.exec(`update mails
set due_at = $4
where instance_id = $1 and id = $2 and attempts = $3`, tx.Instance, m.ID, m.Attempts, until)
		return err
	})
}

// ClearMails forgets, in all instances, what is of no use to anybody any more.
func (s *Store) ClearMails(ctx context.Context, now int64) error {
	return s.clear(ctx, now, `delete from mails
where (instance_id, id) in (
	select instance_id, id
	from mails
	where expires_at <= $1
	limit $2)`, now)
}
