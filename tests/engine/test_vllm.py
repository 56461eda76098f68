"""The managed vLLM, against a stand-in that speaks as vLLM does: started, fed with ids, watched."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.engine import fake_vllm
from tests.tiny import Tiny

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.engine import vllm
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_local

HELLO = Conversation((Message("user", "Hello there"),))
ANSWER = "Yes, a map is yours. \U0001f388"


class Home:
    """Where the stand-in is told what to say, and says what it was asked."""

    def __init__(self, folder: Path, tiny: Tiny) -> None:
        self.folder, self.tiny = folder, tiny
        self.tokenizer = tiny.corpus.tokenizer
        self.says(ids=[*self.tokenizer.encode(ANSWER), self.tokenizer.end])

    def says(self, **values: Any) -> None:
        path = self.folder / "says.json"
        before = json.loads(path.read_text()) if path.exists() else {}
        path.with_suffix(".new").write_text(json.dumps(before | values))
        path.with_suffix(".new").replace(path)

    def asked(self) -> list[dict[str, Any]]:
        path = self.folder / "asked.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()]

    @asynccontextmanager
    async def engine(self, **options: Any) -> AsyncIterator[LocalEngine]:
        spec = self.tiny.spec
        changed = {"kind": "vllm", "queue": 4} | options
        spec = spec.model_copy(update={"engine": spec.engine.model_copy(update=changed)})
        engine = open_local(self.tiny.fp32, spec)
        await engine.start()
        try:
            yield engine
        finally:
            await engine.close()


@pytest.fixture
def home(tmp_path: Path, tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Home:
    fake_vllm.write(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_VLLM", str(tmp_path))
    monkeypatch.setattr(vllm, "HEALTH_SECONDS", 0.2)
    monkeypatch.setattr(vllm, "POLL_SECONDS", 0.05)
    return Home(tmp_path, tiny)


async def test_it_is_fed_with_the_releases_own_ids_and_decoded_here(home: Home) -> None:
    async with home.engine(vllm_arguments=("--tensor-parallel-size", "2")) as engine:
        assert engine.health() == "ready"
        reply = await gather(engine.chat(HELLO, Sampling(max_tokens=60)))
        opening, _ = engine.opening(HELLO, 60)
        assert (reply.text, reply.finish_reason) == (ANSWER, "stop")
        prompt = home.tokenizer.render(HELLO, open_reply=True).ids
        assert reply.usage.prompt_tokens == len(prompt)
        made = len(home.tokenizer.encode(ANSWER)) + 1 + len(opening)
        assert reply.usage.completion_tokens == made
        cut = await gather(engine.chat(HELLO, Sampling(max_tokens=60, stop=("yours",))))
        assert (cut.text, cut.finish_reason) == ("Yes, a map is ", "stop")
    arguments = json.loads((home.folder / "arguments.json").read_text())
    assert arguments[:2] == ["serve", str(home.tiny.fp32.model)]
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
    assert arguments[-2:] == ["--tensor-parallel-size", "2"]
    assert not any("key" in argument.lower() for argument in arguments)
    body = home.asked()[0]
    assert body["prompt"] == prompt + opening
    assert body["stop_token_ids"] and body["return_token_ids"]
    assert "seed" not in body and "logprobs" not in body


async def test_every_option_is_passed_on(home: Home) -> None:
    async with home.engine() as engine:
        asked = Sampling(
            max_tokens=30, temperature=0.5, top_p=0.9, top_k=7, repetition_penalty=1.1, seed=3,
            presence_penalty=0.1, frequency_penalty=0.2, min_tokens=20, logprobs=True,
        )  # fmt: skip
        opened = len(engine.opening(HELLO, 30)[0])
        chunks = [chunk async for chunk in engine.chat(HELLO, asked)]
        tokens = [token for chunk in chunks for token in chunk.tokens]
        text = "".join(chunk.text for chunk in chunks)
        assert b"".join(token.bytes for token in tokens).decode(errors="replace") == text
        assert {token.logprob for token in tokens} == {-0.25}
        assert len(tokens) > 20 - opened
        await gather(engine.chat(HELLO, Sampling(max_tokens=40, ignore_end=True)))
        await gather(engine.chat(HELLO, Sampling(max_tokens=5, schema='{"const": 1}')))
        with pytest.raises(Unsupported, match="schema is broken"):
            await gather(engine.chat(HELLO, Sampling(schema='{"const": "broken"}')))
        with pytest.raises(Unsupported, match="not JSON"):
            await gather(engine.chat(HELLO, Sampling(schema="{")))
        assert engine.can >= {"schema", "logprobs", "min_tokens", "ignore_end", "complete", "embed"}
        assert engine.running == 0
    first, second, third = home.asked()[:3]
    wanted = {
        "temperature": 0.5, "top_p": 0.9, "top_k": 7, "repetition_penalty": 1.1, "seed": 3,
        "presence_penalty": 0.1, "frequency_penalty": 0.2, "min_tokens": 20 - opened, "logprobs": 0,
    }  # fmt: skip
    assert first.items() >= wanted.items()
    assert second["ignore_eos"] and not second["stop_token_ids"]
    assert third["response_format"]["json_schema"]["schema"] == {"const": 1}


async def test_prompts_are_scored_and_echoed(home: Home) -> None:
    async with home.engine() as engine:
        ids = home.tokenizer.encode("Can I borrow a map?")
        assert await engine.score(ids) == [-0.5] * (len(ids) - 1)
        asked = Sampling(max_tokens=2, logprobs=True)
        chunks = [chunk async for chunk in engine.complete(ids, asked, echo=True)]
        assert [token.logprob for token in chunks[0].tokens] == [0.0, *[-0.5] * (len(ids) - 1)]
        assert chunks[0].text == "Can I borrow a map?"
        assert sum(len(chunk.tokens) for chunk in chunks[1:]) == 2


async def test_a_killed_vllm_fails_what_runs_and_is_replaced(home: Home) -> None:
    home.says(delay=0.05)
    async with home.engine() as engine:
        stream = engine.chat(HELLO, Sampling(max_tokens=100, ignore_end=True))
        await anext(stream)
        first = engine._writer.pid  # type: ignore[attr-defined]
        os.kill(first, signal.SIGKILL)
        killed = time.monotonic()
        with pytest.raises(EngineError):
            async for _ in stream:
                pass
        assert time.monotonic() - killed < 2
        home.says(delay=0)
        assert (await gather(engine.chat(HELLO, Sampling(max_tokens=60)))).text == ANSWER
        assert engine._writer.pid != first  # type: ignore[attr-defined]
        assert engine.running == 0


async def test_one_that_is_ill_is_replaced(home: Home) -> None:
    async with home.engine() as engine:
        first = engine._writer.pid  # type: ignore[attr-defined]
        home.says(ill=True)
        while engine.health() == "ready":
            await asyncio.sleep(0.02)
        home.says(ill=False)
        assert (await gather(engine.chat(HELLO, Sampling(max_tokens=60)))).text == ANSWER
        assert engine._writer.pid != first  # type: ignore[attr-defined]


async def test_leaving_early_and_a_full_queue(home: Home) -> None:
    home.says(delay=0.05)
    endless = Sampling(max_tokens=100, ignore_end=True)
    async with home.engine() as engine:
        async with aclosing(engine.chat(HELLO, endless)) as stream:
            await anext(stream)
            assert engine.running == 1
        assert engine.running == 0
        results = await asyncio.gather(
            *(gather(engine.chat(HELLO, Sampling(max_tokens=5))) for _ in range(6)),
            return_exceptions=True,
        )
        refused = [result for result in results if isinstance(result, EngineOverloaded)]
        assert len(refused) == 2 and refused[0].retry_after >= 1
        assert engine.running == 0


@pytest.mark.parametrize("how", ["fails", "no program", "old"])
async def test_what_cannot_work_is_one_sentence(
    home: Home, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "old":
        home.says(old=True)
        async with home.engine() as engine:
            with pytest.raises(EngineError, match="does not give token ids"):
                await gather(engine.chat(HELLO, Sampling(max_tokens=5)))
        return
    home.says(fails=True)
    if how == "no program":
        monkeypatch.setenv("PATH", "/usr/bin")
    with pytest.raises(EngineError) as caught:
        async with home.engine():
            pass
    words = "no program of that name" if how == "no program" else "ended with code 3"
    assert words in str(caught.value)
    assert caught.value.next_step


PARENT = """
import asyncio, sys
from pathlib import Path
from chatwright.engine.vllm import Vllm

async def main():
    child = Vllm(Path("model"), 256, [1])
    await child.start()
    print(child.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_it_ends_with_a_killed_parent(home: Home) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
    finally:
        parent.kill()
        parent.communicate()
    until = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
