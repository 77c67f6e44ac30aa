package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"
)

// storage is the bare native driver of an engine on the directory's own tables.
type storage interface {
	// reader is a client that reads pages.
	reader(r reading) (do func(n int) error, close func() error, err error)
	// writer is a client that writes memberships or users, each with an event, durably.
	// They belong to an instance of its own.
	writer(w writing) (do func(n int) error, close func() error, err error)
	close() error
}

// pageColumns are what a page shows.
const pageColumns = "id, organization_id, role_id, public_metadata, private_metadata, created_at, updated_at, " +
	"user_id, first_name, last_name, username, email_address, phone_number, web3_wallet, banned"

// reading is a page to read: a condition on $1, the instance, $2, the big organization,
// and $3, a user, an order, and how many rows there are to come.
type reading struct {
	where, order string
	rows         int // or upTo10
}

const upTo10 = 0

// sql has the limit in its text, which no engine needs to plan anew for.
func (r reading) sql() string {
	return fmt.Sprintf("select %s from memberships where %s order by %s limit %d", pageColumns, r.where, r.order, cmp.Or(r.rows, 10))
}

// bare is what the floors know of the directory.
type bare struct {
	d directory
	stock
}

// instance is the directory's.
func (b *bare) instance() string { return b.membership.of("instance_id") }

// What the floors copy: a member of the big organization.
var (
	copiedMembership = "select * from memberships where organization_id = '" + bigID + "' and user_id = '" + userID(3) + "'"
	copiedPerson     = "select * from users where id = '" + userID(3) + "'"
)

// written are the tables that have rows of the floors' instance.
var written = []string{"memberships", "users", "outbox"}

// self is the processor time of this process, where the embedded floors run.
func self() time.Duration { return cpuOf(os.Getpid()) }

func openStorage(ctx context.Context, database string, d directory) (storage, error) {
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		e, err := openEmbedded(path, d)
		if err != nil {
			return nil, err
		}
		go func() { _ = e.commits() }() // close takes its error
		return e, nil
	}
	return openRemote(ctx, database, d)
}
