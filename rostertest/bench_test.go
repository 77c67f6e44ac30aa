package rostertest_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

const members = 1000

// BenchmarkList reads pages of an organization of 1,000 members, beside the floor:
// bare net/http writing the same bytes.
func BenchmarkList(b *testing.B) {
	srv := rostertest.New(b)
	o := organization(b, srv.Client())
	addMembers(b, srv.Client(), o.ID, members)
	for _, limit := range []int{10, 100, 500} {
		url := fmt.Sprintf("%s/organizations/%s/memberships?limit=%d", srv.URL, o.ID, limit)
		body := fetch(b, url, srv.SecretKey)
		floor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			_, _ = w.Write(body) // a client that went away is no concern of the floor
		}))
		b.Run(fmt.Sprintf("limit=%d/floor", limit), func(b *testing.B) { fetchAll(b, floor.URL, srv.SecretKey, len(body)) })
		b.Run(fmt.Sprintf("limit=%d/roster", limit), func(b *testing.B) { fetchAll(b, url, srv.SecretKey, len(body)) })
		floor.Close()
	}
}

// BenchmarkCreate adds members to one organization, durably, from one client and
// from many.
func BenchmarkCreate(b *testing.B) {
	for _, clients := range []int{1, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			srv := rostertest.New(b)
			c := srv.Client()
			o := organization(b, c)
			users := addUsers(b, c, b.N)
			b.ResetTimer()
			together(b, clients, b.N, func(i int) error {
				_, err := c.OrganizationMemberships.Create(context.Background(), o.ID, roster.CreateMembership{UserID: users[i], Role: roster.RoleMember})
				return err
			})
		})
	}
}

func organization(b *testing.B, c *client.Client) *roster.Organization {
	b.Helper()
	o, err := c.Organizations.Create(context.Background(), roster.CreateOrganization{Name: "Bench"})
	if err != nil {
		b.Fatal(err)
	}
	return o
}

func addMembers(b *testing.B, c *client.Client, organizationID string, n int) {
	b.Helper()
	users := addUsers(b, c, n)
	together(b, 32, n, func(i int) error {
		_, err := c.OrganizationMemberships.Create(context.Background(), organizationID, roster.CreateMembership{UserID: users[i], Role: roster.RoleMember})
		return err
	})
}

func addUsers(b *testing.B, c *client.Client, n int) []string {
	b.Helper()
	ids := make([]string, n)
	together(b, 32, n, func(i int) error {
		u, err := c.Users.Create(context.Background(), roster.CreateUser{
			FirstName:    roster.Value("First" + strconv.Itoa(i)),
			LastName:     roster.Value("Last" + strconv.Itoa(i%97)),
			Username:     roster.Value("user" + strconv.Itoa(i)),
			EmailAddress: []string{fmt.Sprintf("user%d@example.com", i)},
		})
		if err == nil {
			ids[i] = u.ID
		}
		return err
	})
	return ids
}

// together calls do with 0 … n-1 from a number of clients.
func together(b *testing.B, clients, n int, do func(i int) error) {
	b.Helper()
	next := make(chan int)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for i := range next {
				if err := do(i); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func fetchAll(b *testing.B, url, key string, size int) {
	b.SetBytes(int64(size))
	for b.Loop() {
		if got := len(fetch(b, url, key)); got != size {
			b.Fatalf("%d bytes, want %d", got, size)
		}
	}
}

func fetch(b *testing.B, url, key string) []byte {
	b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("status %d, %v: %.200s", resp.StatusCode, err, body)
	}
	return body
}
