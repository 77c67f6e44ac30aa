package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	gomail "github.com/wneessen/go-mail"

	"github.com/rosterhq/roster/internal/service"
)

// mailFlags say where mail goes: to a server, or into a folder where it can be read.
// Text messages go into the folder only: there is no server to give them to.
type mailFlags struct {
	smtp string
	from string
	dir  string
}

func (f *mailFlags) register(cmd *cobra.Command, dir, where string) {
	cmd.Flags().StringVar(&f.smtp, "smtp", "", "`URL` of the server that takes mail, smtp://USER:PASSWORD@HOST:PORT or smtps://…")
	cmd.Flags().StringVar(&f.from, "mail-from", "Roster <roster@localhost>", "`ADDRESS` that mail comes from")
	cmd.Flags().StringVar(&f.dir, "mail-dir", dir, "`FOLDER` to write mail and text messages into where there is no --smtp (default: "+where+")")
	fromEnv(cmd, "smtp", "ROSTER_SMTP")
	fromEnv(cmd, "mail-from", "ROSTER_MAIL_FROM")
	fromEnv(cmd, "mail-dir", "ROSTER_MAIL_DIR")
}

// mailer is what the flags ask for.
func (f *mailFlags) mailer() (service.Mailer, error) {
	from, err := mail.ParseAddress(f.from)
	if err != nil {
		return nil, usagef("give an address such as 'Acme <hello@acme.example>'", "--mail-from is not an email address")
	}
	if f.smtp == "" {
		return mailFolder{from, f.dir}, nil
	}
	client, err := smtpClient(f.smtp)
	if err != nil {
		// Not the cause: it may repeat the password.
		return nil, usagef("give smtp://USER:PASSWORD@HOST:PORT, or smtps:// for TLS from the start", "--smtp is not the URL of a mail server")
	}
	return mailServer{from, client}, nil
}

// texter is who sends text messages, nil where nobody does.
func (f *mailFlags) texter() service.Texter {
	if f.smtp != "" {
		return nil
	}
	return mailFolder{dir: f.dir}
}

// temporary makes a folder for mail that nobody said where to put, and what removes
// it again.
func (f *mailFlags) temporary() (remove func() error, err error) {
	if f.dir != "" || f.smtp != "" {
		return func() error { return nil }, nil
	}
	if f.dir, err = os.MkdirTemp("", "roster-dev-mail-"); err != nil {
		return nil, usagef("set TMPDIR to a folder that may be written", "no temporary folder: %s", err)
	}
	return func() error { return os.RemoveAll(f.dir) }, nil
}

// destination is where mail goes, in words.
func (f *mailFlags) destination() string {
	if f.smtp != "" {
		return "to the server of --smtp"
	}
	return "in files under " + f.dir
}

// smtpClient reads the URL of a mail server. A password crosses the network only
// under TLS, unless the server is this machine.
func smtpClient(text string) (*gomail.Client, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, fmt.Errorf("no URL of a mail server")
	}
	options := []gomail.Option{gomail.WithTLSPolicy(gomail.TLSOpportunistic), gomail.WithTimeout(30 * time.Second)}
	switch u.Scheme {
	case "smtp":
		if u.User != nil && !local(u.Hostname()) {
			options[0] = gomail.WithTLSPolicy(gomail.TLSMandatory)
		}
	case "smtps":
		options = append(options, gomail.WithSSLPort(false))
	default:
		return nil, fmt.Errorf("no URL of a mail server")
	}
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithPort(n))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return gomail.NewClient(u.Hostname(), options...)
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// mailServer sends mail by SMTP.
type mailServer struct {
	from   *mail.Address
	client *gomail.Client
}

func (s mailServer) Send(ctx context.Context, m service.Mail) error {
	msg, err := compose(s.from, m)
	if err != nil {
		return err
	}
	return s.client.DialAndSendWithContext(ctx, msg)
}

// mailFolder writes each mail into a file of its own, to be opened with any mail
// program.
type mailFolder struct {
	from *mail.Address
	dir  string
}

func (f mailFolder) Send(_ context.Context, m service.Mail) error {
	msg, err := compose(f.from, m)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if _, err := msg.WriteTo(&text); err != nil {
		return err
	}
	return f.write(m.ID+".eml", text.Bytes())
}

// SendText writes a text message into a file: a line for each header, an empty one,
// and the text.
func (f mailFolder) SendText(_ context.Context, m service.TextMessage) error {
	return f.write(m.ID+".txt", fmt.Appendf(nil, "To: %s\nDate: %s\n\n%s\n", m.To, time.Now().Format(time.RFC1123Z), m.Text))
}

// write writes a file whole or not at all; the same again replaces it.
func (f mailFolder) write(name string, text []byte) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(f.dir, name)
	if err := os.WriteFile(path+".part", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// compose is the message of a mail. Its Message-ID is that of the mail, so that a
// program which gets one twice can tell.
func compose(from *mail.Address, m service.Mail) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	msg.FromMailAddress(from)
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("address mail %s: %w", m.ID, err)
	}
	msg.Subject(m.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(m.ID + "@" + domain(from.Address))
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

func domain(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return address[i+1:]
		}
	}
	return "localhost"
}
