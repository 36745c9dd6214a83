"""Lines that say when and by whom a story was written."""

import re

from articles.text.dates import first_date
from articles.text.shape import is_ended, is_name

_LONGEST_LINE = 120

_RELATIVE = re.compile(
    r"\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b|"
    r"\bvor \d+ (?:minute|stunde|tag|woche|monat|jahr)\w*|"
    r"\bil y a \d+ (?:minute|heure|jour|semaine|mois|an)\w*|"
    r"\bhace \d+ (?:minuto|hora|día|semana|mes|año)\w*",
    re.IGNORECASE,
)
# What may stand beside a date in a line that is about the date only.
_BESIDE_DATE = re.compile(
    r"\b(?:(?:first |last |date )?(?:published|updated|posted|modified|created)|issued|date|on|at|"
    r"stand|veröffentlicht|aktualisiert|zuletzt|datum|am|um|uhr|"
    r"publié|modifié|mis à jour|le|à|publicado|actualizado|el|a las|pubblicato|aggiornato|il|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"gmt|utc|bst|cest|cet|est|edt|pst|pdt|msk|local time|a\.?m\.?|p\.?m\.?)\b|"
    r"[0-2]?\d[時时點点][0-5]?\d分|"
    r"(?:\bT|\b)\d{1,2}(?:[:.h]\d{2}){1,2}\s?(?:[ap]\.?m\.?)?(?:Z|[+-]\d\d:?\d\d)?\b",
    re.IGNORECASE,
)

_BY = re.compile(
    r"(?:(?:story|text|words|written|reported|analysis|report) )?by:? |"
    r"(?:von|par|por|di|door|author|autor|autorin|auteur|texte?):? |"
    r"(?P<desk>(?:additional )?(?:reporting|writing|editing) by )",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|dpa|DPA|EFE|ANSA|APA|Xinhua|TASS|Interfax|UPI|Bloomberg|KNA|epd|SID|PTI|"
    r"Associated Press|Agence France-Presse|[Ww]ires?|[Aa]gencies|[Aa]gences|Agenturen|[Aa]gencias)"
)
_AGENCIES = re.compile(rf"\b{_AGENCY}\b")
_ONLY_AGENCIES = re.compile(rf"{_AGENCY}(?:(?:, ?| ?/ ?| and | & | und | et | y ){_AGENCY}){{0,5}}")
_CREDIT_LINE = re.compile(r"[\w./ -]{0,24}\((?P<who>[^()\n]{2,60})\)")


def is_dateline(text: str) -> bool:
    """A date with nothing beside it but a time, the word "updated", a place in capitals or a name."""
    if len(text) > _LONGEST_LINE or not (first_date(text) or _RELATIVE.search(text)):
        return False
    rest = _without_dates(text)
    return not re.search(r"\w", rest) or rest.isupper() or bool(byline_name(rest))


def byline_name(text: str) -> str:
    """ "Jane Doe" of "By Jane Doe"; empty when the text is no byline."""
    by = _BY.match(text)
    if not by or len(text) > _LONGEST_LINE:
        return ""
    who = text[by.end() :].strip()
    return who if by["desk"] or (is_name(who) and not is_ended(who)) else ""


def credit_line(text: str) -> str:
    """ "ab/cd (AP, AFP)" without outer brackets; empty when the text does not credit an agency."""
    if _ONLY_AGENCIES.fullmatch(text):
        return text
    credit = _CREDIT_LINE.fullmatch(text)
    if not credit or not _AGENCIES.search(credit["who"]):
        return ""
    return credit["who"] if text.startswith("(") else text


def is_byline(text: str) -> bool:
    return bool(byline_name(text) or credit_line(text))


def dated_byline(text: str) -> str:
    """The name in a line that holds the date as well."""
    return byline_name(_without_dates(text))


def _without_dates(text: str) -> str:
    while date := first_date(text):
        text = text[: date.start] + text[date.end :]
    text = _BESIDE_DATE.sub("", _RELATIVE.sub("", text))
    return text.strip(" \t\n,;:|/·•–—-()")
