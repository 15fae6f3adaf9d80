"""Persons in answers to a question about a name."""

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.names import NameExtractor, capitalised_names
from bot.assistant.nlu.spacy_holder import SpacyHolder, shared_holder

MODEL = "fr_core_news_md"


def persons(text: str, expects: str | None) -> list[dict[str, Any]]:
    message = Message(data={"text": text, "metadata": {"expects": expects} if expects else {}})
    NameExtractor(MODEL).process([message])
    return list(message.get("entities") or [])


def test_a_name_is_found_before_spacy_is_loaded() -> None:
    (found,) = persons("je m'appelle Marie Durand", "booking_form.person_name")

    assert (found["entity"], found["value"]) == ("person", "Marie Durand")


@pytest.mark.parametrize("expects", [None, "booking_form.place", "eligibility_form.activity"])
def test_no_name_is_looked_for_when_none_is_asked(expects: str | None) -> None:
    assert persons("Marie Durand", expects) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Je suis Paul Martin", ["Paul Martin"]),
        ("Jean de La Tour", ["Jean de La Tour"]),
        ("Moi c'est Élodie", ["Élodie"]),
        ("je préfère pas", []),
        ("", []),
    ],
)
def test_capitals_tell_names(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in capitalised_names(text)] == names


def test_a_holder_that_is_not_ready_finds_nobody() -> None:
    assert SpacyHolder(MODEL).persons_in("Marie Durand") == []


def test_one_holder_serves_the_process() -> None:
    assert shared_holder(MODEL) is shared_holder(MODEL)


def test_spacy_finds_persons_once_loaded() -> None:
    holder = SpacyHolder(MODEL)
    holder.load_later(0)

    assert holder.wait(120)
    assert holder.persons_in("Je m'appelle Marie Durand et j'habite Nevers.") == [(13, 25)]


def test_a_missing_model_leaves_the_holder_unready() -> None:
    holder = SpacyHolder("no_such_model")
    holder.load_later(0)

    assert not holder.wait(2)
