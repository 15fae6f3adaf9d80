"""`python -m bot.assistant.rasa.cli ARGUMENTS`: Rasa's own command line, without what nothing here uses."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import logs
from bot.assistant.rasa import import_stubs
from bot.assistant.rasa.component_check import ComponentRefused, check_components

CONFIG_OPTIONS = ("--config", "-c")
DEFAULT_CONFIG = "config.yml"


def main() -> None:
    """Run Rasa with this process's arguments; 1 for a configuration that cannot run here."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)-7s %(message)s")
    logs.hide_warnings_for_developers()
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    import_stubs.install()
    try:
        check_components(config_named_by(sys.argv[1:]))
    except ComponentRefused as refused:
        sys.exit(f"ERROR {refused}")
    from rasa.__main__ import main as rasa_main

    sys.argv[0] = "rasa"
    rasa_main()


def config_named_by(arguments: Sequence[str]) -> Path:
    """The configuration file this command reads."""
    for option, value in zip(arguments, arguments[1:], strict=False):
        if option in CONFIG_OPTIONS:
            return Path(value)
    return Path(DEFAULT_CONFIG)


if __name__ == "__main__":
    main()
