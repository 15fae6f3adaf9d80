"""Answers to a colleague: publishing, correcting, taking away, saying that one helped."""

from starlette.responses import Response

from bot.app import container
from bot.domain.accounts import Right
from bot.domain.errors import ExchangeGone
from bot.domain.peer_exchange import Answer, Reply
from bot.services.peer_exchange import commands, queries
from bot.web.advisers.exchange_forms import Form, by, gone, reason_of, settle, typed_answer, written
from bot.web.advisers.exchanges import EXCHANGES, LIMITS, ONE, names, show
from bot.web.advisers.visits import AdviserVisit, back, desk

REPLY = EXCHANGES + "/reponses/{number}"


def answer(visit: AdviserVisit) -> Response:
    """Shown under the situation, once nothing in it is questioned, or confirmed."""
    try:
        found = queries.one(container.unit_of_work(), visit.number, visit.account.id)
    except LookupError:
        return gone(visit)

    def save(said: Answer, confirmed: bool) -> str:
        uow = container.unit_of_work()
        reply = commands.answer(uow, container.lexicons(), found.number, said, by(visit), confirmed=confirmed)
        return _address(found.number, reply)

    words = {"exchange": found, "names": names(), "limits": LIMITS, "unsaid": "", "reason": "", "wrong_reason": ""}
    return settle(visit, Form("exchange.html", visit.request.url.path, words), typed_answer(visit), save)


def correct(visit: AdviserVisit) -> Response:
    """One's own answer, in its form."""
    reply = _own(visit)
    return _form(visit, reply).show(visit, written(reply.answer))


def keep(visit: AdviserVisit) -> Response:
    """Corrected, looked at as a new one is."""
    try:
        reply = _own(visit)
    except ExchangeGone:
        return gone(visit)

    def save(said: Answer, confirmed: bool) -> str:
        commands.correct_reply(
            container.unit_of_work(), container.lexicons(), reply.number, said, by(visit), confirmed=confirmed
        )
        return _address(reply.exchange, reply.number)

    return settle(visit, _form(visit, reply), typed_answer(visit), save)


def withdraw(visit: AdviserVisit) -> Response:
    """One's own answer, taken away."""
    reply = _own(visit)
    commands.withdraw_reply(container.unit_of_work(), reply.number, by(visit))
    return back(_address(reply.exchange, reply.number))


def moderate(visit: AdviserVisit) -> Response:
    """Anybody's, with a reason that its author reads."""
    with container.unit_of_work().reading() as view:
        reply = view.exchanges.reply(visit.number)
    if reply is None:
        raise LookupError
    reason, wrong = reason_of(visit)
    if wrong:
        return show(visit, reply.exchange, 422, unsaid=f"r{reply.number}", reason=reason, wrong_reason=wrong)
    commands.withdraw_reply(container.unit_of_work(), reply.number, by(visit), reason)
    return back(_address(reply.exchange, reply.number))


def helped(visit: AdviserVisit) -> Response:
    """It helped, or it is said by mistake."""
    wanted = visit.form.get("aide", "oui") == "oui"
    reply = commands.mark(container.unit_of_work(), visit.number, visit.account.id, helped=wanted)
    return back(_address(reply.exchange, reply.number))


def _own(visit: AdviserVisit) -> Reply:
    return queries.own_reply(container.unit_of_work(), visit.number, visit.account.id)


def _form(visit: AdviserVisit, reply: Reply) -> Form:
    return Form("exchange_reply.html", visit.request.url.path, {"limits": LIMITS, "exchange_number": reply.exchange})


def _address(exchange: int, reply: int) -> str:
    return f"{EXCHANGES}/{exchange}#reponse-{reply}"


routes = [
    desk(ONE + "/repondre", answer, Right.EXCHANGES, "POST"),
    desk(REPLY + "/corriger", correct, Right.EXCHANGES),
    desk(REPLY + "/corriger", keep, Right.EXCHANGES, "POST"),
    desk(REPLY + "/retirer", withdraw, Right.EXCHANGES, "POST"),
    desk(REPLY + "/aide", helped, Right.EXCHANGES, "POST"),
    desk(REPLY + "/ecarter", moderate, Right.MODERATION, "POST"),
]
