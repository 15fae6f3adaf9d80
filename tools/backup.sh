#!/usr/bin/env bash
# backup.sh FILE: everything of the database DATABASE_URL names, Rasa's memory included, and beside it (FILE.erased) what
# people had erased until now. Keep the second fresher than the first: a restore replays it.
set -euo pipefail
cd "$(dirname "$0")/.."
file=${1:?usage: tools/backup.sh FILE}
[[ ${DATABASE_URL:-} == postgresql* ]] || { echo "DATABASE_URL must name a PostgreSQL database" >&2; exit 1; }
umask 077
pg_dump --format=custom --no-owner --no-privileges --dbname "$DATABASE_URL" --file "$file.part"
.venv/bin/python -m bot.cli erased-list >"$file.erased.part"
mv "$file.part" "$file"
mv "$file.erased.part" "$file.erased"
echo "Kept in $file, with $(wc -l <"$file.erased") erasures to replay."
