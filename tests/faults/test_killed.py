from __future__ import annotations

import threading
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from tests.faults.site import Site, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.fault

MARKS = 200
KILL_AFTER = (60, 130)


@pytest.fixture
def site(open_dir: Path) -> Iterator[Site]:
    site = Site(open_dir / "data")
    site.start()
    yield site
    site.stop()


def test_kill_in_the_middle_of_200_marks(site: Site) -> None:
    with site.database() as database:
        row = database.execute(
            "SELECT v.id, v.article_id, v.text, d.slug FROM articles_articleversion v "
            "JOIN articles_desk d ON d.id = v.desk_id ORDER BY v.id DESC LIMIT 1"
        ).fetchone()
    assert row
    version, article, text, slug = row
    path = f"/d/{slug}/articles/{article}/mark/"
    visitor = Visitor(site, "alice")
    sent: dict[uuid.UUID, tuple[int, int]] = {}
    acknowledged = 0

    def mark_all() -> None:
        nonlocal acknowledged
        for number in range(MARKS):
            start, request_id = _place(text, number), uuid.uuid4()
            sent[request_id] = (start, start + 12)
            span = {"version": version, "start": start, "end": start + 12, "quote": text[start : start + 12]}
            visitor.post_until_acknowledged(path, span | {"request_id": request_id})
            acknowledged += 1

    marking = threading.Thread(target=mark_all)
    marking.start()
    for limit in KILL_AFTER:
        while acknowledged < limit and marking.is_alive():
            time.sleep(0.002)
        site.kill()
        site.start()
    marking.join()

    assert acknowledged == MARKS
    with site.database() as database:
        stored = database.execute(
            'SELECT e.request_id, h.start, h."end" FROM articles_auditevent e '
            "JOIN articles_highlight h ON h.desk_id = e.desk_id AND h.id = e.subject_id "
            "WHERE e.request_id = ANY(%s)",
            [list(sent)],
        ).fetchall()
    assert len(stored) == MARKS
    assert {request_id: (start, end) for request_id, start, end in stored} == sent
    with site.database() as database:
        twice = database.execute(
            'SELECT start FROM articles_highlight WHERE version_id = %s AND "end" - start = 12 AND made_at > '
            "(SELECT min(at) FROM articles_auditevent WHERE request_id = ANY(%s)) - interval '1 minute' "
            "GROUP BY start HAVING count(*) > 1",
            [version, list(sent)],
        ).fetchall()
    assert twice == []
    verified = site.manage("verify_history")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _place(text: str, number: int) -> int:
    """The start of the number-th span: every one at another place, and none across two blocks."""
    places = [start for start in range(len(text) - 12) if "\n" not in text[start : start + 12]]
    starts = [start for start in places if not text[start].isspace() and not text[start + 11].isspace()]
    return starts[number * len(starts) // MARKS]
