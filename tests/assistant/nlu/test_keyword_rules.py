"""Words that leave no doubt once something is asked decide, whatever the sentence alone was taken for."""

import pytest

from tests.assistant.nlu.in_context import CONFIRMED, CONTACT, NAME, OPENING, PLACE, read


@pytest.mark.parametrize("understood", ["correct", "erase_data", "faq/cpf_dif", "inform"])
@pytest.mark.parametrize("text", ["je l'ai plus, j'ai supprimé le message", "je sais plus", "euh j'ai oublié", "jsp"])
@pytest.mark.parametrize("expects", ["appointment_form.reference", CONTACT])
def test_what_is_not_known_is_never_another_answer(text: str, understood: str, expects: str) -> None:
    assert read(text, understood, expects) == "dont_know"


@pytest.mark.parametrize(
    ("text", "understood", "expects", "label"),
    [
        ("non mettez-moi plutôt à 15h", "deny", CONFIRMED, "correct"),
        ("non pas ça", "deny", CONFIRMED, "deny"),
        ("il fera quel temps ce jour-là ?", "out_of_scope", OPENING, "out_of_scope"),
        ("je veux revenir à l'horaire", "resume", NAME, "go_back"),
        ("je reprends la réservation", "resume", NAME, "resume"),
        ("non annulez tout", "deny", CONFIRMED, "stop"),
        ("je bosse à Montchanin et je vis à Torcy", "faq/situations_frontalier", PLACE, "inform"),
        ("j'habite loin, comment je fais ?", "faq/rendez_vous_trajet", PLACE, "faq"),
        ("écrivez à lulu arobase exemple point fr", "ask_status", CONTACT, "inform"),
        ("pas de mail, prenez mon portable 0612345678", "correct", CONTACT, "inform"),
        ("finalement cherchez vers Sens", "find_relay_point", OPENING, "correct"),
        ("Cluny svp", "find_relay_point", PLACE, "inform"),
        ("où est le plus proche de Joigny ?", "find_relay_point", PLACE, "find_relay_point"),
    ],
)
def test_words_that_leave_no_doubt_decide(text: str, understood: str, expects: str, label: str) -> None:
    assert read(text, understood, expects, 0.9) == label


@pytest.mark.parametrize(
    ("text", "understood", "label"),
    [
        ("stop, on garde le reste pour le conseiller", "faq/cout_prix", "stop"),
        ("pourquoi ça vous intéresse, ma situation ?", "ask_why", "ask_why"),
        ("je ne comprends pas pourquoi mon chef ne veut jamais que je parte en formation", "ask_why", "inform"),
    ],
)
def test_words_of_ones_own_still_let_one_stop_and_ask_why(text: str, understood: str, label: str) -> None:
    assert read(text, understood, "intake_form.situation", 0.9) == label


def test_nobody_agrees_with_a_question_mark() -> None:
    others = (("faq/cout_prix", 0.2), ("faq/cout_cpf", 0.1))

    assert read("et c'est sans frais, on est d'accord ?", "affirm", OPENING, 0.7, others) == "faq"
    assert read("on est d'accord", "affirm", OPENING, 0.7, others) == "affirm"
