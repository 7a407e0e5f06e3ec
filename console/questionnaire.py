"""`liefernetz questionnaire`: forms to fill in, the check of a campaign before it leaves, the crosswalk of versions."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from console.output import Json, draw, emit, say
from ingestion.questionnaires.blank_forms import write_csv_form, write_workbook_form
from ingestion.questionnaires.campaign import Campaign, Request, check_campaign, legal_basis_of, read_campaign
from ingestion.questionnaires.crosswalk import crosswalk
from ingestion.questionnaires.declared import questionnaires
from ingestion.questionnaires.other_answers import judge_answers
from ingestion.questionnaires.questions import Questionnaire
from ingestion.questionnaires.xlsform import write_xlsform
from ingestion.records import FileRefused
from warehouse.settings import Settings

_WRITERS = {"xlsform": write_xlsform, "csv": write_csv_form, "xlsx": write_workbook_form}
_REQUESTS = ("request_id", "asker_id", "entity_id", "period_start", "period_end", "sent_at", "n_questions")
Name = Annotated[str, typer.Option("--name", help="Which questionnaire.")]


class UnknownQuestionnaire(ValueError):
    """There is no such questionnaire or version; the message lists what there is."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    group = typer.Typer(no_args_is_help=True, help="Questionnaires: forms, campaigns, versions.")
    group.command("export")(export)
    group.command("campaign")(campaign)
    group.command("crosswalk")(show_crosswalk)
    group.command("check")(check)
    app.add_typer(group, name="questionnaire")


def export(
    out: Annotated[Path, typer.Option("--out", help="File to write.")],
    kind: Annotated[Literal["xlsform", "csv", "xlsx"], typer.Option("--format", help="For a form server or by hand.")],
    name: Name = "supplier_base",
    version: Annotated[str | None, typer.Option(help="The newest if left out.")] = None,
) -> None:
    """Write the questionnaire as XLSForm for ODK or KoboToolbox, or as CSV or workbook to fill in."""
    questionnaire = _questionnaire(name)
    chosen = _version(questionnaire, version)
    out.parent.mkdir(parents=True, exist_ok=True)
    say(f"[green]✓[/green] {_WRITERS[kind](questionnaire, chosen, out)} (version {chosen})")


def campaign(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Campaign file (YAML).")],
    requests: Annotated[Path | None, typer.Option("--requests", help="Write the requests for the intake.")] = None,
    as_json: Json = False,
) -> None:
    """Check a campaign against the value-chain cap; refused questions are named, nothing is written then."""
    planned = read_campaign(file)
    found = check_campaign(planned)
    if requests is not None:
        _write_requests(planned, found, requests)

    def render() -> None:
        draw(
            f"{planned.name}: may leave", ("addressee", "employees", "questions", "beyond the cap"),
            [(r.addressee.entity_id, r.addressee.employees, len(r.asked), ", ".join(r.beyond)) for r in found],
        )  # fmt: skip
        for purpose in sorted(set(planned.questions.values())):
            say(f"{purpose}: {legal_basis_of(planned, planned.questionnaire.purposes[purpose])}")
        say("Every request carries this notice:")
        for words in planned.questionnaire.notice.values():
            say(f"  {words}")

    shown = [
        {"entity_id": r.addressee.entity_id, "questions": r.asked, "beyond_cap": r.beyond,
         "purposes": {name: planned.questions[name] for name in r.asked}, "notice": dict(planned.questionnaire.notice)}
        for r in found
    ]  # fmt: skip
    emit(shown, as_json, render)


def show_crosswalk(
    old: Annotated[str, typer.Argument(help="Version that was answered.")],
    new: Annotated[str | None, typer.Argument(help="Version of today; the newest if left out.")] = None,
    name: Name = "supplier_base",
    as_json: Json = False,
) -> None:
    """Show what becomes of the answers to an older version: carried over, re-asked, dropped, unclassified."""
    questionnaire = _questionnaire(name)
    steps = crosswalk(questionnaire, _version(questionnaire, old), _version(questionnaire, new))
    rows = [(step.question_id, step.action, step.to_question_id, step.note) for step in steps]
    emit(steps, as_json, lambda: draw("", ("question", "action", "becomes", "note"), rows))


def check(
    answers: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV export of a form server.")],
    form: Annotated[str, typer.Option("--form", help="XLSForm, or the name of one in the folder `questionnaires`.")],
    as_json: Json = False,
) -> None:
    """Judge answers to somebody else's form by its definition; exit code 1 if anything does not fit."""
    registered = Settings.from_env().home / "questionnaires" / f"{form}.xlsx"
    path = registered if registered.is_file() else Path(form)
    if not path.is_file():
        raise UnknownQuestionnaire(f"no form {form}; put it as {form}.xlsx into {registered.parent}, or name its file")
    try:
        definition, judged = judge_answers(answers, path)
    except FileRefused as refusal:
        raise UnknownQuestionnaire(f"{refusal} – {refusal.fix}") from refusal
    rows = [(m.place, m.code, m.field, m.found) for m in judged.misfits]

    def render() -> None:
        draw(f"{definition.form_id} {definition.version}", ("place", "reason", "field", "found"), rows)
        say(f"{judged.lines} lines, {judged.cells} answers, {len(rows)} do not fit; "
            f"{len(definition.unjudged)} constraints are formulas that only the form server judges")  # fmt: skip

    emit({"form_id": definition.form_id, "version": definition.version, **asdict(judged),
          "unjudged": definition.unjudged}, as_json, render)  # fmt: skip
    if rows:
        raise typer.Exit(1)


def _write_requests(planned: Campaign, found: tuple[Request, ...], path: Path) -> None:
    start, end = planned.period
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_REQUESTS)
        for request in found:
            who = request.addressee.entity_id
            writer.writerow(
                [f"{planned.name}-{who}", planned.asker, who, start, end, planned.sent_at, len(request.asked)]
            )


def _questionnaire(name: str) -> Questionnaire:
    if name not in questionnaires():
        raise UnknownQuestionnaire(f"no questionnaire {name}; there is {', '.join(questionnaires())}")
    return questionnaires()[name]


def _version(questionnaire: Questionnaire, version: str | None) -> str:
    names = questionnaire.version_names
    if version is not None and version not in names:
        raise UnknownQuestionnaire(f"{questionnaire.name} has no version {version}; known are {', '.join(names)}")
    return version or names[-1]
