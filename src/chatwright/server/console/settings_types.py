"""Bodies of the settings page."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chatwright.server.limits import Text
from chatwright.server.web_types import Asked

# When a change counts. The word "now" is within seconds, "release" with a release that is packed and evaluated
# anew, "next" with the next training, evaluation or improvement, "restart" with the server's next start.
Effect = Literal["now", "release", "next", "restart"]
Kind = Literal["line", "text", "list", "switch", "whole", "number", "choice"]
Scalar = str | bool | int | float
Value = Scalar | list[str]
LONGEST = 200_000  # characters of a bot.toml

Toml = Annotated[Text, Field(max_length=LONGEST)]


class FieldValue(BaseModel):
    """A value of the form. `written`: it stands in the file; else it is the default."""

    table: str
    key: str
    kind: Kind
    choices: list[str]
    least: float | None
    most: float | None
    value: Value
    default: Value | None
    required: bool
    written: bool
    effect: Effect


class MistakeValue(BaseModel):
    """What is wrong with a text. `line` counts from 1; 0: it is about no single line."""

    line: int
    key: str
    message: str


class EffectValue(BaseModel):
    """A key, like "limits.streams", and when its change counts."""

    key: str
    effect: Effect


class SecretValue(BaseModel):
    """An environment variable that bot.toml names; its value is never told."""

    name: str
    set: bool


class SettingsValue(BaseModel):
    """bot.toml as it is. `revision` names this text. `pending` is what is saved and does not count yet."""

    text: str
    revision: str
    fields: list[FieldValue]
    mistakes: list[MistakeValue] = Field(
        description="of a file that somebody broke by hand; then there are no fields"
    )
    pending: list[EffectValue]
    secrets: list[SecretValue]
    path: str


class NewSettings(Asked):
    """Either single values, `{table: {key: value}}` (null: the default), or the whole text."""

    revision: Annotated[Text, Field(max_length=64)]
    changes: dict[str, dict[str, Any]] | None = None
    text: Toml | None = None


class CheckValue(BaseModel):
    """What saving would do. `difference` is a unified one; `text` the file as it would be."""

    mistakes: list[MistakeValue]
    difference: list[str]
    effects: list[EffectValue]
    text: str


class SavedValue(BaseModel):
    """What was saved. `version` can be undone."""

    settings: SettingsValue
    effects: list[EffectValue]
    version: str | None = Field(description="null: nothing was changed")


class VersionValue(BaseModel):
    """A bot.toml as it was saved. `by` is an account's name; "" by hand."""

    id: str
    at: str
    by: str
    keys: list[str]
    current: bool


class VersionList(BaseModel):
    """The newest first."""

    versions: list[VersionValue]


class VersionText(BaseModel):
    """One version whole, and what going back to it would change."""

    version: VersionValue
    text: str
    difference: list[str]


class Return(Asked):
    """Which text one has seen last."""

    revision: Annotated[Text, Field(max_length=64)]
