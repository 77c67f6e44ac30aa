package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"github.com/rosterhq/roster"
)

// termsMigration is the step that SQL alone cannot do: terms are digests of values
// that only Go reads exactly. Its file makes the table.
const termsMigration = "00013_membership_terms"

// goMigrations are the steps that need more than their file of an engine.
func goMigrations(files fs.FS, dialect goose.Dialect) []goose.ProviderOption {
	m := goose.NewGoMigration(13, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		table, err := fs.ReadFile(files, termsMigration+".sql")
		if err == nil {
			_, err = tx.ExecContext(ctx, string(table))
		}
		if err != nil {
			return err
		}
		if err = fillTerms(ctx, tx); err == nil && dialect == goose.DialectPostgres {
			_, err = tx.ExecContext(ctx, `analyze membership_terms`) // now, and not once it finds the time
		}
		return err
	}}, nil)
	m.Source = termsMigration + ".go"
	return []goose.ProviderOption{goose.WithExcludeNames([]string{termsMigration + ".sql"}), goose.WithGoMigrations(m)}
}

// fillTerms makes the terms of the memberships there are. They are gathered first and
// added in the order of their key: added as they come, each would change another page
// of the table.
func fillTerms(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "create temporary table gathered_terms as select * from membership_terms"); err != nil {
		return err
	}
	for last, more := [3]string{}, true; more; {
		terms, err := nextTerms(ctx, tx, &last)
		if err != nil {
			return err
		}
		more = terms != nil
		if err := gatherTerms(ctx, tx, terms); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`insert into membership_terms (instance_id, term, organization_id, user_id)
select instance_id, term, organization_id, user_id
from gathered_terms
order by instance_id, term, organization_id, user_id`,
		`drop table gathered_terms`,
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// nextTerms are the terms of some memberships behind the last one, as rows of their
// table; nil behind all of them.
func nextTerms(ctx context.Context, tx *sql.Tx, last *[3]string) (terms [][4]string, err error) {
	rows, err := tx.QueryContext(ctx, `select instance_id, organization_id, user_id, public_metadata
from memberships
where (instance_id, organization_id, user_id) > ($1, $2, $3)
order by instance_id, organization_id, user_id
limit 1000`, last[0], last[1], last[2])
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var public string
		if err := rows.Scan(&last[0], &last[1], &last[2], &public); err != nil {
			return nil, err
		}
		if terms == nil {
			terms = [][4]string{}
		}
		for _, t := range MetadataTerms(roster.Metadata(public)) {
			terms = append(terms, [4]string{last[0], t, last[1], last[2]})
		}
	}
	return terms, rows.Err()
}

func gatherTerms(ctx context.Context, tx *sql.Tx, terms [][4]string) error {
	for len(terms) > 0 {
		n := min(len(terms), termChunk)
		var values strings.Builder
		args := make([]any, 0, 4*n)
		for i, t := range terms[:n] {
			if i > 0 {
				values.WriteString(", ")
			}
			fmt.Fprintf(&values, "($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4)
			args = append(args, t[0], t[1], t[2], t[3])
		}
		if _, err := tx.ExecContext(ctx, "insert into gathered_terms (instance_id, term, organization_id, user_id) values "+values.String(), args...); err != nil {
			return err
		}
		terms = terms[n:]
	}
	return nil
}
