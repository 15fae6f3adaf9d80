"""The database and the network: `migrate`, `seed`, imports and the export, closing a relay point."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import container, network_import
from bot.domain.booking.appointments import Appointment
from bot.domain.places.network import ImportReport, Remark
from bot.services import booking

if TYPE_CHECKING:
    from bot.cli.commands import Commands


def add_to(commands: Commands) -> None:
    """Declare `migrate`, `seed`, the imports, `export-network` and `close-relay-point`."""
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
    _add_hours(commands)
    export = commands.add_parser("export-network", help="write the network in the files the imports read")
    export.add_argument("folder", type=Path)
    export.set_defaults(run=_export)
    closing = commands.add_parser("close-relay-point", help="close a relay point and tell whoever has an appointment")
    closing.add_argument("code")
    closing.add_argument("--on", type=date.fromisoformat, required=True, help="the first day it is closed")
    closing.add_argument("--dry-run", action="store_true", help="list the appointments, change nothing")
    closing.set_defaults(run=_close)


def _add_hours(commands: Commands) -> None:
    advisers = commands.add_parser("import-advisers", help="store advisers and their weekly ranges from CSV files")
    advisers.add_argument("advisers", type=Path)
    advisers.add_argument("ranges", type=Path)
    advisers.add_argument("--dry-run", action="store_true", help="say what is wrong, change nothing")
    advisers.set_defaults(run=_import_advisers)
    closures = commands.add_parser("import-closures", help="put the closures of a CSV file in place of all the others")
    closures.add_argument("file", type=Path)
    closures.add_argument("--dry-run", action="store_true", help="say what is wrong, change nothing")
    closures.set_defaults(run=_import_closures)


def _migrate(_chosen: argparse.Namespace) -> int:
    container.migrate()
    print("The database is at this version.")
    return 0


def _seed(_chosen: argparse.Namespace) -> int:
    container.migrate()
    report, remarks = network_import.store_demonstration_network()
    _say(report)
    return _say_remarks((*report.remarks, *remarks))


def _import_relay_points(chosen: argparse.Namespace) -> int:
    if _is_missing(chosen.file):
        return 2
    container.migrate()
    report = network_import.import_relay_points(
        chosen.file, is_dry_run=chosen.dry_run, close_missing=chosen.close_missing
    )
    _say(report)
    if not chosen.dry_run:
        _say_told(booking.announce_closings(container.unit_of_work(), container.now(), container.adviser_hours()))
    return _say_remarks(report.remarks)


def _import_advisers(chosen: argparse.Namespace) -> int:
    if _is_missing(chosen.advisers, chosen.ranges):
        return 2
    container.migrate()
    remarks = network_import.import_advisers(chosen.advisers, chosen.ranges, is_dry_run=chosen.dry_run)
    return _say_done("Advisers and weekly ranges", remarks, chosen.dry_run)


def _import_closures(chosen: argparse.Namespace) -> int:
    if _is_missing(chosen.file):
        return 2
    container.migrate()
    remarks = network_import.import_closures(chosen.file, is_dry_run=chosen.dry_run)
    return _say_done("Closures", remarks, chosen.dry_run)


def _export(chosen: argparse.Namespace) -> int:
    container.migrate()
    for path in network_import.export(chosen.folder):
        print(path)
    return 0


def _close(chosen: argparse.Namespace) -> int:
    container.migrate()
    uow, now = container.unit_of_work(), container.now()
    try:
        container.relay_point(chosen.code)
    except LookupError:
        print(f"No relay point has the code {chosen.code!r}.", file=sys.stderr)
        return 2
    if chosen.dry_run:
        print("Dry run: nothing was changed.")
        _say_appointments(booking.appointments_after_closing(uow, {chosen.code: chosen.on}, now))
        return 0
    booking.close_relay_point(uow, chosen.code, chosen.on)
    print(f"{chosen.code} is closed from {chosen.on} on.")
    _say_told(booking.announce_closings(uow, now, container.adviser_hours()))
    return 0


def _is_missing(*files: Path) -> bool:
    absent = [file for file in files if not file.is_file()]
    for file in absent:
        print(f"No such file: {file}", file=sys.stderr)
    return bool(absent)


def _say_done(what: str, remarks: Iterable[Remark], is_dry_run: bool) -> int:
    print("Dry run: nothing was changed." if is_dry_run else f"{what} stored.")
    return _say_remarks(remarks)


def _say_told(told: Sequence[Appointment]) -> None:
    """Nobody's name: a reference finds the appointment in the console."""
    if told:
        print(f"  told, with a link to move it: {len(told)}")
        _say_appointments(told)


def _say_appointments(found: Sequence[Appointment]) -> None:
    if not found:
        print("  No appointment is concerned.")
    for each in found:
        zone = container.relay_point(each.relay_point_code).zone
        print(f"  {each.starts_at.astimezone(zone):%Y-%m-%d %H:%M}  {each.relay_point_code}  {each.reference}")


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
