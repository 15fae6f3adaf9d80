"""Accents are taken off in one place: everything else compares what `normalize` folded."""

from __future__ import annotations

import re

from bot.app.settings import ROOT

FOLDERS = ("bot", "actions", "tools", "benchmarks")
_TAKES_ACCENTS_OFF = re.compile(r"\bcombining\(|\"NFK?D\"|'NFK?D'|\bunidecode\b")


def test_one_module_takes_accents_off() -> None:
    modules = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]

    folding = [path for path in modules if _TAKES_ACCENTS_OFF.search(path.read_text(encoding="utf-8"))]

    assert [str(path.relative_to(ROOT)) for path in folding] == ["bot/domain/text/normalize.py"]
