import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path("articles/static/articles/css/tokens.css").read_text()
PAIRS = {
    name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
COLOURS = ("green", "red", "amber", "blue", "violet", "orange", "grey")
GROUNDS = ("paper", "sheet", "wash")
WORDS_ON_GROUND = [
    *product(("ink", "quiet", "accent", *COLOURS), GROUNDS),
    *((colour, f"{colour}-tint") for colour in COLOURS),
    *product(("ink",), [f"{colour}-tint" for colour in COLOURS]),
    *product(("ink", "quiet", "accent"), ["accent-tint"]),
    ("accent-ink", "accent"),
]
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_stand_out_from_their_ground(words: str, ground: str, scheme: str) -> None:
    assert contrast(words, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_can_be_seen(ground: str, scheme: str) -> None:
    assert contrast("edge", ground, scheme) >= 3


def contrast(one: str, other: str, scheme: str) -> float:
    """As WCAG 2.2 defines the contrast ratio."""
    column = SCHEMES.index(scheme)
    darker, lighter = sorted(luminance(PAIRS[name][column]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
