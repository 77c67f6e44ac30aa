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

// ImportRows adds rows of one kind to the transaction's instance, with all that is
// derived of them; ErrRejected when one does not fit.
func (tx *Tx) ImportRows(rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	switch rows[0].Kind.Name {
	case "user":
		return tx.importUsers(rows)
	case "organization":
		return tx.importOrganizations(rows)
	case "membership":
		return tx.importMemberships(rows)
	case "organization_domain":
		return tx.importDomains(rows)
	case "instance":
		if err := tx.add(kindInsert(rows)); err != nil {
			return err
		}
		if err := tx.restoreIndexes(); err != nil {
			return err
		}
		return tx.analyze()
	}
	return tx.add(kindInsert(rows))
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
	if err := tx.add(users, identifications, unique); err != nil {
		return err
	}
	return tx.indexUsers(index...)
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
	return tx.add(organizations, slugs)
}

func (tx *Tx) importMemberships(rows []Row) error {
	in := kindInsert(rows)
	in.join = fmt.Sprintf("\njoin users u on u.instance_id = $1 and u.id = v.column%d", in.position("user_id"))
	in.joined, in.with = ", "+copyColumns, ", u."+strings.Join(copied, ", u.")
	if err := tx.add(in, importedTerms(rows)); err != nil {
		return err
	}
	type common struct{ organizationID, roleID string }
	type joined struct {
		organizationID string
		span           int64
	}
	members, spans := map[common]int64{}, map[joined]int64{}
	for _, r := range rows {
		createdAt, _ := r.value("created_at").(int64)
		members[common{r.text("organization_id"), r.text("role_id")}]++
		spans[joined{r.text("organization_id"), spanOf(createdAt)}]++
	}
	for of, n := range members {
		tx.countMembers(of.organizationID, of.roleID, n)
	}
	for of, n := range spans {
		tx.countSpan(of.organizationID, of.span, n)
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
	return tx.add(kindInsert(rows), names)
}
