"""The private policy refuses what it does not know and what would switch protection off."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import home
from warehouse.candidate import code_digest
from warehouse.ledger import Ledger
from warehouse.policy import Policy, PolicyError, SdcPolicy, load_policy, name_sdc_policy
from warehouse.settings import Settings


def load(tmp_path: Path, text: str) -> Policy:
    (tmp_path / "network.yml").write_text(text)
    return load_policy(Settings(tmp_path, "sqlite://"))


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    policy = load_policy(Settings(tmp_path, "sqlite://"))
    assert policy.sdc.min_contributors == 5
    assert policy.required_sources == ()


def test_entries_are_read(tmp_path: Path) -> None:
    policy = load(tmp_path, "network_name: n\nperiods: [2024, 2025]\nsdc: {p_percent: 12, count_bands: [5, 9]}\n")
    assert policy.periods == ("2024", "2025")
    assert policy.sdc.p_percent == 12
    assert policy.sdc.count_bands == (5, 9)


@pytest.mark.parametrize("text", ["aproval_required: true", "sdc: {p_prozent: 10}"])
def test_a_typo_is_refused_because_it_must_not_loosen_a_rule(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyError, match="unknown entry"):
        load(tmp_path, text)


@pytest.mark.parametrize("text", ["sdc: {min_contributors: 1}", "sdc: {p_percent: 0}", "sdc: {quantile_min: 4}"])
def test_switching_protection_off_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(PolicyError, match="sdc"):
        load(tmp_path, text)


def test_the_published_digest_does_not_tell_a_secret_parameter(tmp_path: Path) -> None:
    settings = home(tmp_path)
    digests = {code_digest(settings, Policy(sdc=SdcPolicy(p_percent=p))) for p in (5.0, 10.0, 15.0)}
    assert len(digests) == 1
    assert code_digest(settings, Policy(sdc=SdcPolicy(version=2))) not in digests


def test_parameters_that_change_under_one_version_are_refused(tmp_path: Path) -> None:
    ledger, at = Ledger.open(home(tmp_path)), datetime(2026, 3, 1, tzinfo=UTC)
    for sdc in (SdcPolicy(), SdcPolicy(), SdcPolicy(version=2, p_percent=15.0)):
        name_sdc_policy(ledger, sdc, at)
    with pytest.raises(PolicyError, match=r"set sdc.version to 2"):
        name_sdc_policy(ledger, SdcPolicy(p_percent=15.0), at)
    assert [step.subject for step in ledger.steps(step="sdc_policy")] == ["1", "2"]
