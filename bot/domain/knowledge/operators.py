"""Who delivers the service and how to reach them, which regional door serves a department, who answers for the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Dated, in_force


@dataclass(frozen=True, kw_only=True)
class OperatorVersion(Dated):
    """What is true of an operator in one scheme and one period; no phone or link is an empty text."""

    name: str
    serves: str
    link: str = ""
    phone: str = ""
    hours: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Operator:
    """A body that delivers the service, under a code that rules can name."""

    code: str
    versions: tuple[OperatorVersion, ...]

    def in_force(self, scheme: Scheme | None, today: date) -> OperatorVersion | None:
        """What is true of it in this scheme, or none."""
        return in_force(self.versions, scheme, today)


@dataclass(frozen=True)
class RegionalPortal:
    """The website of one regional operator, and the departments it serves."""

    region: str
    link: str
    departments: frozenset[str]


@dataclass(frozen=True)
class Operators:
    """Every operator by code, and the regional doors."""

    by_code: Mapping[str, Operator]
    portals: tuple[RegionalPortal, ...]
    national_link: str

    def portal_of(self, department: str) -> str:
        """The website to give somebody of this department: the national one if no region has it."""
        for portal in self.portals:
            if department in portal.departments:
                return portal.link
        return self.national_link


@dataclass(frozen=True)
class Publisher:
    """The body that publishes the site, and whom to write to; `is_demonstration`: nobody really does."""

    name: str
    address: str
    email: str
    phone: str
    director: str
    host: str
    data_protection: str
    accessibility: str
    is_demonstration: bool
