"""Texts made of the characters that break programs, and of the lines that pages are made of."""

from hypothesis import strategies as st

from tests.text.tables import table

PIECES = [
    *("\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\u00a0", "\u3000", "\u200b", "\u200d", "\u200f", "\ufeff"),
    *("\0", "\x07", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\ud83d", "\ude00", "\ufffe", "\U0010ffff"),
    *("a", "B", "7", ".", ",", "?", "…", '"', "“", "”", "'", "’", "-", "• ", "1. ", "- ", "(", "]", "|", "©"),
    *("é", "e\u0301", "😀", "👨\u200d👩\u200d👧", "🇱🇧", "क्षि", "한", "\u1112\u1161", "军", "。", "ا", "ש", "ู"),
    *("Mr. ", "U.N. ", ". . . ", "2.5 ", "word ", "x" * 170),
    *("Read more", "Related stories", "Page not found", "Copyright © 2015", "By Jane Doe", "June 5, 2013", "Home"),
    *("We use cookies to improve your experience.", "The town fell on Wednesday.", "A headline of several words"),
    *(case["text"] for case in table("offsets")),
]

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
"""Any text, surrogates and control characters included."""


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a range in it."""
    text = draw(texts)
    places = st.integers(0, len(text))
    start, end = sorted((draw(places), draw(places)))
    return text, start, end
