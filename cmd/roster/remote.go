package main

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// remote is the server that the commands on a directory talk to.
type remote struct {
	baseURL   string
	secretKey string
	keyFrom   string // which flag or variable gave the key
	version   string
	dryRun    bool
	yes       bool
	verbose   bool
}

func (r *remote) register(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.StringVar(&r.baseURL, "base-url", "", "`URL` of the server (env ROSTER_BASE_URL, else CLERK_API_URL for CLERK_SECRET_KEY; default http://"+defaultAddr+"/v1)")
	f.StringVar(&r.secretKey, "secret-key", "", "secret `KEY` of the instance (env ROSTER_SECRET_KEY for ROSTER_BASE_URL, CLERK_SECRET_KEY for CLERK_API_URL); in the environment other users cannot see it")
	f.StringVar(&r.version, "api-version", string(roster.VersionMetadataEndpoints), "API `VERSION` to ask for")
	f.BoolVar(&r.dryRun, "dry-run", false, "print the request instead of sending it")
	f.BoolVarP(&r.yes, "yes", "y", false, "change a production instance without asking")
	f.BoolVarP(&r.verbose, "verbose", "v", false, "tell of each request on standard error")
	completeWith(cmd, "api-version", versionNames()...)
	completeWith(cmd, "base-url")
	completeWith(cmd, "secret-key")
}

func versionNames() []string {
	var out []string
	for _, v := range roster.Versions {
		out = append(out, string(v))
	}
	return out
}

// connect makes the client. It sends nothing.
func (r *remote) connect(cmd *cobra.Command) (*client.Client, error) {
	r.resolve()
	if strings.ContainsFunc(r.secretKey, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return nil, usagef("secret keys are letters, digits and _", "the secret key has a character that no key has")
	}
	if !roster.Version(r.version).Known() {
		return nil, usagef("--api-version takes "+strings.Join(versionNames(), ", "), "unknown API version %q", r.version)
	}
	u, err := url.Parse(r.baseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, usagef("--base-url takes http(s)://HOST[:PORT][/v1]", "the base URL is not one of a server")
	}
	if r.secretKey == "" && !r.dryRun {
		return nil, r.noKey()
	}
	options := []client.Option{
		client.WithBaseURL(r.baseURL),
		client.WithVersion(roster.Version(r.version)),
		client.WithUserAgent("roster-cli/" + strings.Trim(readBuild().Version, "()")),
		client.WithHTTPClient(newWire(cmd, r)),
	}
	if r.dryRun {
		options = append(options, client.WithRetries(0))
	}
	return client.New(r.secretKey, options...), nil
}

// isLive reports whether the key is one of a production instance.
func (r *remote) isLive() bool { return strings.HasPrefix(r.secretKey, "sk_live_") }

// hide takes the secret key out of a text.
func (r *remote) hide(text string) string {
	if r.secretKey == "" {
		return text
	}
	return strings.ReplaceAll(text, r.secretKey, hiddenKey(r.secretKey))
}

// hiddenKey shows of a key which kind it is.
func hiddenKey(key string) string {
	for _, kind := range []string{"sk_test_", "sk_live_"} {
		if strings.HasPrefix(key, kind) {
			return kind + "…"
		}
	}
	return "…"
}
