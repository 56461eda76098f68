"""Every family is the same model here as in transformers, there and back; and a broken one is one sentence."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file
from tests import bases

from chatwright.core.errors import ReleaseError
from chatwright.core.pieces import Pieces
from chatwright.model import weights
from chatwright.tokenizer import adopt

FAMILIES = list(bases.CONFIGS)


def ids(rows: int = 2, length: int = 40) -> torch.Tensor:
    return torch.randint(0, 700, (rows, length), generator=torch.Generator().manual_seed(1))


def saved_again(decoder: Any, base: Path, folder: Path) -> Any:
    weights.save(decoder, adopt(base, placeholders=False), folder)
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


@pytest.mark.parametrize("family", FAMILIES)
@torch.no_grad()
def test_logits_and_greedy_text_equal_those_of_transformers_there_and_back(
    tmp_path: Path, family: str
) -> None:
    theirs = bases.make(tmp_path / "base", family)
    ours = weights.load(tmp_path / "base")
    expected = theirs(ids()).logits
    assert expected.std() > 0.3  # the comparison has something to compare
    torch.testing.assert_close(ours(ids()), expected, atol=2e-4, rtol=1e-4)
    assert sum(p.numel() for p in theirs.parameters()) == ours.shape.parameters
    start = ids(1, 5)
    written = theirs.generate(
        start, max_new_tokens=12, do_sample=False, eos_token_id=None, pad_token_id=0
    )
    mine = start
    for _ in range(12):
        mine = torch.cat((mine, ours(mine)[:, -1:].argmax(-1)), 1)
    assert mine.tolist() == written.tolist()
    again = saved_again(ours, tmp_path / "base", tmp_path / "again")
    assert type(again) is type(theirs)
    torch.testing.assert_close(again(ids()).logits, expected, atol=2e-4, rtol=1e-4)


@pytest.mark.parametrize("family", ["gpt2", "qwen2"])
@torch.no_grad()
def test_packed_and_only_at_targets_equals_alone(tmp_path: Path, family: str) -> None:
    bases.make(tmp_path, family)
    decoder, (a, b) = weights.load(tmp_path), ids(2, 20)
    packed = torch.cat((a, b[:12]))[None]
    positions = torch.cat((torch.arange(20), torch.arange(12)))[None]
    at = torch.tensor([3, 19, 20, 31])
    found = decoder.logits(decoder.model(packed, positions, Pieces((20, 12)), at))
    alone = torch.cat((decoder(a[None])[0], decoder(b[None, :12])[0]))
    torch.testing.assert_close(found, alone[at], atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@torch.no_grad()
def test_shards_of_half_precision(tmp_path: Path, dtype: torch.dtype) -> None:
    bases.peer("llama").to(dtype).save_pretrained(tmp_path, max_shard_size="100KB")
    theirs = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32).eval()
    assert len(list(tmp_path.glob("*.safetensors"))) > 1
    ours = weights.load(tmp_path)
    assert {p.dtype for p in ours.parameters()} == {torch.float32}
    torch.testing.assert_close(ours(ids()), theirs(ids()).logits, atol=2e-4, rtol=1e-4)


@torch.no_grad()
def test_names_and_leftovers_of_old_gpt2_files(tmp_path: Path) -> None:
    theirs = bases.make(tmp_path, "gpt2")
    path = tmp_path / "model.safetensors"
    old = {k.removeprefix("transformer."): v for k, v in load_file(path).items()}
    old["h.0.attn.bias"] = torch.ones(1, 1, 8, 8, dtype=torch.bool)
    save_file(old, path)
    torch.testing.assert_close(
        weights.load(tmp_path)(ids()), theirs(ids()).logits, atol=2e-4, rtol=1e-4
    )


def test_a_window_as_long_as_the_context_hides_nothing(tmp_path: Path) -> None:
    bases.make(tmp_path, "mistral")
    change(tmp_path, sliding_window=128)
    assert weights.load(tmp_path).shape.context == 128


# --- what cannot be loaded -----------------------------------------------------------------------


def change(folder: Path, **values: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def stored(folder: Path, **changes: torch.Tensor | None) -> None:
    path = folder / "model.safetensors"
    tensors = load_file(path) | changes
    save_file({k.replace("__", "."): v for k, v in tensors.items() if v is not None}, path)


def header(folder: Path, values: dict[str, Any] | None = None, length: int | None = None) -> None:
    text = json.dumps(values or {}).encode()
    size = struct.pack("<Q", len(text) if length is None else length)
    (folder / "model.safetensors").write_bytes(size + text + bytes(64))


TENSOR = {"dtype": "F32", "shape": [4, 4]}
BROKEN: dict[str, Any] = {
    "a header longer than the file": (lambda f: header(f, length=2**60), "eader"),
    "offsets outside": (
        lambda f: header(f, {"a": {**TENSOR, "data_offsets": [0, 2**40]}}),
        "cannot be loaded",
    ),
    "offsets that do not match": (
        lambda f: header(f, {"a": {**TENSOR, "data_offsets": [0, 8]}}),
        "cannot be loaded",
    ),
    "cut": (
        lambda f: (f / "model.safetensors").write_bytes(
            (f / "model.safetensors").read_bytes()[:-100]
        ),
        "cannot be loaded",
    ),
    "other sizes": (
        lambda f: stored(f, **{"model.norm.weight": torch.ones(63)}),
        r"model.norm.weight has the sizes \(63,\) instead of \(64,\)",
    ),
    "whole numbers": (
        lambda f: stored(f, **{"model.norm.weight": torch.ones(64, dtype=torch.int8)}),
        "model.norm.weight is of type torch.int8",
    ),
    "a tensor too few": (lambda f: stored(f, **{"model.norm.weight": None}), "is missing"),
    "a tensor too many": (lambda f: stored(f, extra=torch.ones(2)), "extra is none of"),
    "unknown": (lambda f: change(f, model_type="mamba"), "model_type 'mamba' is none of"),
    "no type": (lambda f: change(f, model_type=["llama"]), "model_type"),
    "an activation": (lambda f: change(f, hidden_act="relu"), "hidden_act is 'relu'"),
    "stretched in another way": (
        lambda f: change(
            f, rope_scaling={"rope_type": "yarn", "factor": 4.0}, rope_parameters=None
        ),
        "rope_type is 'yarn'",
    ),
    "quantized": (lambda f: change(f, quantization_config={"bits": 4}), "quantized"),
    "no layers": (lambda f: change(f, num_hidden_layers=0), "its layers is 0"),
    "very many": (lambda f: change(f, vocab_size=10**12), "its vocabulary is"),
    "layers without end": (lambda f: change(f, num_hidden_layers=10**6), "its layers is"),
    "words for sizes": (lambda f: change(f, hidden_size="64"), "cannot be loaded"),
    "heads that do not fit": (lambda f: change(f, num_key_value_heads=3), "do not share"),
    "a list": (lambda f: (f / "config.json").write_text("[1]"), "cannot be loaded"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_or_hostile_folder_is_one_sentence(tmp_path: Path, what: str) -> None:
    bases.make(tmp_path, "llama")
    weights.load(tmp_path)
    damage, said = BROKEN[what]
    damage(tmp_path)
    with pytest.raises(ReleaseError, match=said) as caught:
        weights.load(tmp_path)
    assert "cannot be loaded" in caught.value.problem
    assert caught.value.next_step


def test_an_index_leads_nowhere_else(tmp_path: Path) -> None:
    bases.make(tmp_path / "base", "llama")
    bases.make(tmp_path / "other", "llama")
    (tmp_path / "base" / "model.safetensors").unlink()
    index = {"weight_map": {"model.norm.weight": "../other/model.safetensors"}}
    (tmp_path / "base" / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(ReleaseError, match="outside the folder"):
        weights.load(tmp_path / "base")


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    """It would leave a file behind if it were."""
    bases.make(tmp_path, "llama")
    (tmp_path / "model.safetensors").unlink()
    (tmp_path / "pytorch_model.bin").write_bytes(
        b"cbuiltins\nopen\n(S'" + str(tmp_path / "ran").encode() + b"'\nS'w'\ntR."
    )
    with pytest.raises(ReleaseError, match="a pickle can run code and is never loaded"):
        weights.load(tmp_path)
    assert not (tmp_path / "ran").exists()
