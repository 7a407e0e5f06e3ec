"""The archive takes plain files only, and keeps the bytes it hashed."""

import hashlib
import os
from pathlib import Path

import pytest

from warehouse.archive import NotAFile, location, store
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home", "sqlite://")


def test_bytes_are_kept_under_their_hash_and_read_only(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x,y\n1,2\n")
    stored = store(settings, path)
    assert stored.sha256 == hashlib.sha256(b"x,y\n1,2\n").hexdigest()
    assert stored.path == location(settings, stored.sha256)
    assert stored.path.read_bytes() == b"x,y\n1,2\n"
    assert stored.path.stat().st_mode & 0o222 == 0
    assert path.exists()


def test_storing_twice_keeps_one_copy_and_no_leftover(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    assert store(settings, path) == store(settings, path)
    assert len([p for p in settings.archive.rglob("*") if p.is_file()]) == 1


def test_a_symbolic_link_is_refused(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    link = tmp_path / "link.csv"
    link.symlink_to(secret)
    with pytest.raises(NotAFile, match="symbolic link"):
        store(settings, link)
    assert [p for p in settings.archive.rglob("*") if p.is_file()] == []


def test_a_named_pipe_is_refused_without_waiting(settings: Settings, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(NotAFile, match="not a regular file"):
        store(settings, pipe)
