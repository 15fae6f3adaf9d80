#!/usr/bin/env bash
# Runs uv, the installer of Python and of packages, at the version of tools/uv.lock: tools/uv.sh ARGUMENTS.
# It lives in an environment of its own under .cache/, made the first time by whatever python3 is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(dirname "$here")/.cache/uv
lock=$here/uv.lock
wanted=$(sha256sum "$lock" | cut -c1-16)
mkdir -p "$home"

refuse() {
  cat >&2 <<'HELP'
uv could not be installed: python3 is missing, or it has neither venv nor pip, or the package index was not reached.
Any of these helps; then run the same command again:
  apt-get install python3 python3-venv      (Debian, Ubuntu)
  install uv in another way, and have it on PATH
  docker compose -f deploy/compose.yml --env-file deploy/.env up   (its image brings Python; docs/running.md)
HELP
  [ -s "$home/install.log" ] && tail -n 3 "$home/install.log" >&2
  exit 1
}

install_pinned() {
  local options=(--quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock")
  unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
  rm -rf "$home/env"
  if python3 -m venv "$home/env" && "$home/env/bin/python" -m pip install "${options[@]}"; then return; fi
  # Debian's python3 has no venv of its own, but may have pip.
  rm -rf "$home/env"
  python3 -m pip install "${options[@]}" --target "$home/env" && ln -sf "$(command -v python3)" "$home/env/bin/python"
}

if [ "$(cat "$home/built-from" 2>/dev/null)" != "$wanted" ]; then
  exec 8>"$home/lock"
  flock 8
  if [ "$(cat "$home/built-from" 2>/dev/null)" != "$wanted" ]; then
    if install_pinned >"$home/install.log" 2>&1; then echo "$wanted" >"$home/built-from"
    elif command -v uv >/dev/null; then exec uv "$@"
    else refuse; fi
  fi
  flock -u 8
fi
# uv does not read pip's configuration: its index, certificates and proxies are handed over, and written nowhere.
eval "$("$home/env/bin/python" "$here/pip_settings.py")"
exec "$home/env/bin/uv" "$@"
