"""Relay points from a CSV file: good rows are kept, the others are reported one by one."""

import csv
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.booking.contact import read_email, read_phone
from bot.domain.places.network import FileRead
from bot.domain.places.relay_points import RelayPoint
from bot.knowledge.rows import Row, read_rows

REQUIRED = ("code", "name", "postcode", "city", "department", "latitude", "longitude")
COLUMNS = (
    *REQUIRED,
    *("organisation", "address", "phone", "email", "opening_hours", "access", "step_free", "time_zone"),
    *("alsace_moselle", "serves", "closed_on", "demonstration"),
)
MAINLAND = {"latitude": (41.0, 51.5), "longitude": (-5.5, 10.0)}
PHONE_DEPARTMENTS = {
    "+33380": ("21",),
    "+33381": ("25",),
    "+33383": ("54",),
    "+33384": ("39", "70", "90"),
    "+33385": ("71",),
    "+33386": ("58", "89"),
}
"""Where the numbers of the region and its neighbour were given out; a number may have moved since."""

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_relay_points(path: Path, known_postcodes: frozenset[str] = frozenset()) -> FileRead[RelayPoint]:
    """The relay points of a file; with the known postcodes, a CEDEX code is remarked."""
    seen: set[str] = set()

    def one(row: Row) -> RelayPoint:
        point = _relay_point(row, known_postcodes)
        if point.code in seen:
            row.reject("code", f"{point.code!r} was already given above")
        seen.add(point.code)
        return point

    return read_rows(path, REQUIRED, COLUMNS, one)


def read_postcodes(communes: Path) -> frozenset[str]:
    """Every postcode of the table of communes."""
    with communes.open(encoding="utf-8", newline="") as file:
        return frozenset(code for row in csv.DictReader(file) for code in row["postcodes"].split())


def _relay_point(row: Row, known_postcodes: frozenset[str]) -> RelayPoint:
    department = row.text("department", required=True)
    latitude, longitude = _place(row, department)
    return RelayPoint(
        code=_code(row),
        name=row.text("name", required=True),
        organisation=row.text("organisation"),
        address=row.text("address"),
        postcode=_postcode(row, department, known_postcodes),
        city=row.text("city", required=True),
        department=department,
        latitude=latitude,
        longitude=longitude,
        phone=_phone(row, department),
        email=_email(row),
        opening_hours=row.text("opening_hours"),
        access=row.text("access"),
        step_free=row.yes_or_no("step_free"),
        time_zone=_time_zone(row),
        alsace_moselle=row.yes_or_no("alsace_moselle") or False,
        serves=frozenset(row.text("serves").split()),
        closed_on=row.day("closed_on"),
        demonstration=row.yes_or_no("demonstration") or False,
    )


def _code(row: Row) -> str:
    code = row.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        row.reject("code", f"{code!r} holds more than letters, digits, - and _")
    return code


def _place(row: Row, department: str) -> tuple[float, float]:
    latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    if not row.is_kept or department.startswith("97"):
        return latitude, longitude
    for column, value in (("latitude", latitude), ("longitude", longitude)):
        lowest, highest = MAINLAND[column]
        if not lowest <= value <= highest:
            row.reject(column, f"{value} is not in mainland France: are the two swapped?")
    return latitude, longitude


def _postcode(row: Row, department: str, known_postcodes: frozenset[str]) -> str:
    postcode = row.text("postcode", required=True)
    if not re.fullmatch(r"\d{5}", postcode):
        row.reject("postcode", f"{postcode!r} is not five digits")
    elif not postcode.startswith("20" if department in ("2A", "2B") else department):
        row.warn("postcode", f"{postcode} is not in department {department}")
    elif known_postcodes and postcode not in known_postcodes:
        row.warn("postcode", f"{postcode} is no commune's postcode: a CEDEX code?")
    return postcode


def _phone(row: Row, department: str) -> str:
    phone = row.text("phone")
    if not phone:
        return ""
    number = read_phone(phone)
    if number is None:
        row.reject("phone", f"{phone!r} cannot be called")
    elif department not in PHONE_DEPARTMENTS.get(number[:6], (department,)):
        row.warn("phone", f"{phone} looks like a number of another department")
    return phone


def _email(row: Row) -> str:
    email = row.text("email").lower()
    if email and read_email(email) != email:
        row.reject("email", f"{email!r} is not an address")
    return email


def _time_zone(row: Row) -> str:
    name = row.text("time_zone") or "Europe/Paris"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        row.reject("time_zone", f"{name!r} is unknown")
    return name
