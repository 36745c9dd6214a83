"""Plays the script of the sample desk. Every line of it is an action, with its event and the name of a person."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from articles.actions import (
    articles,
    asking,
    batches,
    blindness,
    claims,
    desks,
    evidence,
    findings,
    highlights,
    origins,
    sheets,
    snapshots,
    sources,
    stories,
    tracing,
    verdicts,
    versions,
)
from articles.actions.articles import Details
from articles.actions.asking import Asked
from articles.actions.evidence import Statement
from articles.actions.origins import Root
from articles.actions.snapshots import Found
from articles.actions.sources import Work
from articles.actions.verdicts import Finding
from articles.intake.plain import read_plain
from articles.intake.reading import Received
from articles.models import (
    Addressee,
    AnswerMeans,
    ArticleVersion,
    Aside,
    BatchKind,
    Claim,
    Evidence,
    Means,
    Membership,
    Method,
    Origin,
    Person,
    Priority,
    Rating,
    Role,
    Source,
)
from articles.queries.batches import Change, chosen, plan
from articles.sheets.edition import contents_of
from articles.sheets.json import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE = Path(__file__).parent

type Part = Mapping[str, Any]


def play(password: str) -> list[Membership]:
    """Make the sample desk, whose people all sign in with ``password``; all of it or nothing."""
    script = tomllib.loads((HERE / "script.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        return _Player(password).play(script)


class _Player:
    """Remembers what the script calls things."""

    def __init__(self, password: str) -> None:
        self.password = password
        self.members: dict[str, Membership] = {}
        self.versions: dict[str, ArticleVersion] = {}
        self.sources: dict[str, Source] = {}
        self.claims: dict[str, Claim] = {}
        self.origins: dict[str, Origin] = {}

    def play(self, script: Part) -> list[Membership]:
        self._gather(script["desk"], script["people"])
        self._read(script["desk"]["story"], script["articles"])
        for name, work in script["sources"].items():
            self._cite(name, work)
        for part in script["copies"]:
            self._copy(self.sources[part["source"]], part)
        for part in script["claims"]:
            self._check(part)
        self._trace_all(script["origins"], script["traced"])
        self._sign_off(script["edition"])
        for act in script["afterwards"]:
            self._act(self.claims[act["claim"]], act)
        self._correct(script["correction"])
        for part in script["given"]:
            self._give(part)
        for part in script["asked"]:
            self._ask(part)
        return list(self.members.values())

    def _trace_all(self, origins: Mapping[str, Part], traced: Iterable[Part]) -> None:
        for name, root in origins.items():
            self._name(name, root)
        for part in traced:
            self._trace(self.members[part["by"]], part)

    def _gather(self, desk: Part, people: Mapping[str, Part]) -> None:
        """The first of the people founds the desk and takes on the others."""
        first, *others = people.items()
        founder = desks.found(name=desk["name"], slug=desk["slug"], administrator=self._person(*first))
        self.members[first[0]] = founder
        for name, about in others:
            person = self._person(name, about)
            self.members[name] = desks.add_member(by=founder, person=person, role=Role(about["role"]))

    def _person(self, username: str, about: Part) -> Person:
        return Person.objects.create_user(username, about["email"], self.password, name=about["name"])

    def _read(self, title: str, parts: Mapping[str, Part]) -> None:
        story = stories.open_story(by=self.members[next(iter(parts.values()))["by"]], title=title)
        for name, part in parts.items():
            draft = read_plain((HERE / "texts" / f"{name}.txt").read_bytes(), filename=f"{name}.txt")
            details = Details(
                headline=draft.metadata.headline.value,
                outlet=part["outlet"],
                byline=part.get("byline", ""),
                published=part["published"],
                language=draft.metadata.language.value,
                url=part.get("url", ""),
                story=story,
            )
            by = self.members[part["by"]]
            article = articles.add(by=by, draft=draft, details=details, kinds=draft.kinds, method=Method.UPLOAD)
            self.versions[name] = article.versions.get()

    def _cite(self, name: str, work: Part) -> None:
        told = {key: value for key, value in work.items() if key != "by"}
        self.sources[name] = sources.add(by=self.members[work["by"]], work=Work(**told))

    def _copy(self, source: Source, part: Part) -> None:
        draft = read_plain(part["text"].strip())
        received = Received(raw=draft.raw, media_type=draft.media_type)
        found = Found(received=received, text=draft.text)
        snapshots.keep(by=self.members[part["by"]], source=source, means=Means.PASTE, found=found)

    def _check(self, part: Part) -> None:
        claim = self._mark(self.members[part["by"]], part["places"])
        self.claims[part["name"]] = self._word(claim, part)
        for act in part.get("acts", ()):
            self._act(claim, act)

    def _mark(self, by: Membership, places: list[tuple[str, str]]) -> Claim:
        (article, words), *others = places
        claim = highlights.mark(by=by, **self._span(article, words)).claim
        assert claim is not None  # noqa: S101  # marking makes the claim
        for article, words in others:
            highlights.add_to_claim(by=by, claim=claim, **self._span(article, words))
        return claim

    def _span(self, article: str, words: str) -> dict[str, Any]:
        version = self.versions[article]
        start = version.text.index(words)
        return {"version": version, "start": start, "end": start + len(words), "quote": words}

    def _word(self, claim: Claim, part: Part) -> Claim:
        claim.refresh_from_db()
        return claims.edit(
            by=self.members[part["by"]],
            claim=claim,
            revision=claim.revision,
            text=part["text"],
            summary=part.get("summary", ""),
            claimant=part.get("claimant", ""),
            kind=part["kind"],
            priority=part.get("priority", Priority.NORMAL),
            priority_reason=part.get("priority_reason", ""),
            assignee=None,
            due=timezone.localdate() + timedelta(days=part["due_in"]) if "due_in" in part else None,
            due_reason=part.get("due_reason", ""),
        )

    def _act(self, claim: Claim, act: Part) -> None:
        by = self.members[act["by"]]
        claim.refresh_from_db()
        match act["does"]:
            case "start":
                claims.start(by=by, claim=claim)
            case "set_aside":
                claims.set_aside(by=by, claim=claim, reason=act["reason"], aside=Aside(act["aside"]))
            case "evidence":
                evidence.add(by=by, claim=claim, source=self.sources[act["source"]], statement=_statement(act))
            case "passage":
                self._use_passage(by, claim, act)
            case _:
                self._find(by, claim, act)

    def _find(self, by: Membership, claim: Claim, act: Part) -> None:
        match act["does"]:
            case "blind":
                blindness.blind_claim(by=by, claim=claim)
            case "verdict":
                verdicts.give(by=by, claim=claim, revision=claim.revision, **_found(by, act))
            case "second":
                findings.second(by=by, claim=claim, revision=claim.revision, finding=Finding(**_found(by, act)))
            case "approve":
                verdicts.approve(by=by, claim=claim, digest=verdicts.digest_of(claim))
            case "return":
                verdicts.send_back(by=by, claim=claim, digest=verdicts.digest_of(claim), reason=act["reason"])

    def _use_passage(self, by: Membership, claim: Claim, act: Part) -> None:
        span = self._span(act["article"], act["words"])
        statement = _statement({**act, "quote": span.pop("quote")})
        evidence.add_passage(by=by, claim=claim, statement=statement, **span)

    def _name(self, name: str, part: Part) -> None:
        following = self.origins.get(part.get("comes_from", ""))
        root = Root(name=part["name"], kind=part["kind"], note=part.get("note", ""), comes_from=following)
        self.origins[name] = origins.add(by=self.members[part["by"]], root=root)

    def _trace(self, by: Membership, part: Part) -> None:
        """A source, or the places of a claim in some articles."""
        origin = self.origins[part["origin"]]
        if "source" in part:
            tracing.trace_source(by=by, source=self.sources[part["source"]], origin=origin)
        for name in part.get("articles", ()):
            article = self.versions[name].article
            place = self.claims[part["claim"]].highlights.live().get(version__article=article)
            tracing.trace(by=by, highlight=place, origin=origin)

    def _sign_off(self, part: Part) -> None:
        by = self.members[part["by"]]
        sheet = sheets.open_sheet(by=by, article=self.versions[part["article"]].article)
        sheets.sign_off(by=by, sheet=sheet, expected=digest_of(contents_of(sheet)), leave_out=True)

    def _correct(self, part: Part) -> None:
        version = self.versions[part["article"]]
        text = version.text
        for before, after in part["changes"]:
            text = text.replace(before, after)
        draft = read_plain(text)
        by = self.members[part["by"]]
        versions.take(by=by, article=version.article, draft=draft, kinds=draft.kinds, method=Method.PASTE)

    def _give(self, part: Part) -> None:
        by = self.members[part["by"]]
        ids = [self.claims[name].pk for name in part["claims"]]
        change = Change(what=BatchKind.ASSIGN, people=(self.members[part["to"]].person,))
        batches.make(by=by, claims=ids, change=change, seen=plan(chosen(by, ids), change).digest)

    def _ask(self, part: Part) -> None:
        colleague = self.members[part["of"]] if "of" in part else None
        who: dict[str, Any] = {"addressee": Addressee.AUTHOR, "name": part.get("author", "")}
        if colleague:
            who = {"addressee": Addressee.COLLEAGUE, "colleague": colleague.person}
        due = timezone.localdate() + timedelta(days=part["due_in"]) if "due_in" in part else None
        asked = Asked(question=part["question"], due=due, **who)
        query = asking.ask(by=self.members[part["by"]], claim=self.claims[part["claim"]], asked=asked)
        if colleague and "answer" in part:
            told = {"words": part["answer"], "means": AnswerMeans.HERE, "given_on": timezone.localdate()}
            asking.answer(by=colleague, query=query, **told)


def _found(by: Membership, act: Part) -> dict[str, Any]:
    rating = Rating.objects.get(desk_id=by.desk_id, scale__code=by.desk.scale_code, code=act["rating"])
    told = ("rationale", "searched", "missing", "as_of", "wording")
    return {"rating": rating} | {name: act[name] for name in told if name in act}


def _statement(act: Part) -> Statement:
    told = Evidence.CONTENT
    return Statement(**{name: act[name] for name in told if name in act})
