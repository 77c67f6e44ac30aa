package service_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A code is good for once, however many try it at the same time.
func TestCodes_are_used_once(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{TOTPSecret: roster.Value(totpSecret), BackupCodes: []string{"one", "two", "three"}})
		const tries = 12
		var wait sync.WaitGroup
		errs := make([]error, tries)
		for i := range tries {
			wait.Go(func() {
				code := []string{"one", "two", "three"}[i%3]
				_, errs[i] = w.VerifyTOTP(t.Context(), w.caller, u.ID, roster.VerifyTOTP{Code: code})
			})
		}
		wait.Wait()
		right := 0
		for _, err := range errs {
			switch {
			case err == nil:
				right++
			case !errors.Is(err, roster.CodeTOTPIncorrect):
				t.Error(err)
			}
		}
		if right != 3 {
			t.Errorf("%d of %d tries were right, with three codes", right, tries)
		}
		if u, err := w.Service.User(t.Context(), w.caller, u.ID); err != nil || u.BackupCodeEnabled {
			t.Errorf("codes are left: %v", err)
		}
	})
}

// What is kept of a password changes hands silently: nobody else notices.
func TestDigests_are_replaced_when_they_verify(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		const digest = "185eec84df4d14da5f942fecc9eaaab2f77d1c0e1d60caf15b5c5efde555f22f"
		u := w.user(t, roster.CreateUser{PasswordHasher: roster.Value("sha256"), PasswordDigest: roster.Value(digest)})
		before := len(w.told(t))
		for _, wrong := range []string{"", "wrong", strings.Repeat("x", 1<<16)} {
			if _, err := w.VerifyPassword(t.Context(), w.caller, u.ID, roster.VerifyPassword{Password: wrong}); !errors.Is(err, roster.CodeIncorrectPassword) {
				t.Errorf("%.10q: %v", wrong, err)
			}
		}
		if !strings.Contains(exportOf(t, w), digest) {
			t.Error("a wrong password replaced the digest")
		}
		for range 2 {
			if _, err := w.VerifyPassword(t.Context(), w.caller, u.ID, roster.VerifyPassword{Password: "Tr0ub4dor é"}); err != nil {
				t.Fatal(err)
			}
			if text := exportOf(t, w); strings.Contains(text, digest) || !strings.Contains(text, "$argon2id$v=19$m=19456") {
				t.Error("the digest is still there")
			}
		}
		after, err := w.Service.User(t.Context(), w.caller, u.ID)
		if err != nil || after.UpdatedAt != u.UpdatedAt || *after.PasswordLastUpdatedAt != *u.PasswordLastUpdatedAt || len(w.told(t)) != before {
			t.Errorf("somebody noticed: %v", err)
		}
	})
}

func TestLocks_end(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{Locked: roster.Value(true)})
		const hour = 60 * 60 * 1000
		for _, tt := range []struct {
			wait   int64 // ms
			locked bool
			left   int64 // s
		}{{0, true, 3600}, {1, true, 3600}, {998, true, 3600}, {1, true, 3599}, {hour - 1001, true, 1}, {1, false, 0}, {hour, false, 0}} {
			w.clock.Add(tt.wait)
			u, err := w.Service.User(t.Context(), w.caller, u.ID)
			if err != nil {
				t.Fatal(err)
			}
			if u.Locked != tt.locked || u.Locked && *u.LockoutExpiresInSeconds != tt.left || !u.Locked && u.LockoutExpiresInSeconds != nil {
				t.Errorf("%d ms on: locked %t, %v s left", w.clock.Load()-morning, u.Locked, u.LockoutExpiresInSeconds)
			}
		}
	})
}

// The oldest form of bcrypt digests names no minor version in front of its cost.
func TestBackupCodes_as_digests_are_bounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		for cost, bad := range map[string]bool{"03": true, "04": false, "10": false, "11": true, "21": true, "31": true} {
			for _, version := range []string{"2", "2a", "2b", "2y"} {
				code := "$" + version + "$" + cost + "$" + strings.Repeat("a", 53)
				_, err := w.CreateUser(t.Context(), w.caller, roster.CreateUser{
					Username: roster.Value("u" + version + cost), TOTPSecret: roster.Value(totpSecret), BackupCodes: []string{code},
				})
				if !bad && err != nil || bad && !errors.Is(err, roster.CodeParamFormatInvalid) {
					t.Errorf("%s: %v", code, err)
				}
			}
		}
	})
}
