"""From data to a candidate release: the one path that `train`, `up` and later `improve` share.

Each step looks for its result first: a note under `by-input/` says which dataset, run or release was
made from the same inputs, so what has not changed is not done again.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatwright.core.errors import SpecError
from chatwright.core.files import write_atomic
from chatwright.core.progress import Progress, Silent
from chatwright.data.dataset import Dataset, build
from chatwright.evaluation.made import find_release, read_note, release_note, run_note, write_note
from chatwright.model import openvino, weights
from chatwright.model.hub import obtain
from chatwright.release.manifest import HIDING, Release
from chatwright.release.pack import pack
from chatwright.spec import Spec
from chatwright.tokenizer import Tokenizer
from chatwright.training import hardware, memory, writers
from chatwright.training.corpus import Corpus, prepare
from chatwright.training.distributed import World, together
from chatwright.training.evidence import bring_up
from chatwright.training.hardware import Hardware
from chatwright.training.history import FORECAST
from chatwright.training.loop import train
from chatwright.training.plan import fits, plan
from chatwright.training.run import Run
from chatwright.training.start import Start, start_of

NOT_SERVED = "it can be trained here, and not served by the engine here."
ELSEWHERE = (
    "Run `chatwright train`, serve the folder that it leaves with vLLM, and name that server in [model] "
    'base_url with kind = "hosted".'
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished run and the dataset that it read."""

    run: Run
    dataset: Dataset

    def about(self) -> dict[str, Any]:
        """What the report tells of the training."""
        recipe = self.run.recipe
        return {
            **(self.run.done or {}),
            "run": recipe.id,
            "objective": recipe.objective,
            "parameters": recipe.shape.parameters,
            "body_parameters": recipe.shape.body,
            "context": recipe.shape.context,
            "precision": recipe.precision,
            "compiled": recipe.compiled,
            FORECAST: self.run.forecast,
            "curve": self.run.metrics(),
        }


def train_bot(spec: Spec, progress: Progress, *, serve: bool = False) -> Trained:
    """Train the bot of `spec`, go on with an interrupted run, or find it already trained.

    Started by torchrun, in all of its processes: the first makes data and plan, the others find them.
    With `serve` a base that could not be served afterwards is an error, before anything is done.
    """
    machine = hardware.inspect()
    with together(machine.device) as world:
        if not world.first:
            world.wait()
            progress = Silent()
        return _train(spec, progress, machine, world, serve)


def _train(spec: Spec, progress: Progress, machine: Hardware, world: World, serve: bool) -> Trained:
    began = time.monotonic()
    bring_up(spec, progress)
    base = obtain(spec, progress) if spec.model.kind == "pretrained" else None
    if base is not None and base.foreign:
        if serve:
            raise SpecError(f"{base.name} is a {base.shape.family}: {NOT_SERVED}", ELSEWHERE)
        progress.say(f"{base.name} is a {base.shape.family}: {NOT_SERVED} {ELSEWHERE}")
    dataset = build(spec, progress)
    note = run_note(spec, dataset)
    run = _noted(read_note(note), spec.made / "runs")
    if run is not None and run.done:
        world.ready()
        return Trained(run, dataset)
    start = _start(spec, run)
    writers.check(spec.training.log_to)
    progress.start("Learning words and known replies")
    corpus = prepare(spec, dataset, start, None if start else base)
    progress.stop()
    if corpus.past is not None:
        progress.say(told(corpus))
    if run is None:
        planned = plan(spec, corpus, machine, progress, began, world)
        for line in planned.describe(corpus):
            progress.say(line)
        run = Run.create(spec.made / "runs", planned.recipe)
        seconds = planned.seconds / planned.recipe.steps
        every = max(1, round(spec.training.checkpoint_seconds / seconds))
        start_note = asdict(start) if start else None
        shown = corpus.knowledge.about() if corpus.knowledge else None
        run.note(
            {
                "checkpoint_every": every,
                "start": start_note,
                "forecast": planned.forecast,
                "evidence": shown,
            }
        )
        write_note(note, run.folder.name)
    # After planning, whose models are gone by now; the first process decides for all.
    parallel = fits(spec, run.recipe, corpus, machine, world) if world.first else "ddp"
    world.ready()
    world = world.sharing("fsdp" if world.agree(int(parallel == "fsdp")) else "ddp")
    train(
        run,
        corpus,
        machine.place,
        progress,
        checkpoint_every=run.notes["checkpoint_every"],
        world=world,
        log_to=spec.training.log_to,
    )
    return Trained(run, dataset)


def plan_bot(spec: Spec, progress: Progress) -> dict[str, Any]:
    """What `train_bot` would do, as plain values; data are built, nothing is trained and no run is made.

    `lines` say it to people. Where that training was begun or is done, `run` and `state` say so. Raises what
    `train_bot` would raise before its first step.
    """
    machine, began = hardware.inspect(), time.monotonic()
    bring_up(spec, progress)
    base = obtain(spec, progress) if spec.model.kind == "pretrained" else None
    dataset = build(spec, progress)
    known = _noted(read_note(run_note(spec, dataset)), spec.made / "runs")
    start = _start(spec, known)
    progress.start("Learning words and known replies")
    corpus = prepare(spec, dataset, start, None if start else base)
    planned = plan(spec, corpus, machine, progress, began)
    recipe, targets = planned.recipe, sum(map(sum, (one.learn for one in corpus.train)))
    needs = memory.estimate(recipe, targets / max(corpus.tokens, 1))
    progress.stop()
    return {
        "dataset": dataset.id,
        "conversations": len(corpus.train),
        "tokens": corpus.tokens,
        "parameters": recipe.shape.parameters,
        "context": recipe.shape.context,
        "steps": recipe.steps,
        "epochs": round(planned.epochs, 2),
        "seconds": round(planned.seconds, 1),
        FORECAST: planned.forecast,
        "memory": round(needs.total),
        "memory_free": round(memory.available(machine.place)),
        "machine": machine.describe(),
        "run": known.id if known else None,
        "state": known.state if known else None,
        "lines": ([told(corpus)] if corpus.past is not None else []) + planned.describe(corpus),
    }


def release_of(spec: Spec, trained: Trained, progress: Progress) -> Release:
    """Pack the trained model: weights, tokenizer, engine files, spec."""
    found = find_release(spec, trained.dataset)
    if found is not None:
        return found
    run = trained.run
    progress.start("Packing the release")

    def fill(folder: Path) -> None:
        shutil.copytree(run.model, folder / "model")
        decoder = weights.load(folder / "model")
        openvino.convert(decoder, folder / "engine", folder / "model", spec.engine.precision)
        tokenizer = Tokenizer.load(folder / "model")
        openvino.write_vocabulary(folder / "engine", tokenizer.token_bytes(), tokenizer.special)
        if trained.dataset.hiding is not None:
            write_atomic(folder / HIDING, trained.dataset.hiding.read_text("utf-8"))

    origin = {"kind": "local", "dataset": trained.dataset.id, "recipe": run.recipe.to_dict()}
    if run.recipe.start and (start := _start(spec, run)):
        origin["parent"] = start.release or start.sha256
        if not start.release:  # else the parent tells
            origin["inherited"] = [one for one in (start.dataset, *start.before) if one]
    if run.recipe.evidence:
        origin["evidence"] = run.notes["evidence"]
    release = pack(spec, fill, origin)
    write_note(release_note(spec, run.folder.name, trained.dataset), release.id)
    progress.stop()
    return release


def told(corpus: Corpus) -> str:
    """Where the training starts, what comes again, and what cannot be measured."""
    start, past = corpus.start, corpus.past
    assert start is not None and past is not None
    if past.missing:
        return f"Starts from {start.folder}; forgetting is not measured: {past.missing}."
    if past.known:
        return (
            f"Starts from {start.folder}; {len(past.known):,} rows that it knows do not come again."
        )
    return f"Starts from {start.folder}; {len(past.again):,} rows of dataset {start.dataset} come again."


def _start(spec: Spec, run: Run | None) -> Start | None:
    """What a run started from when it began; for a new one, what the spec names now."""
    if run is None:
        return start_of(spec)
    noted = run.notes.get("start")
    return Start(**noted | {"before": tuple(noted.get("before", ()))}) if noted else None


def _noted(name: str | None, runs: Path) -> Run | None:
    return Run(runs / name) if name and (runs / name / "notes.json").exists() else None
