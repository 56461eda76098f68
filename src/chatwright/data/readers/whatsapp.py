"""WhatsApp's exported chat, `.txt` or the `.zip` around it, in the spellings of its many locales.

    [14/10/2021, 3:34:09 PM] Name: text        iOS, marks of direction before "[" and after ": "
    14.10.21, 15:34 - Name: text               Android; system lines have no "Name: "

Which number is the day is decided once for the whole file. What the phone wrote by itself (media left
out, deleted messages, calls, changes of the group) is left out with a reason. Sources: the issues of
whatsapp-chat-parser, open-chat-studio, timelinize and others, which collect real spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.archive import parts
from chatwright.data.readers.chats import DELETED, NO_TEXT, SYSTEM, Said, Thread, read_chats
from chatwright.data.readers.source import Asked, Reader, Source
from chatwright.data.tables import Tables

PHRASES = Tables(Path(__file__).with_suffix(".toml"))
LEFT_OUT, MEDIA, EDITED = map(PHRASES.text, ("LEFT_OUT", "MEDIA", "EDITED"))
DELETIONS = frozenset(map(str.casefold, PHRASES.phrases("DELETIONS")))
HALF_DAYS = dict.fromkeys(PHRASES.phrases("MORNING"), 0)  # -> hours to add
HALF_DAYS |= dict.fromkeys(PHRASES.phrases("AFTERNOON"), 12)
MAX_TEXT = 1 << 20  # characters of one message
HEAD = 250  # characters that time and name may take together
FIRST = 2009  # WhatsApp's first year: no message is older
MARK = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # of direction
SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
HALF = "|".join(r"[.\s]{0,2}".join(word) + r"\.?" for word in sorted(HALF_DAYS, key=len)[::-1])
STAMP = re.compile(
    r"(?P<bracket>\[?)(?P<a>\d{1,4})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})\s?[./-]\s?(?P<c>\d{1,4})\.?"
    r"(?:[,،]\s?|\s)(?:(?:à|um|klo|kl\.|om|at)\s)?"
    rf"(?:(?P<before>{HALF})\s?)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    rf"(?:\s?(?P<after>{HALF}))?(?P<end>\]\s?|\s[-\u2013]\s|:\s)",
    re.IGNORECASE,
)
# A line of the phone about the chat has no name, but may have a colon in a quote, a link or a time.
NAME = re.compile(r'(?:~\s*)?([^:\n"“”„«»<>]{1,80}?)\s?:(?!//|\d\d\b)\s?')
ATTACHED = re.compile(
    r"(?:^[^\n]{1,200} • [^\n]{0,60})?"  # iOS: a.pdf • 3 pages <attached: a.pdf>
    r"<[^<>:\n]{3,30}[:\uff1a][^<>\n]{1,200}\.\w{2,5}>"
    r"|^[^\n]{1,120}\.[A-Za-z0-9]{2,5} \([^()\n]{4,40}\)(?=\n|$)"  # Android: a.jpg (file attached)
)
OMITTED = re.compile(
    rf"<[^<>\n]{{0,60}}(?:{LEFT_OUT})[^<>\n]{{0,60}}>|(?:{MEDIA})\s?(?:{LEFT_OUT})\.?",
    re.IGNORECASE,
)
EDIT = re.compile(rf"<[^<>\n]{{0,60}}(?:{EDITED})[^<>\n]{{0,60}}>$", re.IGNORECASE)
# Where year, month and day stand.
ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a message: `style` is "]", "-" or ":"; `rest` is what follows, as it stands."""

    style: str
    date: tuple[int, int, int]
    dotted: bool
    clock: time
    rest: str


@dataclass(slots=True)
class Entry:
    """A message while its lines are being read."""

    position: int
    time: str
    speaker: str
    lines: list[str]
    by_phone: bool  # iOS marks what it wrote itself
    size: int = 0


@dataclass(slots=True)
class Dates:
    """What the dates of a file say about their own order."""

    wrong: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    back: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDERS, 0))
    last: dict[str, date] = field(default_factory=dict)
    dotted: bool = False
    example: str = ""

    def see(self, head: Head) -> None:
        days = {order: _day(head.date, order) for order in ORDERS}
        for order, day in days.items():
            self.wrong[order] += day is None
            if day is not None:
                self.back[order] += day < self.last.get(order, day)
                self.last[order] = day
        self.dotted = self.dotted or head.dotted
        if days["dmy"] != days["mdy"] and not self.example:
            self.example = "/".join(map(str, head.date))

    def order(self, source: Source, asked: str) -> str:
        """By dates that do not exist, then by what the user said, then by steps back in time."""
        fit = [order for order in ORDERS if self.wrong[order] == min(self.wrong.values())]
        # Years of two digits stand last, and months before days only with slashes, says CLDR.
        for unlikely, applies in (("ymd", True), ("mdy", self.dotted)):
            if applies and unlikely in fit and len(fit) > 1 and asked != unlikely:
                fit.remove(unlikely)
        if asked in fit:
            return asked
        fit = [order for order in fit if self.back[order] == min(self.back[o] for o in fit)]
        if len(fit) > 1 and self.example:
            raise DataError(
                f"{source.path}: it is not clear whether {self.example} is day/month or month/day.",
                "Run again with --date-order dmy or --date-order mdy.",
            )
        return fit[0]


def sniff(source: Source) -> bool:
    return bool(_chats(source))


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    return read_chats(source, asked, lambda: _threads(source, asked))


def _chats(source: Source) -> list[Source]:
    return [part for part in parts(source, ".txt") if _begins(part)]


def _begins(source: Source) -> bool:
    first = next((line for line in source.head().splitlines() if line.strip()), "")
    return _head(first) is not None


def _threads(source: Source, asked: Asked) -> Iterator[Thread]:
    for part in _chats(source) or parts(source, ".txt"):
        style, order = _form(part, asked)
        yield _messages(part, style, order)


def _head(line: str) -> Head | None:
    found = STAMP.match(_plain(line))
    if found is None or bool(found["bracket"]) != found["end"].startswith("]"):
        return None
    hour, half = int(found["hour"]), found["before"] or found["after"]
    if half and hour <= 12:
        hour = hour % 12 + HALF_DAYS[re.sub(r"[.\s]", "", half).casefold()]
    try:
        clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    dotted = found["sep"].strip() != "/"
    return Head(found["end"].strip(), numbers, dotted, clock, _after(line, found.end()))


def _plain(line: str) -> str:
    """The beginning of a line, without marks and with plain spaces."""
    top = line[:HEAD]
    return top if top.isascii() else MARK.sub("", SPACE.sub(" ", top))


def _after(line: str, kept: int) -> str:
    """What follows the first `kept` characters of `line` that are no marks."""
    if not MARK.search(line, 0, kept):
        return line[kept:]
    for index, character in enumerate(line):
        if not kept:
            return line[index:]
        kept -= MARK.match(character) is None
    return ""


def _day(numbers: tuple[int, int, int], order: str) -> date | None:
    year, month, day = (numbers[place] for place in ORDERS[order])
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if found.year >= FIRST else None


def _form(source: Source, asked: Asked) -> tuple[str, str]:
    """(style, order of the date) of the whole file. Raises `DataError` when the order is unclear."""
    style, dates = "", Dates()
    for line in source.lines():
        head = _head(line.text)
        if head and head.style == (style or head.style):
            style = head.style
            dates.see(head)
    return style, dates.order(source, asked.date_order)


def _messages(source: Source, style: str, order: str) -> Iterator[Said | Reject]:
    entry: Entry | None = None
    for line in source.lines():
        if line.problem:
            yield source.reject(line.problem, line.number, line.text)
            continue
        head = _head(line.text)
        day = _day(head.date, order) if head and head.style == style else None
        if head and day:
            if entry:
                yield _row(entry, source)
            entry = _entry(line.number, head, day)
        elif entry is None:
            if line.text.strip():
                yield source.reject("text before the first message", line.number, line.text)
        else:
            entry.size += len(line.text) + 1
            if entry.size <= MAX_TEXT:
                entry.lines.append(line.text)
    if entry:
        yield _row(entry, source)


def _entry(position: int, head: Head, day: date) -> Entry:
    when = datetime.combine(day, head.clock).isoformat()
    rest = head.rest
    name = NAME.match(_plain(rest))
    if name is None:
        return Entry(position, when, "", [rest], by_phone=True)
    text = _after(rest, name.end())
    return Entry(position, when, name[1].strip(), [text], text.startswith("\u200e"), len(text))


def _row(entry: Entry, source: Source) -> Said | Reject:
    text = EDIT.sub("", MARK.sub("", "\n".join(entry.lines)).strip()).rstrip()
    own = ATTACHED.sub("", text).strip()
    reason = ""
    if entry.size > MAX_TEXT:
        reason = f"a message longer than {MAX_TEXT:,} characters"
    elif not entry.speaker:
        reason = SYSTEM
    elif text.strip("<>.。 ").casefold() in DELETIONS:
        reason = DELETED
    elif not own or OMITTED.fullmatch(own):
        reason = NO_TEXT
    elif entry.by_phone and own == text:
        reason = SYSTEM
    if reason:
        return source.reject(reason, entry.position, text)
    return Said(entry.speaker, own, entry.time, position=entry.position)


READER = Reader("whatsapp", sniff, read)
