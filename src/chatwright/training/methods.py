"""The methods of `[training] method`, as values: an objective, how fast it learns, how often it reads.

There is one loop; what differs stands in this table and, spelled out, in the recipe.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from chatwright.model.lora import Lora
from chatwright.model.shape import Shape
from chatwright.spec import Spec
from chatwright.spec.spec import Training
from chatwright.training import judged
from chatwright.training.corpus import Corpus
from chatwright.training.objectives import Preference
from chatwright.training.optim import Rates

CONTINUED = 0.3  # of the rates from scratch, where a model goes on learning
LORA_RATE = 0.003  # AdamW's, of A and B
RANK = 16  # of `method = "lora"`, where no other is said
PASSES = 4.0  # repeats up to here are about as good as new data (arXiv 2305.16264)
NUMBERS = ("matrices", "embedding", "rest")


@dataclass(frozen=True, slots=True)
class Method:
    """`rate`: of the rates from scratch. `passes`: at most, where the spec does not say."""

    objective: str
    rate: float
    passes: float
    lora_rate: float = LORA_RATE


METHODS = {
    "supervised": Method("assistant", CONTINUED, PASSES),
    "lora": Method("assistant", CONTINUED, PASSES),
    "pretraining": Method("text", CONTINUED, PASSES),
    # At 0.4 it cost 16% in bits per byte, at 0.01 next to nothing changed (DECISIONS.md, "rates").
    "dpo": Method("dpo", 0.03, 2.0, LORA_RATE / 10),
    "kto": Method("kto", 0.03, 2.0, LORA_RATE / 10),
}


def passes(training: Training, started: bool) -> float:
    """At most so many over the data; 0: no limit. From scratch the budget alone decides."""
    return training.epochs or (METHODS[training.method].passes if started else 0.0)


def settings(spec: Spec, corpus: Corpus) -> dict[str, Any]:
    """The fields of the recipe that say what is learned, how, and from where."""
    method, training = METHODS[spec.training.method], spec.training
    lora = lora_of(training)
    return {
        "objective": method.objective,
        "rates": rates_of(training, corpus),
        "initial": "start" if corpus.start else "base" if corpus.base else "counts",
        "start": corpus.start.sha256 if corpus.start else "",
        "base": corpus.base.identity if corpus.base else "",
        "lora": lora,
        "preference": _preference(training, corpus),
        "documents": corpus.documents,
        "evidence": corpus.knowledge.id if corpus.knowledge else "",
        "replay": training.replay,
        "replayed": corpus.start.dataset if corpus.start and training.replay else "",
        "only_new": bool(corpus.past and corpus.past.known),
    }


def lora_of(training: Training) -> Lora | None:
    """The adapter that the spec asks for: by its rank, or by the method's name."""
    rank = training.lora_rank or (RANK if training.method == "lora" else 0)
    if not rank:
        return None
    return Lora(rank, training.lora_alpha or 2.0 * rank, training.lora_targets or Lora().targets)


def fine_tuning(shape: Shape) -> Rates:
    """AdamW, slower the wider the model: 3e-4 at GPT-2's width (DECISIONS.md, "model and training")."""
    rate = 3e-4 * min(1.0, 768 / shape.width)
    return Rates(rate, rate, rate, weight_decay=0.01, muon=False)


def rates_of(training: Training, corpus: Corpus) -> Rates:
    """Learning rates at full strength."""
    method = METHODS[training.method]
    rates = fine_tuning(corpus.base.shape) if corpus.base else Rates()
    if lora_of(training):
        rates, factor = replace(rates, rest=method.lora_rate), training.rate
    else:
        # Judged replies want a hundredth also on a base, whose rates are those of going on already.
        going_on = corpus.start is not None or (
            corpus.base is not None and corpus.judged is not None
        )
        factor = training.rate * (method.rate if going_on else 1.0)
    changed = {name: value * factor for name, value in asdict(rates).items() if name in NUMBERS}
    return replace(rates, **changed)


def _preference(training: Training, corpus: Corpus) -> Preference | None:
    if corpus.judged is None:
        return None
    good, bad = judged.weights(*corpus.judged.counts) if training.method == "kto" else (1.0, 1.0)
    return Preference(
        training.beta, training.label_smoothing, good, bad, training.supervised_weight
    )
