package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

// filledKey is the key of the instance that fill makes.
const filledKey = "sk_test_StoredSchemaStoredSchemaStoredSchemaStored"

// filledSigningKey is a short one, of Ed25519, for which no token was signed.
const filledSigningKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f
-----END PRIVATE KEY-----
`

// fill leaves a row in every table, always the same ones: a directory of a few
// users with every kind of identifier, metadata that is easily spoiled, a password,
// sessions, a revoked key, and what was removed.
func fill(t *testing.T, st *store.Store) {
	t.Helper()
	ctx := t.Context()
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	svc := service.New(st, service.Options{
		Now:  func() time.Time { at = at.Add(time.Second); return at },
		Rand: rand.NewChaCha8([32]byte{1}),
	})
	in, _, err := svc.CreateInstance(ctx, "stored", "", filledKey)
	if err != nil {
		t.Fatal(err)
	}
	k, _, err := svc.CreateKey(ctx, in.ID, "old", "")
	if err == nil {
		_, err = svc.RevokeKey(ctx, k.ID)
	}
	if err == nil {
		err = fillDirectory(ctx, svc, service.Caller{InstanceID: in.ID, Environment: in.Environment,
			OrganizationsEnabled: true, Version: roster.VersionMetadataEndpoints, ClientIP: "127.0.0.1", UserAgent: "test"})
	}
	if err == nil {
		err = st.Write(ctx, in.ID, at.UnixMilli(), func(tx *store.Tx) error {
			page, err := tx.Sessions(roster.SessionQuery{}, tx.Now)
			if err != nil {
				return err
			}
			return errors.Join(tx.InsertRefreshToken(store.RefreshToken{Hash: "h", SessionID: page.Data[0].ID, Origin: "https://app.example", ExpiresAt: 1 << 50}),
				tx.InsertSigningKey(in.ID, filledSigningKey), tx.InsertSigningKey(in.ID+"_2", filledSigningKey))
		})
	}
	if err == nil {
		err = st.Write(ctx, "ins_unfinished", 1, func(tx *store.Tx) error {
			return errors.Join(tx.BeginImport(), tx.SaveImport(0, store.ImportState{Lines: 7, Digest: "d"}))
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// tinyGIF has one pixel.
const tinyGIF = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

func fillDirectory(ctx context.Context, svc *service.Service, c service.Caller) error {
	people := []roster.CreateUser{
		{EmailAddress: []string{"Ada@example.com", "ada@old.example.com"}, PhoneNumber: []string{"+15555550100"},
			Web3Wallet: []string{"0x52908400098527886E0F7030069857D2E4169EE7"}, Username: roster.Value("Ada_L"),
			FirstName: roster.Value("Ada"), LastName: roster.Value("Lövelace"), ExternalID: roster.Value("ext 'one'"),
			Password: roster.Value("correct horse battery"), PublicMetadata: roster.Metadata(`{"z":1,"a":12345678901234567890.10,"n":null,"t":"é\u0000\"\\\n"}`)},
		{PhoneNumber: []string{"+15555550101"}, FirstName: roster.Value("Zoë 😀"), Banned: roster.Value(true)},
		{EmailAddress: []string{"gone@example.com"}},
		{Username: roster.Value("guarded"), PasswordHasher: roster.Value("md5"), PasswordDigest: roster.Value("d621dea6db7eb1ff1ff6a4b24e074cca"),
			TOTPSecret: roster.Value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), BackupCodes: []string{"spare"}, Locked: roster.Value(true)},
	}
	var ids []string
	for _, p := range people {
		u, err := svc.CreateUser(ctx, c, p)
		if err != nil {
			return err
		}
		ids = append(ids, u.ID)
	}
	o, err := svc.CreateOrganization(ctx, c, roster.CreateOrganization{Name: "Straße & Söhne", CreatedBy: roster.Value(ids[0]),
		MaxAllowedMemberships: roster.Value[int64](7), PrivateMetadata: roster.Metadata(`{"x":[1,{"y":null}]}`)})
	if err != nil {
		return err
	}
	empty, err := svc.CreateOrganization(ctx, c, roster.CreateOrganization{Name: "Nobody"})
	if err != nil {
		return err
	}
	for _, id := range ids[1:] {
		if _, err := svc.CreateMembership(ctx, c, o.ID, roster.CreateMembership{UserID: id, Role: roster.RoleMember,
			PublicMetadata: roster.Metadata(`{"title":"\u00e9"}`)}); err != nil {
			return err
		}
	}
	if err := fillDomains(ctx, svc, c, o.ID, empty.ID); err != nil {
		return err
	}
	for _, days := range []int64{1, 30} {
		if _, err := svc.CreateInvitation(ctx, c, o.ID, roster.CreateInvitation{EmailAddress: fmt.Sprintf("invited%d@example.com", days), Role: roster.RoleMember,
			InviterUserID: roster.Value(ids[0]), RedirectURL: roster.Value("https://example.com/in?x=1"), ExpiresInDays: roster.Value(days)}); err != nil {
			return err
		}
	}
	_, allowed := svc.CreateAllowlistIdentifier(ctx, c, roster.CreateAllowlistIdentifier{Identifier: "*@example.com"})
	_, blocked := svc.CreateBlocklistIdentifier(ctx, c, roster.CreateBlocklistIdentifier{Identifier: "+15555550199"})
	_, restricted := svc.UpdateRestrictions(ctx, c, roster.UpdateInstanceRestrictions{Blocklist: roster.Value(true)})
	browsers := svc.UpdateInstance(ctx, c, roster.UpdateInstance{SupportEmail: roster.Value("help@example.com"), AllowedOrigins: []string{"https://a.example", "app://b"}})
	_, template := svc.CreateJWTTemplate(ctx, c, roster.CreateJWTTemplate{Name: "stored", Claims: roster.Metadata(`{"aud":"a","n":{"x":"{{org.slug || 'é'}}"}}`)})
	_, first := svc.CreateSession(ctx, c, roster.CreateSession{UserID: ids[0]})
	_, second := svc.CreateSession(ctx, c, roster.CreateSession{UserID: ids[0], ActiveOrganizationID: roster.Value(o.ID)})
	if err := fillAddresses(ctx, svc, c, ids); err != nil {
		return err
	}
	_, third := svc.DeleteUser(ctx, c, ids[2])
	_, fourth := svc.UpdateOrganization(ctx, c, empty.ID, roster.UpdateOrganization{Name: roster.Value("Nobody here")})
	_, image := svc.SetUserProfileImage(ctx, c, ids[0], service.Upload{File: gif()})
	_, logo := svc.UploadOrganizationLogo(ctx, c, o.ID, service.Upload{File: gif(), UploaderUserID: ids[0]})
	return errors.Join(allowed, blocked, restricted, browsers, template, image, logo, first, second, third, fourth)
}

// fillDomains adds domains, verified or not, and suggests an organization to Ada.
func fillDomains(ctx context.Context, svc *service.Service, c service.Caller, organizationID, emptyID string) error {
	d, first := svc.CreateDomain(ctx, c, organizationID, roster.CreateOrganizationDomain{Name: "Bücher.example"})
	_, second := svc.CreateDomain(ctx, c, organizationID, roster.CreateOrganizationDomain{Name: "unverified.example", Verified: roster.Value(false)})
	_, third := svc.CreateDomain(ctx, c, emptyID, roster.CreateOrganizationDomain{Name: "old.example.com", EnrollmentMode: roster.Value(roster.AutomaticSuggestion)})
	if err := errors.Join(first, second, third); err != nil {
		return err
	}
	_, err := svc.VerifyDomainOwnership(ctx, c, organizationID, d.ID)
	return err
}

// fillAddresses gives two users an address that is not verified, one of them a number
// for a second factor, and sends the other a code.
func fillAddresses(ctx context.Context, svc *service.Service, c service.Caller, ids []string) error {
	for _, id := range ids[:2] {
		if _, err := svc.CreateEmailAddress(ctx, c, roster.CreateEmailAddress{UserID: id, EmailAddress: "shared@example.com"}); err != nil {
			return err
		}
	}
	_, err := svc.CreatePhoneNumber(ctx, c, roster.CreatePhoneNumber{UserID: ids[0], PhoneNumber: "+15555550102",
		Verified: roster.Value(true), ReservedForSecondFactor: roster.Value(true)})
	if err != nil {
		return err
	}
	// Numbers for fiction can be verified without a code to read.
	p, err := svc.CreatePhoneNumber(ctx, c, roster.CreatePhoneNumber{UserID: ids[1], PhoneNumber: "+15555550103"})
	if err != nil {
		return err
	}
	v, err := svc.PreparePhoneVerification(ctx, c, p.ID)
	if err == nil {
		_, err = svc.AttemptPhoneVerification(ctx, c, p.ID, roster.AttemptVerification{VerificationID: v.ID, Code: "424242"})
	}
	return err
}

func gif() *io.SectionReader {
	return io.NewSectionReader(strings.NewReader(tinyGIF), 0, int64(len(tinyGIF)))
}
