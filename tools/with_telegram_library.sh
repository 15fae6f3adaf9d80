#!/usr/bin/env bash
# Runs a command with another Telegram client at hand: `python` is that of an environment of its own, under .cache/,
# made from pinned hashes the first time. It wants a pydantic that Rasa refuses, so it is not in .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV
lock=tests/telegram_library/requirements.lock
home=.cache/telegram-library
wanted=$(sha256sum "$lock" | cut -c1-16)
mkdir -p .cache
exec 9>"$home.lock"
flock 9
if [ "$(cat "$home/.built-from" 2>/dev/null)" != "$wanted" ]; then
  tools/uv.sh venv --quiet --clear --python .venv/bin/python "$home"
  tools/uv.sh pip sync --quiet --python "$home/bin/python" --require-hashes "$lock"
  echo "$wanted" >"$home/.built-from"
fi
flock -u 9
PATH="$PWD/$home/bin:$PATH" exec "$@"
