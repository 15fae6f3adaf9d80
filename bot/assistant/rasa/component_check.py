"""Refuses a configuration that names a component or a policy which would use a stub, before anything is trained."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.assistant.rasa import import_stubs


class ComponentRefused(Exception):
    """A component of the configuration cannot run here; says which, and what it would need."""


def check_components(config: Path) -> None:
    """Raise ComponentRefused, naming every component and policy of this file that uses a stubbed package."""
    refused = {name: import_stubs.stubs_of(component) for name, component in _components(config)}
    told = [f"{name} needs {', '.join(packages)}" for name, packages in refused.items() if packages]
    if told:
        raise ComponentRefused(
            f"{config.name}: {'; '.join(told)}. Not installed here: choose another component, or another environment "
            "(docs/decisions/0014-rasa-without-tensorflow.md)"
        )


def _components(config: Path) -> Iterator[tuple[str, type]]:
    content: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    for part in (*(content.get("pipeline") or ()), *(content.get("policies") or ())):
        name = str(part["name"] if isinstance(part, dict) else part)
        if component := _component(name):
            yield name, component


def _component(name: str) -> type | None:
    """The class of this name; none for a name that Rasa will say it does not know."""
    module, _, attribute = name.rpartition(".")
    if module:
        return getattr(importlib.import_module(module), attribute, None)
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS

    return next((each for each in DEFAULT_COMPONENTS if each.__name__ == name), None)
