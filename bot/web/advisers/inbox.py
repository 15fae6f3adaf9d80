"""The inbox: requests for a person by age, never by a score; a request's page; taking it."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.app import container, staff_accounts
from bot.domain.accounts import Right
from bot.domain.conversation.conversations import Author, Message, State
from bot.domain.conversation.inbox import Request
from bot.domain.errors import HandoverAlreadyTaken
from bot.services.conversations import handover, live_chat
from bot.web.advisers import preparation
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

INBOX = "/conseil/demandes"
CLOSED_SHOWN = 10
LINES_SHOWN = 500


def inbox(visit: AdviserVisit) -> Response:
    """Everything this account may take, has, and had."""
    visit.audit("read_queue")
    return visit.page("inbox.html", **queue_words(visit))


def queue(visit: AdviserVisit) -> str:
    """The lists alone, for a page that is already open."""
    return visit.part("queue.html", **queue_words(visit))


def queue_words(visit: AdviserVisit) -> dict[str, Any]:
    """The lists of the inbox, each request in one of them."""
    with container.unit_of_work().reading() as view:
        requests = view.inbox.open(visit.account)
        closed = view.inbox.closed_by(visit.account, CLOSED_SHOWN)
    mine = [each for each in requests if each.is_held_by(visit.account)]
    waiting = [each for each in requests if each.is_waiting]
    others = [each for each in requests if not each.is_waiting and each not in mine]
    return {"mine": mine, "waiting": waiting, "others": others, "closed": closed, "channels": texts()["channels"]}


def request_page(visit: AdviserVisit) -> Response:
    """What the person asked for, from there on; before that only if they agreed. Reading it is recorded."""
    visit.audit("read_request", visit.number)
    return show(visit, find(visit))


def take(visit: AdviserVisit) -> Response:
    """Taken, the person is told who is there; already taken, the adviser is told by whom."""
    asked = find(visit)
    visit.audit("take", asked.number)
    told = container.live_lines().line("joined", visit.account.name)
    try:
        handover.take(container.unit_of_work(), asked.number, visit.account.id, visit.now, told)
    except HandoverAlreadyTaken:
        return visit.page("taken.html", 409, request=_again(visit, asked))
    return back(f"{INBOX}/{asked.number}")


def show(visit: AdviserVisit, asked: Request, status: int = 200, **more: object) -> Response:
    """The page of a request; `more`: what was typed and could not be sent."""
    with container.unit_of_work().reading() as view:
        meetings = view.inbox.meetings(asked.handover.conversation_id)
        colleagues = view.inbox.colleagues(visit.account) if asked.is_held_by(visit.account) else ()
    prepared = preparation.of_request(asked)
    lines = lines_of(asked)
    words: dict[str, Any] = {
        "request": asked,
        "lines": lines,
        "last": lines[-1].id if lines else asked.handover.first_message_id - 1,
        "meetings": meetings,
        "prepared": prepared,
        "terms": preparation.last_terms_read(meetings),
        "colleagues": colleagues,
        "replies": staff_accounts.prepared_replies(),
        "draft": _prepared_draft(visit),
        "sending": container.new_identifier(),
        "channels": texts()["channels"],
        "meeting_states": texts()["meeting_states"],
        "State": State,
        **more,
    }
    return visit.page("request.html", status, **words)


def find(visit: AdviserVisit) -> Request:
    """The request of the address, if this account may see it; `LookupError` otherwise."""
    with container.unit_of_work().reading() as view:
        found = view.inbox.get(visit.account, visit.number)
    if found is None:
        raise LookupError
    return found


@dataclass(frozen=True)
class Shown:
    """A line of the transcript as advisers see it."""

    id: int
    kind: str
    author: str
    text: str
    message: Message


def lines_of(asked: Request, after: int | None = None) -> list[Shown]:
    """The transcript from the request on; what was said before it, only if the person agreed."""
    agreed = preparation.of_request(asked)
    start = 0 if agreed and agreed.earlier_until else asked.handover.first_message_id - 1
    since = start if after is None else max(after, start)
    lines = live_chat.lines_for_adviser(container.unit_of_work(), asked.handover.conversation_id, since, LINES_SHOWN)
    return [_shown(each) for each in lines]


def _shown(message: Message) -> Shown:
    extras = message.line.extras
    kind = "note" if extras.get(live_chat.NOTE) else message.author.value
    if message.hidden and message.author is not Author.ADVISER:
        kind = "unsent"
    name = str(extras.get("author_name", "")) if message.author is Author.ADVISER else ""
    return Shown(message.id, kind, name or texts()["authors"][kind], message.line.text, message)


def _prepared_draft(visit: AdviserVisit) -> str:
    wanted = visit.request.query_params.get("modele", "")
    return next((each.text for each in staff_accounts.prepared_replies() if each.id == wanted), "")


def _again(visit: AdviserVisit, asked: Request) -> Request:
    with container.unit_of_work().reading() as view:
        return view.inbox.get(visit.account, asked.number) or asked


routes = [
    desk(INBOX, inbox, Right.TALK),
    desk(INBOX + "/{number}", request_page, Right.TALK),
    desk(INBOX + "/{number}/prendre", take, Right.TALK, "POST"),
]
