"""Reads `bot.toml`. Each mistake becomes one sentence that names the key and what would be right."""

from __future__ import annotations

import difflib
import tomllib
import types
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chatwright.core.errors import SpecError
from chatwright.spec.spec import Spec

FILE = "bot.toml"


def load_spec(folder: Path, overrides: dict[str, dict[str, Any]] | None = None) -> Spec:
    """The spec of the bot in `folder`; `overrides` are `{table: {key: value}}` from the command line.

    Raises `SpecError` with one sentence and a next step.
    """
    path = folder / FILE
    values = _read(path)
    for table, keys in (overrides or {}).items():
        if isinstance(values.setdefault(table, {}), dict):  # what else it is, is told below
            values[table] = {**values[table], **keys}
    if "folder" in values:
        raise SpecError(f'{path}: unknown table "folder".', "Remove it.")
    try:
        return Spec(folder=folder.resolve(), **values)
    except ValidationError as error:
        raise SpecError(f"{path}: {_first(error)}", f"Correct {FILE} and run again.") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SpecError(
            f"There is no {FILE} in {path.parent}.",
            f"Make a bot with `chatwright init {path.parent}`, or name the folder of one.",
        ) from None
    except (NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise SpecError(
            f"{path} cannot be read ({error.strerror}).", "Name a bot folder."
        ) from None
    except UnicodeDecodeError as error:
        raise SpecError(
            f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8 and run again."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SpecError(
            f"{path} is not valid TOML: {error}.", "Correct that line and run again."
        ) from None


def _first(error: ValidationError) -> str:
    """The first mistake, in words; unknown keys come first."""
    mistakes = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    return in_words(mistakes[0])


def in_words(mistake: ErrorDetails) -> str:
    """One mistake as a sentence. Unknown keys get the nearest known one."""
    if not mistake["loc"]:  # about several tables together
        return mistake["msg"].removeprefix("Value error, ") + "."
    *parents, key = [str(part) for part in mistake["loc"]]
    where = ".".join([*parents, key])
    if mistake["type"] == "extra_forbidden":
        known = _keys(parents)
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
        hint = f'did you mean "{near[0]}"?' if near else f"known keys: {', '.join(known)}."
        return f'unknown key "{where}"; {hint}'
    if mistake["type"] == "missing":
        return f'"{where}" is missing.'
    message = mistake["msg"].removeprefix("Value error, ")
    return f'"{where}" is wrong: {message[0].lower()}{message[1:]} (got {mistake["input"]!r:.80}).'


def _keys(parents: list[str]) -> list[str]:
    """The keys that may stand at the place `parents` in bot.toml."""
    model: type[BaseModel] = Spec
    named = False
    for parent in parents:
        if parent.isdecimal() or named:  # which one of a list, or of tables that the owner names
            named = False
            continue
        if parent not in model.model_fields:
            return []
        kind = model.model_fields[parent].annotation
        named = get_origin(kind) is dict
        many = named or _union(kind) or get_origin(kind) is tuple
        inner = [k for k in get_args(kind) if isinstance(k, type)] if many else [kind]
        if not inner or not (isinstance(inner[-1], type) and issubclass(inner[-1], BaseModel)):
            return []
        model = inner[-1]
    return [name for name in model.model_fields if name != "folder"]


def _union(kind: object) -> bool:
    return isinstance(kind, types.UnionType)
