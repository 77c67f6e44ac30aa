// Command roster runs the directory: it serves the API, shows a demo directory,
// manages the instances and secret keys of a database, and works on the directory
// of any server, with a noun for each kind of resource.
//
// It holds flags, output and the life of the process. Rules are the service's,
// HTTP is the edge's.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, end := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go obey(signals, end)
	os.Exit(execute(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// obey asks the command to end at the first signal, and ends the process at the
// second, with the exit code of a process that a signal killed.
func obey(signals <-chan os.Signal, end context.CancelFunc) {
	<-signals
	end()
	if s, ok := (<-signals).(syscall.Signal); ok {
		os.Exit(128 + int(s))
	}
	os.Exit(exitFailure)
}

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot(args)
	root.SetArgs(joinFields(root, args))
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		return report(stderr, err)
	}
	return 0
}
