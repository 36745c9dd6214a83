"""Five articles as they were copied from the web. They are not part of the project: FACTCHECK_SHARED says where."""

import os
from pathlib import Path

import pytest

from articles.intake.plain import read_plain
from articles.text.blocks import BlockKind, blocks

SHARED = Path(os.environ.get("FACTCHECK_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLES = SHARED / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles in {ARTICLES}; set FACTCHECK_SHARED")

# The first words of every block that is no paragraph, in order.
GOLD = {
    "bbc.txt": [
        ("headline", "Syrian army retakes key town of Qusair from rebels"),
        ("caption", "Syrian army tanks patrol Qusair"),
        ("heading", "'Clear message'"),
        ("heading", "Strategic town of Qusair"),
        ("list_item", "• Estimated population"),
        ("list_item", "• Up to 10,000"),
        ("list_item", "• Some 23 villages"),
        ("list_item", "• Near the main route"),
        ("caption", "Envoy to Syria, Lakhdar Brahimi"),
        ("furniture", "More on This Story"),
        ("furniture", "Syria's war"),
        ("furniture", "More Middle East stories"),
        ("furniture", "Features & Analysis"),
        ("furniture", "• Cartoon of women"),
        ("furniture", "The interesting things"),
        ("furniture", "• Replica of a cargo box"),
        ("furniture", "The man who posted"),
        ("furniture", "• Music score"),
        ("furniture", "Goodbye to NYC"),
        ("furniture", "• Former Secretary"),
        ("furniture", "Hillary gets a taste"),
        ("furniture", "Elsewhere on the BBC"),
        ("furniture", "• Audi R8"),
        ("furniture", "BBC Autos takes a look"),
        ("furniture", "• A cyborg cockroach"),
        ("furniture", "The cyborg cockroach"),
        ("furniture", "Try our new site"),
        ("furniture", "Copyright ©"),
        ("furniture", "This page is best viewed"),
    ],
    "dw.txt": [
        ("furniture", "1. Skip to content"),
        ("furniture", "2. Skip to main menu"),
        ("furniture", "3. Skip to more"),
        ("headline", "Syrian army takes Qusair"),
        ("dateline", "June 5, 2013"),
        ("furniture", "https://"),
        ("furniture", "GettyImages"),
        ("furniture", "Image: AFP"),
        ("byline", "kms/mz"),
    ],
    "france24.txt": [
        ("furniture", "Skip to main content"),
        ("headline", "Hezbollah-backed Syria troops"),
        ("heading", "Qusair 'a strategic priority"),
        ("heading", "Attack casts doubt"),
        ("byline", "(FRANCE 24 with wires)"),
        ("furniture", "Page not found"),
        ("furniture", "The content you requested"),
    ],
    "latimes.txt": [
        ("furniture", "YOU ARE HERE"),
        ("headline", "Syrian army, backed by Hezbollah"),
        ("dateline", "June 05, 2013|By"),
        ("furniture", "Pakistani lawmakers"),
        ("furniture", "U.N. sees more"),
        ("furniture", "Erdogan wrecking"),
        ("furniture", "Los Angeles Times Articles"),
    ],
    "rt.txt": [
        ("headline", "Assad army retakes control"),
        ("dateline", "5 Jun, 2013 18:42"),
    ],
}

METADATA = {
    "bbc.txt": ("BBC", "", "", "en", ""),
    "dw.txt": ("DW", "kms/mz (AP, AFP, Reuters)", "2013-06-05", "en", "https://p.dw.com/p/18jnI"),
    "france24.txt": ("FRANCE 24", "FRANCE 24 with wires", "", "en", ""),
    "latimes.txt": ("Los Angeles Times", "Jeffrey Fleishman", "2013-06-05", "en", ""),
    "rt.txt": ("RT", "", "2013-06-05", "en", ""),
}


@pytest.fixture(params=GOLD)
def name(request):
    return request.param


@pytest.fixture
def draft(name):
    return read_plain((ARTICLES / name).read_bytes(), filename=name)


def test_kinds(name, draft):
    marked = [
        (str(block.kind), draft.text[block.start : block.end])
        for block in blocks(draft.text, draft.kinds)
        if block.kind is not BlockKind.PARAGRAPH
    ]

    assert [kind for kind, _ in marked] == [kind for kind, _ in GOLD[name]]
    assert all(text.startswith(start) for (_, text), (_, start) in zip(marked, GOLD[name], strict=True))


def test_the_text_is_all_there(name, draft):
    raw = (ARTICLES / name).read_text(encoding="utf-8")

    assert draft.text.split() == raw.split()


def test_metadata(name, draft):
    said = draft.metadata

    found = (said.outlet, said.byline, said.published, said.language, said.url)
    assert tuple(guess.value for guess in found) == METADATA[name]
    assert said.headline.value.startswith(dict(GOLD[name])["headline"])
    assert all(bool(guess.value) == bool(guess.origin) for guess in found)


def test_line_endings_and_encoding_make_no_difference(name, draft):
    raw = (ARTICLES / name).read_text(encoding="utf-8")

    assert read_plain(raw.replace("\n", "\r\n").encode("utf-16"), filename=name).text == draft.text
