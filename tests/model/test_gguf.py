"""The exported GGUF file is the same model with the same vocabulary: transformers reads it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from tests.reference_engine import ReferenceEngine
from tests.tiny import Tiny
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from chatwright.release.gguf import FILE, FloatType, export, modelfile
from chatwright.tokenizer import template


@pytest.fixture(scope="module")
def folder(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gguf")
    assert [p.name for p in export(tiny.fp32.model, folder)] == ["model.gguf", "Modelfile"]
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


def test_half_precision_is_half_the_size(
    tiny: Tiny, folder: Path, tmp_path: Path, read_back: Callable[[Path], Any]
) -> None:
    half: FloatType = "f16"
    export(tiny.fp32.model, tmp_path, half)
    assert (tmp_path / FILE).stat().st_size < 0.65 * (folder / FILE).stat().st_size
    model = read_back(tmp_path)
    ids = tiny.corpus.dev[0].ids
    exact = ReferenceEngine(tiny.fp32.model).logits(ids)
    with torch.no_grad():
        assert float((model(torch.tensor([ids])).logits[0] - exact).abs().max()) < 0.1


def test_the_modelfile_spells_our_template(tiny: Tiny) -> None:
    """Ollama's template, filled in by hand, is the rendered prompt."""
    text = modelfile(256)
    assert text.startswith("FROM ./model.gguf\n")
    assert f'PARAMETER stop "{template.END}"' in text
    assert "PARAMETER num_ctx 256" in text
    inside = text.split('"""')[1]
    before, rest = inside.split("{{ range .Messages }}")
    each, after = rest.split("{{ end }}")
    said = [("user", "Hi"), ("assistant", "Hello!"), ("user", "Bye")]
    filled = "".join(
        each.replace("{{ .Role }}", role).replace("{{ .Content }}", content)
        for role, content in said
    )
    other = AutoTokenizer.from_pretrained(tiny.fp32.model)
    rendered = other.apply_chat_template(
        [{"role": role, "content": content} for role, content in said],
        add_generation_prompt=True,
        tokenize=False,
    )
    assert before + filled + after == rendered
