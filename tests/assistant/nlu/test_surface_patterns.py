"""The shape of a sentence."""

import pytest

from bot.assistant.nlu.surface_patterns import is_question, plain_agreement, question_alone


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("oui mais combien ça coûte ?", "combien ça coûte ?"),
        ("ok, et c'est confidentiel ?", "c'est confidentiel ?"),
        ("non mais pourquoi cette question", "pourquoi cette question"),
    ],
)
def test_a_question_after_a_yes_is_asked_alone(text: str, question: str) -> None:
    assert question_alone(text) == question


@pytest.mark.parametrize("text", ["oui", "ok ?", "oui merci", "non plutôt Nevers", "combien ?", ""])
def test_what_is_no_question_is_left_whole(text: str) -> None:
    assert question_alone(text) == text


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Oui.", True),
        ("ouais merci", True),
        ("non merci", False),
        ("oui et non", None),
        ("oui demain", None),
        ("", None),
    ],
)
def test_only_a_bare_yes_or_no_is_plain(text: str, agreed: bool | None) -> None:
    assert plain_agreement(text) is agreed


@pytest.mark.parametrize("text", ["combien ça coûte", "c'est payant ?", "est-ce que je peux", "pourquoi mon nom"])
def test_questions_are_seen_without_their_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["Nevers", "je suis cadre", "ouais", "mardi à 14h"])
def test_statements_are_not_questions(text: str) -> None:
    assert not is_question(text)
