"""Addresses that were added while the bot is served: a list in knowledge/, beside those of `[knowledge] urls`.

One a line; lines that begin with # are notes. It belongs to the owner as the documents do, may be edited by
hand, and is read anew by every sync. Ports other than 80 and 443 are named in bot.toml alone. It fetches
nothing.
"""

from __future__ import annotations

from chatwright.core.errors import Conflict, DataError, NotFound
from chatwright.core.files import alone, write_atomic
from chatwright.knowledge.egress import checked
from chatwright.spec import Spec

FILE = "addresses.list"
MOST = 200
HEAD = "# Pages, sitemaps and feeds that the bot answers from, one a line.\n"


def added(spec: Spec) -> tuple[str, ...]:
    """Those of the list, in its order."""
    try:
        text = (spec.path("knowledge") / FILE).read_text("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise DataError(
            f"{FILE} cannot be read ({error.strerror}).", "Give the right to read it."
        ) from error
    lines = (line.strip() for line in text.splitlines())
    found = (line for line in lines if line.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(found))[:MOST]


def every(spec: Spec) -> tuple[str, ...]:
    """Those of bot.toml, then those of the list."""
    return tuple(dict.fromkeys((*spec.knowledge.urls, *added(spec))))


def add(spec: Spec, url: str) -> str:
    """The address as it was kept. Raises `Refused`, and `Conflict` where it is there already."""
    url = url.strip()
    checked(url)
    folder = spec.path("knowledge")
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        there = added(spec)
        if url in every(spec):
            raise Conflict("This address is there already.", "Look for it in the list.")
        if len(there) >= MOST:
            raise Conflict(
                f"The list has {MOST} addresses already.", "Name a sitemap instead of its pages."
            )
        write_atomic(folder / FILE, _written((*there, url)))
    return url


def remove(spec: Spec, url: str) -> None:
    """Take it off the list. Raises `NotFound`; `Conflict` where it stands in bot.toml."""
    folder = spec.path("knowledge")
    if url in spec.knowledge.urls:
        raise Conflict(
            "This address stands in bot.toml.", "Take it out of [knowledge] urls, then restart."
        )
    there = added(spec)
    if url not in there:
        raise NotFound("There is no such address.", "Load the list again.")
    with alone(folder):
        write_atomic(folder / FILE, _written(tuple(one for one in added(spec) if one != url)))


def _written(urls: tuple[str, ...]) -> str:
    return HEAD + "".join(f"{url}\n" for url in urls)
