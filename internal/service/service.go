// Package service holds the rules of the directory, one file per resource. Each
// operation opens one transaction, checks, changes and appends its events there.
// It knows nothing of HTTP and writes no SQL.
package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Caller is who asks: the instance the secret key belongs to, the API version the
// request chose and the client behind it. Every operation is bound to its
// instance.
type Caller struct {
	InstanceID           string
	Environment          string // Development or Production
	OrganizationsEnabled bool
	// ElevatedMemberRequired keeps organizations from losing the last member who
	// can run them.
	ElevatedMemberRequired bool
	// Restrictions say which identifiers are kept out.
	Restrictions roster.InstanceRestrictions
	Version      roster.Version
	ClientIP     string
	UserAgent    string

	// Position is what the caller has seen, which lists never fall behind. An
	// operation moves it on to what the caller sees by its answer; 0 says nothing.
	// nil asks for the latest state everywhere.
	Position *roster.Position

	grant     store.Grant // of the caller's key
	confirmed *bool       // whether that holds, which a transaction finds out; nil where there is no key
}

// Service carries out the operations on a store.
type Service struct {
	store   *store.Store
	now     func() time.Time
	rand    io.Reader
	ids     *ids
	hashing chan struct{} // bounds the password hashes computed at once
	public  string        // see Options.PublicURL
	issuers string        // see Options.Issuer
	mailer  Mailer        // nil sends nothing
	texter  Texter        // nil sends nothing, and promises nothing
	mailed  chan struct{} // says that there is mail to send
	grants  grants

	privateKeys privateKeys
}

// Options are what a service takes from its surroundings. Without Now and Rand it
// takes the machine's clock and randomness; tests and deterministic directories
// bring their own.
type Options struct {
	Now  func() time.Time
	Rand io.Reader

	// PublicURL is the base URL, without /v1 and without a trailing slash, at which
	// the world reaches the server: what links in answers and e-mails start with.
	// Empty is DefaultPublicURL.
	PublicURL string

	// Issuer is the URL that the issuers of tokens start with, each an instance's.
	// Empty is PublicURL, in a form that Clerk's SDKs take.
	Issuer string

	// Mailer sends the mail that the directory writes, while Run runs. Without one
	// mail waits for a server that has one.
	Mailer Mailer

	// Texter sends text messages, likewise. Without one no code goes to a phone
	// number: it would be too late by the time it is sent.
	Texter Texter
}

// DefaultPublicURL is where a server answers of which nothing else is said.
const DefaultPublicURL = "http://127.0.0.1:8787"

// New makes a Service on a store.
func New(st *store.Store, o Options) *Service {
	s := &Service{store: st, now: time.Now, rand: rand.Reader, hashing: make(chan struct{}, runtime.GOMAXPROCS(0))}
	s.mailer, s.texter, s.mailed = o.Mailer, o.Texter, make(chan struct{}, 1)
	s.public = strings.TrimRight(cmp.Or(o.PublicURL, DefaultPublicURL), "/")
	s.issuers = strings.TrimRight(o.Issuer, "/")
	if o.Now != nil {
		s.now = o.Now
	}
	if o.Rand != nil {
		s.rand = &lockedReader{r: o.Rand}
	}
	s.ids = &ids{rand: s.rand}
	return s
}

// lockedReader lets requests share a source of randomness that is not made for it.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

// PublicURL is the base URL of links to the server, without a trailing slash.
func (s *Service) PublicURL() string { return s.public }

// Ready reports whether the store answers.
func (s *Service) Ready(ctx context.Context) error { return s.store.Ping(ctx) }

// tx is a transaction on the caller's instance and what its rules need beside
// the rows.
type tx struct {
	*store.Tx
	service *Service
	caller  Caller
	time    time.Time
	writes  bool
	fail    error // the first id that could not be made
}

// read runs fn on the latest state.
func (s *Service) read(ctx context.Context, c Caller, fn func(*tx) error) error {
	return s.confirming(ctx, c, func(c Caller) error {
		return s.store.ReadSeen(ctx, c.toConfirm(), c.Position, s.reading(c, fn))
	})
}

// list runs fn on a state that may be older than the latest, though never than
// the caller's position.
func (s *Service) list(ctx context.Context, c Caller, fn func(*tx) error) error {
	return s.confirming(ctx, c, func(c Caller) error {
		return s.store.ReadReplica(ctx, c.toConfirm(), c.Position, s.reading(c, fn))
	})
}

func (s *Service) reading(c Caller, fn func(*tx) error) func(*store.Tx) error {
	return func(t *store.Tx) error {
		now := s.now()
		t.Now, t.PublicURL = now.UnixMilli(), s.public
		defer c.note(t)
		return fn(&tx{Tx: t, service: s, caller: c, time: now})
	}
}

func (s *Service) write(ctx context.Context, c Caller, fn func(*tx) error) error {
	now := s.now()
	return s.confirming(ctx, c, func(c Caller) error {
		return s.store.WriteSeen(ctx, c.toConfirm(), now.UnixMilli(), c.Position, s.writing(c, now, fn))
	})
}

// bulk is write for many rows at a time.
func (s *Service) bulk(ctx context.Context, c Caller, fn func(*tx) error) error {
	now := s.now()
	return s.store.Bulk(ctx, c.InstanceID, now.UnixMilli(), s.writing(c, now, fn))
}

func (s *Service) writing(c Caller, now time.Time, fn func(*tx) error) func(*store.Tx) error {
	return func(t *store.Tx) error {
		t.PublicURL = s.public
		defer c.note(t)
		tx := &tx{Tx: t, service: s, caller: c, time: now, writes: true}
		err := fn(tx)
		if tx.fail != nil {
			return tx.fail // the cause, whatever else went wrong without an id
		}
		return err
	}
}

// id makes an id; a failure fails the transaction.
func (t *tx) id(prefix string) string {
	id, err := t.service.ids.next(prefix, t.time)
	if err != nil && t.fail == nil {
		t.fail = err
	}
	return id
}

// orNotFound turns a missing row into the error the wire has for it.
func orNotFound(err error, e *roster.Error) error {
	if errors.Is(err, store.ErrNotFound) {
		return e
	}
	return err
}

// organizationsEnabled refuses what needs organizations where the instance has
// none.
func (t *tx) organizationsEnabled() error {
	if !t.caller.OrganizationsEnabled {
		return roster.ErrOrganizationNotEnabled.New()
	}
	return nil
}

// organization is a path's organization, or the wire's 404. A transaction that
// writes keeps it from being deleted.
func (t *tx) organization(id string) (*roster.Organization, error) {
	if err := t.organizationsEnabled(); err != nil {
		return nil, err
	}
	if t.writes {
		if err := t.HoldOrganization(id); err != nil {
			return nil, orNotFound(err, roster.ErrOrganizationNotFound.New())
		}
	}
	o, err := t.Organization(id)
	return o, orNotFound(err, roster.ErrOrganizationNotFound.New())
}

// organizationAndRoles is organization for a transaction that gives somebody a role:
// roles, and which of them the organization has, stay as they are until it ends.
func (t *tx) organizationAndRoles(id string) (*roster.Organization, error) {
	if err := t.HoldInstance(); err != nil {
		return nil, err
	}
	return t.organization(id)
}

// membership is a path's membership: the organization is looked for first. A
// transaction that writes has the user, and so the membership, to itself.
func (t *tx) membership(organizationID, userID string) (*roster.Membership, error) {
	if !t.writes {
		return t.shownMembership(organizationID, userID)
	}
	if _, err := t.organization(organizationID); err != nil {
		return nil, err
	}
	if err := t.LockUser(userID); err != nil {
		return nil, orNotFound(err, roster.ErrMembershipNotFound.New())
	}
	m, err := t.Membership(organizationID, userID)
	return m, orNotFound(err, roster.ErrMembershipNotFound.New())
}

// shownMembership is membership for a transaction that only reads, in one trip to
// the database.
func (t *tx) shownMembership(organizationID, userID string) (*roster.Membership, error) {
	if err := t.organizationsEnabled(); err != nil {
		return nil, err
	}
	organization := t.OrganizationAlong(organizationID)
	t.Last()
	m, err := t.Membership(organizationID, userID)
	if _, missing := organization(); missing != nil {
		return nil, orNotFound(missing, roster.ErrOrganizationNotFound.New())
	}
	return m, orNotFound(err, roster.ErrMembershipNotFound.New())
}

// user is a path's user, or the wire's 404. A transaction that writes has it to
// itself.
func (t *tx) user(id string) (*roster.User, error) {
	if t.writes {
		if err := t.LockUser(id); err != nil {
			return nil, orNotFound(err, roster.ErrUserNotFound.New(id))
		}
	}
	u, err := t.User(id)
	return u, orNotFound(err, roster.ErrUserNotFound.New(id))
}

// OrganizationExists returns the wire's 404 when there is no such organization.
func (s *Service) OrganizationExists(ctx context.Context, c Caller, organizationID string) error {
	return s.read(ctx, c, func(t *tx) error {
		_, err := t.organization(organizationID)
		return err
	})
}

// MembershipExists returns the wire's 404 when there is no such membership.
func (s *Service) MembershipExists(ctx context.Context, c Caller, organizationID, userID string) error {
	return s.read(ctx, c, func(t *tx) error {
		_, err := t.membership(organizationID, userID)
		return err
	})
}

// UserExists returns the wire's 404 when there is no such user.
func (s *Service) UserExists(ctx context.Context, c Caller, userID string) error {
	return s.read(ctx, c, func(t *tx) error {
		return orNotFound(t.UserExists(userID), roster.ErrUserNotFound.New(userID))
	})
}
