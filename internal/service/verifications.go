package service

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// codeLife is how long, in milliseconds, a code can come back: as long as Clerk's
// mails give.
const codeLife = 10 * 60 * 1000

// PrepareEmailVerification sends a code to an email address, verified or not.
func (s *Service) PrepareEmailVerification(ctx context.Context, c Caller, id string) (*roster.CodeVerification, error) {
	return s.prepare(ctx, c, store.KindEmailAddress, id)
}

// PreparePhoneVerification sends a code to a phone number, verified or not.
func (s *Service) PreparePhoneVerification(ctx context.Context, c Caller, id string) (*roster.CodeVerification, error) {
	return s.prepare(ctx, c, store.KindPhoneNumber, id)
}

// AttemptEmailVerification holds a code against the one that was sent. The right one
// verifies the address, unless it is verified.
func (s *Service) AttemptEmailVerification(ctx context.Context, c Caller, id string, in roster.AttemptVerification) (*roster.CodeVerification, error) {
	return s.attempt(ctx, c, store.KindEmailAddress, id, in)
}

// AttemptPhoneVerification is AttemptEmailVerification for a phone number.
func (s *Service) AttemptPhoneVerification(ctx context.Context, c Caller, id string, in roster.AttemptVerification) (*roster.CodeVerification, error) {
	return s.attempt(ctx, c, store.KindPhoneNumber, id, in)
}

func (s *Service) prepare(ctx context.Context, c Caller, kind, id string) (out *roster.CodeVerification, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		u, to, err := t.addressee(kind, id)
		if err != nil {
			return err
		}
		settings, err := t.Settings()
		if err != nil {
			return err
		}
		test := settings.TestMode && forTests(kind, to.value)
		if kind == store.KindPhoneNumber && !test && s.texter == nil {
			return roster.ErrTextMessages.On(kind)
		}
		if err := t.room(u.ID, kind, id, test); err != nil {
			return err
		}
		code := testCode
		if !test {
			code = t.code()
		}
		v := store.Verification{UserID: u.ID, IdentificationID: id, Strategy: strategies[kind],
			Status: roster.IdentificationUnverified, ExpiresAt: t.Now + codeLife}
		verificationID := t.id(roster.PrefixVerification)
		v.ID, v.Code = verificationDigest(verificationID), codeDigest(verificationID, code)
		if err := t.InsertVerification(v); err != nil {
			return err
		}
		out = shownVerification(verificationID, &v)
		if test {
			return nil
		}
		return t.sendCode(&v, kind, to.value, code)
	})
	if err != nil {
		return nil, err
	}
	s.announceMail()
	return out, nil
}

// addressee is the user who has an address, to this transaction alone, and the
// address.
func (t *tx) addressee(kind, id string) (*roster.User, identifier, error) {
	u, err := t.identificationOf(kind, id, t.user)
	if err != nil {
		return nil, identifier{}, err
	}
	i, there := identifierOf(u, kind, id)
	if !there {
		return nil, i, roster.ErrIdentificationNotFound.New(nouns[kind], id)
	}
	return u, i, nil
}

// room refuses another code while too many are out: each is a few more guesses for
// who cannot read them, and a message too much for who can. Nobody guesses or reads
// those of addresses for tests, so the oldest gives way there.
func (t *tx) room(userID, kind, id string, test bool) error {
	n, until, err := t.OpenVerifications(userID, id)
	if err != nil || n < roster.MaxVerifications {
		return err
	}
	if test {
		return t.DeleteOldestVerification(userID, id)
	}
	e := roster.ErrTooManyVerifications.New(n, nouns[kind])
	e.Meta = &roster.Meta{ResetsIn: (until - t.Now + 999) / 1000}
	return e
}

func (s *Service) attempt(ctx context.Context, c Caller, kind, id string, in roster.AttemptVerification) (out *roster.CodeVerification, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		u, _, err := t.addressee(kind, id)
		if err != nil {
			return err
		}
		v, err := t.Verification(id, verificationDigest(in.VerificationID))
		if err != nil {
			return orNotFound(err, roster.ErrVerificationNotFound.On("verification_id", nouns[kind]))
		}
		switch v.Status {
		case roster.IdentificationVerified:
			return roster.ErrVerificationVerified.New()
		case roster.IdentificationUnverified:
			right := same([]byte(v.Code), []byte(codeDigest(in.VerificationID, in.Code)))
			err = t.AttemptVerification(v, right)
			if err == nil && right {
				err = t.prove(u.ID, kind, id, v)
			}
		}
		out = shownVerification(in.VerificationID, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// prove verifies an address by the code that went there, unless it is verified.
func (t *tx) prove(userID, kind, id string, by *store.Verification) error {
	_, err := t.changeUser(userID, func(_ *tx, u *roster.User) error {
		i, there := identifierOf(u, kind, id)
		if !there || i.verified() {
			return nil
		}
		*i.reserved = false
		*i.verification = &roster.Verification{Object: verificationObject, Status: by.Status, Strategy: by.Strategy, Attempts: &by.Attempts, ExpireAt: &by.ExpiresAt}
		return nil
	})
	return err
}

const verificationObject = "verification_otp"

var strategies = map[string]string{store.KindEmailAddress: roster.StrategyEmailCode, store.KindPhoneNumber: roster.StrategyPhoneCode}

func shownVerification(id string, v *store.Verification) *roster.CodeVerification {
	out := &roster.CodeVerification{Object: verificationObject, ID: id, Status: v.Status, Strategy: v.Strategy, Attempts: v.Attempts, ExpireAt: v.ExpiresAt}
	if v.Strategy == roster.StrategyPhoneCode {
		out.Channel = roster.ChannelSMS
	}
	return out
}
