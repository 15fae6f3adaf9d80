"""An adviser reads what people said of their interviews, and of nobody else's."""

from __future__ import annotations

from datetime import date

from bot.domain.statistics.feedback import Feedback, Helped
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import Clock, signed_in

PAGE = "/conseil/retours"


def said(uow: SqlUnitOfWork, adviser: str, *words: str) -> None:
    with uow:
        for each in words:
            uow.feedback.add(adviser, date(2026, 11, 1), Feedback(Helped.YES, each), 5)
        uow.commit()


def test_nothing_is_shown_before_five_answers(uow: SqlUnitOfWork, clock: Clock) -> None:
    said(uow, "camille", *"abcd")

    page = signed_in("camille", clock=clock, adviser="camille").get(PAGE).text

    assert "rien n’est montré d’ici là" in page
    assert '<li class="card">' not in page


def test_five_are_shown_to_their_adviser_alone_and_as_text(uow: SqlUnitOfWork, clock: Clock) -> None:
    said(uow, "camille", "<script>alert(1)</script>", *"abcd")

    own = signed_in("camille", clock=clock, adviser="camille").get(PAGE).text
    other = signed_in("hugo", clock=clock, adviser="hugo").get(PAGE).text

    assert '<tr><th scope="row">oui</th><td>5</td></tr>' in own
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in own
    assert "alert(1)" not in other
