"""A form of the app takes what it asks for, and nothing that is put beside it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from articles.models import Desk, Membership
from tests.doors.columns import DIGEST, KEY, MODELS, MOMENT, beside
from tests.doors.filling import Sent
from tests.doors.keys import code_of, sign_in
from tests.doors.posting import WAYS
from tests.factories import make_claim
from tests.publishing import WORDS
from tests.test_access import NEVER, TABLE

if TYPE_CHECKING:
    from tests.factories import Cast
    from tests.publishing import Web

UNTRIED = {
    "batch-plan": "it shows what would change and stores nothing, which is tried below",
    "invitation-accept": "who accepts is on no desk yet; tests/doors/test_forms.py tries it",
    "invitation-enrol": "who enrols has no account yet; tests/doors/test_forms.py tries it",
}
"""Addresses of the app that take a form, at which nothing is put beside it here, and why."""

NEW = re.compile(
    r"(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?P<hash>[0-9a-f]{64})"
    r"|(?P<moment>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.]*(?:[+]\d\d:\d\d|Z)?)"
)
"""What is another each time."""


@pytest.fixture(autouse=True)
def _answered(web: Web, still_codes: None) -> None:
    """Every page that is fetched is there."""
    web(WORDS)


def test_every_form_of_the_app_is_tried_or_named() -> None:
    asking = {name.removeprefix("articles:") for name, (_, post) in TABLE.items() if post is not NEVER and ":" in name}
    tried = {name.partition(",")[0] for name in WAYS}

    assert tried & set(UNTRIED) == set()
    assert tried | set(UNTRIED) == asking


@pytest.mark.parametrize("name", WAYS)
def test_what_is_put_beside_it_changes_nothing(name: str, busy_desk: Cast) -> None:
    sent = WAYS[name](name, busy_desk)
    client = signed_in(sent.by)
    before = stored()

    plain = changed(client, sent, {}, before)
    more = changed(client, sent, beside(sent.by, {row.split()[1] for row in plain}), before)

    assert plain
    assert more == plain


def test_a_form_that_only_shows_something_changes_nothing(busy_desk: Cast) -> None:
    """Neither does anything else of a request: what differs above is what the form was sent for."""
    told = {"claim": make_claim(by=busy_desk.alice).pk, "what": "aside", "aside": "opinion", "plan": "1"}
    sent = Sent(busy_desk.bob, f"/d/{busy_desk.desk.slug}/claims/many/", told)
    client = signed_in(sent.by)
    before = stored()

    assert changed(client, sent, {}, before) == []
    assert changed(client, sent, beside(sent.by, {"Claim"}), before) == []


def test_what_is_put_there_is_seen_where_it_is_stored(busy_desk: Cast) -> None:
    """As what is new each time it would be left out of the comparison."""
    claim = make_claim(by=busy_desk.alice)
    put = beside(busy_desk.bob, {"Claim"})

    row = steady(f"Claim {claim.pk} {put['id']} {put['approved_digest']} {put['made_at']}T00:00:00+00:00", "")

    assert row == f"Claim key {KEY} {DIGEST} {MOMENT}T00:00:00+00:00"
    assert put["made_by"] == put["made_by_id"] == put["author_id"] != str(busy_desk.bob.person_id)
    assert put["desk"] == put["desk_id"] != str(busy_desk.desk.pk)
    assert (put["role"], put["status"]) == ("administrator", "set_aside")


def signed_in(by: Membership) -> Client:
    client = Client()
    if Desk.objects.get(pk=by.desk_id).second_factor_required:
        sign_in(client, by.person, code=code_of())
    else:
        client.force_login(by.person)
    return client


def changed(client: Client, sent: Sent, beside: dict[str, str], before: Counter[str]) -> list[str]:
    """The rows that are others after the form was sent, as they were and as they are; that is taken back."""
    for file in (value for value in sent.told.values() if isinstance(value, SimpleUploadedFile)):
        file.seek(0)
    with transaction.atomic():
        answer: Any = client.post(sent.url, beside | sent.told)
        assert answer.status_code in (200, 204, 302), (sent.url, answer.status_code, answer.content.decode()[-3000:])
        after = stored()
        transaction.set_rollback(True)
    known = "\n".join(before)
    return sorted([*(f"was {row}" for row in before - after), *(f"is {steady(row, known)}" for row in after - before)])


def stored() -> Counter[str]:
    """Every row of the app, after the name of its model."""
    tables = ((model.__name__, model._meta.db_table) for model in MODELS)
    rows = (f"SELECT '{name} ' || to_jsonb(t)::text FROM {table} t" for name, table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(rows))
        return Counter(row for (row,) in cursor.fetchall())


def steady(row: str, known: str) -> str:
    """A row without what is new each time. What is put beside a form stays in it."""

    def named(found: re.Match[str]) -> str:
        text, kind = found.group(), str(found.lastgroup)
        stays = text in (KEY, DIGEST) or text.startswith(MOMENT[:4]) or (kind == "key" and text in known)
        return text if stays else kind

    return NEW.sub(named, row)
