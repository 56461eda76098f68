"""The forecast: its counts against a slow and plain Witten-Bell, its direction, and where it is said."""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from tests import tiny as small
from tests.tiny import Tiny
from tests.training.test_parts import planned

from chatwright.tokenizer import Rendered
from chatwright.training import forecast as rule
from chatwright.training.forecast import ORDER, count, counted, forecast, reached, read
from chatwright.training.history import History

VOCABULARY, BEGIN, SKIPPED = 12, 0, 1


def rows(number: int, seed: int) -> list[Rendered]:
    """Conversations of 1 to 30 tokens in which few words follow each other often."""
    rng = random.Random(seed)
    made = []
    for _ in range(number):
        length = rng.randint(0, 29)
        ids = [BEGIN] + [min(rng.randrange(1, 12), rng.randrange(1, 12)) for _ in range(length)]
        made.append(Rendered(ids, [False] + [rng.random() < 0.7 for _ in range(length)]))
    return made


def plain(train: Sequence[Rendered], dev: Sequence[Rendered]) -> float:
    """Witten and Bell's bits, from dictionaries of tuples."""
    after: dict[tuple[int, ...], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in train:
        for at, (token, learn) in enumerate(zip(row.ids, row.learn, strict=True)):
            for n in range(min(ORDER - 1, at) + 1 if learn else 0):
                after[tuple(row.ids[at - n : at])][token] += 1
    total = 0.0
    for row in dev:
        for at, (token, learn) in enumerate(zip(row.ids, row.learn, strict=True)):
            if not learn or token == SKIPPED:
                continue
            p = 1 / VOCABULARY
            for n in range(min(ORDER - 1, at) + 1):
                seen = after.get(tuple(row.ids[at - n : at]))
                if seen:
                    p = (seen.get(token, 0) + len(seen) * p) / (sum(seen.values()) + len(seen))
            total -= math.log2(p)
    return total


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_plain_program(seed: int) -> None:
    train, dev = rows(60, seed), rows(20, seed + 100)
    found = count(train, dev, VOCABULARY, {SKIPPED}, 7)
    assert found.bits_per_byte() * 7 == pytest.approx(plain(train, dev), rel=1e-9)


def test_nothing_read_and_nothing_asked() -> None:
    """Without data every token costs the same; without a sample nothing does."""
    dev = rows(20, 1)
    asked = sum(y and t != SKIPPED for row in dev for t, y in zip(row.ids, row.learn, strict=True))
    alike = asked * math.log2(VOCABULARY)
    assert count([], dev, VOCABULARY, {SKIPPED}, 1).bits_per_byte() == pytest.approx(alike)
    assert count(rows(9, 1), [], VOCABULARY, {SKIPPED}, 1).bits_per_byte() == 0


def test_what_is_seen_too_rarely_does_not_count() -> None:
    """Longer contexts count by the times that they are seen; looks without end leave pairs."""
    row = Rendered([BEGIN, 2, 3, 4, 2, 5, 4], [False] + [True] * 6)
    counts = count([row], [row], VOCABULARY, (), 1)
    once = counts.bits_per_byte(4.0)
    often = replace(counts, times=40.0).bits_per_byte(4.0)
    never = counts.bits_per_byte(1e9)
    assert often < 0.8 * once
    assert once <= never
    pairs = replace(counts, **{n: getattr(counts, n)[:2] for n in ("same_ON", "all_ON", "ways_ON")})
    assert never == pytest.approx(pairs.bits_per_byte(1e9))


def test_a_larger_decoder_needs_fewer_looks(tiny: Tiny) -> None:
    counts = counted(replace(small.recipe_for(tiny.corpus, 40)), tiny.corpus)
    assert reached(1_300_000, counts) < reached(400_000, counts)


def test_more_tokens_never_predict_worse(tiny: Tiny) -> None:
    said = [forecast(small.recipe_for(tiny.corpus, steps), tiny.corpus) for steps in STEPS]
    found = [figure for figure in said if figure is not None]
    assert len(found) == len(STEPS)
    assert all(after <= before + 0.005 for before, after in pairwise(found))
    assert found[-1] < 0.5 * found[0]
    assert said == [forecast(small.recipe_for(tiny.corpus, n), tiny.corpus) for n in STEPS]


STEPS = (2, 5, 10, 20, 50, 100, 1000, 10_000)


def test_each_conversation_is_read_once_and_no_more_than_was_due(tiny: Tiny) -> None:
    train = tiny.corpus.train
    some = read(train, 2000, 12, 0)
    assert 2000 <= sum(map(len, some)) < 2000 + max(map(len, train))
    assert len(read(train, 10**9, 12, 0)) == len(train)
    assert len(read(train, 10**9, 0, 0)) == len(train)


def test_little_of_much_is_counted(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = small.recipe_for(tiny.corpus, 1000)
    monkeypatch.setattr(rule, "MOST", 3000)
    monkeypatch.setattr(rule, "count", lambda rows, *_: sum(map(len, rows)))
    assert 3000 <= counted(recipe, tiny.corpus) < 3300  # type: ignore[operator]


def test_it_says_nothing_of_what_it_was_not_fitted_on(tiny: Tiny) -> None:
    recipe = small.recipe_for(tiny.corpus, 100)
    assert forecast(replace(recipe, initial="start"), tiny.corpus) is None
    assert forecast(replace(recipe, objective="text"), tiny.corpus) is None
    assert forecast(recipe, replace(tiny.corpus, dev=[])) is None


def test_the_plan_says_it(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(tiny, monkeypatch, minutes=2.0)
    assert made.forecast is not None
    expected = f"Expected: {made.forecast:.2f} bits per byte"
    (line,) = (line for line in made.describe(tiny.corpus) if line.startswith(expected))
    assert "within 0.05" in line
    few = planned(tiny, monkeypatch, minutes=0.1).describe(tiny.corpus)
    assert any(line.startswith("Expected") and "hard to tell" in line for line in few)
    assert not any(
        "Expected" in line for line in replace(made, forecast=None).describe(tiny.corpus)
    )


def test_a_run_keeps_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("run")
    assert History(folder).forecast is None
    (folder / "notes.json").write_text(json.dumps({"checkpoint_every": 9}))
    assert History(folder).forecast is None, "runs of before have none"
    (folder / "notes.json").write_text(json.dumps({"forecast": 0.5}))
    assert History(folder).forecast == 0.5
