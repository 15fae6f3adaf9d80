"""Accounts and the audit log, for who runs the service and reads nobody's words."""

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.app import container
from bot.domain.accounts import Right
from bot.services.accounts import sign_in
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk
from bot.web.pages import CONSOLE

LINES_SHOWN = 200


def accounts(visit: AdviserVisit) -> Response:
    """Who may enter."""
    with container.unit_of_work().reading() as view:
        return visit.page("accounts.html", accounts=view.accounts.all())


def close_account(visit: AdviserVisit) -> Response:
    """Closed, and signed out everywhere at once; nobody closes their own."""
    account_id = visit.form.get("compte", "")
    if account_id == visit.account.id:
        raise LookupError
    if not sign_in.close_account(container.unit_of_work(), account_id, visit.account.id, visit.now):
        raise LookupError
    return back("/conseil/comptes")


def audit_log(visit: AdviserVisit) -> Response:
    """What was done lately; reading it is written in it."""
    visit.audit("read_record")
    with container.unit_of_work().reading() as view:
        names = {account.id: account.name for account in view.accounts.all()}
        entries = view.audit_log.latest(LINES_SHOWN)
    return visit.page("audit_log.html", entries=entries, names=names, acts=texts()["acts"])


def ending(visit: AdviserVisit) -> Response:
    """A warning before an idle sign-in ends; asking for it does not keep it alive."""
    left = visit.signed_in.ends_at - visit.now
    return HTMLResponse(visit.part("ending.html", minutes=max(1, round(left.total_seconds() / 60))), headers=CONSOLE)


routes: list[Route] = [
    desk("/conseil/comptes", accounts, Right.ACCOUNTS),
    desk("/conseil/comptes/fermer", close_account, Right.ACCOUNTS, "POST"),
    desk("/conseil/journal", audit_log, Right.AUDIT),
    desk("/conseil/fin", ending, None, active=False),
]
