"""Exchanges between advisers: looked at before they are shown, answered, withdrawn, and forgotten in their time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.accounts import Account, Role
from bot.domain.errors import ExchangeGone, Recognisable
from bot.domain.peer_exchange import Answer, Case, Exchange, Theme, Wanted, search_words
from bot.domain.privacy.retention import Retention
from bot.services.accounts import sign_in
from bot.services.peer_exchange import commands, queries
from bot.services.peer_exchange.commands import CommandContext
from bot.services.privacy import retention
from bot.services.privacy.ports import Memory
from bot.storage.tables.peer_exchange import exchange_marks, exchange_replies, exchange_visits
from bot.storage.tables.peer_exchange import exchanges as exchange_table
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY
from tests.lexicons import lexicons

CASE = Case(
    Theme.CHANGE,
    "Une reconversion qui n’avance pas",
    "Une salariée de l’industrie, la quarantaine, change d’idée à chaque entretien.",
    "Comment l’aider à choisir sans choisir pour elle ?",
)
ANSWER = Answer("Je lui demande de raconter une journée de travail rêvée.")
HOUR = timedelta(hours=1)


class Nothing(Memory):
    def erase(self, ids: object) -> None:
        """There is none."""


@pytest.fixture(autouse=True)
def _accounts(uow: SqlUnitOfWork) -> None:
    with uow:
        for name in ("ines", "paul", "coline"):
            uow.accounts.save(Account(name, name, name.capitalize(), frozenset({Role.ADVISER})))
        uow.commit()


def by(who: str = "ines", after: timedelta = timedelta(0), sending: str = "") -> CommandContext:
    return CommandContext(who, MONDAY + after, sending)


def published(uow: SqlUnitOfWork, who: str = "ines", after: timedelta = timedelta(0), **changes: object) -> int:
    return commands.publish(uow, lexicons(), replace(CASE, **changes), by(who, after))  # type: ignore[arg-type]


def answered(uow: SqlUnitOfWork, number: int, who: str = "paul", after: timedelta = HOUR, words: str = "") -> int:
    said = Answer(words) if words else ANSWER
    return commands.answer(uow, lexicons(), number, said, by(who, after))


def found(uow: SqlUnitOfWork, number: int, reader: str = "paul") -> Exchange:
    return queries.one(uow, number, reader)


def listed(uow: SqlUnitOfWork, wanted: Wanted | None = None, reader: str = "coline") -> list[int]:
    return [each.number for each in queries.page(uow, wanted or Wanted(), reader, 0)[0]]


def acts(uow: SqlUnitOfWork) -> list[tuple[str, str, str]]:
    with uow.reading() as view:
        return [(each.account_id, each.act, each.subject) for each in reversed(view.audit_log.latest(50))]


def count(uow: SqlUnitOfWork, table: object) -> int:
    with uow:
        return int(uow._open().execute(select(func.count()).select_from(table)).scalar())


def test_a_situation_is_shown_answered_and_recorded_without_its_words(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)

    seen = found(uow, number)
    assert (seen.case, seen.author_id) == (CASE, "ines")
    assert [(each.number, each.answer, each.author_id) for each in seen.replies] == [(reply, ANSWER, "paul")]
    assert acts(uow) == [("ines", "publish_exchange", str(number)), ("paul", "publish_reply", str(reply))]


@pytest.mark.parametrize("words", ["écrivez à ana@exemple.fr", "au 06 12 34 56 78", "dossier CEP-7K4M-2QX9"])
def test_what_leads_to_a_person_is_refused_even_when_it_is_confirmed(uow: SqlUnitOfWork, words: str) -> None:
    case = replace(CASE, situation=f"{CASE.situation} {words}")

    with pytest.raises(Recognisable) as refused:
        commands.publish(uow, lexicons(), case, by(), confirmed=True)

    assert refused.value.is_refused
    assert list(refused.value.found) == ["situation"]
    assert listed(uow) == []


def test_what_is_doubtful_waits_for_its_author_whose_word_is_recorded(uow: SqlUnitOfWork) -> None:
    case = replace(CASE, question="Comment aider Sophie ?")

    with pytest.raises(Recognisable) as questioned:
        commands.publish(uow, lexicons(), case, by())
    number = commands.publish(uow, lexicons(), case, by(), confirmed=True)

    assert not questioned.value.is_refused
    assert acts(uow) == [("ines", "confirm_anonymous", str(number)), ("ines", "publish_exchange", str(number))]


def test_answers_and_corrections_are_looked_at_too(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)
    named = replace(CASE, title="Sophie n’avance pas")

    for attempt in (
        lambda: answered(uow, number, words="Comme chez Renault !"),
        lambda: commands.correct(uow, lexicons(), number, named, by()),
        lambda: commands.correct_reply(uow, lexicons(), reply, Answer("Dites-le à Sophie."), by("paul")),
    ):
        with pytest.raises(Recognisable):
            attempt()

    assert found(uow, number).case == CASE
    assert [each.answer for each in found(uow, number).replies] == [ANSWER]


def test_a_form_sent_twice_counts_once(uow: SqlUnitOfWork) -> None:
    with ThreadPoolExecutor(2) as both:
        numbers = list(both.map(lambda _: publish_elsewhere(uow, "same"), range(2)))
    sent = CommandContext("paul", MONDAY, "answer")

    replies = [commands.answer(uow, lexicons(), numbers[0], ANSWER, sent) for _ in range(2)]

    assert len(set(numbers)) == len(set(replies)) == 1
    assert listed(uow) == [numbers[0]]
    assert len(found(uow, numbers[0]).replies) == 1


def publish_elsewhere(uow: SqlUnitOfWork, sending: str) -> int:
    own = SqlUnitOfWork(uow._engine, uow._digests, uow.holidays, uow.tokens)
    return commands.publish(own, lexicons(), CASE, CommandContext("ines", MONDAY, sending))


def test_two_advisers_who_answer_at_once_are_both_read(uow: SqlUnitOfWork) -> None:
    number = published(uow)

    def reply(who: str) -> int:
        return answered(SqlUnitOfWork(uow._engine, uow._digests, uow.holidays, uow.tokens), number, who)

    with ThreadPoolExecutor(2) as both:
        numbers = set(both.map(reply, ("paul", "coline")))

    assert {each.number for each in found(uow, number).replies} == numbers
    assert {each.author_id for each in found(uow, number).replies} == {"paul", "coline"}


def test_only_its_author_corrects_or_takes_away_a_text(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)
    other = replace(CASE, title="Un autre titre")

    for attempt in (
        lambda: commands.correct(uow, lexicons(), number, other, by("paul")),
        lambda: commands.correct_reply(uow, lexicons(), reply, Answer("Autre chose"), by("ines")),
        lambda: commands.withdraw(uow, number, by("paul")),
        lambda: commands.withdraw_reply(uow, reply, by("ines")),
    ):
        with pytest.raises(ExchangeGone):
            attempt()

    commands.correct(uow, lexicons(), number, other, by(after=HOUR))
    corrected = found(uow, number)
    assert (corrected.case, corrected.corrected_at) == (other, MONDAY + HOUR)
    assert [each.answer for each in corrected.replies] == [ANSWER]


def test_a_text_taken_away_is_erased_and_changes_no_more(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)
    commands.withdraw_reply(uow, reply, by("paul"))
    (gone,) = found(uow, number).replies
    assert (gone.answer.words, gone.withdrawal is not None) == ("", True)

    commands.withdraw(uow, number, by())

    assert listed(uow) == []
    assert count(uow, exchange_replies) == 0
    with pytest.raises(LookupError):
        found(uow, number, "paul")
    assert found(uow, number, "ines").case == Case(Theme.CHANGE, "", "", "")
    with pytest.raises(ExchangeGone):
        answered(uow, number)
    with pytest.raises(ExchangeGone):
        commands.correct(uow, lexicons(), number, CASE, by())


def test_the_coordination_takes_away_any_text_and_its_author_is_told_why(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)

    commands.withdraw_reply(uow, reply, by("coline"), "Le métier suffit à reconnaître la personne.")
    commands.withdraw(uow, number, by("coline", HOUR), "De même.")

    (told,) = queries.to_be_told(uow, "ines", MONDAY + HOUR)
    assert told.withdrawal
    assert told.withdrawal.reason == "De même."
    assert queries.to_be_told(uow, "ines", MONDAY + timedelta(days=90)) == []
    assert ("coline", "moderate_exchange", str(number)) in acts(uow)


def test_a_colleague_says_once_that_an_answer_helped_never_its_author(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)

    for _ in range(2):
        commands.mark(uow, reply, "ines", helped=True)
    commands.mark(uow, reply, "coline", helped=True)
    commands.mark(uow, reply, "coline", helped=False)
    with pytest.raises(ExchangeGone):
        commands.mark(uow, reply, "paul", helped=True)

    assert found(uow, number).replies[0].helped == {"ines"}


def test_the_list_is_by_last_activity_and_narrows(uow: SqlUnitOfWork) -> None:
    old = published(uow, title="Une VAE refusée", theme=Theme.VALIDATION)
    new = published(uow, after=HOUR)
    answered(uow, old, after=2 * HOUR, words="Le jury explique ses réserves à l’écrit.")

    assert listed(uow) == [old, new]
    assert listed(uow, Wanted(theme=Theme.VALIDATION)) == [old]
    assert listed(uow, Wanted(unanswered=True)) == [new]
    assert listed(uow, Wanted(words=search_words("vae REFUSEE"))) == [old]
    assert listed(uow, Wanted(words=search_words("réserves"))) == [old]
    assert listed(uow, Wanted(words=search_words("100 % _"))) == []


def test_the_list_comes_by_pages(uow: SqlUnitOfWork) -> None:
    numbers = [published(uow, after=place * HOUR) for place in range(queries.SHOWN + 1)]

    first, has_more = queries.page(uow, Wanted(), "paul", 0)
    second, has_still_more = queries.page(uow, Wanted(), "paul", 1)

    assert [each.number for each in (*first, *second)] == numbers[::-1]
    assert (has_more, has_still_more) == (True, False)


def test_news_are_what_others_wrote_since_the_last_visit(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    published(uow, "paul")
    assert queries.news(uow, "paul") == 1

    queries.visit(uow, "paul", MONDAY + HOUR)
    queries.visit(uow, "ines", MONDAY + HOUR)
    answered(uow, number, "paul", 2 * HOUR)

    assert (queries.news(uow, "paul"), queries.news(uow, "ines")) == (0, 1)
    assert [each.is_new for each in queries.page(uow, Wanted(), "ines", 0)[0]] == [True, False]


def test_a_closed_account_leaves_its_texts_without_author(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    reply = answered(uow, number)
    commands.mark(uow, reply, "ines", helped=True)
    queries.visit(uow, "ines", MONDAY)

    sign_in.close_account(uow, "ines", "admin", MONDAY)

    assert (found(uow, number).case, found(uow, number).author_id) == (CASE, None)
    assert (count(uow, exchange_marks), count(uow, exchange_visits)) == (0, 0)


def test_an_account_that_is_deleted_leaves_them_too(uow: SqlUnitOfWork) -> None:
    number = published(uow)
    answered(uow, number)

    with uow:
        uow._open().exec_driver_sql("DELETE FROM accounts WHERE id IN ('ines', 'paul')")
        uow.commit()

    seen = found(uow, number)
    assert [seen.author_id, *(each.author_id for each in seen.replies)] == [None, None]


def test_an_exchange_is_forgotten_some_time_after_its_last_answer(uow: SqlUnitOfWork) -> None:
    kept, old = published(uow), published(uow)
    reply = answered(uow, old)
    commands.mark(uow, reply, "ines", helped=True)
    answered(uow, kept, after=timedelta(days=200))
    keep, later = Retention(exchange_days=100), MONDAY + timedelta(days=250)

    assert retention.forget(uow, Nothing(), keep, later, for_real=False).exchanges == 1
    assert count(uow, exchange_table) == 2
    assert retention.forget(uow, Nothing(), keep, later, for_real=True).exchanges == 1

    assert listed(uow) == [kept]
    assert (count(uow, exchange_replies), count(uow, exchange_marks)) == (1, 0)
