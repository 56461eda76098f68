"""What only the text of a dataset tells, from a sample of its rows: lengths, languages, answers, topics.

`look_at` reads the dataset's files twice, line by line, and keeps `ROWS` rows spread evenly over them.
The result is a plain table that `report` shows; every part of it may be missing there.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from chatwright.core.figures import Values
from chatwright.core.types import Conversation, Message
from chatwright.data import topics
from chatwright.data.languages import language_of
from chatwright.spec import Spec

ROWS = 3_000
LANGUAGE_ROWS = 500
LANGUAGE_SURE, LANGUAGE_LETTERS = 0.8, 20
SPLITS = ("train", "dev", "test")
CHARS = (20, 40, 80, 160, 320, 640, 1280, 2560, 5120)  # upper ends of the bins
EXCHANGES = (1, 2, 3, 4, 6, 8, 12, 20)
CHARS_PER_TOKEN = 3.5  # of the vocabularies that we train; "too long" is an estimate
SHOWN, LONGEST = 3, 220  # examples, and characters of one
MOST = 0.9  # of the answers, for how few sentences make up most of them
REJECTS = 3  # examples a reason


def look_at(folder: Path, spec: Spec) -> Values:
    """The sampled part of a report on the dataset in `folder`."""
    rows, total = spread([folder / f"{name}.jsonl" for name in SPLITS], ROWS)
    talks = [_conversation(row) for row in rows]
    if not talks:
        return {"rows": 0, "of": 0}
    return {
        "rows": len(talks),
        "of": total,
        **_shape(talks, spec.model.context),
        "answers": _answers(talks),
        "languages": _languages(talks),
        **_topics(talks, spec.scope.topics),
    }


def spread(files: Sequence[Path], most: int) -> tuple[list[Any], int]:
    """At most `most` of the lines of `files` as JSON, evenly spread, and how many lines there are."""
    total = sum(1 for _ in _lines(files))
    step = max(1, -(-total // most))
    chosen = (line for at, line in enumerate(_lines(files)) if at % step == 0)
    return [json.loads(line) for line in chosen], total


def _lines(files: Sequence[Path]) -> Iterator[bytes]:
    for path in files:
        if path.exists():
            with path.open("rb") as file:
                yield from file


def rejects(folder: Path) -> dict[str, list[str]]:
    """{reason: where and how its first rows begin}; the whole file is read, little of it kept."""
    found: dict[str, list[str]] = {}
    for line in _lines([folder / "rejected.jsonl"]):
        row = json.loads(line)
        shown = found.setdefault(str(row["reason"]), [])
        if len(shown) < REJECTS:
            origin = row.get("provenance") or {}
            where = f"{origin.get('source', '')} row {origin.get('position', '')}"
            shown.append(f"{where}: {' '.join(str(row.get('excerpt', '')).split())[:LONGEST]}")
    return found


def _conversation(row: Mapping[str, Any]) -> Conversation:
    said = (Message(m["role"], m["content"], bool(m.get("refused"))) for m in row["messages"])
    return Conversation(tuple(said), str(row.get("id", "")))


def _said(talk: Conversation, role: str) -> list[str]:
    return [message.content for message in talk.messages if message.role == role]


def _shape(talks: Sequence[Conversation], context: int) -> Values:
    users = [len(text) for talk in talks for text in _said(talk, "user")]
    replies = [len(text) for talk in talks for text in _said(talk, "assistant")]
    exchanges = [len(_said(talk, "assistant")) for talk in talks]
    chars = [sum(len(m.content) for m in talk.messages) for talk in talks]
    return {
        "users": {"median": median(users or [0]), "bins": _bins(users, CHARS)},
        "replies": {"median": median(replies), "bins": _bins(replies, CHARS)},
        "exchanges": {"median": median(exchanges), "bins": _bins(exchanges, EXCHANGES)},
        "single": sum(n == 1 for n in exchanges),
        "refused": sum(any(m.refused for m in talk.messages) for talk in talks),
        "too_long": sum(n > CHARS_PER_TOKEN * context for n in chars),
        "context": context,
    }


def _bins(sizes: Sequence[int], ends: Sequence[int]) -> list[list[Any]]:
    """[[label, count]], from the first bin to the last that holds anything."""
    counts = Counter(bisect_left(ends, size) for size in sizes)
    labels = []
    for at, end in enumerate([*ends, None]):
        start = ends[at - 1] + 1 if at else min(1, ends[0])
        label = f"{start}+" if end is None else str(end) if start == end else f"{start}-{end}"
        labels.append(label)
    return [[labels[at], counts[at]] for at in range(max(counts, default=0) + 1)]


def _answers(talks: Sequence[Conversation]) -> Values:
    """How many different answers there are, and how few make up most of what is said."""
    often, spelled = Counter[str](), dict[str, str]()
    for talk in talks:
        for text in _said(talk, "assistant"):
            key = " ".join(text.casefold().split())
            often[key] += 1
            spelled.setdefault(key, text)
    total, covered, few = often.total(), 0, 0
    for _, n in often.most_common():
        if covered >= MOST * total:
            break
        covered, few = covered + n, few + 1
    most = [[spelled[key][:LONGEST], n] for key, n in often.most_common(5) if n > 1]
    return {"n": total, "distinct": len(often), "few": few, "most": most}


def _languages(talks: Sequence[Conversation]) -> Values:
    """{language: conversations}; "" are those too short or too mixed to say."""
    some = talks[:: max(1, -(-len(talks) // LANGUAGE_ROWS))]
    counts = Counter[str]()
    for talk in some:
        text = "\n".join(m.content for m in talk.messages)
        code, sure = language_of(text, LANGUAGE_LETTERS)
        counts[code if sure >= LANGUAGE_SURE else ""] += 1
    return {"n": len(some), "by_code": dict(counts.most_common())}


def _topics(talks: Sequence[Conversation], scope: Sequence[str]) -> Values:
    """Groups of questions, and the topics of the scope with the rows that are about them."""
    asked = [" ".join(_said(talk, "user"))[:600] for talk in talks]
    texts = [dict.fromkeys(topics.words(text), 1.0) for text in asked]
    whole = [
        dict.fromkeys(topics.words(" ".join(_said(talk, "assistant"))[:400]), 0.5) | text
        for talk, text in zip(talks, texts, strict=True)
    ]
    space = topics.space(whole, topics.words(" ".join(scope)))
    matrix = space.rows(whole)
    k = min(24, max(2, len(scope), round((len(talks) / 6) ** 0.5)), max(1, len(talks) // 8))
    own = topics.groups(matrix, k)
    declined = np.array([any(m.refused for m in talk.messages) for talk in talks])
    wanted = space.rows([dict.fromkeys(topics.words(topic), 1.0) for topic in scope])
    about, likeness = topics.scope(matrix, wanted)
    often = Counter(word for text in texts for word in text)
    found: list[Values] = []
    for group in range(own.max() + 1):
        inside = np.flatnonzero(own == group)
        if not len(inside):
            continue
        centre = matrix[inside].sum(axis=0)
        nearest = inside[np.argsort(-(matrix[inside] @ centre), kind="stable")]
        covered = about[inside[~declined[inside]]] >= 0
        found.append(
            {
                "name": topics.name([texts[row] for row in inside], often, len(texts)),
                "rows": len(inside),
                "declined": int(declined[inside].sum()),
                "in_scope": int(covered.sum()),
                "examples": _examples(asked, nearest),
            }
        )
    found.sort(key=lambda group: -int(group["rows"]))
    return {
        "groups": found,
        "ungrouped": int((own < 0).sum()),
        "scope": [
            {
                "topic": topic,
                "rows": int(((about == at) & ~declined).sum()),
                "examples": _examples(
                    asked,
                    (r for r in np.argsort(-likeness[:, at], kind="stable") if about[r] == at),
                ),
            }
            for at, topic in enumerate(scope)
        ],
        "outside": int(((about < 0) & ~declined).sum()) if scope else 0,
    }


def _examples(asked: Sequence[str], rows: Any) -> list[str]:
    """The first few different ones, in the order given."""
    shown: list[str] = []
    for row in rows:
        text = " ".join(asked[row].split())[:LONGEST]
        if text and text not in shown:
            shown.append(text)
        if len(shown) == SHOWN:
            break
    return shown
