"""Documents: `.md .txt .html .pdf .docx` as text. They go to a bot's knowledge, not to its data.

A text file that is a chat export, a table or the like is data, whatever its ending. What no reader of a
document would see (hidden HTML, white letters, characters without a width) is no part of its text.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.data.readers import is_data
from chatwright.data.readers.confined import run
from chatwright.data.readers.source import Source
from chatwright.data.webpage import Page, readable, without_hidden
from chatwright.spec import Spec

WEB = (".html", ".htm")
SUFFIXES = (".md", ".txt", ".html", ".htm", ".pdf", ".docx")
CONFINED = {".pdf": "pdf", ".docx": "word"}
MOST_DAMAGED = 0.2  # of the lines of a text
MOST = 64 << 20  # characters of a document
# Spaces of no width, byte-order marks, soft hyphens, tags, signs that turn the order of letters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it was read: `pages` says where each of its pages begins, where it has several."""

    title: str
    text: str
    pages: tuple[int, ...] = ()


def whole(path: Path) -> Text:
    """A document in one piece; its title is what it calls itself, else empty.

    Raises `DataError` when it cannot be read, has no text, or too much of it.
    """
    kind = path.suffix.lower()
    page = _webpage(path) if kind in WEB else None
    parts, starts, size = list[str](), list[int](), 0
    for piece in pages(path) if page is None else (page.text,):
        starts.append(size)
        parts.append(UNSEEN.sub("", piece))
        size += len(parts[-1]) + 1
        if size > MOST:
            raise DataError(f"{path} has more than {MOST >> 20} Mi characters.", "Split it.")
    text = "\n".join(parts)
    if kind == ".md":
        text = without_hidden(text)
    if not text.strip():
        raise DataError(f"There is no text in {path}.", "A scan must go through OCR first.")
    return Text(page.title if page else "", text, tuple(starts) if kind == ".pdf" else ())


def is_document(path: Path) -> bool:
    """By its ending, where its content is not in a format of conversations."""
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        return False
    return kind in CONFINED or not is_data(path)


def pages(path: Path) -> Iterator[str]:
    """The text of a document, page by page where it has pages, else line by line.

    Raises `DataError` when it cannot be read. A line that cannot be decoded is a line less.
    """
    kind = path.suffix.lower()
    if kind in CONFINED:
        yield from run(CONFINED[kind], path)
        return
    if kind in WEB:
        yield _webpage(path).text
    elif (text := Source(path, path.name).plain()) is not None:
        yield from text.split("\n")
    else:
        yield from _lines(path)


def _lines(path: Path) -> Iterator[str]:
    return (line.text for line in Source(path, path.name).lines() if not line.problem)


def _webpage(path: Path) -> Page:
    return readable("\n".join(_lines(path)))


def owners_texts(spec: Spec) -> Iterator[str]:
    """What the owner says in public: who the bot is and what for, and every document in knowledge/."""
    yield "\n".join(words_of(spec))
    yield from ("\n".join(pages(path)) for path in owners_files(spec))


def owners_files(spec: Spec) -> Iterator[Path]:
    """The documents in knowledge/."""
    folder = spec.path("knowledge")
    return (folder / name for name in sorted(owners_listing(spec), key=in_order))


def in_order(name: str) -> list[str]:
    """What documents are sorted by: folder by folder."""
    return name.split("/")


def owners_listing(spec: Spec) -> dict[str, os.stat_result]:
    """The documents in knowledge/ by their names in it, and what the file system says of them.

    Quick: it is asked twice a second. Raises `DataError` where a folder may not be read: what is in it is
    not gone.
    """
    found: dict[str, os.stat_result] = {}
    waiting = [(str(spec.path("knowledge")), "")]
    while waiting:
        folder, inside = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{inside}{entry.name}/"))
                    elif entry.name.lower().endswith(SUFFIXES):
                        with suppress(FileNotFoundError):  # a link to nowhere, or gone just now
                            if stat.S_ISREG((about := entry.stat()).st_mode):
                                found[inside + entry.name] = about
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise DataError(
                f"The folder {folder} cannot be read ({error.strerror}).",
                "Give the right to read it.",
            ) from error
    return found


def words_of(spec: Spec) -> list[str]:
    """What bot.toml says in words."""
    bot, scope = spec.bot, spec.scope
    about = (bot.name, bot.title, bot.assistant, bot.purpose, bot.greeting, bot.disclosure)
    return [*about, *bot.suggestions, *scope.topics, *scope.declines, spec.model.system_prompt]


def characters(path: Path) -> int:
    """How much text a document has; raises `DataError` when there is none, or it is no text."""
    if path.suffix.lower() not in CONFINED:
        damaged = [bool(line.problem) for line in Source(path, path.name).lines()]
        if sum(damaged) > MOST_DAMAGED * len(damaged):
            raise DataError(
                f"{path} is no text: {sum(damaged):,} of its {len(damaged):,} lines cannot be decoded.",
                "Nothing was imported. Is its ending right?",
            )
    count = sum(len(page.strip()) for page in pages(path))
    if not count:
        raise DataError(
            f"There is no text in {path}.",
            "Nothing was imported. A scan must go through text recognition (OCR) first.",
        )
    return count
