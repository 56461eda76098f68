"""The whole way of a pretrained base: found, fine-tuned, packed, served, loaded elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest
import torch
import transformers
from pydantic import ValidationError
from tests import bases
from tests import tiny as small

from chatwright.core.errors import ChatwrightError, SpecError
from chatwright.core.progress import Silent
from chatwright.core.types import Sampling, gather
from chatwright.data.dataset import build
from chatwright.engine.open import open_local
from chatwright.evaluation.candidate import Trained, release_of, train_bot
from chatwright.evaluation.made import run_note
from chatwright.evaluation.suites import run_loss
from chatwright.model import weights
from chatwright.model.foreign import Foreign
from chatwright.model.hub import obtain
from chatwright.model.pretrained import identity, locate
from chatwright.release.manifest import Release
from chatwright.spec import Spec
from chatwright.tokenizer import Tokenizer
from chatwright.training import hardware
from chatwright.training.corpus import prepare
from chatwright.training.loop import train
from chatwright.training.methods import fine_tuning
from chatwright.training.objectives import bits_per_byte
from chatwright.training.recipe import Recipe
from chatwright.training.run import Run


def spec_for(folder: Path, base: str = "base", **model: Any) -> Spec:
    return small.spec_for(
        folder,
        model={"kind": "pretrained", "base": base, "context": small.CONTEXT, **model},
        training={"tokens": 40_000, "compile": "never"},
    )


class Told(Silent):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        self.lines.append(line)


class Bot:
    """A bot of few words on a small base, trained and packed."""

    def __init__(self, folder: Path, family: str, template: str | None) -> None:
        bases.make(folder / "base", family, template)
        small.write_rows(folder / "data" / "chats.jsonl", 60)
        self.spec, self.told = spec_for(folder), Told()
        with pytest.MonkeyPatch.context() as patch:
            # Two threads spin against each other where the cores are shared.
            patch.setattr(hardware, "inspect", lambda: hardware.Hardware("cpu", 1, False, "fp32"))
            self.trained: Trained = train_bot(self.spec, self.told)
        self.release: Release = release_of(self.spec, self.trained, Silent())
        self.tokenizer = Tokenizer.load(self.release.model)


KINDS: dict[str, tuple[str, str | None]] = {
    "gpt2": ("gpt2", None),
    "llama": ("llama, untied, biases, stretched", bases.LLAMA3),
}


@pytest.fixture(scope="module", params=KINDS)
def bot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    family, template = KINDS[request.param]
    return Bot(tmp_path_factory.mktemp("pretrained"), family, template)


def test_it_learns_and_says_what_it_does(bot: Bot) -> None:
    recipe = bot.trained.run.recipe
    assert (recipe.initial, recipe.base) == ("base", identity(bot.spec))
    assert not recipe.rates.muon
    curve = [
        row["dev_bits_per_byte"] for row in bot.trained.run.metrics() if "dev_bits_per_byte" in row
    ]
    assert curve[-1] < 0.9 * curve[0]
    assert recipe.shape.context == small.CONTEXT
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    assert any("M parameters" in line for line in bot.told.lines)


def test_the_same_again_is_found_and_another_base_is_another_run(bot: Bot) -> None:
    note = run_note(bot.spec, bot.trained.dataset)
    assert train_bot(bot.spec, Silent()).run.folder == bot.trained.run.folder
    base = bot.spec.path("base")
    moved = base.rename(base.with_name("moved"))
    assert run_note(bot.spec, bot.trained.dataset) == note, "a base that is gone is remembered"
    shutil.copytree(moved, base)
    changed = bases.peer(
        next(f for f, t in KINDS.values() if (t is None) != bot.tokenizer.own_template), 1
    )
    changed.save_pretrained(base)
    assert run_note(bot.spec, bot.trained.dataset) != note
    shutil.rmtree(base)
    moved.rename(base)


async def test_served_is_what_was_trained(bot: Bot) -> None:
    """Greedy through the engine, token for token; and the loss of whole conversations."""
    decoder = weights.load(bot.release.model).requires_grad_(False)
    engine = open_local(bot.release, bot.spec, prefix_cache=False)
    await engine.start()
    compared = 0
    try:
        for conversation in [c.before(1) for c in small.conversations(12, seed=9)]:
            ids = bot.tokenizer.render(conversation, open_reply=True).ids
            start, margins = len(ids), list[float]()
            while len(ids) - start < 16 and (len(ids) == start or ids[-1] not in engine._stop_ids):
                best = decoder(torch.tensor([ids]))[0, -1].topk(2)
                margins.append(float(best.values[0] - best.values[1]))
                ids.append(int(best.indices[0]))
            reply = await gather(engine.chat(conversation, Sampling(max_tokens=16)))
            if min(margins) < 1e-3:  # two correct engines may differ
                continue
            assert reply.usage.completion_tokens == len(ids) - start
            assert reply.text == bot.tokenizer.decode(ids[start:])
            compared += 1
        assert compared > 8
        held_out = bot.trained.dataset.split("dev")
        loss = await run_loss(engine.score, bot.tokenizer, engine.context, held_out, Silent())
        assert loss["bytes"] > 50
        last = bot.trained.run.metrics()[-1]["dev_bits_per_byte"]
        assert loss["bits_per_byte"] == pytest.approx(last, abs=0.02)
    finally:
        await engine.close()


@torch.no_grad()
def test_the_release_is_a_model_of_its_family(bot: Bot) -> None:
    theirs = transformers.AutoModelForCausalLM.from_pretrained(
        bot.release.model, dtype=torch.float32
    )
    assert type(theirs).__name__ in {"GPT2LMHeadModel", "LlamaForCausalLM"}
    peer = transformers.AutoTokenizer.from_pretrained(bot.release.model)
    conversation = small.conversations(3, seed=2)[0]
    rows = [{"role": m.role, "content": m.content} for m in conversation.before(1).messages]
    ids = peer.apply_chat_template(rows, add_generation_prompt=True, return_dict=False)
    assert ids == bot.tokenizer.render(conversation.before(1), open_reply=True).ids
    ours = weights.load(bot.release.model)(torch.tensor([ids]))
    torch.testing.assert_close(
        ours, theirs.eval()(torch.tensor([ids])).logits, atol=2e-4, rtol=1e-4
    )
    assert theirs.generation_config.eos_token_id == bot.tokenizer.end


def test_new_words_begin_at_the_mean_and_known_ones_as_they_were(tmp_path: Path) -> None:
    bases.make(tmp_path / "base", "llama, untied, biases, stretched", None)
    small.write_rows(tmp_path / "data" / "chats.jsonl", 20)
    spec = spec_for(tmp_path)
    base = obtain(spec, Silent())
    corpus = prepare(spec, build(spec), base=base)
    assert corpus.base is not None
    decoder, before = weights.load(corpus.base.folder), weights.load(base.folder)
    assert decoder.shape == corpus.base.shape
    for ours, theirs in (
        (decoder.model.embed_tokens.weight, before.model.embed_tokens.weight),
        (decoder.lm_head.weight, before.lm_head.weight),
    ):
        assert torch.equal(ours[: base.tokens], theirs[: base.tokens])
        new = ours[base.tokens : len(corpus.tokenizer)]
        mean = theirs[: base.tokens].mean(0)
        assert (new - mean).abs().max() < 0.5 * theirs.std()
        assert len(new.unique(dim=0)) == len(new)
    assert torch.equal(decoder.model.norm.weight, before.model.norm.weight)


def test_conversations_that_the_template_does_not_take_are_counted(tmp_path: Path) -> None:
    bases.make(tmp_path / "base", "mistral", bases.INST)
    rows = small.rows(small.conversations(40))
    for row in rows[:10]:
        row["messages"].insert(0, {"role": "system", "content": "Be kind."})
    path = tmp_path / "data" / "chats.jsonl"
    path.parent.mkdir()
    path.write_text("".join(f"{small.json.dumps(row)}\n" for row in rows))
    spec = spec_for(tmp_path)
    corpus = prepare(spec, build(spec), base=obtain(spec, Silent()))
    assert len(corpus.left_out) == 1
    ((why, count),) = corpus.left_out.items()
    assert "must alternate" in why
    assert 0 < count <= 10


# --- where a base is -----------------------------------------------------------------------------


def test_a_folder_may_be_relative_absolute_or_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bases.make(tmp_path / "bot" / "base", "gpt2")
    bot = tmp_path / "bot"
    assert locate(spec_for(bot)) == bot / "base"
    assert locate(spec_for(tmp_path, str(bot / "base"))) == bot / "base"
    cache = tmp_path / "home" / "hub" / "models--some--model"
    (cache / "refs").mkdir(parents=True)
    (cache / "refs" / "main").write_text("abc123")
    shutil.copytree(bot / "base", cache / "snapshots" / "abc123")
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    spec = spec_for(tmp_path, "some/model")
    assert obtain(spec, Silent()).folder == cache / "snapshots" / "abc123"
    (cache / "snapshots" / "abc123" / "model.safetensors").unlink()
    assert locate(spec) is None, "half a snapshot is none"


def test_without_a_hub_the_message_says_where_to_put_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "empty"))
    with pytest.raises(SpecError, match="some/model is not on this machine") as caught:
        obtain(spec_for(tmp_path, "some/model"), Silent())
    assert "name that in [model] base" in caught.value.next_step


def lose_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def other_tokenizer(folder: Path) -> None:
    config = folder / "config.json"
    config.write_text(config.read_text().replace('"vocab_size": 704', '"vocab_size": 300'))


def unknown(folder: Path) -> None:
    config = folder / "config.json"
    config.write_text(
        config.read_text().replace('"gpt2"', '"nothing"').replace('"n_embd"', '"size"')
    )


def pickled(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


@pytest.mark.parametrize(
    ("damage", "said", "then"),
    [
        (lose_tokenizer, "cannot be read", "Get the files"),
        (other_tokenizer, "does not match its weights", "Get the files"),
        (unknown, "'nothing' is none of", "Name a GPT-2"),
        (pickled, "a pickle can run code", "safetensors"),
    ],
)
def test_what_cannot_be_trained_on_is_said_before_anything_is_done(
    tmp_path: Path, damage: Callable[[Path], None], said: str, then: str
) -> None:
    bases.make(tmp_path / "base", "gpt2")
    damage(tmp_path / "base")
    with pytest.raises(ChatwrightError, match=said) as caught:
        train_bot(spec_for(tmp_path), Silent())
    assert then in caught.value.next_step


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="there is no such folder"):
        locate(spec_for(tmp_path, "./gone"))


@pytest.mark.parametrize(
    "model",
    [
        {"kind": "pretrained"},
        {"base": "gpt2"},
        {"kind": "pretrained", "base": "gpt2", "size": "tiny"},
        {"kind": "pretrained", "base": "gpt2", "vocabulary": 100},
    ],
)
def test_kind_and_base_go_together(tmp_path: Path, model: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        small.spec_for(tmp_path, model=model)


# --- models that transformers computes -----------------------------------------------------------

FOREIGN: dict[str, Any] = {
    "gpt_neox": transformers.GPTNeoXConfig(
        **(bases.SIZES | {"num_key_value_heads": None}), rotary_pct=0.5
    ),
    "opt": transformers.OPTConfig(
        vocab_size=704, hidden_size=64, word_embed_proj_dim=64, num_hidden_layers=2,
        num_attention_heads=4, ffn_dim=96, max_position_embeddings=512, dropout=0.0,
    ),
}  # fmt: skip


def foreign(folder: Path, kind: str) -> Any:
    made = transformers.AutoModelForCausalLM.from_config(FOREIGN[kind]).eval()
    made.save_pretrained(folder / "base")
    bases.tokenizer(folder / "base", bases.CHATML)
    small.write_rows(folder / "data" / "chats.jsonl", 40)
    return made


@pytest.mark.parametrize("kind", FOREIGN)
def test_any_other_model_is_trained_and_saved_through_transformers(
    tmp_path: Path, kind: str
) -> None:
    foreign(tmp_path, kind)
    spec = spec_for(tmp_path)
    corpus = prepare(spec, build(spec), base=obtain(spec, Silent()))
    assert corpus.base is not None
    before = corpus.base.load()
    recipe = small.recipe_for(
        corpus, 15, shape=corpus.base.shape, initial="base", rates=fine_tuning(corpus.base.shape)
    )
    run = Run.create(spec.made / "runs", recipe)
    train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=100)
    theirs = transformers.AutoModelForCausalLM.from_pretrained(
        run.model, dtype=torch.float32
    ).eval()
    assert type(theirs) is type(before.inner)  # type: ignore[union-attr]
    packing = recipe.packing
    losses = []
    for model in (before, Foreign(theirs, before.shape)):
        batches = corpus.dev_batches(packing)
        skip = frozenset({corpus.tokenizer.end})
        losses.append(bits_per_byte(model, batches, skip, corpus.dev_bytes))
    assert losses[1] < losses[0] - 0.1
    assert losses[1] == pytest.approx(run.metrics()[-1]["dev_bits_per_byte"], abs=0.001)


def test_what_the_engine_cannot_serve_is_said_before_training(tmp_path: Path) -> None:
    foreign(tmp_path, "opt")
    with pytest.raises(SpecError, match="not served by the engine here") as caught:
        train_bot(spec_for(tmp_path), Silent(), serve=True)
    assert "vLLM" in caught.value.next_step
    assert not (tmp_path / ".chatwright" / "datasets").exists()
