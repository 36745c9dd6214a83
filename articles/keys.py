"""The single keys of the whole site, as they are until a person changes them for their account.

A key is known by what it is at first: templates say ``data-key="m"``, and what a person chose instead is looked up in
the browser. So a key that does one thing here and another thing there is changed in both places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = tuple("/?.[]+-<>abcdefhijklmnpqrstuxyHSV")
"""Each does something on some page."""

SEQUENCES = ("g d", "g a", "g c", "g s", "g r", "g e", "g n")
"""They stay: nothing else may begin like them."""


def taken_by(key: str, but: str, chosen: Mapping[str, str]) -> str | None:
    """The first key that is ``key`` by now, as it is at first, or the sequence that begins so; ``but`` is not asked."""
    others = (one for one in KEYS if one != but and chosen.get(one, one) == key)
    return next(others, None) or next((one for one in SEQUENCES if one.startswith(key)), None)
