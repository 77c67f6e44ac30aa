#!/bin/sh
# Makes sure that the tests find PostgreSQL: a server named by ROSTER_TEST_POSTGRES,
# or the programs, with which they start a cluster of their own. As root on Debian
# the package is installed; it makes no cluster and starts no server. Otherwise says
# what to do.
set -eu

found() {
	[ -n "${ROSTER_TEST_POSTGRES:-}" ] || command -v initdb || ls /usr/lib/postgresql/*/bin/initdb
} >/dev/null 2>&1

# The package makes a cluster and starts it unless postgresql-common says no first.
install() {
	export DEBIAN_FRONTEND=noninteractive
	apt-get -q update &&
		apt-get -q install -y --no-install-recommends postgresql-common &&
		echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf &&
		apt-get -q install -y --no-install-recommends postgresql
}

found && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo 'make: PostgreSQL is missing; installing its package' >&2
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	install >"$log" 2>&1 || tail -n 5 "$log" >&2
	found && exit
fi
echo "make: PostgreSQL 15 or later is missing, which the tests run on beside SQLite. On Debian, as root: apt-get update && apt-get install -y --no-install-recommends postgresql. Or name a server whose user may create databases: ROSTER_TEST_POSTGRES=postgres://USER@HOST/postgres" >&2
exit 1
