"""Letting in somebody a provider vouches for, when an account was opened for them here beforehand."""

from datetime import datetime

from bot.domain.accounts import Account, AuditEntry, login_of
from bot.domain.errors import SignInRefused
from bot.services.accounts import sign_in
from bot.services.accounts.ports import Identity
from bot.services.uow import UnitOfWork


def enter(uow: UnitOfWork, who: Identity, now: datetime, *, email_is_trusted: bool) -> str:
    """The secret of a new sign-in; `SignInRefused` for whoever has no open account here.

    The first time, the account is found by its login, which is their e-mail, then bound to the provider's own
    name for them: an e-mail given later to somebody else opens nothing.
    """
    with uow:
        account = _bound(uow, who) or _first_time(uow, who, email_is_trusted)
        if account is None or account.disabled_at or account.demonstration:
            uow.audit_log.add(AuditEntry(now, account.id if account else "", "sign_in_refused", "provider"))
            uow.commit()
            raise SignInRefused
        uow.commit()
    return sign_in.sign_in_known(uow, account.id, now)


def _bound(uow: UnitOfWork, who: Identity) -> Account | None:
    account_id = uow.identities.account_of(who.issuer, who.subject)
    return uow.accounts.get(account_id) if account_id else None


def _first_time(uow: UnitOfWork, who: Identity, email_is_trusted: bool) -> Account | None:
    if not who.email or not (who.email_is_verified or email_is_trusted):
        return None
    account = uow.accounts.with_login(login_of(who.email))
    if account is None or account.disabled_at or account.demonstration:
        return account
    if uow.identities.subject_of(who.issuer, account.id) is not None:
        return None
    uow.identities.bind(who.issuer, who.subject, account.id)
    return account
