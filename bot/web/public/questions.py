"""The answers, by topic, each at an address that stays: what the assistant says, with its sources and dates."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app import container
from bot.domain.errors import UnknownEntry
from bot.domain.knowledge.entries import Entry
from bot.domain.knowledge.levels import LevelsOfScheme
from bot.services.content import faq, levels
from bot.web.pages import page
from bot.web.public.texts import texts


def topics(_request: Request) -> Response:
    """Every topic, and its questions."""
    by_topic = {topic: _entries(topic) for topic in texts()["topics"]}
    return page("questions.html", chat=True, by_topic=by_topic, names=texts()["topics"])


def topic(request: Request) -> Response:
    """The questions of a topic, each with its short answer."""
    name = request.path_params["topic"]
    entries = _entries(name)
    if not entries:
        return page("not_found.html", 404)
    answers = [faq.answer(container.library().faq, entry.id, None, container.today()) for entry in entries]
    return page("topic.html", chat=True, topic=name, name=texts()["topics"][name], answers=answers)


def entry(request: Request) -> Response:
    """One answer whole, and what was true under the schemes before."""
    knowledge, today = container.library().faq, container.today()
    try:
        asked = knowledge.entry(request.path_params["entry"])
    except UnknownEntry:
        return page("not_found.html", 404)
    if asked.topic != request.path_params["topic"]:
        return page("not_found.html", 404)
    return page(
        "entry.html",
        chat=True,
        entry=asked,
        name=texts()["topics"][asked.topic],
        schemes=texts()["schemes"],
        answer=faq.answer(knowledge, asked.id, None, today),
        others=faq.in_other_schemes(knowledge, asked.id, None, today),
        related=knowledge.related_to(asked),
    )


def every_level(_request: Request) -> Response:
    """The levels of service of each scheme, never mixed."""
    today = container.today()
    schemes = container.library().levels
    told = [levels.levels(schemes, each.scheme, today) for each in sorted(schemes, key=_latest_first)]
    explained = [each for each in told if isinstance(each, levels.LevelsExplained)]
    return page("levels.html", chat=True, schemes=explained, names=texts()["schemes"])


def _entries(name: str) -> Sequence[Entry]:
    return [each for each in container.library().faq.entries.values() if each.topic == name]


def _latest_first(scheme: LevelsOfScheme) -> int:
    return -scheme.validity.valid_from.toordinal()


routes = [
    Route("/questions", topics),
    Route("/questions/{topic}", topic),
    Route("/questions/{topic}/{entry}", entry),
    Route("/niveaux", every_level),
]
