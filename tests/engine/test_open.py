"""From a release and bot.toml to the engine that they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.engine.faulty import faulty
from tests.tiny import Tiny

from chatwright.core.errors import ReleaseError, SpecError
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.engine.exchange import Patience
from chatwright.engine.fallback import FallbackEngine
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_engine
from chatwright.engine.upstream import UpstreamEngine
from chatwright.engine.vllm import Vllm
from chatwright.release.pack import pack_hosted
from chatwright.spec import Spec

HELLO = Conversation((Message("user", "Hello there"),))


def hosted(folder: Path, engine: dict[str, Any] | None = None, **model: Any) -> Spec:
    values = {"kind": "hosted", "hosted_model": "m"} | model
    bot = {"name": "tiny", "purpose": "Help readers."}
    return Spec.model_validate(
        {"folder": folder, "bot": bot, "model": values, "engine": engine or {}}
    )


async def test_a_hosted_bot_falls_back_to_a_release_of_its_own(tiny: Tiny) -> None:
    async with faulty() as server:
        fallback = [{"hosted_model": "other", "base_url": "http://127.0.0.1:9/v1"}]
        fallback += [{"release": tiny.int8.id}]
        options = {"connect_seconds": 0.5, "first_token_seconds": 1, "cache_mb": 16}
        spec = hosted(tiny.spec.folder, options, base_url=server.url, fallback=fallback)
        release = pack_hosted(spec)
        engine = open_engine(release, release.spec_in(spec))
        assert isinstance(engine, FallbackEngine)
        kinds = [UpstreamEngine, UpstreamEngine, LocalEngine]
        assert [type(one) for one in engine.engines] == kinds
        first = engine.engines[0]
        assert isinstance(first, UpstreamEngine)
        assert first._upstream.patience == Patience(0.5, 1, 30, 600)
        await engine.start()
        try:
            assert (await gather(engine.chat(HELLO, Sampling()))).text == "Hello there"
            await server.down()
            reply = await gather(engine.chat(HELLO, Sampling()))
            assert reply.text.startswith("Hello! What can I do")
            assert reply.usage.exact
        finally:
            await engine.close()
            await server.up()


def test_without_fallback_it_is_the_upstream_itself(tmp_path: Path) -> None:
    spec = hosted(tmp_path, provider="vllm")
    engine = open_engine(pack_hosted(spec), spec)
    assert isinstance(engine, UpstreamEngine)
    assert "min_tokens" in engine.can


def test_a_fallback_that_is_not_there_or_has_no_weights(tiny: Tiny) -> None:
    spec = hosted(tiny.spec.folder, fallback=[{"release": "abcdef012345"}])
    release = pack_hosted(spec)
    with pytest.raises(ReleaseError):
        open_engine(release, spec)
    spec = hosted(tiny.spec.folder, fallback=[{"release": release.id}])
    with pytest.raises(SpecError, match="no model of its own"):
        open_engine(pack_hosted(spec), spec)


@pytest.mark.parametrize(
    "model",
    [
        {"fallback": [{}]},
        {"fallback": [{"release": "a", "hosted_model": "b"}]},
        {"provider": "nobody"},
        {"kind": "scratch", "hosted_model": "", "fallback": [{"release": "a"}]},
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, model: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        hosted(tmp_path, **model)


def test_a_vllm_gets_the_weights_and_the_ends(tiny: Tiny) -> None:
    options = tiny.spec.engine.model_copy(update={"kind": "vllm", "queue": 9})
    engine = open_engine(tiny.fp32, tiny.spec.model_copy(update={"engine": options}))
    assert isinstance(engine, LocalEngine)
    writer = engine._writer
    assert isinstance(writer, Vllm)
    assert writer._model == tiny.fp32.model
    assert tiny.corpus.tokenizer.end in writer._stop_ids
    assert tiny.corpus.tokenizer.refuse not in writer._stop_ids
    assert writer._patience.first == 600
