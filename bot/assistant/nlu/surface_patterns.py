"""The shape of a sentence: whether it asks something, agrees, or looks like the answer waited for."""

import re

from bot.assistant.nlu.expected import Expected
from bot.assistant.nlu.formats import formats_in, holds_moment, is_choice
from bot.domain.text.normalize import fold

_ASKING = re.compile(
    r"\?|^(?:et )?(?:est[- ]ce|pourquoi|comment|combien|quand|qui|quoi|quel|quels|quelle|quelles|ou|a quoi|qu'?est|"
    r"c'?est (?:quoi|qui|ou|quand|combien|comment|long|payant|gratuit)|faut[- ]il|puis[- ]je|dois[- ]je|on peut|"
    r"je peux|vous pouvez|tu peux|y a|il y a|ya|keske?|kes|koi|c'? ?k?oi|c'? ?quoi)\b|"
    r"\b(?:c'?(?:est)? ?k?q?u?oi|ca veut dire|combien|pourquoi|pk|comment|keske)\b"
)
_ASKING_FIRST = re.compile(
    r"(?:et )?(?:est[- ]ce|pourquoi|comment|combien|quand est|qui (?:va|peut|lit)|quel(?:le)?s?|qu'?est|c'?est quoi)\b"
)
_VERB = re.compile(
    r"\b(?:veux|voudrais|aimerais|souhaite|peux|peut|puis|dois|doit|faut|arrete\w*|annul\w*|deplac\w*|recommenc\w*|"
    r"effac\w*|explique\w*|comprends?|appele[rz]|rappele[rz]|parler|savoir|refuse|craque|repet\w*|redi[st]\w*)\b"
)
_YES = frozenset("oui ouais ouai ok okay dac yes yep".split())
_NO = frozenset("non nan nn nope no".split())
_COURTESY = frozenset("merci svp stp s'il vous plait te bien sur oui non".split())
_BEFORE_QUESTION = re.compile(
    r"^\W*(?:oui|ouais|ok|okay|d['’]accord|non|merci|bonjour|bonsoir|bjr|bsr|salut|slt|coucou|cc|hello)\b[\s,.!:]*"
    r"(?:(?:madame|monsieur|mais|et|sinon|par contre|avant|juste)\b[\s,.!:]*)*",
    re.IGNORECASE,
)
_REFUSING = re.compile(r"\b(?:pas|ne|n'|jamais|stop)\b")
_NOT_KNOWING = re.compile(
    r"(?:(?:euh|ben|bah|ah|oh|mince|zut|desole\w*|non|alors|la),? )*"
    r"(?:j(?:e |')?(?:ne |n'|n)?(?:(?:le |la |les |m'en |me )?(?:sais|connais|souviens|rappelle|retrouve)|l'? ?ai) "
    r"(?:pas|plus|po|pu)\b|aucun(?:e idee| souvenir)|jsp\b|j'? ?l?'?ai (?:perdu|oublie|efface|supprime))"
)
_CORRECTING = re.compile(r"\b(?:plutot|finalement|en fait|a la place|mettez|remplacez|change[zr]?|corrige[zr]?)\b")
_NAMES_APPOINTMENT = re.compile(r"\b(?:rdv|rv|rende[zs]?[- ]?vous|entretien)\b")
_GIVING_UP = re.compile(r"\b(?:annule[zr]?|annuler|laisse[zr]? tomber|oubliez|arrete[zr]?|abandonn\w+)\b")
_WHERE = re.compile(
    r"\b(?:habite|vis|bosse|travaille|loge|reside|creche|dors|suis) "
    r"(?:a|au|aux|sur|vers|pres|dans|du cote|en|pas loin)\b"
)
_STEP = r"(?:heure|horaire|date|jour|creneau|ville|commune|lieu|point relais|question|nom|mail|numero|etape|avant)"
_GOING_BACK = re.compile(
    rf"\b(?:retour|retourner|revenir|revenons|remonter?)\b(?:.*\b{_STEP}\b|$)|{_STEP}\b.*\bretour\b"
)
_SPELT_ADDRESS = re.compile(r"\b(?:arobase?|arobaz)\b")
_STOPPING = re.compile(r"(?:(?:non|ok|bon|oui),? )?(?:stop|stoppez|on stoppe)\b")
_FORMATS_OF = {
    Expected.PLACE: ("postcode",),
    Expected.CONTACT: ("email", "phone"),
    Expected.REFERENCE: ("reference",),
    Expected.NAME: ("email", "phone"),
}
_MOST_WORDS = 6
_LONGEST_NAME = 3


def is_question(text: str) -> bool:
    """Whether the sentence asks something."""
    return bool(_ASKING.search(fold(text)))


def asks_outright(text: str) -> bool:
    """Whether the sentence is a question from its first word or by its mark, where any statement may be an answer."""
    return "?" in text or bool(_ASKING_FIRST.match(fold(text)))


def plain_agreement(text: str) -> bool | None:
    """True for a bare yes, False for a bare no, None for anything that says more."""
    words = _words(text)
    if any(word not in _COURTESY for word in words[1:]) or {"oui", "non"} <= set(words):
        return None
    return leading_agreement(text)


def leading_agreement(text: str) -> bool | None:
    """True when the sentence begins with a yes, False with a no, None otherwise."""
    first = next(iter(_words(text)), "")
    return True if first in _YES else False if first in _NO else None


def question_alone(text: str) -> str:
    """A question without the yes, no or good day before it: "oui mais c'est payant ?" asks, it does not agree."""
    rest = _BEFORE_QUESTION.sub("", text, count=1)
    return rest if len(_words(rest)) > 1 and is_question(rest) else text


def does_not_know(text: str) -> bool:
    """Whether the sentence begins by saying that the answer is not known, or lost."""
    return bool(_NOT_KNOWING.match(fold(text)))


def corrects(text: str) -> bool:
    """Whether the sentence puts something else in the place of what was said."""
    return bool(_CORRECTING.search(fold(text)))


def names_appointment(text: str) -> bool:
    """Whether the sentence speaks of an appointment by its name."""
    return bool(_NAMES_APPOINTMENT.search(fold(text)))


def gives_up(text: str) -> bool:
    """Whether the sentence gives up what is in progress."""
    return bool(_GIVING_UP.search(fold(text)))


def goes_back_to_a_step(text: str) -> bool:
    """Whether the sentence goes back to something that was asked: the hour, the town, the question before."""
    return bool(_GOING_BACK.search(fold(text)))


def says_where(text: str) -> bool:
    """Whether the sentence says where somebody lives, works or is."""
    return bool(_WHERE.search(fold(text)))


def begins_by_stopping(text: str) -> bool:
    """Whether the sentence begins with a stop, whatever it says then."""
    return bool(_STOPPING.match(fold(text)))


def gives_what_is_asked(text: str, expected: Expected) -> bool:
    """Whether the sentence holds, in so many characters, what was asked: an address, a number, a reference."""
    if expected is Expected.CONTACT and _SPELT_ADDRESS.search(fold(text)):
        return True
    return any(found.kind in _FORMATS_OF.get(expected, ()) for found in formats_in(text))


def looks_like_answer(text: str, expected: Expected) -> bool:
    """Whether the sentence has the shape of what is waited for."""
    if expected in (Expected.NOTHING, Expected.AGREEMENT):
        return False
    kinds = {found.kind for found in formats_in(text)}
    if kinds or is_choice(text):
        return True
    if expected in (Expected.PLACE, Expected.TIME) and holds_moment(text):
        return True
    return _is_short_statement(text) and not is_question(text)


def looks_like_name(text: str, expected: Expected) -> bool:
    """Whether one to three words stand where the name of a person or a place is waited for."""
    return expected in (Expected.NAME, Expected.PLACE) and len(text.split()) <= _LONGEST_NAME


def _is_short_statement(text: str) -> bool:
    folded = fold(text)
    return 0 < len(_words(text)) <= _MOST_WORDS and not _VERB.search(folded) and not _REFUSING.search(folded)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", fold(text))
