"""The private report of each company that delivered: its own values, and peers only as far as they are released."""

from warehouse.report.files import ReportRefused
from warehouse.report.reading import UnknownCompany
from warehouse.report.writing import Written, write_reports

__all__ = ["ReportRefused", "UnknownCompany", "Written", "write_reports"]
