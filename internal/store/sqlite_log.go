package store

import "github.com/ncruces/go-sqlite3"

// logPages is how many pages, of 4 KB, the write-ahead log holds before they are copied
// into the file: 64 MB. Of those that change often many stand in it, and are copied once.
const logPages = 16_000

// sqliteLog keeps the write-ahead log short. By itself SQLite would copy it into the file
// within a commit, and all who wait for one would wait for a thousand pages and two syncs
// more. So most of it is copied beside the writer, who only copies the rest, what it wrote
// meanwhile. Then all of the log is in the file, and the next commit begins it anew, if no
// reader is left who needs it as it is.
type sqliteLog struct {
	enough int           // pages from which on they are copied
	pages  int           // in the log behind the last commit
	next   int           // in the log before anything is copied again
	copy   chan struct{} // to ask for a copy; nobody receives while one is made
	copied chan struct{} // says that one has been made, and little is left
	done   chan struct{}
}

func newSQLiteLog(path string) *sqliteLog {
	l := &sqliteLog{enough: logPages, next: logPages, copy: make(chan struct{}), copied: make(chan struct{}, 1), done: make(chan struct{})}
	go l.run(path)
	return l
}

// run copies when it is asked to, until the log is closed. What fails is tried again when
// the log has grown.
func (l *sqliteLog) run(path string) {
	defer close(l.done)
	var c *sqliteConn
	for range l.copy {
		if caught(func() { c = l.copyAll(path, c) }) != nil { // for want of memory perhaps
			if c != nil {
				c.discard()
			}
			c = nil
		}
	}
	if c != nil {
		_ = c.close() // nothing is lost with it
	}
}

// copyAll copies what no reader keeps from the file, on a connection that is opened when
// it is first needed.
func (l *sqliteLog) copyAll(path string, c *sqliteConn) *sqliteConn {
	if c == nil {
		var err error
		if c, err = openSQLiteConn(path); err != nil {
			return nil
		}
	}
	all, copied, err := c.db.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE)
	if err != nil || all-copied > l.soon() {
		return c
	}
	select {
	case l.copied <- struct{}{}:
	default: // the writer has not seen the last one yet
	}
	return c
}

// soon is how many pages are few beside those that are worth a copy.
func (l *sqliteLog) soon() int { return l.enough / 16 }

// watch has a writer tell how long the log is, in place of the copies it would make.
func (l *sqliteLog) watch(c *sqliteConn) {
	c.db.WALHook(func(_ *sqlite3.Conn, _ string, pages int) error {
		if pages < l.pages { // it has begun anew
			l.next = l.enough
		}
		l.pages = pages
		return nil
	})
}

// shorten follows a commit of the writer. A reader on an older snapshot keeps from the
// file what came behind that: one who holds it for long has the log grow on for as long
// again before the next copy, others have it tried again soon. What is not copied stays in
// the log, where everybody finds it.
func (l *sqliteLog) shorten(c *sqliteConn) {
	select {
	case <-l.copied:
		_, _, _ = c.db.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE)
		l.next = l.pages + l.soon()
		return
	default:
	}
	if l.pages < l.next {
		return
	}
	select {
	case l.copy <- struct{}{}:
		l.next = l.pages + l.enough
	default:
	}
}

func (l *sqliteLog) close() {
	close(l.copy)
	<-l.done
}
