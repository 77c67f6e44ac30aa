package service

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/rosterhq/roster/internal/store"
)

// How mail is sent. A server that took a mail has it to itself for the lease, which
// is longer than it may take to send one; what it does not bring to an end by then,
// because it failed or fell, another one sends. So a mail may arrive twice when a
// server falls between sending it and saying so, and never is lost.
const (
	mailInterval = 5 * time.Second // between looks for mail that fell due
	mailTimeout  = time.Minute
	mailLease    = 2 * time.Minute
	mailAttempts = 12
)

// Mail is an e-mail: plain text, and the same as HTML. ID is the same each time one is
// tried again.
type Mail struct{ ID, To, Subject, Text, HTML string }

// Mailer sends mail. It must be done when ctx ends.
type Mailer interface {
	Send(ctx context.Context, m Mail) error
}

// TextMessage is a text message to a phone number in E.164. ID is as a Mail's.
type TextMessage struct{ ID, To, Text string }

// Texter sends text messages. It must be done when ctx ends.
type Texter interface {
	SendText(ctx context.Context, m TextMessage) error
}

// channels are those that this server sends mail by.
func (s *Service) channels() (out []string) {
	if s.mailer != nil {
		out = append(out, store.ChannelEmail)
	}
	if s.texter != nil {
		out = append(out, store.ChannelText)
	}
	return out
}

// post sends a mail by its channel.
func (s *Service) post(ctx context.Context, m store.Mail) error {
	ctx, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	if m.Channel == store.ChannelText {
		return s.texter.SendText(ctx, TextMessage{ID: m.ID, To: m.To, Text: m.Text})
	}
	return s.mailer.Send(ctx, Mail{ID: m.ID, To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML})
}

var errLate = errors.New("it would come too late")

// deliver sends what falls due, until ctx ends.
func (s *Service) deliver(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(mailInterval)
	defer tick.Stop()
	for {
		for {
			sent, err := s.DeliverMail(ctx, log)
			if err != nil && ctx.Err() == nil {
				log.Error("look for mail to send failed", "error", err)
			}
			if !sent || err != nil || ctx.Err() != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-s.mailed:
		}
	}
}

// DeliverMail sends the mail that has been due for the longest, and reports whether
// there was one. One that cannot be sent is tried again, ever less often, and given up
// after many attempts or when it is of no use any more.
func (s *Service) DeliverMail(ctx context.Context, log *slog.Logger) (found bool, err error) {
	now := s.now()
	m, err := s.store.ClaimMail(ctx, now.UnixMilli(), now.Add(mailLease).UnixMilli(), s.channels()...)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	late := m.ExpiresAt != nil && *m.ExpiresAt <= now.UnixMilli()
	failure := errLate
	if !late {
		failure = s.post(ctx, m)
	}
	// What was sent must be known to be, though the server is to stop.
	ctx, release := context.WithTimeout(context.WithoutCancel(ctx), mailTimeout)
	defer release()
	attrs := []any{"mail_id", m.ID, "instance_id", m.InstanceID, "attempt", m.Attempts, "error", failure}
	switch {
	case failure == nil:
		return true, s.store.DeleteMail(ctx, m)
	case late, m.Attempts >= mailAttempts:
		log.Error("mail given up", attrs...)
		return true, s.store.DeleteMail(ctx, m)
	}
	log.Warn("mail not sent, to be tried again", attrs...)
	return true, s.store.PostponeMail(ctx, m, s.now().Add(patience(m.Attempts)).UnixMilli())
}

// patience is how long to wait after so many attempts: from 30 seconds to 4 hours.
func patience(attempts int64) time.Duration {
	return min(30*time.Second<<min(attempts-1, 16), 4*time.Hour)
}

// announceMail lets a running server look for mail at once.
func (s *Service) announceMail() {
	select {
	case s.mailed <- struct{}{}:
	default: // it is about to look anyway
	}
}
