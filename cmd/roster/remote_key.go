package main

import (
	"cmp"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/rosterhq/roster/client"
)

// source is a variable that may hold a secret key, and the address that is the key's
// own; empty where none is configured.
type source struct{ variable, address string }

func sources() []source {
	return []source{
		{"ROSTER_SECRET_KEY", os.Getenv("ROSTER_BASE_URL")},
		{"CLERK_SECRET_KEY", cmp.Or(os.Getenv("CLERK_API_URL"), client.DefaultBaseURL)},
	}
}

func (s source) key() string { return strings.TrimSpace(os.Getenv(s.variable)) }

// resolve finds the server and the key. The key of a flag goes wherever the command
// goes. One of the environment goes to its own address and nowhere else; where it has
// none, it may go anywhere but to Clerk and to the address of another.
func (r *remote) resolve() {
	target := cmp.Or(r.baseURL, os.Getenv("ROSTER_BASE_URL"))
	from := source{"--secret-key", ""}
	if r.secretKey = strings.TrimSpace(r.secretKey); r.secretKey == "" {
		if from = choose(target); from.variable != "" {
			r.secretKey = from.key()
		}
	}
	r.keyFrom = from.variable
	r.baseURL = withVersionPath(cmp.Or(target, from.address, "http://"+defaultAddr))
}

// choose finds the source of the key for an address, or for the key's own where there
// is none; the zero source where no key goes there.
func choose(target string) source {
	for _, fits := range []func(source) bool{
		func(s source) bool { return target == "" || s.address != "" && sameServer(s.address, target) },
		func(s source) bool { return s.address == "" && !isClerk(target) && !isOwned(target) },
	} {
		for _, s := range sources() {
			if s.key() != "" && fits(s) {
				return s
			}
		}
	}
	return source{}
}

func isClerk(base string) bool {
	u, err := url.Parse(base)
	clerk, err2 := url.Parse(client.DefaultBaseURL)
	return err == nil && err2 == nil && host(u) == host(clerk)
}

// isOwned reports whether an address is some key's own, also where that key is not set.
func isOwned(base string) bool {
	return slices.ContainsFunc(sources(), func(s source) bool { return s.address != "" && sameServer(s.address, base) })
}

// host is a URL's host without its port; a dot at the end names the same one.
func host(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

// sameServer reports whether two base URLs are spellings of one.
func sameServer(a, b string) bool {
	x, okX := spelled(a)
	y, okY := spelled(b)
	return okX && okY && x == y
}

func spelled(base string) (string, bool) {
	u, err := url.Parse(withVersionPath(base))
	if err != nil {
		return "", false
	}
	scheme, port := strings.ToLower(u.Scheme), u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[scheme]
	}
	return scheme + "://" + host(u) + ":" + port + strings.TrimRight(u.EscapedPath(), "/"), true
}

// withVersionPath adds the /v1 that SDKs leave out of a base URL.
func withVersionPath(base string) string {
	u, err := url.Parse(base)
	if err != nil || strings.Trim(u.Path, "/") != "" {
		return base
	}
	u.Path = "/v1"
	return u.String()
}

// noKey tells how to give a key, and of those there are that they do not go there.
func (r *remote) noKey() *failure {
	list := slices.DeleteFunc(sources(), func(s source) bool { return s.key() == "" })
	if len(list) == 0 {
		return &failure{exitAuthentication, "there is no secret key", "give --secret-key, or set ROSTER_SECRET_KEY or CLERK_SECRET_KEY"}
	}
	what := list[0].variable + " does not"
	if len(list) > 1 {
		what = list[0].variable + " and " + list[1].variable + " do not"
	}
	return &failure{exitAuthentication, "there is no secret key for " + r.place() + ", and " + what + " go there",
		"--secret-key gives one for any address; a key of the environment goes to its own"}
}
