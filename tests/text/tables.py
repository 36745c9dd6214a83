"""The tables of tests/cases, some of which the JavaScript tests read as well."""

import json
from pathlib import Path
from typing import Any

_CASES = Path(__file__).parents[1] / "cases"


def table(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_CASES / f"{name}.json").read_text(encoding="utf-8"))
    return rows
