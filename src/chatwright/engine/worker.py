"""The child process that owns the pipeline: requests as JSON lines in, tokens as JSON lines out.

A native crash ends this process and not the server. It knows token ids only: no text, no template.

In:   {"add": [id, prompt ids, options]} | {"cancel": id}     and end of file = end
Out:  {"ready": {...}} | {"failed": "why"} | {"tokens": [[id, ids, log probabilities, finish], ...]}

`finish` is null while a request runs, then "stop", "length" or "cancelled"; "ignored" means that the
prompt does not fit the cache, "invalid: why" that the pipeline did not take the request. Tokens of all
requests travel together, every `GATHER` seconds: a message wakes every stream of the server. A reply's
first tokens and its end wait for nobody. Once a second a message has "figures" besides: requests that the
pipeline has, those that its last step computed, and how full its cache is (0 to 1).
"""

from __future__ import annotations

import json
import os
import random
import resource
import select
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import openvino_genai as genai

ALIVE = 5.0  # seconds without tokens after which the parent is told that steps go on
WARM = (8,)  # tokens of the prompts
GATHER = 0.04  # seconds; 25 pieces of text a second look like flowing text
FIRST = 4  # tokens of a reply that are sent as they come: a word is shown when the next one begins
FIGURES = 1.0  # seconds between two looks at what the pipeline has to do
FINISH = {
    genai.GenerationFinishReason.STOP: "stop",
    genai.GenerationFinishReason.LENGTH: "length",
}
Status = genai.GenerationStatus


def main() -> None:
    """Load the model named by the arguments, then serve until standard input ends."""
    options = json.loads(sys.argv[1])
    # Libraries print to standard output; the protocol keeps it for itself.
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    # A crash is told at once, and what people wrote stays out of a dump.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipeline = load(Path(options["folder"]), options)
        warm(pipeline, options)
        print(json.dumps({"ready": {"pid": os.getpid()}}), file=out)
        Loop(pipeline, frozenset(options["stop_ids"]), Commands(0), out).run()
    except RuntimeError as error:
        # After a step that failed the pipeline fails at every step: only a new one helps.
        print(json.dumps({"failed": reason(error)}), file=out)
        raise SystemExit(1) from error


def reason(error: Exception) -> str:
    """What a native error says, in one line and without the places in OpenVINO's sources."""
    lines = [line.strip().rstrip(".") for line in str(error).splitlines()]
    said = [line for line in lines if line and not line.startswith(("Exception from", "Check '"))]
    return " ".join(said or [line for line in lines if line])[:300]


def load(folder: Path, options: dict[str, Any]) -> genai.ContinuousBatchingPipeline:
    """The pipeline, with its cache sized in blocks. Arithmetic is fp32 so that every machine agrees."""
    scheduler = genai.SchedulerConfig()
    scheduler.num_kv_blocks = options["blocks"]
    scheduler.enable_prefix_caching = options["prefix_cache"]
    scheduler.max_num_seqs = options["sequences"]
    scheduler.max_num_batched_tokens = options["batch_tokens"]
    properties = {
        "INFERENCE_PRECISION_HINT": "f32",
        "KV_CACHE_PRECISION": options["cache_precision"],
    }
    if options["threads"]:
        properties["INFERENCE_NUM_THREADS"] = options["threads"]
    return genai.ContinuousBatchingPipeline(
        str(folder),
        scheduler_config=scheduler,
        device="CPU",
        properties=properties,
        tokenizer_properties={},
    )


def warm(pipeline: Any, options: dict[str, Any]) -> None:
    """Write two tokens: kernels are made when they are first used, and nobody shall wait for that."""
    config = genai.GenerationConfig()
    config.max_new_tokens, config.ignore_eos = 2, True
    for length in WARM:
        prompt = ov.Tensor(np.full((1, length), options["begin"], dtype=np.int64))
        handle = pipeline.add_request(2**40, prompt, config)
        while pipeline.has_non_finished_requests():
            pipeline.step()
        handle.read_all()


def generation_config(options: dict[str, Any], stop_ids: frozenset[int]) -> genai.GenerationConfig:
    config = genai.GenerationConfig()
    config.max_new_tokens = options["max_tokens"]
    config.do_sample = options["temperature"] > 0
    if config.do_sample:
        config.temperature = options["temperature"]
        config.top_p = options["top_p"]
        if options["top_k"]:
            config.top_k = options["top_k"]
        seed = options["seed"]
        config.rng_seed = random.getrandbits(32) if seed is None else seed
    config.repetition_penalty = options["repetition_penalty"]
    config.presence_penalty = options["presence_penalty"]
    config.frequency_penalty = options["frequency_penalty"]
    config.logprobs = int(options["logprobs"])  # a softmax over the vocabulary for every token
    config.echo = options["echo"]
    config.ignore_eos = options["ignore_end"]
    config.min_new_tokens = options["min_tokens"]
    config.stop_token_ids = set(stop_ids)
    if options["schema"] is not None:
        config.structured_output_config = genai.StructuredOutputConfig(grammar=options["schema"])
    return config


class Commands:
    """Lines of JSON from a file descriptor.

    Read by the thread that steps, between two steps: the pipeline keeps Python's lock while it
    computes, so a second thread would wait for it at every read.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self._rest = b""

    def take(self, *, wait: bool) -> list[dict[str, Any]] | None:
        """Those that have come, after waiting for some if `wait`; None when the parent is gone."""
        if not select.select([self._source], [], [], None if wait else 0)[0]:
            return []
        read = os.read(self._source, 2**20)
        *lines, self._rest = (self._rest + read).split(b"\n")
        return [json.loads(line) for line in lines] if read else None


class Loop:
    """Take commands, step, send: the three verbs of the process."""

    def __init__(
        self, pipeline: Any, stop_ids: frozenset[int], commands: Commands, out: Any
    ) -> None:
        self._pipeline, self._stop_ids = pipeline, stop_ids
        self._commands, self._out = commands, out
        self._running: dict[int, Any] = {}
        self._new: dict[int, int] = {}  # tokens sent of those that have sent fewer than `FIRST`
        self._scored: set[int] = set()
        self._sent = 0.0
        self._said = 0.0
        self._looked = 0.0

    def run(self) -> None:
        while self._take():
            if self._pipeline.has_non_finished_requests():
                self._pipeline.step()
            self._send()

    def _take(self) -> bool:
        """Obey all commands that wait; wait for one only when nothing runs. False at the end."""
        commands = self._commands.take(wait=not self._running)
        for command in commands or ():
            if "add" in command:
                self._add(*command["add"])
            elif (handle := self._running.get(command["cancel"])) is not None:
                handle.cancel()
                self._forget(command["cancel"])
        return commands is not None

    def _add(self, request: int, ids: list[int], options: dict[str, Any]) -> None:
        try:
            config = generation_config(options, self._stop_ids)
            prompt = ov.Tensor(np.asarray([ids], dtype=np.int64))
            self._running[request] = self._pipeline.add_request(request, prompt, config)
        except RuntimeError as error:
            self._tell([[request, [], [], f"invalid: {reason(error)}"]])
            return
        self._new[request] = 0
        if options["logprobs"]:
            self._scored.add(request)

    def _forget(self, request: int) -> None:
        del self._running[request]
        self._new.pop(request, None)
        self._scored.discard(request)

    def _send(self) -> None:
        """Send first tokens and ends, and every `GATHER` seconds whatever was made.

        The rest stays in the pipeline: reading costs ten times what asking for the status does.
        """
        now = time.monotonic()
        everything = now - self._sent >= GATHER
        entries = []
        for request, handle in list(self._running.items()):
            ended = (status := handle.get_status()) != Status.RUNNING
            due = everything or request in self._new
            if ended or (due and handle.can_read()):
                entries.append(self._read(request, handle, status))
        if everything:
            self._sent = now
        if entries or (self._running and now - self._said > ALIVE):
            self._tell(entries)

    def _tell(self, entries: list[list[Any]]) -> None:
        self._said = time.monotonic()
        message: dict[str, Any] = {"tokens": entries}
        if self._said - self._looked >= FIGURES or not self._running:
            self._looked = self._said
            message["figures"] = self._figures()
        self._out.write(json.dumps(message, separators=(",", ":")) + "\n")

    def _figures(self) -> list[float]:
        found = self._pipeline.get_metrics()
        if not self._running:  # the pipeline tells of its last step, which has ended
            return [0, 0, found.cache_usage / 100]
        return [found.requests, found.scheduled_requests, found.cache_usage / 100]

    def _read(self, request: int, handle: Any, status: Any) -> list[Any]:
        """The entry of one request: all that was made of it since the last one."""
        ids: list[int] = []
        log_probs: list[float] = []
        finish = None
        while handle.can_read():
            for output in handle.read().values():
                ids += output.generated_ids
                if request in self._scored:
                    log_probs += output.generated_log_probs
                if status != Status.RUNNING:
                    finish = FINISH.get(output.finish_reason) or finish
        if request in self._new:
            self._new[request] += len(ids)
            if self._new[request] >= FIRST:
                del self._new[request]
        if status == Status.RUNNING:
            return [request, ids, log_probs, None]
        self._forget(request)
        if status != Status.FINISHED:
            finish = "ignored" if status == Status.IGNORED else "cancelled"
        return [request, ids, log_probs, finish or "stop"]


if __name__ == "__main__":
    main()
