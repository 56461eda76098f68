"""Documents: `.md .txt .html .pdf .docx` as text. They go to a bot's knowledge, not to its data.

A text file that is a chat export, a table or the like is data, whatever its ending.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.data.readers import is_data
from chatwright.data.readers.confined import run
from chatwright.data.readers.source import Source
from chatwright.data.readers.visible import visible_text
from chatwright.spec import Spec

SUFFIXES = (".md", ".txt", ".html", ".htm", ".pdf", ".docx")
CONFINED = {".pdf": "pdf", ".docx": "word"}
MOST_DAMAGED = 0.2  # of the lines of a text


def is_document(path: Path) -> bool:
    """By its ending, where its content is not in a format of conversations."""
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        return False
    return kind in CONFINED or not is_data(path)


def pages(path: Path) -> Iterator[str]:
    """The text of a document, page by page where it has pages.

    Raises `DataError` when it cannot be read. A line that cannot be decoded is a line less.
    """
    kind = path.suffix.lower()
    if kind in CONFINED:
        yield from run(CONFINED[kind], path)
        return
    lines = (line.text for line in Source(path, path.name).lines() if not line.problem)
    if kind in (".html", ".htm"):
        yield visible_text("\n".join(lines))
    else:
        yield from lines


def owners_texts(spec: Spec) -> Iterator[str]:
    """What the owner says in public: who the bot is and what for, and every document in knowledge/."""
    yield "\n".join(words_of(spec))
    yield from ("\n".join(pages(path)) for path in owners_files(spec))


def owners_files(spec: Spec) -> Iterator[Path]:
    """The documents in knowledge/."""
    for path in sorted(spec.path("knowledge").rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield path


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
