package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/ncruces/go-sqlite3"
)

// storage is the bare native driver of an engine on the directory's own tables.
type storage interface {
	// reader is a client that reads pages of the big organization, so many rows each.
	reader(rows int) (do func(n int) error, close func() error, err error)
	// writer is a client that adds a membership and an event, or changes one and adds
	// an event, durably. What it adds belongs to an instance of its own.
	writer(create bool) (do func(n int) error, close func() error, err error)
	close() error
}

// floorInstance owns what the floors write.
const floorInstance = "ins_floor"

// pageColumns are what a page shows.
const pageColumns = "id, organization_id, role_id, public_metadata, private_metadata, created_at, updated_at, " +
	"user_id, first_name, last_name, username, email_address, phone_number, web3_wallet, banned"

func pageSQL(one bool) string {
	if one {
		return "select " + pageColumns + " from memberships where instance_id = $1 and organization_id = $2 and user_id = $3 limit $4"
	}
	return "select " + pageColumns + " from memberships where instance_id = $1 and organization_id = $2 and 'x' <> $3 order by created_at desc, id desc limit $4"
}

// bare are the rows that writers copy.
type bare struct {
	d          directory
	instance   string
	columns    []string // of memberships
	membership []any
	payload    string // of an event
	made       atomic.Int64
}

func (b *bare) insertSQL() string {
	marks := make([]string, len(b.columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	return "insert into memberships (" + strings.Join(b.columns, ", ") + ") values (" + strings.Join(marks, ", ") + ")"
}

const (
	updateSQL = "update memberships set public_metadata = $4, updated_at = $5 where instance_id = $1 and organization_id = $2 and user_id = $3"
	eventSQL  = "insert into outbox (instance_id, id, type, payload, created_at) values ($1, $2, 'organizationMembership.created', $3, $4)"
)

// row is a membership that nobody has yet.
func (b *bare) row() []any {
	n := int(b.made.Add(1))
	row := append([]any(nil), b.membership...)
	for i, name := range b.columns {
		switch name {
		case "instance_id":
			row[i] = floorInstance
		case "user_id", "id":
			row[i] = name + "_" + run + suffix('F', n)
		}
	}
	return row
}

func (b *bare) update(n int) []any {
	return []any{b.instance, bigID, userID(1 + n%50), fmt.Sprintf(`{"title":"t1","n":%d}`, n), int64(n)}
}

func (b *bare) event() []any {
	return []any{floorInstance, "evt_" + run + suffix('V', int(b.made.Add(1))), b.payload, int64(0)}
}

// embedded is SQLite.
type embedded struct {
	bare
	path  string
	first *sqlite3.Conn
	queue chan *job
	done  chan error
}

// job is a write that waits for its commit.
type job struct {
	create   bool
	n        int
	finished chan error
}

func openEmbedded(path string, d directory) (*embedded, error) {
	e := &embedded{bare: bare{d: d}, path: path, queue: make(chan *job, 1024), done: make(chan error, 1)}
	c, err := sqlite3.Open(path)
	if err != nil {
		return nil, err
	}
	e.first = c
	if err := c.Exec("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000"); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if err := e.learn(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return e, nil
}

func (e *embedded) learn() error {
	e.payload = strings.Repeat("x", 2000)
	stmt, _, err := e.first.Prepare("select * from memberships where organization_id = '" + bigID + "' and user_id = '" + userID(3) + "'")
	if err != nil {
		return err
	}
	defer func() { _ = stmt.Close() }() // only read
	if !stmt.Step() {
		return errors.Join(errors.New("the directory has no members"), stmt.Err())
	}
	for i := range stmt.ColumnCount() {
		e.columns = append(e.columns, stmt.ColumnName(i))
		var value any
		switch stmt.ColumnType(i) {
		case sqlite3.INTEGER:
			value = stmt.ColumnInt64(i)
		case sqlite3.TEXT:
			value = stmt.ColumnText(i)
		}
		e.membership = append(e.membership, value)
		if stmt.ColumnName(i) == "instance_id" {
			e.instance = stmt.ColumnText(i)
		}
	}
	return nil
}

func (e *embedded) reader(rows int) (func(int) error, func() error, error) {
	c, err := sqlite3.Open(e.path)
	if err != nil {
		return nil, nil, err
	}
	stmt, _, err := c.Prepare(pageSQL(rows == 1))
	if err != nil {
		return nil, nil, errors.Join(err, c.Close())
	}
	do := func(n int) error {
		if err := errors.Join(stmt.BindText(1, e.instance), stmt.BindText(2, bigID), stmt.BindText(3, userID(somebody(e.d, n))), stmt.BindInt(4, rows)); err != nil {
			return err
		}
		got := 0
		for ; stmt.Step(); got++ {
			for i := range stmt.ColumnCount() {
				if i == 5 || i == 6 {
					_ = stmt.ColumnInt64(i)
				} else {
					_ = stmt.ColumnRawText(i)
				}
			}
		}
		if err := errors.Join(stmt.Err(), stmt.Reset()); err != nil || got != rows {
			return errors.Join(err, wrong(got, rows))
		}
		return nil
	}
	return do, func() error { return errors.Join(stmt.Close(), c.Close()) }, nil
}

func wrong(got, want int) error {
	if got == want {
		return nil
	}
	return fmt.Errorf("read %d rows, want %d", got, want)
}

// writer hands jobs to the one connection that writes: it commits together what
// waits together, as the server does.
func (e *embedded) writer(create bool) (func(int) error, func() error, error) {
	j := &job{create: create, finished: make(chan error, 1)}
	return func(n int) error {
		j.n = n
		e.queue <- j
		return <-j.finished
	}, func() error { return nil }, nil
}

const most = 64 // jobs of one commit

// write commits jobs until the queue is closed.
func (e *embedded) write() (err error) {
	defer func() { e.done <- err }()
	var statements [3]*sqlite3.Stmt
	for i, sql := range []string{e.insertSQL(), updateSQL, eventSQL} {
		if statements[i], _, err = e.first.Prepare(sql); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, statements[i].Close()) }()
	}
	for j := range e.queue {
		batch := []*job{j}
		for more := true; more && len(batch) < most; {
			select {
			case j, open := <-e.queue:
				if more = open; open {
					batch = append(batch, j)
				}
			default:
				more = false
			}
		}
		err := e.commit(batch, statements)
		for _, j := range batch {
			j.finished <- err
		}
	}
	return nil
}

func (e *embedded) commit(batch []*job, statements [3]*sqlite3.Stmt) error {
	if err := e.first.Exec("begin immediate"); err != nil {
		return err
	}
	for _, j := range batch {
		var err error
		if j.create {
			err = run1(statements[0], e.row())
		} else {
			err = run1(statements[1], e.update(j.n))
		}
		if err := errors.Join(err, run1(statements[2], e.event())); err != nil {
			return errors.Join(err, e.first.Exec("rollback"))
		}
	}
	return e.first.Exec("commit")
}

func run1(s *sqlite3.Stmt, args []any) error {
	for i, a := range args {
		var err error
		switch a := a.(type) {
		case nil:
			err = s.BindNull(i + 1)
		case int64:
			err = s.BindInt64(i+1, a)
		case string:
			err = s.BindText(i+1, a)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(s.Exec(), s.Reset())
}

func (e *embedded) close() error {
	close(e.queue)
	return errors.Join(<-e.done, e.first.Exec("delete from memberships where instance_id = '"+floorInstance+"'; delete from outbox where instance_id = '"+floorInstance+"'"), e.first.Close())
}

// remote is PostgreSQL.
type remote struct {
	bare
	url string
}

func openRemote(ctx context.Context, url string, d directory) (*remote, error) {
	r := &remote{bare: bare{d: d}, url: url}
	r.payload = strings.Repeat("x", 2000)
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	rows, err := c.Query(ctx, "select * from memberships where organization_id = $1 and user_id = $2", bigID, userID(3))
	if err != nil {
		return nil, errors.Join(err, c.Close(ctx))
	}
	for rows.Next() {
		if r.membership, err = rows.Values(); err != nil {
			break
		}
	}
	for i, f := range rows.FieldDescriptions() {
		r.columns = append(r.columns, f.Name)
		if f.Name == "instance_id" && r.membership != nil {
			r.instance = fmt.Sprint(r.membership[i])
		}
	}
	return r, errors.Join(err, rows.Err(), c.Close(ctx))
}

func (r *remote) reader(rows int) (func(int) error, func() error, error) {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return nil, nil, err
	}
	sql := pageSQL(rows == 1)
	var text [15]*string
	var created, updated int64
	var banned bool
	do := func(n int) error {
		found, err := c.Query(ctx, sql, r.instance, bigID, userID(somebody(r.d, n)), rows)
		if err != nil {
			return err
		}
		got := 0
		for ; found.Next(); got++ {
			if err := found.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &created, &updated,
				&text[5], &text[6], &text[7], &text[8], &text[9], &text[10], &text[11], &banned); err != nil {
				return err
			}
		}
		return errors.Join(found.Err(), wrong(got, rows))
	}
	return do, func() error { return c.Close(ctx) }, nil
}

// writer sends a transaction in one go and waits for its commit.
func (r *remote) writer(create bool) (func(int) error, func() error, error) {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return nil, nil, err
	}
	insert := r.insertSQL()
	do := func(n int) error {
		b := &pgx.Batch{} // which is one transaction
		if create {
			b.Queue(insert, r.row()...)
		} else {
			b.Queue(updateSQL, r.update(n)...)
		}
		b.Queue(eventSQL, r.event()...)
		return c.SendBatch(ctx, b).Close()
	}
	return do, func() error { return c.Close(ctx) }, nil
}

func (r *remote) close() error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return err
	}
	for _, table := range []string{"memberships", "outbox"} {
		_, failed := c.Exec(ctx, "delete from "+table+" where instance_id = $1", floorInstance)
		err = errors.Join(err, failed)
	}
	return errors.Join(err, c.Close(ctx))
}

// self is the processor time of this process, where the embedded floors run.
func self() time.Duration { return cpuOf(os.Getpid()) }

func openStorage(ctx context.Context, database string, d directory) (storage, error) {
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		e, err := openEmbedded(path, d)
		if err != nil {
			return nil, err
		}
		go func() { _ = e.write() }() // close takes its error
		return e, nil
	}
	return openRemote(ctx, database, d)
}
