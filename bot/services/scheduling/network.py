"""Describing the network: importing relay points, advisers, weekly ranges and closures."""

from dataclasses import replace
from datetime import date

from bot.domain.places.network import Adviser, Closure, Description, FileRead, ImportReport, Presence, Remark
from bot.domain.places.relay_points import RelayPoint
from bot.services.uow import UnitOfWork


def import_relay_points(
    uow: UnitOfWork,
    file: FileRead[RelayPoint],
    today: date,
    *,
    is_dry_run: bool = False,
    close_missing: bool = False,
) -> ImportReport:
    """Store the good rows; say what was added, changed and closed, and what was wrong.

    With `close_missing`, the file is the whole network: an open point it does not name is closed
    from today. A closed point is no longer offered; the appointments made there stay.
    """
    with uow:
        known = {point.code: point for point in uow.relay_points.open_on(date.min)}
        report = _compare(file, known, today, close_missing)
        for point in file.rows:
            if known.get(point.code) != point:
                uow.relay_points.save(point)
        uow.network.close_points(report.closed, today)
        if not is_dry_run:
            uow.commit()
        return replace(report, is_dry_run=is_dry_run)


def import_presences(
    uow: UnitOfWork, advisers: FileRead[Adviser], presences: FileRead[Presence], *, is_dry_run: bool = False
) -> tuple[Remark, ...]:
    """Store advisers and put these weekly ranges in place of theirs; remarks tell what was left out."""
    with uow:
        for adviser in advisers.rows:
            uow.network.save_adviser(adviser)
        points, known = uow.network.relay_point_codes(), uow.network.adviser_ids()
        good = [
            presence
            for presence in presences.rows
            if presence.relay_point_code in points and presence.weekly.adviser_id in known
        ]
        uow.network.replace_presences([adviser.id for adviser in advisers.rows], good)
        if not is_dry_run:
            uow.commit()
    lost = [presence for presence in presences.rows if presence not in good]
    return (
        *advisers.remarks,
        *presences.remarks,
        *(_orphan(presence, presences.line_of(presence)) for presence in lost),
    )


def import_closures(uow: UnitOfWork, closures: FileRead[Closure], *, is_dry_run: bool = False) -> tuple[Remark, ...]:
    """Put these closures in place of all the others; one of an unknown point or adviser is left out."""
    with uow:
        points, advisers = uow.network.relay_point_codes() | {""}, uow.network.adviser_ids() | {""}
        good = [each for each in closures.rows if each.relay_point_code in points and each.adviser_id in advisers]
        uow.network.replace_closures(good)
        if not is_dry_run:
            uow.commit()
    lost = (each for each in closures.rows if each not in good)
    return (*closures.remarks, *(_nowhere(each, closures.line_of(each)) for each in lost))


def described(uow: UnitOfWork) -> Description:
    """The whole network as it is now, closed points included."""
    with uow.reading() as view:
        return Description(
            points=tuple(view.relay_points.open_on(date.min)),
            advisers=tuple(view.network.advisers()),
            presences=tuple(view.network.presences()),
            closures=tuple(view.network.closures()),
        )


def _compare(
    file: FileRead[RelayPoint], known: dict[str, RelayPoint], today: date, close_missing: bool
) -> ImportReport:
    given = {point.code for point in file.rows}
    # A row that was left out still names its point: a typing slip must not close it.
    is_whole = close_missing and not file.rejected
    return ImportReport(
        added=tuple(point.code for point in file.rows if point.code not in known),
        changed=tuple(point.code for point in file.rows if known.get(point.code, point) != point),
        unchanged=tuple(point.code for point in file.rows if known.get(point.code) == point),
        closed=tuple(sorted(c for c in known if is_whole and c not in given and known[c].is_open(today))),
        remarks=file.remarks,
        is_dry_run=False,
    )


def _orphan(presence: Presence, line: int) -> Remark:
    what = f"unknown adviser {presence.weekly.adviser_id!r} or relay point {presence.relay_point_code!r}"
    return Remark(line, "weekly range", what, rejects=True)


def _nowhere(closure: Closure, line: int) -> Remark:
    what = f"unknown adviser {closure.adviser_id!r} or relay point {closure.relay_point_code!r}"
    return Remark(line, "closure", what, rejects=True)
