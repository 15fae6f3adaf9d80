"""Sorts what was said into what is asked, what is ruled out and what is only preferred."""

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from bot.domain.french_time.tokens import Days, Hours, Mark, Piece, Weekdays

Time = Days | Weekdays | Hours


class Side(Enum):
    """What becomes of a time that was said."""

    ASKED = auto()
    RULED_OUT = auto()
    PREFERRED = auto()


class Link(Enum):
    """What stands before a time: nothing, a pause or other words, or "or"."""

    NEXT = auto()
    APART = auto()
    OR = auto()


@dataclass(frozen=True)
class TimeSaid:
    """A time, its side, and its link with the one before."""

    time: Time
    side: Side
    link: Link


# How many words may stand between "pas" and what it rules out.
_REACH = 4


@dataclass
class _Walk:
    """Where the reading of the pieces stands."""

    said: list[TimeSaid] = field(default_factory=list)
    negation: Mark | None = None
    is_soft: bool = False
    is_fresh: bool = False
    gaps: int = 0
    link: Link = Link.NEXT
    clause: int = 0


def sort_out(pieces: tuple[Piece, ...]) -> tuple[TimeSaid, ...]:
    """Every time of the sentence with its side."""
    walk = _Walk()
    for place, piece in enumerate(pieces):
        if isinstance(piece, Mark):
            _hear(walk, piece, pieces[place + 1 :])
        else:
            _take(walk, piece)
    return tuple(walk.said)


def _take(walk: _Walk, time: Time) -> None:
    if _is_another_matter(walk, time):
        walk.negation = None
    link = Link.OR if walk.is_fresh and walk.negation else walk.link
    walk.said.append(TimeSaid(time, _side(walk, time), link))
    walk.link, walk.gaps, walk.is_fresh = Link.NEXT, 0, False


def _side(walk: _Walk, time: Time) -> Side:
    if walk.negation:
        return Side.RULED_OUT
    if isinstance(time, Hours) and time.is_soft:
        return Side.PREFERRED
    if walk.is_soft and _may_be_soft(time):
        return Side.PREFERRED
    last = walk.said[-1] if walk.said else None
    goes_on = last and last.side is Side.PREFERRED and walk.link is Link.OR
    both_hours = last and isinstance(time, Hours) and isinstance(last.time, Hours)
    return Side.PREFERRED if goes_on and both_hours else Side.ASKED


def _may_be_soft(time: Time) -> bool:
    return isinstance(time, Hours) or (isinstance(time, Weekdays) and time.is_habitual)


def _is_another_matter(walk: _Walk, time: Time) -> bool:
    """ "Pas le lundi et après 18h": the hour is asked, not ruled out."""
    if walk.negation is not Mark.NOT or walk.is_fresh or walk.link is not Link.OR or not walk.said:
        return False
    return isinstance(time, Hours) != isinstance(walk.said[-1].time, Hours)


def _hear(walk: _Walk, mark: Mark, following: tuple[Piece, ...]) -> None:
    if mark in (Mark.NOT, Mark.EXCEPT):
        walk.negation, walk.is_soft, walk.is_fresh, walk.gaps = mark, False, True, 0
    elif mark is Mark.CANNOT:
        _cannot(walk, following)
    elif mark is Mark.SOFT:
        _soften(walk, following)
    elif mark is Mark.OR:
        walk.link = Link.OR
    elif mark is Mark.PAUSE:
        _pause(walk, following)
    elif mark in (Mark.YES, Mark.ANYTIME):
        walk.negation, walk.is_fresh = None, False
    else:
        _pass_by(walk)


def _cannot(walk: _Walk, following: tuple[Piece, ...]) -> None:
    if _comes_soon(following):
        walk.negation, walk.is_soft, walk.is_fresh, walk.gaps = Mark.NOT, False, True, 0
        return
    for place in range(walk.clause, len(walk.said)):
        walk.said[place] = replace(walk.said[place], side=Side.RULED_OUT)
    walk.clause = len(walk.said)


def _soften(walk: _Walk, following: tuple[Piece, ...]) -> None:
    walk.negation, walk.is_fresh = None, False
    if _comes_soon(following):
        walk.is_soft = True
        return
    for place in range(walk.clause, len(walk.said)):
        each = walk.said[place]
        if each.side is Side.ASKED and _may_be_soft(each.time):
            walk.said[place] = replace(each, side=Side.PREFERRED)


def _comes_soon(following: tuple[Piece, ...]) -> bool:
    """Whether a time follows before the end of the clause."""
    gaps = 0
    for piece in following:
        if not isinstance(piece, Mark):
            return True
        gaps += piece is Mark.GAP
        if piece in (Mark.PAUSE, Mark.YES, Mark.CANNOT, Mark.NOT, Mark.EXCEPT) or gaps > _REACH:
            return False
    return False


def _pause(walk: _Walk, following: tuple[Piece, ...]) -> None:
    walk.is_soft, walk.clause = False, len(walk.said)
    walk.link = Link.APART if walk.link is Link.NEXT else walk.link
    ahead = next((piece for piece in following if piece is not Mark.OR), None)
    last = walk.said[-1].time if walk.said else None
    goes_on = walk.negation is Mark.EXCEPT and (
        walk.is_fresh or (isinstance(ahead, (Days, Weekdays)) and isinstance(last, (Days, Weekdays)))
    )
    if goes_on:
        walk.link = Link.OR
    else:
        walk.negation = None


def _pass_by(walk: _Walk) -> None:
    walk.gaps += 1
    walk.link = Link.APART if walk.link is Link.NEXT else walk.link
    if walk.gaps > _REACH or not walk.is_fresh:
        walk.negation = None
