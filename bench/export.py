"""Does an exported model write what the release writes? Greedy replies in llama.cpp against our engine.

    python bench/export.py examples/library [--replies 50] [--tokens 64]

Takes the promoted release and the first held-out conversations by id, each up to its last reply. Both
sides get the same token ids (our prompt; that llama.cpp makes the same of the exported template is checked
apart), without the chooser, which does not go along. F32 in llama.cpp, with a cache in F32, against the
release's weights in fp32 in the engine that serves them; Q8_0, as people run it, against int8 as served.

Where two replies part, the gap says how near a thing it was: the best logit less the second best there,
by the release's weights in torch. Goal for F32: 49 of 50 equal, and no gap of 0.01 or more.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import llama_cpp
import machine
import numpy as np
import openvino as ov
import openvino_genai as genai
import torch
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
from chatwright.data.dataset import build
from chatwright.engine import worker
from chatwright.model import openvino, weights
from chatwright.model.decoder import Decoder
from chatwright.release import gguf
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.tokenizer import Tokenizer

EQUAL, GAP = 0.98, 0.01  # goals: 49 of 50; a divergence only where two tokens are as good
Write = Callable[[list[int]], list[int]]


class Engine:
    """Our engine on a folder of `model.openvino`: ids in, ids out, greedy; the server's own settings."""

    def __init__(self, folder: Path, stop: frozenset[int], tokens: int) -> None:
        options = {
            "blocks": 256,
            "prefix_cache": False,
            "sequences": 1,
            "batch_tokens": 2048,
            "cache_precision": "f32",
            "threads": 0,
        }
        self._pipeline = worker.load(folder, options)
        self._config = genai.GenerationConfig(
            max_new_tokens=tokens, do_sample=False, stop_token_ids=set(stop)
        )
        self._numbers = count()

    def __call__(self, prompt: list[int]) -> list[int]:
        ids = ov.Tensor(np.asarray([prompt], dtype=np.int64))
        handle = self._pipeline.add_request(next(self._numbers), ids, self._config)
        while self._pipeline.has_non_finished_requests():
            self._pipeline.step()
        return [id for output in handle.read_all() for id in output.generated_ids]


class LlamaCpp:
    """llama.cpp on a GGUF file."""

    def __init__(
        self, path: Path, context: int, stop: frozenset[int], tokens: int, exact: bool
    ) -> None:
        cache = llama_cpp.GGML_TYPE_F32 if exact else llama_cpp.GGML_TYPE_F16
        self.model = llama_cpp.Llama(
            str(path), n_ctx=context, type_k=cache, type_v=cache, verbose=False
        )
        self._stop, self._tokens = stop, tokens

    def __call__(self, prompt: list[int]) -> list[int]:
        made: list[int] = []
        drawn = self.model.generate(prompt, temp=0.0, top_k=1, repeat_penalty=1.0, reset=True)
        for id in drawn:
            made.append(id)
            if id in self._stop or len(made) == self._tokens:
                break
        return made

    def ids(self, conversation: Conversation) -> list[int]:
        """The prompt as programs around llama.cpp make it: the file's template, then its tokenizer."""
        template = Jinja2ChatFormatter(
            self.model.metadata["tokenizer.chat_template"], eos_token="", bos_token=""
        )
        said = [
            {"role": m.role, "content": m.content, "refused": m.refused}
            for m in conversation.messages
        ]
        text = template(messages=said).prompt
        return self.model.tokenize(text.encode(), add_bos=False, special=True)


def questions(spec: Spec, wanted: int) -> list[Conversation]:
    """Held-out conversations without their last reply."""
    dataset = build(spec, Silent())
    found = sorted(dataset.split(dataset.held_out), key=lambda c: c.id)
    asked = [c.before(len(c.messages) - 1) for c in found if c.messages[-1].role == "assistant"]
    return [c for c in asked if c.messages and c.messages[-1].role == "user"][:wanted]


@torch.no_grad()
def gap(decoder: Decoder, prompt: list[int], one: list[int], other: list[int]) -> float | None:
    """The best logit less the second where two replies part; None where they do not."""
    if one == other:
        return None
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    best = decoder(torch.tensor([prompt + one[:same]]))[0, -1].topk(2).values
    return float(best[0] - best[1])


def trimmed(ids: list[int], stop: frozenset[int]) -> list[int]:
    """Up to the end token, which one engine gives and another does not."""
    end = next((n for n, id in enumerate(ids) if id in stop), len(ids))
    return ids[:end]


def compared(
    name: str, ours: Write, theirs: Write, prompts: list[list[int]], decoder: Decoder, stop: Any
) -> dict[str, Any]:
    pairs = [(p, trimmed(ours(p), stop), trimmed(theirs(p), stop)) for p in prompts]
    gaps = [round(g, 5) for p, a, b in pairs if (g := gap(decoder, p, a, b)) is not None]
    tokens = sum(len(one) for _, one, _ in pairs) / len(pairs)
    return {"name": name, "equal": len(pairs) - len(gaps), "gaps": sorted(gaps), "tokens": tokens}


def measure(spec: Spec, release: Release, arguments: argparse.Namespace) -> dict[str, Any]:
    tokenizer, decoder = Tokenizer.load(release.model), weights.load(release.model)
    stop = tokenizer.special - tokenizer.silent
    asked = questions(spec, arguments.replies)
    prompts = [tokenizer.render(c, open_reply=True).ids for c in asked]
    context = spec.model.context
    with tempfile.TemporaryDirectory() as temporary:
        found, same = [], 0
        for kind, precision in (("f32", "fp32"), ("q8_0", "int8")):
            folder = Path(temporary) / kind
            openvino.convert(decoder, folder / "engine", release.model, precision)
            (file,) = gguf.export(release.model, folder, kind)
            ours = Engine(folder / "engine", stop, arguments.tokens)
            theirs = LlamaCpp(file, context, stop, arguments.tokens, exact=kind == "f32")
            name = f"GGUF {kind} against {precision}"
            found.append(compared(name, ours, theirs, prompts, decoder, stop))
            if kind == "f32":
                same = sum(theirs.ids(c) == p for c, p in zip(asked, prompts, strict=True))
            theirs.model.close()
    return {"replies": len(prompts), "same_ids": same, "compared": found}


def show(found: dict[str, Any]) -> None:
    rows: list[list[object]] = []
    for one in found["compared"]:
        largest = f"{max(one['gaps']):.5f}" if one["gaps"] else "-"
        rows.append(
            [one["name"], f"{one['equal']} of {found['replies']}", largest, f"{one['tokens']:.1f}"]
        )
    print(machine.table(["greedy replies", "equal", "largest gap", "tokens a reply"], rows))
    print(f"\nPrompts that llama.cpp makes the same of: {found['same_ids']} of {found['replies']}.")


def summary(found: dict[str, Any]) -> dict[str, Any]:
    exact, eight = found["compared"]
    met = exact["equal"] >= EQUAL * found["replies"] and all(g < GAP for g in exact["gaps"])
    return {
        "n": found["replies"],
        "equal_f32": exact["equal"],
        "gaps_f32": exact["gaps"],
        "equal_q8_0": eight["equal"],
        "gaps_q8_0": eight["gaps"],
        "same_ids": found["same_ids"],
        "goal_met": met and found["same_ids"] == found["replies"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bot", type=Path)
    parser.add_argument("--replies", type=int, default=50)
    parser.add_argument("--tokens", type=int, default=64)
    arguments = parser.parse_args()
    print(machine.header("llama-cpp-python", "gguf"))
    spec = load_spec(arguments.bot)
    current = Registry(spec).current()
    if current is None:
        raise SystemExit(
            f"FAILED: nothing is promoted yet. Run chatwright up {arguments.bot} first."
        )
    found = measure(spec, current[1], arguments)
    show(found)
    print(json.dumps(summary(found)))


if __name__ == "__main__":
    main()
