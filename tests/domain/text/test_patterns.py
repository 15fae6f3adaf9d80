"""What each shape recognises, and what it leaves alone."""

from __future__ import annotations

import re

import pytest

from bot.domain.text.patterns import EMAIL, FOREIGN_PHONE, FRENCH_PHONE, REFERENCE


@pytest.mark.parametrize(
    ("shape", "text", "found"),
    [
        (EMAIL, "écrivez à l'adresse ana.o'brien+cep@exemple,fr.", "ana.o'brien+cep@exemple,fr"),
        (EMAIL, f"{'a' * 65}@exemple.fr", None),
        (FRENCH_PHONE, "tel 0639981234", "0639981234"),
        (FRENCH_PHONE, "tel 06/39/98/12/34", "06/39/98/12/34"),
        (FRENCH_PHONE, "le 01/02/2026 14h", None),
        (FRENCH_PHONE, "le 01-02-2026 14 h", None),
        (FOREIGN_PHONE, "au +33 (0)6 39 98 12 34", "+33 (0)6 39 98 12 34"),
        (FOREIGN_PHONE, "de 14h00 12/11/2026 à 16h", None),
        (REFERENCE, "mon rdv CEP 7K4M 2QX9 svp", "CEP 7K4M 2QX9"),
        (REFERENCE, "le cep national", None),
        (REFERENCE, "le cep mars 2027", None),
    ],
)
def test_a_shape_is_found_among_other_words(shape: str, text: str, found: str | None) -> None:
    match = re.search(shape, text, re.IGNORECASE)

    assert (match and match.group()) == found
