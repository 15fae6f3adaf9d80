"""Names said in a conversation, and what is not one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking.person_names import FullName, read_name


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
        ("ok Paul Durand", FullName("Paul", "Durand")),
        ("oui, Paul Durand svp", FullName("Paul", "Durand")),
        ("Paul Durand, merci beaucoup", FullName("Paul", "Durand")),
        ("Paul Durand et mon mail c'est", FullName("Paul", "Durand")),
        ("Sonia Petit, née Grand", FullName("Sonia", "Petit")),
        ("Sonia Petit 45 ans", FullName("Sonia", "Petit")),
        ("Prénom : Marie, nom : Durand", FullName("Marie", "Durand")),
        ("nom Durand prénom Marie", FullName("Marie", "Durand")),
        ("mon nom de famille est Lopez, prénom Inès", FullName("Inès", "Lopez")),
        ("Léo, et mon nom de famille c'est Content", FullName("Léo", "Content")),
        ("nom et prénom : DURAND Paul", FullName("Paul", "DURAND")),
        ("moi c lucie", FullName("Lucie")),
        ("jmappelle kevin martin", FullName("Kevin", "Martin")),
        ("mettez juste Fatou D.", FullName("Fatou", "D")),
        ("rendez-vous au nom de Paul Durand", FullName("Paul", "Durand")),
        ("vous pouvez noter M. Paul Durand", FullName("Paul", "Durand")),
        ("Aurélie Bonjour", FullName("Aurélie", "Bonjour")),
        ("mon nom c'est Petit, Sonia Petit", FullName("Sonia", "Petit")),
    ],
)
def test_a_name_is_read(said: str, name: FullName) -> None:
    assert read_name(said) == name


@pytest.mark.parametrize(
    "said",
    ["stop", "annuler", "je veux parler à quelqu'un", "c'est gratuit ?", "non, plutôt Nevers", "pourquoi mon nom",
     "12", "", "😀", "mardi matin", "je ne veux pas donner mon nom", "de la", "laisse tomber", "oui", "c'est",
     "Oui Non", "nom de naissance ou d'usage ?", "mon nom et mon prénom", "quel prénom et quel nom ?",
     "c quoi cette question", "mon mari s'appelle Paul", "je m'appelle", "P. D.", "merci", "Paul " * 50],
)  # fmt: skip
def test_what_is_no_name_is_refused(said: str) -> None:
    assert read_name(said) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(said: str) -> None:
    name = read_name(said)

    assert name is None or name.first
