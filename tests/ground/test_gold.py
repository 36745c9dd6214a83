import pytest
from django.core.management import CommandError

from tests.performance import anchoring
from tests.performance.gold import listed, refutes, refutes_number
from tests.shared import SHARED

VERSIONS = SHARED / "data" / anchoring.FOLDER
QUOTE = "A laptop with a connection An extension for the browser"
WHOLE = "- A laptop, with a connection\n\n- An extension for the browser"
HALF = "- An extension for the browser"


def test_a_gold_that_has_half_of_the_words_is_refuted_by_a_place_that_has_all():
    assert refutes(QUOTE, WHOLE, HALF)
    assert refutes(QUOTE, WHOLE, "")


def test_a_gold_with_the_words_is_not_refuted():
    assert not refutes(QUOTE, WHOLE, WHOLE)
    assert not refutes(QUOTE, HALF, WHOLE)


def test_a_place_with_other_words_refutes_nothing():
    assert not refutes(QUOTE, "A recent version of something else for everyone", "")
    assert not refutes(QUOTE, "", "")


def test_a_number_that_stands_there_did_not_change():
    assert refutes_number("from 1 PM to 5 PM daily", "from 1 p.m. to 5 p.m. daily", "from 1 p.m.")
    assert not refutes_number("from 1 PM to 5 PM daily", "from 1 PM to 6 PM daily", "from 1 PM")


def test_every_span_in_the_list_has_its_reason():
    assert all(listed().values())


def test_data_without_the_set_is_said(tmp_path):
    with pytest.raises(CommandError, match="Say with --data where it is"):
        anchoring._folder(tmp_path)


@pytest.mark.skipif(not VERSIONS.is_dir(), reason=f"no versions in {VERSIONS}; set FACTCHECK_SHARED")
def test_the_rule_confirms_every_span_in_the_list():
    cases = {case.key: case for case in anchoring._cases(VERSIONS)}

    doubtful = [key for key in listed() if not any(cases[key].is_refuted(rule) for rule in (refutes, refutes_number))]

    assert doubtful == []
