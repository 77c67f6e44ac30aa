package service

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	texttemplate "text/template"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// invitationMail is what the mail of an invitation tells.
type invitationMail struct {
	Organization, Inviter, Role, URL, Expires string
}

const invitationSubject = `{{with .Inviter}}{{.}} invites you{{else}}You are invited{{end}} to join {{.Organization}}`

const invitationText = `{{with .Inviter}}{{.}} invites you{{else}}You are invited{{end}} to join {{.Organization}}{{with .Role}} as {{.}}{{end}}.

Follow this link to accept:

{{.URL}}

It works once, until {{.Expires}}. If you did not expect it, do nothing.
`

const invitationHTML = `<!doctype html>
<html>
<head><meta charset="utf-8"><title>{{.Organization}}</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
<p>{{with .Inviter}}<b>{{.}}</b> invites you{{else}}You are invited{{end}} to join <b>{{.Organization}}</b>{{with .Role}} as {{.}}{{end}}.</p>
<p><a href="{{.URL}}">Accept the invitation</a></p>
<p>The link works once, until {{.Expires}}. If you did not expect it, do nothing.</p>
</body>
</html>
`

var invitationLetter = newLetter(invitationSubject, invitationText, invitationHTML)

// letter is the form of a mail.
type letter struct {
	subject, text *texttemplate.Template
	html          *template.Template
}

func newLetter(subject, text, html string) letter {
	return letter{
		texttemplate.Must(texttemplate.New("subject").Parse(subject)),
		texttemplate.Must(texttemplate.New("text").Parse(text)),
		template.Must(template.New("html").Parse(html)),
	}
}

// mail is a mail that tells in.
func (l letter) mail(in any) (store.Mail, error) {
	var subject, text, html bytes.Buffer
	err := errors.Join(l.subject.Execute(&subject, in), l.text.Execute(&text, in), l.html.Execute(&html, in))
	return store.Mail{Channel: store.ChannelEmail, Subject: subject.String(), Text: text.String(), HTML: html.String()}, err
}

// emailEvent is the data of an email.created event.
type emailEvent struct {
	ID               string         `json:"id"`
	Object           string         `json:"object"`
	Slug             string         `json:"slug"`
	FromEmailName    string         `json:"from_email_name"`
	ReplyToEmailName *string        `json:"reply_to_email_name"`
	ToEmailAddress   string         `json:"to_email_address"`
	EmailAddressID   *string        `json:"email_address_id"`
	UserID           *string        `json:"user_id"`
	Subject          string         `json:"subject"`
	Body             string         `json:"body"`
	BodyPlain        string         `json:"body_plain"`
	Status           string         `json:"status"`
	Data             map[string]any `json:"data"`
	DeliveredByClerk bool           `json:"delivered_by_clerk"`
}

// mailInvitation leaves the mail of an invitation to be sent, and tells of it.
func (t *tx) mailInvitation(o *roster.Organization, i roster.Invitation) error {
	in := invitationMail{
		Organization: oneLine(o.Name), Role: oneLine(i.RoleName), URL: *i.URL,
		Expires: inWords(i.ExpiresAt),
	}
	if by := i.PublicInviterData; by != nil {
		in.Inviter = oneLine(strings.Join(named(by.FirstName, by.LastName), " "))
	}
	m, err := invitationLetter.mail(in)
	if err != nil {
		return fmt.Errorf("write the mail of invitation %s: %w", i.ID, err)
	}
	m.ID, m.InvitationID, m.To = t.id(roster.PrefixEmail), &i.ID, i.EmailAddress
	if err := t.AppendMail(m); err != nil {
		return err
	}
	return t.emit(roster.EventEmailCreated, emailEvent{
		ID: m.ID, Object: "email", Slug: "organization_invitation", FromEmailName: "invitations", ToEmailAddress: m.To,
		Subject: m.Subject, Body: m.HTML, BodyPlain: m.Text, Status: "queued", DeliveredByClerk: true,
		Data: map[string]any{
			"action_url": in.URL, "inviter_name": in.Inviter,
			"org":        map[string]any{"id": o.ID, "name": o.Name, "slug": o.Slug},
			"invitation": map[string]any{"id": i.ID, "expires_at": i.ExpiresAt, "public_metadata": jsontext.Value(i.PublicMetadata.String())},
		},
	})
}

// inWords is a time, in Unix milliseconds, for people anywhere.
func inWords(at int64) string {
	return time.UnixMilli(at).UTC().Format("2 January 2006, 15:04 MST")
}

func named(parts ...*string) (out []string) {
	for _, p := range parts {
		if p != nil {
			out = append(out, *p)
		}
	}
	return out
}

// oneLine is text for a header: whatever breaks lines in a name becomes a space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
