"""Material from outside the project, which a clone may lack: FACTCHECK_SHARED says where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FACTCHECK_SHARED") or Path(__file__).parents[2] / "shared")
ARTICLES = SHARED / "articles"

needs_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason=f"five real articles are not in {ARTICLES}; set FACTCHECK_SHARED"
)
