"""Logs of every process: no person in them, one line an event, the same reference along one turn.

The redaction is in the record itself, so that no handler of any library can print it otherwise. An exception gives its
kind and the lines of code it went through, never its message: a database or a parser puts there what it was given.
"""

import json
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from bot.domain.privacy.redaction import redact

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "actions", "benchmarks", "__main__")
FRAMES = 8
NO_REFERENCE = "-"
FOR_DEVELOPERS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ImportWarning)
_reference: ContextVar[str] = ContextVar("reference", default=NO_REFERENCE)
logger = logging.getLogger(__name__)


class SafeRecord(logging.LogRecord):
    """A record that says nothing of a person, whoever writes it out."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.reference = reference()
        self.failure = told(self.exc_info[1]) if self.exc_info and self.exc_info[1] else ""
        # A handler prints these whole, the exception's words with them.
        self.exc_info = self.exc_text = self.stack_info = None

    def getMessage(self) -> str:  # noqa: N802  the name of the standard library
        """What is written, redacted."""
        ours = str(self.name).split(".")[0] in OURS
        said = redact(super().getMessage(), foreign=not ours)
        return f"{said} ({self.failure})" if self.failure else said


class OneLine(logging.Formatter):
    """For a person who watches: the hour, the level, who says it, the reference and the words."""

    def format(self, record: logging.LogRecord) -> str:
        hour = datetime.fromtimestamp(record.created, timezone.utc).strftime("%H:%M:%S")
        words = record.getMessage().replace("\n", " | ")
        return f"{hour} {record.levelname:<7} {record.name} [{getattr(record, 'reference', NO_REFERENCE)}] {words}"


class JsonLine(logging.Formatter):
    """For a machine that gathers: one JSON object a line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line = {
            "at": at,
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "reference": getattr(record, "reference", NO_REFERENCE),
            "message": record.getMessage(),
        }
        return json.dumps(line, ensure_ascii=False)


def install(process: str, *, as_json: bool, level: int = logging.INFO) -> None:
    """Make this process write safe logs on its error output; again, it changes nothing."""
    logging.setLogRecordFactory(SafeRecord)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine(process) if as_json else OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    warnings.showwarning = _warned
    sys.excepthook = _uncaught
    threading.excepthook = lambda died: _uncaught(died.exc_type, died.exc_value, died.exc_traceback)


def hide_warnings_for_developers() -> None:
    """Print no warning about a library's code before the logs are installed; `-W` does not hold.

    Some libraries set the filters again when they are imported.
    """
    show = warnings.showwarning

    def shown(message: Any, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, FOR_DEVELOPERS):
            show(message, category, *where, **more)

    warnings.showwarning = shown


def reference() -> str:
    """The reference of what is being done now, the same in every process that takes part."""
    return _reference.get()


@contextmanager
def referred(given: object = None) -> Iterator[str]:
    """Everything logged in the block carries this reference, or a new one when it is not one of ours."""
    name = given if isinstance(given, str) and len(given) == 12 and given.isalnum() else uuid4().hex[:12]
    token = _reference.set(name)
    try:
        yield name
    finally:
        _reference.reset(token)


def told(error: BaseException) -> str:
    """The kind of a fault and the code it went through, without its words unless they are ours."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    way = " > ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in frames)
    ours = type(error).__module__.split(".")[0] in OURS
    words = f": {redact(str(error))}" if ours and str(error) else ""
    return f"{type(error).__name__}{words}" + (f" at {way}" if way else "")


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])


def _warned(
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    # Its words may quote what a visitor typed.
    level = logging.DEBUG if issubclass(category, FOR_DEVELOPERS) else logging.WARNING
    logger.log(level, "%s at %s:%d", category.__name__, _short(filename), lineno)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt) or error is None:
        sys.__excepthook__(kind, error or kind(), trace)
        return
    logger.critical("This process stops", exc_info=(kind, error, trace))
