"""Says what is being done and how long it took. Used before anything is installed, so it runs on old Pythons too."""

import contextlib
import sys
import time
from typing import Iterator


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    say(text + " … ", end="")
    began = time.monotonic()
    try:
        yield
    except BaseException as error:
        say("stopped" if isinstance(error, KeyboardInterrupt) else "failed")
        raise
    say("%.1f s" % (time.monotonic() - began))


def say(text: str, end: str = "\n") -> None:
    sys.stderr.write(text + end)
    sys.stderr.flush()
