"""A real upstream: `transformers serve` on the tiny release's weights, on the CPU."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.tiny import Tiny

from chatwright.core.errors import EngineError, Unsupported
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.engine.open import open_local
from chatwright.engine.upstream import Upstream, UpstreamEngine

PROGRAM = shutil.which("transformers", path=str(Path(sys.executable).parent))
try:
    from transformers.cli.serve import is_serve_available

    WHY = "" if PROGRAM and is_serve_available() else "transformers[serving] is not installed"
except ImportError as error:
    WHY = f"this transformers has no `serve` ({error})"
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)
QUESTIONS = ("Can I borrow a map?", "Hello there", "Does a copy cost 5 cents?", "Write my essay.")


def ask(text: str) -> Conversation:
    return Conversation((Message("user", text),))


def bare(text: str) -> str:
    """Its parser for models of this family (5.23) streams the prompt and control tokens as well."""
    return re.sub(r"<\|\w+\|>", "", text.rpartition("<|assistant|>")[2]).strip()


@pytest.fixture(scope="module")
def address(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert PROGRAM
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    log = tmp_path_factory.mktemp("serve") / "log"
    command = [PROGRAM, "serve", str(tiny.fp32.model), "--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--device", "cpu"], stdout=out, stderr=out, env=environment
        )
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200:
                    break
            time.sleep(0.2)
        else:
            pytest.fail(f"transformers serve did not start: {log.read_text()[-2000:]}")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(20)


async def test_the_same_weights_say_the_same_there_and_here(tiny: Tiny, address: str) -> None:
    """Greedy, through their template in Jinja and through ours; the chooser left out, which they lack."""
    upstream = Upstream(address, str(tiny.fp32.model), provider="transformers")
    theirs, ours = UpstreamEngine(upstream), open_local(tiny.fp32, tiny.spec)
    ours.opening = lambda conversation, limit: ([], None)  # type: ignore[method-assign]
    await theirs.start()
    await ours.start()
    try:
        for question in QUESTIONS:
            asked = Sampling(max_tokens=40)
            there = await gather(theirs.chat(ask(question), asked))
            here = await gather(ours.chat(ask(question), asked))
            assert bare(there.text) == here.text
            assert there.usage.completion_tokens > 3
        cut = await gather(theirs.chat(ask(QUESTIONS[0]), Sampling(max_tokens=40, stop=("map",))))
        assert cut.text and "map" not in cut.text and cut.finish_reason == "stop"
        with pytest.raises(Unsupported, match="seed"):
            await gather(theirs.chat(ask("Hi"), Sampling(seed=1)))
    finally:
        await theirs.close()
        await ours.close()


async def test_what_it_does_not_take_is_an_error_and_not_silence(tiny: Tiny, address: str) -> None:
    """Asked as if it were OpenAI, it passes over the fields that it does not know."""
    engine = UpstreamEngine(Upstream(address, str(tiny.fp32.model), provider="openai"))
    await engine.start()
    try:
        with pytest.raises(EngineError, match="no notice"):
            await gather(engine.chat(ask("Hi"), Sampling(max_tokens=5, logprobs=True)))
    finally:
        await engine.close()
