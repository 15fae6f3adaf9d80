"""Logs: whatever is handed to a logger, by us or by a library, nobody's words or contact come out."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot import logs
from bot.domain.privacy.redaction import redact
from tests.processes import environment, run

WORDS = "Camille Martin est malade"


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """What a process whose logs are installed prints; everything is put back afterwards."""
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    before = (root.handlers[:], root.level, warnings.showwarning, sys.excepthook, threading.excepthook)
    output = io.StringIO()
    try:
        with redirect_stderr(output):
            logs.install("actions", as_json=True)
            yield output
    finally:
        logging.setLogRecordFactory(factory)
        root.handlers[:], root.level = before[0], before[1]
        warnings.showwarning, sys.excepthook, threading.excepthook = before[2:]


def lines(output: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "to camille.martin@exemple.fr now",
        "call 06 39 98 12 34",
        "call 0639981234",
        "call +33 6 39 98 12 34",
        "call +33639981234",
        "see CEP-7K4M-2QX9",
        "see cep 7k4m 2qx9",
        "in w-abcdefghijkl",
        "in dev-camille.",
        "GET /r/0123456789abcdef0123456789abcdef",
        "GET /place/0123456789abcdef",
        "GET /points?q=Beaune",
        "{'first_name': 'Camille', 'x': 1}",
        'slots={"first_name": "Camille"}',
        "email=camille",
        "password: abcdef",
        "postgresql://cep:motdepasse@host/cep",
        "INSERT failed [parameters: {'text': 'je suis malade'}]",
        "error 500, body='{\"tracker\": {}}' je suis malade",
        "DETAIL:  Key (email)=(camille) already exists",
        "Task exception was never retrieved future: <Task exception=ValueError('Camille')>",
    ],
)
def test_what_leads_to_a_person_is_replaced(text: str) -> None:
    seen = redact(text)

    for private in (
        "camille", "Camille", "12 34", "1234", "7K4M", "7k4m", "abcdef", "0123", "Beaune", "motdepasse", "malade",
    ):  # fmt: skip
        assert private not in seen


@pytest.mark.parametrize(
    "text",
    [
        "Holds ended: 3",
        "2026-11-25T10:00:00+00:00 the job notices failed",
        "listening on 127.0.0.1:5005",
        "took 0.123456789 s",
        "Action action_book_appointment failed: TimeoutError",
        "models/cep.tar.gz is loaded",
    ],
)
def test_what_names_nobody_is_left(text: str) -> None:
    assert redact(text) == text


def test_a_librarys_quotes_are_taken_for_somebodys_words() -> None:
    said = f"Failed to parse arguments in line '{WORDS}'."

    assert WORDS not in redact(said, foreign=True)
    assert redact("cannot open 'models'", foreign=True) == "cannot open 'models'"


def test_a_tracker_never_fits() -> None:
    assert len(redact("x " * 50_000)) < 2_100


def test_an_exception_gives_its_kind_and_its_way_without_its_words(printed: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("sanic.error").exception("Exception occurred")

    (line,) = lines(printed)
    assert "ValueError" in line["message"]
    assert "tests/test_logs.py:" in line["message"]
    assert "Camille" not in printed.getvalue()


def test_no_handler_of_a_library_prints_more(printed: io.StringIO) -> None:
    theirs = io.StringIO()
    handler = logging.StreamHandler(theirs)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    library = logging.getLogger("somebody.else")
    library.addHandler(handler)
    try:
        raise ValueError(WORDS)
    except ValueError:
        library.error("for %s", "camille@exemple.fr", exc_info=True, stack_info=True)
    finally:
        library.removeHandler(handler)

    assert "[e-mail]" in theirs.getvalue()
    assert "amille" not in theirs.getvalue() + printed.getvalue()


def test_what_rasa_writes_keeps_the_events_name_alone(printed: io.StringIO) -> None:
    structlog.reset_defaults()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    try:
        try:
            raise ValueError(WORDS)
        except ValueError:
            structlog.get_logger("rasa.core").error("rest.message.failed", text=WORDS, exc_info=True)
    finally:
        structlog.reset_defaults()

    (line,) = lines(printed)
    assert json.loads(line["message"])["event"] == "rest.message.failed"
    assert "ValueError at" in line["message"]
    assert "Camille" not in printed.getvalue()


def test_one_reference_goes_along_and_a_foreign_one_is_not_repeated(printed: io.StringIO) -> None:
    with logs.referred("abcdef012345") as given:
        logging.getLogger("bot").warning("first")
    with logs.referred("camille.martin@exemple.fr") as made:
        logging.getLogger("bot").warning("second")

    assert [line["reference"] for line in lines(printed)] == [given, made]
    assert given == "abcdef012345"
    assert made.isalnum()


def test_a_warning_gives_its_place_alone(printed: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._warned
        warnings.warn(WORDS, UserWarning, stacklevel=1)

    assert "UserWarning at tests/test_logs.py" in printed.getvalue()
    assert "Camille" not in printed.getvalue()


def test_what_nobody_caught_keeps_the_words_of_our_own_faults(printed: io.StringIO) -> None:
    class FaultOfOurs(Exception):
        pass

    FaultOfOurs.__module__ = "bot.app.settings"
    for fault in (FaultOfOurs("CEP_NOW is refused"), ValueError(WORDS)):
        sys.excepthook(type(fault), fault, None)

    assert "CEP_NOW is refused" in printed.getvalue()
    assert "Camille" not in printed.getvalue()


@pytest.mark.parametrize("module", ["actions.server", "bot.web.run", "bot.worker", "bot.cli", "bot.assistant.rasa.run"])
def test_every_process_installs_them_before_anything_else(module: str, tmp_path) -> None:
    settings = environment(tmp_path, CEP_NOW="pas une date camille@exemple.fr")

    ended = run(module, *(["content"] if module == "bot.cli" else []), settings=settings)

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "SettingsRefused: CEP_NOW must be an ISO date" in ended.stderr
