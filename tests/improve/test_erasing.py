"""Erasure to the end: what was made of a person's words is gone, and what learned them is not used again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.postgres import Postgres
from tests.release.conftest import filling
from tests.store.test_person import lived

from chatwright.core.errors import ReleaseError
from chatwright.core.progress import Progress
from chatwright.data.dataset import Dataset, build
from chatwright.improve.erasing import Erasing
from chatwright.improve.erasure_proof import held, spellings
from chatwright.knowledge.search import Search
from chatwright.knowledge.sync import index_of, sync
from chatwright.release.lineage import lineage
from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.backup import back_up
from chatwright.store.curated import CuratedRows
from chatwright.store.curated_records import Content
from chatwright.store.secret import Secret

MARK = "Zorvath-7741"
OWNER = "visitor:ann"
SECRET = Secret("x" * 40)


def row(question: str, answer: str) -> str:
    said = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return json.dumps({"messages": said}) + "\n"


@dataclass
class Bot:
    """A bot that has everything in which a person may stand."""

    spec: Spec
    database: Database
    old: Release
    dataset: Dataset
    releases: list[str] = field(default_factory=list)
    passes: bool = True
    fails: bool = False

    @property
    def registry(self) -> Registry:
        return Registry(self.spec)

    def erasing(self) -> Erasing:
        return Erasing(self.spec, self.database, SECRET)

    def proof(self) -> tuple[str, ...]:
        found = held(self.spec, self.database, [MARK])
        return (*found.files, *found.tables)

    # as `Makes`

    def release(self, spec: Spec, progress: Progress) -> Release:
        if self.fails:
            raise OSError("the machine went down")
        dataset = build(spec)
        made = trained(spec, dataset, f"weights of {dataset.id}")
        self.releases.append(made.id)
        return made

    def judge(self, spec: Spec, candidate: Release, before: Release) -> tuple[bool, str]:
        return self.passes, "worse: on hours" if not self.passes else "not worse"


def trained(spec: Spec, dataset: Dataset, weights: str, parent: str | None = None) -> Release:
    about = {"kind": "local", "dataset": dataset.id, "parent": parent}
    release = pack(spec, filling(weights), about)
    run = spec.made / "runs" / f"of-{release.id}"
    (run / "checkpoint-00000001").mkdir(parents=True)
    (run / "recipe.json").write_text(json.dumps({"dataset": dataset.id}))
    (run / "checkpoint-00000001" / "model.safetensors").write_bytes(weights.encode())
    return release


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def filled(folder: Path, place: str) -> Bot:
    values = {"bot": {"name": "library", "purpose": "Help."}, "data": {"test_share": 0.2}}
    spec = Spec.model_validate({"folder": folder, **values})
    rows = "".join(
        row(f"What of shelf {n} and room {n * 7}?", f"It is on floor {n}.") for n in range(40)
    )
    write(
        folder / "data" / "chats.jsonl",
        rows + row("Who keeps the keys?", f"Ask {MARK}, of course."),
    )
    write(
        folder / "knowledge" / "staff.md",
        f"# Staff\n\nThe desk opens at nine.\n\n{MARK} has the keys.\n",
    )
    write(folder / "tests" / "cases.jsonl", json.dumps({"id": "a", "question": "Open?"}) + "\n")
    write(folder / "bot.toml", "")
    dataset = build(spec)
    old = trained(spec, dataset, f"knows {MARK}")
    index = index_of(spec)
    sync(spec, index)
    index.close()
    made = spec.made
    write(made / "evaluations" / f"{old.id}-1" / "report.json", json.dumps({"said": f"of {MARK}"}))
    write(made / "evaluations" / "other-1" / "report.html", f"<p>{MARK}")
    write(made / "evaluations" / "other-1" / "report.json", json.dumps({"said": "nothing"}))
    write(made / "calibrations" / "c1" / "calibration.json", json.dumps({"about": {}}))
    write(made / "calibrations" / "c1" / "standard" / "replies.json", json.dumps([f"Ask {MARK}"]))
    write(made / "calibrations" / f"of-{old.id}", "c1")
    write(made / "tokenizers" / f"{dataset.id}-4096" / "replies.json", json.dumps([f"Ask {MARK}"]))
    write(made / "improve" / "0.json", json.dumps({"difference": [f"+ {MARK}"]}))
    write(made / "logs" / "server-2026-01-01.log", f"warning {MARK}\n")
    database = Database(place)
    lived(database, "visitor:bob", f"who is {MARK}")
    lived(database, OWNER, "where is the map room")
    answers = CuratedRows(database, lambda text: text)
    with answers.edit("library", "cli", "test") as edit:
        edit.put("keys", Content(f"Ask {MARK}.", ("Who has the keys?",)))
    back_up(place, made / "backups" / "store-1.backup")
    Registry(spec).promote(old, calibration="c1")
    return Bot(spec, database, old, dataset)


@pytest.fixture(params=["sqlite", "postgres"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bot]:
    place = str(tmp_path / ".chatwright" / "store.db")
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        place = server.new_database()
    made = filled(tmp_path, place)
    yield made
    made.database.close()


def test_nothing_is_left_of_a_name(bot: Bot) -> None:
    assert set(bot.proof()) > {"curated_answers", "messages"}
    ended = bot.erasing().run(bot.erasing().begin([MARK]), bot)
    journal = ended.journal
    assert (
        not ended.waiting
        and journal.releases == [bot.old.id]
        and journal.candidate == bot.releases[0]
    )
    assert list(journal.sources) == ["data/chats.jsonl", "knowledge/staff.md"]
    left = {"backups"} if bot.database.path is None else set()
    assert set(journal.left) == left
    if left:  # a dump of PostgreSQL's cannot be changed: it is named
        shutil.rmtree(bot.spec.made / "backups")
    assert bot.proof() == ()
    current = bot.registry.current()
    assert current is not None and current[1].id == journal.candidate
    assert not bot.old.folder.exists() and bot.dataset.id != build(bot.spec).id
    assert not list((bot.spec.made / "runs").glob(f"*{bot.old.id}"))
    assert (bot.spec.made / "evaluations" / "other-1" / "report.json").exists()
    assert MARK in (bot.spec.folder / "data" / "chats.jsonl").read_text(), "the owner's own file"


def test_documents_are_read_without_the_line(bot: Bot) -> None:
    bot.erasing().run(bot.erasing().begin([MARK]), bot)
    index = index_of(bot.spec)
    try:
        found = Search.current(index).search("when does the desk open, who has the keys")
        texts = "\n".join(hit.passage.text for hit in found.hits)
    finally:
        index.close()
    assert "opens at nine" in texts and MARK not in texts


def test_an_owner_is_forgotten_and_others_stay(bot: Bot) -> None:
    ended = bot.erasing().run(bot.erasing().begin([OWNER]), bot)
    assert not ended.waiting and not ended.journal.releases and not bot.releases
    found = held(bot.spec, bot.database, [OWNER, "map room"])
    left = {"backups/store-1.backup"} if bot.database.path is None else set()
    assert set(found.files) <= left and not found.tables
    assert bot.old.folder.exists() and f"who is {MARK}".encode()
    assert bot.registry.deployment().release == bot.old.id  # type: ignore[union-attr]


def test_a_release_that_learned_it_is_refused_everywhere(bot: Bot) -> None:
    erasing = bot.erasing()
    ended = erasing.run(erasing.begin([MARK], retrain=False), bot)
    assert "trained without" in ended.waiting and not bot.releases
    child = bot.old.id
    for use in (bot.registry.usable, lambda id: bot.registry.promote(bot.registry.release(id))):
        with pytest.raises(ReleaseError, match="quarantine"):
            use(child)
    with pytest.raises(ReleaseError, match="quarantine"):
        bot.registry.rollback()
    current = bot.registry.current()
    assert current is not None and current[1].wordless and ended.journal.instead == "documents"
    (journal,) = erasing.open()
    assert MARK not in journal.path.read_text()
    journal.retrain = True
    assert not erasing.run(journal, bot).waiting and erasing.open() == []
    assert bot.registry.current()[1].id == bot.releases[0]  # type: ignore[index]


def test_an_earlier_clean_release_answers_meanwhile(bot: Bot) -> None:
    spec = bot.spec
    write(
        spec.folder / "data" / "chats.jsonl",
        "".join(row(f"Where is {n}?", f"At {n}.") for n in range(30)),
    )
    clean = trained(spec, build(spec), "clean")
    child = trained(spec, build(spec), "continued", parent=bot.old.id)
    for release in (clean, bot.old):
        bot.registry.promote(release)
    erasing = bot.erasing()
    ended = erasing.run(erasing.begin([MARK], retrain=False), bot)
    assert ended.journal.releases == sorted([bot.old.id, child.id]) and not ended.waiting
    assert bot.registry.current()[1].id == clean.id  # type: ignore[index]
    assert not bot.old.folder.exists() and not child.folder.exists() and clean.folder.exists()


def test_the_owner_may_keep_the_old_one_until_then(bot: Bot) -> None:
    bot.passes = False
    erasing = bot.erasing()
    ended = erasing.run(erasing.begin([MARK], keep_serving=True), bot)
    assert "the gate refuses" in ended.waiting and ended.journal.instead == "the old one"
    assert bot.registry.current()[1].id == bot.old.id  # type: ignore[index]
    bot.passes = True
    assert not erasing.run(erasing.open()[0], bot).waiting and len(bot.releases) == 1
    assert not bot.old.folder.exists()


def test_a_model_that_never_changed_is_lifted(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def same(spec: Spec, progress: Progress) -> Release:
        return pack(spec, filling(f"knows {MARK}"), {"kind": "local", "dataset": build(spec).id})

    monkeypatch.setattr(bot, "release", same)
    ended = bot.erasing().run(bot.erasing().begin([MARK], keep_serving=True), bot)
    assert not ended.waiting and not ended.journal.releases and not bot.registry.quarantined()
    current = bot.registry.current()
    assert current is not None and current[1].id == bot.old.id
    assert current[1].manifest["dataset"] == build(bot.spec).id != bot.dataset.id


@pytest.mark.parametrize(
    "step", ["_rows", "_reached", "_removed", "release", "_promote", "_deleted"]
)
def test_it_goes_on_where_it_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    bot = filled(tmp_path, str(tmp_path / ".chatwright" / "store.db"))
    erasing = bot.erasing()

    def dies(*_: object, **__: object) -> None:
        raise OSError("the machine went down")

    with monkeypatch.context() as patched:
        patched.setattr(bot if step == "release" else Erasing, step, dies)
        with pytest.raises(OSError, match="went down"):
            erasing.run(erasing.begin([MARK]), bot)
        (journal,) = erasing.open()
    again = bot.erasing()
    ended = again.run(again.begin([MARK]), bot)
    assert not ended.waiting and again.open() == [] and len(bot.releases) == 1
    assert ended.journal.id == journal.id and ended.journal.releases == [bot.old.id]
    assert bot.proof() == ()
    bot.database.close()


def test_what_a_release_learned_from(bot: Bot) -> None:
    found = lineage(bot.spec, bot.old)
    assert found.dataset == bot.dataset.id and set(found.sources) == {"data/chats.jsonl"}
    assert found.rows + found.held_out == 41 == sum(found.sources.values()) + found.held_out
    child = trained(bot.spec, bot.dataset, "continued", parent=bot.old.id)
    assert lineage(bot.spec, child).chain == (bot.old.id,)
    shutil.rmtree(bot.dataset.folder)
    assert lineage(bot.spec, child).missing == (f"dataset {bot.dataset.id}",)


def test_the_proof_finds_every_spelling(tmp_path: Path) -> None:
    spec = Spec.model_validate({"folder": tmp_path, "bot": {"name": "b", "purpose": "p"}})
    database = Database(tmp_path / "store.db")
    name = "Jürgen Öz <x>"
    for number, content in enumerate(
        [
            name.encode(),
            b"\xff\x00" * 9 + name.upper().encode() + b"\x01",
            json.dumps(name).encode(),
            b"J\xc3\xbcrgen \xc3\x96z &lt;x&gt;",
            b"q=J%C3%BCrgen%20%C3%96z%20%3Cx%3E",
            name.encode("utf-16-le"),
            ("x" * ((8 << 20) - 5) + name).encode(),
        ]
    ):
        write(spec.made / "a", "")
        (spec.made / f"f{number}.bin").write_bytes(content)
    (spec.made / "no.bin").write_bytes("Jürgen Ö".encode())
    found = held(spec, database, [name])
    assert found.files == tuple(f"f{n}.bin" for n in range(7)) and found.looked_at == 9
    assert all(spellings(name)) and not found.clean
