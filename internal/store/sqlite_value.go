package store

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"
	"github.com/rosterhq/roster"
)

func (s *sqliteStmt) bind(param int, arg any) error {
	switch v := arg.(type) {
	case nil:
		return s.BindNull(param)
	case string:
		return s.bindText(param, v)
	case int64:
		return s.BindInt64(param, v)
	case int:
		return s.BindInt(param, v)
	case bool:
		return s.BindBool(param, v)
	case []byte:
		return s.BindBlob(param, v)
	case *string:
		if v == nil {
			return s.BindNull(param)
		}
		return s.bindText(param, *v)
	case *int64:
		if v == nil {
			return s.BindNull(param)
		}
		return s.BindInt64(param, *v)
	}
	return fmt.Errorf("unsupported argument %T", arg)
}

// bindText refuses what PostgreSQL does, so that no row exists on one engine only.
func (s *sqliteStmt) bindText(param int, v string) error {
	if !utf8.ValidString(v) || strings.IndexByte(v, 0) >= 0 {
		return errors.New("text is not UTF-8 without NUL")
	}
	return s.BindText(param, v)
}

func (s *sqliteStmt) scan(dest ...any) error { return scanColumns(s, dest) }

// sqliteColumns are the columns of a row, as SQLite converts them.
type sqliteColumns interface {
	ColumnCount() int
	ColumnName(column int) string
	ColumnType(column int) sqlite3.Datatype
	ColumnText(column int) string
	ColumnInt64(column int) int64
	ColumnBool(column int) bool
	ColumnBlob(column int, to []byte) []byte
}

func scanColumns(s sqliteColumns, dest []any) error {
	if n := s.ColumnCount(); n != len(dest) {
		return fmt.Errorf("scan %d columns into %d destinations", n, len(dest))
	}
	for i, d := range dest {
		isNull := s.ColumnType(i) == sqlite3.NULL
		switch v := d.(type) {
		case *string:
			*v = s.ColumnText(i)
		case *int64:
			*v = s.ColumnInt64(i)
		case *bool:
			*v = s.ColumnBool(i)
		case *[]byte:
			*v = s.ColumnBlob(i, []byte{})
		case *roster.Metadata:
			*v = roster.Metadata(s.ColumnText(i))
		case **string:
			*v = nil
			if !isNull {
				text := s.ColumnText(i)
				*v = &text
			}
			continue
		case **int64:
			*v = nil
			if !isNull {
				n := s.ColumnInt64(i)
				*v = &n
			}
			continue
		default:
			return fmt.Errorf("unsupported destination %T", d)
		}
		if isNull {
			return fmt.Errorf("column %s is null", s.ColumnName(i))
		}
	}
	return nil
}

func (s *sqliteStmt) raw(column int) []byte {
	text := s.ColumnRawText(column)
	if text == nil && s.ColumnType(column) != sqlite3.NULL {
		return []byte{}
	}
	return text
}

func (s *sqliteStmt) integer(column int) int64 { return s.ColumnInt64(column) }

func (s *sqliteStmt) flag(column int) bool { return s.ColumnBool(column) }
