package service_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const minute = 60 * 1000 // ms

// addAddress gives a user an unverified email address.
func (w *world) addAddress(t tester, u *roster.User, value string) *roster.EmailAddress {
	t.Helper()
	a, err := w.CreateEmailAddress(t.Context(), w.caller, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: value})
	if err != nil {
		t.Fatal(err)
	}
	u.EmailAddresses = append(u.EmailAddresses, *a)
	return a
}

// prepare sends a code to an email address.
func (w *world) prepare(t tester, id string) *roster.CodeVerification {
	t.Helper()
	v, err := w.PrepareEmailVerification(t.Context(), w.caller, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func codeOf(v *roster.CodeVerification, code string) roster.AttemptVerification {
	return roster.AttemptVerification{VerificationID: v.ID, Code: code}
}

// attempt answers a verification of an email address, and wants a status and a number
// of attempts.
func (w *world) attempt(t tester, id string, v *roster.CodeVerification, code, status string, attempts int64) {
	t.Helper()
	got, err := w.AttemptEmailVerification(t.Context(), w.caller, id, codeOf(v, code))
	if err != nil {
		t.Fatal(err)
	}
	want := *v
	want.Status, want.Attempts = status, attempts
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Fatal("-want +got:\n" + diff)
	}
}

// phone is a texter that remembers.
type phone struct{ sent []service.TextMessage }

func (p *phone) SendText(_ context.Context, m service.TextMessage) error {
	p.sent = append(p.sent, m)
	return nil
}

// deliver sends all that is due.
func (w *world) deliver(t testing.TB) {
	t.Helper()
	for found, err := true, error(nil); found; {
		if found, err = w.DeliverMail(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
	}
}

var sixDigits = regexp.MustCompile(`\b[0-9]{6}\b`)

// received is the code of the mail that came last.
func (p *post) received(t testing.TB) string {
	t.Helper()
	if len(p.sent) == 0 {
		t.Fatal("no mail came")
	}
	m := p.sent[len(p.sent)-1]
	code := sixDigits.FindString(m.Subject)
	if code == "" || !strings.Contains(m.Text, code) || !strings.Contains(m.HTML, code) {
		t.Fatalf("no code in %+v", m)
	}
	return code
}

// wrong is a code that is not the given one.
func wrong(code string) string {
	return map[bool]string{true: "000001", false: "000000"}[code == "000000"]
}

func TestVerification_by_a_code_that_was_mailed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		u := w.user(t, roster.CreateUser{})
		a := w.addAddress(t, u, "ann@work.example")
		v := w.prepare(t, a.ID)
		want := &roster.CodeVerification{Object: "verification_otp", ID: v.ID, Status: "unverified", Strategy: "email_code", ExpireAt: morning + 10*minute}
		if diff := cmp.Diff(want, v); diff != "" || !strings.HasPrefix(v.ID, "ver_") {
			t.Errorf("id %s, -want +got:\n%s", v.ID, diff)
		}
		w.deliver(t)
		code := p.received(t)
		if to := p.sent[0].To; to != a.EmailAddress {
			t.Errorf("mailed to %s", to)
		}
		w.attempt(t, a.ID, v, wrong(code), roster.IdentificationUnverified, 1)
		if got, err := w.EmailAddress(t.Context(), w.caller, a.ID); err != nil || got.Verification != nil {
			t.Errorf("a wrong code leaves %+v, %v", got, err)
		}
		w.clock.Add(minute)
		w.attempt(t, a.ID, v, code, roster.IdentificationVerified, 2)
		_, err := w.AttemptEmailVerification(t.Context(), w.caller, a.ID, codeOf(v, code))
		refused(t, "again", err, roster.ErrVerificationVerified.New())

		got, err := w.EmailAddress(t.Context(), w.caller, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		attempts, until := int64(2), morning+10*minute
		if diff := cmp.Diff(&roster.Verification{Object: "verification_otp", Status: "verified", Strategy: "email_code", Attempts: &attempts, ExpireAt: &until}, got.Verification); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if got.UpdatedAt != w.clock.Load() {
			t.Errorf("updated at %d", got.UpdatedAt)
		}
	})
}

// The database and its events never have the code once the mail is out, nor the id
// that goes with it.
func TestVerification_is_told_without_its_code(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p, texts := &post{}, &phone{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p, Texter: texts})
		u := w.user(t, roster.CreateUser{PhoneNumber: []string{"+12025550200"}})
		a := w.addAddress(t, u, "ann@work.example")
		v := w.prepare(t, a.ID)
		s, err := w.PreparePhoneVerification(t.Context(), w.caller, u.PhoneNumbers[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		w.deliver(t)
		code := p.received(t)
		if len(texts.sent) != 1 || texts.sent[0].To != "+12025550200" || s.Channel != "sms" || s.Strategy != "phone_code" {
			t.Fatalf("texts %+v, verification %+v", texts.sent, s)
		}
		texted := sixDigits.FindString(texts.sent[0].Text)
		events := w.told(t)
		told := events[len(events)-2:]
		if diff := cmp.Diff([]string{roster.EventEmailCreated, roster.EventTextMessageCreated}, typesOf(told)); diff != "" {
			t.Fatal(diff)
		}
		mail, sms := asObject(t, told[0].Data), asObject(t, told[1].Data)
		if mail["email_address_id"] != a.ID || mail["user_id"] != u.ID || mail["to_email_address"] != a.EmailAddress || mail["slug"] != "verification_code" ||
			sms["phone_number_id"] != u.PhoneNumbers[0].ID || sms["to_phone_number"] != "+12025550200" || sms["id"] != texts.sent[0].ID {
			t.Errorf("told %v\n%v", mail, sms)
		}
		for _, event := range told {
			for _, secret := range []string{code, texted, v.ID, s.ID} {
				if strings.Contains(string(event.Data), secret) {
					t.Errorf("%s tells %s: %s", event.Type, secret, event.Data)
				}
			}
		}
	})
}

func TestVerification_fails_after_five_wrong_codes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		a := w.addAddress(t, w.user(t, roster.CreateUser{}), "ann+clerk_test@x.io")
		v, other := w.prepare(t, a.ID), w.prepare(t, a.ID)
		for i := range int64(4) {
			w.attempt(t, a.ID, v, "000000", roster.IdentificationUnverified, i+1)
		}
		w.attempt(t, a.ID, v, "000000", roster.VerificationFailed, 5)
		w.attempt(t, a.ID, v, "424242", roster.VerificationFailed, 5)
		w.clock.Add(10 * minute)
		w.attempt(t, a.ID, v, "424242", roster.VerificationFailed, 5)
		w.clock.Add(-10 * minute)
		for i := range int64(4) {
			w.attempt(t, a.ID, other, "000000", roster.IdentificationUnverified, i+1)
		}
		w.attempt(t, a.ID, other, "424242", roster.IdentificationVerified, 5) // the last one counts
	})
}

func TestVerification_expires_and_is_forgotten(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{fails: 1}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		a := w.addAddress(t, w.user(t, roster.CreateUser{}), "ann@work.example")
		v := w.prepare(t, a.ID)
		w.deliver(t)
		w.clock.Add(10 * minute)
		w.deliver(t)
		if len(p.sent) != 0 {
			t.Errorf("a code is mailed when it is of no use: %+v", p.sent)
		}
		w.attempt(t, a.ID, v, "000000", roster.VerificationExpired, 0)
		w.clock.Add(60 * minute)
		if err := w.store.ClearVerifications(t.Context(), w.clock.Load()); err != nil {
			t.Fatal(err)
		}
		w.attempt(t, a.ID, v, "000000", roster.VerificationExpired, 0)
		if err := w.store.ClearVerifications(t.Context(), w.clock.Load()+1); err != nil {
			t.Fatal(err)
		}
		_, err := w.AttemptEmailVerification(t.Context(), w.caller, a.ID, codeOf(v, "000000"))
		refused(t, "forgotten", err, roster.ErrVerificationNotFound.On("verification_id", "email address"))
	})
}

func TestVerification_is_of_one_address(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		w, elsewhere := newInstance(t, st, service.Options{}), newInstance(t, st, service.Options{})
		u := w.user(t, roster.CreateUser{PhoneNumber: []string{"+12025550100"}})
		a, b := w.addAddress(t, u, "a+clerk_test@x.io"), w.addAddress(t, u, "b+clerk_test@x.io")
		v := w.prepare(t, a.ID)
		in := codeOf(v, "424242")
		missing := roster.ErrVerificationNotFound.On("verification_id", "email address")
		_, err := w.AttemptEmailVerification(t.Context(), w.caller, b.ID, in)
		refused(t, "another address", err, missing)
		_, err = w.AttemptEmailVerification(t.Context(), w.caller, a.ID, roster.AttemptVerification{VerificationID: "ver_none", Code: "424242"})
		refused(t, "unknown", err, missing)
		_, err = w.AttemptPhoneVerification(t.Context(), w.caller, u.PhoneNumbers[0].ID, in)
		refused(t, "a phone number", err, roster.ErrVerificationNotFound.On("verification_id", "phone number"))
		_, err = w.AttemptPhoneVerification(t.Context(), w.caller, a.ID, in)
		refused(t, "of another kind", err, roster.ErrIdentificationNotFound.New("phone number", a.ID))
		_, err = elsewhere.AttemptEmailVerification(t.Context(), elsewhere.caller, a.ID, in)
		refused(t, "another instance", err, roster.ErrIdentificationNotFound.New("email address", a.ID))
		_, err = w.PreparePhoneVerification(t.Context(), w.caller, a.ID)
		refused(t, "prepare another kind", err, roster.ErrIdentificationNotFound.New("phone number", a.ID))
		w.attempt(t, a.ID, v, "424242", roster.IdentificationVerified, 1)
		if _, err := w.DeleteEmailAddress(t.Context(), w.caller, a.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.AttemptEmailVerification(t.Context(), w.caller, a.ID, in)
		refused(t, "deleted", err, roster.ErrIdentificationNotFound.New("email address", a.ID))
	})
}

func TestVerification_few_are_out_at_once(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		u := w.user(t, roster.CreateUser{})
		a, b := w.addAddress(t, u, "a@x.io"), w.addAddress(t, u, "b@x.io")
		for range roster.MaxVerifications {
			v := w.prepare(t, a.ID)
			w.deliver(t)
			w.attempt(t, a.ID, v, p.received(t), roster.IdentificationVerified, 1) // such are no more out
		}
		w.clock.Add(minute)
		first := w.prepare(t, a.ID)
		for range roster.MaxVerifications - 1 {
			w.clock.Add(1000)
			w.prepare(t, a.ID)
		}
		for range roster.MaxVerificationAttempts { // a failed one is none to spare
			if _, err := w.AttemptEmailVerification(t.Context(), w.caller, a.ID, codeOf(first, "no")); err != nil {
				t.Fatal(err)
			}
		}
		_, err := w.PrepareEmailVerification(t.Context(), w.caller, a.ID)
		want := roster.ErrTooManyVerifications.New(int64(10), "email address")
		want.Meta = &roster.Meta{ResetsIn: 600 - 9}
		refused(t, "one more", err, want)
		w.prepare(t, b.ID)
		w.clock.Add((600 - 9) * 1000)
		w.prepare(t, a.ID)

		test := w.addAddress(t, u, "a+clerk_test@x.io")
		oldest := w.prepare(t, test.ID)
		for range roster.MaxVerifications {
			w.clock.Add(1)
			w.prepare(t, test.ID)
		}
		if _, err := w.AttemptEmailVerification(t.Context(), w.caller, test.ID, codeOf(oldest, "424242")); !errors.Is(err, roster.CodeResourceNotFound) {
			t.Errorf("for tests the oldest gives way, but: %v", err)
		}
	})
}

func TestVerification_in_test_mode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p, texts := &post{}, &phone{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p, Texter: texts})
		u := w.user(t, roster.CreateUser{Username: roster.Value("ann.lee")})
		take := func(email, number string, known bool) {
			t.Helper()
			sent := len(p.sent) + len(texts.sent)
			status := map[bool]string{true: roster.IdentificationVerified, false: roster.IdentificationUnverified}[known]
			a := w.addAddress(t, u, email)
			w.attempt(t, a.ID, w.prepare(t, a.ID), "424242", status, 1)
			n, err := w.CreatePhoneNumber(t.Context(), w.caller, roster.CreatePhoneNumber{UserID: u.ID, PhoneNumber: number})
			if err != nil {
				t.Fatal(err)
			}
			v, err := w.PreparePhoneVerification(t.Context(), w.caller, n.ID)
			if err == nil {
				v, err = w.AttemptPhoneVerification(t.Context(), w.caller, n.ID, codeOf(v, "424242"))
			}
			if err != nil || v.Status != status {
				t.Errorf("%s: %+v, %v", number, v, err)
			}
			w.deliver(t)
			if got := len(p.sent) + len(texts.sent) - sent; got != 2 && !known || got != 0 && known {
				t.Errorf("%s and %s: %d messages sent", email, number, got)
			}
		}
		take("ann+clerk_test@x.io", "+12025550100", true)
		take("ann+a+clerk_test@x.io", "+13235550199", true)
		take("clerk_test@x.io", "+12025550200", false)
		take("ann+clerk_tests@x.io", "+442025550100", false)
		if err := w.UpdateInstance(t.Context(), w.caller, roster.UpdateInstance{TestMode: roster.Value(false)}); err != nil {
			t.Fatal(err)
		}
		take("off+clerk_test@x.io", "+12025550101", false)
		if err := w.UpdateInstance(t.Context(), w.caller, roster.UpdateInstance{TestMode: roster.Value(true)}); err != nil {
			t.Fatal(err)
		}
		take("on+clerk_test@x.io", "+12025550102", true)
	})
}

func TestTestMode_is_on_for_development(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		for environment, want := range map[string]bool{service.Development: true, service.Production: false} {
			in, _, err := w.CreateInstance(t.Context(), "i", environment, "")
			if err != nil {
				t.Fatal(err)
			}
			if err := w.store.Read(t.Context(), in.ID, func(tx *store.Tx) error {
				settings, err := tx.Settings()
				if settings.TestMode != want {
					t.Errorf("%s: test mode %t", environment, settings.TestMode)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestVerification_needs_somebody_who_sends_text_messages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{PhoneNumber: []string{"+12025550200"}})
		_, err := w.PreparePhoneVerification(t.Context(), w.caller, u.PhoneNumbers[0].ID)
		refused(t, "prepare", err, roster.ErrTextMessages.On("phone_number"))
	})
}

// Who proves an address first has it, however many others have it too.
func TestVerification_makes_an_address_ones_own(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		const value = "shared+clerk_test@x.io"
		first, second := w.user(t, roster.CreateUser{}), w.user(t, roster.CreateUser{})
		a, b := w.addAddress(t, first, value), w.addAddress(t, second, value)
		va, vb := w.prepare(t, a.ID), w.prepare(t, b.ID)
		w.attempt(t, a.ID, va, "424242", roster.IdentificationVerified, 1)
		before := w.snapshot(t)
		_, err := w.AttemptEmailVerification(t.Context(), w.caller, b.ID, codeOf(vb, "424242"))
		refused(t, "the other", err, roster.ErrIdentifierExists.On("email_address", "email address"))
		if diff := cmp.Diff(before, w.snapshot(t)); diff != "" {
			t.Error(diff)
		}
		if _, err := w.DeleteUser(t.Context(), w.caller, first.ID); err != nil {
			t.Fatal(err)
		}
		w.attempt(t, b.ID, vb, "424242", roster.IdentificationVerified, 1) // nothing was counted
	})
}

func TestVerification_of_what_is_verified_changes_nothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{EmailAddress: []string{"ann+clerk_test@x.io"}})
		before, events := w.snapshot(t), len(w.told(t))
		w.clock.Add(minute)
		id := u.EmailAddresses[0].ID
		w.attempt(t, id, w.prepare(t, id), "424242", roster.IdentificationVerified, 1)
		if diff := cmp.Diff(before, w.snapshot(t)); diff != "" || len(w.told(t)) != events {
			t.Errorf("%d events, %s", len(w.told(t))-events, diff)
		}
	})
}

func TestVerification_of_a_reserved_address_takes_the_reservation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{EmailAddress: []string{"ann+clerk_test@x.io"}, EmailAddressStatus: []string{roster.IdentificationReserved}})
		id := u.EmailAddresses[0].ID
		w.attempt(t, id, w.prepare(t, id), "424242", roster.IdentificationVerified, 1)
		if a, err := w.EmailAddress(t.Context(), w.caller, id); err != nil || a.Reserved || !a.Verification.Verified() {
			t.Errorf("%+v, %v", a, err)
		}
	})
}

func TestVerification_enrols_by_the_domain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		if _, err := w.CreateDomain(t.Context(), w.caller, o.ID, roster.CreateOrganizationDomain{Name: "team.example", EnrollmentMode: roster.Value(roster.AutomaticInvitation)}); err != nil {
			t.Fatal(err)
		}
		u := w.user(t, roster.CreateUser{})
		a := w.addAddress(t, u, "ann+clerk_test@team.example")
		before := len(w.told(t))
		w.attempt(t, a.ID, w.prepare(t, a.ID), "424242", roster.IdentificationVerified, 1)
		if diff := cmp.Diff([]string{roster.EventUserUpdated, roster.EventInvitationCreated}, typesOf(w.told(t)[before:])); diff != "" {
			t.Error(diff)
		}
	})
}

// Codes are of six digits, spread over all of them.
func TestVerification_codes_are_spread(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		u := w.user(t, roster.CreateUser{})
		first := map[byte]int{}
		for i := range 100 {
			a := w.addAddress(t, u, fmt.Sprintf("a%d@x.io", i%99))
			w.prepare(t, a.ID)
			w.deliver(t)
			first[p.received(t)[0]]++
			if _, err := w.DeleteEmailAddress(t.Context(), w.caller, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		if len(first) < 8 { // of 10: fewer is less likely than 1 in 10⁷
			t.Errorf("first digits %v", first)
		}
	})
}
