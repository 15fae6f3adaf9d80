"""Accounts of the console: `create-account`, `close-account`, `list-accounts`."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from bot.app import container, staff_accounts
from bot.domain.accounts import Role, login_of
from bot.services.accounts import sign_in

if TYPE_CHECKING:
    from bot.cli.commands import Commands

BY = "command line"


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    create = commands.add_parser(
        "create-account", help="let somebody into the console; a known login gets a new password and second factor"
    )
    create.add_argument("login", help="an e-mail address, or a name without spaces")
    create.add_argument("--name", required=True, help="the name said to visitors")
    create.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])
    create.add_argument("--adviser", help="the adviser of the network whose agenda it is")
    create.add_argument("--point", action="append", default=[], help="a relay point they work at; may be repeated")
    create.set_defaults(run=_create)
    close = commands.add_parser("close-account", help="close an account and end its sign-ins at once")
    close.add_argument("login")
    close.set_defaults(run=_close)
    listing = commands.add_parser("list-accounts", help="who may enter the console")
    listing.set_defaults(run=_list)


def _create(chosen: argparse.Namespace) -> int:
    container.migrate()
    try:
        account, address = staff_accounts.create_account(
            chosen.login,
            chosen.name,
            [Role(role) for role in chosen.role],
            _password(),
            adviser_id=chosen.adviser,
            points=chosen.point,
        )
    except staff_accounts.AccountRefused as refused:
        print(f"Refused: {refused}.", file=sys.stderr)
        return 1
    print(f"Account ready: {account.login}. Scan this once with an authenticator; it will not be shown again.")
    print(staff_accounts.qr_code(address))
    print(address)
    return 0


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password (15 characters at least): ")
    return sys.stdin.readline().rstrip("\n")


def _close(chosen: argparse.Namespace) -> int:
    with container.unit_of_work().reading() as view:
        account = view.accounts.with_login(login_of(chosen.login))
    if account is None or not sign_in.close_account(container.unit_of_work(), account.id, BY, container.now()):
        print("No account has this login.", file=sys.stderr)
        return 1
    print(f"Closed: {account.login}.")
    return 0


def _list(_chosen: argparse.Namespace) -> int:
    with container.unit_of_work().reading() as view:
        accounts = view.accounts.all()
    for account in accounts:
        roles = ", ".join(sorted(role.value for role in account.roles))
        closed = " (closed)" if account.disabled_at else ""
        print(f"{account.login}: {account.name}, {roles}, {', '.join(sorted(account.points)) or 'no point'}{closed}")
    return 0
