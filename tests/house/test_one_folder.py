"""Accents are taken off in one place: everything else compares what `normalize` folded."""

from benchmarks.structure import folding_files


def test_one_module_takes_accents_off() -> None:
    assert folding_files() == ["bot/domain/text/normalize.py"]
