package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"
)

// result is a scenario beside its floors: medians of the rounds, in requests a
// second; what was not measured is 0.
type result struct {
	Engine  string
	Members int
	// Organizations they are spread over, 0 for the one.
	Organizations int
	Scenario      string
	Group         string
	Clients       int
	Server        float64
	HTTP          float64
	Storage       float64
	CPU           float64 // of the server, µs a request
	P50, P99      float64 // µs
}

// Combined is what HTTP and storage would cost one after the other, with nothing in
// between.
func (r result) Combined() float64 {
	switch {
	case r.HTTP == 0 && r.Storage == 0:
		return 0
	case r.Storage == 0:
		return r.HTTP
	case r.HTTP == 0:
		return r.Storage
	}
	return 1 / (1/r.HTTP + 1/r.Storage)
}

// Ratio is how near the server comes.
func (r result) Ratio() float64 {
	if r.Combined() == 0 {
		return 0
	}
	return r.Server / r.Combined()
}

// bench is a server, its database and the floors beside it.
type bench struct {
	engine  string
	d       directory
	server  *server
	floor   *server
	storage storage
	rounds  int
	while   time.Duration
	say     func(format string, args ...any)
	serial  int             // of what writes have used up
	from    int             // the first request of a round
	turns   []atomic.Uint32 // of each member of the big organization, how often its role has changed
}

// compare runs a scenario and its floors in turns.
func (b *bench) compare(s scenario, clients int) (result, error) {
	r := result{Engine: b.engine, Members: b.d.memberships(), Organizations: b.d.organizations(), Scenario: s.name, Group: s.group, Clients: clients}
	var rates [3][]float64
	var cpu, p50, p99 []float64
	for round := range b.rounds + 1 {
		request, err := b.requests(s)
		if err != nil {
			return r, err
		}
		m, err := b.server.load(clients, b.while, request)
		if err != nil {
			return r, fmt.Errorf("%s: %w", s.name, err)
		}
		floors, err := b.floors(s, clients, request)
		if err != nil {
			return r, fmt.Errorf("floor of %s: %w", s.name, err)
		}
		if round == 0 { // warms up
			continue
		}
		rates[0] = append(rates[0], m.rate())
		rates[1] = append(rates[1], floors[0])
		rates[2] = append(rates[2], floors[1])
		cpu = append(cpu, float64(m.cpu.Microseconds())/float64(m.done))
		p50 = append(p50, float64(m.quantile(0.5).Microseconds()))
		p99 = append(p99, float64(m.quantile(0.99).Microseconds()))
	}
	r.Server, r.HTTP, r.Storage = median(rates[0]), median(rates[1]), median(rates[2])
	r.CPU, r.P50, r.P99 = median(cpu), median(p50), median(p99)
	b.say("%-9s %8d %-30s %2d clients %9.0f/s  http %8.0f  storage %8.0f  ratio %.2f  cpu %6.0f µs  p50 %6.0f p99 %6.0f µs",
		r.Engine, r.Members, r.Scenario, r.Clients, r.Server, r.HTTP, r.Storage, r.Ratio(), r.CPU, r.P50, r.P99)
	return r, nil
}

// floors measures HTTP with the answer that the server gives, and the storage.
func (b *bench) floors(s scenario, clients int, of func(n int) request) (rates [2]float64, err error) {
	if s.group == "tokens" {
		rates[1], err = signatures(clients, b.while)
		return rates, err
	}
	b.serial++
	sample := of(-b.serial) // which the load does not come to
	answer, err := once(b.server.addr(), sample)
	if err == nil {
		err = b.floor.keep("answer", answer)
	}
	if err != nil {
		return rates, err
	}
	same := request{sample.method, "/floor/answer", sample.body}
	m, err := b.floor.load(clients, b.while, func(int) request { return same })
	if err != nil {
		return rates, err
	}
	rates[0] = m.rate()
	open := func() (func(int) error, func() error, error) { return b.storage.reader(s.page) }
	switch {
	case s.group == "writes":
		open = func() (func(int) error, func() error, error) { return b.storage.writer(s.write) }
	case s.group == "filters":
		return rates, nil // what a filter must cost at least, nobody can say
	}
	m, err = load(clients, b.while, self, open)
	rates[1] = m.rate()
	return rates, err
}

// requests are those of a scenario; those that create or delete need something
// nobody has used.
func (b *bench) requests(s scenario) (func(n int) request, error) {
	if s.request != nil {
		b.from += 1_000_003 // others than in the rounds before
		from := b.from
		return func(n int) request { return s.request(b.d, from+n) }, nil
	}
	member := func(method, organization string, user int) request {
		user = (user%b.d.members + b.d.members) % b.d.members
		r := request{method: method, target: "/v1/organizations/" + organization + "/memberships"}
		if method == "DELETE" {
			r.target += "/" + userID(user)
			return r
		}
		r.body = `{"user_id":"` + userID(user) + `","role":"org:member"}`
		return r
	}
	switch s.name {
	case "role update":
		return b.roleChange, nil
	case "create, one organization":
		id, err := b.organization()
		return func(n int) request { return member("POST", id, n) }, err
	case "create, many organizations":
		var ids []string
		for range 64 {
			id, err := b.organization()
			if err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
		return func(n int) request { return member("POST", ids[uint(n)%uint(len(ids))], n) }, nil // each somebody else: a user has one change at a time
	case "delete":
		return b.deletions(member)
	}
	return b.tokens()
}

// roleChange gives a member the role that it has not.
func (b *bench) roleChange(n int) request {
	user := somebody(b.d, n)
	role := "org:member"
	if (b.turns[user].Add(1)%2 == 1) != admin(user) {
		role = "org:admin"
	}
	return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(user), `{"role":"` + role + `"}`}
}

// deletions take members out of a new organization that has enough of them.
func (b *bench) deletions(member func(method, organization string, user int) request) (func(n int) request, error) {
	id, err := b.organization()
	if err != nil {
		return nil, err
	}
	const spare = 100 // for the floor
	n := min(b.d.members, int(b.while.Seconds()*12_000)+200)
	var c []*connection
	for range 16 {
		one, err := dial(b.server.addr())
		if err != nil {
			return nil, err
		}
		c = append(c, one)
	}
	failed := make(chan error)
	for i, one := range c {
		go func() {
			for user := i; user < n; user += len(c) {
				if status, body, err := one.do(member("POST", id, user)); err != nil || status != 200 {
					failed <- fmt.Errorf("add a member: %d %s %w", status, body, err)
					return
				}
			}
			failed <- one.Close()
		}()
	}
	for range c {
		err = errors.Join(err, <-failed)
	}
	return func(i int) request {
		switch {
		case i < 0:
			i = n - 1 - -i%spare
		case i >= n-spare: // more than there are: a 404 ends the run loudly
			i = -1
		}
		return member("DELETE", id, i)
	}, err
}

func (b *bench) organization() (id string, err error) {
	b.serial++
	answer, err := once(b.server.addr(), request{"POST", "/v1/organizations", fmt.Sprintf(`{"name":"Run %s %d"}`, run, b.serial)})
	if err != nil {
		return "", err
	}
	var o struct{ ID string }
	err = json.Unmarshal(answer, &o)
	return o.ID, err
}

// tokens are of one session.
func (b *bench) tokens() (func(n int) request, error) {
	answer, err := once(b.server.addr(), request{"POST", "/v1/sessions", `{"user_id":"` + userID(1) + `"}`})
	if err != nil {
		return nil, err
	}
	var s struct{ ID string }
	err = json.Unmarshal(answer, &s)
	return func(int) request { return request{"POST", "/v1/sessions/" + s.ID + "/tokens", "{}"} }, err
}

var key *rsa.PrivateKey

// signatures is how many RSA-2048 signatures this machine makes in a second.
func signatures(clients int, while time.Duration) (float64, error) {
	if key == nil {
		var err error
		if key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return 0, err
		}
	}
	digest := sha256.Sum256([]byte("token"))
	m, err := load(clients, while, self, func() (func(int) error, func() error, error) {
		return func(int) error {
			_, err := rsa.SignPKCS1v15(rand.Reader, key, 5, digest[:]) // SHA-256
			return err
		}, func() error { return nil }, nil
	})
	return m.rate(), err
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}
