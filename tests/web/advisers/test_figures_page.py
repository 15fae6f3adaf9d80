"""The page of figures, and the same as a file."""

from __future__ import annotations

import csv
import io
import re

import pytest

from bot.domain.accounts import Role
from bot.domain.conversation.turns import Turn, TurnOutcome
from bot.domain.statistics.figures import Length
from bot.services.content import unanswered
from bot.services.statistics import figures
from bot.storage.repositories.statistics import TallyRepository
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import RULES
from tests.web.advisers.browser import Clock, signed_in

PAGE = "/conseil/chiffres"


def filled(uow: SqlUnitOfWork, clock: Clock) -> None:
    today = clock.now.date()
    for outcome, times in ((TurnOutcome.UNDERSTOOD, 18), (TurnOutcome.CLARIFIED, 6), (TurnOutcome.FALLBACK, 2)):
        for _ in range(times):
            unanswered.note(uow, Turn(outcome, near='=HYPERLINK("x")'), "…", today)
    figures.note_first_openings(uow, clock.now, today, RULES)


def test_each_plot_has_a_name_and_its_table(uow: SqlUnitOfWork, clock: Clock) -> None:
    filled(uow, clock)

    page = signed_in("ines", clock=clock).get(PAGE).text

    assert page.count("<svg") == page.count("<title id=") == page.count("<desc id=") == 2
    assert page.count("Le tableau de ce graphique") == 2
    assert "69,2\u00a0%" in re.sub("&nbsp;", "\u00a0", page)
    assert '<tr><th scope="row">non compris</th><td>non montré</td></tr>' in page
    assert '<tr><th scope="row">reformulés avec des choix</th><td>non montré</td></tr>' in page
    assert '<tr><th scope="row">compris du premier coup</th><td>18</td></tr>' in page
    assert "style=" not in page


def test_the_length_of_interviews_has_a_table_and_a_plot(
    uow: SqlUnitOfWork, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = [Length(75, 75 + 30 * (number % 2), f"adviser{number % 3}") for number in range(12)]
    monkeypatch.setattr(TallyRepository, "lengths", lambda *_: lengths)

    page = signed_in("ines", clock=clock).get(PAGE).text

    assert '<tr><th scope="row">plus longs de plus de 20 min</th><td>6</td></tr>' in page
    assert "Entretiens par écart avec la durée prévue" in page
    assert "adviser1" not in page


def test_a_period_that_is_not_offered_is_the_usual_one(uow: SqlUnitOfWork, clock: Clock) -> None:
    who = signed_in("ines", clock=clock)

    assert who.get(f"{PAGE}?semaines=999").text == who.get(f"{PAGE}?semaines=4").text
    assert "26&nbsp;semaines" in who.get(f"{PAGE}?semaines=26").text


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(uow: SqlUnitOfWork, clock: Clock) -> None:
    filled(uow, clock)
    who = signed_in("ines", Role.COORDINATOR, clock=clock)

    answer = who.get(f"{PAGE}/fichier")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {4}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert any("'=HYPERLINK" in cell for row in rows for cell in row)
    with uow.reading() as view:
        assert view.audit_log.latest(1)[0].act == "export"
