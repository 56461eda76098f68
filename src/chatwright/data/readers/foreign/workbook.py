"""Excel (.xlsx) -> [number of the sheet, its name, the row's cells] per row that is not empty."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl

from chatwright.data.readers.columns import MAX_COLUMNS
from chatwright.data.readers.confined import Refused, check_packed, serve


def parse(path: Path) -> Iterator[Any]:
    check_packed(path)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    for number, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()  # what a file says of its own size need not be true
        # No `max_col`: every row would be made that wide, which took 4 ms each.
        for cells in sheet.iter_rows(min_row=1, values_only=True):
            row = [_cell(value) for value in cells]
            while row and row[-1] is None:
                row.pop()
            if len(row) > MAX_COLUMNS:
                raise Refused(f"it has more than {MAX_COLUMNS:,} columns")
            yield [number, sheet.title, row]


def _cell(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return value


if __name__ == "__main__":
    serve(parse, sys.argv)
