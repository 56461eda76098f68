"""Changes single values in the text of a bot.toml: comments, order and everything else stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Item

from chatwright.core.errors import SpecError

WIDTH = 100  # characters of a list above which each entry has a line of its own

# {table: {key: value}}; None: the key goes, and its default counts.
Changes = Mapping[str, Mapping[str, Any]]


def edited(text: str, changes: Changes) -> str:
    """`text` with other values. A value that stands there already leaves its line untouched.

    Raises `SpecError` where `text` is no TOML.
    """
    try:
        document = tomlkit.parse(text.rstrip("\n") + "\n")
    except TOMLKitError as error:
        raise SpecError(f"bot.toml is not valid TOML: {error}.", "Correct it as text.") from None
    for name, values in changes.items():
        table = document.get(name)
        if table is None:
            values = {key: value for key, value in values.items() if value is not None}
            if values:
                _append(document, name, values)
            continue
        if not isinstance(table, AbstractTable):
            raise SpecError(f"[{name}] is no table in bot.toml.", "Correct it as text.")
        for key, value in values.items():
            _put(table, key, value)
    return _apart(tomlkit.dumps(document))


def _append(document: tomlkit.TOMLDocument, name: str, values: Mapping[str, Any]) -> None:
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, _item(value))
    document.add(tomlkit.nl())
    document.add(name, table)


def _put(table: AbstractTable, key: str, value: Any) -> None:
    known = table.get(key)
    if value is None:
        if known is not None:
            del table[key]
        return
    if known is not None and _plain(known) == _plain(value):
        return
    item = _item(value)
    if isinstance(known, Item):
        item.trivia.comment_ws, item.trivia.comment = (
            known.trivia.comment_ws,
            known.trivia.comment,
        )
        table[key] = item
        return
    # Behind the last key and before the blank lines that part tables.
    last = [name for name, inner in table.items() if not isinstance(inner, AbstractTable)]
    if last:
        table.value._insert_after(last[-1], key, item)
    else:
        table.add(key, item)


def _item(value: Any) -> Item:
    if isinstance(value, str):
        multiline = "\n" in value and "'''" not in value and not value.startswith("\n")
        return tomlkit.string(value, multiline=multiline)
    if isinstance(value, Sequence):
        array = tomlkit.array()
        array.extend(value)
        array.multiline(len(array.as_string()) > WIDTH)
        return array
    made: Item = tomlkit.item(value)
    return made


def _plain(value: Any) -> Any:
    found = value.unwrap() if isinstance(value, Item) else value
    return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else found


def _apart(text: str) -> str:
    """A table that was added has a blank line before it, and the file ends with a line's end."""
    return re.sub(r"\n{4,}", "\n\n\n", text).rstrip("\n") + "\n"
