#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: a throw-away cluster on loopback, named by TEST_POSTGRES_URL.
set -euo pipefail
cd "$(dirname "$0")/.."

binaries() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
if [ -z "$(binaries)" ] && ! command -v initdb >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL for the tests ..."
    (apt-get update && apt-get install -y --no-install-recommends postgresql) >/tmp/cep-postgres.log 2>&1 ||
      { tail -n 5 /tmp/cep-postgres.log; exit 1; }
  else
    echo "The tests need PostgreSQL: install the package postgresql, then run this again." >&2
    exit 1
  fi
fi
bin=$(binaries)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")

work=$(mktemp -d /tmp/cep-postgres.XXXXXX)
as_user() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$work"
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() { as_user "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"; }
trap stop EXIT
cd "$work"
as_user "$bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
as_user "$bin/pg_ctl" -D "$work/data" -w -l "$work/log" -o \
  "-c listen_addresses=127.0.0.1 -p $port -k $work -c fsync=off -c max_connections=200" start >/dev/null
as_user "$bin/createdb" -h 127.0.0.1 -p "$port" -U postgres cep_test
cd - >/dev/null
export TEST_POSTGRES_URL="postgresql://postgres@127.0.0.1:$port/cep_test"
"$@"
