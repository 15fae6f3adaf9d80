"""Which scheme of the service a sentence speaks of.

Three schemes followed one another, and the same question has three true answers. Without a sign
nothing is decided here: today's scheme answers.
"""

from __future__ import annotations

from bot.domain.knowledge import scheme_signs as signs
from bot.domain.knowledge.validity import Scope


def frame_of(sentence: str) -> Scope | None:
    """The scheme a sentence speaks of; none without a sign, or when it sets two side by side.

    A law or a year weighs more than the present tense, which weighs more than the words of a
    scheme: "le niveau 3 existe encore ?" is about today. Living in Bourgogne is no sign.
    """
    said = signs.plain(sentence)
    texts, years, words = signs.schemes_of_texts(said), signs.schemes_of_years(said), _schemes_of_words(said)
    now = {Scope.NATIONAL_2019} if signs.words_of_today(said) else set()
    if signs.compares(said) and len(texts | years | words | now) > 1:
        return None
    if Scope.BOURGOGNE_2013 in words:
        # The experiment is often told with the law that followed it.
        texts = texts - {Scope.NATIONAL_2014}
    dated = texts | years
    return _only(dated | now if dated else now or words)


def _schemes_of_words(said: str) -> set[Scope]:
    """Wanting the third level, or asking what became of the experiment, is to ask about today."""
    if signs.words_of_the_experiment(said):
        return {Scope.NATIONAL_2019 if signs.words_of_an_end(said) else Scope.BOURGOGNE_2013}
    if signs.words_of_2014(said):
        asks_now = signs.words_of_an_end(said) or signs.words_of_a_wish(said)
        return {Scope.NATIONAL_2019 if asks_now else Scope.NATIONAL_2014}
    return set()


def _only(schemes: set[Scope]) -> Scope | None:
    return schemes.pop() if len(schemes) == 1 else None
