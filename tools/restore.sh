#!/usr/bin/env bash
# restore.sh FILE [ERASED]: the backup into the empty database DATABASE_URL names, brought to this version, then without
# what people had erased since (ERASED: the freshest list there is; FILE.erased by default) and what is past its time.
set -euo pipefail
cd "$(dirname "$0")/.."
file=${1:?usage: tools/restore.sh FILE [ERASED]}
erased=${2:-$file.erased}
[[ ${DATABASE_URL:-} == postgresql* ]] || { echo "DATABASE_URL must name a PostgreSQL database" >&2; exit 1; }
[ -f "$erased" ] || { echo "No list of erasures at $erased: restoring would bring back what people had erased" >&2; exit 1; }
pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname "$DATABASE_URL" "$file"
.venv/bin/python -m bot.cli migrate
.venv/bin/python -m bot.cli replay-erasures "$erased"
.venv/bin/python -m bot.cli forget --for-real
