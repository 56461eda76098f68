"""Consent, export, erasure and retention of one bot: through the store, logs and every place that is given."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.store.test_person import MARK, SECRET, everything, lived

from chatwright.answer.people import Gone, Made, People, Person, archive
from chatwright.core import logs
from chatwright.core.errors import DataError, NotFound
from chatwright.data import erasure
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.curated import CuratedRows
from chatwright.store.curated_records import Content
from chatwright.store.stamps import now
from chatwright.store.tables import conversations


@dataclass
class Index:
    """A place of a later floor."""

    name: str = "index"
    asked: list[Person] = field(default_factory=list)

    def erase(self, spec: Spec, person: Person) -> Gone:
        self.asked.append(person)
        return Gone(3, ("passages-1",))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / ".chatwright" / "store.db")


@pytest.fixture
def people(spec: Spec, database: Database) -> People:
    return People(spec, database, SECRET)


def changed(spec: Spec, **privacy: object) -> Spec:
    return Spec.model_validate(spec.model_dump() | {"folder": spec.folder, "privacy": privacy})


def test_nothing_is_trainable_by_default(people: People, database: Database) -> None:
    lived(database, "eve", "words")  # agreed to another text
    assert people.consent("eve") is None and people.consent("ann") is None
    assert not people.trainable("eve", now())
    assert people.trainable_turns() == []


def test_consent_is_asked_again_when_the_text_changes(
    spec: Spec, people: People, database: Database
) -> None:
    people.agree("ann", True)
    lived(database, "ann", "words", version="")
    assert people.trainable("ann", now()) and len(people.trainable_turns()) == 1
    other = People(changed(spec, consent="Something else."), database, SECRET)
    assert other.consent("ann") is None and not other.trainable("ann", now())
    assert other.trainable_turns() == []
    nobody = People(changed(spec, consent=" "), database, SECRET)
    nobody.agree("ann", True)
    assert not nobody.trainable("ann", now()) and nobody.trainable_turns() == []
    people.agree("ann", False)
    assert people.trainable_turns() == []
    actions = [row.action for row in people.audit.rows("ann")]
    assert actions[-1] == "consent.withdrawn" and "consent.given" in actions


def test_an_export_is_whole_and_can_be_read_elsewhere(people: People, database: Database) -> None:
    lived(database, "ann", MARK, turns=2)
    found = people.export("ann", "cli")
    with zipfile.ZipFile(io.BytesIO(archive(found))) as file:
        whole = json.loads(file.read("person.json"))
        rows = [json.loads(line) for line in file.read("conversations.jsonl").splitlines()]
    assert whole == json.loads(json.dumps(found)) and whole["person"] == "ann"
    assert [m["role"] for m in rows[0]["messages"]] == ["user", "assistant"] * 2
    assert whole["events"][-1][1] == "person.exported"
    with pytest.raises(NotFound):
        people.export("eve", "cli")


def test_an_owner_is_erased_everywhere(
    spec: Spec, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    index = Index()
    people = People(spec, database, SECRET, more=[index])
    id = lived(database, "visitor:ann", MARK)
    end = logs.start(spec.made / logs.FOLDER)
    for name in (id, "visitor:ann", "somebody else"):
        logging.getLogger("chatwright").warning("About %s.", name)
    end()
    done = people.erase("visitor:ann", "cli")
    assert done.about() == {
        "removed": {
            "conversations": 1,
            "messages": 2,
            "feedback": 1,
            "consents": 1,
            "curated": 0,
            "reviews": 0,
            "logs": 2,
            "index": 3,
        },
        "left": {"index": ["passages-1"]},
    }
    (person,) = index.asked
    assert person.owner == "visitor:ann" and id in person.ids and not person.named(MARK)
    content = everything(database)
    assert MARK.encode() not in content and b"visitor:ann" not in content
    assert b"somebody else" in content
    (row,) = people.audit.rows("visitor:ann")
    assert row.action == "person.erased" and people.audit.verify() == []


def test_a_name_is_erased_everywhere_and_stays_out(spec: Spec, database: Database) -> None:
    people = People(spec, database, SECRET)
    data = spec.made / "datasets" / "d1" / "train.jsonl"
    data.parent.mkdir(parents=True)
    data.write_text(
        json.dumps({"messages": [{"role": "user", "content": f"I am Teresa {MARK}"}]}) + "\n"
    )
    lived(database, "ann", f"I am Teresa {MARK}")
    lived(database, "bob", "other words")
    end = logs.start(spec.made / logs.FOLDER)
    logging.getLogger("chatwright").warning("Told of %s.", MARK)
    end()
    done = people.erase_named([MARK], "cli")
    assert (done.rows.conversations, done.places["logs"].removed) == (1, 1)
    assert done.about()["left"] == {"datasets": ["d1"]}
    data.unlink()
    assert MARK.encode() not in everything(database) and people.rows.known("bob")
    erased = erasure.load(spec.made)
    assert erased is not None and erased.name(f"hello {MARK}!")
    with pytest.raises(DataError, match="too short"):
        people.erase_named(["."], "cli")


def test_a_name_that_comes_back_is_removed_and_a_later_talk_is_not(
    people: People, database: Database
) -> None:
    people.erase_named([MARK], "cli")
    old, new = lived(database, "ann", MARK), lived(database, "ann", MARK)
    with database.write() as connection:
        change = conversations.update().where(conversations.c.id == old)
        connection.execute(change.values(created_at="2020-01-01T00:00:00.000Z"))
        change = conversations.update().where(conversations.c.id == new)
        connection.execute(change.values(created_at="2099-01-01T00:00:00.000Z"))
    assert people.prune()["returned"] == 1
    assert people.rows.exported("ann")["conversations"][0]["id"] == new


def test_retention_is_the_bots_own(spec: Spec, database: Database) -> None:
    old, new = lived(database, "ann", MARK), lived(database, "bob", "new")
    with database.write() as connection:
        change = conversations.update().where(conversations.c.id == old)
        connection.execute(change.values(updated_at="2020-01-01T00:00:00.000Z"))
    folder = spec.made / logs.FOLDER
    folder.mkdir(parents=True)
    (folder / "server-2020-01-01.log").write_text("x")
    kept = People(changed(spec, log_days=100_000), database, SECRET)
    assert not any(kept.prune().values()) and list(kept.audit.rows()) == []
    people = People(changed(spec, retention_days=30), database, SECRET)
    assert people.prune() == {"conversations": 1, "messages": 2, "returned": 0, "logs": 1}
    assert MARK.encode() not in everything(database)
    assert people.rows.exported("bob")["conversations"][0]["id"] == new
    (row,) = people.audit.rows()
    assert (row.action, row.actor) == ("store.pruned", "system")
    assert not any(people.prune().values())


def test_curated_answers_that_name_a_person_are_named(spec: Spec, database: Database) -> None:
    people = People(spec, database, SECRET)
    rows = CuratedRows(database, str.casefold)
    with rows.edit("library", "cli", "added") as edit:
        edit.put("desk", Content("Ask Zelda Fitzroy.", ("Whom?",)))
    done = people.erase_named(["Zelda Fitzroy"], "cli")
    assert done.about()["left"]["answers"] == ["desk"]
    assert rows.find("library", "desk").content.text == "Ask Zelda Fitzroy."  # the bot's own words
    assert people.erase("ann", "cli").about()["left"] == {}


def test_a_calibration_that_holds_a_persons_words_is_named(spec: Spec) -> None:
    folder = spec.made / "calibrations" / "abc" / "standard"
    folder.mkdir(parents=True)
    (folder / "replies.json").write_text(
        '{"questions": ["I am Ottilie Brandt, is my card ready?"]}'
    )
    (spec.made / "calibrations" / "def").mkdir()
    (spec.made / "calibrations" / "def" / "calibration.json").write_text('{"tried": []}')
    person = Person(identified=True)
    assert Made("calibrations").erase(spec, person) == Gone()  # nobody was erased
    erasure.erase(spec.made, "Ottilie Brandt")
    assert Made("calibrations").erase(spec, person).left == ("abc",)
