"""The bare engine for `serve.py`: OpenVINO's pipeline alone in a process, ids in, ids out.

The pipeline and its settings come from `chatwright.engine.worker`, so threads, precision, cache and
scheduler are those of the server. What a server must do besides is left out here: no text, no
messages between processes, no log probabilities, tokens are read once per reply.

In: one JSON line per pass, {"prompts": [ids...], "opened": [tokens...], "order": [index...], "streams":
n}; out: one line. `opened` tokens at a prompt's end are the reply's own, put there by the chooser, and
count as written, as they do over HTTP. `limits` are the most tokens of each reply, where they differ.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import deque
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import openvino_genai as genai

from chatwright.engine.worker import generation_config, load

Status = genai.GenerationStatus


class Bare:
    """A pipeline and a step loop that keeps `streams` requests in flight."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._pipeline = load(Path(settings["pipeline"]["folder"]), settings["pipeline"])
        self._request = settings["request"]
        self._stop_ids = frozenset(settings["pipeline"]["stop_ids"])
        self._numbers = count()

    def run(
        self,
        prompts: list[list[int]],
        opened: list[int],
        order: list[int],
        streams: int,
        limits: list[int] | None = None,
    ) -> dict[str, Any]:
        waiting = deque(order)
        running: list[tuple[Any, int]] = []
        unseen: dict[int, float] = {}
        tokens, first, steps = [], [], []
        cpu = _cpu()
        began = last = time.perf_counter()
        while waiting or running:
            while waiting and len(running) < streams:
                index = waiting.popleft()
                limit = limits[index] if limits else self._request["max_tokens"]
                handle = self._add(prompts[index], limit)
                running.append((handle, opened[index]))
                unseen[id(handle)] = time.perf_counter()
            self._pipeline.step()
            now = time.perf_counter()
            steps.append(now - last)
            last = now
            still = []
            for handle, before in running:
                if id(handle) in unseen and handle.can_read():
                    first.append(now - unseen.pop(id(handle)))
                if handle.get_status() == Status.RUNNING:
                    still.append((handle, before))
                else:
                    made = sum(len(output.generated_ids) for output in handle.read_all())
                    tokens.append(before + made)
            running = still
        return {
            "seconds": time.perf_counter() - began,
            "tokens": tokens,
            "first": first,
            "between": steps,
            "cpu": _cpu() - cpu,
        }

    def _add(self, prompt: list[int], limit: int) -> Any:
        config = generation_config(self._request | {"max_tokens": limit}, self._stop_ids)
        config.logprobs = 0
        ids = ov.Tensor(np.asarray([prompt], dtype=np.int64))
        return self._pipeline.add_request(next(self._numbers), ids, config)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # libraries print to standard output
    bare = Bare(json.loads(sys.argv[1]))
    print(json.dumps({"ready": True}), file=out)
    for line in sys.stdin:
        print(json.dumps(bare.run(**json.loads(line))), file=out)


if __name__ == "__main__":
    main()
