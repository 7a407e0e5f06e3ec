"""What a release states about itself in the form of in-toto, signed offline with an SSH key.

The statement (in-toto Attestation Framework, Statement v1) names every file with its sha-256. The signature is made by
`ssh-keygen -Y sign`: every team has that program and a key, and it needs neither a server nor a certificate.
"""

import subprocess
from pathlib import Path
from typing import Any

from warehouse.archive import file_sha256
from warehouse.policy import Policy
from warehouse.release.manifest import MANIFEST, STATEMENT, dump, read_json
from warehouse.release.refusal import ReleaseRefused

SUFFIX, NAMESPACE = ".sig", "liefernetz-release"
_TYPE = "https://in-toto.io/Statement/v1"
_PREDICATE = "https://in-toto.io/attestation/release/v0.1"
_PROGRAM = "ssh-keygen"


class NotSigned(ReleaseRefused):
    """The signature could not be made; the message says why and what to do."""


def write_statement(folder: Path, manifest: dict[str, Any], network: str) -> None:
    """Write the statement about the manifest and all files that it lists."""
    files = [{"name": entry["path"], "digest": {"sha256": entry["sha256"]}} for entry in manifest["files"]]
    own = {"name": MANIFEST, "digest": {"sha256": file_sha256(folder / MANIFEST)}}
    predicate = {"releaseId": manifest["version"], "network": network, "supersedes": manifest["previous"]}
    for name in ("created_at", "candidate_id", "snapshot_id", "code", "policy_version", "verdict", "audit"):
        predicate[name] = manifest[name]
    statement = {"_type": _TYPE, "subject": [own, *files], "predicateType": _PREDICATE, "predicate": predicate}
    (folder / STATEMENT).write_text(dump(statement), encoding="utf-8")


def sign(path: Path, policy: Policy) -> Path | None:
    """Sign a file with the key that the policy names and give the signature; None if it names none.

    Raises `NotSigned`: what should be signed must not go out without.
    """
    if policy.signing_key is None:
        return None
    key = Path(policy.signing_key).expanduser()
    if not key.is_file():
        raise NotSigned(f"network.yml: there is no signing_key {key}; make one with `ssh-keygen -t ed25519 -f {key}`.")
    target = path.with_name(path.name + SUFFIX)
    target.unlink(missing_ok=True)
    # Without a terminal and an agent a key with a passphrase fails at once instead of asking for ever.
    done = _run("-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path))
    if done.returncode or not target.is_file():
        raise NotSigned(f"{path.name} could not be signed with {key}: {_last(done)}. Load the key into ssh-agent?")
    return target


def signature_problems(path: Path, signers: Path | None) -> list[str]:
    """What is wrong with the signature of a file: changed content, or nobody whom the list of signers names.

    Without a list only the content is checked: whose key it was stays open. A missing signature is a problem only when
    a list of signers is given.
    """
    signature = path.with_name(path.name + SUFFIX)
    if not signature.is_file():
        return [f"{path.name} is not signed."] if signers else []
    content = path.read_bytes()
    if signers is None:
        done = _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature), content=content)
        return [f"{signature.name} does not fit {path.name}: {_last(done)}."] if done.returncode else []
    if not signers.is_file():
        return [f"There is no list of signers {signers}: one line per key, `name ssh-ed25519 AAAA…`."]
    found = _run("-Y", "find-principals", "-s", str(signature), "-f", str(signers))
    if found.returncode:
        return [f"{path.name} was signed by nobody whom {signers} names."]
    who = found.stdout.decode().splitlines()[0].strip()
    arguments = ("-Y", "verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", str(signature))
    done = _run(*arguments, content=content)
    return [f"The signature of {path.name} does not hold: {_last(done)}."] if done.returncode else []


def statement_problems(folder: Path) -> list[str]:
    """Whether the statement names the manifest and each of its files with the hashes they have."""
    if not (folder / STATEMENT).is_file():
        return [f"{STATEMENT} is missing."]
    stated = {s["name"]: s["digest"]["sha256"] for s in read_json(folder / STATEMENT)["subject"]}
    listed = {entry["path"]: entry["sha256"] for entry in read_json(folder / MANIFEST)["files"]}
    listed[MANIFEST] = file_sha256(folder / MANIFEST)
    return [] if stated == listed else [f"{STATEMENT} does not name the files of the manifest with their hashes."]


def _run(*arguments: str, content: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
    try:
        # Its own session: no terminal to ask for a passphrase on.
        return subprocess.run(
            [_PROGRAM, *arguments],
            input=content or b"",
            capture_output=True,
            timeout=60,
            start_new_session=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotSigned(f"{_PROGRAM} is not installed (Debian: openssh-client): nothing can be signed.") from error


def _last(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else f"{_PROGRAM} ended with {done.returncode}"
