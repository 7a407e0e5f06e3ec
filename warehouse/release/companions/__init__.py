"""Companions of a release: descriptions of its tables in the formats of catalogues, statisticians and auditors."""

from warehouse.release.companions.about import About
from warehouse.release.companions.writing import write_audit_pack, write_companions

__all__ = ["About", "write_audit_pack", "write_companions"]
