"""Due-diligence cases from buying companies, quarterly and whenever the state of a case changes.

Arrives in our own template as CSV or workbook, one file per table: findings, assessments, actions, exits. Odd: a
finding comes again whenever its status or its level moves, so its history is its rows; what happened to people is told
without names of persons; an exception counts only where it is documented.
"""

from functools import partial

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

_finding = partial(RowRule, "findings")
_action = partial(RowRule, "actions")
_exit = partial(RowRule, "exits")
READER = template_reader(
    "due_diligence_cases",
    _finding("period_reversed", "status_at", "status_at < identified_at",
             "the status begins before the finding was made", "correct identified_at or status_at"),
    _finding("period_reversed", "verified_at", "verified_at < identified_at",
             "the remedy was verified before the finding was made", "correct identified_at or verified_at"),
    _finding("missing_value", "verified_at", "status = 'remediated_verified' and verified_at is null",
             "a verified remedy without the day of its verification", "fill verified_at, or say remediated_unverified"),
    _finding("state_contradicts_value", "likelihood", "impact_kind = 'actual' and likelihood is not null",
             "an impact that has happened has no likelihood", "leave likelihood empty, or say potential"),
    _finding("state_contradicts_value", "own_activity_contributed",
             "contribution_substantial and not own_activity_contributed",
             "a substantial contribution, but no contribution", "correct one of the two answers"),
    _action("period_reversed", "action_ended_at", "action_ended_at < action_started_at",
            "the action ends before it starts", "correct action_started_at or action_ended_at"),
    _action("missing_value", "currency", "cost is not null and currency is null",
            "an amount without its currency", "name the currency"),
    _exit("period_reversed", "exit_effective_at", "exit_effective_at < exit_notice_at",
          "the relation ends before the notice", "correct exit_notice_at or exit_effective_at"),
    _exit("exception_not_documented", "exception_evidence",
          "exception_code is not null and exception_evidence is null",
          "an exception is claimed but not documented; it does not count", "say in exception_evidence where to find it",
          flags=True),
)  # fmt: skip
