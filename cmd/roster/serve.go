package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
)

type serveFlags struct {
	addr         string
	database     string
	readDatabase string
	secretKey    string
	manage       string
	publicURL    string
	issuer       string
	rateLimits   bool
	mail         mailFlags
	log          logFlags
}

// register adds the flags that serve and dev share.
func (f *serveFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.addr, "addr", defaultAddr, "`HOST:PORT` of the API; port 0 takes a free one")
	cmd.Flags().StringVar(&f.manage, "manage", defaultManage, "loopback `HOST:PORT` of health and metrics; port 0 takes a free one, off switches it off")
	cmd.Flags().StringVar(&f.publicURL, "public-url", "", "base `URL`, without /v1, at which the world reaches the server (default: http://HOST:PORT of the API, localhost where that is every address)")
	cmd.Flags().StringVar(&f.issuer, "issuer", "", "`URL` that the iss of tokens starts with, before the instance (default: the public URL, and an ending that Clerk's SDKs know)")
	cmd.Flags().BoolVar(&f.rateLimits, "rate-limits", false, "answer 429 beyond Clerk's published rate limits")
	fromEnv(cmd, "addr", "ROSTER_ADDR")
	fromEnv(cmd, "manage", "ROSTER_MANAGE")
	fromEnv(cmd, "public-url", "ROSTER_PUBLIC_URL")
	fromEnv(cmd, "issuer", "ROSTER_ISSUER")
	fromEnv(cmd, "rate-limits", "ROSTER_RATE_LIMITS")
	f.log.register(cmd)
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve a lasting directory",
		Long: `Serve a lasting directory.

On a database without instances the first start makes one and prints its secret key
on standard output, once; with --secret-key it takes that key. The log goes to
standard error. SIGTERM or Ctrl-C lets running requests finish, for 25 seconds at
most; a second one ends the process at once.`,
		Example: `  roster serve
  roster serve --addr 127.0.0.1:0 --database sqlite:/var/lib/roster/roster.db
  ROSTER_SECRET_KEY=sk_test_… roster serve --manage off --log-format json`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			return serve(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), f)
		}),
	}
	f.register(cmd)
	f.mail.register(cmd, "mail", "mail")
	databaseFlag(cmd, &f.database)
	cmd.Flags().StringVar(&f.readDatabase, "read-database", "", "`URL` of a PostgreSQL replica of the database, to read lists from")
	fromEnv(cmd, "read-database", "ROSTER_READ_DATABASE")
	cmd.Flags().StringVar(&f.secretKey, "secret-key", "", "secret `KEY` the server must know; without one the first start makes one")
	fromEnv(cmd, "secret-key", "ROSTER_SECRET_KEY")
	return cmd
}

func serve(ctx context.Context, out, errOut io.Writer, f serveFlags) (err error) {
	log, err := f.log.logger(errOut)
	if err != nil {
		return err
	}
	if err := checkSecretKey(f.secretKey); err != nil {
		return err
	}
	if err := f.checkURLs(); err != nil {
		return err
	}
	mailer, err := f.mail.mailer()
	if err != nil {
		return err
	}
	ls, err := listen(ctx, f.addr, f.manage)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ls.close()) }()
	reads := newListReads(log)
	st, err := openServed(ctx, f, reads)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	svc := service.New(st, f.options(ls, mailer))
	inst, secret, err := ensureInstance(ctx, svc, "default", f.secretKey)
	if err != nil {
		return err
	}
	if secret != "" {
		log.Info("created the first instance", "instance_id", inst.ID, "environment", inst.Environment)
	}
	if secret == f.secretKey {
		secret = "" // who gave it knows it
	}
	if err := announce(out, ls, secret); err != nil {
		return err
	}
	f.warnExposed(log, ls)
	return run(ctx, ls, svc, api.Options{Logger: log, RateLimits: f.rateLimits}, drainTimeout, reads.total)
}

// options are the service's for a server on these sockets.
func (f serveFlags) options(ls *listeners, mailer service.Mailer) service.Options {
	return service.Options{PublicURL: cmp.Or(f.publicURL, baseURL(ls.api)), Issuer: f.issuer, Mailer: mailer, Texter: f.mail.texter()}
}

// checkURLs refuses what links and issuers cannot start with.
func (f serveFlags) checkURLs() error {
	if !isBaseURL(f.publicURL) {
		return usagef("give http://HOST or https://HOST, with a path where a proxy adds one", "--public-url is not the base URL of a server")
	}
	if !isBaseURL(f.issuer) {
		return usagef("give http://HOST or https://HOST, with a path where there is one: the instance comes behind it", "--issuer is not the URL of an issuer")
	}
	return nil
}

// isBaseURL reports whether a URL can be appended to. "" asks for the default.
func isBaseURL(text string) bool {
	if text == "" {
		return true
	}
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

// announce says where the server answers, and a new secret key where there is one.
// Programs wait for the last line.
func announce(out io.Writer, ls *listeners, secret string) error {
	text := ""
	if secret != "" {
		text += fmt.Sprintf("secret key, shown only now: %s\n", secret)
	}
	if ls.manage != nil {
		text += fmt.Sprintf("management on %s\n", baseURL(ls.manage))
	}
	_, err := fmt.Fprintf(out, "%slistening on %s\n", text, baseURL(ls.api))
	return err
}

// warnExposed reminds of TLS where secret keys can cross a network, and of links that
// lead nowhere outside of this machine.
func (f serveFlags) warnExposed(log *slog.Logger, ls *listeners) {
	if !isLoopback(ls.api) {
		log.Warn("secret keys travel in the clear on this address: put a TLS proxy in front", "addr", ls.api.Addr().String())
	}
	if f.publicURL == "" && everywhere(ls.api) {
		log.Warn("links and issuers of tokens hold on this machine only: --public-url says where the world reaches the server", "public_url", baseURL(ls.api))
	}
}
