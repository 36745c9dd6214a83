"""Dates as far as they are known, compared: "2013" may be before "2013-06" or after it."""

import calendar
from datetime import date


def is_later(one: str, other: str) -> bool:
    """Whether the first of two partial dates is certainly after the second; never where one is empty.

    Both are 2013, 2013-06 or 2013-06-05.
    """
    return bool(one and other) and _first_day(one) > _last_day(other)


def _first_day(partial: str) -> date:
    return date(*[*_parts(partial), 1, 1][:3])


def _last_day(partial: str) -> date:
    year, month, *day = [*_parts(partial), 12][: max(2, len(_parts(partial)))]
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


def _parts(partial: str) -> list[int]:
    return [int(part) for part in partial.split("-")]
