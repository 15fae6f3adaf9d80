"""What a format tells."""

import pytest

from bot.assistant.nlu.formats import formats_in, holds_moment, is_choice
from bot.assistant.nlu.patterns import entities_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("71100", ["postcode"]),
        ("j'habite 2A, non 20 000", ["postcode"]),
        ("0612345678", ["phone"]),
        ("+33 6 12 34 56 78", ["phone"]),
        ("07.11.22.33.44 ou marie@exemple.fr", ["email", "phone"]),
        ("cep-7k4m-2qx9", ["reference"]),
        ("CEP 7K4M 2QX9", ["reference"]),
        ("le 3 à 14h30", []),
        ("", []),
    ],
)
def test_formats_are_found(text: str, kinds: list[str]) -> None:
    assert sorted(found.kind for found in formats_in(text)) == kinds


def test_an_entity_holds_the_words_themselves() -> None:
    (entity,) = entities_in("mon code est 58000.")

    assert (entity["entity"], entity["value"], entity["start"]) == ("postcode", "58000", 13)


@pytest.mark.parametrize("text", ["mardi", "après 18h", "le soir", "le 12/12", "dans 15 jours le matin", "Août"])
def test_a_moment_is_seen(text: str) -> None:
    assert holds_moment(text)


@pytest.mark.parametrize("text", ["Nevers", "je suis cadre", "marie"])
def test_no_moment_is_invented(text: str) -> None:
    assert not holds_moment(text)


@pytest.mark.parametrize("text", ["le 2", "La deuxième", "je prends le premier", "celui-là", "3", "option 1"])
def test_a_choice_is_seen(text: str) -> None:
    assert is_choice(text)


@pytest.mark.parametrize("text", ["le 2 décembre", "le premier rendez-vous se passe comment", "oui"])
def test_a_sentence_is_not_a_choice(text: str) -> None:
    assert not is_choice(text)
