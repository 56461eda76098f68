"""The exported GGUF file is the same model with the same vocabulary: transformers reads it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from tests.reference_engine import ReferenceEngine
from tests.tiny import Tiny
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    GPT2Config,
    LlamaConfig,
    MistralConfig,
    Qwen2Config,
)

from chatwright.core.errors import ReleaseError
from chatwright.release.gguf import FILE, SPLITS, NumberType, _paired, _split, export


@pytest.fixture(scope="module")
def folder(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gguf")
    assert [p.name for p in export(tiny.fp32.model, folder)] == ["model.gguf"]
    return folder


@pytest.fixture
def read_back(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Any]:
    """transformers' own reader. It asks for a package that it does not use here, and reads every
    figure of a Qwen3 file but `attention.key_length`, which our config.json gives."""
    monkeypatch.setattr("transformers.modeling_utils.is_accelerate_available", lambda: True)
    config = AutoConfig.from_pretrained(tiny.fp32.model)

    def read(folder: Path) -> Any:
        found = AutoConfig.from_pretrained(folder, gguf_file=FILE)
        for name in ("num_hidden_layers", "num_key_value_heads", "vocab_size", "rms_norm_eps"):
            assert getattr(found, name) == pytest.approx(getattr(config, name))
        return AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=FILE, config=config, dtype=torch.float32
        ).eval()

    return read


@torch.no_grad()
def test_logits_survive(tiny: Tiny, folder: Path, read_back: Callable[[Path], Any]) -> None:
    model = read_back(folder)
    assert type(model).__name__ == "Qwen3ForCausalLM"
    reference = ReferenceEngine(tiny.fp32.model)
    for rendered in tiny.corpus.dev[:5]:
        logits = model(torch.tensor([rendered.ids])).logits[0]
        torch.testing.assert_close(logits, reference.logits(rendered.ids), atol=1e-3, rtol=1e-3)


def test_the_vocabulary_survives(tiny: Tiny, folder: Path) -> None:
    theirs = AutoTokenizer.from_pretrained(folder, gguf_file=FILE)
    ours = tiny.corpus.tokenizer
    reader = gguf.GGUFReader(folder / FILE)
    tokens = reader.fields["tokenizer.ggml.tokens"].contents()
    own = AutoTokenizer.from_pretrained(tiny.fp32.model).get_vocab()
    assert {token: i for i, token in enumerate(tokens) if i < len(ours)} == own
    assert len(tokens) == ours.padded
    assert reader.fields["qwen3.attention.key_length"].contents() == 32
    kinds = reader.fields["tokenizer.ggml.token_type"].contents()
    assert {i for i, k in enumerate(kinds) if k == gguf.TokenType.CONTROL} == set(ours.special)
    for text in ("Are you open on Monday at 9?", "Ünï 🎈 1234 don't", "  two\n\nlines\t"):
        assert theirs.encode(text, add_special_tokens=False) == ours.encode(text)
    fields = reader.fields
    assert fields["tokenizer.ggml.eos_token_id"].contents() == ours.end
    assert fields["tokenizer.ggml.bos_token_id"].contents() == ours.begin
    assert fields["tokenizer.ggml.add_bos_token"].contents() is False
    assert fields["tokenizer.ggml.pre"].contents() == "qwen2"
    assert "generation %" not in fields["tokenizer.chat_template"].contents()


@pytest.mark.parametrize(("kind", "size", "away"), [("f16", 0.65, 0.1), ("q8_0", 0.4, 0.3)])
def test_fewer_bits_are_smaller_and_close(
    tiny: Tiny,
    folder: Path,
    tmp_path: Path,
    read_back: Callable[[Path], Any],
    kind: NumberType,
    size: float,
    away: float,
) -> None:
    export(tiny.fp32.model, tmp_path, kind)
    assert (tmp_path / FILE).stat().st_size < size * (folder / FILE).stat().st_size
    tensors = {t.name: t.tensor_type.name for t in gguf.GGUFReader(tmp_path / FILE).tensors}
    assert tensors["blk.0.ffn_up.weight"] == kind.upper()
    assert tensors["output_norm.weight"] == "F32"
    model = read_back(tmp_path)
    ids = tiny.corpus.dev[0].ids
    exact = ReferenceEngine(tiny.fp32.model).logits(ids)
    with torch.no_grad():
        off = float((model(torch.tensor([ids])).logits[0] - exact).abs().max())
    assert 0 < off < away


SMALL = {"vocab_size": 512, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}
BODY = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
}
OTHERS = {
    "llama": LlamaConfig(**SMALL, **BODY, tie_word_embeddings=False),
    "mistral": MistralConfig(**SMALL, **BODY, head_dim=16, sliding_window=None),
    "qwen2": Qwen2Config(**SMALL, **BODY, tie_word_embeddings=True),
    "gpt2": GPT2Config(**SMALL, n_embd=64, n_layer=2, n_head=4, n_positions=128),
}


@pytest.mark.parametrize("family", OTHERS)
@torch.no_grad()
def test_other_families_survive(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family: str
) -> None:
    """A random checkpoint of another family, read back by transformers' own reader."""
    monkeypatch.setattr("transformers.modeling_utils.is_accelerate_available", lambda: True)
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(OTHERS[family]).eval()
    for parameter in model.parameters():  # norms and biases too: a swapped one would not show
        parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(tmp_path)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((tiny.fp32.model / name).read_bytes())
    export(tmp_path, tmp_path)
    config = AutoConfig.from_pretrained(tmp_path)
    if family == "mistral":  # a Llama to GGUF, and to whoever reads it
        config = LlamaConfig(
            **{**SMALL, **BODY, "head_dim": 16, "rms_norm_eps": config.rms_norm_eps}
        )
    again = AutoModelForCausalLM.from_pretrained(
        tmp_path, gguf_file=FILE, config=config, dtype=torch.float32
    ).eval()
    ids = torch.randint(0, 512, (1, 20))
    torch.testing.assert_close(again(ids).logits, model(ids).logits, atol=1e-3, rtol=1e-3)


def test_rotary_pairs_stand_beside_each_other() -> None:
    """llama.cpp turns rows 2i and 2i + 1 of a head together, Hugging Face i and i + K/2."""
    rows = torch.arange(12).reshape(12, 1).numpy()
    assert _paired(rows, 2).flatten().tolist() == [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]


LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True}
DIGITS = {"type": "Digits", "individual_digits": True}
SPLIT = [{"type": "Split", "pattern": {"Regex": pattern}} for pattern in SPLITS]


@pytest.mark.parametrize(
    ("steps", "name"),
    [
        ([LEVEL], "gpt-2"),
        ([DIGITS, LEVEL], "smollm"),
        ([SPLIT[0], LEVEL], "qwen2"),
        ([SPLIT[1], LEVEL], "llama-bpe"),
    ],
)
def test_ways_of_splitting_have_names(steps: list[dict[str, Any]], name: str) -> None:
    model = {"type": "BPE"}
    whole = {"model": model, "pre_tokenizer": {"type": "Sequence", "pretokenizers": steps}}
    assert _split(whole) == name
    odd = {"type": "Split", "pattern": {"Regex": r"\s"}}
    for broken in (
        {**whole, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [odd, LEVEL]}},
        {**whole, "pre_tokenizer": {"type": "Metaspace"}},
        {**whole, "pre_tokenizer": None},
        {**whole, "model": {"type": "Unigram"}},
        {**whole, "model": {"type": "BPE", "byte_fallback": True}},
    ):
        with pytest.raises(ReleaseError, match="does not know how GGUF spells"):
            _split(broken)


@pytest.mark.parametrize(
    "changes",
    [{"model_type": "mamba"}, {"rope_parameters": {"rope_type": "llama3", "rope_theta": 1e4}}],
)
def test_what_has_no_name_in_gguf_is_refused(
    tiny: Tiny, tmp_path: Path, changes: dict[str, Any]
) -> None:
    for path in tiny.fp32.model.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | changes))
    with pytest.raises(ReleaseError, match="does not know how GGUF spells"):
        export(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out" / FILE).exists()
