"""The dictionary of a release: every table and column, generated from the declarations of the dbt project."""

from typing import Any

from warehouse.public_tables import PublicTable


def as_data(tables: list[PublicTable]) -> dict[str, Any]:
    """The dictionary for programs."""
    return {
        "tables": [
            {
                "name": table.name,
                "audience": table.audience,
                "description": table.description,
                "grain": list(table.grain),
                "columns": [
                    {"name": c.name, "data_type": c.data_type, "description": c.description} for c in table.columns
                ],
            }
            for table in tables
        ]
    }


def as_text(tables: list[PublicTable], version: str) -> str:
    """The dictionary for people, in Markdown."""
    lines = [f"# Dictionary of release {version}", ""]
    for table in tables:
        lines += [f"## {table.name}", "", table.description, "", f"Audience: {table.audience}."]
        if table.grain:
            lines.append(f"Key: {', '.join(f'`{column}`' for column in table.grain)}.")
        lines += ["", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.data_type.lower()} | {_cell(c.description)} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
