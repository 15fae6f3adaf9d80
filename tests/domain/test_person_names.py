"""Names said in a conversation, and what is not one."""

from __future__ import annotations

import pytest

from bot.domain.person_names import FullName, read_name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Marie Durand", FullName("Marie", "Durand")),
        ("je m'appelle marie durand", FullName("Marie", "Durand")),
        ("DURAND Marie", FullName("Marie", "DURAND")),
        ("moi c'est Ali", FullName("Ali")),
        ("Jean-Pierre de La Tour", FullName("Jean-Pierre", "de La Tour")),
        ("Mme Kate O'Brien", FullName("Kate", "O'Brien")),
        ("Nguyen Van An", FullName("Nguyen", "Van An")),
        ("nom : martin", FullName("Martin")),
    ],
)
def test_a_name_is_read(said: str, name: FullName) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    "said",
    ["stop", "annuler", "je veux parler à quelqu'un", "c'est gratuit ?", "non, plutôt Nevers", "pourquoi mon nom",
     "12", "", "😀", "mardi matin", "je ne veux pas donner mon nom", "de la"],
)  # fmt: skip
def test_what_is_no_name_is_refused(said: str) -> None:
    assert read_name(said) is None
