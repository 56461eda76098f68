"""A release: whole or not there, the same for the same files, and never changed unseen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.release.conftest import Make, filling

from chatwright.core.errors import ReleaseError, StorageFull
from chatwright.core.files import sha256_file
from chatwright.release.manifest import FORMAT, Release, read, shaping, verify
from chatwright.release.pack import pack, seal
from chatwright.spec import Spec


def edit(release: Release, change: Callable[[dict[str, Any]], Any]) -> None:
    path = release.folder / "release.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))


def test_a_release_says_what_is_in_it(make: Make, spec: Spec) -> None:
    release = make("a")
    assert release.folder == spec.made / "releases" / release.id
    assert release.manifest["format"] == FORMAT
    assert (release.manifest["dataset"], release.manifest["parent"]) == ("d1", None)
    assert set(release.manifest["files"]) == {
        "model/config.json",
        "model/model.safetensors",
        "engine/deep/openvino_model.bin",
    }
    for name, digest in release.manifest["files"].items():
        assert sha256_file(release.folder / name) == digest
    assert not release.hosted and release.report is None
    assert verify(release.folder) == release
    assert [p.name for p in release.folder.parent.iterdir()] == [release.id], "leftovers"


def test_the_id_follows_files_and_what_shapes_answers(make: Make, spec: Spec) -> None:
    first = make("a")
    assert make("a").id == first.id
    assert make("b").id != first.id

    def with_(**tables: dict[str, Any]) -> Spec:
        return Spec(**{**spec.model_dump(), **tables, "folder": spec.folder})

    hotter = pack(with_(answers={"temperature": 0.9}), filling("a"), {})
    assert hotter.id != first.id
    moved = pack(with_(server={"port": 9000}), filling("a"), {})
    assert moved.id == first.id, "the port shapes no answer"
    renamed = pack(spec, filling("a"), {"dataset": "another"})
    assert renamed.id == first.id and renamed.manifest["dataset"] == "d1", "the first one stays"


def test_a_release_answers_with_its_own_spec(make: Make, spec: Spec) -> None:
    release = make("a")
    tables = {"answers": {"max_tokens": 1}, "server": {"port": 9}, "folder": "elsewhere"}
    changed = Spec(**{**spec.model_dump(), **tables})
    in_force = release.spec_in(changed)
    assert in_force.answers == spec.answers
    assert in_force.server.port == 9 and in_force.folder == changed.folder
    assert shaping(in_force) == release.manifest["spec"]


def test_a_hosted_bot_has_a_release_too(spec: Spec) -> None:
    model = {"kind": "hosted", "hosted_model": "gpt-x"}
    hosted = Spec(**{**spec.model_dump(), "model": model, "folder": spec.folder})
    release = pack(hosted, lambda folder: None, {})
    assert release.hosted and release.manifest["files"] == {}


def test_a_failing_fill_leaves_nothing(spec: Spec) -> None:
    def fill(folder: Path) -> None:
        filling("a")(folder)
        raise RuntimeError("conversion failed")

    with pytest.raises(RuntimeError):
        pack(spec, fill, {})
    assert not list((spec.made / "releases").iterdir())


def test_a_full_disk_is_said_and_leaves_nothing(spec: Spec) -> None:
    def fill(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StorageFull):
        pack(spec, fill, {})
    assert not list((spec.made / "releases").iterdir())


def test_a_half_written_folder_is_replaced(make: Make) -> None:
    release = make("a")
    (release.folder / "release.json").unlink()
    (release.folder / "model" / "model.safetensors").write_text("half")
    with pytest.raises(ReleaseError, match="not a whole release"):
        verify(release.folder)
    again = make("a")
    assert again.id == release.id and verify(again.folder)


def test_an_equal_release_that_was_damaged_is_not_passed_off_as_whole(make: Make) -> None:
    release = make("a")
    (release.folder / "model" / "config.json").write_text("{ }")
    with pytest.raises(ReleaseError, match="was changed"):
        make("a")


DAMAGE: dict[str, tuple[Callable[[Release], Any], str]] = {
    "changed": (
        lambda r: (r.folder / "model" / "config.json").write_text("{ }"),
        "model/config.json was changed",
    ),
    "one byte": (
        lambda r: (r.folder / "model" / "model.safetensors").write_bytes(b"a" * 999 + b"b"),
        "model.safetensors was changed",
    ),
    "missing": (
        lambda r: (r.folder / "engine" / "deep" / "openvino_model.bin").unlink(),
        "openvino_model.bin is missing",
    ),
    "folder gone": (lambda r: shutil.rmtree(r.folder / "engine"), "is missing"),
    "spec edited": (
        lambda r: edit(r, lambda m: m["spec"]["answers"].update(temperature=2)),
        "manifest was changed",
    ),
    "file left out": (
        lambda r: edit(r, lambda m: m["files"].pop("model/config.json")),
        "manifest was changed",
    ),
    "id edited": (lambda r: edit(r, lambda m: m.update(id="0" * 12)), "manifest was changed"),
    "other format": (
        lambda r: edit(r, lambda m: m.update(format=FORMAT + 1)),
        f"format {FORMAT + 1}",
    ),
    "torn manifest": (
        lambda r: (r.folder / "release.json").write_text('{"id": "'),
        "missing or broken",
    ),
    "manifest a list": (lambda r: (r.folder / "release.json").write_text("[]"), "broken"),
    "manifest almost empty": (
        lambda r: (r.folder / "release.json").write_text(f'{{"format": {FORMAT}}}'),
        "broken",
    ),
    "manifest not text": (
        lambda r: (r.folder / "release.json").write_bytes(b"\xff\xfe"),
        "broken",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_seen_and_named(make: Make, kind: str) -> None:
    release = make("a")
    damage, words = DAMAGE[kind]
    damage(release)
    with pytest.raises(ReleaseError, match=words) as caught:
        verify(release.folder)
    assert caught.value.next_step


def test_a_release_under_another_name_is_refused(make: Make) -> None:
    release = make("a")
    moved = release.folder.rename(release.folder.with_name("f" * 12))
    with pytest.raises(ReleaseError, match="manifest was changed"):
        verify(moved)


def test_read_looks_at_the_manifest_only(make: Make) -> None:
    release = make("a")
    (release.folder / "model" / "config.json").unlink()
    assert read(release.folder).id == release.id


def test_a_release_is_sealed_once(make: Make) -> None:
    release = make("a")
    seal(release, {"report.json": '{"n": 1}', "report.html": "<p>"})
    seal(release, {"report.json": '{"n": 2}', "other.txt": "x"})
    assert release.report == {"n": 1}
    assert (release.folder / "sealed" / "other.txt").read_text() == "x"
    assert verify(release.folder).id == release.id, "the seal is no part of the id"
