"""Which processes belong to a PostgreSQL data directory.

Process numbers are reused and a killed server can stay behind as a zombie, so a number alone proves nothing: a
process belongs to the directory when it is alive, is called postgres and works in it.
"""

import signal
from pathlib import Path

import psutil

SECONDS_TO_LEAVE = 3


def lives(cluster: Path) -> bool:
    """Whether the server that wrote the directory's postmaster.pid is running."""
    try:
        number = int((cluster / "postmaster.pid").read_text().split()[0])
        return _belongs(psutil.Process(number), cluster)
    except (OSError, ValueError, IndexError, psutil.Error):
        return False


def end_orphans(cluster: Path) -> None:
    """End the helpers of a server that was killed: they hold its shared memory, and a new one must not start beside."""
    orphans = [process for process in psutil.process_iter(["name"]) if _belongs_safely(process, cluster)]
    for process in orphans:
        _send(process, signal.SIGQUIT)
    _, stubborn = psutil.wait_procs(orphans, timeout=SECONDS_TO_LEAVE)
    for process in stubborn:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=SECONDS_TO_LEAVE)


def _belongs_safely(process: psutil.Process, cluster: Path) -> bool:
    try:
        return _belongs(process, cluster)
    except (psutil.Error, OSError):
        return False


def _belongs(process: psutil.Process, cluster: Path) -> bool:
    return (
        process.name().startswith("postgres")
        and process.status() != psutil.STATUS_ZOMBIE
        and Path(process.cwd()) == cluster
    )


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        pass
