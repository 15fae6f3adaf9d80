"""What kind of fact a question wants, read from its interrogative words: an amount, a day, a person, a way.

An answer without the kind of fact asked for reads as an answer to another question.
"""

from __future__ import annotations

import re

KINDS = frozenset("how how_long how_much what when where whether which who whom why".split())
"""The kinds of question an entry may answer."""

# In order: the first that is found is the kind; words come folded (no accent, no capital, plain apostrophes).
_SIGNS = {
    "how_long": r"\bcombien de (?:temps|mois|jours|semaines|heures|annees)\b|\b(?:cb|cmb) de tps\b|\bdure(?:e|nt)?\b",
    "how_much": r"\b(?:combien|cb|cmb|montant|prix|tarif|cout\w*)\b",
    "when": r"\b(?:quand|qd|a partir de quel|quel(?:le)? (?:jour|date|delai|mois|annee|heure)s?|delais?)\b",
    "where": r"^ou\b|\bou (?:est|se|aller|trouver|puis|dois|je|on|ca|c'est)\b|\bquel(?:le)? (?:endroit|adresse)\b",
    "why": r"\b(?:pourquoi|pk|pkoi|pour quelle raison|a quoi (?:ca )?sert)\b",
    "whom": r"\b(?:a qui|vers qui|chez qui|qui (?:contacter|appeler|voir|joindre)|m'adresser)\b",
    "who": r"^qui\b|\bqui (?:est|paie|paye|decide|fait|a|peut|recoit|regle|finance)\b|\b(?:par|avec|c'est) qui\b",
    "how": r"\b(?:comment|coment|kmt|cmt|demarches?|etapes?)\b",
    "what": r"\b(?:c'est quoi|c koi|koi|kesako|qu'est[- ]ce|ca veut dire|definition|en quoi)\b",
    "which": r"\b(?:quel(?:le)?s?|lequel|laquelle|lesquel(?:le)?s)\b",
}


def kind_asked(folded: str) -> str:
    """The kind of fact a folded question wants; `whether` when no word says it."""
    return next((kind for kind, sign in _SIGNS.items() if re.search(sign, folded)), "whether")
