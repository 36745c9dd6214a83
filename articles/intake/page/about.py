"""What a page says about its article: the headline, who wrote it, when, in which language, and at which address."""

import datetime
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from articles.intake.page.addresses import host, is_web, join
from articles.intake.page.body import letters
from articles.intake.page.extraction import is_vast
from articles.intake.page.structured import Structured, structured
from articles.text.canonical import cleaned
from articles.text.credit import byline_name
from articles.text.dates import first_date
from articles.text.guess import Guess
from articles.text.shape import is_name

JSON_LD = "JSON-LD of the page"
OPEN_GRAPH = "Open Graph tags"
META = "meta tags"
LINK = "canonical link"
AUTHOR = "marked author of the page"

_TITLES = (
    "dc:title",
    "dcterm:title",
    "dcterms:title",
    "dc.title",
    "og:title",
    "twitter:title",
    "parsely-title",
    "title",
)
_AUTHORS = (
    "dc:creator",
    "dcterms:creator",
    "dc.creator",
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_PUBLISHED = (
    *(
        "article:published_time",
        "og:published_time",
        "parsely-pub-date",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
    ),
    *(
        "publish-date",
        "publication_date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
    ),
)
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified")
_OUTLETS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»/\\:]|-{1,2}|::)\s+|\s*[|»]\s*")
_LONGEST_NAME = 120  # characters; more is no list of people
_MOST_MARKED = 5  # elements that may hold the author; where there are more, they belong to other stories
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_BY = re.compile(r"(?:written by|by|von|par|por|di|door)\b:?\s+", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?P<code>[a-z]{2,3})(?:[-_](?P<script>hans|hant))?(?:[-_]\w+)*", re.IGNORECASE)
_FIRST_DAYS = re.compile(r"(?:-01){1,2}$")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])")


class About:
    """One page. `address` is where it was fetched or saved from, empty when that is not known."""

    def __init__(self, tree: HtmlElement, address: str) -> None:
        self.tree = tree
        self.address = address
        self.data: Structured = structured(tree)
        self.metas = dict(_metas(tree))
        self.titles = tuple(title for title in self._titles() if title)

    def headline(self) -> Guess:
        """Of what the page calls itself, what a heading says as well, else the first; without the site's name."""
        headings = [one for one in map(_text, self.tree.iter("h1")) if one]
        offered = [guess for guess in self._headlines() if guess.value]
        for guess in offered:
            for heading in headings:
                if _is_with_name(guess.value, heading):
                    return Guess(heading, guess.origin)
        if (not offered or len(offered[0].value.split()) == 1) and len(headings) == 1:
            return Guess(headings[0], "first heading")
        best = offered[0] if offered else Guess()
        return Guess(self._without_name(best.value), best.origin)

    def _headlines(self) -> Iterator[Guess]:
        yield Guess(self.data.headline, JSON_LD)
        yield from (self._meta(name) for name in _TITLES)
        yield Guess(_text(self.tree.find(".//title")), "title of the page")

    def _titles(self) -> Iterator[str]:
        return (guess.value for guess in self._headlines())

    def _without_name(self, title: str) -> str:
        """Without the name of the site after a separator, or before it."""
        names = {letters(name) for name in self._site_names() if name}
        parts = list(_SEPARATOR.finditer(title))
        if parts and letters(title[parts[-1].end() :]) in names:
            return title[: parts[-1].start()]
        if parts and letters(title[: parts[0].start()]) in names:
            return title[parts[0].end() :]
        return title

    def _site_names(self) -> Iterator[str]:
        yield self.data.publisher
        yield from (self.metas.get(name, "") for name in _OUTLETS)
        name = host(self.url().value)
        yield name
        yield from (name.rpartition(".")[0], name.partition(".")[0])

    def outlet(self) -> Guess:
        offered = [Guess(self.data.publisher, JSON_LD), *(self._meta(name) for name in _OUTLETS)]
        by_address = Guess(host(self.url().value), "address of the page")
        return next((guess for guess in offered if guess.value and not _NOT_A_NAME.search(guess.value)), by_address)

    def byline(self, blocks: Sequence[str]) -> Guess:
        """`blocks` are the texts of the byline blocks."""
        if names := [name for name in map(_name, self.data.authors) if name]:
            return Guess(", ".join(names), JSON_LD)
        for tag in _AUTHORS:
            meta = self._meta(tag)
            if name := _name(meta.value):
                return Guess(name, meta.origin)
        lines = [*self._marked_authors(), *(Guess(block, "byline") for block in blocks)]
        for line in lines:
            if name := byline_name(line.value) or (line.value if line.origin == AUTHOR and is_name(line.value) else ""):
                return Guess(" ".join(name.split()), line.origin)
        return Guess()

    def _marked_authors(self) -> Iterator[Guess]:
        """What elements of the page are marked as its author; a name there needs no "by"."""
        for path in ("@itemprop='author'", "@rel='author'", "contains(@class, 'byline')", "contains(@class, 'author')"):
            for element in self.tree.xpath(f".//body//*[{path}]")[:_MOST_MARKED]:
                named = next(iter(element.xpath(".//*[@itemprop='name']")), element)
                yield Guess(_text(named), AUTHOR)

    def authors(self) -> list[str]:
        return [
            name
            for name in (*map(_name, self.data.authors), *(_name(self._meta(tag).value) for tag in _AUTHORS))
            if name
        ]

    def published(self, blocks: Sequence[str]) -> Guess:
        """`blocks` are the texts of the dateline blocks.

        A moment can be two days, by the clock of the server and by that of the newsroom: the printed one is meant.
        """
        printed = [Guess(iso, "date line") for line in blocks if (iso := _iso(line))]
        times = self.tree.xpath(".//time[@pubdate or @itemprop='datePublished']/@datetime")
        offered = [
            Guess(self.data.published, JSON_LD),
            *(self._meta(name) for name in _PUBLISHED),
            *(Guess(value, "time element of the page") for value in times[:1]),
        ]
        said = next((Guess(iso, guess.origin) for guess in offered if (iso := _iso(guess.value))), None)
        if said is None:
            return printed[0] if printed else self._dated()
        return next((date for date in printed if _is_next_day(date.value, said.value)), said)

    def _dated(self) -> Guess:
        """What the whole page gives away; the least certain of all."""
        if is_vast(self.tree):
            return Guess()
        try:
            found = find_date(self.tree, original_date=True, url=self.url().value or None)
        except Exception:  # whatever goes wrong in it, a date is no reason to lose the article
            found = None
        # It makes a whole date of a month or a year: a first day is taken for one that was not there.
        return Guess(_FIRST_DAYS.sub("", found), "dates on the page") if found else Guess()

    def updated(self, published: str) -> Guess:
        """Empty when it is the day of publication, or before."""
        offered = [Guess(self.data.modified, JSON_LD), *(self._meta(name) for name in _UPDATED)]
        found = next((Guess(iso, guess.origin) for guess in offered if (iso := _iso(guess.value))), Guess())
        return found if found.value > published else Guess()

    def language(self) -> Guess:
        html = self.tree.get("lang") or self.tree.get("xml:lang") or ""
        offered = [
            Guess(html, "language of the page"),
            Guess(self.data.language, JSON_LD),
            *(self._meta(name) for name in ("content-language", "language", "dc.language", "og:locale")),
        ]
        return next((Guess(code, guess.origin) for guess in offered if (code := _code(guess.value))), Guess())

    def direction(self, element: HtmlElement | None) -> Guess:
        """What is declared around the element in which the article begins."""
        around = [self.tree] if element is None else [element, *element.iterancestors()]
        declared = (one.get("dir", "").lower() for one in around)
        found = next((name for name in declared if name in {"ltr", "rtl"}), "")
        return Guess(found, "direction of the page") if found else Guess()

    def url(self) -> Guess:
        links = self.tree.xpath(".//link[@rel='canonical']/@href")
        offered = [
            *(Guess(link, LINK) for link in links[:1]),
            self._meta("og:url"),
            Guess(self.data.url, JSON_LD),
            Guess(self.address, "address of the page"),
        ]
        absolute = ((join(self.address, guess.value.strip()), guess.origin) for guess in offered if guess.value)
        web = [Guess(url, origin) for url, origin in absolute if is_web(url)]
        # A canonical address of the front page says nothing about an article.
        return next((guess for guess in web if len(urlsplit(guess.value).path) > 1), web[0] if web else Guess())

    def base(self) -> str:
        """What the links of the page start from."""
        href = next(iter(self.tree.xpath(".//base/@href")), "").strip()
        address = self.address or self.url().value
        base = join(address, href)
        return base if is_web(base) else address

    def _meta(self, name: str) -> Guess:
        origin = OPEN_GRAPH if name.startswith(("og:", "article:")) else META
        return Guess(self.metas.get(name, ""), origin)


def _metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Names in lower case and their values; of two with the same name the first is meant, so it comes last."""
    for meta in reversed(list(tree.iter("meta"))):
        content = " ".join(cleaned(meta.get("content", "")).split())
        names = (
            f"{meta.get('property', '')} {meta.get('name', '')} {meta.get('itemprop', '')} {meta.get('http-equiv', '')}"
        )
        if content:
            yield from ((name, content) for name in names.lower().split())


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(cleaned(element.text_content()).split())


def _is_with_name(title: str, heading: str) -> bool:
    """The title is the heading, or the heading and, behind a separator, something else."""
    if not title.startswith(heading):
        return False
    return len(title) == len(heading) or bool(_SEPARATOR.match(title, len(heading)))


def _name(value: str) -> str:
    value = _BY.sub("", value, count=1) if _BY.match(value) else value
    return "" if len(value) > _LONGEST_NAME or _NOT_A_NAME.search(value) else value.strip(" ,;|")


def _iso(value: str) -> str:
    """A partial ISO date. A time and its zone are left out: it is the date as it is printed that counts."""
    stamp = _DATE.match(value.strip())
    printed = first_date(stamp[0] if stamp and len(stamp[0]) == 10 else value)
    if printed:
        return printed.iso
    return stamp[0] if stamp and len(stamp[0]) < 10 else ""


def _is_next_day(one: str, other: str) -> bool:
    try:
        days = datetime.date.fromisoformat(one) - datetime.date.fromisoformat(other)
    except ValueError:
        return False
    return abs(days.days) == 1


def _code(value: str) -> str:
    """ "en" of "en-GB", "zh-hant" of "zh-Hant-TW"."""
    found = _LANGUAGE.fullmatch(value.split(",", maxsplit=1)[0].strip())
    if not found or found["code"].lower() in {"und", "mul", "zxx"}:
        return ""
    code = found["code"].lower()
    return f"{code}-{found['script'].lower()}" if found["script"] and code == "zh" else code
