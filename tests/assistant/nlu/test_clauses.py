"""Where a message is cut into clauses, and what its clauses ask together."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.classifier import Understanding
from bot.assistant.nlu.clauses import STORY, clauses, read_together


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("C’est gratuit ? Et est-ce que mon patron le saura ?", ["c'est gratuit", "est-ce que mon patron le saura"]),
        ("c'est quoi le CEP et combien ça coûte", ["c'est quoi le cep", "combien ca coute"]),
        ("qui paie le CEP ; combien ça coûte ?", ["qui paie le cep", "combien ca coute"]),
        ("ca dure combien de tps et c payant ?", ["ca dure combien de tps", "c payant"]),
        ("c'est gratuit ? si oui je veux un rdv à Nevers", ["c'est gratuit", "je veux un rdv a nevers"]),
        ("je voudrais un rendez-vous à Sens, c'est payant ?", ["je voudrais un rendez-vous a sens", "c'est payant"]),
        ("combien coûte une VAE et qui la paie ?", ["combien coute une vae", "qui la paie"]),
        ("où ça se passe ? comment ? et combien ça coûte ?", ["ou ca se passe", "comment ? et combien ca coute"]),
    ],
)
def test_a_question_that_plainly_begins_is_a_clause(text: str, pieces: list[str]) -> None:
    assert [each.text for each in clauses(text) if each.asks] == pieces


@pytest.mark.parametrize(
    "text",
    ["", "c'est gratuit ?", "Dijon et Beaune", "je veux un rdv à Nevers ou à Decize", "? ? ?", "le 12.30 à 14.15"],
)
def test_what_asks_one_thing_is_one_clause(text: str) -> None:
    assert len(clauses(text)) <= 1


def test_the_clause_that_asks_is_told_from_the_story() -> None:
    told = clauses("Je suis maçon depuis vingt ans. Mon dos ne suit plus. Qui peut m'aider ?")

    assert [each.asks for each in told] == [False, False, True]


def meaning(label: str, confidence: float = 0.9) -> Understanding:
    return Understanding(label, confidence, False, ((label, confidence),))


@pytest.mark.parametrize(
    ("whole", "first", "second", "in_order"),
    [
        ("faq/a", "faq/a", "faq/b", ("faq/a", "faq/b")),
        ("faq/b", "faq/a", "faq/b", ("faq/a", "faq/b")),
        ("faq/c", "faq/a", "faq/b", ("faq/c", None)),
        ("faq/a", "faq/a", "faq/a", ("faq/a", None)),
        ("faq/a", "faq/a", "greet", ("faq/a", None)),
        ("faq/a", "faq/a", "book_appointment", ("book_appointment", "faq/a")),
        ("check_eligibility", "check_eligibility", "faq/a", ("check_eligibility", "faq/a")),
        ("book_appointment", "book_appointment", "check_eligibility", ("book_appointment", None)),
    ],
)
def test_two_clauses_are_answered_when_the_whole_was_taken_for_one_and_a_request_leads(
    whole: str, first: str, second: str, in_order: tuple[str, str | None]
) -> None:
    found = read_together(meaning(whole), [meaning(first), meaning(second)], n_words=8)

    assert (found.main.label, found.also.label if found.also else None) == in_order


def test_in_a_story_the_clauses_say_more_than_the_whole() -> None:
    found = read_together(meaning("faq/c"), [meaning("faq/a"), meaning("faq/b")], n_words=STORY)

    assert (found.main.label, found.also and found.also.label) == ("faq/a", "faq/b")
