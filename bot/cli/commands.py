"""What the modules of commands share: how one is declared, and the French they say."""

import argparse
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


@cache
def texts() -> dict[str, Any]:
    """What is said to people in French, from `texts.yml`."""
    file = Path(__file__).with_name("texts.yml")
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def text(name: str, /, **words: object) -> str:
    """One of these sentences, filled in."""
    return str(texts()[name]).format(**words)
