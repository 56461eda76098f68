"""What /metrics answers where a server has several processes: each tells the others what it counts.

They meet at Unix sockets in a folder of the server's own. The figures of each carry its number as the label
`process`, and not their sum: when one dies and is started again, its counters begin at 0, which whoever
reads them can only see in a line of its own. What all would tell alike is told once.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import generate_latest

from chatwright.server.metrics import Metrics

PLACE = "CHATWRIGHT_SIBLING"  # number, how many, folder
PATIENCE = 2.0  # seconds for another process to tell


@dataclass(frozen=True, slots=True)
class Place:
    """Which of how many processes this is, and the folder where they meet."""

    number: int
    count: int
    folder: Path

    def text(self) -> str:
        """As it stands in a sibling's environment."""
        return f"{self.number}:{self.count}:{self.folder}"

    def socket(self, number: int) -> Path:
        return self.folder / f"{number}.sock"


def place() -> Place | None:
    """This process's, where it was started as one of several."""
    said = os.environ.pop(PLACE, None)
    if said is None:
        return None
    number, count, folder = said.split(":", 2)
    return Place(int(number), int(count), Path(folder))


class Scrape:
    """Gathers the figures of all processes of a server."""

    def __init__(self, metrics: Metrics, place: Place | None = None) -> None:
        self._metrics = metrics
        self.place = place

    async def text(self) -> bytes:
        """In Prometheus's text format. A process that does not answer is missing in it, and counted so."""
        shared = await asyncio.to_thread(generate_latest, self._metrics.shared)
        where = self.place
        if where is None:
            return self._metrics.own() + _processes(1, 1) + shared
        others = [number for number in range(where.count) if number != where.number]
        told = await asyncio.gather(*(_ask(where.socket(number)) for number in others))
        texts = {where.number: self._metrics.own()}
        texts |= {n: text for n, text in zip(others, told, strict=True) if text is not None}
        return merged(texts) + _processes(where.count, len(texts)) + shared

    async def keep(self) -> None:
        """Tell whoever asks, until cancelled; alone, there is nobody."""
        if self.place is None:
            return
        path = self.place.socket(self.place.number)
        path.unlink(missing_ok=True)  # of one that died
        server = await asyncio.start_unix_server(self._tell, path)
        async with server:
            await server.serve_forever()

    async def _tell(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self._metrics.own())
        with suppress(OSError):
            await writer.drain()
        writer.close()


async def _ask(path: Path) -> bytes | None:
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                return await reader.read() or None
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None


def merged(texts: Mapping[int, bytes]) -> bytes:
    """The figures of several processes as one text: each family once, each line with its process."""
    heads: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {}
    for number, text in sorted(texts.items()):
        family = ""
        for line in text.decode().splitlines():
            if line.startswith("# HELP "):
                family = line.split(" ", 3)[2]
                heads.setdefault(family, [])
            if not line.startswith("#"):
                lines.setdefault(family, []).append(_numbered(line, number))
            elif line not in heads[family]:
                heads[family].append(line)
    found = [line for family, head in heads.items() for line in (*head, *lines.get(family, ()))]
    return ("\n".join(found) + "\n").encode()


def _numbered(line: str, number: int) -> str:
    name, brace, rest = line.partition("{")
    if brace and " " not in name:
        return f'{name}{{process="{number}",{rest}'
    name, _, value = line.partition(" ")
    return f'{name}{{process="{number}"}} {value}'


def _processes(expected: int, answering: int) -> bytes:
    lines = (
        "# HELP chatwright_processes Processes of this server",
        "# TYPE chatwright_processes gauge",
        f'chatwright_processes{{state="expected"}} {expected}.0',
        f'chatwright_processes{{state="answering"}} {answering}.0',
    )
    return ("\n".join(lines) + "\n").encode()
