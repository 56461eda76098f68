"""How values were hidden stays with the dataset, whatever bot.toml and knowledge/ say later."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from tests.data.making import said, write

from chatwright.core.errors import ReleaseError
from chatwright.core.types import Conversation, Message
from chatwright.data import hiding as module
from chatwright.data.dataset import build
from chatwright.data.hiding import Hiding
from chatwright.release.manifest import HIDING
from chatwright.release.pack import pack_hosted
from chatwright.spec import Spec

TEXT = "Call 555-0142 or 555-0143, or write to desk@library.example or jane@example.com"


def having(spec: Spec, **tables: object) -> Spec:
    values = {
        **spec.model_dump(),
        "data": {"near_duplicates": 0},
        "privacy": {"placeholders": True},
    }
    return Spec(**{**values, **tables, "folder": spec.folder})


def hidden(found: Hiding) -> str:
    given = Conversation((Message("user", TEXT),))
    return found.redactor().conversation(given)[0].messages[0].content


@pytest.fixture
def asked(spec: Spec) -> Spec:
    write(spec, "data/a.jsonl", [said(f"{TEXT} {n}", "ok") for n in range(40)])
    write(spec, "knowledge/contact.md", ["Our desk: 555-0142"])
    about = {**spec.bot.model_dump(), "greeting": "Write to desk@library.example"}
    return having(spec, bot=about)


def test_the_owners_words_are_public_and_go_along(asked: Spec) -> None:
    dataset = build(asked)
    assert dataset.hiding is not None
    found = Hiding.load(dataset.hiding)
    wanted = "Call 555-0142 or <PHONE_1>, or write to desk@library.example or <EMAIL_1>"
    assert hidden(found) == wanted
    assert dataset.split("train")[0].messages[0].content.startswith(wanted)
    assert build(asked).hiding == dataset.hiding, "found again"


def test_what_was_built_with_stays_what_it_was(asked: Spec) -> None:
    """New knowledge makes another file, and of equal rows the same dataset: no new training."""
    before = build(asked)
    assert before.hiding is not None
    text = before.hiding.read_text()
    (asked.folder / "knowledge" / "contact.md").write_text("Our desk: 555-0142\n\nFax: 555-0199\n")
    after = build(asked)
    assert (after.id, before.hiding.read_text()) == (before.id, text)
    assert after.hiding is not None and after.hiding != before.hiding
    assert after.hiding.read_text() != text
    after.hiding.unlink()
    assert build(asked).hiding == after.hiding and after.hiding.exists(), (
        "a lost file is made again"
    )


def test_a_setting_that_is_not_words_changes_nothing(asked: Spec) -> None:
    before = build(asked)
    again = build(asked.model_copy(update={"server": asked.server.model_copy(update={"port": 9})}))
    assert again == before


def test_nothing_is_kept_where_nothing_is_hidden(asked: Spec) -> None:
    plain = build(having(asked, privacy={"placeholders": False}))
    assert plain.hiding is None
    assert not list((asked.made / "datasets" / "by-input").glob("*.json"))


def test_settings_go_along(asked: Spec, tmp_path: Path) -> None:
    found = Hiding.of(having(asked, privacy={"placeholders": ["PHONE"], "names": "off"}), [])
    assert found is not None
    (tmp_path / "x.json").write_text(found.text())
    loaded = Hiding.load(tmp_path / "x.json")
    assert loaded == found
    assert hidden(loaded) == ("Call 555-0142 or 555-0143, or write to <EMAIL_1> or <EMAIL_2>")


@pytest.mark.parametrize("content", ["", "{}", '{"settings": {"new": 1}, "language": "en"}', "[]"])
def test_a_file_that_says_something_else_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "hiding.json").write_text(content)
    with pytest.raises(ReleaseError, match="does not say how values are hidden"):
        Hiding.load(tmp_path / "hiding.json")


def test_other_rules_are_said_and_are_another_dataset(
    asked: Spec, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = build(asked).hiding
    assert before is not None
    with caplog.at_level(logging.WARNING):
        Hiding.load(before)
        assert not caplog.records
        monkeypatch.setattr(module, "rules", lambda: "others")
        monkeypatch.setattr("chatwright.data.dataset.rules", lambda: "others")
        Hiding.load(before)
    assert "other rules" in caplog.text
    assert build(asked).hiding != before


def test_a_hosted_bots_release_has_it_too(asked: Spec) -> None:
    """So nobody's values go to the provider; and it is verified with the rest."""
    release = pack_hosted(having(asked, model={"kind": "hosted", "hosted_model": "x"}))
    assert release.hiding is not None
    assert json.loads(release.hiding.read_text())["settings"]["placeholders"] is True
    assert list(release.manifest["files"]) == [HIDING.as_posix()]
    off = having(asked, model={"kind": "hosted", "hosted_model": "x"}, privacy={})
    assert pack_hosted(off).hiding is None
