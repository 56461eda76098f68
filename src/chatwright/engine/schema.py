"""A JSON schema -> the grammar that the pipeline writes by; refuses what the grammar cannot promise.

Every text of the grammar satisfies the schema. Not every text that satisfies the schema is one of the
grammar: no whitespace but one space behind a comma or colon, properties in the order of the schema and
no others, no exponents. The pipeline's own conversion of schemas allows whitespace without end, in
which a small model loses itself, passes over keywords that it does not know, and a schema that it
refuses breaks all requests that run (DECISIONS.md, "constrained decoding"). So schemas end here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chatwright.core.errors import Unsupported
from chatwright.engine.schema_rules import ANNOTATIONS, FORMATS, RULES

SIZE = 32_768  # characters of a schema
NODES = 500
DEPTH = 24
# Of all bounds on lengths together: each is a state for which every token is looked at. A million and
# a quarter took half a second, for which all requests wait (DECISIONS.md, "constrained decoding").
REPEATS = 2_000
LOOKS = 1_250_000
BLOCK = 16
RANGE = 1_000  # integers between two bounds

Node = dict[str, Any]
TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")
KEYWORDS = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "prefixItems", "minItems", "maxItems"},
    "string": {"minLength", "maxLength", "format"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
    "number": {"minimum"},
    "boolean": set[str](),
    "null": set[str](),
}
LITERAL = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Grammar:
    """xgrammar's EBNF, and about how many MiB the pipeline keeps of it for good."""

    text: str
    size: float


@lru_cache(maxsize=256)
def grammar_of(schema: str, vocabulary: int) -> Grammar:
    """The grammar of a JSON schema, for a model of `vocabulary` tokens.

    Raises `Unsupported` with the place of the trouble.
    """
    if len(schema) > SIZE:
        raise bad("", f"has more than {SIZE:,} characters")
    try:
        converter = Converter(json.loads(schema, parse_constant=_no_number), vocabulary)
        text = converter.grammar()
        text.encode()
    except (ValueError, RecursionError):  # also half a character
        raise bad("", "is not JSON") from None
    return Grammar(text, 0.25 + converter.repeats * vocabulary * 3.5 / 2**20)


def _no_number(name: str) -> None:
    raise ValueError(name)


def bad(where: str, problem: str, next_step: str = "Use a simpler schema.") -> Unsupported:
    place = f" at {where}" if where else ""
    return Unsupported(f"The JSON schema{place} {problem}.", next_step, field="response_format")


class Converter:
    """Builds one rule for each part of a schema that is referred to, and expressions for the rest."""

    def __init__(self, root: Any, vocabulary: int) -> None:
        self._root = root
        self._most = min(REPEATS, LOOKS // vocabulary)
        self._rules: dict[str, str] = {}
        self._named: dict[str, str] = {}  # $ref -> name of its rule
        self._blocks: dict[str, str] = {}  # what is repeated -> name of a rule for a block of it
        self._finite: set[str] = set()
        self._nodes = self.repeats = 0

    def grammar(self) -> str:
        root = self._part(self._root, "#", 0, ())
        lines = [f"root ::= {root}", *(f"{n} ::= {rule}" for n, rule in self._rules.items())]
        return "\n".join([*lines, RULES])

    def _part(self, node: Any, where: str, depth: int, refs: tuple[str, ...]) -> str:
        """The expression of `node`. `refs` are those that were followed without a character between."""
        self._nodes += 1
        if self._nodes > NODES or depth > DEPTH:
            raise bad(where, f"is too large: at most {NODES} parts, {DEPTH} deep")
        if node is True:
            return "any"
        if not isinstance(node, dict):
            raise bad(where, "allows nothing" if node is False else "is not an object")
        said = node.keys() - ANNOTATIONS
        if not self._ends(node, where, ()):
            raise bad(where, "contains itself without an end")
        for keyword in ("$ref", "anyOf", "allOf"):
            if keyword in said:
                if len(said) > 1:
                    other = sorted(said - {keyword})[0]
                    raise bad(where, f"combines {keyword} with {other}")
                return self._combined(keyword, node[keyword], where, depth, refs)
        if "enum" in said or "const" in said:
            return self._listed(node, said, where)
        return self._typed(node, said, where, depth)

    def _combined(
        self, keyword: str, value: Any, where: str, depth: int, refs: tuple[str, ...]
    ) -> str:
        if keyword == "$ref":
            return self._referred(value, where, depth, refs)
        if not isinstance(value, list) or not value or (keyword == "allOf" and len(value) > 1):
            raise bad(f"{where}/{keyword}", "must be a list of parts, in allOf of one")
        parts = [
            self._part(part, f"{where}/{keyword}/{n}", depth + 1, refs)
            for n, part in enumerate(value)
        ]
        return either(parts)

    def _referred(self, ref: Any, where: str, depth: int, refs: tuple[str, ...]) -> str:
        target = self._target(ref, where)
        if ref in refs:
            raise bad(where, "refers to itself")
        if ref not in self._named:
            name = self._named[ref] = f"ref{len(self._named)}"
            self._rules[name] = ""  # keeps its place
            self._rules[name] = self._part(target, str(ref), depth + 1, (*refs, ref))
        return self._named[ref]

    def _target(self, ref: Any, where: str) -> Any:
        node = self._root
        if not isinstance(ref, str) or not (ref == "#" or ref.startswith("#/")):
            raise bad(where, "refers to another document", "Put all parts in $defs.")
        for step in ref[2:].split("/") if ref != "#" else ():
            step = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or step not in node:
                raise bad(where, f"refers to {ref}, which is not there")
            node = node[step]
        return node

    def _ends(self, node: Any, where: str, refs: tuple[str, ...]) -> bool:
        """Whether a text of `node` can end: it does not need itself inside itself."""
        if not isinstance(node, dict):
            return True
        if "$ref" in node:
            ref = node["$ref"]
            if ref in refs:
                return False
            target = self._target(ref, where)
            if ref not in self._finite and self._ends(target, where, (*refs, ref)):
                self._finite.add(ref)
            return ref in self._finite
        if isinstance(node.get("anyOf"), list) and node["anyOf"]:
            return any(self._ends(part, where, refs) for part in node["anyOf"])
        needed = [p for p in node.get("allOf", ()) if isinstance(node.get("allOf"), list)]
        if isinstance(node.get("properties"), dict) and isinstance(node.get("required"), list):
            needed += [p for n, p in node["properties"].items() if n in node["required"]]
        least = node.get("minItems")
        if isinstance(least, int) and least > 0:
            needed.append(node.get("items"))
        return all(self._ends(part, where, refs) for part in needed)

    def _listed(self, node: Node, said: set[str], where: str) -> str:
        """`enum` or `const`, of the types that `type` allows."""
        if more := sorted(said - {"enum", "const", "type"}):
            raise bad(where, f"combines enum or const with {more[0]}")
        values = node["enum"] if "enum" in said else [node["const"]]
        if not isinstance(values, list) or len(values) > NODES:
            raise bad(where, f"has an enum that is no list of at most {NODES} values")
        if "const" in said:
            values = [v for v in values if same(v, node["const"])]
        if "type" in said:
            types = self._types(node, where)
            values = [v for v in values if any(is_a(v, type) for type in types)]
        if not values:
            raise bad(where, "allows nothing")
        return either([literal(compact(value)) for value in values])

    def _types(self, node: Node, where: str) -> list[str]:
        """The types that `type` names; where there is none, those that other keywords speak of, or all."""
        types = node.get("type", [])
        types = [types] if isinstance(types, str) else types
        if not isinstance(types, list) or any(type not in TYPES for type in types):
            raise bad(where, "has an unknown type")
        return types

    def _typed(self, node: Node, said: set[str], where: str, depth: int) -> str:
        types = self._types(node, where) if "type" in said else []
        known = set().union(*(KEYWORDS[type] for type in TYPES))
        if unknown := sorted(said - known - {"type"}):
            raise bad(where, f"uses {unknown[0]}, which is not supported", "Leave it out.")
        if not types:  # {"properties": ...} speaks of objects, and allows anything else
            types = [t for t in TYPES if KEYWORDS[t] & said and t != "number"]
            if not types:
                return "any"
        parts = []
        for type in types:
            rest = {name for name in said if not any(name in KEYWORDS[t] for t in types)}
            if unfit := sorted(rest - {"type"}):
                raise bad(where, f"uses {unfit[0]} with type {type}")
            match type:
                case "object":
                    parts.append(self._object(node, where, depth))
                case "array":
                    parts.append(self._array(node, where, depth))
                case "string":
                    parts.append(self._string(node, where))
                case "integer":
                    parts.append(self._integer(node, where))
                case "number":
                    parts.append(self._number(node, where))
                case _:
                    parts.append(type)
        return either(parts)

    def _object(self, node: Node, where: str, depth: int) -> str:
        properties, required = node.get("properties", {}), node.get("required", [])
        more = node.get("additionalProperties", True)
        named = isinstance(required, list) and all(isinstance(name, str) for name in required)
        if not isinstance(properties, dict) or not named:
            raise bad(where, "has properties or required of the wrong kind")
        if not properties and not required:
            if more is False:
                return literal("{}")
            return self._map(self._part(more, f"{where}/additionalProperties", depth + 1, ()))
        parts = dict(properties) | {n: more for n in required if n not in properties}
        pairs = []
        for name, part in parts.items():
            value = self._part(part, f"{where}/properties/{name}", depth + 1, ())
            pairs.append((f"{literal(compact(name) + ':')} space {value}", name in required))
        return self._pairs(pairs)

    def _map(self, value: str) -> str:
        pair = self._rule(f'string ":" space {value}')
        return f'"{{" ({pair} ("," space {pair})*)? "}}"'

    def _pairs(self, pairs: Sequence[tuple[str, bool]]) -> str:
        """In their order; those that are not required may be missing."""
        later, first = '""', '""'  # what follows: behind another pair, or as the first one
        for pair, required in reversed(pairs):
            pair = self._rule(pair)
            started = f"{pair} {later}"
            first = self._rule(started if required else f"{started} | {first}")
            behind = f'"," space {pair} {later}'
            later = self._rule(behind if required else f"{behind} | {later}")
        return f'"{{" {first} "}}"'

    def _rule(self, expression: str) -> str:
        name = f"part{len(self._rules)}"
        self._rules[name] = expression
        return name

    def _times(self, part: str, least: int, most: int | None) -> str:
        """`part` from `least` to `most` times. In blocks: a repetition of hundreds costs the pipeline
        a second for each token."""
        if most is None:
            return f"{self._exactly(part, least)} {part}*"
        more, rest = divmod(most - least, BLOCK)
        last = f"{part}{{0,{BLOCK - 1}}}"
        later = f"{part}{{0,{rest}}}" if rest else '""'
        block = self._block(part) if more or least >= BLOCK else ""
        for _ in range(more):
            later = self._rule(f"{block} {later} | {last}")
        return f"{self._exactly(part, least)} {later}"

    def _exactly(self, part: str, count: int) -> str:
        blocks, rest = divmod(count, BLOCK)
        return " ".join([*([self._block(part)] * blocks if blocks else []), *[part] * rest, '""'])

    def _block(self, part: str) -> str:
        if part not in self._blocks:
            self._blocks[part] = self._rule(" ".join([part] * BLOCK))
        return self._blocks[part]

    def _array(self, node: Node, where: str, depth: int) -> str:
        fixed = node.get("prefixItems", [])
        least, most = self._bounds(node, "minItems", "maxItems", where)
        if not isinstance(fixed, list):
            raise bad(where, "has prefixItems that are no list")
        if fixed and (least < len(fixed) or (most is not None and most < len(fixed))):
            raise bad(where, "has prefixItems without minItems of at least their number")
        parts = [
            self._part(part, f"{where}/prefixItems/{n}", depth + 1, ())
            for n, part in enumerate(fixed)
        ]
        least, most = least - len(fixed), None if most is None else most - len(fixed)
        items = node.get("items", True)
        if items is False or most == 0:
            if least > 0:
                raise bad(where, "allows nothing")
            return f'"[" {" comma ".join(parts)} "]"'
        item = self._rule(self._part(items, f"{where}/items", depth + 1, ()))
        next_item = self._rule(f"comma {item}")
        if parts:
            tail = self._times(next_item, least, most)
            return f'"[" {" comma ".join(parts)} {tail} "]"'
        rest = self._times(next_item, max(least - 1, 0), None if most is None else most - 1)
        whole = f"{item} {rest}"
        return f'"[" {whole} "]"' if least else f'"[" ({whole})? "]"'

    def _string(self, node: Node, where: str) -> str:
        if "format" in node:
            if "minLength" in node or "maxLength" in node:
                raise bad(where, "combines format with a length")
            if node["format"] not in FORMATS:
                known = ", ".join(sorted(FORMATS))
                raise bad(where, f"uses format {node['format']!r}", f"Known are {known}.")
            return f'"\\"" {FORMATS[node["format"]]} "\\""'
        least, most = self._bounds(node, "minLength", "maxLength", where)
        if (least, most) == (0, None):
            return "string"
        return f'"\\"" {self._times("char", least, most)} "\\""'

    def _integer(self, node: Node, where: str) -> str:
        low = self._limit(node, "minimum", "exclusiveMinimum", 1, where)
        high = self._limit(node, "maximum", "exclusiveMaximum", -1, where)
        if low is None and high is None:
            return "integer"
        if high is None and low in (0, 1):
            return "natural" if low == 0 else "positive"
        if low is None or high is None or high - low >= RANGE:
            raise bad(
                where, f"bounds an integer otherwise than from 0, from 1, or to {RANGE} values"
            )
        if high < low:
            raise bad(where, "allows nothing")
        return either([literal(str(value)) for value in range(low, high + 1)])

    def _limit(self, node: Node, name: str, exclusive: str, step: int, where: str) -> int | None:
        found = [
            value if key == name else value + step
            for key in (name, exclusive)
            if (value := node.get(key)) is not None and self._whole(value, f"{where}/{key}")
        ]
        return None if not found else (max(found) if step > 0 else min(found))

    def _whole(self, value: Any, where: str) -> bool:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**12:
            raise bad(where, "is no whole number")
        return True

    def _number(self, node: Node, where: str) -> str:
        if any(node.get(key) is not None for key in KEYWORDS["integer"] - {"minimum"}):
            raise bad(where, "bounds a number otherwise than from 0")
        if (low := node.get("minimum")) is None:
            return "number"
        if low != 0 or isinstance(low, bool):
            raise bad(where, "bounds a number otherwise than from 0")
        return "amount"

    def _bounds(self, node: Node, least: str, most: str, where: str) -> tuple[int, int | None]:
        low, high = node.get(least, 0), node.get(most)
        for value in (low, 0 if high is None else high):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise bad(where, f"has a {least} or {most} that is no count")
        if high is not None and high < low:
            raise bad(where, "allows nothing")
        self.repeats += max(low, high or 0)
        if self.repeats > self._most:
            problem = f"has bounds on lengths of more than {self._most:,} together"
            raise bad(where, problem, "Leave them out, or ask for less.")
        return low, high


def either(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def literal(text: str) -> str:
    """`text` as the grammar spells it."""
    return '"' + "".join(LITERAL.get(char, char) for char in text) + '"'


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def same(one: Any, other: Any) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def is_a(value: Any, type: str) -> bool:
    if isinstance(value, bool):
        return type == "boolean"
    kinds: dict[str, Any] = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
    }  # fmt: skip
    return value is None if type == "null" else isinstance(value, kinds.get(type, ()))
