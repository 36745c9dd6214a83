"""Brings files in as articles, as the page that adds articles does, but without a browser and a preview."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions.articles import add_by_command
from articles.actions.stories import open_story_by_command, with_title
from articles.errors import AlreadyHere
from articles.forms.articles import DetailsForm, guesses
from articles.intake.apart import LIMIT, read_apart
from articles.intake.draft import Draft, IntakeError
from articles.intake.reading import Received
from articles.models import Article, Desk, Story
from articles.text.blocks import blocks

UNKNOWN_OUTLET = "Unknown outlet"


class Imported(NamedTuple):
    """``already``: the desk had this text before, as ``article``. ``said`` is what the person has to know."""

    file: Path
    article: Article
    already: bool
    said: list[str]


class Command(BaseCommand):
    help = "Adds files to a desk as articles. An article that the desk has already is named, and not added again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="text, Markdown, a web page, Word, PDF")
        parser.add_argument("--outlet", default="", help="who published them; else guessed from each text")
        parser.add_argument("--url", default="", help="the address, when one file is given")
        parser.add_argument("--story", default="", help="title of their story; a new title opens a new story")
        parser.add_argument("--desk", default="", help="slug of the desk; not needed while there is only one")
        parser.add_argument("--json", action="store_true", help="print a list with one object for each article")

    def handle(self, *, files: list[Path], desk: str, **options: Any) -> None:
        told = _told(files, **{name: options[name] for name in ("outlet", "url", "story")})
        here = _desk(desk)
        self.address = told.get("url", "")
        drafts = [(file, draft) for file in files if (draft := self._read(file))]
        story = _story(here, told.pop("story", "")) if drafts else None
        imported = [_import(file, draft, here, story, told) for file, draft in drafts]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(found) for found in imported], ensure_ascii=False, indent=2))
        else:
            for found in imported:
                self.stdout.write(_in_words(found))
        failed = len(files) - len(imported)
        if failed:
            raise CommandError(
                f"{failed} of {len(files)} {'file was' if len(files) == 1 else 'files were'} not imported."
            )

    def _read(self, file: Path) -> Draft | None:
        try:
            return read_apart(Received(raw=_bytes(file), filename=file.name, address=self.address))
        except (IntakeError, OSError) as error:
            self.stderr.write(f"{file}: {error.strerror if isinstance(error, OSError) else error}")
            return None


def _import(file: Path, draft: Draft, desk: Desk, story: Story | None, told: dict[str, str]) -> Imported:
    form, doubts = _details(draft, told)
    try:
        article = add_by_command(desk=desk, draft=draft, details=form.details(story))
    except AlreadyHere as known:
        return Imported(file, known.article, True, [])
    return Imported(file, article, False, [*article.versions.get().report, *doubts])


def _told(files: list[Path], **told: str) -> dict[str, str]:
    """The options that were given, as the page would have taken them."""
    if told["url"] and len(files) > 1:
        raise CommandError("--url is the address of one article: give one file with it.")
    given = {name: value for name, value in told.items() if value}
    form = DetailsForm({"headline": "-", "outlet": "-"} | given)
    for name, errors in form.errors.items():
        raise CommandError(f"--{name}: {errors[0]}")
    return {name: form.cleaned_data[name] for name in given}


def _desk(slug: str) -> Desk:
    slugs = list(Desk.objects.order_by("slug").values_list("slug", flat=True))
    if not slugs:
        raise CommandError("There is no desk yet. “manage.py up” makes the sample desk.")
    if slug not in slugs and (slug or len(slugs) > 1):
        unknown = f"There is no desk “{slug}”. " if slug else ""
        raise CommandError(f"{unknown}Choose one with --desk: {', '.join(slugs)}.")
    return Desk.objects.get(slug=slug or slugs[0])


def _story(desk: Desk, title: str) -> Story | None:
    if not title:
        return None
    return with_title(desk.pk, title) or open_story_by_command(desk=desk, title=title)


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > LIMIT:
        raise IntakeError(f"It is larger than {LIMIT // 1_000_000} MB, the most that is read.")
    return file.read_bytes()


def _details(draft: Draft, told: dict[str, str]) -> tuple[DetailsForm, list[str]]:
    """What is said about the article, and what nobody has said or guessed in a form that can be kept."""
    data = guesses(draft.metadata) | told
    doubts = []
    for name in DetailsForm(data).errors:
        if data[name]:
            doubts.append(f"The guess for its {name} cannot be kept: {data[name]}.")
        data[name] = ""
    for name, value in (("outlet", UNKNOWN_OUTLET), ("headline", draft.filename[:300])):
        if not data[name]:
            data[name] = value
            doubts.append(f"The text does not say its {name}, which is now “{value}”.")
    form = DetailsForm(data)
    form.full_clean()
    return form, doubts


def _as_json(found: Imported) -> dict[str, Any]:
    article, version = found.article, found.article.versions.order_by("number").last()
    if version is None:
        raise CommandError(f"{article} has no text.")
    return {
        "file": str(found.file),
        "id": str(article.pk),
        "already": found.already,
        "headline": article.headline,
        "outlet": article.outlet.name,
        "byline": article.byline,
        "published": article.published,
        "updated": article.updated,
        "language": article.language,
        "blocks": [
            {"kind": block.kind, "text": version.text[block.start : block.end]}
            for block in blocks(version.text, version.kinds)
        ],
        "direction": version.direction,
        "links": [{"start": start, "end": end, "target": target} for start, end, target in version.links],
        "pages": [{"start": start, "name": name} for start, name in version.pages],
        "report": version.report if found.already else found.said,
    }


def _in_words(found: Imported) -> str:
    article = found.article
    if found.already:
        return f"{found.file}: the desk has this text already, as “{article}” of {article.outlet}."
    return "\n".join([f"{found.file}: added “{article}” of {article.outlet}.", *(f"  {line}" for line in found.said)])
