package service

import "github.com/rosterhq/roster/internal/store"

// What exports of older versions of the format lack is made up for here; a column's
// value that does not depend on others is the column's own to say (Since, Before).

// importKind adds rows of one kind. Before version 2 there were no role sets: all
// roles, which come first, make one. An identifier was verified unless it was
// reserved, and test mode was what development instances had.
func (m *importer) importKind(t *tx, rows []store.Row) error {
	kind := rows[0].Kind.Name
	if m.version < 2 && (kind == "organization" || kind == "instance") {
		id, err := t.ImportInitialRoleSet()
		if err != nil {
			return err
		}
		for _, r := range rows {
			r.Set("role_set_id", id)
			r.Set("initial_role_set_id", id)
			r.Set("test_mode", kind == "instance" && r.Is("environment_type", Development))
		}
	}
	if m.version < 2 && kind == "user" {
		for _, r := range rows {
			for _, p := range r.Parts {
				if p.Flag("reserved") {
					p.Set("verified_by", nil)
				}
			}
		}
	}
	return t.ImportRows(rows)
}
