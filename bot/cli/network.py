"""The database and the network: `migrate`, `seed`, `import-relay-points`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bot import bootstrap, network_files
from bot.domain.network import ImportReport, Remark

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare `migrate`, `seed` and `import-relay-points`."""
    migrate = commands.add_parser("migrate", help="bring the database to this version")
    migrate.set_defaults(run=_migrate)
    seed = commands.add_parser("seed", help="store the demonstration network (can be run again)")
    seed.set_defaults(run=_seed)
    relay_points = commands.add_parser("import-relay-points", help="store relay points from a CSV file")
    relay_points.add_argument("file", type=Path)
    relay_points.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
    relay_points.add_argument(
        "--close-missing", action="store_true", help="close from today the open points the file does not name"
    )
    relay_points.set_defaults(run=_import_relay_points)


def _migrate(_chosen: argparse.Namespace) -> int:
    bootstrap.migrate()
    print("The database is at this version.")
    return 0


def _seed(_chosen: argparse.Namespace) -> int:
    bootstrap.migrate()
    report, remarks = network_files.store_demonstration_network()
    _say(report)
    return _say_remarks((*report.remarks, *remarks))


def _import_relay_points(chosen: argparse.Namespace) -> int:
    if not chosen.file.is_file():
        print(f"No such file: {chosen.file}", file=sys.stderr)
        return 2
    bootstrap.migrate()
    report = network_files.import_relay_points(
        chosen.file, is_dry_run=chosen.dry_run, close_missing=chosen.close_missing
    )
    _say(report)
    return _say_remarks(report.remarks)


def _say(report: ImportReport) -> None:
    print("Dry run: nothing was changed." if report.is_dry_run else "Relay points stored.")
    for what, codes in (
        ("added", report.added),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("closed", report.closed),
    ):
        print(f"  {what}: {len(codes)}" + (f" ({', '.join(codes)})" if codes and what != "unchanged" else ""))


def _say_remarks(remarks: Iterable[Remark]) -> int:
    listed = list(remarks)
    for remark in listed:
        print(f"  {remark}")
    return 1 if any(remark.rejects for remark in listed) else 0
