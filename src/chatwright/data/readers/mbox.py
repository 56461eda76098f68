"""Mail in an mbox file: threads by References and In-Reply-To, else by subject and correspondent.

`me` are the addresses that the bot speaks as ("help@library.example", or "@library.example").
text/plain is preferred, HTML becomes text. Quoted text and signatures stay: cleaning takes them out.
The file is read twice: once for the threads, which keeps a few hundred bytes per mail, then thread
by thread, so that memory does not grow with the mails' texts.
"""

from __future__ import annotations

import email
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.source import (
    BROKEN,
    MAX_LINE,
    Asked,
    NeedsMe,
    Reader,
    Source,
    writable,
)
from chatwright.data.readers.visible import visible_text

# A sentence may begin with "From" too: only with a time and a year is it a border.
BORDER = re.compile(rb"From \S+ [^\r\n]{0,100}\d\d:\d\d[^\r\n]{0,40}\d{4}")
ESCAPED = re.compile(r"^>(>*From )", re.M)
NUMBER = re.compile(r"<[^<>\s]{1,500}>")
REPLY = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|vs|rv|tr|wg|fw|fwd|odp|回复|答复|返信)(?:\[\d+\])?[::]\s*)+", re.I
)
HEADERS = 64 << 10  # bytes of a mail that are looked at for its headers in the first pass


@dataclass(frozen=True, slots=True)
class Head:
    """What the first pass keeps of a mail; `start` and `end` are bytes in the file."""

    number: int
    start: int
    end: int
    id: str
    refers: tuple[str, ...]
    subject: str
    replies: bool
    sender: str
    others: tuple[str, ...]
    time: datetime | None


def sniff(source: Source) -> bool:
    head = source.begins(8192)
    return BORDER.match(head) is not None and re.search(rb"\n[A-Za-z-]+: ", head) is not None


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    me = tuple(address.strip().casefold() for address in asked.me)
    heads: list[Head] = []
    known: set[str] = set()
    for number, start, end in _borders(source):
        head, mail = _head(source, number, start, end)
        if reason := _unwanted(mail, head, known):
            yield Reject(reason, source.at(number, head.id or None), writable(head.subject[:200]))
            continue
        known.add(head.id)
        heads.append(head)
    speakers = Counter(head.sender for head in heads).most_common()
    if speakers and not any(_is(head.sender, me) for head in heads):
        raise NeedsMe(source.path, speakers)
    for thread in _threads(heads, me):
        yield from _conversation(thread, source, me)


def _borders(source: Source) -> Iterator[tuple[int, int, int]]:
    """(number, start, end) of every mail: a "From " line begins one, after an empty line."""
    number, start, at, empty = 0, -1, 0, True
    try:
        with source.open() as file:
            while line := file.readline(MAX_LINE):
                if empty and BORDER.match(line):
                    if start >= 0:
                        yield number, start, at
                        number += 1
                    start = at + len(line)
                at += len(line)
                empty = not line.strip()
    except BROKEN as error:
        raise source.unreadable(error) from error
    if start >= 0:
        yield number, start, at


def _head(source: Source, number: int, start: int, end: int) -> tuple[Head, Mail]:
    mail = email.message_from_bytes(_bytes(source, start, min(end, start + HEADERS)))
    numbers = NUMBER.findall(f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}")
    subject = _decoded(mail.get("Subject"))
    sender = [a for _, a in getaddresses([_decoded(mail.get("From"))])]
    to = getaddresses([_decoded(v) for name in ("To", "Cc") for v in mail.get_all(name, [])])
    own = NUMBER.search(str(mail.get("Message-ID", "")))
    return Head(
        number,
        start,
        end,
        own[0] if own else "",
        tuple(numbers),
        " ".join(REPLY.sub("", subject).casefold().split()),
        REPLY.match(subject) is not None,
        sender[0].casefold() if sender else "",
        tuple(address.casefold() for _, address in to if address),
        _time(mail.get("Date")),
    ), mail


def _unwanted(mail: Mail, head: Head, known: set[str]) -> str:
    if head.id and head.id in known:
        return "a second copy of the same mail"
    if head.end - head.start > MAX_LINE:
        return f"a mail larger than {MAX_LINE >> 20} MiB"
    automatic = str(mail.get("Auto-Submitted", "no")).strip().lower() != "no"
    bulk = str(mail.get("Precedence", "")).strip().lower() in {"bulk", "list", "junk", "auto_reply"}
    return "an automatic mail" if automatic or bulk else "" if head.sender else "no sender"


def _threads(heads: list[Head], me: tuple[str, ...]) -> list[list[Head]]:
    """Mails that refer to each other; a reply that refers to nothing follows its subject."""
    parent = list(range(len(heads)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    named: dict[object, int] = {}
    for place, head in enumerate(heads):
        keys: list[object] = [key for key in (head.id, *head.refers) if key]
        people = {head.sender, *head.others} - {
            a for a in (head.sender, *head.others) if _is(a, me)
        }
        topics = [(head.subject, person) for person in sorted(people) if head.subject]
        if head.replies and not head.refers:
            keys += [topic for topic in topics if topic in named]
        for key in keys:
            parent[root(place)] = root(named.setdefault(key, place))
        named |= dict.fromkeys(topics, place)
    threads: dict[int, list[Head]] = {}
    for place, head in enumerate(heads):
        threads.setdefault(root(place), []).append(head)
    return sorted(threads.values(), key=lambda thread: thread[0].number)


def _conversation(
    thread: list[Head], source: Source, me: tuple[str, ...]
) -> Iterator[Conversation | Reject]:
    if all(head.time for head in thread):
        thread = sorted(thread, key=lambda head: head.time or datetime.min.replace(tzinfo=UTC))
    said = []
    for head in thread:
        text = _text(email.message_from_bytes(_bytes(source, head.start, head.end)))
        if text.strip():
            said.append(Message("assistant" if _is(head.sender, me) else "user", text))
        else:
            yield source.reject("a mail without text", head.number, head.subject)
    first = thread[0]
    began = first.time.isoformat() if first.time else None
    yield Conversation(tuple(said), provenance=source.at(first.number, first.id or None, began))


def _is(address: str, me: tuple[str, ...]) -> bool:
    return any(address == mine or (mine[:1] == "@" and address.endswith(mine)) for mine in me)


def _bytes(source: Source, start: int, end: int) -> bytes:
    try:
        with source.open() as file:
            file.seek(start)
            return file.read(end - start)
    except BROKEN as error:
        raise source.unreadable(error) from error


def _decoded(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (LookupError, ValueError):  # a charset that nobody knows, or bytes that are not in it
        return str(value)


def _time(value: object) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(value))
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(mail: Mail) -> str:
    """The text/plain parts, else the text of the first HTML part; attachments aside."""
    parts = [p for p in mail.walk() if p.get_content_disposition() != "attachment"]
    plain = [_content(p) for p in parts if p.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return ESCAPED.sub(r"\1", "\n".join(plain))
    html = (_content(p) for p in parts if p.get_content_type() == "text/html")
    return visible_text(next(html, ""))


def _content(part: Mail) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", errors="replace")


READER = Reader("mbox", sniff, read)
