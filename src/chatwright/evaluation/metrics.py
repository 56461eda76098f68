"""Figures from answers. Each is a plain function; shares carry their interval."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF


def share(passed: int, n: int) -> dict[str, Any]:
    """A share with Wilson's 95% interval (Wilson, 1927)."""
    if n == 0:
        return {"n": 0, "passed": 0, "share": None, "interval": None}
    z, p = 1.96, passed / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    interval = [round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)]
    return {"n": n, "passed": passed, "share": round(p, 4), "interval": interval}


def bootstrap(
    n: int, statistic: Callable[[Sequence[int]], float], rounds: int = 500, seed: int = 0
) -> list[float]:
    """95% interval of `statistic` over resampled indices of `n` conversations."""
    rng = random.Random(seed)
    values = sorted(statistic(rng.choices(range(n), k=n)) for _ in range(rounds))
    return [round(values[int(rounds * q)], 4) for q in (0.025, 0.975)]


def bits_per_byte(nats: Sequence[float], sizes: Sequence[int]) -> dict[str, Any]:
    """Assistant bits per byte: nats of content / ln 2 / bytes of content, per conversation given."""

    def value(indices: Sequence[int]) -> float:
        return sum(nats[i] for i in indices) / math.log(2) / max(sum(sizes[i] for i in indices), 1)

    return {
        "bits_per_byte": round(value(range(len(nats))), 4),
        "interval": bootstrap(len(nats), value) if len(nats) > 1 else None,
    }


def text_scores(answers: Sequence[str], references: Sequence[str]) -> dict[str, Any]:
    """BLEU and chrF against the one reference that a logged conversation has, and simple shares."""
    if not answers:
        return {"n": 0}
    bleu = BLEU(effective_order=False)
    chrf = CHRF()
    exact = sum(
        a.strip().casefold() == r.strip().casefold()
        for a, r in zip(answers, references, strict=True)
    )
    return {
        "n": len(answers),
        "bleu": round(bleu.corpus_score(list(answers), [list(references)]).score, 2),
        "bleu_signature": str(bleu.get_signature()),
        "chrf": round(chrf.corpus_score(list(answers), [list(references)]).score, 2),
        "chrf_signature": str(chrf.get_signature()),
        "exact": share(exact, len(answers)),
        "distinct_2": distinct(answers, 2),
        "length_ratio": round(sum(map(len, answers)) / max(1, sum(map(len, references))), 3),
    }


def distinct(texts: Sequence[str], n: int) -> float:
    """Different word n-grams / all word n-grams (Li et al., 2016): how repetitive answers are."""
    grams = [
        tuple(words[i : i + n])
        for words in (text.casefold().split() for text in texts)
        for i in range(len(words) - n + 1)
    ]
    return round(len(set(grams)) / len(grams), 4) if grams else 0.0


def percentile(values: Sequence[float], q: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(q * len(ordered)))], 1) if ordered else 0.0
