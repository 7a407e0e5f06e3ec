"""The corpus of a seed, its manifest, and how it is laid into an inbox."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from pathlib import Path
from random import Random

from tests.faults.corpus.case import Case
from tests.faults.corpus.of_attack import control, poisoning, security
from tests.faults.corpus.of_containers import containers
from tests.faults.corpus.of_delivery import identity, transport
from tests.faults.corpus.of_documents import documents
from tests.faults.corpus.of_meaning import meaning, registry, trade
from tests.faults.corpus.of_text import numbers, single_rows, whole_files
from warehouse.settings import Settings

_FIRST = 1_700_000_000
POLICY = "senders: {office: ['*'], elsewhere: ['*'], supplier_b: [B1]}\n"


def corpus(seed: int, secret: Path) -> list[Case]:
    """Return every case in the order of delivery; honest files stand before, between and after the hostile ones."""
    rng = Random(seed)
    honest = list(control(rng))
    half = len(honest) // 2
    hostile = [
        case
        for cases in (identity, transport, containers, whole_files, single_rows, numbers, meaning, registry, trade)
        for case in cases(rng)
    ]
    return [
        *honest[:half],
        *hostile,
        *security(rng, str(secret)),
        *poisoning(rng),
        *documents(rng, str(secret)),
        *honest[half:],
    ]


def lay_out(settings: Settings, cases: Iterable[Case], secret: Path) -> None:
    """Put every case into the inbox, older ones first by their time; nothing here goes through `deliver`."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.policy_file.write_text(POLICY, encoding="utf-8")
    for place, case in enumerate(cases):
        folder = settings.inbox / case.source / case.sender
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / os.fsdecode(case.given_name)
        _put(path, case, secret)
        moment = _FIRST + place
        os.utime(path, (moment, moment), follow_symlinks=False)


def _put(path: Path, case: Case, secret: Path) -> None:
    if case.kind == "file":
        path.write_bytes(case.content)
    elif case.kind == "link":
        path.symlink_to(secret)
    elif case.kind == "folder_link":
        path.symlink_to(secret.parent, target_is_directory=True)
    elif case.kind == "dangling_link":
        path.symlink_to(secret.with_name("nothing there"))
    elif case.kind == "pipe":
        os.mkfifo(path)
    elif case.kind == "folder":
        path.mkdir()
        (path / "inside.csv").symlink_to(secret)
    else:
        _socket(path)


def _socket(path: Path) -> None:
    # A socket's path may hold some hundred bytes only: it is bound by its short name.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)
