"""A conversation as Markdown, to be read by people: one path, who said what, sources at the end of each answer.

Only a rendering: what can be imported again is the JSON of `chat_types.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatwright.spec.spec import Identity
from chatwright.store.attachments import AttachedLine
from chatwright.store.records import ConversationRecord, MessageRecord


def markdown(
    record: ConversationRecord,
    messages: Sequence[MessageRecord],
    attached: Mapping[str, Sequence[AttachedLine]],
    bot: Identity,
    last: str = "",
) -> str:
    """The path that ends with the message `last`; empty: with the newest one."""
    title = _line(record.title) or "Conversation"
    parts = [f"# {title}", f"{_line(bot.title or bot.name)}, {record.created_at[:10]}"]
    if bot.disclosure:
        parts.append(f"*{_line(bot.disclosure)}*")
    for one in _path(messages, last):
        who = "You" if one.role == "user" else _line(bot.assistant)
        parts.append(f"## {who}")
        if one.content:
            parts.append(one.content)
        files = [f"- Attached: {_line(line.name)}" for line in attached.get(one.id, ())]
        sources = [f"- {_source(source)}" for source in one.sources]
        if files or sources:
            parts.append("\n".join([*files, *sources]))
    return "\n\n".join(parts) + "\n"


def _path(messages: Sequence[MessageRecord], last: str) -> list[MessageRecord]:
    tree = {one.id: one for one in messages}
    at = tree.get(last) or (messages[-1] if messages else None)
    path: list[MessageRecord] = []
    while at is not None:
        path.append(at)
        at = tree.get(at.parent_id or "")
    return path[::-1]


def _source(source: Mapping[str, str]) -> str:
    title, uri = _line(source.get("title", "")), _line(source.get("uri", ""))
    return (
        f"Source: {title} ({uri})" if title and uri and title != uri else f"Source: {title or uri}"
    )


def _line(text: str) -> str:
    return " ".join(text.split())
