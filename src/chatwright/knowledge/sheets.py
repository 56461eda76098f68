"""Curated answers as a spreadsheet: a row per question, in CSV or Excel; and other FAQ files, read only.

    answer_id | question | answer | expires | starts | note | links

Nothing in a file is ever computed: a formula is read as the value that the program that wrote it has left
there, and what would become a formula is written with an apostrophe before it, which is taken off again here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.data.readers.columns import ALIASES, plain
from chatwright.data.readers.confined import run
from chatwright.data.readers.sheets import is_workbook
from chatwright.data.readers.source import Source
from chatwright.data.readers.table import TRIED, Rows, delimiter, unique
from chatwright.knowledge.curating import day
from chatwright.store.curated_records import CuratedRecord, Link, shown

Format = Literal["csv", "xlsx"]
COLUMNS = ("answer_id", "question", "answer", "expires", "starts", "note", "links")
NAMES = {
    "answer_id": ("answer id", "answerid"),
    "question": ALIASES["question"],
    "answer": ALIASES["answer"],
    "expires": ("expires", "expires at", "valid until"),
    "starts": ("starts", "starts at", "valid from"),
    "note": ("note", "notes", "comment"),
    "links": ("links", "link", "sources"),
}
MOST = 100_000  # rows of a file
# What a spreadsheet takes for a formula, also in its wide form; and apostrophes that stand before it.
FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BOM = "\ufeff"  # without it, Excel takes UTF-8 for something else


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row. `number` is that of the row or line in the file, from 1 on; None: there is no such column."""

    number: int
    question: str
    answer: str
    answer_id: str = ""
    expires: str | None = None
    starts: str | None = None
    note: str | None = None
    links: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken, and why. `double`: only because its question has an answer."""

    number: int
    reason: str
    question: str = ""
    double: bool = False


def read_rows(path: Path) -> Iterator[SheetRow | BadRow]:
    """The rows of a table (.csv, .tsv, .xlsx), or of another file with questions and answers (.qna and whatever
    `data/readers` knows). Raises `DataError` when it cannot be read, or has no such columns."""
    source = Source(path, path.name)
    if is_workbook(source):
        found = _of_workbook(path)
    elif path.suffix.lower() in (".csv", ".tsv"):
        found = _of_table(source)
    else:
        found = _of_conversations(path)
    for count, row in enumerate(found):
        if count >= MOST:
            raise DataError(f"{path.name} has more than {MOST:,} rows.", "Split the file.")
        yield row


def _of_table(source: Source) -> Iterator[SheetRow | BadRow]:
    rows = Rows(source, delimiter(source.head().splitlines()[: TRIED + 1]))
    columns = _columns(rows.names)
    if columns is None:
        raise _no_columns(source.path.name, rows.names)
    for row in rows:
        if isinstance(row, Reject):
            yield BadRow(row.provenance.position + 1, row.reason, row.excerpt)
        else:
            yield _row(row[0] + 1, row[1], columns)


def _of_workbook(path: Path) -> Iterator[SheetRow | BadRow]:
    """The first sheet that has the columns."""
    seen: list[str] = []
    with closing(run("workbook", path)) as values:
        for _, sheet in groupby(values, key=lambda row: row[0]):
            rows = enumerate((cells for _, _, cells in sheet), 1)
            header: list[Any] = next((cells for _, cells in rows if cells), [])
            names = unique(["" if cell is None else str(cell) for cell in header])
            columns = _columns(names)
            if columns is None:
                seen += names
                continue
            for number, cells in rows:
                if cells:
                    yield _row(number, dict(zip(names, cells, strict=False)), columns)
            return
    raise _no_columns(path.name, seen)


def _of_conversations(path: Path) -> Iterator[SheetRow | BadRow]:
    for found in readers.read(path, path.name):
        if isinstance(found, Reject):
            yield BadRow(found.provenance.position + 1, found.reason, found.excerpt)
        else:
            yield _pair(found)


def _pair(found: Conversation) -> SheetRow | BadRow:
    number = found.provenance.position + 1 if found.provenance else 0
    said = [message for message in found.messages if message.role != "system"]
    if [message.role for message in said] != ["user", "assistant"]:
        first = shown(said[0].content) if said else ""
        return BadRow(number, "is no question with one answer", first)
    return SheetRow(number, said[0].content, said[1].content)


def _columns(names: Sequence[str]) -> dict[str, str] | None:
    """What each of our columns is called in a file; None without questions and answers."""
    present = {plain(name): name for name in reversed(names)}
    found = {
        ours: present[alias]
        for ours, aliases in NAMES.items()
        if (alias := next((one for one in aliases if one in present), None)) is not None
    }
    return found if {"question", "answer"} <= found.keys() else None


def _no_columns(name: str, names: Sequence[str]) -> DataError:
    has = ", ".join(f'"{one[:40]}"' for one in names[:12]) or "none"
    return DataError(
        f"{name} has no columns `question` and `answer`; it has {has}.", "Name its columns so."
    )


def _row(number: int, values: Mapping[str, Any], columns: Mapping[str, str]) -> SheetRow:
    cells = {ours: _cell(values.get(theirs)) for ours, theirs in columns.items()}
    return SheetRow(number, **cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Excel has no others
    text = str(value).strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


# --- links in a cell ------------------------------------------------------------------------------


def links_of(cell: str) -> list[Link]:
    """A line for each: an address, or a title, a bar and an address."""
    found = []
    for line in filter(str.strip, cell.splitlines()):
        title, bar, uri = line.rpartition(" | ")
        found.append(Link(title.strip() if bar else "", uri.strip()))
    return found


def _links(links: Iterable[Link]) -> str:
    return "\n".join(
        one.uri if one.title == one.uri else f"{one.title} | {one.uri}" for one in links
    )


# --- writing --------------------------------------------------------------------------------------


def written(records: Sequence[CuratedRecord], format: Format) -> bytes:
    """A file with a row for each question."""
    rows = [COLUMNS, *(row for record in records for row in _rows(record))]
    return (as_csv if format == "csv" else as_workbook)([list(map(_safe, row)) for row in rows])


def _rows(record: CuratedRecord) -> Iterator[tuple[str, ...]]:
    content = record.content
    for question in content.questions:
        yield (
            record.id,
            question,
            content.text,
            day(content.expires_at, last=True),
            day(content.starts_at),
            content.note,
            _links(content.links),
        )


def _safe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return (BOM + text.getvalue()).encode()


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="answers" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": "<Relationships xmlns="
    '"http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel file whose cells are text and nothing else. Written by hand, as the format's least is this
    little: a server needs no library for it."""
    lines = "".join(f"<row>{''.join(map(_xml, row))}</row>" for row in rows)
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": sheet}).items():
            file.writestr(zipfile.ZipInfo(name), HEAD + text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _xml(cell: str) -> str:
    text = escape(UNPRINTABLE.sub("\ufffd", cell), {"\r": "&#13;"})
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
