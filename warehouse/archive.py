"""The raw archive: the bytes as received, written once, read-only, named by their sha-256."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse.settings import Settings

_BLOCK = 1 << 20


class NotAFile(ValueError):
    """What lies in the inbox is no regular file: a link, a pipe, a device or a folder."""


class TooLarge(ValueError):
    """The file is larger than a delivery may be."""


@dataclass(frozen=True)
class Stored:
    """Bytes in the archive."""

    sha256: str
    size: int
    path: Path


def store(settings: Settings, path: Path, most: int | None = None) -> Stored:
    """Copy a file into the archive and hash the copy, so that hash and content belong together.

    Raises `TooLarge` beyond `most` bytes, `NotAFile` for links, pipes and devices, and `OSError` if the
    bytes cannot be read or written.
    """
    settings.archive.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=settings.archive, prefix=".incoming-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copy(path, target.fileno(), most)
            os.fsync(target.fileno())
        final = location(settings, sha256)
        if not final.exists():
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary.chmod(0o440)
            temporary.replace(final)
            fsync_folder(final.parent)
        return Stored(sha256, size, final)
    finally:
        temporary.unlink(missing_ok=True)


def location(settings: Settings, sha256: str) -> Path:
    """Return where bytes with this hash lie or would lie."""
    return settings.archive / sha256[:2] / sha256


def file_sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync_folder(folder: Path) -> None:
    """Make a rename in this folder last."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(path: Path, target: int, most: int | None) -> tuple[str, int]:
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer; O_NOFOLLOW: a link may point anywhere.
        source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if path.is_symlink():
            raise NotAFile(f"{path.name!r} is a symbolic link; put the file itself into the inbox") from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise NotAFile(f"{path.name!r} is not a regular file; put a plain file into the inbox")
        hasher, size = hashlib.sha256(), 0
        while block := os.read(source, _BLOCK):
            hasher.update(block)
            size += len(block)
            if most is not None and size > most:  # counted while copying: a file may grow after its size was asked
                raise TooLarge(f"{path.name!r} has more than {most >> 20} MB; nothing of it was kept")
            view = memoryview(block)
            while view:
                view = view[os.write(target, view) :]
        return hasher.hexdigest(), size
    finally:
        os.close(source)
