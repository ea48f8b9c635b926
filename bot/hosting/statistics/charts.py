"""Charts as SVG: they stretch to whatever room there is, and their words stand beside them."""

import math
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from bot.hosting.markup import Part, tag

_WIDTH: Final = 1000
_HEIGHT: Final = 100
_GAP: Final = 0.2
"""Of the room that a bar has."""
_WIDEST: Final = 40
_ROUND: Final = (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 50, 60, 80, 100)


def round_top(most: float) -> int:
    """Give the end of a scale: a round number, of which half is one too."""
    unit = 10 ** max(len(str(math.ceil(most) - 1)) - 2, 0)
    return next(unit * step for step in _ROUND if unit * step >= most)


def bars(values: Sequence[float], words: Sequence[str], label: str, top: int) -> Element:
    """Draw a bar a value, with what is said when it is pointed at."""
    room = _WIDTH / max(len(values), 1)
    width = min(room * (1 - _GAP), _WIDEST)
    parts = [
        tag(
            "rect",
            tag("title", text),
            x=_short(room * (place + 0.5) - width / 2),
            y=_short(_HEIGHT - value / top * _HEIGHT),
            width=_short(width),
            height=_short(value / top * _HEIGHT),
        )
        for place, (value, text) in enumerate(zip(values, words, strict=True))
        if value
    ]
    return _picture(label, *parts)


def lines(*courses: Sequence[float | None], label: str, top: int) -> Element:
    """Draw a line a course over the same days; one on which nothing is known is passed over."""
    room = _WIDTH / max(len(courses[0]), 1)
    parts = [
        tag(
            "polyline",
            points=" ".join(
                f"{_short((place + 0.5) * room)},{_short(_HEIGHT - value / top * _HEIGHT)}"
                for place, value in _steps(course)
            ),
            class_="second" if number else "first",
        )
        for number, course in enumerate(courses)
    ]
    return _picture(label, *parts)


def _steps(course: Sequence[float | None]) -> list[tuple[float, float]]:
    """Give the values with their places; one alone as a level, so that it is seen as well."""
    steps = [(float(place), value) for place, value in enumerate(course) if value is not None]
    if len(steps) != 1:
        return steps
    ((place, value),) = steps
    return [(place - 0.5, value), (place + 0.5, value)]


def share_bar(share: float) -> Element:
    """Draw a share of a whole; it says nothing that does not stand beside it."""
    bar = tag("rect", width=_short(share * _WIDTH), height=_HEIGHT)
    return tag("svg", bar, **_BOX, aria_hidden="true")


def _picture(label: str, *parts: Part) -> Element:
    scale = tag("path", d=f"M0 0H{_WIDTH}M0 {_HEIGHT // 2}H{_WIDTH}")
    return tag("svg", scale, *parts, **_BOX, role="img", aria_label=label)


_BOX: Final = {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "preserveAspectRatio": "none"}


def _short(number: float) -> str:
    return f"{number:.1f}"
