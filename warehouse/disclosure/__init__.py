"""Secondary suppression: which further cells must be withheld so that nobody computes a sensitive one.

Linear programs only. All tables of a release that share cells are one system of equations; the result is safe against
an attacker who uses every equation. See `docs/audit_export.md` for what an auditor gets to try this.
"""

from warehouse.disclosure.blur import blur
from warehouse.disclosure.cleanup import CleanUp
from warehouse.disclosure.deviation import Deviation
from warehouse.disclosure.insiders import Insiders
from warehouse.disclosure.pattern import Pattern, Unprotectable
from warehouse.disclosure.proofs import Need
from warehouse.disclosure.refusal import TooSensitive, refuse_too_sensitive
from warehouse.disclosure.rules import Rules, needs_of
from warehouse.disclosure.system import System, above, with_margins

__all__ = [
    "CleanUp", "Deviation", "Insiders", "Need", "Pattern", "Rules", "System", "TooSensitive", "Unprotectable", "above",
    "blur", "needs_of", "refuse_too_sensitive", "with_margins",
]  # fmt: skip
