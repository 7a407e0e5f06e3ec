"""Writing that survives a power cut: data reach the disk before a name points at them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.archive import fsync_folder


def sync_file(path: Path) -> None:
    """Bring the bytes of a file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Bring a folder with all it holds to the disk, the inner ones first."""
    for root, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(root) / name)
        fsync_folder(Path(root))


def replace_file(path: Path, text: str, mode: int = 0o444) -> None:
    """Write a small file so that readers see the former or the new one, never half of it."""
    temporary = path.with_name(f".tmp-{path.name}")
    temporary.unlink(missing_ok=True)
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.chmod(mode)
    temporary.replace(path)
    fsync_folder(path.parent)


@contextmanager
def only_publisher(folder: Path) -> Iterator[None]:
    """Hold the folder of releases alone; a second publisher waits, a killed one holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
