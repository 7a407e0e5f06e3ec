"""Verbs about who is who: identity review, decide, decisions, resolve."""

from dataclasses import asdict
from typing import Annotated, Any

import duckdb
import typer

from console.look import NotFound, Release, now
from console.output import Json, draw, emit, safe, say
from warehouse.identity import decisions as kept
from warehouse.identity.resolving import resolved
from warehouse.ledger import Ledger
from warehouse.release import open_release
from warehouse.settings import Settings

_QUEUE = """
select p.left_id, p.right_id, p.kind, round(p.score, 3) as score, p.state, p.reason,
    l.name as left_name, l.source as left_source, l.address as left_address, l.country as left_country,
    r.name as right_name, r.source as right_source, r.address as right_address, r.country as right_country
from fct_party_pair as p
inner join dim_party_record as l on p.left_id = l.record_id
inner join dim_party_record as r on p.right_id = r.record_id
where p.state in ('review', 'contradicted')
order by p.score desc, p.left_id, p.right_id
"""
_SHOWN = ("left_id", "right_id", "score", "left_name", "right_name", "left_country", "right_country", "reason")


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    group = typer.Typer(no_args_is_help=True, help="Who is who: what waits for a person, and what people decided.")
    group.command("review")(review)
    group.command("decide")(decide)
    group.command("decisions")(decisions)
    group.command("resolve")(resolve)
    app.add_typer(group, name="identity")


def review(
    limit: Annotated[int, typer.Option(min=1, help="Rows shown in the table; JSON has all.")] = 25,
    release: Release = None,
    as_json: Json = False,
) -> None:
    """List the pairs that a person should decide, the likeliest first; what is decided meanwhile is left out."""
    settings = Settings.from_env()
    with open_release(settings, release) as connection:
        rows = _records(connection.execute(_QUEUE))
    settled = {decision.subject for decision in kept.standing(Ledger.open(settings))}
    open_pairs = [row for row in rows if f"{row['left_id']}|{row['right_id']}" not in settled]

    def render() -> None:
        draw("Pairs to decide", _SHOWN, [[row[name] for name in _SHOWN] for row in open_pairs[:limit]])
        say(f"{len(open_pairs)} pairs wait. `liefernetz identity decide LEFT RIGHT --same --by NAME --why REASON`.")

    emit(open_pairs, as_json, render)


def decide(
    left_id: Annotated[str, typer.Argument(help="A record or party.")],
    right_id: Annotated[str, typer.Argument(help="The other one.")],
    by: Annotated[str, typer.Option(help="Who decides; it stays in the ledger.")],
    why: Annotated[str, typer.Option(help="The reason; it stays in the ledger.")],
    same: Annotated[
        bool | None, typer.Option("--same/--different", help="One: merge; or not: split, and never ask again.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what was decided about this pair.")] = False,
    as_json: Json = False,
) -> None:
    """Decide whether two records are one; it counts from the next build on, for the same records always."""
    if (same is None) is not withdraw:
        raise kept.DecisionRefused("say one of --same, --different, --withdraw")
    said = kept.WITHDRAWN if same is None else kept.SAME if same else kept.DIFFERENT
    settings = Settings.from_env()
    _must_exist(settings, left_id, right_id)
    made = kept.decide(Ledger.open(settings), (left_id, right_id), said, by, why, now())
    emit(asdict(made), as_json, lambda: say(f"{safe(left_id)} and {safe(right_id)}: {said}. Next: `liefernetz build`."))


def _must_exist(settings: Settings, *ids: str) -> None:
    sql = "select record_id from dim_party_record where list_contains(?, record_id)"
    with open_release(settings) as connection:
        missing = set(ids) - {row[0] for row in connection.execute(sql, [list(ids)]).fetchall()}
    if missing:
        raise NotFound(f"{', '.join(sorted(missing))} is no record of the current release; see `identity review`")


def decisions(as_json: Json = False) -> None:
    """List what people decided, the oldest first, with what they took back."""
    made = [asdict(decision) for decision in kept.history(Ledger.open(Settings.from_env()))]
    columns = ("at", "left_id", "right_id", "said", "by", "why")
    emit(made, as_json, lambda: draw("Decisions", columns, [[row[name] for name in columns] for row in made]))


def resolve(old_id: Annotated[str, typer.Argument(help="Any id of a party or record, also of an earlier release.")],
            as_json: Json = False) -> None:  # fmt: skip
    """Show which party an id stands for today, however old it is."""
    found = resolved(Settings.from_env(), old_id)
    if found is None:
        raise NotFound(f"no release knows {old_id}")

    def render() -> None:
        for row in found["parties"]:
            named = row["name"] or "without a name"
            say(f"{safe(old_id)} is {safe(row['party_id'])}: {safe(named)} ({safe(row['kind'])})")
        if not found["parties"]:
            say(f"{safe(old_id)} was last seen in release {safe(found['last_release'])}; no source names it any more.")

    emit(found, as_json, render)


def _records(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
