"""Who delivered what, when, and what became of it: an append-only, hash-chained record."""

from warehouse.ledger.book import Ledger
from warehouse.ledger.entries import ACCEPTED, OUTCOMES, Delivery, LandedTable, Reason, Step
from warehouse.ledger.reading import UnknownDelivery

__all__ = ["ACCEPTED", "OUTCOMES", "Delivery", "LandedTable", "Ledger", "Reason", "Step", "UnknownDelivery"]
