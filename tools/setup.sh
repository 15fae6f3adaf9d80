#!/usr/bin/env bash
# Makes the environments from their locks, by uv, which fetches Python 3.10 where it is missing.
#   tools/setup.sh          .venv, what runs       (requirements.lock)
#   tools/setup.sh test     .venv, tests as well   (requirements-test.lock)
#   tools/setup.sh plain    .venv-plain            (benchmarks/plain/requirements.lock)
# Does nothing when they are up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV

home=.venv locks=(requirements.lock)
case ${1:-run} in
  run) [ -f .venv/.with-tests ] && locks+=(requirements-test.lock) ;;
  test) locks+=(requirements-test.lock) ;;
  plain) home=.venv-plain locks=(benchmarks/plain/requirements.lock) ;;
esac
wanted=$(cat "${locks[@]}" | sha256sum | cut -c1-16)
[ "$(cat "$home/.built-from" 2>/dev/null)" = "$wanted" ] && exit 0

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

# One that is there, else the version, for uv to fetch.
python_310() {
  local candidate
  for candidate in "${PYTHON:-}" python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python python3 python; do
    [ -n "$candidate" ] && is_310 "$candidate" && { command -v "$candidate"; return; }
  done
  echo 3.10
}

create() {
  tools/uv.sh venv --quiet --clear --python "$1" "$home" && return
  cat >&2 <<'HELP'
Python 3.10 is needed (Rasa 3.6 accepts no later one), is not on this machine, and uv could not fetch it: its reason is
above. Any of these gives it; then run the same command again, or name it: PYTHON=/path/to/python3.10 make run
  apt-get install python3.10                   (Ubuntu 22.04, or another source of packages that has it)
  pyenv install 3.10
  UV_PYTHON_INSTALL_MIRROR=ADDRESS make run    (a mirror of uv's Pythons that this machine may reach)
  docker compose -f deploy/compose.yml --env-file deploy/.env up   (its image brings Python; docs/running.md)
HELP
  exit 1
}

# Tests added to an environment that runs: it is kept. Any other change makes it anew.
if [ "$(cat .venv/.runs-from 2>/dev/null)" != "$(sha256sum <requirements.lock)" ] || [ "$home" != .venv ]; then
  python=$(python_310)
  [ "$python" = 3.10 ] && echo "Fetching Python 3.10, which this machine does not have ..."
  create "$python"
fi
rm -f "$home/.built-from"
echo "Installing $(cat "${locks[@]}" | grep -oE '^[A-Za-z0-9._-]+.*==' | sort -u | wc -l) pinned packages in $home ..."
# `sync` adds no dependency that the locks do not name; bytecode now, so that every start is quick.
tools/uv.sh pip sync --quiet --python "$home/bin/python" --require-hashes --compile-bytecode "${locks[@]}"
if [ "$home" = .venv ]; then
  sha256sum <requirements.lock >.venv/.runs-from
  [ ${#locks[@]} = 1 ] || touch .venv/.with-tests
fi
echo "$wanted" >"$home/.built-from"
