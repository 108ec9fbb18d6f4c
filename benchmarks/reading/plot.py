"""Line charts as SVG, with nothing but the standard library."""

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 400, 60, 180, 40, 50
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")  # told apart by the colour-blind too
_TEXT = 'font-family="sans-serif" font-size="12" fill="#222"'

Points = Sequence[tuple[float, float]]


def lines(title: str, across: str, up: str, series: Mapping[str, Points]) -> str:
    """Draw one line for each series; the vertical axis begins at 0."""
    xs = sorted({x for points in series.values() for x, _ in points})
    top = max(y for points in series.values() for _, y in points) or 1.0
    place = _Axes(xs[0], xs[-1] if xs[-1] > xs[0] else xs[0] + 1, top)
    marks = [_frame(title, across, up)]
    marks += [_tick_across(place.x(x), x) for x in _thinned(xs)]
    marks += [_tick_up(place.y(share * top), share * top) for share in (0, 0.25, 0.5, 0.75, 1)]
    for number, (name, points) in enumerate(series.items()):
        marks.append(_line(number, name, [(place.x(x), place.y(y)) for x, y in points]))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">{"".join(marks)}</svg>\n'


class _Axes:
    def __init__(self, first: float, last: float, top: float) -> None:
        self._first, self._last, self._top = first, last, top

    def x(self, value: float) -> float:
        return _LEFT + (value - self._first) / (self._last - self._first) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self._top * (_HEIGHT - _TOP - _BOTTOM)


def _thinned(values: Sequence[float]) -> Sequence[float]:
    return values[:: len(values) // 10 + 1]


def _frame(title: str, across: str, up: str) -> str:
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    return (
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        f'<text x="{_LEFT}" y="22" {_TEXT} font-weight="bold">{escape(title)}</text>'
        f'<text x="{middle}" y="{_HEIGHT - 12}" {_TEXT} text-anchor="middle">{escape(across)}</text>'
        f'<text x="14" y="{_HEIGHT / 2}" {_TEXT} text-anchor="middle" transform="rotate(-90 14 {_HEIGHT / 2})">'
        f"{escape(up)}</text>"
    )


def _tick_across(x: float, value: float) -> str:
    return f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" {_TEXT} text-anchor="middle">{value:g}</text>'


def _tick_up(y: float, value: float) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" {_TEXT} text-anchor="end">{value:.3g}</text>'
    )


def _line(number: int, name: str, points: Points) -> str:
    colour = _COLOURS[number % len(_COLOURS)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    at = _TOP + 20 * number + 10
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<line x1="{_WIDTH - _RIGHT + 14}" x2="{_WIDTH - _RIGHT + 34}" y1="{at}" y2="{at}" stroke="{colour}"'
        f' stroke-width="3"/><text x="{_WIDTH - _RIGHT + 40}" y="{at + 4}" {_TEXT}>{escape(name)}</text>'
    )
