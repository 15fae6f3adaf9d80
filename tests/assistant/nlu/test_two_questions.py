"""Where a message is cut in two questions, and where it is left whole."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.classifier import Understanding
from bot.assistant.nlu.intents import are_two_questions
from bot.assistant.nlu.two_questions import two_questions


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("C’est gratuit ? Et est-ce que mon patron le saura ?", ("c'est gratuit", "est-ce que mon patron le saura ?")),
        ("c'est quoi le CEP et combien ça coûte", ("c'est quoi le cep", "combien ca coute")),
        ("qui paie le CEP ; combien ça coûte ?", ("qui paie le cep", "combien ca coute ?")),
        ("où ça se passe ??  puis comment on réserve ?", ("ou ca se passe", "comment on reserve ?")),
    ],
)
def test_a_second_question_that_plainly_begins_is_cut_off(text: str, both: tuple[str, str]) -> None:
    assert two_questions(text) == both


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c'est gratuit ?",
        "c'est gratuit ? merci",
        "cv et diplômes à apporter ?",
        "jdoi ramené koi au rdv ? cv diplome ?",
        "combien coûte une VAE et qui la paie ?",
        "vous et moi, quand est-ce qu'on se voit",
        "Dijon et Beaune",
        "c'est quand ? où ? et combien ça coûte ?",
        "? ? ?",
        "et combien ça coûte ?",
        "c'est gratuit ? " + "combien ça coûte vraiment " * 20,
    ],
)
def test_in_doubt_a_message_is_left_whole(text: str) -> None:
    assert two_questions(text) is None


def meaning(label: str) -> Understanding:
    return Understanding(label, 0.9, False, ((label, 0.9),))


@pytest.mark.parametrize(
    ("whole", "first", "second", "are_two"),
    [
        ("faq/a", "faq/a", "faq/b", True),
        ("faq/b", "faq/a", "faq/b", True),
        ("faq/c", "faq/a", "faq/b", False),
        ("faq/a", "faq/a", "faq/a", False),
        ("faq/a", "faq/a", "greet", False),
    ],
)
def test_two_parts_are_two_questions_when_the_whole_was_taken_for_one(
    whole: str, first: str, second: str, are_two: bool
) -> None:
    assert are_two_questions(meaning(whole), meaning(first), meaning(second)) is are_two
