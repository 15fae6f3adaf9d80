"""Signing in to the console, and who is signed in.

Every refusal is the same `SignInRefused`: unknown login, wrong password, wrong code, closed account, too many
tries. Nobody learns which accounts exist, not even by the time it takes.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.accounts import Account, AuditEntry, SignIn, SignInRules, login_of
from bot.domain.errors import SignInRefused
from bot.services.accounts.ports import OneTimeCodes, Passwords
from bot.services.uow import UnitOfWork

SEEN_EVERY = timedelta(seconds=30)
"""A sign-in in use is noted at most this often: reading a page must not cost a write."""


@dataclass(frozen=True)
class Credentials:
    """What was typed, and from where."""

    login: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)
    origin: str = field(repr=False)


@dataclass(frozen=True)
class SignedIn:
    """Who is there, and until when if nothing more is done."""

    account: Account
    ends_at: datetime


def sign_in(
    uow: UnitOfWork, passwords: Passwords, codes: OneTimeCodes, said: Credentials, now: datetime, rules: SignInRules
) -> str:
    """The secret of a new sign-in, kept by the browser alone."""
    login = login_of(said.login)
    attempt = _begin(uow, login, said.origin, now, rules)
    with uow.reading() as view:
        account = view.accounts.with_login(login)
    # Checked outside of any transaction: it is slow on purpose. And checked even without an account.
    is_right = passwords.matches(account.password_hash if account else "", said.password)
    step = codes.step_of(account.totp_secret, said.code.replace(" ", ""), now) if account else None
    if account is None or not is_right or step is None or account.disabled_at or account.demonstration:
        raise _refused(uow, account, now)
    with uow:
        if not uow.accounts.use_step(account.id, step):
            raise SignInRefused
        uow.attempts.forget(attempt)
        secret = _open(uow, account, now)
        uow.commit()
        return secret


def sign_in_known(uow: UnitOfWork, account_id: str, now: datetime) -> str:
    """The secret of a new sign-in for somebody proved elsewhere: an identity provider, or a demonstration."""
    with uow:
        account = uow.accounts.get(account_id)
        if account is None or account.disabled_at:
            raise SignInRefused
        secret = _open(uow, account, now)
        uow.commit()
        return secret


def current(uow: UnitOfWork, secret: str, now: datetime, rules: SignInRules, *, active: bool = True) -> SignedIn | None:
    """Who this secret belongs to, if they are still signed in; `active`: a gesture that keeps it alive."""
    with uow.reading() as view:
        found = view.sign_ins.with_digest(digest_of(secret))
        account = view.accounts.get(found.account_id) if found else None
    if found is None or account is None or account.disabled_at or now >= found.ends_at(rules):
        return None
    if active and now - found.last_seen_at >= SEEN_EVERY:
        with uow:
            uow.sign_ins.seen(found.digest, now)
            uow.commit()
        found = replace(found, last_seen_at=now)
    return SignedIn(account, found.ends_at(rules))


def sign_out(uow: UnitOfWork, secret: str, account_id: str, now: datetime) -> None:
    """End this sign-in at once."""
    with uow:
        uow.sign_ins.end(digest_of(secret))
        uow.audit_log.add(AuditEntry(now, account_id, "sign_out", ""))
        uow.commit()


def close_account(uow: UnitOfWork, account_id: str, by: str, now: datetime) -> bool:
    """Close an account and end its sign-ins at once; what it shared stays, without author. Whether there was one."""
    with uow:
        account = uow.accounts.get(account_id)
        if account is None:
            return False
        uow.accounts.save(replace(account, disabled_at=now))
        uow.sign_ins.end_all(account_id)
        uow.exchanges.let_go(account_id)
        uow.audit_log.add(AuditEntry(now, by, "close_account", account_id))
        uow.commit()
        return True


def someone_answers(uow: UnitOfWork, now: datetime, rules: SignInRules) -> bool:
    """Whether an adviser is at the console now: visitors must not wait in an empty room."""
    with uow.reading() as view:
        return view.sign_ins.someone_since(now - timedelta(minutes=rules.present_minutes))


def digest_of(secret: str) -> str:
    """What is stored of a secret of 128 random bits; nothing leads back from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _begin(uow: UnitOfWork, login: str, origin: str, now: datetime, rules: SignInRules) -> int:
    window = timedelta(minutes=rules.window_minutes)
    reference, source = f"sign-in {login}", f"sign-in {origin}"
    with uow:
        # Noted before it is judged, so that many at once cannot pass together.
        attempt = uow.attempts.begin(reference, source, now)
        uow.commit()
        if len(uow.attempts.tried_since(reference, source, now - window)) > rules.tries:
            uow.attempts.forget(attempt)
            uow.audit_log.add(AuditEntry(now, "", "sign_in_locked", ""))
            uow.commit()
            raise SignInRefused
        return attempt


def _refused(uow: UnitOfWork, account: Account | None, now: datetime) -> SignInRefused:
    with uow:
        uow.audit_log.add(AuditEntry(now, account.id if account else "", "sign_in_refused", ""))
        uow.commit()
    return SignInRefused()


def _open(uow: UnitOfWork, account: Account, now: datetime) -> str:
    secret = uow.tokens.identifier()
    uow.sign_ins.add(SignIn(digest_of(secret), account.id, now, now))
    uow.audit_log.add(AuditEntry(now, account.id, "sign_in", ""))
    return secret
