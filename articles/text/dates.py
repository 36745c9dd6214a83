"""Printed dates to partial ISO dates: "2013-06-05", "2013-06" or "2013", never more than is printed."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = """
en: january february march april may june july august september october november december
en: jan feb mar apr may jun jul aug sep oct nov dec
en: jan feb mar apr may jun jul aug sept oct nov dec
de: januar februar märz april mai juni juli august september oktober november dezember
de: jänner feb mrz apr mai jun jul aug sep okt nov dez
fr: janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr: janv févr mars avr mai juin juil août sept oct nov déc
es: enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es: ene feb mar abr may jun jul ago sep oct nov dic
it: gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt: janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
nl: januari februari maart april mei juni juli augustus september oktober november december
ar: يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar: يناير فبراير مارس ابريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
he: ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
he: בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
ru: января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk: січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
pl: stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
"""


def _months() -> dict[str, int]:
    rows = [row.partition(":")[2].split() for row in _MONTHS.strip().splitlines()]
    return {name: number for row in rows for number, name in enumerate(row, start=1)}


MONTHS = _months()
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_OF = r"(?:\s+(?:de|del|of))?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<month>[01]\d)-{_DAY}(?!\d)",
        rf"\b{_YEAR}/(?P<month>[01]?\d)/{_DAY}(?!\d)",
        rf"{_YEAR}年\s?(?:(?P<month>[01]?\d)月\s?(?:{_DAY}日)?)?",
        rf"\b{_DAY}(?:st|nd|rd|th|er|\.|º)?{_OF}\s+{_MONTH},?{_OF}\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_MONTH},?{_OF}\s+{_YEAR}\b",
        rf"\b{_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}\b",
        rf"\b(?P<first>[0-3]?\d)[/-](?P<second>[0-3]?\d)[/-]{_YEAR}\b",
    )
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    start: int
    end: int
    iso: str


def first_date(text: str) -> PrintedDate | None:
    """The date that stands first in the text; among those that begin together, the longest."""
    return min(_dates(text), key=lambda date: (date.start, -date.end), default=None)


def _dates(text: str) -> Iterator[PrintedDate]:
    for form in _FORMS:
        if (match := form.search(text)) and (iso := _iso(match.groupdict())):
            yield PrintedDate(match.start(), match.end(), iso)


def _iso(parts: dict[str, str | None]) -> str:
    """Empty when there is no such day."""
    year = int(parts["year"] or 0)
    if parts.get("first"):
        return _numeric(year, int(parts["first"] or 0), int(parts["second"] or 0))
    name = parts.get("name")
    # A pattern without case also takes "ı" for "i" and "ſ" for "s", which no lower case undoes.
    month = MONTHS.get(name.lower(), 0) if name else int(parts.get("month") or 0)
    return _partial(year, month, int(parts.get("day") or 0) if month else 0)


def _numeric(year: int, first: int, second: int) -> str:
    """Day and month in an unknown order: told apart only when one of them cannot be a month."""
    if first == second or second > 12:
        return _partial(year, first, second)
    return _partial(year, second, first) if first > 12 else f"{year}"


def _partial(year: int, month: int, day: int) -> str:
    try:
        date = datetime.date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return ""
    return date[: 10 if day else 7 if month else 4]
