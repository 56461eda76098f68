"""The form that a reply is asked to have: text, any JSON object, or JSON of a schema.

Forms are kept by the engine while it draws tokens, so what is complete is valid. Whether a schema is one
that the engine can keep is the engine's to say; here it is only made sure that it is JSON, and not huge.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from chatwright.server.limits import Text, storable
from chatwright.server.openai.wire import Wire

SCHEMA = 50_000  # characters of one schema
OBJECT = '{"type":"object"}'

Name = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]


def written(schema: dict[str, Any]) -> str:
    """`schema` as the engine takes it. Raises ValueError for NaN, infinities and half characters."""
    return storable(json.dumps(schema, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _small(schema: dict[str, Any]) -> dict[str, Any]:
    if len(written(schema)) > SCHEMA:
        raise ValueError(f"a schema has at most {SCHEMA} characters")
    return schema


Schema = Annotated[dict[str, Any], AfterValidator(_small)]


class TextFormat(Wire):
    """Words."""

    type: Literal["text"]

    def schema_text(self) -> str | None:
        return None


class ObjectFormat(Wire):
    """A JSON object, whatever is in it."""

    type: Literal["json_object"]

    def schema_text(self) -> str | None:
        return OBJECT


class NamedSchema(Wire):
    """A schema with a name. It is kept whether `strict` or not."""

    model_config = ConfigDict(populate_by_name=True)

    name: Name
    json_schema: Schema = Field(alias="schema")
    description: Text | None = None
    strict: bool | None = None


class SchemaFormat(Wire):
    """JSON of a schema, as chat completions ask for it."""

    type: Literal["json_schema"]
    json_schema: NamedSchema

    def schema_text(self) -> str | None:
        return written(self.json_schema.json_schema)


class FlatSchemaFormat(NamedSchema):
    """The same, as responses ask for it."""

    type: Literal["json_schema"]

    def schema_text(self) -> str | None:
        return written(self.json_schema)


ChatFormat = Annotated[TextFormat | ObjectFormat | SchemaFormat, Field(discriminator="type")]
ResponseFormat = Annotated[
    TextFormat | ObjectFormat | FlatSchemaFormat, Field(discriminator="type")
]
