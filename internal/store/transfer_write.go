package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// ErrRejected says that rows cannot be added: a key or value is there already, or
// something that a row refers to is not. For a single row the message says which.
var ErrRejected = errors.New("rejected")

// importChunk is how many rows a statement adds: what engines allow of parameters
// bounds it.
const importChunk = 100

// ImportRows adds rows of one kind to the transaction's instance, with all that is
// derived of them; ErrRejected when one does not fit.
func (tx *Tx) ImportRows(rows []Row) error {
	for chunk := range slices.Chunk(rows, importChunk) {
		var err error
		switch chunk[0].Kind.Name {
		case "user":
			err = tx.importUsers(chunk)
		case "organization":
			err = tx.importOrganizations(chunk)
		case "membership":
			err = tx.importMemberships(chunk)
		case "organization_domain":
			err = tx.importDomains(chunk)
		case "image_chunk":
			err = tx.importChunks(chunk)
		default:
			err = tx.add(kindInsert(chunk))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// insert is rows to be added to a table in one statement.
type insert struct {
	table      string
	instance   string // the column
	columns    []Column
	references []reference
	join       string // another table, beside the rows, which are v
	joined     string // columns that it fills
	with       string // what it fills them with
	values     [][]any
}

// kindInsert adds rows as they are.
func kindInsert(rows []Row) insert {
	k := rows[0].Kind
	in := insert{table: k.table, instance: k.instanceColumn(), columns: k.Columns, references: k.references}
	for _, r := range rows {
		in.values = append(in.values, r.Values)
	}
	return in
}

func (in insert) beside(columns ...Column) insert {
	in.columns = slices.Concat(in.columns, columns)
	return in
}

// add runs an insert, or says what is wrong with its row when it has only one.
func (tx *Tx) add(in insert) error {
	if len(in.values) == 0 {
		return nil
	}
	c := &clause{}
	c.add("insert into "+in.table+" ("+in.instance+", "+names(in.columns)+in.joined+")\nselect cast(? as text)", tx.Instance)
	for i := range in.columns {
		c.add(fmt.Sprintf(", v.column%d", i+1))
	}
	c.add(in.with + "\nfrom (values ")
	for i, values := range in.values {
		if i > 0 {
			c.add(", ")
		}
		c.add("("+in.casts()+")", values...)
	}
	c.add(") as v" + in.join + "\nwhere 1 = 1")
	for _, r := range in.references {
		c.and(fmt.Sprintf("exists (select 1 from %s r where r.instance_id = $1 and r.id = v.column%d)", r.table, in.position(r.column)))
	}
	n, err := tx.exec(c.String()+"\non conflict do nothing", c.args...)
	if err != nil || n == int64(len(in.values)) {
		return err
	}
	if len(in.values) > 1 {
		return fmt.Errorf("%w: a key is there already, in %s, or what a row refers to is not", ErrRejected, in.table)
	}
	return tx.reason(in)
}

// casts are a row of parameters of the columns' types.
func (in insert) casts() string {
	list := make([]string, len(in.columns))
	for i, c := range in.columns {
		switch c.Type {
		case Integer:
			list[i] = "cast(? as bigint)"
		case Boolean:
			list[i] = "cast(? as boolean)"
		default:
			list[i] = "cast(? as text)"
		}
	}
	return strings.Join(list, ", ")
}

// position is a column's, from 1.
func (in insert) position(column string) int {
	return 1 + slices.IndexFunc(in.columns, func(c Column) bool { return c.Name == column })
}

// reason is why the one row of an insert was not added.
func (tx *Tx) reason(in insert) error {
	for _, r := range in.references {
		id, _ := in.values[0][in.position(r.column)-1].(string)
		var found string
		err := tx.one("select id\nfrom "+r.table+"\nwhere instance_id = $1 and id = $2", []any{tx.Instance, id}, &found)
		if errors.Is(err, ErrNotFound) {
			return fmt.Errorf("%w: %s names %q, which is not among the %s before it", ErrRejected, r.column, id, r.table)
		}
		if err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: its key is there already, in %s", ErrRejected, in.table)
}

// claims are values to be made their owners', all of them new.
func claims() insert {
	return insert{table: "unique_values", instance: "instance_id", columns: []Column{column("kind"), column("value"), column("owner_id")}}
}

func (tx *Tx) importUsers(rows []Row) error {
	users := kindInsert(rows).beside(optional("email_address"), optional("phone_number"), optional("web3_wallet"),
		column("search_email"), column("search_phone"), column("search_username"), column("search_name"), column("search"))
	identifications := insert{table: identificationKind.table, instance: "instance_id", columns: slices.Concat(identificationKind.Columns, []Column{column("user_id")})}
	unique := claims()
	index := make([]searchText, len(rows))
	for i, r := range rows {
		u := r.user()
		email, phone, wallet := primary(u)
		s := searchOf(u)
		users.values[i] = slices.Concat(r.Values, []any{email, phone, wallet, s.email, s.phone, s.username, s.name, s.all})
		index[i] = searchText{u.ID, s.all}
		for _, p := range r.Parts {
			identifications.values = append(identifications.values, slices.Concat(p.Values, []any{u.ID}))
		}
		for _, v := range Held(u) {
			unique.values = append(unique.values, []any{v.Kind, v.Value, u.ID})
		}
		if u.Username != nil {
			unique.values = append(unique.values, []any{KindUsername, fold(*u.Username), u.ID})
		}
		if external := r.optional("external_id"); external != nil {
			unique.values = append(unique.values, []any{KindExternalID, *external, u.ID})
		}
	}
	if err := tx.addAll(users, identifications, unique); err != nil {
		return err
	}
	return tx.indexUsers(index...)
}

// addAll runs inserts whose number of rows may exceed a chunk.
func (tx *Tx) addAll(list ...insert) error {
	for _, in := range list {
		for values := range slices.Chunk(in.values, importChunk) {
			chunk := in
			chunk.values = values
			if err := tx.add(chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

// user is a row of users as far as others derive from it.
func (r Row) user() *roster.User {
	u := &roster.User{ID: r.text("id"), Username: r.optional("username"), FirstName: r.optional("first_name"), LastName: r.optional("last_name"),
		PrimaryEmailAddressID: r.optional("primary_email_address_id"), PrimaryPhoneNumberID: r.optional("primary_phone_number_id"),
		PrimaryWeb3WalletID: r.optional("primary_web3_wallet_id")}
	for _, p := range r.Parts {
		id, value, v := p.text("id"), p.text("value"), proof{by: p.text("verified_by")}.shown()
		reserved := p.Flag("reserved")
		switch p.text("kind") {
		case KindEmailAddress:
			u.EmailAddresses = append(u.EmailAddresses, roster.EmailAddress{ID: id, EmailAddress: value, Reserved: reserved, Verification: v})
		case KindPhoneNumber:
			u.PhoneNumbers = append(u.PhoneNumbers, roster.PhoneNumber{ID: id, PhoneNumber: value, Reserved: reserved, Verification: v})
		case KindWeb3Wallet:
			u.Web3Wallets = append(u.Web3Wallets, roster.Web3Wallet{ID: id, Web3Wallet: value})
		}
	}
	return u
}

func (tx *Tx) importOrganizations(rows []Row) error {
	organizations := kindInsert(rows).beside(column("search"))
	slugs := claims()
	for i, r := range rows {
		id, slug := r.text("id"), r.text("slug")
		organizations.values[i] = slices.Concat(r.Values, []any{foldAll(r.text("name"), slug)})
		slugs.values = append(slugs.values, []any{KindSlug, slug, id})
	}
	return tx.addAll(organizations, slugs)
}

// copied are the columns of a user that its memberships repeat, but for the time
// of its creation.
const copied = `, first_name, last_name, username, email_address, phone_number, web3_wallet,` +
	` banned, image_id, last_active_at, search_email, search_phone, search_username, search_name, search`

func (tx *Tx) importMemberships(rows []Row) error {
	in := kindInsert(rows)
	in.join = fmt.Sprintf("\njoin users u on u.instance_id = $1 and u.id = v.column%d", in.position("user_id"))
	in.joined, in.with = ", user_created_at"+copied, ", u.created_at"+strings.ReplaceAll(copied, ", ", ", u.")
	if err := tx.add(in); err != nil {
		return err
	}
	if err := tx.addAll(importedTerms(rows)); err != nil {
		return err
	}
	members := map[[2]string]int64{}
	for _, r := range rows {
		members[[2]string{r.text("organization_id"), r.text("role_id")}]++
	}
	for of, n := range members {
		tx.countMembers(of[0], of[1], n)
	}
	return nil
}

func (tx *Tx) importDomains(rows []Row) error {
	names := claims()
	for _, r := range rows {
		if verified, _ := r.value("verified").(bool); verified {
			names.values = append(names.values, []any{KindDomain, r.text("name"), r.text("organization_id")})
		}
	}
	return tx.addAll(kindInsert(rows), names)
}
