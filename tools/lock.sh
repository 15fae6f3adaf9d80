#!/usr/bin/env bash
# Rebuilds the locks: versions and hashes only, no index address. What is already locked keeps its version while it
# still fits; `make lock upgrade=NAME` moves one package, `make lock upgrade=all` everything.
#   requirements.lock                    what runs              (without what requirements-excluded.txt names)
#   requirements-test.lock               what checks and tests  (beside the first, at the same versions)
#   benchmarks/plain/requirements.lock   the plain Rasa stack of `make bench`, whole
#   tests/telegram_library/requirements.lock   another Telegram client, for one test
#   tools/uv.lock                        the installer
set -euo pipefail
cd "$(dirname "$0")/.."

move=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The versions of a lock, as constraints.
versions() { sed -nE 's/^([A-Za-z0-9._-]+)(\[[^]]*\])?==([^ ]+).*/\1==\3/p' "$1"; }

# lock FILE SOURCE [OPTION...]
lock() {
  local file=$1 source=$2
  shift 2
  : >"$work/kept.txt"
  if [ "$move" != all ] && [ -f "$file" ]; then versions "$file" | grep -v "^${move:-nothing}==" >"$work/kept.txt" || true; fi
  tools/uv.sh pip compile --quiet --generate-hashes --no-header --no-annotate --no-strip-extras "$@" \
    --constraints "$work/kept.txt" -o "$work/made.lock" "$source"
  if grep -nE 'https?://|index-url|file:' "$work/made.lock"; then
    echo "$file would name an address: it must hold versions and hashes only" >&2
    exit 1
  fi
  { echo "# Made by \`make lock\` from $source: versions and hashes, nothing else."; cat "$work/made.lock"; } >"$file"
  rm "$work/made.lock"
}

lock requirements.lock requirements.in --python-version 3.10 --excludes requirements-excluded.txt
versions requirements.lock >"$work/ran.txt"
lock requirements-test.lock requirements-test.in --python-version 3.10 --constraints "$work/ran.txt"
lock benchmarks/plain/requirements.lock benchmarks/plain/requirements.in --python-version 3.10 --constraints "$work/ran.txt"
lock tests/telegram_library/requirements.lock tests/telegram_library/requirements.in --python-version 3.10
lock tools/uv.lock tools/uv.in --universal --python-version 3.9
