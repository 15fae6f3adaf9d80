"""Wiring: the network's CSV files, read and stored; the demonstration network is one of them."""

from dataclasses import replace
from pathlib import Path

from bot.app import container
from bot.domain.places.network import ImportReport, Remark
from bot.domain.text.french_format import PARIS
from bot.knowledge.network import read_advisers, read_closures, read_presences
from bot.knowledge.network_export import network_files
from bot.knowledge.relay_points import read_postcodes, read_relay_points
from bot.services.scheduling import network


def import_relay_points(file: Path, *, is_dry_run: bool = False, close_missing: bool = False) -> ImportReport:
    """Store the relay points of a file, good rows only, and say what came of each."""
    known_postcodes = read_postcodes(_reference() / "communes.csv")
    return network.import_relay_points(
        container.unit_of_work(),
        read_relay_points(file, known_postcodes),
        container.today(),
        is_dry_run=is_dry_run,
        close_missing=close_missing,
    )


def import_advisers(advisers: Path, ranges: Path, *, is_dry_run: bool = False) -> tuple[Remark, ...]:
    """Store advisers and put the weekly ranges in place of theirs, good rows only."""
    return network.import_presences(
        container.unit_of_work(), read_advisers(advisers), read_presences(ranges), is_dry_run=is_dry_run
    )


def import_closures(file: Path, *, is_dry_run: bool = False) -> tuple[Remark, ...]:
    """Put the closures of a file in place of all the others, good rows only."""
    return network.import_closures(container.unit_of_work(), read_closures(file, PARIS), is_dry_run=is_dry_run)


def export(folder: Path) -> tuple[Path, ...]:
    """Write the network as it is now, in the four files the imports read."""
    folder.mkdir(parents=True, exist_ok=True)
    written = network_files(network.described(container.unit_of_work()), PARIS)
    for name, content in written.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in written)


def store_demonstration_network() -> tuple[ImportReport, tuple[Remark, ...]]:
    """Store the network shipped with the product; storing it again changes nothing.

    Hours, absences and closures are those of the console from then on: what somebody changed there stays.
    """
    folder = _reference()
    report = import_relay_points(folder / "relay_points.csv")
    with container.unit_of_work().reading() as view:
        known = view.network.adviser_ids()
    advisers, presences = read_advisers(folder / "advisers.csv"), read_presences(folder / "weekly_ranges.csv")
    new = replace(advisers, rows=tuple(each for each in advisers.rows if each.id not in known))
    theirs = replace(presences, rows=tuple(each for each in presences.rows if each.weekly.adviser_id not in known))
    remarks = network.import_presences(container.unit_of_work(), new, theirs)
    closures = read_closures(folder / "closures.csv", PARIS)
    if known:
        return report, (*remarks, *closures.remarks)
    return report, (*remarks, *network.import_closures(container.unit_of_work(), closures))


def _reference() -> Path:
    return container.settings().reference_folder
