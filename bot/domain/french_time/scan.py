"""Reads tokens into pieces: at each place the first matcher that knows what stands there takes it.

Matchers of words that change the meaning of the times around them, or only look like times, are here too.
"""

from collections.abc import Callable, Iterator
from datetime import date

from bot.domain.french_time.bounds import bounded_days, day_range, simple_days
from bot.domain.french_time.hours import hours
from bot.domain.french_time.relative import duration
from bot.domain.french_time.tokens import Cursor, Mark, Phrases, Piece, TokenKind, tokens
from bot.domain.french_time.written import Match, full_date, listed_days

_MARKS = Phrases(
    {
        "pas de rdv|aucun rdv|pas de creneau": Mark.NOT,
        "pas|jamais|ni|aucun|aucune|eviter|evite|evitez|surtout pas|non pas": Mark.NOT,
        "pas trop tot|pas trop tard|pas forcement|pas necessairement|pas obligatoirement": Mark.SILENT,
        "sauf|hors|hormis|excepte|a part|mis a part|en dehors|a l exception|a l exclusion": Mark.EXCEPT,
        "tout sauf|n importe quand sauf": Mark.EXCEPT,
        "peux pas|peut pas|pourrai pas|pourrais pas|pourra pas|suis pas|veux pas|va pas|vais pas": Mark.CANNOT,
        "pas dispo|pas disponible|pas libre|pas possible|pas la|impossible|indisponible|indispo": Mark.CANNOT,
        "suis pas dispo|suis pas disponible|suis pas libre|suis pas la|est pas possible|convient pas": Mark.CANNOT,
        "pas disponibles|suis jamais libre|suis jamais dispo|suis jamais disponible": Mark.CANNOT,
        "est mort|c mort|pas envisageable|hors de question|est non": Mark.CANNOT,
        "marche pas|arrange pas|plus dispo|plus libre|plus disponible": Mark.CANNOT,
        "occupe|occupee|pris|prise|absent|absente|travaille|bosse|taffe|peux jamais|complique": Mark.CANNOT,
        "plutot|de preference|si possible|idealement|prefere|prefererais|prefererai|preference|l ideal": Mark.SOFT,
        "mieux|si c est possible|si vous pouvez|ideal|dans l ideal|au mieux": Mark.SOFT,
        "ou|ou bien|ou alors|et|ou encore|voire|ainsi que|ou sinon": Mark.OR,
        "libre|libres|dispo|dispos|disponible|possible|convient|conviendrait|oui|ok|arrange|parfait": Mark.YES,
        "travaille pas|bosse pas|travaille jamais|bosse jamais|travaille plus|repos|conge|conges": Mark.YES,
        "voudrais|veux|voudrai|aimerais|souhaite|souhaiterais|rdv|mettre|peux|peut|pourrais": Mark.YES,
        "ai|avais|avait|etais|etait|ete|eu|embauche|embauchee|licencie|licenciee|partie|recu": Mark.TOLD,
        "mais|donc|par contre|en revanche|sinon|autrement": Mark.PAUSE,
        "n importe quand|peu importe|pas de preference|aucune preference|quand vous voulez": Mark.ANYTIME,
        "quand vous pouvez|comme vous voulez|ca m est egal|ca m est egale|m est egal|tout me va": Mark.ANYTIME,
        "des que possible|des que vous pouvez|le plus tot possible|plus tot possible|au plus tot": Mark.ANYTIME,
        "le plutot possible|plutot possible|plus vite possible|plus rapidement possible": Mark.ANYTIME,
        "au plus vite|asap|n importe quelle heure": Mark.ANYTIME,
        "n importe quel moment|a tout moment|a toute heure|toute la journee": Mark.ANYTIME,
        "1er creneau|premier creneau|premiere date|premiere disponibilite|prochain creneau": Mark.ANYTIME,
        "premier rdv disponible|premier rdv possible|premier rdv dispo|premiere dispo": Mark.ANYTIME,
        "prochain disponibilite|prochain dispo|prochain rdv disponible": Mark.ANYTIME,
        "le jour que vous voulez|l heure que vous voulez|je m adapte|suis flexible|suis souple": Mark.ANYTIME,
    }
)
_ALONE = Phrases({"vite|rapidement|urgent|tres vite|tres rapidement|c est urgent|tout de suite": Mark.ANYTIME})
_SILENT = Phrases(
    {
        "pas de souci|pas de soucis|pas de probleme|pas de problemes|pas de pb|pourquoi pas|pas grave": Mark.SILENT,
        "sais pas|pas mal|pas encore|pas besoin|pas sur|pas sure|pas loin|pas cher|n est ce pas": Mark.SILENT,
        "sans probleme|sans souci|sans soucis|pas compris|pas bien compris": Mark.SILENT,
        "bonne soir|bon soir|bonne journee|bonne semaine|bonne apresmidi|bon apresmidi|bon weekend": Mark.SILENT,
        "bonne fin de journee|bonne fin de semaine|bonne fin d apresmidi|belle journee|belle soir": Mark.SILENT,
        "bonne nuit|par semaine|par jour|par mois|de nuit|demi journee|demi heure|quart d heure": Mark.SILENT,
        "vacances de noel|vacances de la toussaint|vacances scolaires|pendant les vacances": Mark.SILENT,
        "tout a l heure|a l heure|ni l 1 ni l autre|ou pas|ou non|ce jour la|mardi gras": Mark.SILENT,
        "lundi de paques|lundi de pentecote|dimanche de paques|jeudi de l ascension": Mark.SILENT,
        "ai envie|ai besoin|pas tout de suite": Mark.SILENT,
    }
)
_TOLD = Phrases(
    {
        "depuis|il y a|y a|ne le|nee le|nes le|date du|datant du|expire le|prend effet|prend fin": True,
        "licencie le|licenciee le|licencie en|licenciee en|embauche le|embauchee le|embauche en": True,
        "embauchee en|demissionne le|demissionne en|arrivee le|recu le|commence en": True,
        "finit en|finis en|fini en|termine en|finira en|reprends en|finit le|termine le|finira le": True,
    }
)
_STREETS = ("rue", "place", "avenue", "boulevard", "quai", "square", "impasse", "allee", "cours", "loi", "ani")
_OF_A_NUMBER = ("temps", "journee", "heure", "h", "tarif", "salaire", "euros", "euro")


def silent(cursor: Cursor) -> Match:
    """Words that look like a time and are no wish."""
    known = _SILENT.find(cursor)
    if known:
        return (Mark.SILENT,), known[1]
    told = _TOLD.find(cursor)
    if told:
        here = told[1].skip(("le", "la", "les", "l", "debut", "fin", "mi"))
        found = simple_days(here)
        led = duration(here)
        return (Mark.SILENT,), found[1] if found else led[1] if led else here
    street = full_date(cursor.step(2)) if cursor.token.text in _STREETS and cursor.step().sees("du") else None
    if street:
        return (Mark.SILENT,), street[1]
    if cursor.token.kind is TokenKind.DATE and cursor.step().token.text in _OF_A_NUMBER:
        return (Mark.SILENT,), cursor.step(2)
    return _farewell(cursor)


def mark(cursor: Cursor) -> Match:
    """What changes the meaning of its neighbours."""
    found = _MARKS.find(cursor)
    if found:
        return (found[0],), found[1]
    if cursor.token.kind is TokenKind.PAUSE:
        return (Mark.PAUSE,), cursor.step()
    if cursor.sees("non") and cursor.step().is_at_end:
        return (Mark.CANNOT,), cursor.step()
    alone = _ALONE.find(cursor)
    is_all = alone is not None and cursor.at <= 1 and alone[1].at >= len(cursor.tokens) - 1
    return ((alone[0],), alone[1]) if alone and is_all else None


def _farewell(cursor: Cursor) -> Match:
    """ "À demain", "merci à lundi": nothing is asked."""
    if not cursor.sees("a") or cursor.before.text not in ("", "merci", "revoir"):
        return None
    found = simple_days(cursor.step().skip(("la", "l")))
    is_day = found is not None and not isinstance(found[0][0], Mark)
    return ((Mark.SILENT,), found[1]) if found and is_day and found[1].is_at_end and _may_be_left(cursor) else None


def _may_be_left(cursor: Cursor) -> bool:
    return cursor.step().token.kind is not TokenKind.NUMBER and not cursor.step().sees("noel", "partir")


_MATCHERS: tuple[Callable[[Cursor], Match], ...] = (
    silent,
    day_range,
    listed_days,
    bounded_days,
    hours,
    simple_days,
    mark,
)
# Words so small that they stand between two pieces without parting them.
_SMALL = frozenset(
    "le la les l un une 1 a au aux de du d des en dans ce cet cette je j il on c ca est m me y pour vers sur tous "
    "tout chaque mi si possible journee heure heures h bien peut etre matinee par n ne que qu chez ici "
    "non suis serai serais toujours vraiment aussi".split()
)


def pieces(sentence: str, today: date) -> tuple[Piece, ...]:
    """The pieces of a sentence, in order."""
    return tuple(_scan(Cursor(tokens(sentence), today)))


def _scan(cursor: Cursor) -> Iterator[Piece]:
    while cursor.token.kind is not TokenKind.END:
        found = next(filter(None, (matcher(cursor) for matcher in _MATCHERS)), None)
        if found:
            yield from found[0]
            cursor = found[1]
            continue
        if cursor.token.text not in _SMALL:
            yield Mark.GAP
        cursor = cursor.step()
