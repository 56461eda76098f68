"""Schemas become grammars that promise them, or are refused with the place of the trouble."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatwright.core.errors import Unsupported
from chatwright.engine.schema import NODES, REPEATS, SIZE, grammar_of

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 20},
        "age": {"type": "integer", "minimum": 0},
    },
    "required": ["name"],
    "additionalProperties": False,
}
TREE = {
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "value": {"type": "integer"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            },
            "required": ["value"],
        }
    },
    "$ref": "#/$defs/node",
}
# By name, so that a failure says which; tests/engine/test_constrained.py writes by each of them.
GOOD: dict[str, Any] = {
    "anything": True,
    "any object": {"type": "object"},
    "no keys": {"type": "object", "additionalProperties": False},
    "a map": {"type": "object", "additionalProperties": {"type": "integer"}},
    "a person": PERSON,
    "all optional": {"properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}}},
    "undeclared": {"type": "object", "required": ["x"], "additionalProperties": {"const": "y"}},
    "odd keys": {
        "type": "object",
        "properties": {'q"uo\\te\n': {"const": 1}, "ключ 🎈": {"const": "\u0001é"}},
        "required": ['q"uo\\te\n', "ключ 🎈"],
    },
    "list": {"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 4},
    "at least": {"type": "array", "items": {"const": 1}, "minItems": 3},
    "at most": {"type": "array", "items": {"const": 1}, "maxItems": 2},
    "empty list": {"type": "array", "maxItems": 0},
    "pair": {
        "type": "array",
        "prefixItems": [{"const": 1}, {"type": "null"}],
        "minItems": 2,
        "maxItems": 2,
    },
    "pair and more": {
        "type": "array",
        "prefixItems": [{"const": 1}],
        "items": {"const": 2},
        "minItems": 2,
        "maxItems": 3,
    },
    "lengths": {"type": "string", "minLength": 2, "maxLength": 5},
    "no letters": {"type": "string", "maxLength": 0},
    "enum": {"enum": ["a", 1, None, True, {"x": [1.5, "z"]}]},
    "enum by type": {"type": "integer", "enum": [1, "1", True, 2.5, 3]},
    "const": {"const": {"a": [1, 2]}},
    "union": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
    "types": {"type": ["string", "null"], "maxLength": 3},
    "one of all": {"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"enum": [1, 2]}}},
    "rating": {"type": "integer", "minimum": 1, "maximum": 5},
    "exclusive": {"type": "integer", "exclusiveMinimum": -3, "exclusiveMaximum": 0},
    "amount": {"type": "number", "minimum": 0},
    "tree": TREE,
    "itself": {"type": "object", "properties": {"next": {"$ref": "#"}}},
    "escaped reference": {"$ref": "#/$defs/a~1b~0c", "$defs": {"a/b~c": {"const": 1}}},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "time"},
    "moment": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "address": {"type": "string", "format": "ipv4"},
    "mail": {"type": "string", "format": "email"},
    "described": {"$schema": "x", "title": "t", "description": "d", "default": 1, "const": 1},
}
BAD: list[tuple[Any, str]] = [
    ("{not json", "is not JSON"),
    ("[" * 20_000, "is not JSON"),
    ("NaN", "is not JSON"),
    ('{"const": NaN}', "is not JSON"),
    (r'{"const": "\ud800"}', "is not JSON"),
    (" " * (SIZE + 1), "characters"),
    (False, "allows nothing"),
    (7, "not an object"),
    ({"type": "nonsense"}, "unknown type"),
    ({"type": 7}, "unknown type"),
    ({"type": "string", "pattern": "(?=x)y"}, "pattern"),
    ({"not": {"type": "string"}}, "uses not"),
    ({"oneOf": [{"type": "string"}]}, "uses oneOf"),
    ({"if": True, "then": False}, "uses if"),
    ({"type": "array", "uniqueItems": True}, "uniqueItems"),
    ({"type": "number", "multipleOf": 0.5}, "multipleOf"),
    ({"type": "number", "maximum": 5}, "maximum"),
    ({"type": "string", "minimum": 5}, "minimum with type string"),
    ({"type": "object", "patternProperties": {}}, "patternProperties"),
    ({"type": "object", "minProperties": 1}, "minProperties"),
    ({"type": "string", "format": "idn-email"}, "idn-email"),
    ({"type": "string", "format": "date", "maxLength": 3}, "format with a length"),
    ({"type": "array", "minItems": 5, "maxItems": 2}, "allows nothing"),
    ({"type": "array", "minItems": 1, "items": False}, "allows nothing"),
    ({"type": "array", "prefixItems": [{"const": 1}]}, "prefixItems"),
    ({"type": "integer", "minimum": 7, "maximum": 2}, "allows nothing"),
    ({"type": "integer", "minimum": 7}, "otherwise than from 0"),
    ({"type": "integer", "minimum": 0, "maximum": 1e9}, "no whole number"),
    ({"type": "integer", "minimum": 0, "maximum": 10**9}, "1000 values"),
    ({"type": "string", "minLength": -1}, "no count"),
    ({"type": "string", "maxLength": 10**9}, "bounds on lengths"),
    ({"enum": []}, "allows nothing"),
    ({"type": "string", "enum": [1, 2]}, "allows nothing"),
    ({"enum": "abc"}, "no list"),
    ({"enum": ["abc"], "maxLength": 2}, "combines enum"),
    ({"anyOf": []}, "must be a list"),
    ({"allOf": [{"type": "string"}, {"maxLength": 2}]}, "in allOf of one"),
    ({"anyOf": [True], "type": "string"}, "combines anyOf with type"),
    ({"$ref": "#/nowhere"}, "not there"),
    ({"$ref": "https://example.com/x"}, "another document"),
    ({"$ref": "#"}, "without an end"),
    ({"anyOf": [{"$ref": "#"}, {"const": 1}]}, "refers to itself"),
    ({"properties": {"a": {"$ref": "#"}}, "required": ["a"]}, "without an end"),
    ({"type": "array", "minItems": 1, "items": {"$ref": "#"}}, "without an end"),
    ({"type": "object", "properties": [], "required": []}, "wrong kind"),
    ({"type": "object", "required": [[]]}, "wrong kind"),
    ({"required": ["x"], "additionalProperties": False}, "allows nothing"),
    ({"anyOf": [{"const": n} for n in range(NODES + 1)]}, "too large"),
    ({"enum": list(range(NODES + 1))}, "at most"),
]


@pytest.mark.parametrize("name", GOOD)
def test_a_schema_that_can_be_promised_is_a_grammar(name: str) -> None:
    grammar = grammar_of(json.dumps(GOOD[name]), 512).text
    assert grammar.startswith("root ::= ")
    defined = [line.split(" ::= ")[0] for line in grammar.splitlines() if line]
    assert len(defined) == len(set(defined))
    assert all(" ::= " in line and line.split(" ::= ")[1] for line in grammar.splitlines() if line)


@pytest.mark.parametrize(("schema", "why"), BAD, ids=lambda value: str(value)[:60])
def test_what_cannot_be_promised_is_refused(schema: Any, why: str) -> None:
    text = schema if isinstance(schema, str) else json.dumps(schema)
    with pytest.raises(Unsupported, match=why) as caught:
        grammar_of(text, 512)
    assert caught.value.field == "response_format"
    assert caught.value.next_step
    assert len(str(caught.value)) < 300


def test_the_place_of_the_trouble_is_named() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"not": {}}}}}
    with pytest.raises(Unsupported, match="#/properties/a/items uses not"):
        grammar_of(json.dumps(schema), 512)


def test_bounds_count_together_and_depth_is_bounded() -> None:
    parts = {f"p{n}": {"type": "string", "maxLength": REPEATS // 4} for n in range(4)}
    grammar_of(json.dumps({"properties": parts}), 512)
    with pytest.raises(Unsupported, match="together"):
        grammar_of(json.dumps({"properties": parts | {"more": {"maxLength": 1}}}), 512)
    deep: Any = {"const": 1}
    for _ in range(30):
        deep = {"type": "array", "items": deep}
    with pytest.raises(Unsupported, match="deep"):
        grammar_of(json.dumps(deep), 512)
    with pytest.raises(Unsupported):
        grammar_of('{"anyOf":[' * 3_000 + "true" + "]}" * 3_000, 512)


def test_a_large_vocabulary_leaves_less_to_bounds() -> None:
    """Every bounded length is looked at with every token, while all requests wait."""
    bounded = json.dumps({"type": "string", "maxLength": 200})
    small, large = grammar_of(bounded, 1_000), json.dumps({"type": "string", "maxLength": 20})
    assert grammar_of(large, 50_000).size > small.size
    with pytest.raises(Unsupported, match="25 together"):
        grammar_of(bounded, 50_000)
