"""Takes out of a PDF page the text that nobody sees: without ink, of no size, in the colour of what is behind.

The operators that show text are dropped where their letters are invisible; what is left is read as ever.
What is behind a letter is the last thing that was painted over the place where it begins (rectangles that
hold all of a path, and pictures, which count as dark). Clipping and letters outside the page are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pypdf.generic import ContentStream, NameObject

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
ENDS = FILLS | {b"n", b"s", b"S"}
WITHOUT_INK = {3, 7}  # modes of showing text
DEPTH = 4  # of forms in forms
SMALL = 1.0  # points: letters below it are not read
NEAR = 0.1  # of 1: colours that cannot be told apart


@dataclass(frozen=True, slots=True)
class Ink:
    """The state that q keeps and Q brings back."""

    place: Matrix = SAME
    colour: tuple[float, ...] | None = (0.0, 0.0, 0.0)  # None: not known
    mode: int = 0
    size: float = 12.0


@dataclass(slots=True)
class Sheet:
    """What was painted so far, as boxes, the last one on top."""

    ink: Ink = field(default_factory=Ink)
    kept: list[Ink] = field(default_factory=list)
    line: Matrix = SAME
    leading: float = 0.0
    path: list[tuple[float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float, tuple[float, ...] | None]] = field(
        default_factory=list
    )


def only_visible(page: Any, reader: Any) -> None:
    """Change `page` in memory."""
    content = page.get_contents()
    if content is not None:
        resources = page.get("/Resources")
        page[NameObject("/Contents")] = _visible(content, reader, resources, Sheet(), 0)


def _visible(content: Any, reader: Any, resources: Any, sheet: Sheet, depth: int) -> ContentStream:
    stream = ContentStream(content, reader)
    kept: list[Any] = []
    for operands, operator in stream.operations:
        if operator == b"Do":
            _thing(operands, reader, resources, sheet, depth)
        elif operator not in SHOWS:
            _step(operator, operands, sheet)
        elif _unseen(sheet):
            if operator in (b"'", b'"'):
                kept.append(([], b"T*"))
            continue
        kept.append((operands, operator))
    stream.operations = kept
    return stream


def _thing(operands: Any, reader: Any, resources: Any, sheet: Sheet, depth: int) -> None:
    """A picture covers what is behind it; a form is a page in the page."""
    things = resources.get_object().get("/XObject", {}) if resources is not None else {}
    found = things.get_object().get(operands[0]) if hasattr(things, "get_object") else None
    thing: Any = found.get_object() if found is not None else {}
    if thing.get("/Subtype") == "/Image":
        corners = [_at(sheet.ink.place, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        sheet.boxes.append((*_box(corners), None))
    elif thing.get("/Subtype") == "/Form" and depth < DEPTH:
        before = sheet.ink
        matrix = thing.get("/Matrix")
        if matrix is not None:
            sheet.ink = replace(before, place=_times(_numbers(matrix), before.place))
        inner = _visible(thing, reader, thing.get("/Resources", resources), sheet, depth + 1)
        thing.set_data(inner.get_data())
        sheet.ink = before


def _step(operator: bytes, operands: Any, sheet: Sheet) -> None:
    ink = sheet.ink
    if operator == b"q":
        sheet.kept.append(ink)
    elif operator == b"Q" and sheet.kept:
        sheet.ink = sheet.kept.pop()
    elif operator == b"cm" and len(operands) == 6:
        sheet.ink = replace(ink, place=_times(_numbers(operands), ink.place))
    elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
        sheet.ink = replace(ink, colour=_colour(operands))
    elif operator == b"cs":
        sheet.ink = replace(ink, colour=None if operands[:1] == ["/Pattern"] else (0.0, 0.0, 0.0))
    elif operator == b"Tr" and operands:
        sheet.ink = replace(ink, mode=int(operands[0]))
    elif operator == b"Tf" and len(operands) == 2:
        sheet.ink = replace(ink, size=float(operands[1]))
    elif operator in (b"re", b"m", b"l", b"c", b"v", b"y"):
        _draw(operator, _numbers(operands), sheet)
    elif operator in ENDS:
        if operator in FILLS and sheet.path:
            sheet.boxes.append((*_box(sheet.path), ink.colour))
        sheet.path.clear()
    else:
        _move(operator, operands, sheet)


def _draw(operator: bytes, numbers: tuple[float, ...], sheet: Sheet) -> None:
    if operator == b"re" and len(numbers) == 4:
        x, y, width, height = numbers
        numbers = (x, y, x + width, y, x, y + height, x + width, y + height)
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    sheet.path += [_at(sheet.ink.place, x, y) for x, y in pairs]


def _move(operator: bytes, operands: Any, sheet: Sheet) -> None:
    """Where the next letters begin; within a line they begin where the line does."""
    if operator == b"BT":
        sheet.line = SAME
    elif operator == b"TL" and operands:
        sheet.leading = float(operands[0])
    elif operator == b"Tm" and len(operands) == 6:
        sheet.line = _numbers(operands)
    elif operator in (b"Td", b"TD") and len(operands) == 2:
        x, y = _numbers(operands)
        sheet.line = _times((1.0, 0.0, 0.0, 1.0, x, y), sheet.line)
        if operator == b"TD":
            sheet.leading = -y
    elif operator == b"T*":
        sheet.line = _times((1.0, 0.0, 0.0, 1.0, 0.0, -sheet.leading), sheet.line)


def _unseen(sheet: Sheet) -> bool:
    ink = sheet.ink
    whole = _times(sheet.line, ink.place)
    if ink.mode in WITHOUT_INK or abs(ink.size) * max(map(abs, whole[:4])) < SMALL:
        return True
    if ink.colour is None or ink.mode not in (0, 4):
        return False
    x, y = _at(whole, 0.5, 0.25 * ink.size)
    behind: tuple[float, ...] | None = (1.0, 1.0, 1.0)
    for left, low, right, high, colour in reversed(sheet.boxes):
        if left <= x <= right and low <= y <= high:
            behind = colour
            break
    return behind is not None and all(
        abs(a - b) <= NEAR for a, b in zip(ink.colour, behind, strict=True)
    )


def _colour(operands: Any) -> tuple[float, ...] | None:
    """Red, green, blue of 0 to 1, from grey, red-green-blue or inks; None for patterns."""
    try:
        parts = [float(one) for one in operands]
    except (TypeError, ValueError):
        return None
    if len(parts) == 1:
        return (parts[0],) * 3
    if len(parts) == 4:
        *inks, black = parts
        return tuple((1 - one) * (1 - black) for one in inks)
    return tuple(parts) if len(parts) == 3 else None


def _numbers(operands: Any) -> Any:
    return tuple(float(one) for one in operands)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _at(place: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f


def _box(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
