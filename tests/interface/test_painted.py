"""What the stylesheets paint without elements."""

import re
from pathlib import Path

import pytest

STYLES = sorted(Path("articles/static/articles/css").glob("*.css"))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_is_inherited_rather_than_matched_by_every_element(path: Path) -> None:
    """Matched by a thousand marks, such a rule gives each of them a style more."""
    found = re.findall(r"(\S*)::(?:highlight|selection)\b", path.read_text())

    assert set(found) <= {":root", ".reading"}


def test_what_comes_later_changes_nothing_for_the_root() -> None:
    """With such a rule a browser computes the style of every element anew, as somebody begins to do something."""
    styles = Path("articles/static/articles/css")
    parts = re.findall(r'@import "(.+?)"', (styles / "later.css").read_text())

    found = [
        re.findall(r"^\s*(?::root|html|body|\*)[\s,{:.\[].*", (styles / part).read_text(), re.MULTILINE)
        for part in parts
    ]

    assert parts
    assert found == [[]] * len(parts)
