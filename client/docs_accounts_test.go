package client_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// The bodies of these functions, less the last return, are examples of
// docs/api/users.md and organizations.md.

func exampleUsersBanAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID, strangerID := w.userID, w.strangerID
	//
	banned, err := c.Users.BanAll(ctx, roster.Users{UserIDs: []string{userID, strangerID}})
	if err != nil {
		return err
	}
	fmt.Println(len(banned), banned[0].Banned)
	return nil
}

func exampleUsersUnbanAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID, strangerID := w.userID, w.strangerID
	//
	users, err := c.Users.UnbanAll(ctx, roster.Users{UserIDs: []string{userID, strangerID}})
	if err != nil {
		return err
	}
	fmt.Println(len(users), users[0].Banned)
	return nil
}

func exampleUsersLock(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Lock(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.Locked, *user.LockoutExpiresInSeconds)
	return nil
}

func exampleUsersUnlock(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Unlock(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.Locked)
	return nil
}

func exampleUsersVerifyPassword(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	answer, err := c.Users.VerifyPassword(ctx, userID, roster.VerifyPassword{Password: "correct horse"})
	if errors.Is(err, roster.CodeIncorrectPassword) {
		fmt.Println("wrong")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(answer.Verified)
	return nil
}

func exampleUsersRemovePassword(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.RemovePassword(ctx, userID, roster.RemovePassword{SignOutOfOtherSessions: true})
	if err != nil {
		return err
	}
	fmt.Println(user.PasswordEnabled)
	return nil
}

func exampleUsersSetPasswordCompromised(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.SetPasswordCompromised(ctx, userID, roster.SetPasswordCompromised{RevokeAllSessions: true})
	if err != nil {
		return err
	}
	fmt.Println(user.RequiresPasswordReset)
	return nil
}

func exampleUsersUnsetPasswordCompromised(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.UnsetPasswordCompromised(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.RequiresPasswordReset)
	return nil
}

func exampleUsersVerifyTOTP(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	answer, err := c.Users.VerifyTOTP(ctx, userID, roster.VerifyTOTP{Code: "spare-code-1"})
	if err != nil {
		return err
	}
	fmt.Println(answer.CodeType)
	return nil
}

func exampleUsersDisableMFA(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	answer, err := c.Users.DisableMFA(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(answer.UserID == userID)
	return nil
}

func exampleUsersDeleteTOTP(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	answer, err := c.Users.DeleteTOTP(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(answer.UserID == userID)
	return nil
}

func exampleUsersDeleteBackupCodes(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	answer, err := c.Users.DeleteBackupCodes(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(answer.UserID == userID)
	return nil
}

func exampleUsersDeletePasskey(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	_, err := c.Users.DeletePasskey(ctx, userID, "idn_2r0IXl6wk1eAjEM7O13z1wMD0EB")
	fmt.Println(errors.Is(err, roster.CodeResourceNotFound))
	return nil
}

func exampleUsersDeleteExternalAccount(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	_, err := c.Users.DeleteExternalAccount(ctx, userID, "eac_2r0IXl6wk1eAjEM7O13z1wMD0EB")
	fmt.Println(errors.Is(err, roster.CodeResourceNotFound))
	return nil
}

// tinyGIF has one pixel.
const tinyGIF = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

func exampleOrganizationsUploadLogo(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID, file := w.organizationID, w.userID, strings.NewReader(tinyGIF)
	//
	organization, err := c.Organizations.UploadLogo(ctx, organizationID, roster.UploadLogo{File: file, UploaderUserID: userID})
	if err != nil {
		return err
	}
	fmt.Println(organization.HasImage && organization.LogoURL == organization.ImageURL)
	return nil
}

func exampleOrganizationsDeleteLogo(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	organization, err := c.Organizations.DeleteLogo(ctx, organizationID)
	if err != nil {
		return err
	}
	fmt.Println(organization.HasImage)
	return nil
}

func exampleUsersSetProfileImage(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID, file := w.userID, strings.NewReader(tinyGIF)
	//
	user, err := c.Users.SetProfileImage(ctx, userID, roster.UploadProfileImage{File: file})
	if err != nil {
		return err
	}
	fmt.Println(user.HasImage)
	return nil
}

func exampleUsersDeleteProfileImage(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.DeleteProfileImage(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.HasImage)
	return nil
}

func provokeImages(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client()
	bare := must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value("faceless"), SkipPasswordRequirement: true}))(t)
	plain := must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Plain"}))(t)
	for code, in := range map[string]struct{ owner, file string }{
		"form_param_missing":   {},
		"request_body_invalid": {"", "no image"},
		"image_too_large":      {"", strings.Repeat("x", roster.MaxImageBytes+1)},
		"resource_not_found":   {"_none", tinyGIF},
	} {
		calls["OrganizationsUploadLogo "+code] = func() error {
			return second(c.Organizations.UploadLogo(ctx, w.organizationID+in.owner, roster.UploadLogo{File: strings.NewReader(in.file)}))
		}
		calls["UsersSetProfileImage "+code] = func() error {
			return second(c.Users.SetProfileImage(ctx, w.userID+in.owner, roster.UploadProfileImage{File: strings.NewReader(in.file)}))
		}
	}
	calls["OrganizationsDeleteLogo resource_not_found"] = func() error { return second(c.Organizations.DeleteLogo(ctx, "org_none")) }
	calls["OrganizationsDeleteLogo image_not_found"] = func() error { return second(c.Organizations.DeleteLogo(ctx, plain.ID)) }
	calls["UsersDeleteProfileImage resource_not_found"] = func() error { return second(c.Users.DeleteProfileImage(ctx, "user_none")) }
	calls["UsersDeleteProfileImage image_not_found"] = func() error { return second(c.Users.DeleteProfileImage(ctx, bare.ID)) }
}

func provokeAccounts(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().Users
	bare := must(c.Create(ctx, roster.CreateUser{Username: roster.Value("bare"), SkipPasswordRequirement: true}))(t)
	many := make([]string, roster.MaxBulkUsers+1)
	on := func(section, code string, call func() error) { calls["Users"+section+" "+code] = call }
	on("BanAll", "resource_not_found", func() error { return second(c.BanAll(ctx, roster.Users{UserIDs: []string{w.userID, "user_none"}})) })
	on("BanAll", "form_param_missing", func() error { return second(c.BanAll(ctx, roster.Users{})) })
	on("BanAll", "form_param_array_size_exceeded", func() error { return second(c.BanAll(ctx, roster.Users{UserIDs: many})) })
	on("UnbanAll", "resource_not_found", func() error { return second(c.UnbanAll(ctx, roster.Users{UserIDs: []string{w.userID, "user_none"}})) })
	on("UnbanAll", "form_param_missing", func() error { return second(c.UnbanAll(ctx, roster.Users{})) })
	on("UnbanAll", "form_param_array_size_exceeded", func() error { return second(c.UnbanAll(ctx, roster.Users{UserIDs: many})) })
	on("Lock", "resource_not_found", func() error { return second(c.Lock(ctx, "user_none")) })
	on("Unlock", "resource_not_found", func() error { return second(c.Unlock(ctx, "user_none")) })
	on("VerifyPassword", "no_password_set", func() error { return second(c.VerifyPassword(ctx, bare.ID, roster.VerifyPassword{Password: "wrong"})) })
	on("VerifyPassword", "resource_not_found", func() error {
		return second(c.VerifyPassword(ctx, "user_none", roster.VerifyPassword{Password: "wrong"}))
	})
	on("VerifyPassword", "incorrect_password", func() error { return second(c.VerifyPassword(ctx, w.userID, roster.VerifyPassword{Password: "wrong"})) })
	on("VerifyPassword", "form_param_nil", func() error { return second(c.VerifyPassword(ctx, w.userID, roster.VerifyPassword{})) })
	on("RemovePassword", "resource_not_found", func() error { return second(c.RemovePassword(ctx, "user_none", roster.RemovePassword{})) })
	on("SetPasswordCompromised", "no_password_set", func() error { return second(c.SetPasswordCompromised(ctx, bare.ID, roster.SetPasswordCompromised{})) })
	on("SetPasswordCompromised", "resource_not_found", func() error {
		return second(c.SetPasswordCompromised(ctx, "user_none", roster.SetPasswordCompromised{}))
	})
	on("UnsetPasswordCompromised", "no_password_set", func() error { return second(c.UnsetPasswordCompromised(ctx, bare.ID)) })
	on("UnsetPasswordCompromised", "resource_not_found", func() error { return second(c.UnsetPasswordCompromised(ctx, "user_none")) })
	on("VerifyTOTP", "totp_disabled", func() error { return second(c.VerifyTOTP(ctx, bare.ID, roster.VerifyTOTP{Code: "wrong"})) })
	on("VerifyTOTP", "resource_not_found", func() error { return second(c.VerifyTOTP(ctx, "user_none", roster.VerifyTOTP{Code: "wrong"})) })
	on("VerifyTOTP", "totp_incorrect_code", func() error { return second(c.VerifyTOTP(ctx, w.userID, roster.VerifyTOTP{Code: "wrong"})) })
	on("VerifyTOTP", "form_param_nil", func() error { return second(c.VerifyTOTP(ctx, w.userID, roster.VerifyTOTP{})) })
	on("DisableMFA", "resource_not_found", func() error { return second(c.DisableMFA(ctx, "user_none")) })
	on("DeleteTOTP", "resource_not_found", func() error { return second(c.DeleteTOTP(ctx, "user_none")) })
	on("DeleteBackupCodes", "resource_not_found", func() error { return second(c.DeleteBackupCodes(ctx, "user_none")) })
	on("DeletePasskey", "resource_not_found", func() error { return second(c.DeletePasskey(ctx, "user_none", "idn_none")) })
	on("DeleteExternalAccount", "resource_not_found", func() error { return second(c.DeleteExternalAccount(ctx, "user_none", "idn_none")) })
}
