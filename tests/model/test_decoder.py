"""The Decoder is Qwen3: equal to transformers' from the same folder, alone and packed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tests import tiny as small
from tests.reference_engine import ReferenceEngine
from tests.tiny import Tiny
from transformers import AutoModelForCausalLM, AutoTokenizer

from chatwright.core.errors import ReleaseError
from chatwright.data.batches import Packing, batches, once
from chatwright.model import weights
from chatwright.model.decoder import Decoder
from chatwright.tokenizer import Rendered


def random_decoder(vocabulary: int, kv_heads: int, layers: int = 3) -> Decoder:
    """Nothing zero, so that no part can hide."""
    decoder = Decoder(small.shape(vocabulary, layers, kv_heads))
    generator = torch.Generator().manual_seed(kv_heads)
    with torch.no_grad():
        for p in decoder.parameters():
            noise = torch.randn(p.shape, generator=generator)
            p.copy_(1 + 0.3 * noise if p.ndim == 1 else noise * 1.5 * p.shape[1] ** -0.5)
    return decoder.eval()


@pytest.mark.parametrize("kv_heads", [1, 2, 4])
@torch.no_grad()
def test_logits_equal_those_of_transformers(tiny: Tiny, tmp_path: Path, kv_heads: int) -> None:
    decoder = random_decoder(tiny.corpus.tokenizer.padded, kv_heads)
    weights.save(decoder, tiny.corpus.tokenizer, tmp_path)
    other = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32).eval()
    assert type(other).__name__ == "Qwen3ForCausalLM"
    ids = torch.randint(0, decoder.shape.vocabulary, (3, small.CONTEXT))
    ours, theirs = decoder(ids), other(ids).logits
    assert ours.std() > 0.5  # the comparison has something to compare
    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=1e-4)
    assert sum(p.numel() for p in other.parameters()) == decoder.shape.parameters


@torch.no_grad()
def test_the_trained_bot_is_the_same_model_in_transformers(tiny: Tiny) -> None:
    other = AutoModelForCausalLM.from_pretrained(tiny.fp32.model, dtype=torch.float32).eval()
    ours = weights.load(tiny.fp32.model)
    reference = ReferenceEngine(tiny.fp32.model)
    for rendered in tiny.corpus.dev[:10]:
        ids = torch.tensor([rendered.ids])
        torch.testing.assert_close(ours(ids), other(ids).logits, atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(
            ours(ids)[0], reference.logits(rendered.ids), atol=1e-3, rtol=1e-3
        )
    assert other.generation_config.eos_token_id == tiny.corpus.tokenizer.end


def test_the_template_is_the_same_in_transformers(tiny: Tiny) -> None:
    other = AutoTokenizer.from_pretrained(tiny.fp32.model)
    tokenizer = tiny.corpus.tokenizer
    for conversation, row in zip(
        found := small.conversations(20, seed=5), small.rows(found), strict=True
    ):
        theirs = other.apply_chat_template(
            row["messages"], return_dict=True, return_assistant_tokens_mask=True
        )
        ours = tokenizer.render(conversation)
        assert theirs["input_ids"] == ours.ids
        prompt = conversation.before(len(conversation.messages) - 1)
        opened = other.apply_chat_template(row["messages"][:-1], add_generation_prompt=True)
        assert opened["input_ids"] == tokenizer.render(prompt, open_reply=True).ids


@torch.no_grad()
@pytest.mark.parametrize("dense", [False, True])
def test_packed_equals_alone(tiny: Tiny, dense: bool) -> None:
    """Each conversation's final states in a packed row are those that it has on its own."""
    decoder = random_decoder(tiny.corpus.tokenizer.padded, 2)
    begin = tiny.corpus.tokenizer.begin
    packing = Packing(128, small.CONTEXT, 1024, 0.0)
    seen = 0
    for batch in once(tiny.corpus.train[:80], packing, tiny.corpus.tokenizer.pad):
        sees = batch.masked().sees if dense else batch.sees
        assert isinstance(sees, torch.Tensor) == dense
        packed = decoder(batch.ids_BT, batch.positions_BT, sees)
        for row, ids in enumerate(batch.ids_BT.tolist()):
            starts = [i for i, token in enumerate(ids) if token == begin]
            bounds = [*starts[1:], _filled(ids, tiny.corpus.tokenizer.pad)]
            for start, end in zip(starts, bounds, strict=True):
                alone = decoder(torch.tensor([ids[start:end]]))[0]
                torch.testing.assert_close(packed[row, start:end], alone, atol=1e-4, rtol=1e-4)
                seen += 1
    assert seen == 80


def _filled(ids: list[int], pad: int) -> int:
    return next((i for i in range(len(ids), 0, -1) if ids[i - 1] != pad), 0)


def test_packed_gradients_equal_the_sum_of_those_alone(tiny: Tiny) -> None:
    decoder = random_decoder(tiny.corpus.tokenizer.padded, 2)
    pad = tiny.corpus.tokenizer.pad

    def gradients(pieces: list[Rendered], length: int) -> dict[str, torch.Tensor]:
        decoder.zero_grad()
        for batch in once(pieces, Packing(length, length, length, 0.0), pad):
            hidden = decoder.model(batch.ids_BT, batch.positions_BT, batch.sees)
            logits = decoder.logits(hidden.flatten(0, 1)[batch.at_N])
            torch.nn.functional.cross_entropy(logits, batch.targets_N, reduction="sum").backward()
        return {n: p.grad.clone() for n, p in decoder.named_parameters() if p.grad is not None}

    pieces = [r for r in tiny.corpus.train if len(r) < 80][:6]
    packed = gradients(pieces, small.CONTEXT)
    alone: dict[str, torch.Tensor] = {}
    for piece in pieces:
        for name, gradient in gradients([piece], len(piece)).items():
            alone[name] = alone.get(name, torch.zeros(())) + gradient
    assert packed.keys() == alone.keys() == dict(decoder.named_parameters()).keys()
    for name in packed:
        scale = float(packed[name].abs().max())
        assert float((packed[name] - alone[name]).abs().max()) < 1e-4 * max(scale, 1.0), name


def test_padding_is_never_a_target(tiny: Tiny) -> None:
    tokenizer = tiny.corpus.tokenizer
    stream = batches(tiny.corpus.train, Packing(128, small.CONTEXT, 1024, 0.1), 0, tokenizer.pad)
    for _, batch in zip(range(10), stream, strict=False):
        assert not torch.isin(batch.targets_N, torch.tensor([tokenizer.pad, tokenizer.begin])).any()


def test_saved_and_loaded_is_equal_bit_for_bit(tiny: Tiny, tmp_path: Path) -> None:
    decoder = random_decoder(tiny.corpus.tokenizer.padded, 2)
    weights.save(decoder, tiny.corpus.tokenizer, tmp_path)
    again = weights.load(tmp_path)
    assert again.shape == decoder.shape
    for (name, a), (_, b) in zip(decoder.named_parameters(), again.named_parameters(), strict=True):
        assert torch.equal(a, b), name


@pytest.mark.parametrize("broken", ["config.json", "model.safetensors"])
def test_a_broken_folder_is_one_sentence(tiny: Tiny, tmp_path: Path, broken: str) -> None:
    weights.save(random_decoder(tiny.corpus.tokenizer.padded, 2), tiny.corpus.tokenizer, tmp_path)
    (tmp_path / broken).write_bytes((tmp_path / broken).read_bytes()[:50])
    with pytest.raises(ReleaseError, match="cannot be loaded"):
        weights.load(tmp_path)
    (tmp_path / broken).unlink()
    with pytest.raises(ReleaseError, match="cannot be loaded"):
        weights.load(tmp_path)
