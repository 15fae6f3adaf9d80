"""The live conversation: replying, noting, passing on, giving back, closing; each is recorded before it is done."""

from starlette.responses import Response
from starlette.routing import Route

from bot.app import container
from bot.domain.accounts import Account, Right
from bot.domain.conversation import handovers
from bot.domain.conversation.inbox import Request
from bot.domain.errors import UnusableReply
from bot.services.conversations import live_chat
from bot.web.advisers.inbox import INBOX, find, show
from bot.web.advisers.visits import AdviserVisit, Handler, back, desk
from bot.web.pages import CONSOLE

ANYBODY = "file"
LONGEST_KEY = 60


def reply(visit: AdviserVisit) -> Response:
    """Sent to the person; an unusable text comes back in its field."""
    asked = find(visit)
    visit.audit("reply", asked.number)
    text = visit.form.get("texte", "")
    try:
        live_chat.say(
            _uow(), _conversation(asked), visit.account.id, visit.account.name, text, visit.now, _sending(visit)
        )
    except UnusableReply:
        return _told_back(visit, asked, draft=text, fault=True)
    return _done(visit, asked)


def note(visit: AdviserVisit) -> Response:
    """Kept for advisers; the person may ask to read it."""
    asked = find(visit)
    visit.audit("note", asked.number)
    text = visit.form.get("texte", "")
    live_chat.note(_uow(), _conversation(asked), visit.account.id, visit.account.name, text, visit.now, _sending(visit))
    return _done(visit, asked)


def pass_on(visit: AdviserVisit) -> Response:
    """Given to a colleague, or to the queue, with a note; to somebody by name only if the person agreed."""
    asked = find(visit)
    wanted = visit.form.get("a", "")
    agreed = visit.form.get("accord") == "oui"
    if wanted == ANYBODY:
        visit.audit("put_back", asked.number)
        return _put_back(visit, asked)
    colleague = _colleague(visit, wanted)
    if not agreed:
        return _told_back(visit, asked, unagreed=True)
    visit.audit("pass_on", asked.number)
    context = live_chat.context_note(visit.account.name, visit.form.get("texte", ""), agreed=True, to=colleague.name)
    told = container.live_lines().line("passed_on", colleague.name)
    live_chat.pass_on(_uow(), _conversation(asked), visit.account.id, colleague.id, context, visit.now, told)
    return back(INBOX)


def give_back(visit: AdviserVisit) -> Response:
    """The assistant answers again; the person is told so."""
    asked = find(visit)
    visit.audit("give_back", asked.number)
    told = container.live_lines().line("given_back")
    live_chat.give_back(_uow(), _conversation(asked), visit.account.id, visit.now, told)
    return back(f"{INBOX}/{asked.number}")


def close(visit: AdviserVisit) -> Response:
    """All was said."""
    asked = find(visit)
    visit.audit("close", asked.number)
    told = container.live_lines().line("closed")
    live_chat.close(_uow(), _conversation(asked), visit.account.id, visit.now, told)
    return back(INBOX)


def _put_back(visit: AdviserVisit, asked: Request) -> Response:
    text = visit.form.get("texte", "")
    context = live_chat.context_note(visit.account.name, text) if text.strip() else None
    promised = handovers.promise(visit.now, container.adviser_hours())
    told = container.live_lines().line("put_back")
    live_chat.put_back(_uow(), _conversation(asked), visit.account.id, promised, context, visit.now, told)
    return back(INBOX)


def _colleague(visit: AdviserVisit, account_id: str) -> Account:
    with container.unit_of_work().reading() as view:
        for each in view.inbox.colleagues(visit.account):
            if each.id == account_id:
                return each
    raise LookupError


def _done(visit: AdviserVisit, asked: Request) -> Response:
    # The line itself comes by the stream, as it does for every other reader.
    return Response(status_code=204, headers=CONSOLE) if visit.is_htmx else back(f"{INBOX}/{asked.number}#reponse")


def _told_back(visit: AdviserVisit, asked: Request, **more: object) -> Response:
    return Response(status_code=422, headers=CONSOLE) if visit.is_htmx else show(visit, asked, 422, **more)


def _sending(visit: AdviserVisit) -> str:
    return visit.form.get("envoi", "")[:LONGEST_KEY]


def _conversation(asked: Request) -> str:
    return asked.handover.conversation_id


_uow = container.unit_of_work


def _act(name: str, handler: Handler) -> Route:
    return desk(INBOX + "/{number}/" + name, handler, Right.TALK, "POST")


routes = [
    _act("repondre", reply),
    _act("noter", note),
    _act("transmettre", pass_on),
    _act("rendre", give_back),
    _act("clore", close),
]
