"""Makes the Python environment that a fresh clone lacks, and moves into it.

Runs before anything is installed and on Pythons that are too old, so that these get a sentence instead of a traceback:
standard library only, and the syntax of Python 3.6. Does nothing where Django is already there.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, NoReturn, Optional

from factcheck.progress import say, step

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST = (3, 12)
NAMES = ["python3.13", "python3.14", "python3.12", "python3"]

PRODUCT = ROOT / "requirements.txt"
TESTS = ROOT / "requirements-dev.txt"
COMMANDS_WITH_TESTS = {"test", "bench"}


def prepare(arguments: List[str]) -> None:
    """Return inside an environment that can run the command; elsewhere make one and start again in it."""
    wanted = requirements_for(arguments)
    if is_ready(wanted):
        return
    make(wanted)
    if not inside():
        os.execv(str(PYTHON), [str(PYTHON), *sys.argv])  # noqa: S606  # no shell is meant


def requirements_for(arguments: List[str]) -> Path:
    return TESTS if COMMANDS_WITH_TESTS.intersection(arguments[:1]) else PRODUCT


def is_ready(wanted: Path) -> bool:
    if inside() and marker(PRODUCT).exists():
        return is_installed(wanted)
    return has_django() and (wanted == PRODUCT or has("pytest"))


def inside() -> bool:
    return Path(sys.prefix).resolve() == ENVIRONMENT.resolve()


def has_django() -> bool:
    """The Django of an operating system may be years older than the one this needs."""
    if not has("django"):
        return False
    import django  # noqa: PLC0415  # known to be there only now

    return django.VERSION >= (6, 1)


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def make(wanted: Path) -> None:
    with alone():
        if not is_whole():
            make_environment()
        if not is_installed(wanted):
            install(wanted)


def is_whole() -> bool:
    """An environment whose making was cut short may have its Python and lack pip."""
    return runs(str(PYTHON)) and run([str(PYTHON), "-m", "pip", "--version"]) is None


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two starts at once make one environment."""
    directory = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def make_environment() -> None:
    python = find_python()
    with step("Making the Python environment in .venv"):
        output = run([python, "-m", "venv", "--clear", str(ENVIRONMENT)])
    if output is not None:
        shutil.rmtree(str(ENVIRONMENT), ignore_errors=True)
        leave(output + "\n%s cannot make environments. On Debian and Ubuntu: apt-get install python3-venv" % python)


def install(wanted: Path) -> None:
    with step("Installing the packages of %s" % wanted.name):
        output = run([str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input", "-q", "-r", str(wanted)])
    if output is not None:
        leave(output + "\nThe packages could not be installed. Look at the lines above and start again.")
    for requirements in {wanted, PRODUCT}:
        marker(requirements).write_text(digest(requirements))


def is_installed(requirements: Path) -> bool:
    return marker(requirements).exists() and marker(requirements).read_text() == digest(requirements)


def marker(requirements: Path) -> Path:
    """Holds the digest of the requirements that were installed last."""
    return ENVIRONMENT / (requirements.stem + ".installed")


def digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def find_python() -> str:
    if sys.version_info >= OLDEST:
        return sys.executable
    return next(filter(runs, candidates()), None) or leave(
        "Factcheck needs Python %d.%d or newer; this is %d.%d, and there is no newer one on the PATH.\n"
        "Install one (https://www.python.org/downloads, or: pyenv install 3.13)\n"
        "and start again with it, for example: python3.13 manage.py up" % (OLDEST + sys.version_info[:2])
    )


def candidates() -> Iterator[str]:
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield path
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    yield from sorted((str(path) for path in pyenv.glob("versions/3.1[2-9]*/bin/python")), reverse=True)


def runs(python: str) -> bool:
    """Whether this is a Python that is new enough; pyenv leaves names on the PATH that lead nowhere."""
    return run([python, "-c", "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)]) is None


def run(command: List[str]) -> Optional[str]:
    """None when the command succeeds, else what it said."""
    try:
        result = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
    except OSError as error:
        return str(error)
    return result.stdout if result.returncode else None


def leave(message: str) -> NoReturn:
    say(message)
    sys.exit(1)


if __name__ == "__main__":
    make(requirements_for(sys.argv[1:]))
    print(PYTHON)
