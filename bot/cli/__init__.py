"""Commands for those who run the assistant: `python -m bot.cli COMMAND`; without one, their list."""

import argparse
import logging
from collections.abc import Sequence

from bot.app import container
from bot.cli import (
    accounts,
    announce,
    backups,
    content,
    demonstration,
    forget,
    migrations,
    network,
    notices,
    questions,
    start,
    talk,
    telegram,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 when something is wrong, 2 when it was not understood."""
    chosen = _parser().parse_args(arguments)
    container.write_logs("cli", logging.WARNING)
    return int(chosen.run(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.cli", description="Run the assistant and its data.")
    commands = parser.add_subparsers(required=True, metavar="command")
    subjects = (
        network,
        migrations,
        announce,
        start,
        talk,
        content,
        questions,
        forget,
        accounts,
        notices,
        demonstration,
        telegram,
        backups,
    )
    for subject in subjects:
        subject.add_to(commands)
    return parser
