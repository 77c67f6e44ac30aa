package main

import (
	"bufio"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rosterhq/roster/internal/service"
)

var letter = service.Mail{ID: "ema_1", To: "ann@x.io", Subject: "Grüße", Text: "Hello <you>", HTML: "<p>Hello &lt;you&gt;</p>"}

func TestMailFolder_writes_what_any_program_opens(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mail")
	f := mailFlags{from: "Acme <hello@acme.example>", dir: dir}
	m, err := f.mailer()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same mail again is the same file
		if err := m.Send(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "ema_1.eml"))
	if err != nil {
		t.Fatal(err)
	}
	msg, err := mail.ReadMessage(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if got := msg.Header.Get("Message-Id"); got != "<ema_1@acme.example>" {
		t.Errorf("Message-Id %s", got)
	}
	if got := msg.Header.Get("To"); got != "<ann@x.io>" {
		t.Errorf("To %s", got)
	}
}

func TestMailFolder_writes_text_messages_that_anybody_reads(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mail")
	texter := (&mailFlags{dir: dir}).texter()
	for range 2 { // the same message again is the same file
		if err := texter.SendText(t.Context(), service.TextMessage{ID: "sms_1", To: "+12025550200", Text: "Your code is 123456."}); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "sms_1.txt"))
	if err != nil || !strings.HasPrefix(string(text), "To: +12025550200\nDate: ") || !strings.HasSuffix(string(text), "\n\nYour code is 123456.\n") {
		t.Errorf("%v: %s", err, text)
	}
	if got := (&mailFlags{smtp: "smtp://x.io", dir: dir}).texter(); got != nil {
		t.Errorf("with a mail server text messages go to %v", got)
	}
}

func TestMailServer_speaks_SMTP(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	heard := make(chan string, 1)
	go func() { heard <- hear(l) }()
	m, err := (&mailFlags{from: "hello@acme.example", smtp: "smtp://" + l.Addr().String()}).mailer()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	got := <-heard
	for _, want := range []string{"MAIL FROM:<hello@acme.example>", "RCPT TO:<ann@x.io>", "Message-ID: <ema_1@acme.example>", "text/html", "Hello <you>"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in what was sent:\n%s", want, got)
		}
	}
}

// hear is a mail server for one mail: it takes everything and returns what it heard.
func hear(l net.Listener) string {
	c, err := l.Accept()
	if err != nil {
		return err.Error()
	}
	defer func() { _ = c.Close() }()
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 ready")
	var all strings.Builder
	data := false
	for lines := bufio.NewScanner(c); lines.Scan(); {
		line := lines.Text()
		all.WriteString(line + "\n")
		switch {
		case data && line == ".":
			data = false
			say("250 taken")
		case data:
		case line == "DATA":
			data = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
			return all.String()
		default:
			say("250 fine")
		}
	}
	return all.String()
}

func TestMailFlags_refuse_in_words_and_keep_the_password(t *testing.T) {
	t.Parallel()
	for _, f := range []mailFlags{
		{from: "nobody"},
		{from: "a@x.io", smtp: "imap://user:hunter2@x.io"},
		{from: "a@x.io", smtp: "smtp://user:hunter2@"},
		{from: "a@x.io", smtp: "smtp://user:hunter2@x.io:port"},
		{from: "a@x.io", smtp: "smtp://user:hunter2@x.io/inbox"},
	} {
		_, err := f.mailer()
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: %v", f, err)
		}
	}
	for _, smtp := range []string{"smtp://x.io", "smtps://user:hunter2@x.io:465", "smtp://user:hunter2@[::1]:2525"} {
		if _, err := (&mailFlags{from: "a@x.io", smtp: smtp}).mailer(); err != nil {
			t.Errorf("%s: %v", smtp, err)
		}
	}
}
