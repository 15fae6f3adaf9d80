"""Where a message is cut in two questions, and where it is left whole."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.classifier import Understanding
from bot.assistant.nlu.two_questions import asked_together, two_questions


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("C’est gratuit ? Et est-ce que mon patron le saura ?", ("c'est gratuit", "est-ce que mon patron le saura ?")),
        ("c'est quoi le CEP et combien ça coûte", ("c'est quoi le cep", "combien ca coute")),
        ("qui paie le CEP ; combien ça coûte ?", ("qui paie le cep", "combien ca coute ?")),
        ("où ça se passe ??  puis comment on réserve ?", ("ou ca se passe", "comment on reserve ?")),
        ("ca dure combien de tps et c payant ?", ("ca dure combien de tps", "c payant ?")),
        ("c'est gratuit ? si oui je veux un rdv à Nevers", ("c'est gratuit", "je veux un rdv a nevers")),
        ("je voudrais un rendez-vous à Sens, c'est payant ?", ("je voudrais un rendez-vous a sens", "c'est payant ?")),
        ("jvoudrais un rdv a nevers, faut payer qqchose ?", ("jvoudrais un rdv a nevers", "faut payer qqchose ?")),
        ("ça coûte combien et est-ce que j'y ai droit en CDD", ("ca coute combien", "est-ce que j'y ai droit en cdd")),
    ],
)
def test_a_second_question_that_plainly_begins_is_cut_off(text: str, both: tuple[str, str]) -> None:
    found = two_questions(text)

    assert found is not None
    assert (found.first, found.second) == both


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
        "je suis en CDD, comment ça marche ?",
        "combien coûte une VAE et qui la prend en charge ?",
        "je veux un rdv à Nevers ou à Decize",
        "c'est gratuit ? " + "combien ça coûte vraiment " * 20,
    ],
)
def test_in_doubt_a_message_is_left_whole(text: str) -> None:
    assert two_questions(text) is None


def meaning(label: str) -> Understanding:
    return Understanding(label, 0.9, False, ((label, 0.9),))


@pytest.mark.parametrize(
    ("whole", "first", "second", "in_order"),
    [
        ("faq/a", "faq/a", "faq/b", ("faq/a", "faq/b")),
        ("faq/b", "faq/a", "faq/b", ("faq/a", "faq/b")),
        ("faq/c", "faq/a", "faq/b", None),
        ("faq/a", "faq/a", "faq/a", None),
        ("faq/a", "faq/a", "greet", None),
        ("faq/a", "faq/a", "book_appointment", ("book_appointment", "faq/a")),
        ("check_eligibility", "check_eligibility", "faq/a", ("check_eligibility", "faq/a")),
        ("book_appointment", "book_appointment", "check_eligibility", None),
    ],
)
def test_two_parts_are_asked_together_when_the_whole_was_taken_for_one_and_a_request_leads(
    whole: str, first: str, second: str, in_order: tuple[str, str] | None
) -> None:
    found = asked_together(meaning(whole), meaning(first), meaning(second), is_plain=True)

    assert (tuple(each.label for each in found) if found else None) == in_order


def test_after_a_comma_only_a_request_and_a_question_are_two_things() -> None:
    asked, request, other = meaning("faq/a"), meaning("book_appointment"), meaning("faq/b")

    assert asked_together(asked, asked, other, is_plain=False) is None
    assert asked_together(asked, asked, request, is_plain=False) == (request, asked)
