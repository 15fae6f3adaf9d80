"""Finding which of the offered choices a person means: a number, a rank, or the choice's own words."""

from collections.abc import Sequence

from bot.domain.text.normalize import fold_words

_RANKS = {
    "premier": 0, "premiere": 0, "1er": 0, "1ere": 0, "un": 0, "une": 0,
    "deuxieme": 1, "second": 1, "seconde": 1, "2e": 1, "2eme": 1, "deux": 1,
    "troisieme": 2, "3e": 2, "3eme": 2, "trois": 2, "quatrieme": 3, "4e": 3, "dernier": -1, "derniere": -1,
}  # fmt: skip
_FILLERS = frozenset(
    "le la les l de du des celui celle choix numero num no n option proposition prends prend choisis voudrais veux "
    "je plutot va pour ok oui d accord svp s il vous plait merci ca ira bien c est bon parfait rendez vous rdv "
    "creneau horaire".split()
)


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """The index of the choice meant, `None` when there is no clear sign of one."""
    said = fold_words(text)
    for index, title in enumerate(titles):
        if said == fold_words(title):
            return index
    words = [word for word in said.split() if word not in _FILLERS]
    if len(words) == 1:
        return _by_rank(words[0], len(titles)) if _is_rank(words[0]) else _by_word(words[0], titles)
    return None


def _is_rank(word: str) -> bool:
    return word in _RANKS or word.isdigit()


def _by_rank(word: str, count: int) -> int | None:
    if word.isdigit():
        rank = int(word) - 1
        return rank if 0 <= rank < count else None
    rank = _RANKS[word]
    return rank if rank < count else None


def _by_word(word: str, titles: Sequence[str]) -> int | None:
    holding = [index for index, title in enumerate(titles) if word in fold_words(title).split()]
    return holding[0] if len(holding) == 1 else None
