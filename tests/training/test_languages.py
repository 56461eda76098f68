"""A German and a Japanese bot, trained for some steps with their documents as evidence, and asked."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tests.tiny import recipe_for

from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message, gather
from chatwright.data.batches import Packing
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained, release_of
from chatwright.knowledge.evidence import Shown, evidence_for, insert, question_of
from chatwright.model.shape import Shape
from chatwright.spec import load_spec
from chatwright.training import evidence
from chatwright.training.corpus import prepare
from chatwright.training.loop import train
from chatwright.training.run import Run

BOTS = Path(__file__).resolve().parent.parent / "knowledge" / "bots"
STEPS = 120  # after 30 it says pieces of characters on some machines


@pytest.mark.parametrize(
    ("code", "question", "answer"),
    [
        ("de", "Was kostet die Saisonkarte?", "95 €"),
        ("ja", "年間パスはいくらですか？", "9,800円"),
    ],
)
def test_it_is_trained_and_served_on_evidence(
    tmp_path: Path, code: str, question: str, answer: str
) -> None:
    folder = Path(shutil.copytree(BOTS / code, tmp_path / code))
    spec = load_spec(
        folder, {"training": {"evidence": True}, "engine": {"threads": 1, "cache_mb": 32}}
    )
    evidence.bring_up(spec)
    dataset = build(spec)
    corpus = prepare(spec, dataset)
    assert corpus.grounded["right"] >= 10
    shape = Shape(corpus.tokenizer.padded, 64, 2, 4, 2, 32, 128, 512)
    packing = Packing(256, 512, 1024, 0.1)
    recipe = recipe_for(corpus, STEPS, shape=shape, packing=packing, evidence="x")
    run = Run.create(spec.made / "runs", recipe)
    assert corpus.knowledge is not None
    run.note({"evidence": corpus.knowledge.about()})
    train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=10_000)
    losses = [row["loss"] for row in run.metrics()]
    assert losses[-1] < 0.8 * losses[0]

    release = release_of(spec, Trained(run, dataset), Silent())
    shown = Shown.of(release.evidence)
    assert shown is not None
    asked = Conversation((Message("user", question),))
    with evidence.searched(spec, corpus.knowledge) as search:
        found = search.search(question_of(asked))
    tokenizer = corpus.tokenizer
    passages = evidence_for(found, shown.room, lambda text: len(tokenizer.encode(text)), question)
    assert answer in passages[0].content
    served = insert(asked, passages)
    # What is served is the beginning of what is trained on.
    learned = tokenizer.render(served.plus(Message("assistant", answer)))
    prompt = tokenizer.render(served, open_reply=True)
    assert learned.ids[: len(prompt)] == prompt.ids
    assert not any(learned.learn[: len(prompt)]) and all(learned.learn[len(prompt) :])

    bot = open_bot(release, spec)

    async def ask() -> str:
        await bot.engine.start()
        try:
            sampling = replace(spec.answers.sampling(), max_tokens=24)
            return (await gather(bot.reply(served, sampling))).text
        finally:
            await bot.engine.close()

    assert "\ufffd" not in asyncio.run(ask())
