"""The page on the HTTP API, made from the description that a server gives at /openapi.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from chatwright.server.app import ROUTES
from chatwright.server.openapi import describe

HEAD = """# HTTP, route by route

Made from the same description that a running server gives at `/openapi.json`; generate your own client from
that. What the routes mean together, with examples: [the API](api.md).

Errors have one shape, `{"error": {"message", "type", "code", "param"}}`. Any route may answer 400, 401, 403,
404, 405, 408, 413, 415, 422, 429, 431, 500, 503 or 507; what else it may answer is said. A field in **bold**
must be given.
"""
WORDS = {
    "console": "The console's API",
    "api": "The page's API",
    "v1": "As OpenAI's",
    "": "Of the server itself",
}
COMMON = {
    "400",
    "401",
    "403",
    "404",
    "405",
    "408",
    "413",
    "415",
    "422",
    "429",
    "431",
    "500",
    "503",
    "507",
}


def page() -> str:
    """The whole page as Markdown."""
    app = FastAPI(title="chatwright", version="page")
    app.router.routes.extend(ROUTES)
    told = describe(app)
    return HEAD + "".join(groups(told["paths"], told["components"]["schemas"]))


def groups(paths: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    """A section per group of routes, in the order of use."""
    kinds: dict[str, list[str]] = {kind: [] for kind in ("v1", "api", "console", "")}
    for path in sorted(paths):
        kinds[kind_of(path)].append(path)
    for kind, members in kinds.items():
        yield f"\n## {WORDS[kind]}\n"
        for path in members:
            for method, operation in paths[path].items():
                yield route(method, path, operation, schemas)


def kind_of(path: str) -> str:
    if path.startswith("/api/console"):
        return "console"
    first = path.split("/")[1]
    return first if first in WORDS else ""


def route(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    """One route: what it is for, what it takes, what it answers."""
    lines = [f"\n### {method.upper()} `{path}`\n"]
    if said := operation.get("description"):
        lines.append(f"{plain(said)}\n")
    rows = [
        row(one["name"], one["in"], one.get("required"), one.get("schema", {}), schemas)
        for one in operation.get("parameters", [])
    ]
    body = operation.get("requestBody", {})
    for kind, content in body.get("content", {}).items():
        rows += list(fields(content.get("schema", {}), kind, schemas))
    if rows:
        lines += ["| takes | where | what it is |", "|---|---|---|", *rows, ""]
    lines.append(f"Answers {answers(operation['responses'])}.\n")
    return "\n".join(lines)


def fields(schema: dict[str, Any], kind: str, schemas: dict[str, Any]) -> Iterator[str]:
    """The fields of a body; of one that is no object, what it is."""
    whole = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    required = whole.get("required", [])
    for name, field in whole.get("properties", {}).items():
        yield row(name, "body", name in required, field, schemas)
    if not whole.get("properties"):
        yield f"| the body | body | {shape(schema, schemas)}, as `{kind}` |"


def row(name: str, place: str, needed: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    said = plain(schema.get("description", ""))
    default = schema.get("default")
    ends = f"; default `{json.dumps(default)}`" if default not in (None, "", [], {}) else ""
    named = f"**`{name}`**" if needed else f"`{name}`"
    return f"| {named} | {place} | {shape(schema, schemas)}{ends}{'. ' + said if said else ''} |"


def shape(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """A type in words: `string`, `list of X`, one of some values."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        keys = schemas.get(name, {}).get("properties", {})
        return f"{name} ({', '.join(f'`{key}`' for key in keys)})" if keys else name
    if "enum" in schema:
        return "one of " + " ".join(f"`{value}`" for value in schema["enum"] if value != "")
    if "const" in schema:
        return f"`{schema['const']}`"
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        return " or ".join(shape(one, schemas) for one in several)
    if schema.get("type") == "array":
        return f"list of {shape(schema.get('items', {}), schemas)}"
    return str(schema.get("type", "anything"))


def answers(responses: dict[str, Any]) -> str:
    """Statuses: what comes when it worked, and the errors that not every route has."""
    good = [
        f"{status} ({', '.join(names(response)) or 'no body'})"
        for status, response in sorted(responses.items())
        if status.startswith(("2", "3"))
    ]
    own = [
        f"{status}: {plain(response['description'])}"
        for status, response in sorted(responses.items())
        if not status.startswith(("2", "3")) and status not in COMMON
    ]
    return "; ".join(good + own)


def names(response: dict[str, Any]) -> Iterator[str]:
    for kind, content in response.get("content", {}).items():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        yield f"{name}, `{kind}`" if name else f"`{kind}`"


def plain(text: str) -> str:
    """One line, that no table breaks at."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;").strip()
