"""The converted graph computes what the Decoder computes: fp32 to rounding, int8 within a stated tolerance."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import pytest
import torch
from openvino_tokenizers import _get_opset_factory
from tests import bases
from tests.tiny import Tiny

from chatwright.model import weights
from chatwright.model.decoder import Decoder
from chatwright.model.openvino import XML, Precision, convert, stateful, write_vocabulary
from chatwright.release.manifest import Release
from chatwright.tokenizer import Tokenizer

EIGHT_BITS = 0.02  # nats that int8 weights may cost per token, on text that the bot was trained on


@pytest.fixture(scope="module")
def graphs(tiny: Tiny) -> dict[str, Any]:
    core = ov.Core()
    hint = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    hint["KV_CACHE_PRECISION"] = "f32"  # eight bits otherwise

    def compiled(release: Release) -> Any:
        return core.compile_model(release.engine / XML, "CPU", hint)

    return {"fp32": compiled(tiny.fp32), "int8": compiled(tiny.int8)}


def run(graph: Any, pieces: list[list[int]]) -> np.ndarray:
    """Logits of `pieces`, fed one after the other into one request: the caches are used."""
    request = graph.create_infer_request()
    request.reset_state()
    seen, out = 0, []
    for ids in pieces:
        seen += len(ids)
        request.infer(
            {
                "input_ids": np.array([ids], dtype=np.int64),
                "attention_mask": np.ones((1, seen), dtype=np.int64),
                "position_ids": np.arange(seen - len(ids), seen, dtype=np.int64)[None],
                "beam_idx": np.zeros(1, dtype=np.int32),
            }
        )
        out.append(request.get_tensor("logits").data.copy()[0])
    return np.concatenate(out)


@torch.no_grad()
def test_fp32_equals_torch(tiny: Tiny, graphs: dict[str, Any]) -> None:
    decoder = weights.load(tiny.fp32.model)
    for rendered in tiny.corpus.dev[:8]:
        expected = decoder(torch.tensor([rendered.ids]))[0].numpy()
        np.testing.assert_allclose(run(graphs["fp32"], [rendered.ids]), expected, atol=1e-3)
        token_by_token = [rendered.ids[:5], *([i] for i in rendered.ids[5:])]
        np.testing.assert_allclose(run(graphs["fp32"], token_by_token), expected, atol=1e-3)


@torch.no_grad()
def test_int8_stays_within_its_tolerance(tiny: Tiny, graphs: dict[str, Any]) -> None:
    decoder = weights.load(tiny.fp32.model)
    lost, tokens, same = 0.0, 0, 0
    for rendered in tiny.corpus.dev:
        ids = torch.tensor(rendered.ids)
        exact = decoder(ids[None])[0].log_softmax(-1)
        rounded = torch.from_numpy(run(graphs["int8"], [rendered.ids])).log_softmax(-1)
        at = torch.tensor([i for i, learned in enumerate(rendered.learn) if learned])
        lost += float((exact - rounded)[at - 1, ids[at]].sum())
        same += int((exact.argmax(-1) == rounded.argmax(-1))[at - 1].sum())
        tokens += len(at)
    assert tokens > 500
    assert math.fabs(lost / tokens) < EIGHT_BITS
    assert same / tokens > 0.99


@pytest.mark.parametrize("precision", ["fp32", "int8"])
def test_equal_weights_give_equal_files(tiny: Tiny, tmp_path: Path, precision: Precision) -> None:
    """Also the second time in one process: a release's id is the hash of these.

    Also after others have used the tokenizers' package, which swaps OpenVINO's factory under us.
    """
    _get_opset_factory("opset1")
    decoder = weights.load(tiny.fp32.model)
    packed = (tiny.fp32 if precision == "fp32" else tiny.int8).engine
    convert(decoder, tmp_path, tiny.fp32.model, precision)
    tokenizer = Tokenizer.load(tiny.fp32.model)
    write_vocabulary(tmp_path, tokenizer.token_bytes(), tokenizer.special)
    for path in packed.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("family", bases.CONFIGS)
@torch.no_grad()
def test_every_family_equals_torch(tmp_path: Path, family: str) -> None:
    decoder = bases_decoder(tmp_path, family)
    hint = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    hint["KV_CACHE_PRECISION"] = "f32"
    graph = ov.Core().compile_model(stateful(decoder), "CPU", hint)
    ids = list(range(3, 40))
    expected = decoder(torch.tensor([ids]))[0].numpy()
    np.testing.assert_allclose(run(graph, [ids]), expected, atol=1e-3)
    np.testing.assert_allclose(run(graph, [ids[:5], *([i] for i in ids[5:])]), expected, atol=1e-3)


def bases_decoder(folder: Path, family: str) -> Decoder:
    bases.make(folder, family)
    return weights.load(folder)


def test_int8_is_a_quarter_of_the_size(tiny: Tiny) -> None:
    def size(folder: Path) -> int:
        return (folder / XML).with_suffix(".bin").stat().st_size

    assert size(tiny.int8.engine) < 0.4 * size(tiny.fp32.engine)
