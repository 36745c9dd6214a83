import uuid

import pytest

from articles.models import Evidence, Status
from tests.factories import fresh, make_claim, make_version
from tests.workbench.conftest import BOATS, span

WATER = "the water rise for two days"


@pytest.fixture
def claim(alice, version):
    return make_claim(by=alice, version=version, quote=BOATS)


@pytest.fixture
def passage(version, claim):
    return span(version, WATER, claim=claim.pk, stance="refutes", kind="secondary", note="The harbour master.")


def test_words_become_evidence(send, passage, claim, version):
    answer = send("evidence/", passage)

    evidence = Evidence.objects.get()
    assert answer.status_code == 200
    assert (evidence.claim, evidence.quote, evidence.stance, evidence.note) == (
        claim,
        WATER,
        "refutes",
        "The harbour master.",
    )
    assert evidence.source.article_id == version.article_id


def test_the_passage_and_the_claim_that_is_now_checked_are_redrawn(send, passage, claim):
    html = send("evidence/", passage).content.decode()

    assert fresh(claim).status == Status.CHECKING
    assert f'<mark data-stance="refutes" data-claims="{claim.pk}" data-active>' in html
    assert '<mark data-status="checking"' in html


def test_evidence_for_a_claim_that_stands_elsewhere(send, version, alice):
    claim = make_claim(by=alice, version=make_version(by=alice))
    wanted = span(version, WATER, claim=claim.pk, stance="supports", kind="primary")

    answer = send("evidence/", wanted, plain=True)

    assert answer.status_code == 302
    assert answer.url.endswith(f"?claim={claim.pk}#b107")


@pytest.mark.parametrize(
    ("missing", "said"),
    [("stance", "support or refute"), ("claim", "Open a claim first"), ("kind", "required")],
)
def test_what_is_missing_is_said(send, passage, missing, said):
    answer = send("evidence/", passage | {missing: ""})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Evidence.objects.exists()


def test_another_version_than_the_newest_is_a_conflict(send, passage):
    assert send("evidence/", passage | {"version": uuid.uuid4()}).status_code == 409


def test_a_repeated_request_adds_once(send, passage):
    wanted = passage | {"request_id": uuid.uuid4()}

    assert [send("evidence/", wanted).status_code for _ in range(2)] == [200, 200]
    assert Evidence.objects.count() == 1


def test_get_is_the_wrong_method(signed_in, url):
    assert signed_in.get(f"{url}evidence/").status_code == 405
