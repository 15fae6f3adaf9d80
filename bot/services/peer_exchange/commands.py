"""Exchanges between advisers: a situation shared, answers, what helped; nothing is shown that names somebody.

Each text is looked at before it is shown. `Recognisable` says what is questioned; its author corrects it, or says
that nobody can be recognised (`confirmed`), which is written in the record. Who publishes is always recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts import AuditEntry
from bot.domain.errors import ExchangeGone, Recognisable
from bot.domain.peer_exchange import Answer, Case, Reply, Said, Withdrawal
from bot.domain.privacy.anonymity import detect_identifiers
from bot.domain.privacy.lexicons import Lexicons
from bot.services.uow import Conflict, UnitOfWork


@dataclass(frozen=True)
class CommandContext:
    """Who does it, and when; `sending` names the form, so that it counts once.

    Nobody has no account: an invented colleague, in a demonstration.
    """

    account_id: str | None
    now: datetime
    sending: str = ""
    demonstration: bool = False


def look(lexicons: Lexicons, said: Said, *, confirmed: bool) -> bool:
    """Whether its author had to confirm something; `Recognisable` while something is questioned, or refused."""
    found = {name: passages for name, text in said.texts.items() if (passages := detect_identifiers(text, lexicons))}
    if not found:
        return False
    questioned = Recognisable(found)
    if questioned.is_refused or not confirmed:
        raise questioned
    return True


def publish(uow: UnitOfWork, lexicons: Lexicons, case: Case, by: CommandContext, *, confirmed: bool = False) -> int:
    """Show a situation to colleagues; its number, the same when the form comes twice."""
    had_to_confirm = look(lexicons, case, confirmed=confirmed)
    try:
        with uow:
            number = uow.exchanges.open(case, by.account_id, by.now, _sending(uow, by), demonstration=by.demonstration)
            _record(uow, by, "publish_exchange", number, confirmed=had_to_confirm)
            uow.commit()
            return number
    except Conflict:
        return _already(uow, lambda view: view.exchanges.opened_by(by.sending))


def answer(
    uow: UnitOfWork, lexicons: Lexicons, number: int, said: Answer, by: CommandContext, *, confirmed: bool = False
) -> int:
    """Answer a colleague; `ExchangeGone` when the situation was withdrawn meanwhile."""
    had_to_confirm = look(lexicons, said, confirmed=confirmed)
    try:
        with uow:
            # First: it holds the exchange, so that nobody withdraws it between this line and the next.
            if not uow.exchanges.touch(number, by.now):
                raise ExchangeGone
            reply = uow.exchanges.answer(number, said, by.account_id, by.now, _sending(uow, by))
            _record(uow, by, "publish_reply", reply, confirmed=had_to_confirm)
            uow.commit()
            return reply
    except Conflict:
        return _already(uow, lambda view: view.exchanges.answered_by(by.sending))


def correct(
    uow: UnitOfWork, lexicons: Lexicons, number: int, case: Case, by: CommandContext, *, confirmed: bool = False
) -> None:
    """Other words for one's own situation."""
    had_to_confirm = look(lexicons, case, confirmed=confirmed)
    with uow:
        _done(uow.exchanges.correct(number, case, by.account_id or "", by.now))
        _record(uow, by, "correct_exchange", number, confirmed=had_to_confirm)
        uow.commit()


def correct_reply(
    uow: UnitOfWork, lexicons: Lexicons, number: int, said: Answer, by: CommandContext, *, confirmed: bool = False
) -> None:
    """Other words for one's own answer."""
    had_to_confirm = look(lexicons, said, confirmed=confirmed)
    with uow:
        _done(uow.exchanges.correct_reply(number, said, by.account_id or "", by.now))
        _record(uow, by, "correct_reply", number, confirmed=had_to_confirm)
        uow.commit()


def withdraw(uow: UnitOfWork, number: int, by: CommandContext, reason: str = "") -> None:
    """Erase a situation and its answers: one's own, or, with a reason, anybody's."""
    with uow:
        author = None if reason else by.account_id or ""
        _done(uow.exchanges.withdraw(number, Withdrawal(by.now, reason), author))
        _record(uow, by, "moderate_exchange" if reason else "withdraw_exchange", number)
        uow.commit()


def withdraw_reply(uow: UnitOfWork, number: int, by: CommandContext, reason: str = "") -> None:
    """Erase an answer: one's own, or, with a reason, anybody's."""
    with uow:
        author = None if reason else by.account_id or ""
        _done(uow.exchanges.withdraw_reply(number, Withdrawal(by.now, reason), author))
        _record(uow, by, "moderate_reply" if reason else "withdraw_reply", number)
        uow.commit()


def mark(uow: UnitOfWork, number: int, account_id: str, *, helped: bool) -> Reply:
    """Say, or no longer say, that a colleague's answer helped."""
    try:
        with uow:
            reply = uow.exchanges.reply(number)
            if reply is None or not reply.can_be_marked_by(account_id):
                raise ExchangeGone
            uow.exchanges.mark(number, account_id, helped=helped)
            uow.commit()
            return reply
    except Conflict:
        # Withdrawn with its exchange between the two lines above.
        raise ExchangeGone from None


def _sending(uow: UnitOfWork, by: CommandContext) -> str:
    return by.sending or uow.tokens.identifier()


def _already(uow: UnitOfWork, find: Callable[[UnitOfWork], int | None]) -> int:
    with uow.reading() as view:
        number = find(view)
    if number is None:
        raise LookupError("nothing came with this sending")
    return number


def _done(changed: bool) -> None:
    if not changed:
        raise ExchangeGone


def _record(uow: UnitOfWork, by: CommandContext, act: str, number: int, *, confirmed: bool = False) -> None:
    """Who, and what: never the words, and whatever name is shown."""
    if by.account_id is None:
        return
    if confirmed:
        uow.audit_log.add(AuditEntry(by.now, by.account_id, "confirm_anonymous", str(number)))
    uow.audit_log.add(AuditEntry(by.now, by.account_id, act, str(number)))
