"""Reading a conversation file: French an adviser could write.

    titre: une ligne qui dit ce que le dialogue prouve
    vous: ce que la personne écrit
    bot: un bout de ce que l'assistant doit répondre (il peut y en avoir plusieurs)
    pas: un bout qu'il ne doit pas dire
    bouton: un choix qui doit être proposé
    appuie: le choix sur lequel la personne appuie
    base: rendez-vous 1         (aussi : annulés, gardés, demandes, préparés, suites, attentes, étapes, cadres lus,
                                 nommés ; et ce que cette conversation a laissé : messages, mémoire)
    fait: reçu                  (ce qui se passe hors du dialogue : le conseiller note que la personne est venue)

Accents, case and spaces do not count in what is compared. `vous:` alone is an empty message.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KINDS = ("titre", "vous", "bot", "pas", "bouton", "appuie", "base", "fait")


@dataclass(frozen=True)
class Told:
    """One line of the file."""

    number: int
    kind: str
    text: str


def read_script(path: Path) -> list[Told]:
    """The lines of a conversation; raises `ValueError` with the line number on an unknown kind."""
    told = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, colon, text = line.partition(":")
        if not colon or kind.strip() not in KINDS:
            raise ValueError(f"{path.name}, line {number}: a line starts with one of {', '.join(KINDS)}")
        told.append(Told(number, kind.strip(), text.strip()))
    return told
