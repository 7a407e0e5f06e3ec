"""A signed release can be told from a changed one and from one that somebody else signed; an embargo holds."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fixtures.public_candidate import AT, network, ready
from warehouse.archive import file_sha256
from warehouse.ledger import Ledger
from warehouse.release import Embargoed, Release, ReleaseRefused, listing, publish, retract, verify
from warehouse.settings import Settings

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen (openssh-client) is not here")


def key(path: Path) -> Path:
    """Make an SSH key without a passphrase and give its file."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True, stdin=subprocess.DEVNULL
    )
    return path


def signers(path: Path, own: Path) -> Path:
    """Write the list of allowed signers with one key."""
    path.write_text(f"association {own.with_suffix('.pub').read_text()}")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = network(tmp_path / "home")
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.policy_file.write_text(f"signing_key: {key(tmp_path / 'own')}\n")
    return settings


@pytest.fixture
def release(settings: Settings) -> Release:
    return publish(settings, Ledger.open(settings), ready(settings, "s1-1"), AT)


def test_a_signed_release_verifies_with_the_list_of_signers(
    settings: Settings, release: Release, tmp_path: Path
) -> None:
    assert verify(settings, "2026.1", signers(tmp_path / "allowed", tmp_path / "own")) == []
    assert verify(settings, "2026.1") == []


def test_the_statement_names_every_file_with_its_hash(release: Release) -> None:
    statement = json.loads((release.path / "release.intoto.json").read_text())
    stated = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
    own = {"release.intoto.json", "release.intoto.json.sig", "SHA256SUMS"}
    files = {p.relative_to(release.path).as_posix(): p for p in release.path.rglob("*") if p.is_file()}
    assert stated == {name: file_sha256(path) for name, path in files.items() if name not in own}
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert "p_percent" not in json.dumps(statement)


def test_the_signature_of_somebody_else_is_refused(settings: Settings, release: Release, tmp_path: Path) -> None:
    others = signers(tmp_path / "others", key(tmp_path / "other"))
    (problem,) = verify(settings, "2026.1", others)
    assert "signed by nobody" in problem


def test_a_release_whose_hashes_were_all_made_to_fit_is_found_by_its_signature(
    settings: Settings, release: Release, tmp_path: Path
) -> None:
    statement = release.path / "release.intoto.json"
    statement.chmod(0o644)
    (release.path / "SHA256SUMS").chmod(0o644)
    statement.write_text(statement.read_text().replace('"network": "network"', '"network": "someone else"'))
    lines = (release.path / "SHA256SUMS").read_text().splitlines(keepends=True)
    changed = [
        f"{file_sha256(statement)}  {statement.name}\n" if line.endswith(f"  {statement.name}\n") else line
        for line in lines
    ]
    (release.path / "SHA256SUMS").write_text("".join(changed))
    for allowed in (None, signers(tmp_path / "allowed", tmp_path / "own")):
        (problem,) = verify(settings, "2026.1", allowed)
        assert "release.intoto.json" in problem


def test_an_unsigned_release_is_a_problem_for_who_expects_a_signature(tmp_path: Path) -> None:
    settings = network(tmp_path / "home")
    publish(settings, Ledger.open(settings), ready(settings, "s1-1"), AT)
    assert verify(settings, "2026.1") == []
    assert verify(settings, "2026.1", signers(tmp_path / "allowed", key(tmp_path / "own"))) == [
        "release.intoto.json is not signed."
    ]


def test_a_retraction_is_signed_too(settings: Settings, release: Release, tmp_path: Path) -> None:
    retract(settings, Ledger.open(settings), "2026.1", "wrong unit", AT)
    allowed = signers(tmp_path / "allowed", tmp_path / "own")
    assert verify(settings, "2026.1", allowed) == []
    mark = release.path / "RETRACTED.json"
    mark.chmod(0o644)
    mark.write_text(mark.read_text().replace("wrong unit", "nothing"))
    assert ["RETRACTED.json" in problem for problem in verify(settings, "2026.1", allowed)] == [True]


def test_without_the_key_that_the_policy_names_nothing_goes_out(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "own").unlink()
    with pytest.raises(ReleaseRefused, match="no signing_key"):
        publish(settings, Ledger.open(settings), ready(settings, "s1-1"), AT)
    assert listing(settings) == []


def test_a_key_with_a_passphrase_fails_at_once(settings: Settings, tmp_path: Path) -> None:
    change = ["ssh-keygen", "-q", "-p", "-P", "", "-N", "secret words", "-f", str(tmp_path / "own")]
    subprocess.run(change, check=True, stdin=subprocess.DEVNULL)
    with pytest.raises(ReleaseRefused, match="could not be signed"):
        publish(settings, Ledger.open(settings), ready(settings, "s1-1"), AT)


def test_nothing_is_published_before_the_embargo_ends(tmp_path: Path) -> None:
    settings = network(tmp_path)
    settings.policy_file.write_text(f"embargo_until: {(AT + timedelta(hours=2)).isoformat()}\n")
    candidate, ledger = ready(settings, "s1-1"), Ledger.open(settings)
    with pytest.raises(Embargoed, match="embargo_until"):
        publish(settings, ledger, candidate, AT)
    assert listing(settings) == []
    assert publish(settings, ledger, candidate, AT + timedelta(hours=2)).version == "2026.1"
