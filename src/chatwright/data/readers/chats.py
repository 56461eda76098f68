"""Chats between several people: what they share. Who the bot speaks as, and where one talk ends.

A reader turns its file into threads of `Said`; this makes conversations of them. Merging neighbours
and trimming the end is not done here: that is cleaning (`clean.turns`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.source import Asked, NeedsMe, Source

MAX_TURNS = 1000  # of one conversation: bounds memory, far above any talk without a silence
NO_TEXT = "no text (a picture, file or the like)"
SYSTEM = "a system message"
BOT = "written by another bot"
DELETED = "a deleted message"


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `time` is ISO 8601; `also` are the speaker's ids and other names."""

    speaker: str
    text: str
    time: str | None = None
    id: str | None = None
    also: tuple[str, ...] = ()
    position: int | None = None
    threaded: bool = False  # in a thread: no silence ends it


Thread = Iterable[Said | Reject]


def read_chats(
    source: Source, asked: Asked, threads: Callable[[], Iterable[Thread]]
) -> Iterator[Conversation | Reject]:
    """The conversations of all `threads()`, which is called twice when there is somebody to ask for.

    Raises `NeedsMe` when nobody said whom the bot speaks as, or nobody there has that name.
    """
    speakers: Counter[str] = Counter()

    def counted(thread: Thread) -> Iterator[Said | Reject]:
        for row in thread:
            if isinstance(row, Said):
                speakers[row.speaker] += 1
            yield row

    present = False
    if asked.me:
        for number, thread in enumerate(threads()):
            for row in conversations(counted(thread), source, asked, number):
                present = present or (isinstance(row, Conversation) and _answers(row))
                yield row
    else:
        speakers.update(r.speaker for thread in threads() for r in thread if isinstance(r, Said))
    if speakers and not present:
        raise NeedsMe(source.path, speakers.most_common())
    if not asked.me:  # nobody says anything: what there is are rejects
        for number, thread in enumerate(threads()):
            yield from conversations(thread, source, asked, number)


def conversations(
    said: Thread, source: Source, asked: Asked, number: int = 0
) -> Iterator[Conversation | Reject]:
    """Thread `number` of a file, cut at silences above `asked.gap_hours`.

    The pieces of one that is cut are called by its first id, `#` and their own: the split keeps them
    together.
    """
    me = _folded(asked.me)
    talk: list[Said] = []
    name, pieces = "", 0
    for row in said:
        if isinstance(row, Reject):
            yield row
            continue
        name = name or row.id or f"{source.name}:{number}"
        late = not row.threaded and talk and _hours(talk[-1], row) > asked.gap_hours
        if late or len(talk) == MAX_TURNS:
            yield _conversation(talk, me, source, f"{name}#{talk[0].id or pieces}")
            talk, pieces = [], pieces + 1
        talk.append(row)
    if talk:
        cut = f"{name}#{talk[0].id or pieces}"
        yield _conversation(talk, me, source, cut if pieces else talk[0].id)


def is_me(asked: Asked, *known_as: object) -> bool:
    """Whether the bot speaks as somebody with one of these names or ids."""
    return not _folded(asked.me).isdisjoint(_folded(known_as))


def oldest_first(rows: Thread) -> Thread:
    """As they are, or turned round where the file has the newest message first."""
    rows, kept, first = iter(rows), list[Said | Reject](), ""
    for row in rows:
        kept.append(row)
        if not isinstance(row, Said) or not row.time:
            continue
        first = first or row.time
        if row.time < first:
            return reversed([*kept, *rows])
        if row.time > first:
            return chain(kept, rows)
    return kept


def utc(seconds: float) -> str | None:
    """Seconds since 1970 as ISO 8601; None for what no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _folded(values: Iterable[object]) -> frozenset[str]:
    return frozenset(str(value).strip().casefold() for value in values if value)


def _answers(conversation: Conversation) -> bool:
    return any(message.role == "assistant" for message in conversation.messages)


def _conversation(
    talk: list[Said], me: frozenset[str], source: Source, name: str | None
) -> Conversation:
    mine = [not me.isdisjoint(_folded((one.speaker, *one.also))) for one in talk]
    said = tuple(
        Message("assistant" if my else "user", one.text) for my, one in zip(mine, talk, strict=True)
    )
    first = talk[0]
    return Conversation(said, provenance=source.at(first.position or 0, name, first.time))


def _hours(before: Said, after: Said) -> float:
    """The silence between two messages; 0 where a time is missing or no time."""
    try:
        times = [datetime.fromisoformat(one.time or "") for one in (before, after)]
    except ValueError:
        return 0.0
    first, second = (t if t.tzinfo else t.replace(tzinfo=UTC) for t in times)
    return (second - first).total_seconds() / 3600
