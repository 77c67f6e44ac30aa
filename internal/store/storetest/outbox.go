package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/rosterhq/roster/internal/store"
)

// mailIsClaimedOnce lets many servers ask for due mail at once: each is given to one
// of them, comes back when its sender is not heard of in time, and is gone once sent.
func mailIsClaimedOnce(t *testing.T, b *bench) {
	const mails, due, later = 100, 1000, 2000 // as many; ms
	for i := range mails {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			return tx.AppendMail(store.Mail{ID: fmt.Sprint("mail_", i), Channel: channel(i), To: "ada@example.com", Subject: "s", Text: "t", HTML: "h"})
		})
	}
	if got := claimAll(t, b, 0, later); len(got) != 0 {
		t.Errorf("%d mails are claimed before they are due", len(got))
	}
	for attempt, now := range []int64{due, later} {
		claimed := claimAll(t, b, now, now+1000)
		if len(claimed) != mails {
			t.Errorf("attempt %d: %d of %d mails", attempt+1, len(claimed), mails)
		}
		for id, m := range claimed {
			if m.n != 1 || m.mail.Attempts != int64(attempt+1) || m.mail.InstanceID != "ins_1" {
				t.Errorf("attempt %d: %s is claimed %d times: %+v", attempt+1, id, m.n, m.mail)
			}
			if now == later {
				if err := b.store.DeleteMail(context.Background(), m.mail); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if got := claimAll(t, b, 1<<40, 1<<41); len(got) != 0 {
		t.Errorf("%d mails are claimed after they were sent", len(got))
	}
}

// channel is one of both, by turns.
func channel(i int) string {
	if i%2 == 0 {
		return store.ChannelEmail
	}
	return store.ChannelText
}

// mailKeepsToItsChannel lets a server claim what it can send, and clears what is too
// late for anybody.
func mailKeepsToItsChannel(t *testing.T, b *bench) {
	late := int64(500)
	for i := range 4 {
		m := store.Mail{ID: fmt.Sprint("mail_", i), Channel: channel(i), To: "ada@example.com"}
		if i > 1 {
			m.ExpiresAt = &late
		}
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.AppendMail(m) })
	}
	claim := func(want string, channels ...string) {
		t.Helper()
		m, err := b.store.ClaimMail(context.Background(), 1000, 2000, channels...)
		if got := m.ID; got != want || err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("claimed %q by %q, %v; want %q", got, channels, err, want)
		}
	}
	claim("")
	claim("mail_1", store.ChannelText)
	if err := b.store.ClearMails(context.Background(), late); err != nil {
		t.Fatal(err)
	}
	claim("", store.ChannelText)
	claim("mail_0", store.ChannelEmail, store.ChannelText)
	claim("", store.ChannelEmail, store.ChannelText)
}

// claim is a mail and how often it was given out.
type claim struct {
	mail store.Mail
	n    int
}

// claimAll claims what is due, from many sides at once.
func claimAll(t *testing.T, b *bench, now, until int64) map[string]claim {
	t.Helper()
	claimed := map[string]claim{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for {
				m, err := b.store.ClaimMail(context.Background(), now, until, store.ChannelEmail, store.ChannelText)
				if err != nil {
					if !errors.Is(err, store.ErrNotFound) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				claimed[m.ID] = claim{m, claimed[m.ID].n + 1}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return claimed
}
