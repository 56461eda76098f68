"""Replies held to a schema by the real pipeline; and one that cannot be held to harms nobody."""

from __future__ import annotations

import asyncio
import datetime
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import jsonschema
import pytest
import pytest_asyncio
from tests.engine.test_schema import BAD, GOOD
from tests.tiny import Tiny

from chatwright.core.errors import Unsupported
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.data.privacy import Redactor
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_local
from chatwright.engine.schema import Grammar
from chatwright.spec.spec import Privacy

pytestmark = pytest.mark.asyncio(loop_scope="module")
HELLO = Conversation((Message("user", "Hello there"),))
CHECKER = jsonschema.FormatChecker(("uuid", "ipv4", "email"))
CHECKER.checks("date", ValueError)(lambda text: bool(datetime.date.fromisoformat(text)))
CHECKER.checks("time", ValueError)(lambda text: datetime.time.fromisoformat(text) is not None)
CHECKER.checks("date-time", ValueError)(lambda text: bool(datetime.datetime.fromisoformat(text)))
ENDLESS = {
    "anything",
    "any object",
    "a map",
    "tree",
    "itself",
    "mail",
    "at least",
}  # some never end


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(tiny: Tiny) -> AsyncIterator[LocalEngine]:
    engine = open_local(tiny.int8, tiny.spec)
    await engine.start()
    yield engine
    await engine.close()


async def written(engine: LocalEngine, schema: Any, **more: Any) -> tuple[str, str]:
    asked = Sampling(**{"max_tokens": 150, "schema": json.dumps(schema)} | more)
    reply = await gather(engine.chat(HELLO, asked))
    return reply.text, reply.finish_reason


@pytest.mark.parametrize("name", GOOD)
async def test_every_reply_satisfies_its_schema(engine: LocalEngine, name: str) -> None:
    schema = GOOD[name]
    wild = {"temperature": 2.0, "top_k": 20}
    found = await asyncio.gather(
        written(engine, schema),
        *(written(engine, schema, seed=seed, **wild) for seed in range(12)),
    )
    whole = [text for text, finish in found if finish == "stop"]
    assert whole or name in ENDLESS
    if name not in ENDLESS:
        assert len(whole) >= 6
    validator = jsonschema.Draft202012Validator(schema, format_checker=CHECKER)
    for text in whole:
        validator.validate(json.loads(text))
    if name == "enum":
        assert len(set(whole)) > 1


async def test_text_that_no_grammar_holds_is_as_before(engine: LocalEngine) -> None:
    before = await gather(engine.chat(HELLO, Sampling()))
    await written(engine, GOOD["a person"])
    assert await gather(engine.chat(HELLO, Sampling())) == before
    assert before.text.startswith("Hello!")


async def test_a_bad_schema_is_refused_and_harms_nobody(engine: LocalEngine) -> None:
    """Straight into the pipeline it would fail every request that runs."""
    child = engine._writer.pid  # type: ignore[attr-defined]
    canary = await gather(engine.chat(HELLO, Sampling()))
    running = asyncio.create_task(
        gather(engine.chat(HELLO, Sampling(max_tokens=200, ignore_end=True)))
    )
    await asyncio.sleep(0.05)
    for schema, why in BAD:
        text = schema if isinstance(schema, str) else json.dumps(schema)
        with pytest.raises(Unsupported, match=why):
            await gather(engine.chat(HELLO, Sampling(schema=text)))
    assert (await running).usage.completion_tokens == 200
    assert await gather(engine.chat(HELLO, Sampling())) == canary
    assert engine._writer.pid == child  # type: ignore[attr-defined]
    assert engine.running == 0


async def test_a_grammar_that_the_pipeline_refuses_costs_one_child(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last resort: ours never makes such a grammar. Then the child is replaced."""
    canary = await gather(engine.chat(HELLO, Sampling()))
    broken = Grammar("root ::= nothing", 0.1)
    monkeypatch.setattr("chatwright.engine.child.grammar_of", lambda schema, size: broken)
    began = time.monotonic()
    with pytest.raises(Exception, match="stopped in the middle"):
        await gather(engine.chat(HELLO, Sampling(schema="{}")))
    assert time.monotonic() - began < 2
    monkeypatch.undo()
    assert await gather(engine.chat(HELLO, Sampling())) == canary


async def test_the_largest_schemas_hold_nobody_up(engine: LocalEngine) -> None:
    """Compiling happens between two steps, so everybody waits for it."""
    many = {f"p{n}": {"type": "string", "maxLength": 10} for n in range(150)}
    large = [
        {"type": "string", "minLength": 1, "maxLength": 2000},
        {"type": "object", "properties": many, "required": list(many)},
        {"type": "object", "properties": many},
        {"enum": [f"value {n} {'x' * 40}" for n in range(500)]},
        {"type": "array", "items": {"enum": list(range(400))}, "maxItems": 1500},
    ]
    for schema in large:
        began = time.monotonic()
        await written(engine, schema, max_tokens=1)
        assert time.monotonic() - began < 2, str(schema)[:80]


async def test_a_child_that_has_seen_many_schemas_is_replaced_unseen(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatwright.engine.child.GRAMMARS", engine._writer._grown + 1)  # type: ignore[attr-defined]
    before = engine._writer.pid  # type: ignore[attr-defined]
    for number in range(8):  # each finds an engine, new or old
        text, finish = await written(engine, {"const": f"answer {number}"})
        assert (text, finish) == (f'"answer {number}"', "stop")
    assert engine._writer.pid != before  # type: ignore[attr-defined]
    assert engine.health() in ("ready", "starting")


@pytest.mark.parametrize("field", ["min_tokens", "ignore_end"])
async def test_what_forbids_the_end_does_not_go_with_a_schema(
    engine: LocalEngine, field: str
) -> None:
    with pytest.raises(Unsupported, match="combined"):
        await written(engine, {"type": "null"}, **{field: 5})


async def test_a_value_in_the_place_of_a_placeholder_stays_json(engine: LocalEngine) -> None:
    session = Redactor(Privacy(placeholders=True)).session()
    said = 'My name is Anna "Bo" Quill, I live at 12 Main Street'
    session.hide(Conversation((Message("user", said),)))
    session._values["<NAME_1>"] = 'Anna "Bo"\n\\ Quill'  # whatever a person may be called
    shown = session.stream(quoted=True)
    text = shown.push('{"name": "<NAME_1>", "other": "<NAME_') + shown.push('9>"}') + shown.finish()
    assert json.loads(text) == {"name": 'Anna "Bo"\n\\ Quill', "other": "\u2026"}


async def test_a_release_without_vocabulary_says_so(tiny: Tiny) -> None:
    engine = open_local(tiny.fp32, tiny.spec)
    assert "schema" in engine.can
    engine._writer._options["folder"] = "nowhere"  # type: ignore[attr-defined]
    assert "schema" not in engine.can
    with pytest.raises(Unsupported, match="response_format"):
        await written(engine, {"type": "null"})
