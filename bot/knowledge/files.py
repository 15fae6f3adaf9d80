"""Opening YAML files strictly.

A syntax error, a day that does not exist or a key written twice is a fault, told with its line.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.domain.errors import ContentFaults
from bot.knowledge.reading import Block, Faults

T = TypeVar("T")


def read_file(path: Path, read: Callable[[Block], T]) -> T:
    """What `read` makes of the content of a file; `ContentFaults` lists all that is wrong."""
    faults = Faults()
    block = open_file(path, faults)
    if block is None:
        raise ContentFaults(faults.found)
    found = read(block)
    faults.refuse()
    return found


def open_file(path: Path, faults: Faults) -> Block | None:
    """The content of a file, or none once its fault is noted."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except OSError as error:
        faults.note(path.name, f"cannot be read ({error.strerror})")
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.note(f"{path.name}{_line_of(error)}", f"is not valid YAML ({_problem(error)})")
        return None
    if not isinstance(content, dict):
        faults.note(path.name, "should hold named keys")
        return None
    return Block(path.name, content, faults)


class _Loader(yaml.CSafeLoader):
    """YAML's safe loader, which also refuses the same key twice in one mapping."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _refusal(f"{key.value} is written twice", key)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


def _day(loader: Any, node: Any) -> Any:
    try:
        return yaml.CSafeLoader.construct_yaml_timestamp(loader, node)
    except ValueError:
        raise _refusal(f"{node.value} is not a day of the calendar", node) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def _refusal(problem: str, node: Any) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _problem(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error)
