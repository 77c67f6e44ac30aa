package main

import (
	"github.com/clerk/clerk-sdk-go/v2/domain"
	"github.com/clerk/clerk-sdk-go/v2/proxycheck"
)

// unservedCalls are what the server says it does not serve, beside
// users.oauth_tokens.
var unservedCalls = map[string]function{
	"instance_domains.list":   {"domain.List", plain(domain.List)},
	"instance_domains.add":    {"domain.Create", plain(domain.Create)},
	"instance_domains.update": {"domain.Update", with(domain.Update, "domain_id")},
	"instance_domains.delete": {"domain.Delete", only(domain.Delete, "domain_id")},
	"proxy_checks.create":     {"proxycheck.Create", plain(proxycheck.Create)},
}

// leftOut are packages of resources that Roster does not have, and jwt, whose functions
// the tests of tokens call.
var leftOut = []string{
	"actortoken", "apikey", "billing", "invitation", "jwt", "m2m_token", "machine", "machinescope",
	"oauthapplication", "redirecturl", "samlconnection", "signintoken", "svixwebhook", "template", "testingtoken",
	"waitlistentry",
}
