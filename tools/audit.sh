#!/usr/bin/env bash
# Known vulnerabilities of the pinned packages, with a control that must be flagged: an index that gives no
# vulnerability data answers "none known" to everything.
# 0: nothing beyond docs/risk-register.md; 1: something new; 2: nothing could be known.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .cache reports

env=.cache/audit
if [ ! -x "$env/bin/pip-audit" ]; then
  # Of its own: it wants versions of packages that Rasa pins otherwise.
  tools/uv.sh venv --quiet --clear --python .venv/bin/python "$env"
  tools/uv.sh pip install --quiet --python "$env/bin/python" pip-audit==2.10.1 2>.cache/audit-install.log
fi

audit() { "$env/bin/pip-audit" --strict --no-deps --disable-pip --progress-spinner off --vulnerability-service "$1" -r "$2" "${@:3}"; }

echo "aiohttp==3.8.1" >.cache/control.txt
cat requirements.lock requirements-test.lock benchmarks/plain/requirements.lock |
  sed -nE 's/^([A-Za-z0-9._-]+)(\[[^]]*\])?==([^ ]+).*/\1==\3/p' | sort -u >.cache/audited.txt
for service in pypi osv; do
  audit "$service" .cache/control.txt >.cache/control.log 2>&1 || true
  grep -qE 'CVE-|GHSA-|PYSEC-' .cache/control.log && found=$service && break
done
if [ -z "${found:-}" ]; then
  echo "No service gave vulnerability data (a version known to be vulnerable was not flagged): nothing is known."
  tail -n 2 .cache/control.log
  exit 2
fi

audit "$found" .cache/audited.txt --format json --output reports/audit.json >.cache/audit.log 2>&1 || true
[ -s reports/audit.json ] || { cat .cache/audit.log; exit 2; }
.venv/bin/python tools/audit_report.py reports/audit.json docs/risk-register.md
