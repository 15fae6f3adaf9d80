#!/usr/bin/env bash
# Runs a command with Chromium from the system's packages, named by TEST_CHROMIUM; installs it when it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

binary() { command -v chromium || command -v chromium-browser || true; }
if [ -z "$(binary)" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    (apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core) >/tmp/cep-chromium.log 2>&1 ||
      { tail -n 5 /tmp/cep-chromium.log; exit 1; }
  else
    echo "The browser tests need Chromium: install the package chromium, then run this again." >&2
    exit 1
  fi
fi
TEST_CHROMIUM=$(binary)
export TEST_CHROMIUM
"$@"
