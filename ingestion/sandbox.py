"""The cage of the parse child: memory, time and file limits, and no network.

Supplier files are hostile until proven otherwise. The limits are set by the child itself before it imports any parser;
the wall clock is kept by the parent (see `child_process`).
"""

from __future__ import annotations

import ctypes
import resource
import sys
from dataclasses import dataclass

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_REFUSED_EVENTS = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system",
    "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What one delivery may cost."""

    memory_bytes: int = 1200 << 20
    cpu_seconds: int = 60
    wall_seconds: float = 60.0
    file_bytes: int = 4 << 30


def confine(limits: Limits) -> None:
    """Apply the limits to this process, for good."""
    _leave_network()
    for what, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (value, value))
    sys.addaudithook(_refuse)


def _leave_network() -> None:
    """Enter an empty network namespace where the kernel allows it; the audit hook refuses in any case."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        sys.stderr.write("no network namespace here; connections are refused inside Python only\n")


def _refuse(event: str, _arguments: object) -> None:
    if event in _REFUSED_EVENTS:
        raise PermissionError(f"{event} is refused while a delivery is read")
