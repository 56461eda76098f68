"""A bot on a hosted model: the same verbs, against a stand-in that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Command


class StandIn(ThreadingHTTPServer):
    """Answers every chat with what it was asked, word by word."""

    request_queue_size = 128  # an evaluation asks many at once

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, StandIn)
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        server.asked.append(body)
        server.keys.append(self.headers.get("authorization"))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for word in f"You said: {body['messages'][-1]['content']}".split(" "):
            self._event({"choices": [{"index": 0, "delta": {"content": word + " "}}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self._event({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 5}})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, value: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def upstream() -> Iterator[StandIn]:
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def hosted(run: Command, upstream: StandIn, tmp_path: Path) -> Path:
    folder = tmp_path / "hosted"
    line = ["init", folder, "--purpose", "Helps readers.", "--topics", "books"]
    assert run(*line, "--declines", "law", "--hosted", "stand-in-1").code == 0
    path = folder / "bot.toml"
    where = f'base_url = "http://127.0.0.1:{upstream.server_port}/v1"\napi_key_env = "STAND_IN_KEY"'
    path.write_text(path.read_text().replace('kind = "hosted"', f'kind = "hosted"\n{where}'))
    cases = {"id": "a", "question": "Where are the maps?", "must": ["maps"]}
    (folder / "tests" / "cases.jsonl").write_text(json.dumps(cases) + "\n")
    return folder


def test_the_whole_way(
    run: Command, hosted: Path, upstream: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_KEY", "secret-1")
    ran = run("up", hosted, "--no-serve", "--json")
    assert ran.code == 0, ran.err
    assert ran.values["cases_in_scope_pass"] == 1.0
    assert ran.values["bits_per_byte"] is None
    questions = [body["messages"][-1]["content"] for body in upstream.asked]
    assert questions.count("Where are the maps?") == 1  # the others are the safety prompts
    answered = run("chat", hosted, "-m", "Hi", "--json").values
    assert answered["answer"].strip() == "You said: Hi"
    assert answered["release"] == ran.values["release"]
    first = upstream.asked[-1]
    assert first["model"] == "stand-in-1"
    assert first["messages"][0]["role"] == "system"
    assert "Helps readers." in first["messages"][0]["content"]
    assert upstream.keys[-1] == "Bearer secret-1"
    # A second `up` asks nothing.
    asked = len(upstream.asked)
    again = run("up", hosted, "--no-serve", "--json")
    assert again.values == ran.values
    assert len(upstream.asked) == asked
    # Nothing on disk holds the key.
    for path in hosted.rglob("*"):
        assert not path.is_file() or b"secret-1" not in path.read_bytes()


def test_a_rival_is_asked_the_same_cases(
    run: Command, hosted: Path, upstream: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_KEY", "secret-1")
    monkeypatch.setenv("RIVAL_KEY", "secret-2")
    assert run("up", hosted, "--no-serve").code == 0
    rival = (
        '\n[[evaluation.rival]]\nname = "big"\nhosted_model = "stand-in-2"\nprice_read = 1.0\n'
        f'base_url = "http://127.0.0.1:{upstream.server_port}/v1"\napi_key_env = "RIVAL_KEY"\n'
    )
    path = hosted / "bot.toml"
    path.write_text(path.read_text() + rival)
    ran = run("evaluate", hosted, "--compare", "all", "--json")
    assert ran.code == 0, ran.err
    found = {one["name"]: one for one in ran.values["contestants"]}
    assert found["big"]["kind"] == "hosted"
    assert found["big"]["right"]["passed"] == 1
    assert found["big"]["cost_per_1000"] == pytest.approx(0.007)  # 7 tokens read
    assert upstream.keys[-1] == "Bearer secret-2"
    assert upstream.asked[-1]["model"] == "stand-in-2"
    assert ran.values["verdict"] == ["Nobody here has weights of its own."]
    # It is nobody's release: the newest one is still the bot's own.
    assert len(run("release", "list", "--bot", hosted, "--json").values["releases"]) == 1


def test_somebody_unknown_and_no_cases(run: Command, hosted: Path) -> None:
    assert run("up", hosted, "--no-serve").code == 0
    ran = run("evaluate", hosted, "--compare", "weights")
    assert ran.code == 2
    assert "no weights of its own" in ran.err
    assert "no release" in run("evaluate", hosted, "--compare", "nobody").err
    (hosted / "tests" / "cases.jsonl").unlink()
    assert "no test cases" in run("evaluate", hosted, "--compare", "found").err


def test_there_is_nothing_to_train_or_export(run: Command, hosted: Path, tmp_path: Path) -> None:
    trained = run("train", hosted)
    assert trained.code == 2
    assert "nothing to train" in trained.err
    release = run("up", hosted, "--no-serve", "--json").values["release"]
    exported = run("release", "export", release, tmp_path / "x", "--to", "hf", "--bot", hosted)
    assert exported.code == 2
    assert "no weights" in exported.err


def test_an_upstream_that_is_gone(run: Command, hosted: Path, upstream: StandIn) -> None:
    assert run("up", hosted, "--no-serve").code == 0
    upstream.shutdown()
    upstream.server_close()
    ran = run("chat", hosted, "-m", "Hi")
    assert ran.code == 1
    (line,) = ran.err.splitlines()
    assert "failed" in line
    assert "Traceback" not in ran.err


def test_it_teaches_a_bot_of_its_own(
    run: Command, fresh: Path, upstream: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_KEY", "secret-2")
    file = tmp_path / "asked.txt"
    file.write_text("Where are the maps?\n\nMay I eat here?\n")
    line = [
        "teach",
        fresh,
        "--questions",
        file,
        "--model",
        "stand-in-1",
        "--api-key-env",
        "STAND_IN_KEY",
    ]
    line += ["--base-url", f"http://127.0.0.1:{upstream.server_port}/v1"]
    taught = run(*line, "--json")
    assert taught.code == 0, taught.err
    assert taught.values["answered"] == 2 and upstream.keys[0] == "Bearer secret-2"
    assert "Helps." in upstream.asked[0]["messages"][0]["content"]
    again = run(*line, "--json").values
    assert (again["answered"], again["known"], len(upstream.asked)) == (0, 2, 2)
    rows = [json.loads(row) for row in Path(taught.values["file"]).read_text().splitlines()]
    assert {row["messages"][1]["content"] for row in rows} == {
        "You said: Where are the maps?",
        "You said: May I eat here?",
    }
    assert {row["teacher"] for row in rows} == {"stand-in-1"}
    assert run("data", fresh, "--json").values["read"] == 2
    assert run("teach", fresh, "--questions", file).code == 2
    upstream.shutdown()
    upstream.server_close()
    file.write_text("And now?\n")
    gone = run(*line)
    assert gone.code == 1 and "1 failed" in gone.out and "failed (" in gone.out


def test_it_drafts_questions_from_documents(run: Command, fresh: Path, upstream: StandIn) -> None:
    """The stand-in repeats what it is asked, which ends with an example of what it shall write."""
    text = "The hall costs $5 an hour, and chairs are free for everybody who asks."
    (fresh / "knowledge" / "hall.md").write_text(f"# Hall\n\n{text}\n")
    line = ["knowledge", "questions", "--bot", fresh, "--teacher", "stand-in-1"]
    line += ["--base-url", f"http://127.0.0.1:{upstream.server_port}/v1"]
    done = run(*line, "--json")
    assert done.code == 0, done.err
    (row,) = [json.loads(one) for one in Path(done.values["file"]).read_text().splitlines()]
    assert (row["by"], row["document"], row["reviewed"]) == (
        "teacher/stand-in-1",
        "hall.md",
        False,
    )
    assert text in upstream.asked[0]["messages"][-1]["content"]
    assert run(*line, "--json").values["added"] == 0
