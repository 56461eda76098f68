"""Pointers: tokens that stand for a value said earlier, so that a small model need not spell it.

A model of a few million parameters answers "San Jose" with "San Francisco", and a name that it never
saw with anything. Here it writes a token that says "the last place that was named", and the session
puts in which one that was. Which spans are values: `values`. What kind they are of was learned from
their surroundings (`training.kinds`), without labels. Within a kind values are numbered from the last
one named (move to front; Bentley et al. 1986, Elias 1987), so the choice is mostly the same number.

    user  I want to eat in San Jose<|value_10_0|>.
    bot   <|value_3_0|> ... in <|value_10_1|>?        "_0": a value of this kind was just named

The words of a value stay where it is named first, so that the model can write what it cannot point at;
but what was said before a reply, and training never said, is the pointer alone: its words tell the model
nothing. Training hides values in the same way (`Blind`), and lets no reply name a value of a kind of which
one is hidden: there the model learns to point. Not privacy: that is placeholders (`core.placeholders`).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from chatwright.core.errors import ReleaseError
from chatwright.core.files import replace_atomic, write_atomic
from chatwright.tokenizer.values import CLOCK, SIGNS, Values

RANKS = 6  # values of a kind that can be pointed at
MISSING = "…"  # a pointer that stands for nothing: something is missing, and it is seen
TAIL = 100  # characters of a reply in which a value that was just named is looked for
AROUND = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?")
TIME, ORDINAL = re.compile(rf"(?:{CLOCK})", re.I), re.compile(r"\d+(?:st|nd|rd|th)\b", re.I)
FILES = TABLES, NAMES = "pointers.safetensors", "pointers.json"

Place = tuple[int, int]  # kind, rank
Stood = tuple[
    str, int, int, str
]  # text, start and end of a value, and what was said before the text
Table = npt.NDArray[np.float32]


def surroundings(text: str, start: int, end: int, asked: str) -> list[str]:
    """Names of what stands around text[start:end], of its shape, and of the question it may answer."""
    before = [_word(w) for w in AROUND.findall(text[max(0, start - 60) : start])][-3:]
    after = [_word(w) for w in AROUND.findall(text[end : end + 40])][:2]
    found = [f"-{n} {word}" for n, word in enumerate(reversed(before), 1)] or ["-1 ^"]
    found += [f"+{n} {word}" for n, word in enumerate(after, 1)] or ["+1 $"]
    if len(before) > 1:
        found.append(f"-- {before[-2]} {before[-1]}")
    if len(before) < 2:
        found += [f"? {_word(word)}" for word in AROUND.findall(asked)[-8:]]
    return found + 2 * [shape(text[start:end])]


def _word(word: str) -> str:
    return "9" if word[0].isdigit() else word.casefold()


def shape(value: str) -> str:
    """How a value is written: "9:9 pm", or the number of its words."""
    if not any(char.isdigit() for char in value):
        return f"= {min(len(value.split()), 4)}"
    short = re.sub(r"[^\W\d_]{3,}", "w", re.sub(r"\d+", "9", value))
    return f"= {short[:14].casefold()}"


def family(value: str) -> str:
    """What can be told from a value alone; kinds are told apart within a family. A time of day that was
    never said is then no worse known than one that was."""
    if not any(char.isdigit() for char in value):
        return "words"
    if TIME.fullmatch(value):
        return "time"
    if value[0] in SIGNS:
        return "amount"
    if not any(char.isalpha() for char in value):
        return "number"
    return "named" if value[0].isalpha() or ORDINAL.match(value) else "numbered"


@dataclass(frozen=True, slots=True)
class Pointers:
    """`kinds`: kind by value, in small letters; `families` of the kinds; `names`: row by surrounding; log
    probabilities of the kinds given one surrounding [F, K], and of the kinds alone [K]."""

    values: Values
    kinds: dict[str, int]
    families: list[str]
    names: dict[str, int]
    given_FK: Table
    alone_K: Table

    @property
    def count(self) -> int:
        """K."""
        return len(self.alone_K)

    def likely(self, around: list[str]) -> Table:
        """Log probabilities of the kinds, up to a constant [K]: surroundings weigh as if independent,
        damped because they are not."""
        rows = [self.names[name] for name in around if name in self.names]
        scores: Table = self.alone_K + 0.7 * (self.given_FK[rows] - self.alone_K).sum(0)
        return scores

    def kind(self, value: str, around: list[str]) -> int:
        """Of a value whose kind is not known: the likeliest of its family, of all where it has none."""
        scores, own = self.likely(around), family(value)
        mine = [kind for kind, name in enumerate(self.families) if name == own]
        return max(mine or range(self.count), key=scores.__getitem__)

    def session(self, blind: Blind | None = None) -> Session:
        return Session(self, blind)

    def save(self, folder: Path) -> None:
        tables: dict[str, Any] = {"given": self.given_FK.astype(np.float16), "alone": self.alone_K}
        replace_atomic(folder / TABLES, lambda path: save_file(tables, path))
        names = {
            "ordinary": sorted(self.values.ordinary),
            "kinds": self.kinds,
            "families": self.families,
            "surroundings": list(self.names),
        }
        write_atomic(folder / NAMES, json.dumps(names, ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> Pointers | None:
        """Those of a model folder; None where the model has none."""
        if not (folder / NAMES).exists():
            return None
        try:
            tables = load_file(folder / TABLES)
            names: dict[str, Any] = json.loads((folder / NAMES).read_text("utf-8"))
            given, alone = (tables[name].astype(np.float32) for name in ("given", "alone"))
            # Older models have none: kinds are then told by surroundings alone, as they learned them.
            kinds, families = names["kinds"], names.get("families", [""] * len(alone))
            if given.shape != (len(names["surroundings"]), len(alone)) or len(families) != len(
                alone
            ):
                raise ValueError("names and rows differ")
            found = {name: row for row, name in enumerate(names["surroundings"])}
            values = Values(frozenset(names["ordinary"]))
            return cls(values, kinds, families, found, given, alone)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ReleaseError(
                f"The pointers in {folder} cannot be read ({error}).",
                "Restore the folder, or train again.",
            ) from error


@dataclass(frozen=True, slots=True)
class Blind:
    """Hides a share of the values of a conversation, as if training had never seen them; which ones
    follows from `salt`."""

    share: float
    salt: int

    def hides(self, value: str) -> bool:
        return zlib.crc32(f"{self.salt} {value.casefold()}".encode()) < self.share * 2**32


@dataclass(frozen=True, slots=True)
class Pointer:
    """A value in a text: of `kind`, the `rank`-th from the last (0: named here). `spelled`: its words
    stand before the pointer."""

    kind: int
    rank: int
    value: str
    spelled: bool

    @property
    def size(self) -> int:
        """Bytes of text that it stands for."""
        return 0 if self.spelled else len(self.value.encode())

    @property
    def alone(self) -> bool:
        """Whether it stands for a value that nothing before it names."""
        return self.rank == 0 and not self.spelled


@dataclass(slots=True)
class Session:
    """The values of one conversation, as they are named and pointed at."""

    pointers: Pointers
    blind: Blind | None = None
    _hidden: set[int] = field(default_factory=set)  # kinds of values whose words were left out
    _kinds: dict[str, int] = field(default_factory=dict)
    _stood: dict[str, Stood] = field(default_factory=dict)
    _order: dict[int, list[str]] = field(default_factory=dict)
    _asked: str = ""

    def read(self, text: str, *, says: bool = True) -> Iterator[str | Pointer]:
        """A message as texts and pointers, in order; its values are known from here on.

        What the model `says` is spelled, but where it is `blind` and could have pointed instead.
        """
        at = 0
        for start, end in self.pointers.values.find(text):
            pointer = self._note(text, start, end, says)
            yield text[at : end if pointer.spelled else start]
            yield pointer
            at = end
        yield text[at:]
        self._asked = text

    def _note(self, text: str, start: int, end: int, says: bool) -> Pointer:
        value = text[start:end]
        known = self.pointers.kinds.get(value.casefold())
        hides = self.blind is not None and self.blind.hides(value)
        # An unknown word in small letters may be a slip: its letters still tell something.
        word = not any(char.isupper() or char.isdigit() for char in value)
        if (kind := self._kinds.get(value)) is None:
            self._stood[value] = stood = text, start, end, self._asked
            around = surroundings(*stood)
            kind = self.pointers.kind(value, around) if known is None else known
            self._kinds[value] = kind
        order = self._order.setdefault(kind, [])
        rank = order.index(value) + 1 if value in order else 0
        self._to_front(kind, value)
        if 0 < rank <= RANKS:
            return Pointer(kind, rank, value, spelled=False)
        pointing = says and self.blind is not None and kind in self._hidden
        seen = (says or known is not None) and not hides and not pointing
        spelled = seen or word or rank > RANKS
        if not spelled:
            self._hidden.add(kind)
        return Pointer(kind, 0, value, spelled)

    def _likely(self, value: str) -> Table:
        """Of each kind, by where `value` was named: only asked where its kind is not known."""
        return self.pointers.likely(surroundings(*self._stood[value]))

    def _to_front(self, kind: int, value: str) -> None:
        order = self._order.setdefault(kind, [])
        if value in order:
            order.remove(value)
        order.insert(0, value)

    def pointed(self, kind: int, rank: int) -> str:
        """The value that a pointer in a reply stands for; it is then the last one named.

        Where there is no such value, one of its family, the one whose surroundings speak most for `kind`.
        """
        order = self._order.get(kind, [])
        if rank <= len(order):
            value = order[rank - 1]
        else:
            wanted = self.pointers.families[kind]
            others = [v for v in self._kinds if v not in order]
            others = [v for v in others if family(v) == wanted] or others
            if not others:
                return MISSING
            value = max(others, key=lambda v: _share(self._likely(v), kind))
        self._to_front(self._kinds[value], value)
        return value

    def put(self, place: Place, written: str) -> str:
        """The text that a pointer in a reply stands for, after the words `written` before it."""
        kind, rank = place
        if rank:
            return self.pointed(kind, rank)
        self.named(written)
        return ""

    def named(self, written: str) -> None:
        """The reply up to here, `written`, ends with a value that it names for the first time."""
        tail = written[-TAIL:]
        for start, end in self.pointers.values.find(tail):
            if end == len(tail):
                self._note(tail, start, end, says=True)


def _share(likely_K: Table, kind: int) -> float:
    return float(likely_K[kind] - np.logaddexp.reduce(likely_K))
