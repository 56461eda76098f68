"""Parquet -> the list of its columns, then one object per row. Keys without a value are left out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet

from chatwright.data.readers.columns import MAX_COLUMNS
from chatwright.data.readers.confined import Refused, serve

BATCH = 256  # rows in memory at once
MANY = 10_000_000  # rows: more than that in less than a thousandth as many bytes is no real table


def parse(path: Path) -> Iterator[Any]:
    arrow.set_cpu_count(1)
    arrow.set_memory_pool(arrow.system_memory_pool())
    with pyarrow.parquet.ParquetFile(path) as file:
        about = file.metadata
        if about.num_columns > MAX_COLUMNS:
            raise Refused(f"it has {about.num_columns:,} columns")
        if about.num_rows > MANY and about.num_rows > 1000 * path.stat().st_size:
            raise Refused(f"it claims {about.num_rows:,} rows in {path.stat().st_size:,} bytes")
        yield file.schema_arrow.names
        for batch in file.iter_batches(BATCH, use_threads=False):
            for row in batch.to_pylist():
                yield _present(row)


def _present(value: Any) -> Any:
    """Arrow fills keys that a record does not have with None; they come out as absent again."""
    if isinstance(value, dict):
        return {key: _present(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_present(item) for item in value]
    return value


if __name__ == "__main__":
    serve(parse, sys.argv)
