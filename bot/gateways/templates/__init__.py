"""The words of mails, calendar files and chat lines: texts beside this module, filled in here."""

from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    """What fills the texts in: a word that is missing is an error, never a hole in a letter."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=select_autoescape(("html",)),
    )


@cache
def calendar_words() -> dict[str, str]:
    """The words of the calendar file."""
    return dict(yaml.safe_load((FOLDER / "calendar.yml").read_text(encoding="utf-8")))


@cache
def telegram_words() -> dict[str, str]:
    """The words that go with a line on Telegram."""
    return dict(yaml.safe_load((FOLDER / "telegram.yml").read_text(encoding="utf-8")))
