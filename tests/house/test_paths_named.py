"""The pages that describe the project name files and folders that exist."""

from __future__ import annotations

import re

import pytest

from bot.app.settings import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PATH = re.compile(r"(?<![\w/.-])((?:bot|actions|benchmarks|tools|docs|data|deploy)/[\w./-]*\w)")
# Written by who installs the service, from the example beside it.
_MADE_LATER = {"deploy/.env"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_it_names_exists(page) -> None:
    text = page.read_text(encoding="utf-8")
    if page.name == "features-covered.md":  # its paths are those of tests/, checked by its own test
        text = re.sub(r"`[^`]+`", "", text)

    assert [path for path in _PATH.findall(text) if not (ROOT / path).exists() and path not in _MADE_LATER] == []
