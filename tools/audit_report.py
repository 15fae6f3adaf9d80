"""Compares what an audit found with the risk register: what is known and argued, and what is new.

`python tools/audit_report.py reports/audit.json docs/risk-register.md`: 1 when something is not in the register.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any


def unknown(report: dict[str, Any], register: str) -> list[str]:
    """What was found on packages or under names the register does not hold."""
    argued = set(re.findall(r"(?:CVE-\d{4}-\d+|GHSA(?:-[a-z0-9]{4}){3}|PYSEC-\d{4}-\d+)", register))
    return [
        f"{package['name']} {package['version']}: {fault['id']} ({', '.join(fault.get('aliases', [])) or 'no alias'})"
        for package in report["dependencies"]
        for fault in package.get("vulns", [])
        if not argued & {fault["id"], *fault.get("aliases", [])}
    ]


def main(arguments: list[str]) -> int:
    """Print what is new; 1 when anything is."""
    report, register = (Path(name).read_text(encoding="utf-8") for name in arguments)
    new = unknown(json.loads(report), register)
    print("\n".join(new) or "Nothing beyond the risk register.")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
