"""Takes out of joined scripts and stylesheets what only people need: comments, white space, long local names.

The minifier is a program in Go that is called as a library, so it gets a process of its own and not a place in the web
process. It has no wheel for Macs with Apple's processors: there the files stay as they are, larger and no different.
"""

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

PROGRAM = "import minify, sys; sys.stdout.write(minify.string(sys.argv[1], sys.stdin.read()))"


def shortened(media_type: str) -> Callable[[str], str]:
    def shorten(source: str) -> str:
        if find_spec("minify") is None:
            return source
        command = [sys.executable, "-c", PROGRAM, media_type]
        return subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout

    return shorten


shortened_script = shortened("application/javascript")
shortened_styles = shortened("text/css")
