"""The other side of apart.py: a process that gives up what it could do harm with, reads one thing and ends.

Guaranteed on Linux (x86-64 and ARM64, in a container too), by limits and a system call filter that cannot be taken
back, so also against code that an exploited parser runs: no socket of any family, no other process or program, no
signal to anyone, no file made, written, renamed or removed, no shared memory left behind, and limits on memory,
processor time and open files.
Files can still be read, by the user whom the site runs as; the environment, and with it every password, is not handed
over. Where the filter cannot be set, the limits hold, and an audit hook refuses the same from Python code only: against
mistakes, not against attacks.
"""

import ctypes
import errno
import importlib
import json
import os
import platform
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from articles.intake.codec import to_json
from articles.intake.draft import Draft, IntakeError
from articles.intake.reading import Received

OPEN_FILES = 64  # reading a module or a font list needs a few at a time

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_LOAD, _IF_EQUAL, _IF_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06  # instructions of the filter
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # places in what it looks at
_X32 = 0x40000000  # a second way to number system calls on x86-64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Numbers of system calls, by machine.
_REFUSED = {
    "x86_64": {
        "sockets": (41, 53, 425),  # socket, socketpair, io_uring_setup
        "processes": (56, 57, 58, 59, 322, 435),  # clone, fork, vfork, execve, execveat, clone3
        "others": (62, 101, 129, 200, 234, 297, 310, 311, 424, 434, 438),  # kill, ptrace, … pidfd_getfd
        "limits": (160, 302),  # setrlimit, prlimit64
        "files": (76, 82, 83, 84, 85, 86, 87, 88, 133, 258, 259, 263, 264, 265, 266, 316, 437),  # truncate … openat2
        "attributes": (90, 91, 92, 93, 94, 132, 188, 189, 190, 235, 260, 261, 268, 280, 452),  # chmod … fchmodat2
        "mounts": (155, 161, 165, 166, 272, 308, 429, 442),  # pivot_root, chroot, mount, … setns, …
        "kernel": (29, 64, 68, 240, 248, 250, 321),  # shmget, semget, msgget, mq_open, add_key, keyctl, bpf
    },
    "aarch64": {
        "sockets": (198, 199, 425),
        "processes": (220, 221, 281, 435),
        "others": (117, 129, 130, 131, 138, 240, 270, 271, 424, 434, 438),
        "limits": (164, 261),
        "files": (33, 34, 35, 36, 37, 38, 45, 276, 437),
        "attributes": (5, 6, 7, 52, 53, 54, 55, 88, 452),
        "mounts": (39, 40, 41, 51, 97, 268, 429, 442),
        "kernel": (180, 186, 190, 194, 217, 219, 280),
    },
}
# The calls that open a file, with the place of their flags, and the name of the machine in the filter.
_OPENING = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_GUARDED = (
    *("socket.", "subprocess.", "shutil.", "tempfile.", "ctypes."),
    *("os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.kill", "os.truncate", "os.ch", "os.utime"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.setxattr", "os.removexattr"),
)


def main() -> None:
    """Reads a line of JSON and the bytes from standard input; writes one JSON value to standard output.

    Arguments: "module:function" that finds the reader of what was received, megabytes of memory, seconds.
    """
    name, megabytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    output = _own_output()
    received = _received(sys.stdin.buffer)
    module, _, function = name.partition(":")
    # Finding the reader looks at a few bytes only, and imports it while that can still be cached on disk.
    reader = getattr(importlib.import_module(module), function)(received)
    confine(megabytes, seconds)
    output.write(json.dumps(_answer(reader, received)).encode())
    output.flush()
    os._exit(0)  # what a parser left behind in this process is nobody's concern, and must not spoil the answer


def confine(megabytes: int, seconds: int) -> None:
    signal.alarm(2 * seconds)  # ends this process, should nobody be there any more to do it
    for limit, soft, hard in (
        (resource.RLIMIT_AS, megabytes << 20, megabytes << 20),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # the first ends it with a signal that says why
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _limit(limit, soft, hard)
    if not _filter_system_calls(platform.machine()):
        sys.addaudithook(_guard)


def _limit(limit: int, soft: int, hard: int) -> None:
    """Never raises a limit that is already lower."""
    known = resource.getrlimit(limit)[1]
    if known != resource.RLIM_INFINITY:
        soft, hard = min(soft, known), min(hard, known)
    try:
        resource.setrlimit(limit, (soft, hard))
    except (ValueError, OSError):  # macOS knows no limit of memory
        if sys.platform == "linux":
            raise


def _own_output() -> BinaryIO:
    """Standard output for the answer alone: what a library prints goes nowhere."""
    output = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return output


def _received(source: BinaryIO) -> Received:
    about = json.loads(source.readline())
    return Received(raw=source.read(), **about)


def _answer(reader: Callable[[Received], Draft], received: Received) -> dict[str, Any]:
    try:
        return {"draft": to_json(reader(received))}
    except IntakeError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"failed": "memory", "trace": ""}
    except BaseException:
        return {"failed": "error", "trace": traceback.format_exc()[-4000:]}


def _filter_system_calls(machine: str) -> bool:
    """False where the system has no such filter."""
    if sys.platform != "linux" or machine not in _REFUSED:
        return False
    control = ctypes.CDLL(None).prctl
    control.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)  # ints alone would leave half of each argument undefined
    program = _program(machine)
    kept = ctypes.create_string_buffer(program, len(program))
    described = ctypes.create_string_buffer(struct.pack("HP", len(program) // 8, ctypes.addressof(kept)))
    place = ctypes.addressof(described)
    done = control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), control(_SET_SECCOMP, _FILTER, place, 0, 0)
    return done == (0, 0)


def _program(machine: str) -> bytes:
    """The filter: refuse the listed calls, and opening a file in any way but to read it; allow the rest."""
    refused = [number for group in _REFUSED[machine].values() for number in group]
    return b"".join(
        (
            *(_instruction(_LOAD, _ARCHITECTURE), *_unless(_AUDIT[machine], _END)),
            _instruction(_LOAD, _NUMBER),
            *(_instruction(_IF_BITS, _X32, skipped=1), _instruction(_RETURN, _END)),
            *(part for number in refused for part in _when(number, _REFUSE)),
            *(part for number, place in _OPENING[machine] for part in _when_writing(number, place)),
            _instruction(_RETURN, _ALLOW),
        )
    )


def _instruction(code: int, value: int, *, passed: int = 0, skipped: int = 0) -> bytes:
    return struct.pack("HBBI", code, passed, skipped, value)


def _unless(value: int, result: int) -> tuple[bytes, bytes]:
    return _instruction(_IF_EQUAL, value, passed=1), _instruction(_RETURN, result)


def _when(value: int, result: int) -> tuple[bytes, bytes]:
    return _instruction(_IF_EQUAL, value, skipped=1), _instruction(_RETURN, result)


def _when_writing(number: int, place: int) -> tuple[bytes, ...]:
    return (
        _instruction(_IF_EQUAL, number, skipped=4),
        _instruction(_LOAD, _ARGUMENTS + 8 * place),
        _instruction(_IF_BITS, _WRITING, skipped=1),
        _instruction(_RETURN, _REFUSE),
        _instruction(_RETURN, _ALLOW),
    )


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
    if writes or event.startswith(_GUARDED):
        raise PermissionError(errno.EPERM, f"{event} is not for a reader")


if __name__ == "__main__":
    main()
