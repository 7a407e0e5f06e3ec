"""Random grievances of 200 companies against a second implementation of the estimate, case by case."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.golden.harness import Models
from tests.golden.test_governance import NAMES, answer, results

END = date(2024, 12, 31)
BUILD = [{"snapshot_id": "s", "as_of": "2026-01-01", "catalogue_version": "1.0.0", "network_name": "network"}]


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def closed_within(waits: list[tuple[int, bool]], limit: int) -> float:
    """One minus the product of the chances to stay open, over the days on which a case was closed."""
    survival = 1.0
    for day in sorted({days for days, closed in waits if closed and days <= limit}):
        closings = sum(1 for days, closed in waits if closed and days == day)
        survival *= 1 - closings / sum(1 for days, _ in waits if days >= day)
    return 1 - survival


def test_cases_closed_within_90_days_and_per_thousand_workers(models: Models) -> None:
    rng, answers, waits = Random(5), [], {}
    for name in NAMES:
        waits[name] = []
        for number in range(rng.randint(1, 15)):
            opened = date(2024, 1, 1) + timedelta(days=rng.randrange(366))
            closed = opened + timedelta(days=rng.choice((0, 10, 30, 89, 90, 91, 120, 300)))
            answers.append({**answer(name, "case_opened", opened.isoformat(), str(number)), "value_state": "value"})
            is_closed = rng.random() < 0.7
            if is_closed:
                answers.append({**answer(name, "case_closed", closed.isoformat(), str(number)), "value_state": "value"})
            seen = is_closed and closed <= END
            waits[name].append(((closed if seen else END) - opened, seen))
    answers = [{**row, "is_imputed": False} for row in answers]
    workers = [{"entity_id": name, "year": 2024, "workers": 250} for name in NAMES]
    rows = results(models, "kpi_s11", answers, int_workforce=workers, stg_landing__build=BUILD)
    for name, given in waits.items():
        expected = closed_within([(wait.days, seen) for wait, seen in given], 90)
        assert rows[name, "closed_within_90d"]["value"] == pytest.approx(expected, abs=1e-8)
        assert rows[name, "cases_rate"]["value"] == pytest.approx(len(given) * 4)
        assert rows[name, "access"]["status"] == "not_reported"
