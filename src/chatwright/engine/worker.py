"""The child process that owns the pipeline: requests as JSON lines in, tokens as JSON lines out.

A native crash ends this process and not the server. It knows token ids only: no text, no template.

In:   {"add": [id, prompt ids, options]} | {"cancel": id}     and end of file = end
Out:  {"ready": {...}} | {"failed": "why"} | {"tokens": [[id, ids, log probabilities, finish], ...]}

`finish` is null while a request runs, then "stop", "length" or "cancelled"; "ignored" means that the
prompt does not fit the cache. Tokens of several requests travel together, every `GATHER` seconds
once a reply has begun: at many streams this is what keeps the server's cores free.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import openvino_genai as genai

GATHER = 0.02
HURRY = 0.005  # between two messages, and two looks at what was made, while several replies run
BLOCK = 32  # tokens in a cache block of the CPU plugin
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
    try:
        pipeline = load(Path(options["folder"]), options)
    except RuntimeError as error:
        print(json.dumps({"failed": reason(error)}), file=out)
        raise SystemExit(1) from error
    print(json.dumps({"ready": {"pid": os.getpid()}}), file=out)
    Loop(pipeline, frozenset(options["stop_ids"]), out).run(_commands())


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


def generation_config(options: dict[str, Any], stop_ids: frozenset[int]) -> genai.GenerationConfig:
    config = genai.GenerationConfig()
    config.max_new_tokens = options["max_tokens"]
    config.do_sample = options["temperature"] > 0
    if config.do_sample:
        config.temperature = options["temperature"]
        config.top_p = options["top_p"]
        if options["top_k"]:
            config.top_k = options["top_k"]
        config.rng_seed = options["seed"]
    config.repetition_penalty = options["repetition_penalty"]
    config.presence_penalty = options["presence_penalty"]
    config.frequency_penalty = options["frequency_penalty"]
    config.logprobs = int(options["echo"])  # a softmax over the vocabulary for every token
    config.echo = options["echo"]
    config.ignore_eos = options["echo"]
    if not options["echo"]:
        config.stop_token_ids = set(stop_ids)
    return config


class Loop:
    """Take commands, step, send: the three verbs of the process."""

    def __init__(self, pipeline: Any, stop_ids: frozenset[int], out: Any) -> None:
        self._pipeline, self._stop_ids, self._out = pipeline, stop_ids, out
        self._running: dict[int, Any] = {}
        self._waiting: dict[int, list[Any]] = {}
        self._begun: set[int] = set()
        self._sent = self._sent_all = self._collected = 0.0

    def run(self, commands: queue.Queue[str | None]) -> None:
        while True:
            if not self._take(commands):
                return
            if self._pipeline.has_non_finished_requests():
                self._pipeline.step()
            elif self._waiting:
                time.sleep(0.001)  # nothing to compute; what is held back goes out soon
            if len(self._running) == 1 or time.monotonic() - self._collected >= HURRY:
                self._collect()
                self._send()

    def _take(self, commands: queue.Queue[str | None]) -> bool:
        """Obey all commands that wait; block only when nothing runs. False at the end."""
        idle = not self._running and not self._waiting
        while True:
            try:
                line = commands.get(block=idle)
            except queue.Empty:
                return True
            if line is None:
                return False
            command = json.loads(line)
            if "add" in command:
                self._add(*command["add"])
            elif (handle := self._running.pop(command["cancel"], None)) is not None:
                handle.cancel()
                self._begun.discard(command["cancel"])
                self._waiting.pop(command["cancel"], None)
            idle = False

    def _add(self, request: int, ids: list[int], options: dict[str, Any]) -> None:
        config = generation_config(options, self._stop_ids)
        prompt = ov.Tensor(np.asarray([ids], dtype=np.int64))
        self._running[request] = self._pipeline.add_request(request, prompt, config)

    def _collect(self) -> None:
        """Take what the pipeline has made. Asking every handle at every step would cost it a third."""
        self._collected = time.monotonic()
        for request, handle in list(self._running.items()):
            entry = self._waiting.get(request) or [request, [], [], None]
            while handle.can_read():
                for output in handle.read().values():
                    entry[1] += output.generated_ids
                    entry[2] += output.generated_log_probs
                    entry[3] = FINISH.get(output.finish_reason) or entry[3]
            status = handle.get_status()
            if status != Status.RUNNING:
                if status != Status.FINISHED:
                    entry[3] = "ignored" if status == Status.IGNORED else "cancelled"
                entry[3] = entry[3] or "stop"
                del self._running[request]
            if entry[1] or entry[3]:
                self._waiting[request] = entry

    def _send(self) -> None:
        """Send what is due: first tokens and ends soon, the rest every `GATHER` seconds."""
        now = time.monotonic()
        waited = now - self._sent
        if not self._waiting or (len(self._running) > 1 and waited < HURRY):
            return
        due = list(self._waiting)
        if len(self._running) > 1 and now - self._sent_all < GATHER:
            due = [r for r in due if self._waiting[r][3] or r not in self._begun]
        if len(due) == len(self._waiting):
            self._sent_all = now
        if not due:
            return
        entries = [self._waiting.pop(request) for request in due]
        for request, _, _, finish in entries:
            (self._begun.discard if finish else self._begun.add)(request)
        self._out.write(json.dumps({"tokens": entries}, separators=(",", ":")) + "\n")
        self._sent = now


def _commands() -> queue.Queue[str | None]:
    """Standard input as a queue; None when it ends, that is, when the parent is gone."""
    commands: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            commands.put(line)
        commands.put(None)

    threading.Thread(target=read, daemon=True).start()
    return commands


if __name__ == "__main__":
    main()
