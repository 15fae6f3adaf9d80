#!/usr/bin/env bash
# Creates .venv from requirements.lock with Python 3.10. Does nothing when the lock has not changed.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH

wanted=$(sha256sum requirements.lock | cut -c1-16)
[ -f .venv/.built-from ] && [ "$(cat .venv/.built-from)" = "$wanted" ] && exit 0

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python python3 python; do
    [ -n "$candidate" ] && is_310 "$candidate" && { echo "$candidate"; return; }
  done
  command -v uv >/dev/null && uv python find 3.10 2>/dev/null && return
  cat >&2 <<'HELP'
Python 3.10 is needed (Rasa 3.6 accepts no later one) and was not found. Any of these gives it:
  apt-get install python3.10 python3.10-venv      (Ubuntu 22.04, or another source of packages that has it)
  pyenv install 3.10
  uv python install 3.10
Then run the same command again, or name it: PYTHON=/path/to/python3.10 make run
HELP
  exit 1
}

python=$(find_python)
echo "[1/3] Creating the environment with $("$python" --version) ..."
rm -rf .venv
"$python" -m venv .venv
echo "[2/3] Installing $(grep -c '^[a-z0-9].*==' requirements.lock) pinned packages (2 to 5 minutes) ..."
log=.venv/install.log
(.venv/bin/python -m pip install --disable-pip-version-check --no-compile --no-deps --require-hashes \
  -r requirements.lock >"$log" 2>&1) &
installer=$!
while kill -0 "$installer" 2>/dev/null; do
  sleep 5
  [ -t 1 ] && printf '\r      %s packages fetched ' "$(grep -c '^Collecting' "$log" || true)"
done
wait "$installer" || { echo; tail -n 20 "$log"; echo "The installation failed; the whole log is in $log"; exit 1; }
echo
echo "[3/3] Compiling to bytecode, so that every start is quick ..."
.venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null 2>&1 || true
echo "$wanted" >.venv/.built-from
