package service

import (
	"fmt"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// codeMail is what the mail with a code tells.
type codeMail struct{ Code, Expires string }

const codeSubject = `{{.Code}} is your code`

const codeText = `Your code is {{.Code}}.

It works once, until {{.Expires}}. Enter it where you were asked for it, and give it
to nobody. If you did not expect it, do nothing.
`

const codeHTML = `<!doctype html>
<html>
<head><meta charset="utf-8"><title>Your code</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
<p>Your code is</p>
<p style="font-size: 2em; letter-spacing: .2em"><b>{{.Code}}</b></p>
<p>It works once, until {{.Expires}}. Enter it where you were asked for it, and give it to nobody. If you did not expect it, do nothing.</p>
</body>
</html>
`

var codeLetter = newLetter(codeSubject, codeText, codeHTML)

// codeSlug is what events call a message with a code.
const codeSlug = "verification_code"

// hiddenCode stands for the code where a message is told of: an event stays longer
// than the code is good for, and goes to more than its addressee.
const hiddenCode = "••••••"

// textMessageEvent is the data of an sms.created event.
type textMessageEvent struct {
	Object           string         `json:"object"`
	ID               string         `json:"id"`
	Slug             string         `json:"slug"`
	FromPhoneNumber  string         `json:"from_phone_number"`
	ToPhoneNumber    string         `json:"to_phone_number"`
	PhoneNumberID    string         `json:"phone_number_id"`
	UserID           string         `json:"user_id"`
	Message          string         `json:"message"`
	Status           string         `json:"status"`
	Data             map[string]any `json:"data"`
	DeliveredByClerk bool           `json:"delivered_by_clerk"`
	CreatedAtMS      int64          `json:"created_at_ms"`
}

// sendCode leaves the message with a code to be sent, and tells of it without the
// code.
func (t *tx) sendCode(v *store.Verification, kind, to, code string) error {
	m, err := codeMessage(kind, code, v.ExpiresAt)
	if err != nil {
		return err
	}
	told, err := codeMessage(kind, hiddenCode, v.ExpiresAt)
	if err != nil {
		return err
	}
	m.Verification, m.ExpiresAt, m.To = &v.ID, &v.ExpiresAt, to
	if kind == store.KindPhoneNumber {
		m.ID = t.id(roster.PrefixTextMessage)
		if err := t.AppendMail(m); err != nil {
			return err
		}
		return t.emit(roster.EventTextMessageCreated, textMessageEvent{
			Object: "sms_message", ID: m.ID, Slug: codeSlug, ToPhoneNumber: to, PhoneNumberID: v.IdentificationID, UserID: v.UserID,
			Message: told.Text, Status: "queued", Data: map[string]any{}, DeliveredByClerk: true, CreatedAtMS: t.Now,
		})
	}
	m.ID = t.id(roster.PrefixEmail)
	if err := t.AppendMail(m); err != nil {
		return err
	}
	return t.emit(roster.EventEmailCreated, emailEvent{
		ID: m.ID, Object: "email", Slug: codeSlug, FromEmailName: "verifications", ToEmailAddress: to,
		EmailAddressID: &v.IdentificationID, UserID: &v.UserID,
		Subject: told.Subject, Body: told.HTML, BodyPlain: told.Text, Status: "queued", Data: map[string]any{}, DeliveredByClerk: true,
	})
}

// codeMessage is what brings a code, by the channel of a kind of address.
func codeMessage(kind, code string, expiresAt int64) (store.Mail, error) {
	if kind == store.KindPhoneNumber {
		return store.Mail{Channel: store.ChannelText,
			Text: fmt.Sprintf("Your code is %s. It works once, for %d minutes. Give it to nobody.", code, codeLife/60_000)}, nil
	}
	m, err := codeLetter.mail(codeMail{Code: code, Expires: inWords(expiresAt)})
	if err != nil {
		return m, fmt.Errorf("write the mail with a code: %w", err)
	}
	return m, nil
}
