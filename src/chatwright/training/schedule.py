"""Learning rate over a run: warm-up, stable, decay to zero (arXiv 2404.06395)."""


def rate(step: int, steps: int, warmup: float, decay: float) -> float:
    """The factor on every learning rate at `step` (0-based) of `steps`.

    `warmup` and `decay` are shares of the run. Decay is linear to zero, which at short budgets beat
    cosine (DECISIONS.md, "schedule").
    """
    done = (step + 0.5) / steps
    rising = min(1.0, done / warmup) if warmup > 0 else 1.0
    falling = min(1.0, (1.0 - done) / decay) if decay > 0 else 1.0
    return max(0.0, min(rising, falling))
