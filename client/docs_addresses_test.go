package client_test

import (
	"context"
	"errors"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// The bodies of these functions, less the last return, are examples of
// docs/api/email-addresses.md, phone-numbers.md and users.md.

func exampleEmailAddressesCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	address, err := c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{
		UserID: userID, EmailAddress: "bob@work.example.com",
		Verified: roster.Value(true), Primary: roster.Value(true),
	})
	if err != nil {
		return err
	}
	fmt.Println(address.EmailAddress, address.Verification.Strategy)
	return nil
}

func exampleEmailAddressesGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	emailAddressID := w.emailID
	//
	address, err := c.EmailAddresses.Get(ctx, emailAddressID)
	if err != nil {
		return err
	}
	fmt.Println(address.EmailAddress, address.Verification.Verified())
	return nil
}

func exampleEmailAddressesUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	emailAddressID := w.emailID
	//
	address, err := c.EmailAddresses.Update(ctx, emailAddressID, roster.UpdateEmailAddress{
		Verified: roster.Value(true), Primary: roster.Value(true),
	})
	if err != nil {
		return err
	}
	fmt.Println(address.Verification.Verified())
	return nil
}

func exampleEmailAddressesDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	emailAddressID := w.emailID
	//
	deleted, err := c.EmailAddresses.Delete(ctx, emailAddressID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleEmailAddressesReplaceForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	address, err := c.EmailAddresses.ReplaceForUser(ctx, userID, roster.ReplaceEmailAddress{
		EmailAddress: "robert@example.com",
		Status:       roster.IdentificationReserved,
	})
	if err != nil {
		return err
	}
	fmt.Println(address.EmailAddress, address.Reserved)
	return nil
}

func examplePhoneNumbersCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	number, err := c.PhoneNumbers.Create(ctx, roster.CreatePhoneNumber{
		UserID: userID, PhoneNumber: "+12025550143",
		Verified: roster.Value(true), ReservedForSecondFactor: roster.Value(true),
	})
	if err != nil {
		return err
	}
	fmt.Println(number.PhoneNumber, number.DefaultSecondFactor)
	return nil
}

func examplePhoneNumbersGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	phoneNumberID := w.phoneID
	//
	number, err := c.PhoneNumbers.Get(ctx, phoneNumberID)
	if err != nil {
		return err
	}
	fmt.Println(number.PhoneNumber, number.Verification.Verified())
	return nil
}

func examplePhoneNumbersUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	phoneNumberID := w.phoneID
	//
	number, err := c.PhoneNumbers.Update(ctx, phoneNumberID, roster.UpdatePhoneNumber{Verified: roster.Value(true)})
	if err != nil {
		return err
	}
	fmt.Println(number.Verification.Strategy)
	return nil
}

func examplePhoneNumbersDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	phoneNumberID := w.phoneID
	//
	deleted, err := c.PhoneNumbers.Delete(ctx, phoneNumberID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func examplePhoneNumbersReplaceForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	number, err := c.PhoneNumbers.ReplaceForUser(ctx, userID, roster.ReplacePhoneNumber{PhoneNumber: "+12025550144"})
	if err != nil {
		return err
	}
	fmt.Println(number.PhoneNumber, number.Verification.Verified())
	return nil
}

func exampleUsersDeleteWeb3Wallet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID, walletID := w.userID, w.walletID
	//
	deleted, err := c.Users.DeleteWeb3Wallet(ctx, userID, walletID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleEmailAddressesPrepareVerification(ctx context.Context, c *client.Client, fmt *output, w world) error {
	emailAddressID := w.emailID
	//
	v, err := c.EmailAddresses.PrepareVerification(ctx, emailAddressID)
	if err != nil {
		return err
	}
	fmt.Println(v.Strategy, v.Status) // keep v.ID for the attempt
	return nil
}

func exampleEmailAddressesAttemptVerification(ctx context.Context, c *client.Client, fmt *output, w world) error {
	emailAddressID, verificationID, code := w.emailID, w.emailCodeID, "none"
	//
	v, err := c.EmailAddresses.AttemptVerification(ctx, emailAddressID, roster.AttemptVerification{VerificationID: verificationID, Code: code})
	if err != nil {
		return err
	}
	if v.Status != roster.IdentificationVerified {
		fmt.Println(v.Status, "after", v.Attempts)
	}
	return nil
}

func examplePhoneNumbersPrepareVerification(ctx context.Context, c *client.Client, fmt *output, w world) error {
	phoneNumberID := w.phoneID
	//
	v, err := c.PhoneNumbers.PrepareVerification(ctx, phoneNumberID)
	if err != nil {
		return err
	}
	fmt.Println(v.Strategy, v.Channel) // keep v.ID for the attempt
	return nil
}

func examplePhoneNumbersAttemptVerification(ctx context.Context, c *client.Client, fmt *output, w world) error {
	phoneNumberID, verificationID := w.phoneID, w.phoneCodeID
	//
	v, err := c.PhoneNumbers.AttemptVerification(ctx, phoneNumberID, roster.AttemptVerification{
		VerificationID: verificationID, Code: "424242", // of a number made for tests
	})
	if err != nil {
		return err
	}
	fmt.Println(v.Status)
	return nil
}

// anybodys gives Bob an address and a number that are not verified, so that others
// may have them too, sends codes there, and finds his wallet.
func (w *world) anybodys(t *testing.T, c *client.Client) {
	t.Helper()
	ctx := t.Context()
	w.emailID = must(c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: w.userID, EmailAddress: "bob@new.example.com", Primary: roster.Value(false)}))(t).ID
	w.phoneID = must(c.PhoneNumbers.Create(ctx, roster.CreatePhoneNumber{UserID: w.userID, PhoneNumber: "+12025550142", Primary: roster.Value(false)}))(t).ID
	w.emailCodeID = must(c.EmailAddresses.PrepareVerification(ctx, w.emailID))(t).ID
	w.phoneCodeID = must(c.PhoneNumbers.PrepareVerification(ctx, w.phoneID))(t).ID
	w.walletID = must(c.Users.Get(ctx, w.userID))(t).Web3Wallets[0].ID
}

func provokeAddresses(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client()
	emails, phones := c.EmailAddresses, c.PhoneNumbers
	last := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"last@example.com"}}))(t)
	lastNumber := must(c.Users.Create(ctx, roster.CreateUser{PhoneNumber: []string{"+12025550145"}}))(t)
	lastWallet := must(c.Users.Create(ctx, roster.CreateUser{Web3Wallet: []string{"0x52908400098527886E0F7030069857D2E4169EE7"}}))(t)
	unverified := must(emails.Create(ctx, roster.CreateEmailAddress{UserID: last.ID, EmailAddress: "open@example.com"}))(t).ID
	must(emails.Create(ctx, roster.CreateEmailAddress{UserID: w.userID, EmailAddress: "open@example.com", Verified: roster.Value(true)}))(t)
	unverifiedNumber := must(phones.Create(ctx, roster.CreatePhoneNumber{UserID: lastNumber.ID, PhoneNumber: "+12025550146"}))(t).ID
	must(phones.Create(ctx, roster.CreatePhoneNumber{UserID: w.userID, PhoneNumber: "+12025550146", Verified: roster.Value(true)}))(t)
	only := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"only@example.com"}}))(t)
	onlyNumber := must(c.Users.Create(ctx, roster.CreateUser{PhoneNumber: []string{"+12025550147"}}))(t)
	yes, no := roster.Value(true), roster.Value(false)

	for code, in := range map[string]roster.CreateEmailAddress{
		"resource_not_found":        {UserID: "user_none", EmailAddress: "x@example.com"},
		"form_param_nil":            {UserID: w.userID},
		"form_param_format_invalid": {UserID: w.userID, EmailAddress: "x"},
		"form_identifier_exists":    {UserID: w.userID, EmailAddress: "last@example.com"},
		"form_verification_needed":  {UserID: w.userID, EmailAddress: "x@example.com", Primary: yes},
	} {
		calls["EmailAddressesCreate "+code] = func() error { return second(emails.Create(ctx, in)) }
	}
	for code, in := range map[string]roster.CreatePhoneNumber{
		"resource_not_found":        {UserID: "user_none", PhoneNumber: "+12025550148"},
		"form_param_nil":            {UserID: w.userID},
		"form_param_format_invalid": {UserID: w.userID, PhoneNumber: "x"},
		"form_identifier_exists":    {UserID: w.userID, PhoneNumber: "+12025550145"},
		"form_verification_needed":  {UserID: w.userID, PhoneNumber: "+12025550148", ReservedForSecondFactor: yes},
	} {
		calls["PhoneNumbersCreate "+code] = func() error { return second(phones.Create(ctx, in)) }
	}
	for code, in := range map[string]roster.ReplaceEmailAddress{
		"form_param_nil":            {},
		"form_param_format_invalid": {EmailAddress: "x"},
		"form_param_value_invalid":  {EmailAddress: "x@example.com", Status: "maybe"},
		"form_identifier_exists":    {EmailAddress: "last@example.com"},
	} {
		calls["EmailAddressesReplaceForUser "+code] = func() error { return second(emails.ReplaceForUser(ctx, w.userID, in)) }
	}
	for code, in := range map[string]roster.ReplacePhoneNumber{
		"form_param_nil":            {},
		"form_param_format_invalid": {PhoneNumber: "x"},
		"form_param_value_invalid":  {PhoneNumber: "+12025550148", Status: "maybe"},
		"form_identifier_exists":    {PhoneNumber: "+12025550145"},
	} {
		calls["PhoneNumbersReplaceForUser "+code] = func() error { return second(phones.ReplaceForUser(ctx, w.userID, in)) }
	}
	const missing, none = "resource_not_found", "idn_none"
	on := func(name string, call func() error) { calls[name] = call }
	on("EmailAddressesReplaceForUser "+missing, func() error {
		return second(emails.ReplaceForUser(ctx, "user_none", roster.ReplaceEmailAddress{EmailAddress: "x@example.com"}))
	})
	on("PhoneNumbersReplaceForUser "+missing, func() error {
		return second(phones.ReplaceForUser(ctx, "user_none", roster.ReplacePhoneNumber{PhoneNumber: "+12025550148"}))
	})
	on("EmailAddressesGet "+missing, func() error { return second(emails.Get(ctx, none)) })
	on("PhoneNumbersGet "+missing, func() error { return second(phones.Get(ctx, none)) })
	on("EmailAddressesDelete "+missing, func() error { return second(emails.Delete(ctx, none)) })
	on("PhoneNumbersDelete "+missing, func() error { return second(phones.Delete(ctx, none)) })
	on("EmailAddressesDelete identification_deletion_failed", func() error { return second(emails.Delete(ctx, only.EmailAddresses[0].ID)) })
	on("PhoneNumbersDelete identification_deletion_failed", func() error { return second(phones.Delete(ctx, onlyNumber.PhoneNumbers[0].ID)) })
	on("UsersDeleteWeb3Wallet "+missing, func() error { return second(c.Users.DeleteWeb3Wallet(ctx, w.userID, none)) })
	on("UsersDeleteWeb3Wallet identification_deletion_failed", func() error {
		return second(c.Users.DeleteWeb3Wallet(ctx, lastWallet.ID, lastWallet.Web3Wallets[0].ID))
	})
	updateEmail := func(id string, in roster.UpdateEmailAddress) func() error {
		return func() error { return second(emails.Update(ctx, id, in)) }
	}
	on("EmailAddressesUpdate "+missing, updateEmail(none, roster.UpdateEmailAddress{}))
	on("EmailAddressesUpdate form_identifier_exists", updateEmail(unverified, roster.UpdateEmailAddress{Verified: yes}))
	on("EmailAddressesUpdate form_verification_needed", updateEmail(unverified, roster.UpdateEmailAddress{Primary: yes}))
	on("EmailAddressesUpdate form_param_value_invalid", updateEmail(last.EmailAddresses[0].ID, roster.UpdateEmailAddress{Primary: no}))
	updatePhone := func(id string, in roster.UpdatePhoneNumber) func() error {
		return func() error { return second(phones.Update(ctx, id, in)) }
	}
	on("PhoneNumbersUpdate "+missing, updatePhone(none, roster.UpdatePhoneNumber{}))
	on("PhoneNumbersUpdate form_identifier_exists", updatePhone(unverifiedNumber, roster.UpdatePhoneNumber{Verified: yes}))
	on("PhoneNumbersUpdate form_verification_needed", updatePhone(unverifiedNumber, roster.UpdatePhoneNumber{ReservedForSecondFactor: yes}))
	on("PhoneNumbersUpdate form_param_value_invalid", updatePhone(lastNumber.PhoneNumbers[0].ID, roster.UpdatePhoneNumber{Primary: no}))
}

func provokeVerifications(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client()
	emails, phones := c.EmailAddresses, c.PhoneNumbers
	const missing, none, code = "resource_not_found", "idn_none", "424242"
	attemptEmail := func(id, verification string) error {
		return second(emails.AttemptVerification(ctx, id, roster.AttemptVerification{VerificationID: verification, Code: code}))
	}
	attemptPhone := func(id, verification string) error {
		return second(phones.AttemptVerification(ctx, id, roster.AttemptVerification{VerificationID: verification, Code: code}))
	}
	const email, number = "shared+clerk_test@example.com", "+12025550149"
	var owners [2]struct{ email, emailCode, phone, phoneCode string } // of the same addresses
	for i, user := range []string{w.userID, w.strangerID} {
		o := &owners[i]
		o.email = must(emails.Create(ctx, roster.CreateEmailAddress{UserID: user, EmailAddress: email}))(t).ID
		o.phone = must(phones.Create(ctx, roster.CreatePhoneNumber{UserID: user, PhoneNumber: number}))(t).ID
		o.emailCode, o.phoneCode = must(emails.PrepareVerification(ctx, o.email))(t).ID, must(phones.PrepareVerification(ctx, o.phone))(t).ID
	}
	if err := errors.Join(attemptEmail(owners[0].email, owners[0].emailCode), attemptPhone(owners[0].phone, owners[0].phoneCode)); err != nil {
		t.Fatal(err)
	}
	real := must(phones.Create(ctx, roster.CreatePhoneNumber{UserID: w.userID, PhoneNumber: "+12025550200"}))(t).ID

	on := func(name string, call func() error) { calls[name] = call }
	on("EmailAddressesPrepareVerification "+missing, func() error { return second(emails.PrepareVerification(ctx, none)) })
	on("PhoneNumbersPrepareVerification "+missing, func() error { return second(phones.PrepareVerification(ctx, none)) })
	on("PhoneNumbersPrepareVerification feature_not_enabled", func() error { return second(phones.PrepareVerification(ctx, real)) })
	on("EmailAddressesAttemptVerification "+missing, func() error { return attemptEmail(owners[0].email, owners[1].emailCode) })
	on("PhoneNumbersAttemptVerification "+missing, func() error { return attemptPhone(owners[0].phone, owners[1].phoneCode) })
	on("EmailAddressesAttemptVerification form_param_nil", func() error { return attemptEmail(owners[0].email, "") })
	on("PhoneNumbersAttemptVerification form_param_nil", func() error { return attemptPhone(owners[0].phone, "") })
	on("EmailAddressesAttemptVerification verification_already_verified", func() error { return attemptEmail(owners[0].email, owners[0].emailCode) })
	on("PhoneNumbersAttemptVerification verification_already_verified", func() error { return attemptPhone(owners[0].phone, owners[0].phoneCode) })
	on("EmailAddressesAttemptVerification form_identifier_exists", func() error { return attemptEmail(owners[1].email, owners[1].emailCode) })
	on("PhoneNumbersAttemptVerification form_identifier_exists", func() error { return attemptPhone(owners[1].phone, owners[1].phoneCode) })
}
