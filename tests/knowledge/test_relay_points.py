"""Importing relay points: good rows kept, every other one reported by line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.relay_points import read_postcodes, read_relay_points

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
HEADER = "code,name,address,postcode,city,department,latitude,longitude,phone,email,step_free,closed_on"
GOOD = "a,Point A,1 rue de la Démonstration,21200,Beaune,21,47.02,4.83,03 53 01 10 10,a@example.fr,yes,"
POSTCODES = frozenset({"21200", "21000"})


def written(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    file = folder / "points.csv"
    file.write_bytes("\n".join((header, *rows)).encode(encoding))
    return file


def test_a_good_row_is_kept_whole(tmp_path: Path) -> None:
    read = read_relay_points(written(tmp_path, GOOD), POSTCODES)

    assert read.remarks == ()
    (point,) = read.rows
    assert (point.code, point.city, point.phone, point.step_free) == ("a", "Beaune", "03 53 01 10 10", True)


@pytest.mark.parametrize(
    ("replaced", "by", "column"),
    [
        ("a,Point A", ",Point A", "code"),
        ("a,Point A", "a b,Point A", "code"),
        ("Point A", "", "name"),
        ("21200", "2120", "postcode"),
        ("47.02", "north", "latitude"),
        ("47.02,4.83", "4.83,47.02", "latitude"),
        ("4.83", "", "longitude"),
        ("03 53 01 10 10", "08 36 65 65 65", "phone"),
        ("a@example.fr", "a at example.fr", "email"),
        ("yes,", "perhaps,", "step_free"),
        ("yes,", "yes,31/12/2026", "closed_on"),
        (",yes,", "", "row"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line_and_column(tmp_path: Path, replaced: str, by: str, column: str) -> None:
    bad = GOOD.replace(replaced, by, 1)
    other = GOOD.replace("a,", "b,", 1)

    read = read_relay_points(written(tmp_path, other, bad), POSTCODES)

    assert [point.code for point in read.rows] == ["b"]
    assert (3, column) in [(remark.line, remark.column) for remark in read.rejected]


@pytest.mark.parametrize(
    ("replaced", "by", "column"),
    [("21200", "21016", "postcode"), ("21200", "89000", "postcode"), ("03 53 01", "03 84 01", "phone")],
)
def test_a_doubt_keeps_the_row_and_says_so(tmp_path: Path, replaced: str, by: str, column: str) -> None:
    read = read_relay_points(written(tmp_path, GOOD.replace(replaced, by)), POSTCODES)

    assert len(read.rows) == 1
    assert [(remark.line, remark.column, remark.rejects) for remark in read.remarks] == [(2, column, False)]


def test_a_code_given_twice_is_kept_once(tmp_path: Path) -> None:
    read = read_relay_points(written(tmp_path, GOOD, GOOD))

    assert len(read.rows) == 1
    assert [remark.line for remark in read.rejected] == [3]


def test_columns_in_another_order_with_semicolons_are_read(tmp_path: Path) -> None:
    header = "city;code;name;longitude;latitude;department;postcode;remarks"
    row = "Beaune;a;Point A;4,83;47,02;21;21200;nothing"

    read = read_relay_points(written(tmp_path, row, header=header, encoding="utf-8-sig"))

    assert (read.rows[0].latitude, read.rows[0].longitude) == (47.02, 4.83)
    assert [remark.column for remark in read.remarks] == ["remarks"]


def test_a_row_after_a_cell_of_several_lines_keeps_its_own_line(tmp_path: Path) -> None:
    long_cell = GOOD.replace("1 rue de la Démonstration", '"1 rue\nde la Démonstration"')
    bad = GOOD.replace("21200", "x").replace("a,", "b,", 1)

    read = read_relay_points(written(tmp_path, long_cell, bad))

    assert read.rows[0].address == "1 rue de la Démonstration"
    assert [remark.line for remark in read.rejected] == [4]


def test_a_missing_column_leaves_the_whole_file_out(tmp_path: Path) -> None:
    read = read_relay_points(written(tmp_path, "a,b", header="code,name"))

    assert read.rows == ()
    assert "latitude" in read.rejected[0].what


def test_a_file_in_another_encoding_is_refused_rather_than_garbled(tmp_path: Path) -> None:
    read = read_relay_points(written(tmp_path, GOOD, encoding="cp1252"))

    assert read.rows == ()
    assert "UTF-8" in read.rejected[0].what


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")

    assert read_relay_points(empty).rejected


def test_the_demonstration_network_is_without_remark() -> None:
    read = read_relay_points(REFERENCE / "relay_points.csv", read_postcodes(REFERENCE / "communes.csv"))

    assert read.remarks == ()
    assert len(read.rows) == 21


def test_the_demonstration_network_cannot_be_taken_for_a_real_one() -> None:
    for point in read_relay_points(REFERENCE / "relay_points.csv").rows:
        assert point.demonstration
        assert "démonstration" in point.name
        assert "Démonstration" in point.address
        assert point.phone.startswith("03 53 01")
        assert point.email.endswith("@example.fr")
