import os
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that other accounts may enter, as which root runs PostgreSQL; pytest's own are closed to them."""
    directory = tmp_path_factory.mktemp("open")
    if os.geteuid() == 0:
        for closed in (directory, *directory.parents[:2]):
            closed.chmod(0o755)
    return directory
