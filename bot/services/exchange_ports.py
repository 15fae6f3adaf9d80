"""What exchanges between advisers need to be kept: their texts, who they helped, what each reader has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.peer_exchange import Answer, Case, Exchange, Listed, Reply, Wanted, Withdrawal


class Exchanges(Protocol):
    """Situations and answers. A change says whether it was made: what is withdrawn changes no more."""

    def open(
        self, case: Case, account_id: str | None, at: datetime, sending: str, *, demonstration: bool = False
    ) -> int:
        """Keep a new situation; its number. `Conflict` when this sending came already."""

    def opened_by(self, sending: str) -> int | None:
        """The number of the situation that came with this sending."""

    def touch(self, number: int, at: datetime) -> bool:
        """Note that somebody writes in it now."""

    def answer(self, number: int, answer: Answer, account_id: str | None, at: datetime, sending: str) -> int:
        """Keep a new answer; its number. `Conflict` when this sending came already."""

    def answered_by(self, sending: str) -> int | None:
        """The number of the answer that came with this sending."""

    def correct(self, number: int, case: Case, account_id: str, at: datetime) -> bool:
        """Other words for this account's own situation."""

    def correct_reply(self, number: int, answer: Answer, account_id: str, at: datetime) -> bool:
        """Other words for this account's own answer."""

    def withdraw(self, number: int, withdrawal: Withdrawal, author_id: str | None = None) -> bool:
        """Erase the words of a situation, and all its answers; of this author alone when one is named."""

    def withdraw_reply(self, number: int, withdrawal: Withdrawal, author_id: str | None = None) -> bool:
        """Erase the words of an answer; of this author alone when one is named."""

    def mark(self, reply: int, account_id: str, *, helped: bool) -> None:
        """Note whether this answer helped this account; again, it changes nothing. `Conflict` when it is no more."""

    def get(self, number: int) -> Exchange | None:
        """The exchange with this number, withdrawn or not, with its answers."""

    def reply(self, number: int) -> Reply | None:
        """The answer with this number, withdrawn or not."""

    def let_go(self, account_id: str) -> None:
        """Leave the texts of an account without author, and forget what it read and what helped it."""

    def erase(self, before: datetime) -> int:
        """Delete the exchanges nobody wrote in since, with their answers; how many."""


class ExchangeLists(Protocol):
    """Exchanges as a reader looks for them."""

    def page(self, wanted: Wanted, reader_id: str, skipped: int, limit: int) -> Sequence[Listed]:
        """Those that are wanted, the last written in first."""

    def news(self, reader_id: str) -> int:
        """In how many somebody else wrote since this reader's last visit."""

    def visited(self, reader_id: str, now: datetime) -> None:
        """Note that this reader sees the list now."""

    def withdrawn_from(self, account_id: str) -> Sequence[Exchange | Reply]:
        """The texts of this account that were withdrawn, the latest first."""
