"""Small drawings as SVG: a trend in which what is unknown stays a gap, and a place among peers between p10 and p90."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

_W, _H, _PAD = 120, 34, 5
_STRIP_W, _STRIP_H = 180, 30
# Room on both sides of p10 to p90 for a company outside of them, as a part of that range.
_ROOM = 0.25


def sparkline(values: Sequence[float | None], label: str) -> Markup:
    """A line over the periods; a period without a value is a hollow mark at the edge and breaks the line."""
    known = [value for value in values if value is not None]
    if not known or len(values) < 2:
        return Markup("")
    low, span = min(known), (max(known) - min(known)) or 1.0
    flat = max(known) == min(known)
    step = (_W - 2 * _PAD) / (len(values) - 1)
    spots = [
        (_PAD + i * step, None if v is None else _H / 2 if flat else _H - _PAD - (v - low) / span * (_H - 2 * _PAD))
        for i, v in enumerate(values)
    ]
    parts = []
    for there, run in groupby(spots, key=lambda spot: spot[1] is not None):
        line = list(run)
        if there:
            parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in line)}"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in line]
        else:
            parts += [f'<text x="{x:.1f}" y="{_H / 2 + 4:.1f}" class="gap">?</text>' for x, _ in line]
    if values[-1] is not None:
        x, y = spots[-1]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="now"/>')
    return _svg("spark", _W, _H, label, "".join(parts))


def strip(quantiles: Sequence[float], own: float, label: str) -> Markup:
    """The released p10, p25, p50, p75 and p90 with the own value; one far outside is an arrow at the edge."""
    p10, p25, p50, p75, p90 = quantiles
    width = p90 - p10
    if width <= 0:
        return Markup("")
    low, scale = p10 - _ROOM * width, _STRIP_W / ((1 + 2 * _ROOM) * width)

    def at(value: float) -> float:
        return (value - low) * scale

    middle = _STRIP_H / 2
    parts = [
        f'<line class="range" x1="{at(p10):.1f}" x2="{at(p90):.1f}" y1="{middle}" y2="{middle}"/>',
        f'<rect class="half" x="{at(p25):.1f}" y="{middle - 6}" width="{at(p75) - at(p25):.1f}" height="12" rx="3"/>',
        f'<line class="median" x1="{at(p50):.1f}" x2="{at(p50):.1f}" y1="{middle - 9}" y2="{middle + 9}"/>',
        _marker(at(own), middle),
    ]
    return _svg("strip", _STRIP_W, _STRIP_H, label, "".join(parts))


def _marker(x: float, y: float) -> str:
    if x < 0:
        return f'<path class="own" d="M1 {y}l9 -6v12z"/>'
    if x > _STRIP_W:
        return f'<path class="own" d="M{_STRIP_W - 1} {y}l-9 -6v12z"/>'
    return f'<circle class="own" cx="{min(max(x, 6), _STRIP_W - 6):.1f}" cy="{y}" r="5.5"/>'


def _svg(kind: str, width: int, height: int, label: str, inner: str) -> Markup:
    return Markup(  # noqa: S704 - numbers of ours, and a label that is escaped
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{inner}</svg>'
    )
