"""Which packages a server of a bot needs, with their exact versions: what pip would take, and no more.

Of every platform's markers those of Linux are followed, as all recipes end there. Versions are those of
constraints.txt, which are the tested ones; else those that are installed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from chatwright.core.errors import ChatwrightError

Need = tuple[str, tuple[str, ...]]  # a package, and its extras that are asked for

EXTRAS = ("postgres",)
ENVIRONMENT = {
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.14",
}


class Pin(NamedTuple):
    """One package of the image."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


@cache
def pins() -> tuple[Pin, ...]:
    """Everything a server needs besides chatwright. Raises `ChatwrightError` where one is missing here."""
    tested, found = _tested(), dict[str, Pin]()
    waiting: list[Need] = [("chatwright", EXTRAS)]
    seen = set[Need]()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            raise ChatwrightError(
                f"The package {name} is not installed, so its version is not known.",
                "pip install 'chatwright[postgres]'",
            ) from None
        if name != "chatwright":
            found[name] = Pin(name, tested.get(name, package.version))
        waiting += _needs(package.requires or [], extras)
    return tuple(found[name] for name in sorted(found))


def _needs(lines: list[str], extras: tuple[str, ...]) -> Iterator[Need]:
    for line in lines:
        asked = Requirement(line)
        if asked.marker is None or any(
            asked.marker.evaluate({**ENVIRONMENT, "extra": extra}) for extra in ("", *extras)
        ):
            yield canonicalize_name(asked.name), tuple(sorted(asked.extras))


def _tested() -> dict[str, str]:
    """What constraints.txt says; a wheel carries it beside this file."""
    here = Path(__file__).parent
    for place in (here / "constraints.txt", here.parents[2] / "constraints.txt"):
        if place.is_file():
            lines = place.read_text("utf-8").splitlines()
            rows = [re.match(r"([A-Za-z0-9._-]+)==([^\s;#]+)", line) for line in lines]
            return {canonicalize_name(row[1]): row[2] for row in rows if row}
    return {}
