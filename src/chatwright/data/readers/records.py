"""JSON records, one per line, as one array or inside one object: the shared ground of the JSON formats.

Arrays and objects are streamed; memory is bounded by one record.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import ijson

from chatwright.core.types import Conversation, Message, Reject, Role
from chatwright.data.readers.objects import ENDS, STARTS, TooMuch, values
from chatwright.data.readers.source import BROKEN, Asked, Reader, Source
from chatwright.data.tables import Tables

ROLES: tuple[Role, ...] = ("system", "user", "assistant", "tool")
_TABLES = Tables(Path(__file__).with_suffix(".toml"))
ROLE_NAMES = {name: role for role in ROLES for name in _TABLES.words(role)}
SNIFF_RECORD = 1 << 20  # bytes of the first record that are looked at

Converted = Conversation | Iterable[Conversation | Reject]


class BadRow(Exception):
    """A row that cannot become a conversation; the text is the reason."""


def first_record(source: Source) -> dict[str, Any] | None:
    """The first JSON object of the file, for sniffing; None when it does not start as JSON.

    Of an object above 1 MiB the keys that begin within it, without values.
    """
    about = source.path.stat()
    return _first(source, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=4)  # every JSON format asks
def _first(source: Source, size: int, changed: int) -> dict[str, Any] | None:
    if not source.head(64).lstrip().startswith(("{", "[")):
        return None
    head = source.head(SNIFF_RECORD).lstrip()
    body = head.removeprefix("[").lstrip()
    if not body.startswith("{"):
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(body)
    except (ValueError, RecursionError):
        return dict.fromkeys(_keys(body))
    return value if isinstance(value, dict) else None


def _keys(head: str) -> list[str]:
    """The keys of an object of which only the beginning is there."""
    found: list[str] = []
    depth = 0
    try:
        for event, value in ijson.basic_parse(io.BytesIO(head.encode(errors="replace"))):
            depth += (event in STARTS) - (event in ENDS)
            if depth == 1 and event == "map_key":
                found.append(value)
    except ijson.JSONError:
        pass  # the head ends within the record, which is why this was called
    return found


# Of drafts (`knowledge questions`), which are learned when somebody has accepted them.
DRAFTS = {
    "False": "a draft that nobody has reviewed",
    "rejected": "a draft that was rejected",
}


def record_reader(
    name: str,
    fits: Callable[[Mapping[str, Any]], bool],
    convert: Callable[[dict[str, Any], Source, int], Converted],
) -> Reader:
    """The reader of a format of which every record is converted by itself."""

    def sniff(source: Source) -> bool:
        record = first_record(source)
        return record is not None and fits(record)

    def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
        return read_records(source, convert)

    return Reader(name, sniff, read)


def read_records(
    source: Source,
    convert: Callable[[dict[str, Any], Source, int], Converted],
    within: str | None = None,
) -> Iterator[Conversation | Reject]:
    """Each record through `convert`; what fails becomes a `Reject` with the reason.

    `within` names the list that holds the records where the file is one object, or several.
    """
    for position, value in records(source, within):
        if isinstance(value, Reject):
            yield value
            continue
        try:
            if not isinstance(value, dict):
                raise BadRow("not a JSON object")
            if (why := DRAFTS.get(str(value.get("reviewed")))) and "messages" in value:
                raise BadRow(why)
            done = convert(value, source, position)
            yield from [done] if isinstance(done, Conversation) else done
        except BadRow as bad:
            yield source.reject(str(bad), position, excerpt(value))


def excerpt(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str)[:200]
    except (ValueError, RecursionError):
        return ""


def records(source: Source, within: str | None = None) -> Iterator[tuple[int, Any]]:
    """(position, value): a line's number, or the place in an array; a `Reject` for what is broken."""
    head = source.head().lstrip()
    if within or head.startswith("["):
        return _streamed(source, f"{within}.item" if within else "item")
    if head.split("\n", 1)[0].strip() == "{":  # a record over several lines
        return _streamed(source, "")
    return _lines(source)


def _lines(source: Source) -> Iterator[tuple[int, Any]]:
    for line in source.lines():
        if line.problem:
            yield line.number, source.reject(line.problem, line.number, line.text)
        elif line.text.strip():
            try:
                yield line.number, json.loads(line.text)
            except (ValueError, RecursionError):
                yield line.number, source.reject("not valid JSON", line.number, line.text)


def _streamed(source: Source, wanted: str) -> Iterator[tuple[int, Any]]:
    position = -1
    try:
        with source.text() as file:
            for position, value in enumerate(values(file, wanted, several=True)):
                yield position, value
    except (
        ijson.JSONError,
        ValueError,
    ) as error:  # what comes behind cannot be told apart any more
        reason = str(error) if isinstance(error, TooMuch) else "not valid JSON from here on"
        yield position + 1, source.reject(reason, position + 1)
    except BROKEN as error:
        raise source.unreadable(error) from error


def role(name: object) -> Role:
    try:
        return ROLE_NAMES[str(name).strip().lower()]
    except KeyError:
        raise BadRow(f"unknown role {str(name)[:40]!r}") from None


def text(value: object) -> str:
    """The text of a message: a string, or OpenAI's list of `{type: text, text}` parts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [part.get("text") for part in value if isinstance(part, dict)]
        if parts and all(isinstance(part, str) for part in parts):
            return "".join(str(part) for part in parts)
    if value is None:
        return ""
    raise BadRow("a message's content is not text")


def message(role_name: object, content: object, refused: object = False) -> Message:
    return Message(role(role_name), text(content), refused is True)


def turns(value: object, default: Role) -> list[Message]:
    """One text, said by `default`; or a message or a list of them, in OpenAI's or ShareGPT's shape."""
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list) and value and all(isinstance(turn, dict) for turn in value):
        if all("type" in turn and not {"role", "from"} & turn.keys() for turn in value):
            return [Message(default, text(value))]  # OpenAI's parts of one text
        return [
            message(
                t.get("role", t.get("from")), t.get("content", t.get("value")), t.get("refused")
            )
            for t in value
        ]
    said = text(value)
    return [Message(default, said)] if said.strip() else []


def history(value: object) -> list[Message]:
    """Earlier turns: Alpaca's list of [question, answer], messages, or JSON of either."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise BadRow("the history is not valid JSON") from None
    if value is None or value in ("", []):
        return []
    if isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        return [
            m for ask, reply in value for m in (*turns(ask, "user"), *turns(reply, "assistant"))
        ]
    if isinstance(value, list) and all(isinstance(turn, dict) for turn in value):
        return turns(value, "user")
    raise BadRow("the history is no list of questions and answers")


def shared(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many items both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def moment(value: object) -> str | None:
    """ISO 8601 of a time in ISO form, or in seconds or milliseconds since 1970; else None."""
    said = str(value).strip()
    try:
        if said.replace(".", "", 1).isdigit() and len(said.split(".")[0]) >= 9:
            seconds = float(said)
            return datetime.fromtimestamp(
                seconds / (1000 if seconds > 1e11 else 1), UTC
            ).isoformat()
        return datetime.fromisoformat(said).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
