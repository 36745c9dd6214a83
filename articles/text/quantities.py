"""Numbers, units and dates as they are printed, each with a value by which two wordings of the same are known."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from articles.text.dates import MONTHS
from articles.text.numerals import (
    CAPITAL_MONTHS,
    DAYS,
    FRACTIONS,
    NUMBERS,
    ORDINALS,
    SHORT_UNITS,
    SIGNS,
    UNITS,
    WEEKDAYS,
)
from articles.text.wording import plain


class Part(StrEnum):
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    WORD = "word"


class Item(NamedTuple):
    """`value` is equal for two wordings of the same: "80,000" and "80 000", "5 June" and "June 5"."""

    part: Part
    value: str
    start: int
    end: int


_TIME = r"\d{1,2}(?:[:.]\d\d)?(?::\d\d)? ?(?:[ap]\.m\.|[ap]m\b|uhr\b|o'clock\b)|\d{1,2}:\d\d(?::\d\d)?(?!\d)"
_FIGURE = r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_SCAN = re.compile(
    rf"(?P<time>{_TIME})"
    r"|(?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?!\d))"
    r"|(?P<ordinal>(?<![\w.,])\d+(?:st|nd|rd|th|er|e|º|ª)\b)"
    rf"|(?P<figure>{_FIGURE})(?P<letters>[^\W\d_]*)"
    r"|(?P<sign>[%$€£¥°])"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)",
    re.IGNORECASE,
)
_HALVES = re.compile("[.,' ]")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_RANGE = re.compile(r"[ -]?(?:-|to|bis|à|hasta)[ -]?", re.IGNORECASE)
_BETWEEN_DATES = re.compile(r",? ?(?:of |de |del |the )?|\. ?")


def items(text: str) -> list[Item]:
    """Everything in the text that counts or dates something, in text order; words of other kinds are left out."""
    flat = plain(text)
    counted = [item for item in _numbered(flat, _scan(flat)) if item.part is not Part.WORD]
    return _ranged(flat, _dated(flat, counted))


def _scan(text: str) -> Iterator[Item]:
    for match in _SCAN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "letters":
            yield from _figure(match)
        elif kind == "word":
            yield _word(match)
        elif kind == "sign":
            yield Item(Part.UNIT, SIGNS[match[0]], *match.span())
        elif kind == "ordinal":
            yield Item(Part.NUMBER, f"#{int(''.join(filter(str.isdecimal, match[0])))}", *match.span())
        else:
            yield Item(Part.DATE, _time(match[0]) if kind == "time" else match[0], *match.span())


def _time(printed: str) -> str:
    return re.sub(r"[ .]", "", printed.lower()).replace(":00", "").replace("uhr", "").replace("o'clock", "")


def _figure(match: re.Match[str]) -> Iterator[Item]:
    """A figure with letters of its own is a name as much as a number, 18F or 4K, unless they are a unit."""
    letters = match["letters"].lower()
    unit = SHORT_UNITS.get(letters)
    scale = {"k": 1000, "m": 1_000_000, "bn": 1_000_000_000}.get(letters) if letters != "m" else None
    value = amount(match["figure"])
    if not letters or unit or scale:
        yield Item(Part.NUMBER, _scaled(value, scale or 1), match.start(), match.end("figure"))
        if unit:
            yield Item(Part.UNIT, unit, match.start("letters"), match.end())
    else:
        yield Item(Part.NUMBER, value + letters, *match.span())


def amount(figure: str) -> str:
    """The number without separators of thousands, with a point before decimals."""
    groups = _HALVES.split(figure)
    separators = set(_HALVES.findall(figure))
    if len(groups) == 1:
        return figure
    thousands = groups[0] != "0" and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if thousands and len(separators) == 1:
        return "".join(groups)
    if len(separators) == 2 and all(len(group) == 3 for group in groups[1:-1]):
        return f"{''.join(groups[:-1])}.{groups[-1]}"
    return f"{groups[0]}.{groups[1]}" if len(groups) == 2 else figure


def _scaled(value: str, scale: int) -> str:
    try:
        number = float(value) * scale
    except ValueError:
        return value
    return f"{number:.10g}" if abs(number) < 1e15 else value


def _word(match: re.Match[str]) -> Item:
    printed = match[0]
    word = printed.lower()
    span = match.span()
    if word in NUMBERS:
        return Item(Part.NUMBER, str(NUMBERS[word]), *span)
    if word in FRACTIONS or word in ORDINALS:
        return Item(Part.NUMBER, FRACTIONS.get(word) or f"#{ORDINALS[word][:-2]}", *span)
    if (word in MONTHS and (word not in CAPITAL_MONTHS or printed[0].isupper())) or word in WEEKDAYS or word in DAYS:
        weekday = f"weekday {WEEKDAYS[word]}" if word in WEEKDAYS else ""
        return Item(Part.DATE, weekday or DAYS.get(word) or f"month {MONTHS[word]}", *span)
    if word in UNITS:
        return Item(Part.UNIT, UNITS[word], *span)
    return Item(Part.WORD, word, *span)


def _numbered(text: str, found: Iterable[Item]) -> list[Item]:
    """With "twenty-five", "two hundred" and "5 million" as one number, and a short unit after its number."""
    joined: list[Item] = []
    for item in found:
        before = joined[-1] if joined else None
        beside = before and before.part is Part.NUMBER and text[before.end : item.start] in (" ", "-", "", "-and-")
        if before and beside and item.part is Part.WORD and item.value in SHORT_UNITS:
            joined.append(Item(Part.UNIT, SHORT_UNITS[item.value], item.start, item.end))
        elif before and beside and item.part is Part.NUMBER and (value := _compound(text, before, item)):
            joined[-1] = Item(Part.NUMBER, value, before.start, item.end)
        else:
            joined.append(item)
    return joined


def _compound(text: str, one: Item, other: Item) -> str:
    """The value of two numbers that are printed as one; empty when they are two."""
    if not text[other.start].isalpha() or not (one.value[:1].isdecimal() and other.value.isdecimal()):
        return ""
    try:
        left, right = float(one.value), int(other.value)
    except ValueError:
        return ""
    if right >= 100 and left < right:
        return f"{left * right:.15g}"
    rest = left % 100 if left >= 100 else left
    fits = (rest == 0 and left >= 100 and right < 100) or (rest in range(20, 100, 10) and right < 10)
    return f"{left + right:.15g}" if fits and text[one.end - 1].isalpha() else ""


def _dated(text: str, found: list[Item]) -> list[Item]:
    """With years as dates, and the parts of one date together."""
    joined: list[Item] = []
    for i in range(len(found)):
        this = _as_date(text, found, i)
        before = joined[-1] if joined else None
        beside = before and before.part is this.part is Part.DATE and _are_of_one_date(before.value, this.value)
        if before and beside and _BETWEEN_DATES.fullmatch(text, before.end, this.start):
            joined[-1] = Item(Part.DATE, f"{before.value}; {this.value}", before.start, this.end)
        else:
            joined.append(this)
    return [item._replace(value="; ".join(sorted(item.value.split("; ")))) for item in joined]


def _are_of_one_date(value: str, other: str) -> bool:
    """Whether they are a day, a month, a year and a weekday, none of them twice."""
    kinds = [part.partition(" ")[0] for part in (*value.split("; "), other)]
    return len(set(kinds)) == len(kinds) and set(kinds) <= {"day", "month", "year", "weekday"}


def _as_date(text: str, found: list[Item], i: int) -> Item:
    """The item as a part of a date: a year, or a day right beside its month."""
    item = found[i]
    if item.part is not Part.NUMBER:
        return item
    printed = text[item.start : item.end]
    if _YEAR.fullmatch(printed) and not _is_counted(found, i):
        return Item(Part.DATE, f"year {printed}", item.start, item.end)
    number = item.value.removeprefix("#")
    if number.isdecimal() and 1 <= int(number) <= 31 and printed[0].isdecimal() and _is_beside_month(text, found, i):
        return Item(Part.DATE, f"day {int(number)}", item.start, item.end)
    return item


def _is_counted(found: list[Item], i: int) -> bool:
    after = found[i + 1] if i + 1 < len(found) else None
    return bool(after and after.part is Part.UNIT and after.start <= found[i].end + 1)


def _is_beside_month(text: str, found: list[Item], i: int) -> bool:
    for near in (i - 1, i + 1):
        if 0 <= near < len(found) and found[near].value.startswith("month "):
            one, other = sorted((found[i], found[near]), key=lambda item: item.start)
            if re.fullmatch(r"\.? (?:of |de )?", text[one.end : other.start]):
                return True
    return False


def _ranged(text: str, found: list[Item]) -> list[Item]:
    """With "25,000 to 35,000" as one number."""
    joined: list[Item] = []
    for item in found:
        before = joined[-1] if joined else None
        if before and before.part is item.part is Part.NUMBER and _RANGE.fullmatch(text, before.end, item.start):
            joined[-1] = Item(Part.NUMBER, f"{before.value}–{item.value}", before.start, item.end)
        else:
            joined.append(item)
    return joined
