"""A release in quarantine is not used again, wherever one may be used; what was learned from what is known."""

from __future__ import annotations

import json

import pytest
from tests.release.conftest import Make, filling

from chatwright.core.errors import ReleaseError
from chatwright.engine.open import open_fallback
from chatwright.release.lineage import Lineage, Taught, lineage, touched, trained_on
from chatwright.release.pack import pack
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.spec.hosted import Fallback
from chatwright.training.start import start_of

WHY = "it learned from somebody"


@pytest.fixture
def registry(spec: Spec) -> Registry:
    return Registry(spec)


def test_it_is_refused_by_name_and_by_rollback(registry: Registry, make: Make, spec: Spec) -> None:
    a, b = make("a"), make("b")
    registry.promote(a)
    registry.promote(b)
    assert registry.quarantine([a.id, a.id, "gone"], WHY) == [a.id, "gone"]
    assert registry.quarantine([a.id], WHY) == [] and registry.quarantined() == {
        a.id: WHY,
        "gone": WHY,
    }
    training = spec.training.model_copy(update={"continue_from": a.id})
    uses = (
        lambda: registry.promote(a),
        registry.rollback,
        lambda: registry.usable(a.id[:6]),
        lambda: start_of(spec.model_copy(update={"training": training})),
        lambda: open_fallback(Fallback(release=a.id), spec),
    )
    for use in uses:
        with pytest.raises(ReleaseError, match=f"{a.id} is in quarantine.*{WHY}"):
            use()
    assert registry.current()[1].id == b.id and registry.release(a.id).id == a.id  # type: ignore[index]
    assert registry.lift([a.id, b.id], "made again without them") == [a.id]
    assert registry.rollback()[1].id == a.id


def test_one_in_force_answers_only_if_the_owner_said_so(registry: Registry, make: Make) -> None:
    a, b = make("a"), make("b")
    registry.promote(b)
    registry.promote(a)
    registry.quarantine([a.id], WHY)
    with pytest.raises(ReleaseError, match="quarantine"):
        registry.current()
    assert registry.clean_before().release == b.id  # type: ignore[union-attr]
    assert registry.quarantine([a.id], WHY, serving=True) == [] and registry.current()[1].id == a.id  # type: ignore[index]
    with pytest.raises(ReleaseError, match="quarantine"):
        registry.promote(a)
    registry.quarantine([b.id], WHY)
    assert registry.clean_before() is None and registry.usable_deployments() == []


def dataset(spec: Spec, name: str, corrections: list[dict[str, object]], **rows: list[str]) -> None:
    folder = spec.made / "datasets" / name
    folder.mkdir(parents=True)
    about = {"id": name, "counts": {}, "corrections": corrections}
    (folder / "dataset.json").write_text(json.dumps(about))
    for split, texts in rows.items():
        lines = []
        for at, text in enumerate(texts):
            source, _, said = text.partition(": ")
            origin = {"source": source, "position": at, "original_id": said, "time": None}
            row = {"id": f"{name}{split}{at}", "provenance": origin}
            lines.append(json.dumps(row | {"messages": [{"role": "user", "content": said}]}) + "\n")
        (folder / f"{split}.jsonl").write_text("".join(lines))


def test_a_release_inherits_what_its_parents_learned(registry: Registry, spec: Spec) -> None:
    correction = {"review": "r1", "raters": ["visitor:ann", "key:k"], "owners": ["visitor:ann"]}
    dataset(
        spec,
        "d1",
        [correction],
        train=["data/a.jsonl: x", "feedback: r1", "feedback: r1"],
        test=["data/a.jsonl: y"],
    )
    dataset(spec, "d2", [], train=["data/b.jsonl: z"], judged=["data/b.jsonl: bad"])
    first = pack(spec, filling("1"), {"dataset": "d1", "evidence": {"snapshot": "s1"}})
    second = pack(spec, filling("2"), {"dataset": "d2", "parent": first.id})
    third = pack(
        spec, filling("3"), {"dataset": "d2", "parent": second.id, "recipe": {"base": "org/base"}}
    )
    apart = pack(spec, filling("4"), {"dataset": "d2", "parent": "0123456789ab"})
    run = pack(spec, filling("5"), {"dataset": "d2", "parent": "f" * 64, "inherited": ["d1", "d0"]})
    found = lineage(spec, third)
    assert found.chain == (second.id, first.id) and found.datasets == ("d2", "d1")
    assert found.sources == {"data/b.jsonl": 2, "feedback": 2, "data/a.jsonl": 1}
    assert (found.rows, found.held_out, found.knowledge) == (5, 1, ("s1",))
    assert found.taught == (Taught("r1", ("visitor:ann", "key:k")),) * 2
    assert found.raters == {"visitor:ann": 2, "key:k": 2} and found.reviews == {"r1": 2}
    assert json.loads(json.dumps(found.about()))["raters"]["key:k"] == 2
    assert lineage(spec, apart).missing == ("release 0123456789ab",)
    # Its parent was a run that never became a release: what it had learned is told all the same.
    assert lineage(spec, run).datasets == ("d2", "d1", "d0")
    assert lineage(spec, run).missing == ("dataset d0",)
    assert set(trained_on(spec, {"d1"})) == {first.id, second.id, third.id, run.id}
    assert touched(spec, lambda row: row.messages[0].content == "y") == set()
    assert touched(spec, lambda row: row.messages[0].content == "bad") == {"d2"}


def test_a_manifest_that_names_itself_ends(registry: Registry, spec: Spec) -> None:
    one = pack(spec, filling("1"), {"dataset": None})
    path = one.folder / "release.json"
    path.write_text(json.dumps({**one.manifest, "parent": one.id}))
    found = lineage(spec, registry.release(one.id))
    assert isinstance(found, Lineage) and found.chain == () and found.datasets == ()
