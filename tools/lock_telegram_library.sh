#!/usr/bin/env bash
# Rebuilds tests/telegram_library/requirements.lock: versions and hashes only, no index address.
set -euo pipefail
cd "$(dirname "$0")/../tests/telegram_library"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
../../.venv/bin/python -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet 'pip<25.3' pip-tools
"$work/env/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --no-strip-extras --no-header --no-annotate \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock requirements.in
sed -i "1i # Made by tools/lock_telegram_library.sh from requirements.in: versions and hashes, nothing else." requirements.lock
! grep -nE 'https?://|index-url|file:' requirements.lock
