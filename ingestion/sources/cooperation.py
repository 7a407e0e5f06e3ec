"""Cooperation in the network from the network office: yearly, members and targets on change.

Arrives in our own template as CSV or workbook, one file per table: members, activities, knowledge ties, targets. Odd:
members are not only companies of the register; a tie has no direction; a revised target keeps its id and gets a later
day of agreement, so that nobody moves a goal in silence.
"""

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

READER = template_reader(
    "cooperation",
    RowRule("members", "period_reversed", "left_at", "left_at < joined_at",
            "the member leaves before it joins", "correct joined_at or left_at"),
    RowRule("activities", "period_reversed", "ended_at", "ended_at < activity_at",
            "the activity ends before it starts", "correct activity_at or ended_at"),
    RowRule("knowledge_ties", "period_reversed", "ended_at", "ended_at < started_at",
            "the tie ends before it starts", "correct started_at or ended_at"),
    RowRule("knowledge_ties", "state_contradicts_value", "member_b", "member_a = member_b",
            "a tie of a member with itself", "name the other member"),
    RowRule("targets", "period_reversed", "target_year", "target_year <= base_year",
            "the target is not later than its base", "correct base_year or target_year"),
)  # fmt: skip
