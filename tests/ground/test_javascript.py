import shutil
import subprocess
from pathlib import Path

import pytest

JAVASCRIPT_TESTS = Path(__file__).parents[1] / "js"


@pytest.mark.js
@pytest.mark.skipif(not shutil.which("node"), reason="Node is missing. On Debian: apt-get install nodejs")
def test_javascript_tests_pass():
    files = sorted(str(path) for path in JAVASCRIPT_TESTS.rglob("*.test.js"))

    result = subprocess.run(["node", "--test", *files], capture_output=True, text=True, check=False)

    assert files
    assert result.returncode == 0, result.stdout + result.stderr
