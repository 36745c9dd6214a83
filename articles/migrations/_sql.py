from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL

SQL = Path(__file__).parent / "sql"


def run(stem: str) -> RunSQL:
    """Run ``sql/<stem>.sql``; ``sql/<stem>.undo.sql`` takes it back."""
    return RunSQL((SQL / f"{stem}.sql").read_text(), (SQL / f"{stem}.undo.sql").read_text())


def run_back(stem: str) -> RunSQL:
    """Run ``sql/<stem>.undo.sql``; ``sql/<stem>.sql`` takes it back."""
    return RunSQL((SQL / f"{stem}.undo.sql").read_text(), (SQL / f"{stem}.sql").read_text())


def telling(*nouns: str) -> RunSQL:
    """From here on the history tells of these tables, or of their new columns; each is named without its ``articles_``."""
    return RunSQL("".join(f"SELECT tell_of('articles_{noun}');" for noun in nouns), RunSQL.noop)
