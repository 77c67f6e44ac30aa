#!/bin/sh
# Makes sure that the tests find PostgreSQL, a server named by ROSTER_TEST_POSTGRES
# or the programs, with which they start a cluster of their own; and PgBouncer, which
# they put before it. As root on Debian the packages are installed, without a cluster
# or server of theirs. Otherwise says what to do.
set -eu

has_postgres() {
	[ -n "${ROSTER_TEST_POSTGRES:-}" ] || command -v initdb || ls /usr/lib/postgresql/*/bin/initdb
} >/dev/null 2>&1

has_pgbouncer() {
	[ -x /usr/sbin/pgbouncer ] || command -v pgbouncer
} >/dev/null 2>&1

# The packages make a cluster, and start their servers, unless told not to first.
install() {
	export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
	apt-get -q update &&
		apt-get -q install -y --no-install-recommends postgresql-common &&
		echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf &&
		apt-get -q install -y --no-install-recommends "$@"
}

missing=
has_postgres || missing=postgresql
has_pgbouncer || missing="$missing pgbouncer"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "make: installing what the tests run on beside SQLite: $missing" >&2
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	# shellcheck disable=SC2086 # names of packages, a word each
	install $missing >"$log" 2>&1 || tail -n 5 "$log" >&2
fi
if ! has_postgres; then
	echo "make: PostgreSQL 15 or later is missing, which the tests run on beside SQLite. On Debian, as root: apt-get update && apt-get install -y --no-install-recommends postgresql. Or name a server whose user may create databases: ROSTER_TEST_POSTGRES=postgres://USER@HOST/postgres" >&2
	exit 1
fi
if ! has_pgbouncer; then
	echo "make: PgBouncer is missing, so the tests of the way through it skip themselves, and fail where CI is set. On Debian, as root: apt-get update && apt-get install -y --no-install-recommends pgbouncer" >&2
	[ -z "${CI:-}" ] || exit 1
fi
