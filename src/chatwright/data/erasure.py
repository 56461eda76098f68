"""Erasure: a keyed tombstone per person, which every import and build applies.

A tombstone is the HMAC of an identifier (a name, an address, a number, an id) under a key that is made
on first use and never leaves `.chatwright/erased/`: it says whether a text holds the identifier, and
does not say what it is. It does not change the user's own files: `sources` names those.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from chatwright.core.errors import DataError
from chatwright.core.files import canonical_json, read_jsonl, sha256_file, storage
from chatwright.core.types import Conversation, Provenance, Reject
from chatwright.data.clean import Step, clean, steps
from chatwright.data.documents import owners_files, pages
from chatwright.data.inputs import inputs_of, relative
from chatwright.spec import Spec

ERASED = "erased"  # the reason in rejected.jsonl
WORD = re.compile(r"[^\s,;:!?()<>\[\]{}\"\u201c\u201d\u201e\u00ab\u00bb|/\\]+")
EDGES = ".'\u2018\u2019*_-"
NUMBER = re.compile(r"\+?\d(?:[\s()./-]{0,2}\d){6,}")
# Scripts that put no space between words: there, every run of as many characters is looked at.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')  # of JSON
SEEN = 1 << 16  # words whose answer is remembered: most words of a text are frequent ones


class Form(NamedTuple):
    """How an identifier is found in a text: as `size` words, digits or characters in a row."""

    kind: str  # "words", "digits", "chars"
    size: int


def _normal(identifier: str) -> tuple[Form, str]:
    text = " ".join(unicodedata.normalize("NFKC", identifier).casefold().split())
    if NUMBER.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        return Form("digits", len(digits)), digits
    if UNSPACED.fullmatch(text):
        return Form("chars", len(text)), text
    words = list(_words(text))
    return Form("words", len(words)), " ".join(words)


def _words(text: str) -> Iterator[str]:
    for word in WORD.findall(text):
        bare = word.strip(EDGES).removesuffix("'s").removesuffix("\u2019s")
        if bare:
            yield bare


def _spellings(text: str, forms: frozenset[Form]) -> Iterator[str]:
    """All parts of `text` that have the form of a known identifier."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kinds = {form.kind for form in forms}
    words = list(_words(text)) if "words" in kinds else []
    numbers = [re.sub(r"\D", "", n) for n in NUMBER.findall(text)] if "digits" in kinds else []
    runs = UNSPACED.findall(text) if "chars" in kinds else []
    for kind, size in forms:
        if kind == "words":
            yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
        elif kind == "digits":  # with or without the code of a country before it
            yield from (number[-size:] for number in numbers if len(number) >= size)
        else:
            yield from (run[at : at + size] for run in runs for at in range(len(run) - size + 1))


@lru_cache(maxsize=SEEN)
def _mac(key: bytes, spelling: str) -> str:
    return hmac.new(key, spelling.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The people who are to be left out. Can be sent to another process."""

    key: bytes = field(repr=False)
    macs: frozenset[str]
    forms: frozenset[Form]

    def name(self, text: str) -> bool:
        """Whether an erased person's identifier stands in `text`."""
        return any(_mac(self.key, s) in self.macs for s in _spellings(text, self.forms))

    def blanked(self, text: str) -> str:
        """`text` with spaces where a line names somebody erased: as long as before, places in it stay."""
        return "\n".join(" " * len(one) if self.name(one) else one for one in text.split("\n"))

    def applied(self, row: Conversation | Reject) -> Conversation | Reject:
        """`row`, or a reject without any of its text."""
        origin = row.provenance
        texts = [row.excerpt] if isinstance(row, Reject) else [m.content for m in row.messages]
        if isinstance(row, Conversation):
            texts.append(row.rejected or "")
        known_as = (origin.source, origin.original_id or "") if origin else ()
        if not any(map(self.name, (*texts, *known_as))):
            return row
        return Reject(
            ERASED, Provenance(origin.source if origin else "", origin.position if origin else 0)
        )

    def removed(self, row: Conversation | Reject, through: Sequence[Step]) -> bool:
        """Whether a build leaves `row` out; cleaning may bring a name to light, as in `Ada&nbsp;Low`."""
        if self.applied(row) is not row:
            return True
        cleaned = clean(row, through) if isinstance(row, Conversation) else ""
        return isinstance(cleaned, Conversation) and self.applied(cleaned) is not cleaned


def erase(made: Path, identifier: str) -> None:
    """Add the tombstone of `identifier` below `made` (the bot's `.chatwright`); twice is once.

    Raises `DataError` when the identifier is too short to mean a person.
    """
    form, spelling = _normal(identifier)
    if len(spelling) < 2 or not form.size:
        raise DataError(
            f"{identifier!r} is too short to tell one person from another.",
            "Give a full name, an address, a number or an id.",
        )
    folder = made / "erased"
    mac = _mac(_key(folder), spelling)
    known = load(made)
    if known and mac in known.macs:
        return
    row = {"mac": mac, **form._asdict(), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with storage(folder), (folder / "people.jsonl").open("a", encoding="utf-8") as file:
        file.write(canonical_json(row) + "\n")
        file.flush()
        os.fsync(file.fileno())


def load(made: Path) -> Tombstones | None:
    """The tombstones below `made`; None when nobody was erased."""
    path = made / "erased" / "people.jsonl"
    if not path.exists():
        return None
    rows = list(read_jsonl(path))
    forms = frozenset(Form(row["kind"], row["size"]) for row in rows)
    return Tombstones(_key(path.parent), frozenset(row["mac"] for row in rows), forms)


def each(made: Path) -> Iterator[tuple[Tombstones, str]]:
    """Every tombstone by itself, with the time at which it was set (ISO 8601 in UTC, Z, to its
    second's end)."""
    path = made / "erased" / "people.jsonl"
    for row in read_jsonl(path) if path.exists() else ():
        form = Form(row["kind"], row["size"])
        at = str(row["at"]).replace("+00:00", ".999Z")
        yield Tombstones(_key(path.parent), frozenset([row["mac"]]), frozenset([form])), at


def fingerprint(made: Path) -> str:
    path = made / "erased" / "people.jsonl"
    return sha256_file(path) if path.exists() else ""


def sources(spec: Spec, erased: Tombstones) -> Iterator[tuple[str, list[int]]]:
    """The user's own files that still hold text of erased people, each with its rows or lines, from 0.

    Looked into are data, evaluation, knowledge, the cases and bot.toml. Raises `DataError` where that is
    not possible.
    """
    through = steps(spec.data, spec.bot.languages)
    for item in inputs_of(spec):
        rows = (row for row in item.rows() if erased.removed(row, through))
        if places := [row.provenance.position for row in rows if row.provenance]:
            yield item.name, places
    for path in (spec.folder / "bot.toml", spec.path(spec.evaluation.cases), *owners_files(spec)):
        texts = enumerate(pages(path)) if path.is_file() else ()
        if found := [at for at, text in texts if erased.name(text)]:
            yield relative(path, spec.folder), found


def holding(folder: Path, erased: Tombstones) -> list[str]:
    """The folders in `folder` (datasets, calibrations) that have such text in a file of JSON."""
    found = set()
    for path in sorted(folder.glob("[!.]*/**/*.json*")):
        name = path.relative_to(folder).parts[0]
        with path.open(encoding="utf-8") as file:
            texts = (text for line in file for text in _strings(line))
            if name not in found and any(map(erased.name, texts)):
                found.add(name)
    return sorted(found)


def _strings(line: str) -> Iterator[str]:
    return (str(json.loads(text)) for text in STRING.findall(line))


def _key(folder: Path) -> bytes:
    path = folder / "key"
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(path.read_text())
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
    return bytes.fromhex(path.read_text())
