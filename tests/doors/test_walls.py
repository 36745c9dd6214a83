"""What belongs to another desk does not exist, at whatever address; and looking changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import AuditEvent, Claim
from articles.privileges import PRIVILEGES
from tests.doors.keys import confirm, give_app, sign_in
from tests.factories import fresh, make_claim, make_version
from tests.test_access import NEVER, NEW_EACH_TIME, TABLE
from tests.world import WITHOUT_A_DESK, World, address, patterns, reverse_arguments

if TYPE_CHECKING:
    from articles.models import Membership

KEPT_BESIDE = {"django_cache", "django_session", "articles_presence", "articles_untold"}
"""Tables that remember who looks: attempts, the challenge of a passkey, who is on a page; and one that is empty."""


def test_ids_of_another_desk_are_answered_like_made_up_ones(world: World) -> None:
    mallory = world.mallory
    client = Client()
    client.force_login(mallory.person)
    tried, wrong = 0, []
    for name, pattern in patterns():
        names = reverse_arguments(name, pattern)
        if not name.startswith("articles:") or name in WITHOUT_A_DESK or not names - {"desk", "part"}:
            continue
        theirs = world.kwargs(names) | ({"article": world.changed.pk} if "version" in names else {})
        real = theirs | {"desk": mallory.desk.slug}
        made_up = {key: uuid4() if isinstance(value, UUID) else value for key, value in real.items()}
        for method, allowed in zip(("get", "post"), TABLE[name], strict=True):
            if allowed is NEVER:
                continue
            tried += 1
            answers = [getattr(client, method)(reverse(name, kwargs=kwargs)) for kwargs in (real, made_up)]
            pages = {NEW_EACH_TIME.sub(b"", answer.content) for answer in answers}
            if [answer.status_code for answer in answers] != [404, 404] or len(pages) != 1:
                wrong.append(f"{method} {name}: {[answer.status_code for answer in answers]}")

    assert wrong == []
    assert tried > 60


def test_ids_of_another_desk_in_a_form_are_refused(world: World) -> None:
    """Addressed to Mallory's own rows, but with rows of the night desk in the form."""
    mallory = world.mallory
    claim, version = make_claim(by=mallory), make_version(by=mallory)
    client = Client()
    client.force_login(mallory.person)
    theirs = world.article.versions.latest("number")
    span = {"version": theirs.pk, "start": 0, "end": 5, "quote": theirs.text[:5]}
    own = f"/d/{mallory.desk.slug}"
    before = written(world)

    answers = {
        "a version": client.post(f"{own}/articles/{version.article_id}/mark/", span),
        "a claim": client.post(
            f"{own}/articles/{version.article_id}/add-to-claim/",
            {"version": version.pk, "start": 0, "end": 6, "quote": version.text[:6], "claim": world.claim.pk},
        ),
        "an assignee": client.post(
            f"{own}/claims/{claim.pk}/edit/",
            {"text": "Words.", "revision": fresh(claim).revision, "priority": 0, "assignee": world.cast.bob.person_id},
        ),
        "a story": client.post(
            f"{own}/articles/{version.article_id}/edit/",
            {"headline": "Other", "outlet": "Other", "revision": 1, "story": world.story.pk},
        ),
        "a member": client.post(f"{own}/people/{world.cast.bob.pk}/role/", {"role": "reader", "revision": 1}),
    }

    # A story is told by its title, so an id is the title of a new one.
    assert answers.pop("a story").status_code == 302
    story = fresh(version.article).story
    assert story
    assert (story.desk, story.title) == (mallory.desk, str(world.story.pk))
    assert {what: answer.status_code for what, answer in answers.items() if answer.status_code < 400} == {}
    assert written(world) == before
    assert Claim.objects.get(pk=claim.pk).assignee_id is None


def test_what_is_suggested_is_of_ones_own_desk(world: World) -> None:
    client = Client()
    client.force_login(world.mallory.person)
    own = f"/d/{world.mallory.desk.slug}"

    places = ("claims/suggest/?q=boats", "sources/suggest/?q=log", "find/?q=boats", "claims/?q=boats", "sources/?q=log")
    for place in places:
        page = client.get(f"{own}/{place}").content.decode()
        assert "Witness" not in page, place
        assert "Accident log" not in page, place


def test_no_page_changes_anything_by_being_looked_at(world: World) -> None:
    client = Client()
    client.force_login(world.cast.erin.person)
    client.get("/")
    wrong, before = [], everything()
    for name, pattern in patterns():
        names = reverse_arguments(name, pattern)
        kwargs = world.kwargs(names) | ({"article": world.changed.pk} if "version" in names else {})
        for method in ("get", "head"):
            getattr(client, method)(reverse(name, kwargs=kwargs))
            now = everything()
            wrong += [f"{method} {name}: {table}" for table in now if now[table] != before[table]]
            before = now

    assert wrong == []


def test_no_number_in_an_address_is_too_long_for_the_site(world: World) -> None:
    client = Client()
    client.force_login(world.cast.erin.person)

    for name, pattern in patterns():
        if TABLE[name][0] is NEVER or not name.startswith("articles:"):
            continue
        for number in ("9" * 5000, "9" * 19):
            told = dict.fromkeys(("before", "version", "block", "part"), number)
            assert client.get(address(world, name, pattern), told).status_code < 500, name


def test_looking_at_ones_own_security_changes_nothing_either(client: Client, alice: Membership) -> None:
    codes = give_app(alice.person)
    sign_in(client, alice.person, code=codes[0])
    confirm(client, code=codes[1])
    before = everything()

    for path in ("", "app/", "app/remove/", "codes/", "codes/renew/", "codes/download/", "passkeys/add/", "confirm/"):
        assert client.get(f"/accounts/second-factor/{path}").status_code in (200, 302), path
    client.get("/accounts/")

    assert everything() == before


def everything() -> dict[str, Any]:
    """A digest of every table but those that remember who looks."""
    tables = sorted({table for table, allowed in PRIVILEGES.items() if "SELECT" in allowed} - KEPT_BESIDE)
    with connection.cursor() as cursor:
        digest = "(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t)"
        digests = ", ".join(digest.format(table) for table in tables)
        cursor.execute(f"SELECT {digests}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def written(world: World) -> int:
    """How long the history of the night desk is."""
    return AuditEvent.objects.filter(desk=world.cast.desk).count()
