"""The start of a training: words near their replies, what follows what, a circuit that copies."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from chatwright.model.decoder import Decoder
from chatwright.model.shape import Shape
from chatwright.tokenizer import Rendered
from chatwright.training import bigrams
from chatwright.training.bigrams import learn_bigrams
from chatwright.training.initial import induction, spectral

VOCABULARY = 400


def decoder(width: int = 256, layers: int = 2) -> Decoder:
    heads = width // 64
    made = Decoder(Shape(VOCABULARY, width, layers, heads, heads, 64, 2 * width, 512))
    made.initialise(torch.Generator().manual_seed(0))
    return made


@torch.no_grad()
def copied(made: Decoder, times: int = 8) -> float:
    """How far, in standard deviations of all logits, the token that came next the last time is above
    the median of the tokens of the row; in rows of random tokens that come twice."""
    above = []
    for seed in range(times):
        generator = torch.Generator().manual_seed(seed)
        once = torch.randperm(VOCABULARY, generator=generator)[:60]
        logits = made(torch.cat((once, once))[None])[0]
        at = torch.arange(60, 119)
        right = logits[at, once[at - 59]]
        others = logits[at][:, once].median(1).values
        above.append(((right - others) / logits[at].std(1)).mean())
    return float(torch.stack(above).mean())


@pytest.mark.parametrize(("width", "layers"), [(128, 2), (256, 2), (256, 4), (384, 8)])
def test_the_circuit_copies_before_the_first_step(width: int, layers: int) -> None:
    plain, made = decoder(width, layers), decoder(width, layers)
    induction(made, 0)
    assert abs(copied(plain)) < 0.1
    assert copied(made) > 0.5


def test_one_layer_has_no_room_for_it() -> None:
    plain, made = decoder(layers=1), decoder(layers=1)
    induction(made, 0)
    assert all(map(torch.equal, plain.state_dict().values(), made.state_dict().values()))


def test_rows_keep_their_length_and_their_neighbours() -> None:
    plain, made = decoder(), decoder()
    induction(made, 0)

    def rows(one: Decoder) -> Tensor:
        return one.model.embed_tokens.weight.detach()

    assert rows(made).norm(dim=1).mean() == pytest.approx(
        float(rows(plain).norm(dim=1).mean()), 0.01
    )
    alike = [torch.corrcoef(rows(one)) for one in (plain, made)]
    seen = ~torch.eye(VOCABULARY, dtype=torch.bool)
    assert torch.corrcoef(torch.stack([one[seen] for one in alike]))[0, 1] > 0.9


def test_words_begin_near_those_that_ask_for_the_same_reply() -> None:
    made = decoder()
    asked = [[10, 11], [10, 12], [20, 21], [20, 22]] * 20
    replies = [[30, 31], [30, 31], [40, 41], [40, 41]] * 20
    pairs = [
        Rendered([*a, *b], [False] * len(a) + [True] * len(b))
        for a, b in zip(asked, replies, strict=True)
    ]
    spectral(made, pairs, frozenset(), 0)
    rows = made.model.embed_tokens.weight.detach()

    def alike(one: int, other: int) -> float:
        return float(torch.cosine_similarity(rows[one], rows[other], dim=0))

    assert alike(11, 12) > alike(11, 21) + 0.3
    assert alike(11, 30) > alike(11, 40) + 0.3


def test_what_follows_what_is_learned_from_counts() -> None:
    """After 7 comes 8 or, a third as often, 9; nothing is learned over the beginning of a conversation."""
    made = decoder()
    common = Rendered([1, 7, 8, 2], [False, False, True, True])
    rare = Rendered([1, 7, 9, 2], [False, False, True, True])
    learn_bigrams(made, [common, common, common, rare] * 10, begin=1)
    with torch.no_grad():
        after = made(torch.tensor([[7], [2]]))[:, 0].softmax(-1)
    assert after[0, 8] == pytest.approx(0.75, abs=0.1)
    assert after[0, 9] == pytest.approx(0.25, abs=0.1)
    assert after[1, 1] < 0.1


def test_a_user_s_words_weigh_less_and_no_data_changes_nothing() -> None:
    made, plain = decoder(), decoder()
    learn_bigrams(plain, [], begin=1)
    assert all(map(torch.equal, plain.state_dict().values(), made.state_dict().values()))
    spoken = Rendered([1, 7, 8, 7, 9], [False, False, False, False, True])
    learn_bigrams(made, [spoken] * 10, begin=1)
    with torch.no_grad():
        after = made(torch.tensor([[7]]))[0, 0].softmax(-1)
    assert after[9] > 2 * after[8]
    assert after[8] > 0.1


def test_a_large_vocabulary_has_no_table_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its square would not fit into memory."""
    monkeypatch.setattr(bigrams, "_counts", lambda *_: pytest.fail("counted"))
    shape = Shape(bigrams.MOST + 64, 8, 1, 1, 1, 8, 8, 16)
    bigrams.learn_bigrams(Decoder(shape), [], 0)
