"""Matchers of parts of the day and hours: "le matin", "après 18h", "entre midi et deux", "6 heures du soir"."""

from bot.domain.french_time.bounds import BOUNDS, LATEST, Bound
from bot.domain.french_time.preference import DAY_MINUTES, Window
from bot.domain.french_time.relative import AFTERNOON, EVENING, MORNING
from bot.domain.french_time.tokens import Cursor, Hours, Mark, Phrases, TokenKind
from bot.domain.french_time.written import Match

NOON = 12 * 60
_LAST_MINUTE = 24 * 60 - 1
# Nobody meets before seven: "à 2h" is said for 14h.
FIRST_HOUR = 7
_LAST_HOUR = 20
_MORE = Phrases(
    {"et quart|et 1 quart": 15, "et demi|et demie": 30, "moins le quart|moins quart|moins 1 quart": -15, "pile": 0}
)
_HALF = Phrases({"du matin|le matin": 0, "de l apresmidi|du soir": NOON})
_AFTER_NUMBER = frozenset("et a ou pas sauf mais plutot si svp le la en ca c".split())


def clock(cursor: Cursor) -> tuple[int, Cursor] | None:
    """Minutes since midnight of the hour said here; an hour before seven is of the afternoon."""
    if cursor.sees("midi"):
        return _with_more(NOON, cursor.step())
    if cursor.token.kind is not TokenKind.CLOCK or not 0 < cursor.token.value <= _LAST_MINUTE:
        return None
    minute, after = _with_more(cursor.token.value, cursor.step())
    half = _HALF.find(after) if minute <= NOON else None
    if half:
        return minute % NOON + half[0] if half[0] else minute, half[1]
    return settled(minute), after


def number_as_hour(cursor: Cursor) -> tuple[int, Cursor] | None:
    """The hour meant by a number alone, where an hour is expected."""
    after = cursor.step()
    ends_there = (
        after.is_at_end or after.token.text in _AFTER_NUMBER or after.token.kind in (TokenKind.WEEKDAY, TokenKind.CLOCK)
    )
    if cursor.token.kind is not TokenKind.NUMBER or not ends_there or not 0 < cursor.token.value <= _LAST_HOUR:
        return None
    return settled(cursor.token.value * 60), after


def is_of_a_half(cursor: Cursor) -> bool:
    """Whether "du matin" or "du soir" was just said."""
    return cursor.before.text in ("matin", "soir", "apresmidi")


def settled(minute: int) -> int:
    """An hour too early for anybody is of the afternoon."""
    return minute + NOON if minute < FIRST_HOUR * 60 else minute


def _with_more(minute: int, cursor: Cursor) -> tuple[int, Cursor]:
    more = _MORE.find(cursor)
    if more:
        return minute + more[0], more[1]
    written_out = cursor.skip(("et",))
    if written_out.token.kind is TokenKind.NUMBER and written_out.token.value in (10, 15, 20, 30, 40, 45, 50):
        after = written_out.step()
        if after.token.kind is not TokenKind.MONTH and minute % 60 == 0 and not after.sees("jours", "minutes"):
            return minute + written_out.token.value, after
    return minute, cursor


LUNCH = Window(NOON, 14 * 60)
# An hour said without more accepts starts this near, both borders included.
MARGIN = 45
_END_OF_WORK = Window(17 * 60 + 30)
PARTS = Phrases(
    {
        "tot le matin|tot dans la matin|debut de matin|debut matin|de bonne heure|a la premiere heure": Window(0, 570),
        "debut de journee|debut de la journee|tot dans la journee": Window(0, 600),
        "milieu de matin|milieu de la matin": Window(570, 660),
        "fin de matin|fin de la matin|fin matin": Window(630, 750),
        "matin": MORNING,
        "midi et 2|midi 2|midi a 2|midi 14h|heure du dejeuner|heure du repas|heure de midi": LUNCH,
        "pause dejeuner|pause dej|pause de midi|pause midi|pause repas": LUNCH,
        "debut d apresmidi|debut de l apresmidi|debut apresmidi": Window(780, 900),
        "milieu d apresmidi|milieu de l apresmidi|milieu apresmidi": Window(870, 990),
        "fin d apresmidi|fin de l apresmidi|fin apresmidi": Window(960, 1110),
        "apresmidi": AFTERNOON,
        "apres manger|apres dejeuner|apres le dejeuner|apres le repas|apres la pause": Window(13 * 60 + 30),
        "fin de journee|fin de la journee|fin journee|soir|tard le soir": EVENING,
        "debut de soir|debut soir": Window(1020, 1170),
        "apres le travail|apres le boulot|apres le taf|apres le job|apres mon travail|apres mon boulot": _END_OF_WORK,
        "apres ma journee|apres la journee|apres ma journee de travail|apres mon taf": _END_OF_WORK,
        "en sortant du travail|en sortant du boulot|apres travail|apres boulot|apres mes heures": _END_OF_WORK,
        "fini le travail|finis le travail|fini le boulot|finis le boulot|sors du travail|sors du boulot": _END_OF_WORK,
        "fini ma journee|finis ma journee|fini de travailler|fini de bosser": _END_OF_WORK,
        "apres l ecole|apres la sortie de l ecole|apres la sortie des classes": Window(990),
        "avant le travail|avant le boulot|avant le taf|avant mon travail|avant mon boulot": Window(0, 540),
        "en journee|dans la journee": Window(480, 1080),
        "heures de bureau|horaires de bureau": Window(540, 1020),
    }
)
_ENDS_WORK = Phrases({"finis|fini|finit|termine|sors|debauche|rentre": True})
_STARTS_WORK = Phrases({"commence|embauche|reprends|attaque|prends mon poste|prends le travail": True})
_LATER = Phrases({"et plus|et apres|ou apres|ou plus tard|ou plus|passe|passees|minimum|mini|au plus tot|et": True})
_WORDS_BETWEEN = 4
_SMALL = FIRST_HOUR * 60
_DURATIONS = frozenset("dure duree pendant durant en fais fait faire dans formation cours i travaille prend".split())
_LINKS = ("de", "du", "d", "des", "a", "les", "l", "le", "la", "au", "aux", "environ")


def hours(cursor: Cursor) -> Match:
    """Part of a day."""
    part = PARTS.find(cursor)
    if part:
        return (Hours(part[0]),), part[1]
    return _working_day(cursor) or _bounded(cursor) or _between(cursor) or _exact(cursor)


def _working_day(cursor: Cursor) -> Match:
    """ "Je finis à 18h", "je commence à 9h"."""
    ends, starts = _ENDS_WORK.find(cursor), _STARTS_WORK.find(cursor)
    if not (ends or starts):
        return None
    here = cursor.step()
    for _ in range(_WORDS_BETWEEN):
        said = clock(here)
        if said:
            return (Hours(Window(said[0]) if ends else Window(0, said[0])),), said[1]
        if here.token.kind is not TokenKind.WORD or here.sees("donc", "et", "mais"):
            return None
        here = here.step()
    return None


def _bounded(cursor: Cursor) -> Match:
    bound = BOUNDS.find(cursor) or ((Bound.AFTER, cursor.step()) if cursor.sees("passe") else None)
    if bound is None:
        return None
    here = bound[1].skip(_LINKS)
    is_plain = here.token.value >= FIRST_HOUR and not cursor.sees("des", "passe") and here.before.text != "le"
    said = clock(here) or (number_as_hour(here) if is_plain else None)
    if said is None:
        return None
    minute, after = said
    if bound[0] is Bound.AROUND:
        return (Hours(_near(minute), is_soft=True),), after
    if bound[0] in (Bound.AFTER, Bound.SINCE):
        return (Hours(Window(minute)),), after
    return (Hours(Window(0, minute)),), after


def _between(cursor: Cursor) -> Match:
    is_open = cursor.sees("entre", "de")
    here = cursor.step() if is_open else cursor
    first = clock(here)
    # "Le 8 à 10h" is a day.
    may_be_hour = here.token.kind is TokenKind.NUMBER and here.before.text != "le"
    rough = first or ((here.token.value * 60, here.step()) if may_be_hour else None)
    link = rough[1] if rough else cursor
    if rough is None or not (link.sees("a", "jusqu") or (link.sees("et") and cursor.sees("entre"))):
        return None
    there = link.skip(("et", "jusqu", "a"))
    last = clock(there) or (number_as_hour(there) if first or is_open else None)
    if last is None or not 0 < rough[0] < DAY_MINUTES:
        return None
    begins, ends = _in_order(rough[0], last[0])
    return ((Hours(Window(begins, ends)),), last[1]) if begins < ends else None


def _in_order(begins: int, ends: int) -> tuple[int, int]:
    """ "Entre 2 et 4" is said of the afternoon, "de 10h à 2h" crosses noon."""
    begins = begins + NOON if begins < _SMALL else begins
    return begins, ends + NOON if ends <= begins and ends <= NOON else ends


def _exact(cursor: Cursor) -> Match:
    said = clock(cursor)
    if said is None and cursor.before.text == "a" and cursor.at > 1:
        said = number_as_hour(cursor) if _follows_a_day(cursor) else None
    if said is None:
        return None
    minute, after = said
    if _is_a_duration(cursor, after):
        return (Mark.SILENT,), after
    latest, later = LATEST.find(after), _LATER.find(after)
    if latest:
        return (Hours(Window(0, minute)),), latest[1]
    if later and later[1].token.kind is not TokenKind.CLOCK and (later[1].is_at_end or later[1].at > after.at + 1):
        return (Hours(Window(minute)),), later[1]
    if cursor.sees("midi") and minute == NOON:
        return (Hours(LUNCH),), after
    return (Hours(_near(minute)),), after


def _follows_a_day(cursor: Cursor) -> bool:
    day = cursor.tokens[cursor.at - 2]
    return day.kind in (TokenKind.WEEKDAY, TokenKind.MONTH, TokenKind.DATE) or day.text in (
        "demain",
        "apresdemain",
        "aujourdhui",
    )


def _is_a_duration(cursor: Cursor, after: Cursor) -> bool:
    """ "20h par semaine", "7h de formation", "pendant 2h", "1h" alone."""
    token = cursor.token
    if after.sees("par") or (after.sees("de") and not after.step().sees("preference")):
        return True
    if cursor.before.text in _DURATIONS:
        return True
    if cursor.before.text == "de" and cursor.step(-2).token.text in _DURATIONS:
        return True
    is_small = token.kind is TokenKind.CLOCK and token.value < _SMALL and not is_of_a_half(after)
    # "Mercredi 5h" is an hour of Wednesday.
    follows_a_day = cursor.at > 0 and cursor.before.kind is TokenKind.WEEKDAY
    return is_small and cursor.before.text not in ("a", "pour", "de") and not follows_a_day


def _near(minute: int) -> Window:
    return Window(max(minute - MARGIN, 0), min(minute + MARGIN + 1, DAY_MINUTES), minute)
