"""Objectives on judged replies against TRL's own code, and their batches against what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from tests import tiny as small
from torch.nn import functional as F
from trl.trainer.dpo_trainer import DPOTrainer
from trl.trainer.kto_trainer import KTOTrainer

from chatwright.core.types import Conversation, Message
from chatwright.data.batches import Batch
from chatwright.model.decoder import Decoder
from chatwright.tokenizer import Tokenizer
from chatwright.training import judged, objectives
from chatwright.training.judged import Judged
from chatwright.training.objectives import Preference

Verdict = Callable[[int], dict[str, Any]]


def told(count: int, verdict: Verdict) -> list[Conversation]:
    """Conversations of the tiny bot, judged."""
    made = small.conversations(count, seed=7)
    return [replace(c, **verdict(n)) for n, c in enumerate(made)]


def rejected(n: int) -> dict[str, Any]:
    return {"rejected": f"No idea, ask on {small.DAYS[n % 7]}."}


def thumb(n: int) -> dict[str, Any]:
    return {"label": n % 3 > 0}


def decoder(vocabulary: int, seed: int) -> Decoder:
    made = Decoder(small.shape(vocabulary))
    generator = torch.Generator().manual_seed(seed)
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.1, generator=generator)
    return made


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    texts = [m.content for c in small.conversations(200) for m in c.messages]
    return Tokenizer.learn(texts, 512)


@pytest.fixture(scope="module")
def pairs(tokenizer: Tokenizer) -> Judged:
    return judged.pairs(told(9, rejected), tokenizer, small.CONTEXT, 900, 0)


@pytest.fixture(scope="module")
def rows(tokenizer: Tokenizer) -> Judged:
    return judged.thumbs(told(11, thumb), tokenizer, small.CONTEXT, 900, 0)


def batch_of(found: Judged, reference: Decoder) -> Batch:
    """The first group, with what `reference` says of it."""
    batch = found.batch(0)
    return replace(batch, reference_S=objectives.reference(reference, batch))


def mean(loss: torch.Tensor, batch: Batch) -> float:
    """What a step of one micro-batch minimises."""
    return float(loss.detach()) / batch.weight


class Theirs:
    """A model as TRL asks for it: token log probabilities of padded rows, one sequence a row."""

    training = True

    def __init__(self, decoder: Decoder) -> None:
        self.decoder = decoder

    def __call__(self, input_ids: torch.Tensor, labels: torch.Tensor, **_: object) -> Any:
        logits = self.decoder(input_ids)[:, :-1]
        each = logits.log_softmax(-1).gather(-1, input_ids[:, 1:, None])[..., 0]
        each = torch.where(labels[:, 1:] == -100, 0.0, each)
        zero = torch.zeros_like(each)
        return SimpleNamespace(log_probs=each, entropy=zero, mean_logits=zero, is_top1=zero.bool())


def padded(sequences: list[Any], prefix: str = "") -> dict[str, torch.Tensor]:
    length = max(map(len, sequences))
    ids = [s.ids + [0] * (length - len(s)) for s in sequences]
    mask = [[int(x) for x in s.learn] + [0] * (length - len(s)) for s in sequences]
    return {
        f"{prefix}input_ids": torch.tensor(ids),
        f"{prefix}attention_mask": torch.ones(len(ids), length),
        f"{prefix}completion_mask": torch.tensor(mask),
    }


class Metrics(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return self.setdefault(key, Metrics() if key in ("train", "eval") else [])


def stand_in(**more: Any) -> Any:
    """What TRL's trainers keep in `self`, as far as the loss reads it."""
    one = SimpleNamespace(
        device=torch.device("cpu"), gather=lambda x: x, gather_for_metrics=lambda x: x
    )
    return SimpleNamespace(
        accelerator=one, aux_loss_enabled=False, precompute_ref_logps=True, _metrics=Metrics(),
        model=SimpleNamespace(training=True), _total_train_tokens=0, _tp_size=1, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("p", "kinds"),
    [
        (Preference(0.5), {"sigmoid": 1.0}),
        (Preference(0.7, supervised=0.3), {"sigmoid": 1.0, "sft": 0.3}),
        (Preference(0.3, smoothing=0.2), {"robust": 1.0}),
    ],
)
def test_dpo_is_trls(
    tokenizer: Tokenizer, pairs: Judged, p: Preference, kinds: dict[str, float]
) -> None:
    vocabulary = tokenizer.padded
    model = decoder(vocabulary, 1)
    batch = batch_of(pairs, decoder(vocabulary, 2))
    ours = mean(objectives.dpo(p, model, batch), batch)
    chosen_first = pairs.groups[0][::2] + pairs.groups[0][1::2]
    assert batch.reference_S is not None
    inputs = padded(chosen_first) | {
        "ref_chosen_logps": batch.reference_S[::2],
        "ref_rejected_logps": batch.reference_S[1::2],
    }
    trainer = stand_in(
        ld_alpha=None, f_divergence_type="reverse_kl", beta=p.beta, label_smoothing=p.smoothing,
        loss_types=list(kinds), loss_weights=list(kinds.values()), use_weighting=False,
    )  # fmt: skip
    theirs = DPOTrainer._compute_loss(trainer, Theirs(model), inputs, False)
    assert abs(ours - 0.6931) > 0.005
    assert ours == pytest.approx(float(theirs.detach()), rel=1e-5)


def test_kto_is_trls(tokenizer: Tokenizer, rows: Judged) -> None:
    vocabulary = tokenizer.padded
    drifts = []
    for seed in (1, 3, 4):
        model = decoder(vocabulary, seed)
        batch = batch_of(rows, decoder(vocabulary, 2))
        p = Preference(0.02, good=1.3, bad=2.1)
        ours = mean(objectives.kto(p, model, batch), batch)
        assert batch.reference_S is not None
        group = rows.groups[0]
        inputs = (
            padded(group[::2])
            | padded(group[1::2], "KL_")
            | {
                "label": torch.tensor(rows.verdicts[0]),
                "ref_logps": batch.reference_S[::2],
                "ref_KL_logps": batch.reference_S[1::2],
            }
        )
        trainer = stand_in(
            calculate_KL=True, loss_type="kto", beta=p.beta, desirable_weight=p.good,
            undesirable_weight=p.bad,
        )  # fmt: skip
        kl = KTOTrainer._compute_kl_logps
        trainer._compute_kl_logps = lambda m, b, t=trainer, kl=kl: kl(t, m, b)
        theirs = KTOTrainer._compute_loss(trainer, Theirs(model), inputs, False)
        drifts += trainer._metrics["train"]["kl"]
        assert ours == pytest.approx(float(theirs.detach()), rel=1e-5)
    assert min(drifts) == 0.0 and max(drifts) > 0.0  # the term was there, and was held at zero


def test_the_drift_has_no_gradient(tokenizer: Tokenizer, rows: Judged) -> None:
    """Moving what the mismatched replies are compared with moves the loss, and no gradient comes back."""
    vocabulary = tokenizer.padded
    model = decoder(vocabulary, 1)
    batch = batch_of(rows, decoder(vocabulary, 2))
    assert batch.reference_S is not None
    lower = batch.reference_S.clone()
    lower[1::2] -= 500
    nats = objectives.nats(model, batch).detach().requires_grad_()
    plain = objectives.nats
    try:
        objectives.nats = lambda *_: nats  # type: ignore[assignment]
        losses = [
            objectives.kto(Preference(0.01), model, replace(batch, reference_S=r))
            for r in (batch.reference_S, lower)
        ]
        losses[1].backward()
    finally:
        objectives.nats = plain
    assert float((losses[0] - losses[1]).detach()) != 0
    assert nats.grad is not None and batch.sequence_N is not None
    assert (nats.grad[batch.sequence_N % 2 == 1] == 0).all()
    assert (nats.grad[batch.sequence_N % 2 == 0] != 0).all()


def test_the_supervised_term_of_thumbs_is_of_good_rows(tokenizer: Tokenizer, rows: Judged) -> None:
    vocabulary = tokenizer.padded
    model = decoder(vocabulary, 1)
    batch = batch_of(rows, decoder(vocabulary, 2))
    with_it, without = (
        objectives.kto(Preference(0.1, supervised=w), model, batch) for w in (0.5, 0.0)
    )
    good = [s for s, v in zip(rows.groups[0][::2], rows.verdicts[0], strict=True) if v]
    nats = tokens = 0.0
    for s in good:
        scores = model(torch.tensor([s.ids]))[0, :-1].log_softmax(-1)
        at = torch.tensor(s.learn[1:])
        nats += float(F.nll_loss(scores[at], torch.tensor(s.ids[1:])[at], reduction="sum").detach())
        tokens += int(at.sum())
    expected = 0.5 * len(rows.verdicts[0]) * nats / tokens
    assert float((with_it - without).detach()) == pytest.approx(expected, rel=1e-4)


def test_only_the_last_reply_is_a_target(tokenizer: Tokenizer, pairs: Judged) -> None:
    said = {(c.messages[-1].content, c.rejected): c for c in told(9, rejected)}
    for sequence, other in zip(pairs.sequences[::2], pairs.sequences[1::2], strict=True):
        texts = [
            tokenizer.decode([i for i, on in zip(s.ids, s.learn, strict=True) if on])
            for s in (sequence, other)
        ]
        conversation = said.pop((texts[0], texts[1]))
        assert tokenizer.render(conversation).ids == sequence.ids
        assert sequence.ids[-1] == other.ids[-1] == tokenizer.end and sequence.learn[-1]
    assert not said


def test_mismatched_replies_are_those_of_the_batch(rows: Judged) -> None:
    for group in rows.groups:
        right, wrong = group[::2], group[1::2]
        replies = [[i for i, on in zip(s.ids, s.learn, strict=True) if on] for s in right]
        others = [[i for i, on in zip(s.ids, s.learn, strict=True) if on] for s in wrong]
        assert others == [replies[-1], *replies[:-1]]
        prompts = [s.ids[: s.learn.index(True)] for s in right]
        assert prompts == [s.ids[: s.learn.index(True)] for s in wrong]


def test_every_row_once_a_pass_and_each_pass_in_another_order(
    rows: Judged, tokenizer: Tokenizer
) -> None:
    found = judged.thumbs(told(60, thumb), tokenizer, small.CONTEXT, 500, 0)
    assert len(found) > 6 and all(len(v) >= judged.LEAST for v in found.verdicts)
    assert sum(found.counts) == 60 and found.counts == (40, 20)
    references = {n: torch.full((len(g),), float(n)) for n, g in enumerate(found.groups)}
    stream = found.stream(3, references)
    passes = [[int(next(stream).reference_S[0]) for _ in references] for _ in range(2)]  # type: ignore[index]
    assert sorted(passes[0]) == sorted(passes[1]) == list(range(len(found)))
    assert passes[0] != passes[1]
    again = found.stream(3, references)
    assert [int(next(again).reference_S[0]) for _ in references] == passes[0]  # type: ignore[index]


def test_pairs_are_thumbs_too(tokenizer: Tokenizer) -> None:
    found = judged.thumbs(told(8, rejected), tokenizer, small.CONTEXT, 900, 0)
    assert found.counts == (8, 8)


def test_a_long_conversation_loses_its_oldest_turns(tokenizer: Tokenizer) -> None:
    turn = (Message("user", "Are you open on Monday at 9?"), Message("assistant", "Yes."))
    long = Conversation(turn * 40, rejected="No.")
    endless = Conversation((Message("user", "open " * 400), turn[1]), rejected="No.")
    found = judged.pairs([long, endless], tokenizer, small.CONTEXT, 900, 0)
    assert found.left_out == 1 and found.counts == (1, 0)
    better, worse = found.groups[0]
    assert small.CONTEXT - 40 < len(better) <= small.CONTEXT
    assert better.ids[0] == tokenizer.begin and tokenizer.decode(worse.ids).endswith("No.")


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        (2775, 453, (1.0, 2775 / 453 * 0.75)),
        (10, 9, (1.0, 1.0)),
        (5, 20, (4.0, 1.0)),
        (3, 0, (1, 1)),
    ],
)
def test_thumbs_are_evened_out(good: int, bad: int, expected: tuple[float, float]) -> None:
    found = judged.weights(good, bad)
    assert found == pytest.approx(expected)
    if good and bad:
        assert 1 <= found[0] * good / (found[1] * bad) * (1 + 1e-9) <= 4 / 3 + 1e-6


def test_in_bfloat16_products_have_few_shapes_and_say_the_same(
    tokenizer: Tokenizer, rows: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the number of targets is: a program of oneDNN's is kept for every shape."""
    model, shapes = decoder(tokenizer.padded, 0), set[int]()
    logits = Decoder.logits

    def spied(self: Decoder, hidden: torch.Tensor) -> torch.Tensor:
        shapes.add(len(hidden))
        return logits(self, hidden)

    monkeypatch.setattr(Decoder, "logits", spied)
    batch = batch_of(rows, model)
    for count in (1, 63, 64, 65, batch.at_N.numel()):
        some = replace(batch, at_N=batch.at_N[:count], targets_N=batch.targets_N[:count])
        exact = objectives.nats(model, some)
        with torch.autocast("cpu", torch.bfloat16):
            found = objectives.nats(model, some)
        assert found.shape == exact.shape == (some.at_N.numel(),)
        torch.testing.assert_close(found, exact, rtol=0.03, atol=0.03)
        model.zero_grad()
        found.sum().backward()
        assert all(p.grad is None or p.grad.isfinite().all() for p in model.parameters())
    assert {count for count in shapes if count % objectives.ROUND} <= {
        1,
        63,
        65,
        batch.at_N.numel(),
    }  # of fp32 alone
