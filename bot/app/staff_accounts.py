"""Wiring: those who work with the console, how they sign in, and whether one of them is there."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from bot.app import container
from bot.domain.accounts import Account, Role, SignInRules, is_strong, login_of
from bot.domain.conversation.live import PreparedReply
from bot.gateways.calendar_feed import calendar_feed
from bot.gateways.passwords import Argon2Passwords, TotpCodes, drawn, enrolment
from bot.knowledge.live import load_prepared_replies
from bot.services.accounts import sign_in
from bot.services.accounts.ports import OneTimeCodes, Passwords
from bot.services.accounts.sign_in import Credentials, SignedIn
from bot.services.scheduling import calendar_feeds
from bot.services.uow import UnitOfWork

RULES = SignInRules()
ISSUER = "CEP"
DEMONSTRATION_ADVISER = "demo_beaune_sophie_a"
DEMONSTRATION_ACCOUNT = "demonstration"
DEMONSTRATION_NAME = "Sophie A."


class AccountRefused(ValueError):
    """This account cannot be created as asked; says why."""


@cache
def prepared_replies() -> tuple[PreparedReply, ...]:
    """What advisers may start a message from."""
    return load_prepared_replies(container.settings().knowledge_folder / "prepared_replies.yml")


@cache
def passwords() -> Passwords:
    """What keeps passwords."""
    return Argon2Passwords()


@cache
def codes() -> OneTimeCodes:
    """What checks one-time codes."""
    return TotpCodes()


def enter(login: str, password: str, code: str, origin: str) -> str:
    """The secret of a new sign-in; `SignInRefused` for every reason."""
    said = Credentials(login, password, code, origin)
    return sign_in.sign_in(container.unit_of_work(), passwords(), codes(), said, container.now(), RULES)


def enter_demonstration() -> str:
    """The secret of a sign-in as the demonstration adviser; `LookupError` where real people are served."""
    if container.settings().is_production:
        raise LookupError("there is no demonstration in production")
    return sign_in.sign_in_known(container.unit_of_work(), DEMONSTRATION_ACCOUNT, container.now())


def has_demonstration() -> bool:
    """Whether a demonstration adviser may be tried here."""
    if container.settings().is_production:
        return False
    with container.unit_of_work().reading() as view:
        account = view.accounts.get(DEMONSTRATION_ACCOUNT)
    return account is not None and account.disabled_at is None


def signed_in(secret: str, *, active: bool = True) -> SignedIn | None:
    """Who this secret belongs to, now; nobody for a demonstration where real people are served."""
    found = sign_in.current(container.unit_of_work(), secret, container.now(), RULES, active=active)
    if found and found.account.demonstration and container.settings().is_production:
        return None
    return found


def someone_answers() -> bool:
    """Whether a visitor may wait for an adviser: somebody is at the console now, or the territory says so."""
    wanted = container.settings().live_advisers
    if wanted != "auto":
        return wanted == "yes"
    return sign_in.someone_answers(container.unit_of_work(), container.now(), RULES)


def calendar_of(secret: str) -> str:
    """The calendar this secret leads to; `LookupError` for any other."""
    now = container.now()
    followed = calendar_feeds.follow(container.unit_of_work(), secret, now)
    return calendar_feed(followed.appointments, followed.points, now, with_names=followed.with_names)


def create_account(
    login: str,
    name: str,
    roles: Iterable[Role],
    password: str,
    *,
    adviser_id: str | None = None,
    points: Iterable[str] = (),
) -> tuple[Account, str]:
    """Create an account, or give a known login a new password and a new second factor; with its enrolment address.

    `AccountRefused` when the password is weak, or a name, role, adviser or relay point is missing or unknown.
    """
    if not is_strong(password, login, name):
        raise AccountRefused("the password is too short (15 characters), too plain, or holds the name")
    asked = Account("", login_of(login), name.strip(), frozenset(roles), frozenset(points), adviser_id)
    protected = replace(asked, password_hash=passwords().hash(password), totp_secret=codes().new_secret())
    account = _stored(container.unit_of_work(), protected)
    return account, enrolment(account.totp_secret, account.login, ISSUER)


def offer_demonstration(uow: UnitOfWork) -> None:
    """Create the account anybody may enter, where nobody real is served; `LookupError` in production."""
    if container.settings().is_production:
        raise LookupError("there is no demonstration in production")
    with uow:
        known = DEMONSTRATION_ADVISER in uow.network.adviser_ids()
        uow.accounts.save(
            Account(
                id=DEMONSTRATION_ACCOUNT,
                login=DEMONSTRATION_ACCOUNT,
                name=DEMONSTRATION_NAME,
                roles=frozenset({Role.ADVISER}),
                points=uow.network.relay_point_codes(),
                adviser_id=DEMONSTRATION_ADVISER if known else None,
                demonstration=True,
            )
        )
        uow.commit()


def qr_code(address: str) -> str:
    """The enrolment address as a QR code for a terminal."""
    return drawn(address)


def _stored(uow: UnitOfWork, asked: Account) -> Account:
    """The account, in place of the one of this login; whoever had signed in by it signs in again."""
    with uow:
        known = uow.accounts.with_login(asked.login)
        account = replace(asked, id=known.id if known else uow.tokens.identifier())
        _check(account, uow.network.adviser_ids(), uow.network.relay_point_codes())
        uow.accounts.save(account)
        uow.sign_ins.end_all(account.id)
        uow.commit()
    return account


def _check(account: Account, adviser_ids: frozenset[str], codes_of_points: frozenset[str]) -> None:
    if not account.roles or not account.name or not account.login:
        raise AccountRefused("an account needs a login, a name and a role")
    if account.adviser_id and account.adviser_id not in adviser_ids:
        raise AccountRefused(f"no adviser is named {account.adviser_id}")
    unknown = account.points - codes_of_points
    if unknown:
        raise AccountRefused(f"no relay point has this code: {', '.join(sorted(unknown))}")
