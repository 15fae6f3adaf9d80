"""An answer to a question is an answer; what must interrupt still does."""

import pytest

from tests.assistant.nlu.in_context import CONFIRMED, CONTACT, FACT, NAME, OPENING, PLACE, read


@pytest.mark.parametrize("text", ["Nevers", "oui", "71100"])
def test_without_a_question_nothing_changes(text: str) -> None:
    assert read(text, "faq/cout_prix", None) == "faq"


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("Nevers", PLACE),
        ("près de Chalon", PLACE),
        ("71100", PLACE),
        ("plutôt le soir", OPENING),
        ("après 18h pas le mercredi", OPENING),
        ("le 2", OPENING),
        ("Marie Durand", NAME),
        ("0612345678", CONTACT),
        ("cep-7k4m-2qx9", "appointment_form.reference"),
        ("je suis en CDI à l'usine depuis dix ans et je m'ennuie un peu", FACT),
    ],
)
@pytest.mark.parametrize("understood", ["faq/droit_type_contrat", "nlu_fallback", "out_of_scope"])
def test_the_answer_waited_for_is_not_a_question(text: str, expects: str, understood: str) -> None:
    assert read(text, understood, expects) == "inform"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("combien ça coûte ?", "faq"),
        ("c'est confidentiel ?", "faq"),
        ("est-ce que mon patron le saura", "faq"),
    ],
)
@pytest.mark.parametrize("expects", [PLACE, OPENING, NAME, CONTACT, CONFIRMED, FACT])
def test_a_question_stays_a_question(text: str, understood: str, expects: str) -> None:
    assert read(text, f"{understood}/cout_prix", expects, 0.9) == understood


@pytest.mark.parametrize(
    "intent",
    [
        "stop",
        "start_over",
        "go_back",
        "ask_adviser",
        "ask_why",
        "ask_status",
        "care_suicide",
        "care_distress",
        "care_harassment",
        "book_appointment",
        "show_appointment",
    ],
)
@pytest.mark.parametrize("expects", [PLACE, NAME, CONFIRMED, FACT])
def test_what_interrupts_still_interrupts(intent: str, expects: str) -> None:
    assert read("je veux arrêter tout de suite", intent, expects, 0.9) == intent


@pytest.mark.parametrize(("text", "label"), [("annuler", "stop"), ("annuler mon rdv", "cancel_appointment")])
def test_a_bare_annuler_gives_up_what_is_in_progress(text: str, label: str) -> None:
    assert read(text, "cancel_appointment", NAME, 0.9) == label


@pytest.mark.parametrize("understood", ["faq/cout_prix", "nlu_fallback", "thanks", "inform"])
@pytest.mark.parametrize(
    ("text", "label"), [("oui", "affirm"), ("Oui merci", "affirm"), ("non", "deny"), ("nan", "deny")]
)
def test_yes_and_no_are_always_understood(text: str, label: str, understood: str) -> None:
    assert read(text, understood, CONFIRMED) == label


def test_a_yes_that_says_more_agrees_where_agreement_is_asked() -> None:
    assert read("oui tout est juste", "faq/cout_prix", CONFIRMED) == "affirm"


def test_a_name_after_a_yes_is_a_name() -> None:
    assert read("oui Marie Durand", "nlu_fallback", NAME) == "inform"


def test_distress_that_comes_first_is_heard_even_when_unsure() -> None:
    others = (("care_harassment", 0.5),)

    assert read("il me fait vivre un cauchemar", "nlu_fallback", FACT, 0.3, others) == "care_harassment"


def test_an_answer_gains_over_a_weak_question() -> None:
    others = (("dont_know", 0.3),)

    assert read("j'en ai perdu la trace", "faq/cpf_dif", "appointment_form.reference", 0.5, others) == "dont_know"


@pytest.mark.parametrize("text", ["", "🙂", "1" * 1000, "?"])
@pytest.mark.parametrize("expects", [PLACE, CONFIRMED, FACT, "no_dot", ""])
def test_any_text_is_survived(text: str, expects: str) -> None:
    assert read(text, "nlu_fallback", expects)


def test_changing_what_is_being_booked_is_a_correction() -> None:
    assert read("changer l’horaire", "move_appointment", CONFIRMED, 0.9) == "correct"


def test_moving_an_appointment_taken_before_is_not_a_correction() -> None:
    assert read("déplacer mon rendez-vous", "move_appointment", CONFIRMED, 0.9) == "move_appointment"


HOPE, REVIEW, AGREEMENT = "intake_form.hope", "intake_form.review", "intake_form.agreement"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("savoir si je peux financer une formation", "faq/financement_cpf"),
        ("je ne sais pas comment faire pour changer de métier", "faq/droit_type_contrat"),
        ("parler de mon projet avec un conseiller et voir les suites possibles pour moi", "ask_adviser"),
        ("passer", "more"),
        ("question suivante", "stop"),
        ("arrêter de courir partout et retrouver du temps pour ma famille", "stop"),
        ("prendre rendez-vous avec moi-même", "book_appointment"),
    ],
)
def test_words_of_ones_own_are_an_answer_whatever_they_speak_of(text: str, understood: str) -> None:
    assert read(text, understood, HOPE, 0.7) == "inform"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("stop", "stop"),
        ("retour", "go_back"),
        ("pourquoi cette question ?", "ask_why"),
        ("je veux parler à un conseiller s'il vous plaît", "ask_adviser"),
        ("effacer ma préparation", "withdraw_intake"),
        ("je veux en finir", "care_suicide"),
        ("je ne sais pas", "dont_know"),
    ],
)
@pytest.mark.parametrize("expects", [HOPE, REVIEW])
def test_ways_out_stay_open_where_any_words_are_an_answer(text: str, understood: str, expects: str) -> None:
    assert read(text, understood, expects, 0.9) == understood


def test_a_plain_question_is_answered_where_any_words_are_an_answer() -> None:
    assert read("mon employeur le saura ?", "faq/employeur_sait", HOPE, 0.9) == "faq"


@pytest.mark.parametrize(("text", "meant"), [("oui, transmettre", "affirm"), ("non, ne rien transmettre", "deny")])
@pytest.mark.parametrize("understood", ["withdraw_intake", "prepare_interview", "faq/donnees_conseiller"])
def test_a_yes_or_a_no_to_passing_on_is_only_that(text: str, meant: str, understood: str) -> None:
    assert read(text, understood, AGREEMENT) == meant


HELPED, REASON = "opinion.helped", "opinion.reason"


@pytest.mark.parametrize(("text", "label"), [("oui", "affirm"), ("non", "deny"), ("non c'est pas ça", "deny")])
@pytest.mark.parametrize("understood", ["nlu_fallback", "out_of_scope"])
def test_a_yes_or_a_no_says_whether_the_answer_helped(text: str, label: str, understood: str) -> None:
    assert read(text, understood, HELPED) == label


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("et en 2015 ?", "ask_other_scheme"),
        ("je veux un rendez-vous", "book_appointment"),
        ("Nevers", "inform"),
        ("du chocolat", "nlu_fallback"),
        ("merci", "thanks"),
    ],
)
def test_anything_else_after_an_answer_keeps_its_meaning(text: str, understood: str) -> None:
    assert read(text, understood, HELPED) == understood


@pytest.mark.parametrize("understood", ["nlu_fallback", "out_of_scope", "not_clear", "insult", "dont_know"])
def test_why_an_answer_did_not_help_is_heard(understood: str) -> None:
    assert read("il manque le prix du train", understood, REASON) == "inform"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("c'est combien ?", "faq"),
        ("je veux parler à quelqu'un", "ask_adviser"),
        ("du chocolat ?", "nlu_fallback"),
        ("non", "deny"),
        ("j'en peux plus", "care_distress"),
    ],
)
def test_another_wish_is_no_reason(text: str, understood: str) -> None:
    label = f"{understood}/cout_prix" if understood == "faq" else understood

    assert read(text, label, REASON) == understood


def test_a_choice_that_was_offered_is_taken_at_its_word() -> None:
    for text, understood, expects, label in (
        ("Cela me semble faux", "faq/cpf_demarchage", REASON, "inform"),
        ("Non, pas vraiment", "faq/cout_prix", HELPED, "deny"),
    ):
        assert read(text, understood, expects, 0.9, offered=True) == label


@pytest.mark.parametrize(("text", "expects"), [("Sens", PLACE), ("Lou Petit", NAME), ("Léa Chagrin", NAME)])
def test_a_town_or_a_name_is_no_distress(text: str, expects: str) -> None:
    assert read(text, "care_child", expects, 0.3) == "inform"


def test_short_words_of_distress_stay_distress_whatever_was_asked() -> None:
    assert read("j'en peux plus", "care_distress", PLACE, 0.6) == "care_distress"


def test_a_choice_pressed_in_a_form_is_neither_distress_nor_a_question() -> None:
    assert (
        read("Garder le rendez-vous", "faq/rendez_vous_deuxieme", "erase_form.erase_appointment", 0.9, offered=True)
        != "faq"
    )


def test_a_title_pressed_after_an_answer_asks_its_question() -> None:
    assert read("Qui paie le CEP ?", "faq/cout_financeur", "opinion.helped", 0.9, offered=True) == "faq"


def test_why_naming_nothing_is_asked_of_the_question() -> None:
    assert read("à quoi ça sert ?", "faq/droit_definition", FACT, 0.6) == "ask_why"
