"""The public page of a release: one self-contained HTML file beside the public tables."""

from warehouse.page.writing import PAGE, write_page

__all__ = ["PAGE", "write_page"]
