"""One received delivery: parsed in the child, typed in SQL, counted, landed. One bad file never stops the next."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from ingestion.child_process import Parsed, parse_in_child
from ingestion.declarations import declarations
from ingestion.landing import Written, periods_of, put_in_place, reasons_of, write_landing
from ingestion.reader import reader_of
from ingestion.records import FileRefused
from ingestion.snapshot_guard import shrunk, snapshot_date
from ingestion.sound_rows import rules_hold, sound_file
from ingestion.typed_rows import caged_connection, type_rows
from ingestion.typing_job import Typing
from ingestion.warnings_of import warnings_of
from warehouse.archive import location
from warehouse.ledger import Delivery, Ledger, Reason
from warehouse.policy import PolicyError, load_policy
from warehouse.settings import Settings

_LOG = logging.getLogger(__name__)


class RowsLost(RuntimeError):
    """Rows in are not rows accepted plus rows quarantined."""


_KNOWN: dict[type[Exception], str] = {RowsLost: "rows_lost", PolicyError: "policy_unusable"}


def process(settings: Settings, ledger: Ledger, delivery: Delivery) -> Delivery:
    """Return the delivery with its outcome; its landed rows lie in place when this returns."""
    begun = time.monotonic()
    settings.work.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(dir=settings.work, prefix=f"intake-{delivery.delivery_id}-"))
    try:
        result = _land(settings, ledger, delivery, private)
    except FileRefused as refusal:
        reason = Reason(refusal.code, refusal.message, refusal.fix, refusal.row, refusal.column)
        result = replace(delivery, outcome="rejected", reasons=(reason,))
    except Exception as error:  # whatever happened to this delivery, the next one goes on
        _LOG.exception("%s, delivery %s: the intake failed", delivery.source, delivery.delivery_id)
        kind = _KNOWN.get(type(error), "internal_error")
        message = str(error) if type(error) in _KNOWN else f"the intake failed with {type(error).__name__}"
        reason = Reason(
            kind, message, "tell the operator the delivery id; nothing was changed, the log has the details"
        )
        result = replace(delivery, outcome="held", reasons=(reason,))
    finally:
        shutil.rmtree(private, ignore_errors=True)
    return replace(result, seconds=round(time.monotonic() - begun, 3))


def _land(settings: Settings, ledger: Ledger, delivery: Delivery, private: Path) -> Delivery:
    source = declarations()[delivery.source]
    reader = reader_of(source.name)
    sent = (location(settings, delivery.sha256), source.name, delivery.file_name, private)
    parsed = parse_in_child(*sent, delivery_id=delivery.delivery_id)
    form = source.formats[parsed.format]
    table = source.tables[parsed.table]
    spoken_for = load_policy(settings).spoken_for(delivery.sender)
    typing = Typing(delivery.delivery_id, table, form, reader.rules, settings.dbt_project / "seeds", spoken_for)
    if parsed.sound and not rules_hold(private, typing, parsed.sound):
        parsed = parse_in_child(*sent)  # without an id the child leaves every row to us
    delivery = replace(delivery, format=parsed.format, declared_version=parsed.version, rows_in=parsed.counted)
    snapshot = reader.snapshots.get(table.name)
    _refuse_version(parsed, source.versions)
    _refuse_empty(parsed, held=snapshot is not None)
    landing = settings.landing / source.name
    landing.mkdir(parents=True, exist_ok=True)
    temporary = landing / f".tmp-{delivery.delivery_id}"
    shutil.rmtree(temporary, ignore_errors=True)
    with caged_connection(private, landing, rows=parsed.counted) as connection:
        type_rows(connection, typing, parsed)
        unknown = private / f"{table.name}.text.parquet" if parsed.unknown_columns else None
        written = write_landing(connection, typing, temporary, unknown, sound_file(private, parsed.sound))
        delivery = replace(delivery, rows_accepted=written.accepted, rows_quarantined=written.quarantined)
        _check_rows(delivery)
        delivery = replace(delivery, reasons=warnings_of(parsed, connection, typing) + reasons_of(connection))
        if snapshot is not None:
            delivery = replace(delivery, snapshot_at=snapshot_date(connection, snapshot, delivery.file_name))
            held = shrunk(
                connection, source, typing, snapshot, delivery, ledger.deliveries(source.name), settings.landing
            )
            if held is not None:
                put_in_place(written, landing / delivery.delivery_id, settings.home, table.name)
                return replace(delivery, outcome="held", reasons=(held, *delivery.reasons))
        delivery = replace(delivery, periods=periods_of(connection, typing, temporary))
    tables = put_in_place(written, landing / delivery.delivery_id, settings.home, table.name)
    return replace(delivery, outcome=_outcome(delivery, written), tables=tables)


def _refuse_version(parsed: Parsed, versions: tuple[str, ...]) -> None:
    # Publishers' vintages such as a BACI release are information; only the version of a questionnaire decides.
    if parsed.table == "answers" and parsed.version not in versions:
        raise FileRefused(
            "unknown_version",
            f"version {parsed.version} of {parsed.format} is not known",
            f"send one of {', '.join(versions)}",
        )


def _refuse_empty(parsed: Parsed, held: bool) -> None:
    if parsed.counted == 0:
        raise FileRefused("no_rows", "the file has a header and no rows", "send the file with its rows")


def _check_rows(delivery: Delivery) -> None:
    if delivery.rows_in != delivery.rows_accepted + delivery.rows_quarantined:
        found = f"{delivery.rows_accepted} accepted and {delivery.rows_quarantined} quarantined"
        raise RowsLost(f"{delivery.rows_in} rows counted, {found}")


def _outcome(delivery: Delivery, written: Written) -> str:
    if not written.accepted:
        return "rejected"
    if written.quarantined:
        return "partly_quarantined"
    return "accepted_with_warnings" if delivery.reasons else "accepted"
