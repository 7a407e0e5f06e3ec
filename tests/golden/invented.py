"""Rows of answers and companies that the golden tests of water, circularity and material invent."""

from datetime import date
from typing import Any

YEAR = 2024


def answer(entity: str, question: str, value: float | None, item: str = "", **more: Any) -> dict[str, Any]:
    """Give an answer as `int_answers` holds it; None is an unknown one."""
    state = "unknown" if value is None else "zero" if value == 0 else "value"
    return {
        "entity_id": entity, "site_id": None, "question_id": question, "item": item, "year": YEAR,
        "period_start": date(YEAR, 1, 1), "value": value, "value_text": None, "unit": "", "is_imputed": False,
        "value_state": state, "data_tier": 2, "u_rel": 0.1, "delivery_id": "d", "row_number": 1, **more,
    }  # fmt: skip


def entities(names: list[str]) -> list[dict[str, Any]]:
    """Give registered companies with revenue and value added."""
    return [
        {"entity_id": name, "year": YEAR, "entity_type": "company", "country": "DE", "period_start": date(YEAR, 1, 1),
         "period_end": date(YEAR, 12, 31), "is_registered": True, "revenue_eur_const": 1000.0 + place,
         "value_added_eur_const": 500_000.0 + 1000 * place}
        for place, name in enumerate(names)
    ]  # fmt: skip
