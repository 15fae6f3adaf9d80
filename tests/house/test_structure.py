"""What `make structure` counts stays within its bounds, and what it counts is there to be counted."""

from pathlib import Path

import pytest

from benchmarks.structure import LONG_FUNCTION, Figure, House, Module, figures, house

FLOORS = [frozenset({"web", "worker"}), frozenset({"services"}), frozenset({"domain"})]
COUNTED = figures(house())


@pytest.mark.parametrize("figure", COUNTED, ids=[each.name for each in COUNTED])
def test_each_figure_is_within_its_bound(figure: Figure) -> None:
    assert figure.value <= figure.most


def test_an_arrow_is_seen_in_each_way_of_importing_and_a_type_makes_none() -> None:
    text = """
from typing import TYPE_CHECKING
from bot import web
from bot.domain.places import network
if TYPE_CHECKING:
    from bot.storage import engine
def later() -> None:
    import bot.worker
"""

    built = _house(bot__services__booking=text, bot__web__app="import bot.worker")

    assert built.arrows() == [("services", "domain"), ("services", "web"), ("services", "worker"), ("web", "worker")]
    assert built.arrows_not_down() == [("services", "web"), ("services", "worker"), ("web", "worker")]


def test_imports_are_counted_in_lines() -> None:
    module = _module("bot__web__app", "import re\nfrom typing import (\n    Any,\n)\n\nMOST: Any = re.I\n\n\n")

    assert (module.import_lines, module.lines) == (4, 8)
    assert House([module], FLOORS).import_share() == 50


def test_a_long_function_is_named_unless_it_migrates() -> None:
    long = "def read():\n" + "    pass\n" * LONG_FUNCTION
    short = "async def read():\n" + "    pass\n" * (LONG_FUNCTION - 1)

    built = _house(bot__storage__reads=long, bot__web__short=short, bot__storage__migrations__first=long)

    assert built.long_functions() == [f"bot/storage/reads.py: read ({LONG_FUNCTION + 1})"]


def test_a_protocol_is_counted_whatever_its_arguments() -> None:
    text = "class Mailer(Protocol):\n    pass\nclass Box(Protocol[T]):\n    pass\nclass Sent(Mailer):\n    pass\n"

    assert _module("bot__services__ports", text).protocols() == ["Mailer", "Box"]


def _house(**texts: str) -> House:
    return House([_module(name, text) for name, text in texts.items()], FLOORS)


def _module(name: str, text: str) -> Module:
    return Module(Path(name.replace("__", "/") + ".py"), text)
