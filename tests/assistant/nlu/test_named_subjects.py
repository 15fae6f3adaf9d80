"""What a question names bars the answers about something else."""

from __future__ import annotations

import numpy as np
import pytest

from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.named_subjects import NamedSubjects

WORDS = Concepts({"cep": ["cep"], "vae": ["vae"], "cpf": ["cpf"], "fonction_publique": ["fonctionnaire*"]})
SUBJECTS = NamedSubjects(
    WORDS,
    {
        "faq/vae": ["vae"],
        "faq/cpf": ["cpf"],
        "faq/both": ["vae", "cpf"],
        "faq/agent": ["cpf", "fonction_publique"],
    },
)
LABELS = ("faq/vae", "faq/cpf", "faq/both", "faq/agent", "greet")


def shares_after(text: str) -> dict[str, float]:
    even = np.full((1, len(LABELS)), 0.2)
    return dict(zip(LABELS, SUBJECTS.bar_others([SUBJECTS.named_in(text)], LABELS, even)[0].tolist(), strict=True))


def test_an_entry_about_another_subject_is_barred() -> None:
    shares = shares_after("qui paie ma VAE ?")

    assert shares["faq/cpf"] < 0.05 * shares["faq/vae"]
    assert sum(shares.values()) == pytest.approx(1)


def test_an_entry_about_both_subjects_named_leads() -> None:
    shares = shares_after("payer ma vae avec mon cpf")

    assert max(shares, key=lambda label: shares[label] if label != "greet" else 0) == "faq/both"


def test_an_intent_is_never_barred() -> None:
    assert shares_after("qui paie ma vae ?")["greet"] == pytest.approx(shares_after("qui paie ma vae ?")["faq/vae"])


def test_who_is_speaking_halves_what_is_said_to_everybody() -> None:
    shares = shares_after("je suis fonctionnaire, mon cpf ?")

    assert shares["faq/cpf"] == pytest.approx(shares["faq/agent"] / 2)


def test_nothing_named_changes_nothing() -> None:
    assert set(shares_after("qui paie ?").values()) == {0.2}


@pytest.mark.parametrize(
    ("clause", "asked"),
    [("qui la paie", "qui la paie vae"), ("et le cpf", "et le cpf"), ("le cep est gratuit", "le cep est gratuit")],
)
def test_a_clause_gets_the_subject_it_leaves_unsaid(clause: str, asked: str) -> None:
    assert SUBJECTS.restored(clause, "combien dure une VAE") == asked
