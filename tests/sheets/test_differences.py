from dataclasses import replace

from articles.sheets.differences import differences
from tests.sheets.examples import ARTICLE, CLAIM, CONTENTS, LEFT_OUT


def test_the_same_contents_do_not_differ():
    assert differences(CONTENTS, CONTENTS) == []


def test_a_claim_with_another_status():
    reopened = replace(LEFT_OUT, number=1, id=CLAIM.id, text=CLAIM.text, status="reopened", reason="New figures.")
    after = replace(CONTENTS, claims=(), left_out=(reopened, LEFT_OUT))

    assert differences(CONTENTS, after) == [f"Claim 1, “{CLAIM.text}”, was approved and is reopened."]


def test_a_claim_of_which_something_differs_says_what():
    after = replace(CONTENTS, claims=(replace(CLAIM, claimant="The police"),))

    assert differences(CONTENTS, after) == [f"Claim 1, “{CLAIM.text}”, has another claimant."]


def test_a_claim_with_another_verdict_says_both_ratings():
    rating = replace(CLAIM.verdict.rating, code="refuted", name="Refuted")
    verdict = replace(CLAIM.verdict, rating=rating, rationale="The log was wrong.")
    approval = replace(CLAIM.approval, digest="0" * 64)
    after = replace(CONTENTS, claims=(replace(CLAIM, evidence=(), verdict=verdict, approval=approval),))

    told = "other evidence, the rating Refuted instead of Supported, another rationale and a new approval"
    assert differences(CONTENTS, after) == [f"Claim 1, “{CLAIM.text}”, has {told}."]


def test_a_claim_left_out_for_another_reason():
    after = replace(CONTENTS, left_out=(replace(LEFT_OUT, reason="It is a promise."),))

    assert differences(CONTENTS, after) == [f"Claim 2, “{LEFT_OUT.text}”, has another reason."]


def test_a_new_claim_before_the_others_is_the_only_difference():
    new = replace(LEFT_OUT, id="new", number=1, text="It rained.", status="open", reason="")
    after = replace(CONTENTS, claims=(replace(CLAIM, number=2),), left_out=(new, replace(LEFT_OUT, number=3)))

    assert differences(CONTENTS, after) == ["Claim 1, “It rained.”, is new."]


def test_a_claim_that_is_gone():
    assert differences(CONTENTS, replace(CONTENTS, left_out=())) == [
        f"Claim “{LEFT_OUT.text}” no longer stands in the text."
    ]


def test_the_frame():
    after = replace(CONTENTS, title="Another", articles=(replace(ARTICLE, byline="Others"),))

    assert differences(CONTENTS, after) == [
        "What is said about the articles changed.",
        "The title was “Bridge over the Orm closed”.",
    ]
