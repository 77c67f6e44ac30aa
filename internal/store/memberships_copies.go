package store

import (
	"slices"
	"strings"
)

// copied are the columns of users that memberships have copies of, by which an
// organization's are found and sorted.
var copied = []string{"created_at", "first_name", "last_name", "username", "email_address", "phone_number", "web3_wallet",
	"banned", "image_id", "last_active_at", "search_email", "search_phone", "search_username", "search_name", "search"}

// copies are the names that columns of users have in memberships.
func copies(columns []string) []string {
	names := slices.Clone(columns)
	if i := slices.Index(names, "created_at"); i >= 0 {
		names[i] = "user_created_at"
	}
	return names
}

var copyColumns = strings.Join(copies(copied), ", ")

// refreshMemberships copies columns of a user to its memberships, those that are copied.
func (tx *Tx) refreshMemberships(userID string, columns ...string) error {
	columns = slices.DeleteFunc(columns, func(column string) bool { return !slices.Contains(copied, column) })
	if len(columns) == 0 {
		return nil
	}
	from, to := strings.Join(columns, ", "), copies(columns)
	_, err := tx.exec("update memberships\nset ("+strings.Join(to, ", ")+") =\n\t(select "+from+`
	from users
	where instance_id = $1 and id = $2)
where instance_id = $1 and user_id = $2 and exists (select 1
	from users u
	where u.instance_id = $1 and u.id = $2 and (memberships.`+strings.Join(to, ", memberships.")+`) is distinct from (u.`+strings.Join(columns, ", u.")+`))`,
		tx.Instance, userID)
	return err
}
