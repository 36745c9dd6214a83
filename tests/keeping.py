"""What many tests begin with, stored once and left in the database from one to the next.

Each test that does not commit works in a transaction of its own that is rolled back, so what was committed before it is
the same for the next. To store a desk and its people takes longer than most of what is tried on them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tests.emptying import remove_all_rows

if TYPE_CHECKING:
    from collections.abc import Callable

_stored: tuple[Callable[[], Any], Any] | None = None
"""What the database holds, as (how it is made, what was made); None when it is empty."""


def prepare(make: Callable[[], Any] | None) -> None:
    """Let the database hold what ``make`` stores and nothing else; outside of any transaction."""
    global _stored  # noqa: PLW0603  # as global as the database of which it tells
    if (_stored and _stored[0]) is make:
        return
    clear()
    if make:
        try:
            _stored = (make, make())
        except BaseException:
            remove_all_rows()
            raise


def clear() -> None:
    """Empty the database unless nothing was stored in it."""
    if _stored:
        empty()


def empty() -> None:
    """Empty the database, whatever is in it."""
    global _stored  # noqa: PLW0603  # likewise
    _stored = None
    remove_all_rows()


def take[T](make: Callable[[], T]) -> T:
    """The rows that ``make`` stores: those that are kept, as objects of the test's own, else made now."""
    return deepcopy(_stored[1]) if _stored and _stored[0] is make else make()
