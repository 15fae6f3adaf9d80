"""Every page that acts, with its errors, is well made."""

from __future__ import annotations

import pytest

from tests.web.advisers.browser import Browser, Clock
from tests.web.public.asking import CAMILLE, START, book, confirm, hidden, offered, own_page, send, to_recap
from tests.web.public.markup import Page

sqlite = pytest.mark.parametrize("uow", ["sqlite"], indirect=True)


def faults(*pages: str) -> list[list[str]]:
    return [found for found in (Page(text).faults for text in pages) if found]


def test_the_checker_sees_faults() -> None:
    assert Page('<h1>a</h1><p><div id="x"></div></p>').faults
    assert Page('<h1>a</h1><label for="y">b</label>').faults
    assert Page("<h1>a</h1><h3>b</h3>").faults
    assert Page('<h1 id="a">a</h1><p id="a"><a href="#a">b</a>').faults
    assert not Page('<h1 id="a">a</h1><p><a href="#a">b</a></p>').faults


@sqlite
def test_the_pages_of_a_request(visitor: Browser, clock: Clock) -> None:
    wrong_place = send(visitor, START, lieu="Givry")
    recap = to_recap(visitor)
    back = [visitor.get(f"{START}{end}") for end in ("", "/point-relais", "/horaire", "/coordonnees")]
    unread = send(visitor, f"{START}/moment", moment="bof")
    several = send(visitor, f"{START}/moment", moment="le 3 ou le 4")
    none = send(visitor, f"{START}/horaire")
    wrong_person = send(visitor, f"{START}/coordonnees", prenom="", email="x", telephone="y")
    suggested = send(visitor, f"{START}/coordonnees", **{**CAMILLE, "email": "c@gmial.com"})
    changed = send(visitor, f"{START}/confirmation")
    clock.forward(minutes=11)
    late = visitor.get(f"{START}/confirmation")
    done = confirm(visitor, late)

    pages = (wrong_place, recap, *back, unread, several, none, wrong_person, suggested, changed, late, done)
    assert faults(*(page.text for page in pages)) == []


@sqlite
def test_the_pages_of_an_appointment(visitor: Browser) -> None:
    path = own_page(book(visitor, rank=2))
    shown = [visitor.get(path + end) for end in ("", "?fait=deplace", "/annuler", "/effacer", "/recu", "/deplacer")]
    choice = shown[-1]
    none = send(visitor, f"{path}/deplacer")
    wish = send(visitor, f"{path}/deplacer", moment="bof")
    ended = visitor.get(f"{path}/deplacer?erreur=fin")
    taken = visitor.get(f"{path}/deplacer", params={"pris": offered(choice)[0]})
    review = send(visitor, f"{path}/deplacer", horaire=offered(choice)[1])
    waiting = send(visitor, f"{path}/plus-tot")
    moved = send(visitor, f"{path}/deplacer/confirmer", garde=hidden(review, "garde"))
    cancelled = send(visitor, f"{path}/annuler")
    over = visitor.get(path)

    pages = (*shown, none, wish, ended, taken, review, waiting, moved, cancelled, over)
    assert faults(*(page.text for page in pages)) == []


@sqlite
def test_the_other_pages_that_act(visitor: Browser) -> None:
    pages = (
        visitor.get("/verifier"),
        send(visitor, "/verifier"),
        send(visitor, "/verifier", numero="R-2026-22222-22222", code="x"),
        visitor.get("/mon-rendez-vous"),
        send(visitor, "/mon-rendez-vous"),
        send(visitor, "/mon-rendez-vous", reference="CEP-7K4M-2QX9", contact="a@b.fr"),
        send(visitor, f"{START}/effacer"),
        visitor.post(START, headers={"Sec-Fetch-Site": "cross-site"}),
    )

    assert faults(*(page.text for page in pages)) == []
