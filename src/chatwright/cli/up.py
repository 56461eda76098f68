"""`chatwright up`: whatever is still to do, then serve. A second run finds everything done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.open import calibration_of
from chatwright.cli import evaluate as evaluating
from chatwright.cli import gate as gating
from chatwright.cli import serve as serving
from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.verbs import load
from chatwright.core.errors import DataError, ReleaseError
from chatwright.data.dataset import build
from chatwright.data.documents import owners_files
from chatwright.data.inputs import has_conversations
from chatwright.evaluation.evaluate import evaluate
from chatwright.evaluation.known import dataset_of
from chatwright.evaluation.made import find_release
from chatwright.knowledge import Snapshots
from chatwright.knowledge.sync import index_of, sync
from chatwright.release.manifest import Release
from chatwright.release.pack import pack_hosted, pack_retrieval
from chatwright.release.registry import Deployment, Registry
from chatwright.server.serve import bind
from chatwright.spec import Spec, load_spec
from chatwright.training.evidence import bring_up

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright up examples/library")
def up(
    folder: Folder = Path(),
    host: serving.Host = None,
    port: serving.Port = None,
    stay: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve at the end, or only get ready.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Clean the data, train, evaluate, promote and serve: each only when its inputs changed."""
    screen = Screen(as_json)
    spec = load_spec(folder, serving.listen(host=host, port=port))
    if stay:  # a taken port is better known now than after the training
        bind(spec.server.host, spec.server.port).close()
    release, training = _release(spec, screen)
    dataset = dataset_of(spec, release)
    report = evaluate(spec, release, dataset, screen, training)
    evaluating.show(screen, report)
    registry = Registry(spec)
    # By id, not by what it points to: that may be the very release that had to be made again.
    calibration = calibration_of(spec, release.id)
    gate: dict[str, Any] | None = None
    if registry.current_id() != Deployment(release.id, calibration=calibration).id:
        promoted, gate = _passes(spec, registry, release, screen)
        if promoted:
            registry.promote(release, "chatwright up", calibration=calibration, gate=gate)
    if stay:
        serving.run(spec, screen)
    else:
        screen.result(evaluating.figures(report) | ({"gate": gate} if gate else {}))


def _passes(
    spec: Spec, registry: Registry, release: Release, screen: Screen
) -> tuple[bool, dict[str, Any] | None]:
    """Whether what `up` made is to be served, and what the gate said. It is what the owner asked for: only what
    is shown to be worse than what is served stays back."""
    deployed = registry.deployment()
    if deployed is None or deployed.release == release.id or not release.weights:
        return True, None
    try:
        current = registry.release(deployed.release)
    except (
        ReleaseError
    ) as error:  # what was served is gone or broken: there is nothing to compare with
        screen.say(str(error))
        return True, None
    verdict = gating.asked(spec, release, current, screen)
    if verdict.verdict != "worse":
        return True, verdict.short()
    screen.say(
        f"Release {current.id} is served as before. If the change is meant, promote it all the same: "
        f"`chatwright release promote {release.id} --bot {spec.folder} --force --reason WHY`."
    )
    return False, verdict.short()


def _wordless(spec: Spec) -> Spec | None:
    """The spec of a bot that answers from its documents alone: because it says so, or because it says
    nothing of a model, and there are documents and no conversations yet."""
    if spec.model.kind == "retrieval":
        return spec
    documents = bool(spec.knowledge.urls) or next(owners_files(spec), None) is not None
    if "kind" in spec.model.model_fields_set or not documents or has_conversations(spec):
        return None
    return spec.model_copy(update={"model": spec.model.model_copy(update={"kind": "retrieval"})})


def _answers_from_documents(spec: Spec, screen: Screen) -> Release:
    """The release of a bot without a model, its documents read."""
    index = index_of(spec)
    try:
        done = sync(spec, index, progress=screen)
        count = len(Snapshots(index).members(done.snapshot))
    finally:
        index.close()
    for name, why in done.problems.items():
        screen.say(f"{name}: {why}")
    if not count:
        raise DataError(
            "There is no document to answer from.", f"Put some into {spec.path('knowledge')}."
        )
    screen.say(f"This bot answers from its {count:,} documents alone; nothing is trained.")
    screen.say(
        "When there are conversations, import them (`chatwright import FILE`), or draft some from the "
        "documents (`chatwright knowledge questions`): the next `up` trains a model on them."
    )
    return pack_retrieval(spec)


def _release(spec: Spec, screen: Screen) -> tuple[Release, dict[str, Any]]:
    """The release that the folder as it stands leads to, found or made."""
    if spec.model.kind == "hosted":
        return pack_hosted(spec), {}
    wordless = _wordless(spec)
    if wordless is not None:
        return _answers_from_documents(wordless, screen), {}
    bring_up(spec, screen)
    found = find_release(spec, build(spec, screen))
    if found is not None:
        screen.say(f"Nothing changed: release {found.id} is up to date.")
        return found, (found.report or {}).get("training", {})
    made: tuple[Release, dict[str, Any]] = load("making").make(spec, screen)
    return made
