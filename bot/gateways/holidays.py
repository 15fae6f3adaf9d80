"""French public holidays, computed for any year by the `holidays` library."""

from datetime import date
from functools import cache

from holidays import country_holidays

ALSACE_MOSELLE = "57"


class FrenchHolidays:
    """The eleven national days, and the two more of Alsace and Moselle."""

    def between(self, first: date, last: date, *, alsace_moselle: bool) -> frozenset[date]:
        """The public holidays of the period, both ends included."""
        return frozenset(
            day
            for year in range(first.year, last.year + 1)
            for day in _of_year(year, alsace_moselle)
            if first <= day <= last
        )


@cache
def _of_year(year: int, alsace_moselle: bool) -> frozenset[date]:
    return frozenset(country_holidays("FR", subdiv=ALSACE_MOSELLE if alsace_moselle else None, years=year))
