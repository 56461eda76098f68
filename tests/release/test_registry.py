"""Promote, roll back, list: one after the other, at once, and after a crash."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.release.conftest import Make

from chatwright.core.errors import ReleaseError
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec


@pytest.fixture
def registry(spec: Spec) -> Registry:
    return Registry(spec)


def serving(registry: Registry) -> str | None:
    current = registry.current()
    return current[1].id if current else None


def test_before_the_first_promotion_nothing_is_served(registry: Registry) -> None:
    assert registry.current() is None and registry.releases() == [] and registry.history() == []
    with pytest.raises(ReleaseError, match="no earlier deployment"):
        registry.rollback()
    with pytest.raises(ReleaseError, match="no release 'abc'") as caught:
        registry.release("abc")
    assert "none yet" in str(caught.value)


def test_promote_and_roll_back(registry: Registry, make: Make) -> None:
    a, b, c = make("a"), make("b"), make("c")
    for release in (a, b, c):
        deployment = registry.promote(release, f"try {release.id}")
        assert serving(registry) == release.id
        assert deployment == Deployment(release.id) and registry.current() == (deployment, release)
    assert registry.rollback("worse")[1].id == b.id
    assert registry.rollback()[1].id == a.id
    with pytest.raises(ReleaseError, match="no earlier deployment"):
        registry.rollback()
    assert serving(registry) == a.id
    rows = registry.history()
    assert [row["action"] for row in rows] == ["promote"] * 3 + ["rollback"] * 2
    assert [row["release"] for row in rows] == [a.id, b.id, c.id, b.id, a.id]
    assert rows[3]["reason"] == "worse" and rows[0]["reason"] == f"try {a.id}"


def test_after_a_rollback_one_goes_on_from_there(registry: Registry, make: Make) -> None:
    a, b, c = make("a"), make("b"), make("c")
    registry.promote(a)
    registry.promote(b)
    registry.rollback()
    registry.promote(c)
    assert registry.rollback()[1].id == a.id, "b was given up"


def test_the_same_again_is_no_step(registry: Registry, make: Make) -> None:
    a, b = make("a"), make("b")
    for release in (a, b, b, b):
        registry.promote(release)
    assert registry.rollback()[1].id == a.id


def test_there_and_back_again_are_steps(registry: Registry, make: Make) -> None:
    a, b = make("a"), make("b")
    for release in (a, b, a):
        registry.promote(release)
    assert registry.rollback()[1].id == b.id
    assert registry.rollback()[1].id == a.id


def test_a_deployment_id_follows_what_is_deployed() -> None:
    assert Deployment("a").id == Deployment("a").id
    kinds = [Deployment("a"), Deployment("b"), Deployment("a", "k"), Deployment("a", None, "k")]
    assert len({deployment.id for deployment in kinds}) == 4


def test_a_release_is_found_by_the_beginning_of_its_id(registry: Registry, make: Make) -> None:
    made = [make(f"release {n}") for n in range(18)]  # more than first letters
    assert {r.id for r in registry.releases()} == {r.id for r in made}
    for release in made:
        assert registry.release(release.id) == release
    starts = [release.id[0] for release in made]
    twice = next(start for start in starts if starts.count(start) > 1)
    with pytest.raises(ReleaseError, match="More than one"):
        registry.release(twice)
    with pytest.raises(ReleaseError, match="There is no release ''"):
        registry.release("")
    assert [r.manifest["created_at"] for r in registry.releases()] == sorted(
        r.manifest["created_at"] for r in made
    )


def test_a_damaged_release_is_not_served(registry: Registry, make: Make) -> None:
    release = make("a")
    registry.promote(release)
    (release.folder / "model" / "config.json").write_text("{ }")
    with pytest.raises(ReleaseError, match="was changed"):
        registry.current()


def test_a_broken_neighbour_does_not_stop_a_good_release(registry: Registry, make: Make) -> None:
    good, old, broken = make("a"), make("b"), make("c")
    manifest = json.loads((old.folder / "release.json").read_text())
    (old.folder / "release.json").write_text(json.dumps({**manifest, "format": 0}))
    (broken.folder / "release.json").write_text("{")
    registry.promote(good)
    assert serving(registry) == good.id
    for bad in (old, broken):
        with pytest.raises(ReleaseError):
            registry.release(bad.id)


def test_a_packing_that_was_killed_is_no_release(registry: Registry, make: Make) -> None:
    release = make("a")
    left = release.folder.with_name(".packing-abc123")
    left.mkdir()
    (left / "release.json").write_text((release.folder / "release.json").read_text())
    assert [r.id for r in registry.releases()] == [release.id]
    assert registry.release(release.id) == release


def test_rollback_to_a_release_that_is_gone_changes_nothing(registry: Registry, make: Make) -> None:
    a, b = make("a"), make("b")
    registry.promote(a)
    registry.promote(b)
    (a.folder / "release.json").unlink()
    with pytest.raises(ReleaseError):
        registry.rollback()
    assert serving(registry) == b.id and len(registry.history()) == 2


def history_file(spec: Spec) -> Path:
    return spec.made / "deployments" / "history.jsonl"


def test_a_torn_last_line_costs_that_line_alone(spec: Spec, registry: Registry, make: Make) -> None:
    a, b, c = make("a"), make("b"), make("c")
    registry.promote(a)
    registry.promote(b)
    with history_file(spec).open("a") as file:
        file.write('{"action":"promote","depl')  # the machine went down here
    assert [row["release"] for row in registry.history()] == [a.id, b.id]
    registry.promote(c)
    assert [row["release"] for row in registry.history()] == [a.id, b.id, c.id]
    assert registry.rollback()[1].id == b.id


def test_any_reason_can_be_given(registry: Registry, make: Make) -> None:
    reason = 'line\nbreak \u2028 separator \u0085 "quoted" \U0001f44d'
    registry.promote(make("a"), reason)
    assert [row["reason"] for row in registry.history()] == [reason]


def test_a_crash_between_history_and_pointer_is_harmless(
    spec: Spec, registry: Registry, make: Make
) -> None:
    a, b = make("a"), make("b")
    registry.promote(a)
    before = (spec.made / "deployments" / "current").read_text()
    registry.promote(b)
    (spec.made / "deployments" / "current").write_text(before)  # as if it had not come so far
    assert serving(registry) == a.id
    registry.promote(b)
    assert serving(registry) == b.id and registry.rollback()[1].id == a.id


def test_a_pointer_to_nowhere_is_said(spec: Spec, registry: Registry, make: Make) -> None:
    registry.promote(make("a"))
    (spec.made / "deployments" / "current").write_text("0123456789ab\n")
    with pytest.raises(ReleaseError, match="'0123456789ab'") as caught:
        registry.current()
    assert "release promote" in caught.value.next_step


PROMOTE_OFTEN = """
import sys
from pathlib import Path
from chatwright.release.registry import Registry
from chatwright.spec import Spec
bot, release = map(Path, sys.argv[1:])
spec = Spec(folder=bot, bot={"name": "library", "purpose": "Help readers."})
print("ready", flush=True)
for number in range(20):
    Registry(spec).promote(Registry(spec).release(release.name), f"{release.name} {number}")
"""


def promoting(spec: Spec, release: Release) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROMOTE_OFTEN, str(spec.folder), str(release.folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_a_promotion_waits_for_the_one_before_it(
    spec: Spec, registry: Registry, make: Make
) -> None:
    a, b = make("a"), make("b")
    registry.promote(a)
    with (spec.made / "deployments" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as a promotion does that is not finished yet
        with promoting(spec, b) as other:
            assert other.stdout is not None and other.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                other.wait(0.5)
            assert len(registry.history()) == 1 and serving(registry) == a.id
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert other.wait(60) == 0
    assert len(registry.history()) == 21 and serving(registry) == b.id


def test_two_processes_promote_at_once(spec: Spec, registry: Registry, make: Make) -> None:
    """Nothing is lost or torn, and what is served is what history says last."""
    releases = [make("a"), make("b")]
    with promoting(spec, releases[0]) as one, promoting(spec, releases[1]) as two:
        assert [one.wait(60), two.wait(60)] == [0, 0]
    rows = registry.history()
    assert len(rows) == 40 == len(history_file(spec).read_text().splitlines())
    assert {row["reason"] for row in rows} == {f"{r.id} {n}" for r in releases for n in range(20)}
    assert serving(registry) == rows[-1]["release"]
