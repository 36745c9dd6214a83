from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run() -> Callable[..., str]:
    """Run a command and return what it said."""

    def run(name: str, *args: Any, **options: Any) -> str:
        said = io.StringIO()
        call_command(name, *args, stdout=said, **options)
        return said.getvalue()

    return run
