// Command compat drives official Clerk SDKs, unmodified and at pinned versions,
// against a running Roster server, and says which of their calls behave.
//
// Each SDK has a small driver program in its own language (js, gosdk, python,
// java) that turns a call of the scenario into a call of the SDK and hands back
// what the SDK decoded. The scenario and everything it asserts is written once,
// here, so all SDKs are held to the same answers. It plays in two instances: one for
// the directory, one for what organizations need around it. A driver also tells which
// classes its SDK has, and which functions and parameters those have that it calls. A
// class or function that a new version brings fails the run until it is called or left
// out by name, a parameter until a check gives it; but for JavaScript's parameters,
// which no program sees.
//
//	go run . [--only js,go,python,java] [--database URL] [--json] [--docs ../docs/compat.md]
//
// Every suite runs on SQLite and then on PostgreSQL, in a cluster of the command's
// own unless ROSTER_TEST_POSTGRES names a server; --database names the only
// database to run on.
//
// The exit status is 0 when every check passed, 1 when one failed, 2 when the
// command itself could not do its work. A suite whose tools or registry are
// missing, and an engine that is not installed, is skipped with the reason; with
// CI=true that is a failure, unless the registry does not answer at all.
package main
