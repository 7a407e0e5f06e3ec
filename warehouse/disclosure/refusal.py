"""A table of which too much is sensitive is not worth protecting: it is refused, and a coarser one proposed."""

from collections.abc import Collection, Mapping

from warehouse.disclosure.system import TOTAL, Codes


class TooSensitive(ValueError):
    """Too many cells are sensitive; `proposal` names, per dimension, the codes to be replaced by their parents."""

    def __init__(self, message: str, proposal: dict[str, str]) -> None:
        super().__init__(message)
        self.proposal = proposal


def refuse_too_sensitive(
    trees: Mapping[str, Mapping[str, str]], cells: Collection[Codes], sensitive: Collection[Codes], limit: float
) -> None:
    """Raise `TooSensitive` if more than `limit` of the cells are sensitive.

    Proposed is the dimension whose finest level has the largest share of sensitive cells, one level up.
    """
    if not cells or len(sensitive) / len(cells) <= limit:
        return
    hidden = set(sensitive)
    shares: dict[str, float] = {}
    for place, (name, parents) in enumerate(trees.items()):
        inner = set(parents.values())
        finest = [cell for cell in cells if cell[place] != TOTAL and cell[place] not in inner]
        shares[name] = sum(cell in hidden for cell in finest) / len(finest) if finest else 0.0
    worst = max(shares, key=lambda name: (shares[name], name))
    coarser = {code: up for code, up in trees[worst].items() if code not in set(trees[worst].values())}
    raise TooSensitive(
        f"{len(sensitive)} of {len(cells)} cells are sensitive, more than {limit:.0%}; "
        f"publish the coarser table without the finest level of {worst}",
        coarser,
    )
