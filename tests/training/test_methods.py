"""Methods on a tiny model: each learns what it is for, can be resumed, and says what is missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tests import tiny as small
from tests.tiny import Tiny
from tests.training.test_resume import At, Crash, crash

from chatwright.core.errors import DataError, ReleaseError, SpecError
from chatwright.core.progress import Silent
from chatwright.data.dataset import build
from chatwright.model import lora, weights
from chatwright.model.decoder import Decoder
from chatwright.model.lora import Lora
from chatwright.spec import Spec, load_spec
from chatwright.training import corpus as reading
from chatwright.training import methods, objectives
from chatwright.training.corpus import Corpus, prepare
from chatwright.training.loop import train
from chatwright.training.past import FORGOTTEN, Past, forgetting
from chatwright.training.recipe import Recipe
from chatwright.training.run import Run
from chatwright.training.start import Start, start_of
from chatwright.training.trainer import Trainer

CPU = torch.device("cpu")
STEPS = 12
Make = Callable[..., Spec]


def judged_rows(count: int) -> list[dict[str, Any]]:
    """Pairs and thumbs: what the tiny bot would say, and what it would not."""
    rows: list[dict[str, Any]] = []
    for n, c in enumerate(small.conversations(count, seed=11, longest=1)):
        asked, reply = (m.content for m in c.messages)
        bad = f"No idea about it, ask on {small.DAYS[n % 7]}."
        pair = {"prompt": asked, "chosen": reply, "rejected": bad}
        thumb = {"prompt": asked, "completion": (bad, reply)[n % 2], "label": n % 2 == 1}
        rows.append(pair if n % 3 else thumb)
    return rows


@pytest.fixture
def make(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A bot with judged rows that goes on from the tiny one; tables are those of [training]."""
    monkeypatch.setattr(reading, "JUDGED_TOKENS", 1024)  # a quarter of the work in a step

    def bot(**training: Any) -> Spec:
        folder = tmp_path / "bot"
        (folder / "data").mkdir(parents=True, exist_ok=True)
        pairs = [row for row in judged_rows(120) if "chosen" in row]
        thumbs = [row for row in judged_rows(120) if "label" in row]
        for name, rows in (("pairs", pairs), ("thumbs", thumbs)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / "data" / f"{name}.jsonl").write_text(lines)
        data = {"near_duplicates": 0.0}
        training = {"continue_from": str(tiny.run.model)} | training
        return small.spec_for(folder, training=training, data=data)

    return bot


def corpus_of(spec: Spec) -> Corpus:
    return prepare(spec, build(spec), start_of(spec))


def recipe_of(spec: Spec, corpus: Corpus, steps: int = STEPS) -> Recipe:
    values = methods.settings(spec, corpus)
    return small.recipe_for(
        corpus, steps, **values, shape=corpus.shape or small.shape(corpus.tokenizer.padded)
    )


def learned(spec: Spec, runs: Path, steps: int = STEPS) -> tuple[Corpus, Run]:
    corpus = corpus_of(spec)
    run = Run.create(runs, recipe_of(spec, corpus, steps))
    train(run, corpus, CPU, Silent(), checkpoint_every=1000)
    return corpus, run


def gained(corpus: Corpus, before: Decoder, after: Decoder) -> tuple[torch.Tensor, torch.Tensor]:
    """By how much the judged replies became likelier, [P, 2], and how they were judged."""
    assert corpus.judged is not None
    found = [
        objectives.reference(after, b) - objectives.reference(before, b)
        for b in map(corpus.judged.batch, range(len(corpus.judged)))
    ]
    good = torch.tensor([good for group in corpus.judged.verdicts for good in group])
    return torch.cat(found).view(-1, 2), good


@pytest.mark.parametrize("rank", [0, 4])
def test_dpo_raises_the_margin(make: Make, tiny: Tiny, tmp_path: Path, rank: int) -> None:
    corpus, run = learned(
        make(method="dpo", rate=10.0 if rank else 4.0, lora_rank=rank), tmp_path / "runs"
    )
    assert corpus.judged is not None and corpus.judged.counts[1] == 0
    change, _ = gained(corpus, weights.load(tiny.run.model), weights.load(run.model))
    margin = change[:, 0] - change[:, 1]
    assert margin.mean() > 1 and (margin > 0).float().mean() > 0.9


def test_kto_lowers_the_bad_ones(make: Make, tiny: Tiny, tmp_path: Path) -> None:
    corpus, run = learned(make(method="kto", rate=4.0), tmp_path / "runs")
    change, good = gained(corpus, weights.load(tiny.run.model), weights.load(run.model))
    assert 0 < int(good.sum()) < len(good)
    assert change[~good, 0].mean() < -1
    assert change[good, 0].mean() > change[~good, 0].mean() + 1


def test_before_the_first_step_nothing_is_gained(make: Make) -> None:
    """References are of the very weights that are trained: the loss begins at ln 2."""
    spec = make(method="dpo", supervised_weight=0.0)
    corpus = corpus_of(spec)
    trainer = Trainer(recipe_of(spec, corpus), CPU, start=corpus.start)
    batch = next(trainer.stream(corpus))
    assert trainer.step([batch], 0) == pytest.approx(0.693147, abs=1e-5)


@pytest.mark.parametrize(
    "training",
    [
        {"method": "dpo", "rate": 10.0},
        {"method": "lora", "lora_rank": 4},
        {"method": "kto", "lora_rank": 2},
    ],
    ids=lambda t: t["method"],
)
def test_resumed_is_uninterrupted(make: Make, tmp_path: Path, training: dict[str, Any]) -> None:
    spec = make(**training)
    corpus, whole = learned(spec, tmp_path / "whole")
    run = Run.create(tmp_path / "cut", recipe_of(spec, corpus))
    with pytest.raises(Crash):
        train(run, corpus, CPU, At(8, crash), checkpoint_every=5)
    saved = run.latest()
    assert saved is not None and saved.step == 5
    if run.recipe.lora is not None:
        assert all(".lora_" in name for name in saved.model)
    assert train(run, corpus, CPU, Silent(), checkpoint_every=5)["resumed_at"] == 5
    for path in ("model/model.safetensors", "adapter/adapter_model.safetensors"):
        if run.recipe.lora is not None or "adapter" not in path:
            assert (run.folder / path).read_bytes() == (whole.folder / path).read_bytes()
    assert whole.recipe == run.recipe and whole.folder.name == run.folder.name


def test_the_adapter_stands_beside_the_merged_model(make: Make, tiny: Tiny, tmp_path: Path) -> None:
    _, run = learned(make(method="lora", lora_rank=4, rate=3.0), tmp_path / "runs")
    start, merged = weights.load(tiny.run.model), weights.load(run.model)
    for name, plain in start.named_parameters():
        changed = not torch.equal(plain, merged.get_parameter(name))
        assert changed == name.endswith("_proj.weight"), name
    assert lora.load(start, run.adapter) == Lora(4, 8.0, tuple(sorted(lora.TARGETS)))
    ids = torch.arange(20, 60)[None]
    with torch.no_grad():
        torch.testing.assert_close(start(ids), merged(ids), atol=1e-5, rtol=1e-5)
    assert not any("lora" in name for name in load_file(run.model / "model.safetensors"))


def test_a_recipe_survives_its_file(make: Make, tmp_path: Path) -> None:
    spec = make(method="kto", lora_rank=2, lora_targets=["q_proj"], lora_alpha=5.0, beta=0.3)
    recipe = recipe_of(spec, corpus_of(spec))
    assert recipe.lora == Lora(2, 5.0, ("q_proj",))
    assert recipe.preference is not None and recipe.preference.beta == 0.3
    assert recipe.start and recipe.initial == "start" and recipe.objective == "kto"
    assert Run.create(tmp_path, recipe).recipe == recipe
    assert replace(recipe, start="0" * 64).id != recipe.id


def test_text_every_token_is_learned(tmp_path: Path) -> None:
    small.write_rows(tmp_path / "data" / "chats.jsonl", 60)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "rules.md").write_text("The reading room is silent. " * 200)
    spec = small.spec_for(tmp_path, training={"method": "pretraining"})
    corpus = corpus_of(spec)
    tokenizer = corpus.tokenizer
    assert all(piece.learn == [False] + [True] * (len(piece) - 1) for piece in corpus.train)
    texts = [tokenizer.decode(piece.ids) for piece in corpus.train]
    rules = "".join(text for text in texts if "silent" in text)
    assert rules == "The reading room is silent. " * 200
    assert any("Are you open" in text and "we open" in text for text in texts)
    assert max(len(piece) for piece in corpus.train) == small.CONTEXT
    assert corpus.documents and recipe_of(spec, corpus).objective == "text"
    run = Run.create(tmp_path / "runs", recipe_of(spec, corpus))
    summary = train(run, corpus, CPU, Silent(), checkpoint_every=1000)
    assert 0 < summary["dev_bits_per_byte"] < 8
    # and a supervised run goes on from it, with its tokenizer
    later = small.spec_for(tmp_path, training={"continue_from": str(run.model)})
    after = corpus_of(later)
    assert after.tokenizer_hash == corpus.tokenizer_hash and after.shape == run.recipe.shape
    assert not all(all(piece.learn[1:]) for piece in after.train)


@pytest.fixture
def moved_on(tiny: Tiny, tmp_path: Path) -> Path:
    """The tiny bot's folder, its data replaced by other conversations."""
    folder = Path(shutil.copytree(tiny.spec.folder, tmp_path / "moved"))
    rows = [
        {
            "messages": [
                {"role": "user", "content": f"Shelf {n}?"},
                {"role": "assistant", "content": f"Row {n % 9}."},
            ]
        }
        for n in range(300)
    ]
    (folder / "data" / "chats.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def going_on(folder: Path, tiny: Tiny, **training: Any) -> Spec:
    values = {"continue_from": tiny.fp32.id, "seed": 3} | training
    return small.spec_for(folder, training=values, data={"near_duplicates": 0.0})


def test_old_rows_come_again_always_the_same(moved_on: Path, tiny: Tiny) -> None:
    spec = going_on(moved_on, tiny, replay=0.25)
    corpus, again = corpus_of(spec), corpus_of(spec)
    assert corpus.past is not None and again.past is not None
    assert corpus.past.again == again.past.again
    old = {row.id for row in tiny.corpus.dataset.split("train")}
    assert {row.id for row in corpus.past.again} < old
    assert len(corpus.past.again) == round(0.25 * len(old))
    assert len(corpus.train) == corpus.dataset.counts["train"] + len(corpus.past.again)
    other = corpus_of(going_on(moved_on, tiny, replay=0.25, seed=4)).past
    assert other is not None and other.again != corpus.past.again
    assert recipe_of(spec, corpus).replayed == tiny.corpus.dataset.id
    assert corpus.tokenizer_hash == tiny.corpus.tokenizer_hash


def test_rows_that_are_there_still_come_once(tiny: Tiny) -> None:
    corpus = corpus_of(going_on(tiny.spec.folder, tiny, replay=1.0))
    assert corpus.past is not None and corpus.past.again == []


def test_forgetting_is_measured_and_replay_helps(
    moved_on: Path, tiny: Tiny, tmp_path: Path
) -> None:
    found = []
    for replay in (0.0, 1.0):
        spec = going_on(moved_on, tiny, replay=replay)
        corpus, run = learned(spec, tmp_path / "runs", 25)
        figures = (run.done or {})["forgetting"]
        assert figures["replayed"] == len(corpus.past.again if corpus.past else [])
        worse = figures["after"] / figures["before"] - 1  # of rounded figures, and so only about
        assert figures["worse"] == pytest.approx(worse, abs=5e-3)
        found.append(figures)
    assert found[0]["before"] == found[1]["before"]
    assert found[0]["forgot"] and found[0]["worse"] > FORGOTTEN
    assert found[1]["after"] < found[0]["after"]


def test_what_is_no_loss_is_no_forgetting() -> None:
    past = Past([], [], "no data")
    assert forgetting(None, None, past) == {"replayed": 0, "not_applicable": "no data"}
    assert forgetting(1.0, 1.019, past)["forgot"] is False
    assert forgetting(1.0, 1.021, past)["forgot"] is True


def test_a_dataset_that_is_gone_is_said(moved_on: Path, tiny: Tiny) -> None:
    shutil.rmtree(moved_on / ".chatwright" / "datasets" / tiny.corpus.dataset.id)
    with pytest.raises(DataError, match="replayed.*is not in"):
        corpus_of(going_on(moved_on, tiny, replay=0.5))
    corpus = corpus_of(going_on(moved_on, tiny))
    assert corpus.past is not None and tiny.corpus.dataset.id in corpus.past.missing


@pytest.mark.parametrize("method", ["dpo", "kto"])
def test_no_judged_rows_is_said(moved_on: Path, tiny: Tiny, method: str) -> None:
    with pytest.raises(DataError, match={"dpo": "pairs", "kto": "0 and 0"}[method]):
        corpus_of(going_on(moved_on, tiny, method=method))


def test_starts(tiny: Tiny, tmp_path: Path) -> None:
    def found(name: str) -> Any:
        return start_of(small.spec_for(tiny.spec.folder, training={"continue_from": name}))

    assert found("") is None
    current = found("current")
    assert (current.release, current.dataset) == (tiny.fp32.id, tiny.corpus.dataset.id)
    run = found(tiny.run.folder.name)
    assert (run.release, run.dataset) == ("", tiny.corpus.dataset.id)
    noted = tmp_path / "runs" / "r"
    shutil.copytree(tiny.run.folder, noted)
    spec = small.spec_for(tmp_path, training={"continue_from": "r"})
    spec.made.mkdir(exist_ok=True)
    noted.parent.rename(spec.made / "runs")
    later = Run(spec.made / "runs" / "r")
    later.note({"start": {"dataset": "older", "before": ["oldest"]}})
    going_on = start_of(spec)
    assert going_on is not None and going_on.before == ("older", "oldest")
    folder = found(str(tiny.run.model))
    assert current.sha256 == run.sha256 == folder.sha256 and folder.dataset == ""
    with pytest.raises(ReleaseError, match="no release 'nothing'"):
        found("nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReleaseError, match=r"config\.json is missing"):
        found(str(tmp_path / "empty"))
    with pytest.raises(ReleaseError, match="no release is in force"):
        start_of(small.spec_for(tmp_path, training={"continue_from": "current"}))


def test_a_start_that_was_changed_is_not_used(make: Make, tiny: Tiny, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(tiny.run.model, tmp_path / "copy"))
    spec = make(method="lora", continue_from=str(copy))
    corpus = corpus_of(spec)
    file = copy / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(ReleaseError, match="was changed"):
        train(
            Run.create(tmp_path, recipe_of(spec, corpus)), corpus, CPU, Silent(), checkpoint_every=9
        )


@pytest.mark.parametrize(
    ("training", "why"),
    [
        ('method = "dpo"', "say which in continue_from"),
        ('method = "lora"', "say which in continue_from"),
        ("lora_rank = 8", "say which in continue_from"),
        ("replay = 0.5", "learned from"),
        ('method = "ppo"', "training.method"),
        ("label_smoothing = 0.5", "label_smoothing"),
    ],
)
def test_a_method_that_cannot_be_is_one_sentence(tmp_path: Path, training: str, why: str) -> None:
    text = f'[bot]\nname = "a"\npurpose = "b"\n[training]\n{training}\n'
    (tmp_path / "bot.toml").write_text(text)
    with pytest.raises(SpecError, match=why) as error:
        load_spec(tmp_path)
    assert "\n" not in str(error.value)


def test_rates_are_the_methods(tiny: Tiny) -> None:
    def rates(**training: Any) -> Any:
        spec = small.spec_for(tiny.spec.folder, training={"continue_from": "current"} | training)
        going_on = replace(tiny.corpus, start=Start("f", "s"))
        return methods.rates_of(spec.training, going_on)

    scratch = methods.rates_of(small.spec_for(tiny.spec.folder).training, tiny.corpus)
    assert rates().matrices == pytest.approx(methods.CONTINUED * scratch.matrices)
    assert rates(rate=2.0).embedding == pytest.approx(2 * rates().embedding)
    assert rates(method="dpo").matrices < 0.2 * rates().matrices
    assert rates(method="lora").rest == methods.LORA_RATE
    assert rates(method="dpo", lora_rank=4).rest == methods.METHODS["dpo"].lora_rate
