"""A bundle holds what is served and no word of anybody; placed, it leaves people's own work alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatwright.core.errors import ReleaseError, SpecError
from chatwright.deploy.bundle import bundle
from chatwright.deploy.placing import place
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

Make = Callable[[str], Release]


def served(folder: Path) -> str:
    current = Registry(load_spec(folder)).current()
    assert current is not None
    return current[1].id


@pytest.fixture
def first(small: Spec, make: Make) -> Release:
    release = make("first")
    Registry(small).promote(release)
    (small.made / "store.db").write_text("what somebody said")
    (small.made / "secret").write_text("s" * 40)
    return release


def test_a_bundle_holds_no_conversation_and_no_secret(
    small: Spec, first: Release, make: Make, tmp_path: Path
) -> None:
    make("a candidate that is not served")
    deployment = bundle(small, tmp_path / "bot")
    names = {
        path.relative_to(tmp_path / "bot").as_posix() for path in (tmp_path / "bot").rglob("*")
    }
    assert deployment.release == first.id
    assert served(tmp_path / "bot") == first.id
    assert {"bot.toml", "knowledge/hours.md", f".chatwright/releases/{first.id}"} <= names
    assert not [name for name in names if "store" in name or "secret" in name or "data" in name]
    assert len(Registry(load_spec(tmp_path / "bot")).releases()) == 1


def test_without_a_release_there_is_no_bundle(small: Spec, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no promoted release"):
        bundle(small, tmp_path / "bot")
    assert not (tmp_path / "bot").exists()


def test_it_is_placed_once_and_a_rollback_outlives_a_restart(
    small: Spec, first: Release, make: Make, tmp_path: Path
) -> None:
    seed, folder = tmp_path / "seed", tmp_path / "volume"
    bundle(small, seed)
    assert place(seed, folder)
    assert served(folder) == first.id
    assert place(seed, folder) == []

    second = make("second")
    Registry(small).promote(second)
    bundle(small, seed)
    place(seed, folder)
    assert served(folder) == second.id
    Registry(load_spec(folder)).rollback("it was worse")
    place(seed, folder)
    assert served(folder) == first.id


def test_what_people_changed_stays(small: Spec, first: Release, tmp_path: Path) -> None:
    seed, folder = tmp_path / "seed", tmp_path / "volume"
    (small.folder / "knowledge" / "old.md").write_text("old")
    (small.folder / "knowledge" / "rooms.md").write_text("rooms")
    bundle(small, seed)
    place(seed, folder)
    (folder / "knowledge" / "hours.md").write_text("Ten to six.")  # on the page
    (folder / "knowledge" / "rooms.md").unlink()

    (small.folder / "knowledge" / "hours.md").write_text("Nine to nine.")
    (small.folder / "knowledge" / "old.md").unlink()
    (small.folder / "knowledge" / "new.md").write_text("new")
    (small.folder / "bot.toml").write_text('[bot]\nname = "small"\npurpose = "Answers better."\n')
    bundle(load_spec(small.folder), seed)
    said = place(seed, folder)
    assert (folder / "knowledge" / "hours.md").read_text() == "Ten to six."
    assert not (folder / "knowledge" / "rooms.md").exists()
    assert not (folder / "knowledge" / "old.md").exists()
    assert (folder / "knowledge" / "new.md").read_text() == "new"
    assert load_spec(folder).bot.purpose == "Answers better."
    assert any("hours.md was changed here" in line for line in said)
    assert place(seed, folder) == []


def test_a_release_in_quarantine_is_not_put_in_force_again(
    small: Spec, first: Release, make: Make, tmp_path: Path
) -> None:
    seed, folder = tmp_path / "seed", tmp_path / "volume"
    bundle(small, seed)
    place(seed, folder)
    second = make("second")
    Registry(small).promote(second)
    bundle(small, seed)
    Registry(load_spec(folder)).quarantine([second.id], "learned from somebody who left")
    said = place(seed, folder)
    assert served(folder) == first.id
    assert any("is not put in force" in line for line in said)


def test_what_is_no_bot_is_not_placed(tmp_path: Path) -> None:
    (tmp_path / "seed").mkdir()
    with pytest.raises(SpecError):
        place(tmp_path / "seed", tmp_path / "volume")
    assert not (tmp_path / "volume").exists()
