package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

func newDev() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "dev",
		Short: "Serve a demo directory, thrown away at exit",
		Long: `Serve a demo directory: 300 users, 8 organizations, roles, metadata and sessions,
with the same ids and times at every start. It lives in a temporary folder and is
thrown away at exit, unless --database keeps it.

A default port that is taken gives way to a free one.`,
		Example: `  roster dev
  roster dev --addr 127.0.0.1:0 --manage off
  roster dev --database sqlite:demo.db`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			return dev(cmd, f)
		}),
	}
	f.register(cmd)
	f.mail.register(cmd, "", "a temporary one")
	// No environment variable: ROSTER_DATABASE, set for serve, must never turn a
	// real database into a demo.
	cmd.Flags().StringVar(&f.database, "database", "", "database `URL`, sqlite:PATH, to keep the directory in (default: a temporary one)")
	cmd.Flags().StringVar(&f.secretKey, "secret-key", demoKey, "secret `KEY` of the directory, sk_test_ and 42 letters and digits")
	fromEnv(cmd, "secret-key", "ROSTER_SECRET_KEY")
	return cmd
}

func dev(cmd *cobra.Command, f serveFlags) (err error) {
	ctx, out, errOut := cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr()
	log, err := f.log.logger(errOut)
	if err != nil {
		return err
	}
	f.secretKey = cmp.Or(f.secretKey, demoKey)
	if err := checkDevKey(f.secretKey); err != nil {
		return err
	}
	if err := f.checkURLs(); err != nil {
		return err
	}
	removeMail, err := f.mail.temporary()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeMail()) }()
	mailer, err := f.mail.mailer()
	if err != nil {
		return err
	}
	ls, err := listenDev(cmd, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ls.close()) }()
	database, remove, err := devDatabase(f.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	st, err := openStore(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	svc := service.New(st, f.options(ls, mailer))
	about, err := openDemo(ctx, svc, st, f.secretKey, progressOn(errOut))
	if err != nil {
		return err
	}
	about.kept, about.secretKey, about.baseURL = f.database, f.secretKey, baseURL(ls.api)
	about.mail = f.mail.destination()
	if _, err := io.WriteString(out, about.text()); err != nil {
		return err
	}
	if err := announce(out, ls, ""); err != nil {
		return err
	}
	return run(ctx, ls, svc, api.Options{Logger: log, RateLimits: f.rateLimits}, drainTimeout)
}

// checkDevKey refuses production keys: the demo has sessions, which only a
// development instance can create.
func checkDevKey(key string) error {
	kind, err := service.EnvironmentOf(key)
	if err == nil && kind == service.Production {
		return usagef("give a key that starts with sk_test_", "the demo directory is a development instance and takes no sk_live_ key")
	}
	return checkSecretKey(key)
}

// listenDev opens the sockets; a default port that is taken gives way to a free one.
func listenDev(cmd *cobra.Command, f serveFlags) (*listeners, error) {
	ls := &listeners{}
	var err error
	if ls.api, err = listenOrFree(cmd, "addr", f.addr, listenAPI); err != nil {
		return nil, err
	}
	if ls.manage, err = listenOrFree(cmd, "manage", f.manage, listenManage); err != nil {
		return nil, errors.Join(err, ls.close())
	}
	return ls, nil
}

func listenOrFree(cmd *cobra.Command, flag, addr string, open func(context.Context, string) (net.Listener, error)) (net.Listener, error) {
	l, err := open(cmd.Context(), addr)
	if err == nil || cmd.Flags().Changed(flag) {
		return l, err
	}
	cmd.PrintErrf("%s is taken: using a free port instead\n", addr)
	return open(cmd.Context(), "127.0.0.1:0")
}

// devDatabase is the database to fill and what removes it afterwards; one that was
// asked for stays.
func devDatabase(asked string) (url string, remove func() error, err error) {
	if asked != "" {
		return asked, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "roster-dev-")
	if err != nil {
		return "", nil, usagef("set TMPDIR to a folder that may be written", "no temporary folder: %s", err)
	}
	return "sqlite:" + filepath.Join(dir, "roster.db"), func() error { return os.RemoveAll(dir) }, nil
}

// openDemo fills an empty store, or finds what an earlier start left in a kept one.
func openDemo(ctx context.Context, svc *service.Service, st *store.Store, secretKey string, progress func(int, int)) (*devText, error) {
	instances, err := svc.Instances(ctx)
	if err != nil {
		return nil, err
	}
	if len(instances) == 0 {
		if err := seedDemo(ctx, st, secretKey, progress); err != nil {
			return nil, err
		}
	}
	caller, err := svc.Authenticate(ctx, secretKey)
	if errors.Is(err, roster.CodeKeyInvalid) {
		return nil, usagef("use roster serve for a database of your own", "this database holds instances, and the given secret key is of none of them")
	}
	if err != nil {
		return nil, err
	}
	return describeDemo(ctx, svc, caller)
}
