"""Values nobody can guess."""

from __future__ import annotations

from bot.domain.booking.appointments import REFERENCE_ALPHABET
from bot.gateways.tokens import SecretTokens


def test_symbols_are_of_the_alphabet_and_as_many_as_asked() -> None:
    drawn = SecretTokens().symbols(REFERENCE_ALPHABET, 1000)

    assert len(drawn) == 1000
    assert set(drawn) == set(REFERENCE_ALPHABET)


def test_identifiers_are_all_different() -> None:
    assert len({SecretTokens().identifier() for _ in range(1000)}) == 1000
