"""The live view of curated answers: matching, dates, other processes, a store that is away, vectors."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.postgres import Postgres

from chatwright.core.errors import StoreUnavailable
from chatwright.knowledge import curated as module
from chatwright.knowledge.curated import Curated
from chatwright.knowledge.curating import Curator, Writing
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.curated_records import Content, Link
from chatwright.store.secret import Secret
from chatwright.store.stamps import stamp

BOT = "library"
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def curator(database: Database, tmp_path: Path) -> Curator:
    return Curator(database, BOT, AuditLog(database, Secret("x" * 40), tmp_path))


@pytest.fixture
def live(database: Database) -> Iterator[Curated]:
    found = Curated(database, BOT)
    yield found
    found.close()


def put(curator: Curator, **contents: Content) -> None:
    """As they are, also with times that have passed."""
    with curator.rows.edit(BOT, "cli", "added") as edit:
        for id, content in contents.items():
            edit.put(id, content)


def near(seconds: float) -> str:
    return stamp(datetime.now(UTC) + timedelta(seconds=seconds))


def ids(live: Curated, question: str) -> list[str]:
    return [one.id for one in live.match(question)]


def test_nothing_curated(live: Curated) -> None:
    assert live.match("When are you open?") == [] and live.revision is None


def test_an_edit_counts_for_the_next_message(curator: Curator, live: Curated) -> None:
    assert live.match("When are you open?") == []
    wanted = Writing("Nine to six.", ["When are you open?"], links=[Link("Hours", "hours.md")])
    id = curator.add(wanted, "cli").id
    (found,) = live.match("when are you OPEN")
    assert (found.id, found.text, found.question) == (id, "Nine to six.", "When are you open?")
    assert found.exact and found.likeness == 1 and found.cosine is None
    assert found.revision == live.revision and found.sources[0].uri == "hours.md"
    first = live.revision
    curator.change(id, Writing("Ten to six."), "cli")
    assert live.match("when are you open")[0].text == "Ten to six." and live.revision != first
    curator.rollback(1, "cli")
    assert live.match("when are you open")[0].text == "Nine to six." and live.revision == first
    curator.retire(id, "cli")
    assert live.match("when are you open") == [] and live.revision is None


def test_the_best_answer_first_and_how_far_ahead(curator: Curator, live: Curated) -> None:
    put(
        curator,
        hours=Content("Nine to six.", ("When are you open?", "What are your opening hours?")),
        again=Content("Nine to six.", ("When do you open on Sundays?",)),
        fines=Content("Twenty cents.", ("When do I pay a fine?",)),
    )
    found = live.match("When are you open on Sundays?")
    assert sorted(one.id for one in found) == ["again", "fines", "hours"]  # each once
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    by_id = {one.id: one for one in found}
    # Both say the same: what they are ahead of is the fine.
    for id in ("hours", "again"):
        assert by_id[id].margin == pytest.approx(by_id[id].likeness - by_id["fines"].likeness)
    best = max(by_id["hours"].likeness, by_id["again"].likeness)
    assert by_id["fines"].margin == pytest.approx(by_id["fines"].likeness - best)
    assert len(live.match("When are you open?", k=1)) == 1
    put(curator, fines=Content("Twenty cents.", ("When do I pay a fine?",), state="retired"))
    for one in live.match("When are you open on Sundays?"):
        assert one.margin == pytest.approx(one.likeness)  # there is no other answer


@pytest.mark.parametrize(
    "asked",
    [
        "WHEN are you open",
        "  When   are you, open?!  ",
        "When are you o\u200bpen?",
        "\ufeffWhen are you open?\u200f",
        "Wh\u0435n are you \u043epen?",  # Cyrillic letters
        "\uff37\uff48\uff45\uff4e are you open?",  # wide ones
        "Whe\u00adn are you open?",
    ],
)
def test_the_same_question_in_disguise(curator: Curator, live: Curated, asked: str) -> None:
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    (found,) = live.match(asked)
    assert found.exact and found.likeness == 1


@pytest.mark.parametrize(
    "asked", ["", "  ", "\u200b\u200d", "x" * 2_001, "When are you open? " * 200]
)
def test_what_is_no_question(curator: Curator, live: Curated, asked: str) -> None:
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    assert live.match(asked) == []


def test_of_many_questions_of_one_answer_nothing_is_said_of_others(
    curator: Curator, live: Curated
) -> None:
    many = tuple(f"Where is the book number {i} of the catalogue?" for i in range(100))
    put(
        curator,
        book=Content("On the shelf.", many),
        map=Content("Upstairs.", ("Where is the map?",)),
    )
    (found,) = live.match("Where is the book number 7 of the catalogue?")
    assert found.exact and 0 < found.margin < 1  # others may be as alike as the last one looked at


def test_of_many_questions_an_edit_counts_at_once_too(
    curator: Curator, live: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New ones are matched beside the old ones, until all of them are made anew in the background."""
    monkeypatch.setattr(module, "FEW", 3)
    put(curator, book=Content("On the shelf.", tuple(f"Where is book {i}?" for i in range(50))))
    assert live.match("Where is book 7?")[0].exact
    go, renew = threading.Event(), live._renew

    def slow(pairs: list[tuple[str, str]]) -> None:
        go.wait(20)
        renew(pairs)

    monkeypatch.setattr(live, "_renew", slow)
    put(curator, map=Content("Upstairs.", ("Where is the map?",)))
    assert live.match("Where is the map?")[0].exact
    fewer = tuple(f"Where is book {i}?" for i in range(5))
    put(curator, book=Content("In the cellar.", fewer), pen=Content("Here.", ("Where is book 7?",)))
    assert [one.text for one in live.match("Where is book 7?")][:2] == ["Here.", "In the cellar."]
    assert not [one for one in live.match("Where is book 9?") if one.exact]
    put(curator, map=Content("Upstairs.", ("Where is the map?",), state="retired"))
    assert "map" not in ids(live, "Where is the map?")
    before = live.match("Where is book 3?")
    assert live._view is not None and not live._view.whole
    go.set()
    until = time.monotonic() + 20
    while not live._view.whole and time.monotonic() < until:
        time.sleep(0.02)
        live.match("Where is book 3?")
    assert live._view.whole and len(live._view.parts[0].pairs) == 6
    assert [(one.id, one.exact) for one in live.match("Where is book 3?")] == [
        (one.id, one.exact) for one in before
    ]


# --- dates ----------------------------------------------------------------------------------------


def test_what_is_over_or_has_not_begun_is_left_out(curator: Curator, live: Curated) -> None:
    put(
        curator,
        over=Content("Over.", ("When are you open?",), expires_at=near(-1)),
        later=Content("Later.", ("Are you open now?",), starts_at=near(3600)),
        now=Content("Now.", ("Open?",), starts_at=near(-60), expires_at=near(3600)),
    )
    assert ids(live, "When are you open?") == ["now"]
    assert len(live.match("Are you open now?")) == 1


def test_it_ends_and_begins_by_itself(curator: Curator, live: Curated) -> None:
    put(
        curator,
        first=Content("First.", ("When are you open?",), expires_at=near(0.6)),
        second=Content("Second.", ("Until when are you open?",), starts_at=near(0.6)),
    )
    assert ids(live, "When are you open?") == ["first"]
    revision = live.revision
    time.sleep(0.7)
    assert ids(live, "When are you open?") == ["second"]
    assert live.revision == revision  # nobody changed anything


# --- other processes ------------------------------------------------------------------------------

EDITOR = """
import sys, time
from pathlib import Path
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.secret import Secret
from chatwright.knowledge.curating import Curator, Writing
database = Database(sys.argv[1])
curator = Curator(database, "library", AuditLog(database, Secret("x" * 40), Path(sys.argv[2])))
print("ready", flush=True)
for line in sys.stdin:
    id, text = line.split()
    if id == "add":
        made = curator.add(Writing(text, ["When are you open?"]), "cli").id
    else:
        made = curator.change(id, Writing(text), "cli").id
    print(made, flush=True)
"""


@BOTH
def test_what_another_process_edits_counts_for_the_next_message(
    database: Database, place: str, tmp_path: Path, live: Curated
) -> None:
    assert live.match("When are you open?") == []
    command = [sys.executable, "-c", EDITOR, place, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as editor:
        assert editor.stdin is not None and editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
        id = "add"
        for number in range(10):
            editor.stdin.write(f"{id} text-{number}\n")
            id = editor.stdout.readline().strip()  # acknowledged: from now on it counts
            assert [one.text for one in live.match("when are you open")] == [f"text-{number}"]
        editor.stdin.close()
    assert editor.returncode == 0


def test_threads_see_one_state(curator: Curator, live: Curated) -> None:
    put(curator, a=Content("0", ("First?",)), b=Content("0", ("Second?",)))
    stop = threading.Event()
    wrong: list[Any] = []

    def ask() -> None:
        last = 0
        while not stop.is_set():
            found = {one.id: int(one.text) for one in live.match("First? Second?")}
            if found["a"] != found["b"] or found["a"] < last:
                wrong.append((last, found))
            last = found["a"]

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        for number in range(1, 16):
            put(curator, a=Content(str(number), ("First?",)), b=Content(str(number), ("Second?",)))
            assert live.match("First?")[0].text == str(number)
        stop.set()
        for one in asking:
            one.result(10)
    assert not wrong


# --- a store that is away -------------------------------------------------------------------------


def test_while_the_store_is_away_the_last_answers_serve(
    curator: Curator, live: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(
        curator,
        hours=Content("Nine to six.", ("When are you open?",)),
        short=Content("Soon over.", ("Until when?",), expires_at=near(1.2)),
    )
    assert sorted(ids(live, "Until when are you open?")) == ["hours", "short"]
    revision, asked = live.revision, [0]
    monkeypatch.setattr(module, "AWAY", 0.3)

    def away(bot: str) -> None:
        asked[0] += 1
        raise StoreUnavailable("The store cannot be reached.", "Try again.")

    with monkeypatch.context() as patched:
        patched.setattr(live._rows, "revision", away)
        for _ in range(20):
            assert ids(live, "When are you open?")[0] == "hours"
        assert asked == [1] and "cannot be reached" in live.trouble
        time.sleep(1.3)
        assert ids(live, "Until when?") == ["hours"] * 0 or "short" not in ids(live, "Until when?")
        assert live.revision == revision
    time.sleep(0.4)
    curator.add(Writing("Twenty cents.", ["What does it cost?"]), "cli")
    time.sleep(0.4)
    assert live.match("What does it cost?")[0].exact and live.trouble == ""


def test_a_store_that_does_not_answer_holds_nobody_up(
    curator: Curator, live: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    assert ids(live, "When are you open?") == ["hours"]
    monkeypatch.setattr(module, "WAIT", 0.2)
    go = threading.Event()
    asking = live._rows.revision

    def hanging(bot: str) -> Any:
        go.wait(20)
        return asking(bot)

    monkeypatch.setattr(live._rows, "revision", hanging)
    began = time.monotonic()
    for _ in range(50):
        assert ids(live, "When are you open?") == ["hours"]
    assert time.monotonic() - began < 2  # the first one waits, the others do not
    put(curator, fines=Content("Twenty cents.", ("What does it cost?",)))
    go.set()
    time.sleep(0.3)
    assert live.match("What does it cost?")[0].exact


def test_a_real_server_that_stops_and_comes_back(postgres: Postgres, tmp_path: Path) -> None:
    database = Database(postgres.new_database())
    curator = Curator(database, BOT, AuditLog(database, Secret("x" * 40), tmp_path))
    live = Curated(database, BOT)
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    assert ids(live, "When are you open?") == ["hours"]
    postgres.stop()
    try:
        began = time.monotonic()
        for _ in range(10):
            assert ids(live, "When are you open?") == ["hours"]
        assert time.monotonic() - began < 5
        assert live.trouble
    finally:
        postgres.start()
    until = time.monotonic() + 15
    while live.trouble and time.monotonic() < until:
        time.sleep(0.2)
        live.match("When are you open?")
    put(curator, fines=Content("Twenty cents.", ("What does it cost?",)))
    assert live.match("What does it cost?")[0].exact
    live.close()
    assert ids(live, "When are you open?")[0] == "hours"
    database.close()


def test_the_first_time_without_a_store_nothing_matches(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Curated(database, BOT)

    def away(bot: str) -> None:
        raise StoreUnavailable("Away.")

    monkeypatch.setattr(live._rows, "revision", away)
    assert live.match("When are you open?") == [] and live.trouble == "Away."
    live.close()


# --- vectors --------------------------------------------------------------------------------------


class Letters:
    """Texts as counts of letters; notes what it was asked."""

    id, dimensions = "letters", 26

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go = threading.Event()
        self.go.set()
        self.fails = False

    def embed(self, texts: Sequence[str]) -> Any:
        self.go.wait(20)
        if self.fails:
            raise RuntimeError("no memory")
        self.asked += texts
        rows = [np.bincount([ord(c) % 26 for c in t.lower()] or [0], minlength=26) for t in texts]
        made = np.array(rows, np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_vectors_are_made_once_for_each_question(curator: Curator, database: Database) -> None:
    letters = Letters()
    live = Curated(database, BOT, letters)
    put(curator, hours=Content("Nine to six.", ("When are you open?", "Opening hours?")))
    first = live.match("Hours of opening?")[0]
    assert first.cosine is not None and first.cosine > 0.8
    given = live.match("Hours of opening?", letters.embed(["Hours of opening?"])[0])[0]
    assert given.cosine == pytest.approx(first.cosine)
    letters.asked.clear()
    put(curator, fines=Content("Twenty cents.", ("What does it cost?",)))
    live.match("x", np.ones(26, np.float32) / 26**0.5)
    assert letters.asked == ["What does it cost?"]
    live.close()


def test_many_vectors_are_made_beside(curator: Curator, database: Database) -> None:
    letters = Letters()
    letters.go.clear()
    live = Curated(database, BOT, letters)
    put(curator, many=Content("There.", tuple(f"Where is book {i}?" for i in range(150))))
    (found,) = live.match("Where is book 7?")
    assert found.exact and found.cosine is None  # by its words meanwhile
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    assert live.match("When are you open?")[0].exact
    letters.go.set()
    until = time.monotonic() + 20
    while live.match("Where is book 7?")[0].cosine is None and time.monotonic() < until:
        time.sleep(0.05)
    assert live.match("Where is book 7?")[0].cosine == pytest.approx(1, abs=1e-5)
    assert letters.asked.count("Where is book 149?") == 1
    live.close()


def test_an_embedder_that_fails_leaves_the_words(curator: Curator, database: Database) -> None:
    letters = Letters()
    letters.fails = True
    live = Curated(database, BOT, letters)
    put(curator, hours=Content("Nine to six.", ("When are you open?",)))
    (found,) = live.match("When are you open?")
    assert found.exact and found.cosine is None
    live.close()
