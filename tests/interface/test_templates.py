import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("templates").rglob("*.html"))
STYLES = sorted(Path("articles/static/articles/css").glob("*.css"))
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*="),
    "inline handler": re.compile(r"\son\w+\s*=|\shx-on"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)|<style"),
    "address elsewhere": re.compile(r"""(?:src|href)=["'](?:https?:)?//"""),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path, kind: str) -> None:
    assert not FORBIDDEN[kind].search(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_form_that_posts_proves_where_it_comes_from(path: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=.post.*?</form>", path.read_text(), re.DOTALL)

    assert all("csrf_token" in form for form in forms)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_what_is_missing_is_said_by_the_desk_and_not_by_the_browser(path: Path) -> None:
    forms = re.findall(r'<form class="form[^>]*>', path.read_text())

    # At the door there are two fields, and no way to leave one out by mistake.
    assert "account/" in str(path) or all("novalidate" in form for form in forms)


def test_every_stylesheet_is_linked_or_listed_in_one_that_is() -> None:
    linked = set(re.findall(r"articles/css/([\w-]+\.css)", "".join(path.read_text() for path in TEMPLATES)))
    sources = [Path("articles/static/articles/css", name).read_text() for name in linked]
    listed = {name for source in sources for name in re.findall(r'@import "([^"]+)"', source)}

    assert linked.isdisjoint(listed)
    assert linked | listed == {path.name for path in STYLES}


def test_every_colour_in_use_is_a_token() -> None:
    known = set(re.findall(r"(--[\w-]+):", "".join(path.read_text() for path in STYLES)))
    used = set(re.findall(r"var\((--[\w-]+)", "".join(path.read_text() for path in STYLES)))

    assert used <= known


def test_every_sign_in_use_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', Path("templates/components/icons.html").read_text()))
    used = set(re.findall(r'{% icon "([\w-]+)"', "".join(path.read_text() for path in TEMPLATES)))

    assert used <= drawn
