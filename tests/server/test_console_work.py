"""Work in child processes: one at a time, known to every server process, and told how it ended."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import tiny as small

from chatwright.core.errors import Conflict, NotFound, StorageFull
from chatwright.server import workshop as module
from chatwright.server.workshop import Work, Workshop
from chatwright.spec import Spec, load_spec

SLEEPS = "import time\nwhile True: time.sleep(0.1)"
CHECKPOINTS = """
import json, signal, sys, time
def stopped(*_):
    print(json.dumps({"error": {"message": "Stopped.", "next_step": "", "type": "Stopped"}}))
    sys.exit(1)
signal.signal(signal.SIGTERM, stopped)
print("ready", file=sys.stderr, flush=True)
while True: time.sleep(0.05)
"""


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    (tmp_path / "bot.toml").write_text('[bot]\nname = "tiny"\npurpose = "Answers."\n')
    small.write_rows(tmp_path / "data" / "rows.jsonl", 40)
    return load_spec(tmp_path)


@pytest.fixture
def shop() -> Iterator[Workshop]:
    found = Workshop()
    yield found
    found.close()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let this code be what is started."""

    def set_code(code: str) -> None:
        monkeypatch.setattr(module, "command", lambda _: [sys.executable, "-c", code])

    return set_code


def until(true: Callable[[], bool], seconds: float = 150) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.02)


def ended(shop: Workshop, spec: Spec, id: str) -> Work:
    until(lambda: shop.find(spec, id).state != "running")
    return shop.find(spec, id)


def test_a_real_verb_is_run_and_its_last_word_is_kept(shop: Workshop, spec: Spec) -> None:
    begun = shop.start(spec, "list", ["release", "list", "--bot", str(spec.folder)], by="ada")
    assert begun.state == "running"
    found = ended(shop, spec, begun.id)
    assert (found.state, found.by, found.kind) == ("done", "ada", "list")
    assert found.result is not None
    assert found.result["releases"] == []
    assert found.ended is not None
    assert not found.again


def test_how_far_it_is_can_be_read_while_it_runs(
    shop: Workshop, spec: Spec, runs: Callable[[str], None]
) -> None:
    runs(
        "from chatwright.core.progress import Lines\nimport sys\nlines = Lines(sys.stderr)\n"
        "lines.say('Learned 12 rows')\nlines.start('Training', 40)\nlines.EVERY = 0\n"
        "lines.advance(7, 'loss 2.10')\n" + SLEEPS
    )
    id = shop.start(spec, "train", []).id
    until(lambda: shop.find(spec, id).done == 7)
    found = shop.find(spec, id)
    assert (found.step, found.total, found.note) == ("Training", 40, "loss 2.10")
    assert found.lines == ["Learned 12 rows"]


def test_a_verb_says_how_far_it_is_where_it_is_asked_to(shop: Workshop, spec: Spec) -> None:
    id = shop.start(spec, "data", ["data", str(spec.folder)]).id
    found = ended(shop, spec, id)
    assert found.state == "done", found.error
    assert found.lines
    assert json.dumps(found.result)


def test_one_at_a_time_and_the_other_is_named(
    shop: Workshop, spec: Spec, runs: Callable[[str], None]
) -> None:
    runs(SLEEPS)
    first = shop.start(spec, "train", [], about="0.3 minutes")
    with pytest.raises(Conflict, match=r"train 0\.3 minutes") as caught:
        Workshop().start(spec, "evaluate", [])  # as another server process does
    assert caught.value.code == "busy"
    shop.stop(spec, first.id, wait=True)
    runs("print('{}')")
    assert ended(shop, spec, shop.start(spec, "evaluate", []).id).state == "done"


def test_another_server_sees_it_and_stops_it(
    shop: Workshop, spec: Spec, runs: Callable[[str], None]
) -> None:
    runs(CHECKPOINTS)
    id = shop.start(spec, "train", []).id
    other = Workshop()
    assert other.running(spec) is not None
    until(lambda: other.find(spec, id).lines == ["ready"])
    other.stop(spec, id, wait=True)
    found = ended(shop, spec, id)
    assert found.state == "stopped"
    assert found.again
    assert found.error is not None
    assert found.error.type == "Stopped"


def test_one_that_does_not_listen_is_killed(
    shop: Workshop, spec: Spec, runs: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE", 0.3)
    runs(
        "import signal, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('ready', file=sys.stderr, flush=True)\n" + SLEEPS
    )
    id = shop.start(spec, "train", []).id
    until(lambda: shop.find(spec, id).lines == ["ready"])
    shop.stop(spec, id, wait=True)
    assert ended(shop, spec, id).state == "stopped"


def test_one_that_was_killed_says_so_and_can_be_gone_on_with(
    shop: Workshop, spec: Spec, runs: Callable[[str], None]
) -> None:
    runs(SLEEPS)
    id = shop.start(spec, "train", ["train", "x"], about="a").id
    pid = json.loads((spec.made / "work" / f"{id}.json").read_text())["pid"]
    os.kill(pid, signal.SIGKILL)
    found = ended(shop, spec, id)
    until(lambda: (one := shop.find(spec, id)).error is not None and "killed" in one.error.message)
    assert found.state == "interrupted"
    assert found.again
    runs("print('{}')")
    again = shop.again(spec, id)
    assert (again.kind, again.about) == ("train", "a")
    assert ended(shop, spec, again.id).state == "done"


def test_a_server_that_was_killed_leaves_its_child_to_the_next_one(
    shop: Workshop, spec: Spec, runs: Callable[[str], None]
) -> None:
    """Nobody waits for the child: how it ended is told by what it left."""
    runs("import json, time; time.sleep(0.5); print(json.dumps({'error': {'message': 'Full.'}}))")
    id = shop.start(spec, "train", []).id
    next_server = Workshop()
    shop._mine.clear()  # it knows of none
    until(lambda: next_server.find(spec, id).state == "failed")
    found = next_server.find(spec, id)
    assert found.error is not None
    assert found.error.message == "Full."


def test_a_server_that_ends_stops_what_it_started(spec: Spec, runs: Callable[[str], None]) -> None:
    runs(CHECKPOINTS)
    shop = Workshop()
    id = shop.start(spec, "train", []).id
    until(lambda: shop.find(spec, id).lines == ["ready"])
    shop.close()
    found = Workshop().find(spec, id)
    assert found.state == "interrupted"
    assert found.again


def test_a_log_is_bounded(
    shop: Workshop, spec: Spec, runs: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOG", 4000)
    monkeypatch.setattr(module, "TAIL", 1000)
    runs(
        "import sys, time\nfor n in range(3000): print('line', n, file=sys.stderr, flush=True)\n"
        + SLEEPS
    )
    id = shop.start(spec, "train", []).id
    until(lambda: shop.find(spec, id).lines[-1:] == ["line 2999"])
    assert (spec.made / "work" / f"{id}.log").stat().st_size <= 4000  # of 30,000
    assert all(line.startswith("line ") for line in shop.find(spec, id).lines)


def test_old_ones_are_forgotten(
    shop: Workshop, spec: Spec, runs: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEEP", 3)
    runs("print('{}')")
    made = [ended(shop, spec, shop.start(spec, "train", []).id).id for _ in range(5)]
    assert [one.id for one in shop.all(spec)] == made[:1:-1]
    with pytest.raises(NotFound):
        shop.find(spec, made[0])


def test_a_torn_journal_and_foreign_names_are_no_work(shop: Workshop, spec: Spec) -> None:
    folder = spec.made / "work"
    folder.mkdir(parents=True)
    (folder / f"{'0' * 36}.json").write_text('{"id": ')
    assert shop.all(spec) == []
    for id in ("0" * 36, "../../bot", "", "x"):
        with pytest.raises(NotFound):
            shop.find(spec, id)


def test_a_full_disk_is_said_and_nothing_is_left(
    shop: Workshop, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_launch", full)
    with pytest.raises(StorageFull):
        shop.start(spec, "train", [])
    assert shop.all(spec) == []
    assert shop.running(spec) is None
