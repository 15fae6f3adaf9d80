"""What settings are made of: groups of named values, and what each kind of value must look like."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Any, TypeVar

from pydantic import BaseSettings, ValidationError
from pydantic.fields import ModelField

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


class NotASetting(ValueError):
    """A value that cannot be used; says which setting and why."""


class SettingGroup(BaseSettings):
    """Settings that go together; each is named by the group's prefix in the environment, or by its `env`."""

    class Config:
        env_prefix = "CEP_"
        frozen = True
        validate_all = False

        @classmethod
        def customise_sources(cls, init_settings: Any, **_others: Any) -> tuple[Any, ...]:
            """What `read` finds, alone: the defaults that follow from other settings come with the environment."""
            return (init_settings,)


Group = TypeVar("Group", bound=SettingGroup)


def read(group: type[Group], env: Mapping[str, str]) -> Group:
    """The group as this environment says it; `NotASetting` for the first value that cannot be used."""
    try:
        return group(**_values(group, env))
    except ValidationError as refused:
        fault = refused.errors()[0]
        raise NotASetting(f"{_named(group, fault['loc'])}{fault['msg']}") from None


def variable(field: ModelField) -> str:
    """The name of this setting in the environment."""
    return str(next(iter(field.field_info.extra["env_names"]))).upper()


def _values(group: type[SettingGroup], env: Mapping[str, str]) -> dict[str, Any]:
    names = {name: variable(field) for name, field in group.__fields__.items()}
    given = {name: env[names[name]] for name in names if names[name] in env}
    return given | {name: _values(part, env) for name, part in _parts(group).items()}


def _named(group: type[SettingGroup], place: tuple[str | int, ...]) -> str:
    """The variable at fault; nothing when the fault is the group's, which says it itself."""
    name = str(place[0])
    if name in _parts(group):
        return _named(_parts(group)[name], place[1:])
    return f"{variable(group.__fields__[name])} " if name in group.__fields__ else ""


def _parts(group: type[SettingGroup]) -> dict[str, type[SettingGroup]]:
    types = {name: field.type_ for name, field in group.__fields__.items() if isinstance(field.type_, type)}
    return {name: each for name, each in types.items() if issubclass(each, SettingGroup)}


def matching(pattern: str, wanted: str, *, shown: bool = False) -> Callable[[str], str]:
    """What reads a value of this shape; one that is not is only repeated if it may be `shown`: no secret."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"must be {wanted}" + (f", not {value!r}" if shown else ""))
        return value

    return check


def number(below: int, wanted: str) -> Callable[[object], int]:
    """What reads a whole number above 0."""

    def check(value: object) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and 0 < int(text) < below):
            raise ValueError(f"must be {wanted}, not {text!r}")
        return int(text)

    return check


whole, port = number(100_000, "a whole number above 0"), number(65536, "a port number")


def own_ip(value: str) -> str:
    """An address to listen on; `ValueError` otherwise."""
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError(f"must be an IP address of this machine, not {value!r}") from None


def address(value: str) -> str:
    """An origin alone: it goes as it is into links and into a page's policy. `ValueError` otherwise."""
    origin = value.rstrip("/")
    if not ORIGIN.fullmatch(origin):
        raise ValueError(f"must be an address without path, such as https://cep.example, not {origin!r}")
    return origin


def moment(value: str) -> datetime | None:
    """An instant, if one is given; `ValueError` when it is none or has no zone."""
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("must be an ISO date and time with its zone") from None
    if instant.tzinfo is None:
        raise ValueError("must carry its time zone")
    return instant
