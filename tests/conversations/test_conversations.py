"""Every conversation file, told to the running assistant line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.assistant.channels.conversation_ids import development_id
from bot.domain.text.normalize import fold
from tests.conversations.script import Told, read_script
from tests.e2e.stack import Stack, running

pytestmark = pytest.mark.trained
FOLDER = Path(__file__).parent
SCRIPTS = sorted(FOLDER.glob("*/*.txt"))
COUNTS = {
    "rendez-vous": "SELECT count(*) FROM appointments WHERE state = 'booked'",
    "annulés": "SELECT count(*) FROM appointments WHERE state = 'cancelled'",
    "gardés": "SELECT count(*) FROM holds",
    "demandes": "SELECT count(*) FROM handovers",
    "préparés": "SELECT count(*) FROM appointments WHERE state = 'prepared'",
    "suites": "SELECT count(*) FROM appointments WHERE rank > 1 AND state = 'booked'",
    "attentes": "SELECT count(*) FROM earlier_wishes WHERE closed_at IS NULL",
    "cadres lus": "SELECT count(*) FROM appointments WHERE terms_version <> ''",
    "préparations": "SELECT count(*) FROM intakes WHERE agreed",
    "refus": "SELECT count(*) FROM intakes WHERE NOT agreed",
    "lignes cachées": "SELECT count(*) FROM intakes WHERE CAST(lines AS TEXT) LIKE '%anciens coll%'",
    "étapes": "SELECT count(*) FROM next_steps WHERE done_at IS NULL",
    "nommés": "SELECT count(*) FROM appointments WHERE email IS NOT NULL OR first_name <> ''",
}
# What is kept of this conversation alone: what it left in our transcript and in Rasa's memory.
LEFT = {
    "messages": ("cep", "SELECT count(*) FROM messages WHERE conversation_id = :id"),
    "mémoire": ("rasa", "SELECT count(*) FROM events WHERE sender_id = :id"),
}
DONE = {"reçu": "UPDATE appointments SET state = 'seen' WHERE state = 'booked'"}
EMPTIED = (
    "intakes",
    "next_steps",
    "earlier_offers",
    "earlier_wishes",
    "taken_quarters",
    "holds",
    "appointment_history",
    "appointments",
    "proof_attempts",
    "outbox",
    "handovers",
)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("stack")) as started:
        yield started


@pytest.fixture
def database(stack: Stack) -> Iterator[Any]:
    engine = create_engine(f"sqlite:///{stack.folder / 'cep.sqlite3'}", future=True)
    with engine.begin() as connection:
        for table in EMPTIED:
            connection.execute(text(f"DELETE FROM {table}"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_conversation_goes_as_told(path: Path, stack: Stack, database: Any) -> None:
    teller = Teller(stack, database, f"{path.parent.name}-{path.stem}")

    for told in read_script(path):
        problem = teller.tell(told)
        assert not problem, f"{path.name}, line {told.number}: {problem}\n{teller.transcript}"


class Teller:
    """Tells a conversation and compares what comes back."""

    def __init__(self, stack: Stack, database: Any, sender: str) -> None:
        self.stack = stack
        self.database = database
        self.sender = re.sub(r"[^a-z0-9-]", "-", sender)[:60]
        self.replies: list[dict[str, Any]] = []
        self.lines: list[str] = []
        self.reference = ""

    @property
    def transcript(self) -> str:
        return "\n".join(self.lines)

    def tell(self, told: Told) -> str | None:
        return getattr(self, f"_{told.kind}")(told.text.replace("{référence}", self.reference))

    def _titre(self, _: str) -> None:
        return None

    def _vous(self, said: str) -> str | None:
        self.lines.append(f"vous: {said}")
        self.replies = self.stack.say(self.sender, said)
        for reply in self.replies:
            self.lines.append(f"bot: {reply.get('text')}  {[b['title'] for b in reply.get('buttons') or []]}")
            found = re.search(r"CEP-[A-Z0-9]{4}-[A-Z0-9]{4}", reply.get("text") or "")
            if found and "C'est réservé" in reply["text"].replace("’", "'"):
                self.reference = found.group()
        return None if self.replies else "the assistant said nothing"

    def _appuie(self, title: str) -> str | None:
        titles = [button["title"] for reply in self.replies for button in reply.get("buttons") or []]
        matching = [each for each in titles if fold(title) in fold(each)]
        return self._vous(matching[0]) if matching else f"no choice says {title!r}"

    def _bot(self, expected: str) -> str | None:
        said = " ".join(fold(reply.get("text") or "") for reply in self.replies)
        return None if fold(expected) in said else f"the assistant did not say {expected!r}"

    def _pas(self, unwanted: str) -> str | None:
        said = " ".join(fold(reply.get("text") or "") for reply in self.replies)
        return f"the assistant said {unwanted!r}" if fold(unwanted) in said else None

    def _bouton(self, title: str) -> str | None:
        titles = [fold(button["title"]) for reply in self.replies for button in reply.get("buttons") or []]
        return None if any(fold(title) in each for each in titles) else f"no choice says {title!r}"

    def _fait(self, what: str) -> str | None:
        with self.database.begin() as connection:
            changed = connection.execute(text(DONE[what])).rowcount
        return None if changed else f"nothing to change for {what!r}"

    def _base(self, expected: str) -> str | None:
        what, _, count = expected.rpartition(" ")
        if what in LEFT:
            return self._left(what, int(count))
        with self.database.connect() as connection:
            found = connection.execute(text(COUNTS[what])).scalar()
        return None if found == int(count) else f"the database holds {found} {what}"

    def _left(self, what: str, count: int) -> str | None:
        file, query = LEFT[what]
        engine = create_engine(f"sqlite:///{self.stack.folder / file}.sqlite3", future=True)
        with engine.connect() as connection:
            found = connection.execute(text(query), {"id": development_id(self.sender)}).scalar()
        engine.dispose()
        return None if found == count else f"{found} {what} are left"
