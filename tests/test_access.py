"""Who may open and change what: every URL of the project, by role and by method."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from articles import actions
from articles.models import Membership, Person, Role
from tests.factories import make_member
from tests.world import World, address, patterns

if TYPE_CHECKING:
    from django.http import HttpResponse

READER, REVIEWER, EDITOR, ADMINISTRATOR = Role.READER, Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR
NEVER = None
ANYONE = "anyone"
"""Open without signing in."""
SIGNED_IN = "signed in"
"""Open to everyone who is signed in, whatever their desk."""

# name: who may GET, who may POST; NEVER is the wrong method.
TABLE: dict[str, tuple[object, object]] = {
    "account_login": (ANYONE, ANYONE),
    "account_logout": (SIGNED_IN, SIGNED_IN),
    "account_inactive": (ANYONE, NEVER),
    "account_session": (ANYONE, NEVER),
    "account_reauthenticate": (SIGNED_IN, SIGNED_IN),
    "account_change_password": (SIGNED_IN, SIGNED_IN),
    "account_overview": (SIGNED_IN, NEVER),
    "account_end_sessions": (NEVER, SIGNED_IN),
    "account_second_factor": (SIGNED_IN, NEVER),
    "mfa_authenticate": (ANYONE, ANYONE),
    "mfa_reauthenticate": (SIGNED_IN, SIGNED_IN),
    "mfa_activate_totp": (SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": (SIGNED_IN, SIGNED_IN),
    "mfa_view_recovery_codes": (SIGNED_IN, NEVER),
    "mfa_generate_recovery_codes": (SIGNED_IN, SIGNED_IN),
    "mfa_download_recovery_codes": (SIGNED_IN, NEVER),
    "mfa_add_webauthn": (SIGNED_IN, SIGNED_IN),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, SIGNED_IN),
    "mfa_login_webauthn": (ANYONE, ANYONE),
    "mfa_edit_webauthn": (SIGNED_IN, SIGNED_IN),
    "mfa_remove_webauthn": (SIGNED_IN, SIGNED_IN),
    "articles:home": (SIGNED_IN, NEVER),
    "articles:preference-close": (NEVER, SIGNED_IN),
    "articles:preference-key": (NEVER, SIGNED_IN),
    "articles:preference-keys-reset": (NEVER, SIGNED_IN),
    "articles:preference-switch": (NEVER, SIGNED_IN),
    "articles:desk": (READER, NEVER),
    "articles:desk-seen": (NEVER, READER),
    "articles:desk-news": (READER, NEVER),
    "articles:desk-day": (READER, NEVER),
    "articles:work-list": (READER, NEVER),
    "articles:notice-list": (READER, NEVER),
    "articles:notice-read": (NEVER, READER),
    "articles:find": (READER, NEVER),
    "articles:article-list": (READER, NEVER),
    "articles:article-add": (REVIEWER, REVIEWER),
    "articles:arrival-list": (REVIEWER, NEVER),
    "articles:arrival": (REVIEWER, NEVER),
    "articles:arrival-read": (NEVER, REVIEWER),
    "articles:arrival-describe": (NEVER, REVIEWER),
    "articles:arrival-add": (NEVER, REVIEWER),
    "articles:arrival-version": (NEVER, REVIEWER),
    "articles:arrival-discard": (NEVER, REVIEWER),
    "articles:arrival-restore": (NEVER, REVIEWER),
    "articles:arrival-original": (REVIEWER, NEVER),
    "articles:arrival-retype": (NEVER, REVIEWER),
    "articles:arrival-split": (NEVER, REVIEWER),
    "articles:arrival-merge": (NEVER, REVIEWER),
    "articles:arrival-take-back": (NEVER, REVIEWER),
    "articles:workbench": (READER, NEVER),
    "articles:workbench-blocks": (READER, NEVER),
    "articles:live-beat": (NEVER, READER),
    "articles:live-show": (READER, NEVER),
    "articles:workbench-claims": (READER, NEVER),
    "articles:article-edit": (REVIEWER, REVIEWER),
    "articles:article-original": (READER, NEVER),
    "articles:article-history": (READER, NEVER),
    "articles:version-list": (READER, NEVER),
    "articles:version-check": (NEVER, REVIEWER),
    "articles:version-text": (READER, NEVER),
    "articles:version-compare": (READER, NEVER),
    "articles:version-changes": (READER, NEVER),
    "articles:carry-accept": (NEVER, REVIEWER),
    "articles:carry-remark": (NEVER, REVIEWER),
    "articles:carry-orphan": (NEVER, REVIEWER),
    "articles:carry-reconsider": (NEVER, REVIEWER),
    "articles:block-retype": (NEVER, REVIEWER),
    "articles:article-undo": (NEVER, REVIEWER),
    "articles:article-redo": (NEVER, REVIEWER),
    "articles:highlight-mark": (NEVER, REVIEWER),
    "articles:highlight-add": (NEVER, REVIEWER),
    "articles:highlight-evidence": (NEVER, REVIEWER),
    "articles:highlight-adjust": (NEVER, REVIEWER),
    "articles:highlight-split": (NEVER, REVIEWER),
    "articles:highlight-merge": (NEVER, REVIEWER),
    "articles:highlight-remove": (NEVER, REVIEWER),
    "articles:claim-list": (READER, NEVER),
    "articles:batch-plan": (REVIEWER, REVIEWER),
    "articles:batch-make": (NEVER, REVIEWER),
    "articles:batch": (READER, NEVER),
    "articles:batch-undo": (NEVER, REVIEWER),
    "articles:claim-suggest": (REVIEWER, NEVER),
    "articles:claim": (READER, NEVER),
    "articles:claim-panel": (READER, NEVER),
    "articles:claim-history": (READER, NEVER),
    "articles:claim-precedents": (READER, NEVER),
    "articles:claim-edit": (NEVER, REVIEWER),
    "articles:claim-start": (NEVER, REVIEWER),
    "articles:claim-set-aside": (NEVER, REVIEWER),
    "articles:claim-reopen": (NEVER, REVIEWER),
    "articles:claim-recheck": (NEVER, REVIEWER),
    "articles:claim-blind": (NEVER, REVIEWER),
    "articles:claim-unblind": (NEVER, REVIEWER),
    "articles:claim-resume": (NEVER, REVIEWER),
    "articles:highlight-ask": (REVIEWER, REVIEWER),
    "articles:query-ask": (NEVER, REVIEWER),
    "articles:query-list": (READER, NEVER),
    "articles:query": (READER, NEVER),
    "articles:query-edit": (NEVER, REVIEWER),
    "articles:query-answer": (NEVER, REVIEWER),
    "articles:query-close": (NEVER, REVIEWER),
    "articles:query-reopen": (NEVER, REVIEWER),
    "articles:evidence-add": (NEVER, REVIEWER),
    "articles:evidence-edit": (REVIEWER, REVIEWER),
    "articles:evidence-withdraw": (NEVER, REVIEWER),
    "articles:evidence-restore": (NEVER, REVIEWER),
    "articles:evidence-copy": (NEVER, REVIEWER),
    "articles:source-suggest": (REVIEWER, NEVER),
    "articles:source-list": (READER, NEVER),
    "articles:source-add": (REVIEWER, REVIEWER),
    "articles:source": (READER, REVIEWER),
    "articles:source-citation": (READER, NEVER),
    "articles:source-history": (READER, NEVER),
    "articles:source-withdraw": (NEVER, REVIEWER),
    "articles:source-restore": (NEVER, REVIEWER),
    "articles:source-merge": (REVIEWER, REVIEWER),
    "articles:source-part": (NEVER, REVIEWER),
    "articles:source-trace": (NEVER, REVIEWER),
    "articles:origin-list": (READER, REVIEWER),
    "articles:origin-suggest": (REVIEWER, NEVER),
    "articles:origin": (READER, REVIEWER),
    "articles:origin-history": (READER, NEVER),
    "articles:origin-merge": (NEVER, REVIEWER),
    "articles:origin-part": (NEVER, REVIEWER),
    "articles:highlight-trace": (REVIEWER, REVIEWER),
    "articles:copy-accept": (NEVER, REVIEWER),
    "articles:copy-dismiss": (NEVER, REVIEWER),
    "articles:copy-reconsider": (NEVER, REVIEWER),
    "articles:desk-sourcing": (READER, ADMINISTRATOR),
    "articles:snapshot-fetch": (NEVER, REVIEWER),
    "articles:snapshot-check": (NEVER, REVIEWER),
    "articles:snapshot-bring": (NEVER, REVIEWER),
    "articles:snapshot": (READER, NEVER),
    "articles:snapshot-file": (READER, NEVER),
    "articles:verdict-give": (NEVER, REVIEWER),
    "articles:verdict-withdraw": (NEVER, REVIEWER),
    "articles:review-queue": (READER, NEVER),
    "articles:review": (READER, NEVER),
    "articles:review-approve": (NEVER, REVIEWER),
    "articles:review-return": (NEVER, REVIEWER),
    "articles:review-second": (NEVER, REVIEWER),
    "articles:review-resolve": (NEVER, REVIEWER),
    "articles:review-suggest": (NEVER, REVIEWER),
    "articles:suggestion-accept": (NEVER, REVIEWER),
    "articles:suggestion-decline": (NEVER, REVIEWER),
    "articles:story-list": (READER, REVIEWER),
    "articles:story": (READER, REVIEWER),
    "articles:sheet-list": (READER, NEVER),
    "articles:article-sheet": (NEVER, REVIEWER),
    "articles:story-sheet": (NEVER, REVIEWER),
    "articles:sheet": (READER, NEVER),
    "articles:sheet-sign-off": (NEVER, EDITOR),
    "articles:edition": (READER, NEVER),
    "articles:edition-download": (READER, NEVER),
    "articles:invitation": (ANYONE, NEVER),
    "articles:invitation-accept": (NEVER, SIGNED_IN),
    "articles:invitation-enrol": (NEVER, ANYONE),
    "articles:invitation-make": (NEVER, EDITOR),
    "articles:invitation-revoke": (NEVER, EDITOR),
    "articles:desk-second-factor": (NEVER, ADMINISTRATOR),
    "articles:agreement": (READER, NEVER),
    "articles:desk-blind": (NEVER, ADMINISTRATOR),
    "articles:desk-unblind": (NEVER, ADMINISTRATOR),
    "articles:scale": (READER, NEVER),
    "articles:scale-revise": (ADMINISTRATOR, ADMINISTRATOR),
    "articles:member-list": (READER, ADMINISTRATOR),
    "articles:member-work": (READER, NEVER),
    "articles:member-history": (READER, NEVER),
    "articles:member-role": (NEVER, ADMINISTRATOR),
    "articles:member-remove": (NEVER, ADMINISTRATOR),
}
NEW_EACH_TIME = re.compile(rb'nonce="[^"]+"|[A-Za-z0-9]{64}')
"""The nonce and the CSRF token of an answer."""
DONE = {200, 204, 302, 409, 422}
"""Answers of a door that is open: a page, a redirect, or a form that says what is wrong with it."""


type Expected = Callable[[object], set[int]]
"""From who may, as the table says, to the answers that are right."""


def test_every_url_is_in_the_table() -> None:
    assert {name for name, _ in patterns()} == set(TABLE)


@pytest.mark.parametrize("role", [READER, REVIEWER, EDITOR, ADMINISTRATOR])
def test_members_by_role(world: World, role: Role) -> None:
    member = make_member(f"some-{role}", by=world.cast.erin, role=role)

    assert _differences(world, member.person, lambda allowed: _for_member(member, allowed)) == []


def test_strangers_find_nothing(world: World) -> None:
    assert _differences(world, world.mallory.person, _for_stranger) == []


def test_nobody_gets_past_the_door(world: World) -> None:
    assert _differences(world, None, _for_nobody) == []


def test_a_member_who_left_is_a_stranger(world: World) -> None:
    bob = world.cast.bob
    actions.desks.remove_member(by=world.cast.erin, membership=bob)

    assert _differences(world, bob.person, _for_stranger) == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_url_knows_other_methods(world: World, method: str) -> None:
    cookies = _signed_in(world.cast.erin.person)

    answers = {name: _status(cookies, method, address(world, name, pattern)) for name, pattern in patterns()}

    assert set(answers.values()) == {405}, answers


def test_a_made_up_id_is_answered_like_a_row_of_another_desk(world: World, client: Client) -> None:
    client.force_login(world.mallory.person)
    own = f"/d/{world.mallory.desk.slug}"

    real = client.get(f"{own}/claims/{world.claim.pk}/")
    made_up = client.get(f"{own}/claims/01a20000-0000-7000-8000-000000000000/")

    assert (real.status_code, made_up.status_code) == (404, 404)
    assert NEW_EACH_TIME.sub(b"", real.content) == NEW_EACH_TIME.sub(b"", made_up.content)


def test_logged_out_htmx_is_sent_to_the_door_as_a_whole_page(world: World, client: Client) -> None:
    desk = world.cast.desk.slug
    page = f"/d/{desk}/articles/{world.article.pk}/"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}

    answer = client.post(f"{page}mark/", {}, headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/?next=")
    assert f"%2Fd%2F{desk}%2Farticles" in answer.headers["HX-Redirect"] or page in answer.headers["HX-Redirect"]


def _differences(world: World, person: Person | None, expected: Expected) -> list[str]:
    """Answers to GET and POST of every URL that are not as expected."""
    cookies = _signed_in(person)
    wrong = []
    for name, pattern in patterns():
        for method, allowed in zip(("get", "post"), TABLE[name], strict=True):
            status = _status(cookies, method, address(world, name, pattern))
            if status not in expected(allowed):
                wrong.append(f"{method.upper()} {name}: {status}, not {sorted(expected(allowed))}")
    return wrong


def _signed_in(person: Person | None) -> SimpleCookie:
    client = Client()
    if person:
        client.force_login(person)
    return client.cookies


def _status(cookies: SimpleCookie, method: str, url: str) -> int:
    """What is answered; what it did is taken back."""
    client = Client()
    client.cookies = SimpleCookie({name: morsel.value for name, morsel in cookies.items()})
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer.status_code


def _for_member(member: Membership, allowed: object) -> set[int]:
    if allowed is NEVER:
        return {405}
    if isinstance(allowed, Role):
        return DONE if member.may(allowed) else {403}
    return DONE


def _for_stranger(allowed: object) -> set[int]:
    if allowed is NEVER:
        return {405, 404}
    return {404} if isinstance(allowed, Role) else DONE


def _for_nobody(allowed: object) -> set[int]:
    return DONE if allowed is ANYONE else {302, 405}
