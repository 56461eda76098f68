"""A vLLM that we start on a release's weights, on a port and with a key that nobody else knows.

It gets token ids and gives token ids: the release's own template, openings and pointers stay in force.
Sources: vLLM's `entrypoints/openai/completion/{protocol,serving}.py`. Tested against a stand-in that
speaks as those files have it; vLLM itself was not run here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

import httpx

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.engine.exchange import PATIENCE, Patience, Unreachable, events
from chatwright.engine.supervised import Supervised
from chatwright.engine.writer import Load, Pace, Step

NAME = "chatwright"  # what the model is called between us
START_SECONDS = 900.0  # a large model is read, compiled and captured
POLL_SECONDS = 0.25
HEALTH_SECONDS = 5.0
# How long /health may take: a machine with much to do is slow, and not ill.
HEALTH_PATIENCE = 5.0
END_SECONDS = 20.0

log = logging.getLogger(__name__)


class Vllm(Supervised):
    """See `writer.Writer`."""

    next_step = "See the server's log, and try `vllm serve` by hand."
    cached_tokens = False  # it computes a prompt's probabilities whatever its cache knows
    schemas = True

    def __init__(
        self,
        model: Path,
        context: int,
        stop_ids: Sequence[int],
        *,
        queue: int = 256,
        arguments: Sequence[str] = (),
        patience: Patience = PATIENCE,
    ) -> None:
        super().__init__()
        self._model, self._context, self._stop_ids = model, context, list(stop_ids)
        self._queue, self._arguments, self._patience = queue, tuple(arguments), patience
        self._client: httpx.AsyncClient | None = None
        self._running = 0
        self._pace = Pace()

    @property
    def load(self) -> Load:
        """What waits and how full its cache is, vLLM tells at its own /metrics."""
        return Load(restarts=self.restarts)

    @property
    def running(self) -> int:
        return self._running

    async def start(self) -> None:
        if shutil.which("vllm") is None:
            raise EngineError(
                '[engine] kind is "vllm", and there is no program of that name.',
                "Install vLLM (`pip install vllm`) where there is a GPU, or remove the line.",
            )
        await super().start()

    async def generate(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[Step, None]:
        if self._running >= self._queue:
            raise EngineOverloaded(
                f"{self._queue} requests are already being answered.",
                "Try again in a moment.",
                retry_after=self._pace.retry_after,
            )
        self._running += 1
        began = time.monotonic()
        try:
            async with contextlib.aclosing(self._steps(prompt, options)) as steps:
                async for step in steps:
                    yield step
                    if step[2] is not None:
                        self._pace.ended(time.monotonic() - began)
                        return
            raise Unreachable("The engine's answer was cut off.")
        finally:
            self._running -= 1

    async def _steps(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[Step, None]:
        """Until there are no more. One that has just died is waited for once, as its successor."""
        body = self._body(prompt, options)
        for attempt in range(2):
            await self._wait_until_ready()
            assert self._client is not None
            stream = events(self._client, "v1/completions", body, {}, self._patience)
            try:
                async with contextlib.aclosing(stream) as found:
                    async for event in found:
                        step = _step(event, prompt if options["echo"] else [])
                        if step is not None:
                            yield step
                return
            except Unreachable as error:
                if attempt or not isinstance(error.__cause__, httpx.ConnectError):
                    raise
            except RuntimeError as error:  # the client was closed with the process
                raise Unreachable("The engine stopped in the middle of the answer.") from error
            await asyncio.sleep(POLL_SECONDS)

    def _body(self, prompt: list[int], options: dict[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": NAME,
            "prompt": prompt,
            "stream": True,
            "max_tokens": options["max_tokens"],
            "min_tokens": options["min_tokens"],
            "temperature": options["temperature"],
            "top_p": options["top_p"],
            "repetition_penalty": options["repetition_penalty"],
            "presence_penalty": options["presence_penalty"],
            "frequency_penalty": options["frequency_penalty"],
            "ignore_eos": options["ignore_end"],
            "stop_token_ids": [] if options["ignore_end"] else self._stop_ids,
            "echo": options["echo"],
            "return_token_ids": True,
        }
        body |= {name: options[name] for name in ("seed", "top_k") if options[name] is not None}
        if options["logprobs"]:
            body["logprobs"] = 0  # of the token that was drawn, and no other
        if options["schema"] is not None:
            body["response_format"] = _format(options["schema"])
        return body

    async def _run(self) -> bool:
        port, key = _free_port(), secrets.token_urlsafe(24)
        # The key goes by the environment: arguments are seen by every user of the machine.
        environment = os.environ | {
            "VLLM_API_KEY": key,
            "VLLM_NO_USAGE_STATS": "1",
            "DO_NOT_TRACK": "1",
            "HF_HUB_OFFLINE": "1",
        }
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "chatwright.engine.leash", "vllm", "serve", str(self._model)),
            *("--host", "127.0.0.1", "--port", str(port)),
            *("--served-model-name", NAME, "--max-model-len", str(self._context)),
            *self._arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=None if os.environ.get("CHATWRIGHT_DEBUG") else asyncio.subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        was_ready, said = False, None
        try:
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}/",
                headers={"Authorization": f"Bearer {key}"},
                timeout=httpx.Timeout(None, connect=self._patience.connect),
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=64),
                trust_env=False,  # no proxy stands between us
            ) as client:
                if await self._comes_up(client, process):
                    was_ready, self._failure, self._client = True, None, client
                    self._ready.set()
                    await self._watch(client, process)
                elif process.returncode is None:
                    said = f"vLLM did not answer within {START_SECONDS:.0f} s"
        finally:
            self._ready.clear()
            await self._end(process)
        self._note_end(process.returncode, said, was_ready)
        return was_ready

    async def _comes_up(self, client: httpx.AsyncClient, process: Any) -> bool:
        until = time.monotonic() + START_SECONDS
        while process.returncode is None and time.monotonic() < until:
            if await _healthy(client):
                return True
            await asyncio.sleep(POLL_SECONDS)
        return False

    async def _watch(self, client: httpx.AsyncClient, process: Any) -> None:
        """Return when the process has ended, or says for good that it is ill."""
        waiting = asyncio.create_task(process.wait())
        ill = 0
        try:
            while ill < 3:
                await asyncio.wait({waiting}, timeout=HEALTH_SECONDS)
                if waiting.done():
                    return
                ill = 0 if await _healthy(client) else ill + 1
            log.error("The engine's process %s does not answer /health.", self.pid)
        finally:
            waiting.cancel()

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), END_SECONDS)
        with contextlib.suppress(ProcessLookupError):  # it has children, who hold the GPU's memory
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _healthy(client: httpx.AsyncClient) -> bool:
    """vLLM answers 503 when its engine is dead."""
    try:
        async with asyncio.timeout(HEALTH_PATIENCE):
            response = await client.get("health")
    except (httpx.HTTPError, TimeoutError):
        return False
    return response.status_code == 200


def _step(event: dict[str, Any], echoed: list[int]) -> Step | None:
    """What an event of a completion stream says. With an echo the first one has the prompt's tokens."""
    try:
        for choice in event.get("choices") or []:
            if (ids := choice.get("token_ids")) is None:
                raise EngineError("This vLLM does not give token ids.", "Use vLLM 0.10.2 or later.")
            scored = (choice.get("logprobs") or {}).get("token_logprobs") or []
            log_probs = [0.0 if value is None else min(float(value), 0.0) for value in scored]
            if echoed and len(log_probs) > len(ids):
                ids = [*echoed, *ids]
            return [int(index) for index in ids], log_probs, choice.get("finish_reason")
    except (TypeError, ValueError, AttributeError):
        raise Unreachable("The engine sent an event that is not a completion.") from None
    return None


def _format(schema: str) -> dict[str, Any]:
    try:
        meant = json.loads(schema)
    except (ValueError, RecursionError):
        raise Unsupported(
            "The JSON schema is not JSON.", "Correct it.", field="response_format"
        ) from None
    return {"type": "json_schema", "json_schema": {"name": "reply", "schema": meant}}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
