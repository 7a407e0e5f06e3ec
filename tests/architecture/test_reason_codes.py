"""Every reason that the intake can give has a sentence and a remedy, in English where it is given and in German."""

import ast
from collections.abc import Iterator
from pathlib import Path

from ingestion.findings import german_texts

INGESTION = Path(__file__).resolve().parents[2] / "ingestion"
# Where a call that gives a reason has its code; sentence and remedy are the first two texts behind it, `field` apart.
PLACES = {"refuse": (0, 1), "FileRefused": (0, 1), "Reason": (0, 1), "Finding": (0, 1), "RowRule": (1, 4),
          "Rejected": (2, 3), "Rule": (0, 4), "rule": (0, 2)}  # fmt: skip
# Its sentence counts rows, so it is made where they have been counted.
MADE_LATER = {"missing_should"}
KEYWORDS = {"code": 0, "message": 1, "fix": 2}


def given(path: Path) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """Yield code, sentence and remedy of each call that names its code itself."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(call, "func", None), "id", "")
        if not isinstance(call, ast.Call) or name not in PLACES:
            continue
        code_at, text_at = PLACES[name]
        named = {k.arg: k.value for k in call.keywords}
        places = (code_at, text_at, text_at + 1)
        code, message, fix = (
            named.get(word) or (call.args[place] if place < len(call.args) else None)
            for word, place in zip(KEYWORDS, places, strict=True)
        )
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value, message, fix


def reasons() -> list[tuple[str, str, ast.expr | None, ast.expr | None]]:
    found = [(path.name, *reason) for path in sorted(INGESTION.rglob("*.py")) for reason in given(path)]
    assert len(found) > 80, "looked into the wrong place"
    return found


def test_every_reason_code_has_german_words() -> None:
    codes = {code for _, code, _, _ in reasons()}
    assert len(codes) > 40
    assert sorted(codes - set(german_texts())) == []
    assert [code for code, words in german_texts().items() if not all(len(text) > 5 for text in words)] == []


def test_every_reason_has_a_sentence_and_a_remedy_where_it_is_given() -> None:
    wrong = [
        (name, code) for name, code, *texts in reasons() for text in texts
        if code not in MADE_LATER and (text is None or (isinstance(text, ast.Constant) and len(str(text.value)) < 6))
    ]  # fmt: skip
    assert wrong == []
