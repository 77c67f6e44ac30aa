package service_test

import (
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestCreateUserKeepsAnyCreationTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		for given, want := range map[string]int64{
			"":                              morning,
			"1970-01-01T00:00:00Z":          0,
			"1969-12-31T23:59:59.999Z":      -1,
			"2012-10-20T07:15:20.902+02:00": 1350710120902,
		} {
			in := roster.CreateUser{}
			if given != "" {
				in.CreatedAt = roster.Value(given)
			}
			if u := w.user(t, in); u.CreatedAt != want {
				t.Errorf("%q: created_at = %d, want %d", given, u.CreatedAt, want)
			}
		}
	})
}

// full is a user with one of every identifier.
func full() roster.CreateUser {
	return roster.CreateUser{
		EmailAddress: []string{"Ann@X.io"}, PhoneNumber: []string{"+1 555 555 0100"}, Web3Wallet: []string{"0x" + strings.ToLower(checksummed[4][2:])},
		Username: roster.Value("AnnLee"), ExternalID: roster.Value("ext 1"),
	}
}

func taken(param, noun string) *roster.Error { return roster.ErrIdentifierExists.On(param, noun) }

func TestIdentifiersAreUnique(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, full())
		again := full() // in other writing
		again.EmailAddress, again.PhoneNumber, again.Web3Wallet = []string{"free@x.io", "ann@x.IO"}, []string{"+15555550100"}, []string{checksummed[4]}
		again.Username = roster.Value("ANNLEE")
		_, err := w.CreateUser(t.Context(), w.caller, again)
		refused(t, "all that are taken are named", err, taken("email_address", "email address"), taken("phone_number", "phone number"),
			taken("web3_wallet", "web3 wallet"), taken("username", "username"), taken("external_id", "external id"))
		again = full()
		again.EmailAddress, again.PhoneNumber, again.Web3Wallet, again.Username = []string{"free@x.io"}, nil, nil, roster.Field[string]{}
		again.ExternalID = roster.Value("EXT 1") // whose case counts
		other := w.user(t, again)
		for name, in := range map[string]roster.UpdateUser{
			"username":    {Username: roster.Value("annlee")},
			"external id": {ExternalID: roster.Value("ext 1")},
		} {
			_, err := w.UpdateUser(t.Context(), w.caller, other.ID, in)
			refused(t, name, err, taken(strings.ReplaceAll(name, " ", "_"), name))
		}
		if _, err := w.DeleteUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		w.user(t, full())
	})
}

func TestUniqueValuesMove(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, full())
		update := func(in roster.UpdateUser) *roster.User {
			t.Helper()
			out, err := w.UpdateUser(t.Context(), w.caller, u.ID, in)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if out := update(roster.UpdateUser{Username: roster.Value("ANNLEE")}); *out.Username != "ANNLEE" {
			t.Errorf("one's own username in other case: %q", *out.Username)
		}
		update(roster.UpdateUser{Username: roster.Value("anna"), ExternalID: roster.Null[string]()})
		w.user(t, roster.CreateUser{Username: roster.Value("annlee"), ExternalID: roster.Value("ext 1")})
		_, err := w.UpdateUser(t.Context(), w.caller, u.ID, roster.UpdateUser{Username: roster.Value("AnnLee")})
		refused(t, "a username given up and taken by another", err, taken("username", "username"))
		if out := update(roster.UpdateUser{Username: roster.Value("")}); out.Username != nil {
			t.Errorf("cleared username: %q", *out.Username)
		}
		w.user(t, roster.CreateUser{Username: roster.Value("anna")})
	})
}

func needsIdentifier() *roster.Error {
	names := []string{"email_address", "phone_number", "web3_wallet", "username"}
	e := roster.ErrFormDataMissing.New(strings.Join(names, ", "))
	e.Meta = &roster.Meta{ParamNames: names}
	return e
}

func TestUsersNeedAnIdentifier(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		_, err := w.CreateUser(t.Context(), w.caller, roster.CreateUser{FirstName: roster.Value("Ann"), ExternalID: roster.Value("x")})
		refused(t, "none", err, needsIdentifier())
		u := w.user(t, roster.CreateUser{Username: roster.Value("anna")})
		_, err = w.UpdateUser(t.Context(), w.caller, u.ID, roster.UpdateUser{Username: roster.Null[string]()})
		refused(t, "the last one cleared", err, needsIdentifier())
		for _, in := range []roster.CreateUser{{PhoneNumber: []string{"+15555550100"}}, {Web3Wallet: []string{checksummed[0]}}, {EmailAddress: []string{"a@x.io"}}} {
			w.user(t, in)
		}
	})
}

func TestUserFieldProblemsComeTogether(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		long := roster.Value(strings.Repeat("n", 257))
		_, err := w.CreateUser(t.Context(), w.caller, roster.CreateUser{
			ExternalID: long, FirstName: long, LastName: long, Locale: roster.Value("english, please"), Username: roster.Value("ann"),
			EmailAddress: []string{"a@x.io", "A@x.io", "b"}, PhoneNumber: []string{"555"}, Web3Wallet: []string{"0x1"},
			EmailAddressStatus: []string{"verified"}, PhoneNumberStatus: []string{"unverified"},
			Password: roster.Value("short"), CreatedAt: roster.Value("2020-01-01"), LegalAcceptedAt: roster.Value("now"),
			PublicMetadata: roster.Metadata(`[]`), UnsafeMetadata: roster.Metadata(`{"k":"` + strings.Repeat("x", 8192) + `"}`),
		})
		refused(t, "create", err,
			roster.ErrParamTooLong.On("external_id", 256), roster.ErrParamTooLong.On("first_name", 256), roster.ErrParamTooLong.On("last_name", 256),
			roster.ErrParamFormat.On("locale", "a language tag such as en-US"), roster.ErrUsernameLength.On("username"),
			roster.ErrParamDuplicateValues.On("email_address"), roster.ErrParamFormat.On("email_address", "a valid email address"),
			roster.ErrParamFormat.On("phone_number", "a phone number in E.164 form, such as +12025550123"),
			roster.ErrParamFormat.On("web3_wallet", "a wallet address, its capitals a valid checksum"),
			roster.ErrParamArrayLength.On("email_address_identification_status", "email_address"),
			roster.ErrParamNotAllowed.On("phone_number_identification_status", "unverified"),
			roster.ErrPasswordTooShort.On("password"), roster.ErrParamTime.On("legal_accepted_at"), roster.ErrParamTime.On("created_at"),
			roster.ErrParamType.On("public_metadata", "no object", "a JSON object"), roster.ErrMetadataTooLarge.On("unsafe_metadata"))
		u := w.user(t, roster.CreateUser{})
		_, err = w.UpdateUser(t.Context(), w.caller, u.ID, roster.UpdateUser{
			FirstName: long, Password: roster.Value("short"), ProfileImageID: roster.Value("img_1"), PrimaryEmailAddressID: roster.Value("idn_none"),
			CreatedAt: roster.Value("x"), PrivateMetadata: roster.Metadata(`1`),
		})
		refused(t, "update", err, roster.ErrPasswordTooShort.On("password"), roster.ErrParamTooLong.On("first_name", 256),
			roster.ErrParamTime.On("created_at"), roster.ErrFormResourceNotFound.On("primary_email_address_id"),
			roster.ErrFormResourceNotFound.On("profile_image_id"), roster.ErrParamType.On("private_metadata", "no object", "a JSON object"))
	})
}

func TestPrimaryIdentifiers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{
			EmailAddress: []string{"a@x.io", "b@x.io", "c@x.io"}, EmailAddressStatus: []string{"verified", "reserved", "verified"},
			PhoneNumber: []string{"+15555550100", "+15555550101"},
		})
		other := w.user(t, roster.CreateUser{})
		if *u.PrimaryEmailAddressID != u.EmailAddresses[0].ID || *u.PrimaryPhoneNumberID != u.PhoneNumbers[0].ID || u.PrimaryWeb3WalletID != nil {
			t.Errorf("the first of a kind is primary: %+v", u)
		}
		for name, tt := range map[string]struct {
			id   string
			want []*roster.Error
		}{
			"another":        {u.EmailAddresses[2].ID, nil},
			"a reserved one": {u.EmailAddresses[1].ID, []*roster.Error{roster.ErrVerificationNeeded.On("primary_email_address_id")}},
			"of other kind":  {u.PhoneNumbers[1].ID, []*roster.Error{roster.ErrFormResourceNotFound.On("primary_email_address_id")}},
			"of other user":  {other.EmailAddresses[0].ID, []*roster.Error{roster.ErrFormResourceNotFound.On("primary_email_address_id")}},
			"an address":     {"c@x.io", []*roster.Error{roster.ErrFormResourceNotFound.On("primary_email_address_id")}},
		} {
			_, err := w.UpdateUser(t.Context(), w.caller, u.ID, roster.UpdateUser{PrimaryEmailAddressID: roster.Value(tt.id)})
			refused(t, name, err, tt.want...)
		}
		got, err := w.User(t.Context(), w.caller, u.ID)
		if err != nil || *got.PrimaryEmailAddressID != u.EmailAddresses[2].ID || *got.PrimaryPhoneNumberID != u.PhoneNumbers[0].ID {
			t.Errorf("user %+v, %v", got, err)
		}
	})
}
