import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.kept import kept


def test_it_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "data" / "key"

    assert kept(path, lambda: "first") == "first"
    assert kept(path, lambda: "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_the_first_of_two_starts_wins(tmp_path):
    path = tmp_path / "key"

    def make():
        path.write_text("the other's")
        return "mine"

    assert kept(path, make) == "the other's"


def test_a_place_that_cannot_be_written_gets_the_cure(tmp_path):
    (tmp_path / "data").touch()

    with pytest.raises(ImproperlyConfigured, match="FACTCHECK_DATA_DIR"):
        kept(tmp_path / "data" / "key", lambda: "key")
