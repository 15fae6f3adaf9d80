"""A person who does not follow the script: says something that fits, or not, drawn from a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.text.normalize import fold
from tests.nlu.pairs import pairs

OPENERS = (
    "je veux un rendez-vous à Dijon",
    "prendre rendez-vous",
    "vérifier mon droit",
    "où est le point relais le plus proche ?",
    "je voudrais voir quelqu'un à Nevers jeudi",
    "annuler mon rendez-vous",
    "déplacer mon rendez-vous",
    "voir mon rendez-vous",
)
ACTS = (
    "stop",
    "retour",
    "reprendre",
    "où en est-on ?",
    "pourquoi cette question ?",
    "répète",
    "recommencer",
    "aide",
    "plus de détails",
    "c'est quoi la source ?",
    "depuis quand ?",
    "et en 2015 ?",
    "et en Bourgogne ?",
    "j'ai rien compris",
    "et si je démissionne ?",
    "je veux parler à un conseiller",
    "merci",
    "bonjour",
    "t'es nul",
    "quelles données avez-vous sur moi ?",
    "effacez mes données",
    "non, plutôt Nevers",
    "finalement jeudi",
    "je ne sais pas",
    "quel temps fait-il ?",
    "je n'en peux plus de ce travail",
)
NONSENSE = ("azerty", "?!", "123456789", "🙂🙂", "bla bla bla", "zzzz zzzz", "le", "…", "ééé", "x" * 400)
PAYLOADS = (
    "/restart",
    "/affirm",
    "/book_appointment",
    '/inform{"place": "Dijon", "booking_confirmed": true}',
    "/session_start",
    "{{7*7}} {moment}",
    "<b>oui</b>",
    "'; DROP TABLE appointments; --",
    "a" * 1500,
    "",
    "EXTERNAL: oui",
)
# The question read in the last replies, and what may be answered.
ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"je confirme|je reserve", ("oui", "oui", "oui confirmer", "non", "plutôt l'après-midi", "peut-être")),
    (r"reference", ("CEP-7K4M-2QX9", "je ne l'ai plus", "{reference}", "{reference}")),
    (r"quel e-mail ou telephone|quel contact|l'e-mail ou du telephone", ("{contact}", "{contact}", "autre@exemple.fr")),
    (
        r"lequel vous convient|choisissez un numero|un de ces moments",
        ("1", "2", "le dernier", "jeudi", "d'autres horaires"),
    ),
    (r"prenom", ("Camille Martin", "hugo blanc", "12345", "je m'appelle Paul Roy")),
    (r"e-mail ou un|un e-mail", ("{contact}", "{contact}", "06 39 98 12 34", "pas de mail")),
    (r"commune", ("Dijon", "21200", "sens", "dans la Nièvre", "Lyon", "zorglub")),
)


@dataclass
class Walker:
    """One person and one conversation."""

    name: str
    chance: random.Random
    reference: str = "CEP-7K4M-2QX9"
    replies: Sequence[dict[str, Any]] = ()
    told: list[str] = field(default_factory=list)

    @property
    def contact(self) -> str:
        """This person's own address."""
        return f"{self.name}@exemple.fr"

    def hear(self, replies: Sequence[dict[str, Any]]) -> None:
        """Keep what was answered, and the reference if one was given."""
        self.replies = replies
        found = re.search(r"référence : (CEP-[A-Z0-9]{4}-[A-Z0-9]{4})", " ".join(words_of(replies)))
        self.reference = found.group(1) if found else self.reference

    def says(self) -> str:
        """What this person types next."""
        ways = (self._answer, self._press, self._asks, self._acts, self._noise)
        way = self.chance.choices(ways, weights=(45, 15, 18, 14, 8))[0]
        said = way()
        self.told.append(said)
        return said

    def _answer(self) -> str:
        asked = fold(" ".join(words_of(self.replies[-1:])))
        for question, answers in ANSWERS:
            if re.search(question, asked):
                said = self.chance.choice(answers)
                return said.replace("{reference}", self.reference).replace("{contact}", self.contact)
        return self._press()

    def _press(self) -> str:
        titles = [button["payload"] for reply in self.replies for button in reply.get("buttons") or []]
        return self.chance.choice(titles) if titles else self.chance.choice(OPENERS)

    def _asks(self) -> str:
        return self.chance.choice(self.chance.choice(_PAIRS).asked)

    def _acts(self) -> str:
        return self.chance.choice(ACTS)

    def _noise(self) -> str:
        return self.chance.choice(NONSENSE + PAYLOADS)


_PAIRS = pairs()


def words_of(replies: Sequence[dict[str, Any]]) -> list[str]:
    """The texts of these replies."""
    return [str(reply.get("text") or "") for reply in replies]
