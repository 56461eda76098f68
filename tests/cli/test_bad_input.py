"""Bad input: one sentence, one next step, the right exit code, nothing lost, no traceback unless asked for."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import socket
from pathlib import Path

import pytest
from tests import tiny as small
from tests.cli.conftest import Command, Ran

from chatwright.core import files


def check(ran: Ran, says: str, code: int = 1) -> None:
    """What every error looks like: `chatwright: What is wrong. What to do next.`"""
    assert ran.code == code, ran.err
    (line,) = ran.err.splitlines()
    assert line.startswith("chatwright: ")
    assert re.search(says, line), line
    assert "Traceback" not in ran.out + ran.err
    sentences = re.split(r"(?<=[.!?;])\s+(?=[A-Z`]|pip|did)", line)
    assert len(sentences) >= 2, f"no next step: {line}"


def snapshot(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


VERBS = [["data"], ["train"], ["evaluate"], ["up", "--no-serve"], ["serve"], ["chat", "-m", "hi"]]


@pytest.mark.parametrize("verb", VERBS, ids=lambda v: v[0])
def test_no_bot_toml(run: Command, tmp_path: Path, verb: list[str]) -> None:
    check(run(verb[0], tmp_path, *verb[1:]), r"no bot\.toml in .*chatwright init")
    debug = run(verb[0], tmp_path, *verb[1:], "--debug")
    assert "Traceback" in debug.err
    assert debug.err.splitlines()[-1].startswith("chatwright: ")
    values = run(verb[0], tmp_path, *verb[1:], "--json").values
    assert values["error"]["type"] == "SpecError"
    assert values["error"]["next_step"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"[bot\n", "not valid TOML"),
        (b"[bot]\nname = 'a'\npurpose = '\xff'", "not UTF-8"),
        (b"", r'"bot" is missing'),
        (b"[bot]\nname = 'a'\npurpose = 'b'\nporpose = 'c'", 'did you mean "purpose"'),
        (b"[bot]\nname = 'a'\npurpose = 'b'\n[trainign]\nminutes = 3", 'did you mean "training"'),
        (b"[bot]\nname = 'a'\npurpose = 'b'\n[training]\nminutes = 0", r"training\.minutes.*wrong"),
        (b"[bot]\nname = 'a'\npurpose = 'b'\n[model]\nsize = 'huge'", "not a size"),
    ],
)
def test_a_broken_bot_toml(run: Command, tmp_path: Path, text: bytes, says: str) -> None:
    small.write_rows(tmp_path / "data" / "chats.jsonl", 30)
    (tmp_path / "bot.toml").write_bytes(text)
    check(run("train", tmp_path), says)


def test_a_file_instead_of_a_folder(run: Command, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    check(run("data", tmp_path / "x"), "cannot be read")


def test_an_empty_data_folder(run: Command, fresh: Path) -> None:
    for verb in (["data"], ["train"], ["up", "--no-serve"]):
        check(run(verb[0], fresh, *verb[1:]), r"no conversations in .*chatwright import")


def test_a_missing_data_folder(run: Command, fresh: Path) -> None:
    (fresh / "data").rmdir()
    check(run("data", fresh), "does not exist")


NO_ASSISTANT = json.dumps({"messages": [{"role": "user", "content": "anybody there?"}]})
HUGE = json.dumps(
    {
        "messages": [
            {"role": "user", "content": "x" * 10_000_000},
            {"role": "assistant", "content": "ok"},
        ]
    }
)
BAD = {
    "no assistant": (NO_ASSISTANT.encode(), "no assistant turn"),
    "not utf-8": (b'{"messages": [{"role": "user", "content": "\xff\xfe"}]}', "invalid UTF-8"),
    "10 MB": (HUGE.encode(), "longer than"),
    "not json": (b"hello", "not valid JSON|none of the known formats"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_rows_that_cannot_be_used(run: Command, fresh: Path, tmp_path: Path, name: str) -> None:
    """Alone they are an error; among good rows each is left out, counted, and kept where it was."""
    row, says = BAD[name]
    alone = tmp_path / "alone.jsonl"
    alone.write_bytes(row + b"\n")
    check(run("import", alone, "--bot", fresh), says)
    assert not list((fresh / "data").iterdir())
    (fresh / "data" / "alone.jsonl").write_bytes(row + b"\n")
    check(run("data", fresh), says)
    (fresh / "data" / "alone.jsonl").unlink()

    mixed = small.write_rows(tmp_path / "mixed.jsonl", 50)
    mixed.write_bytes(mixed.read_bytes() + row + b"\n")
    assert run("import", mixed, "--bot", fresh).code == 0
    values = run("data", fresh, "--json").values
    assert values["read"] == 51
    assert any(re.search(says, reason) for reason in values["rejected"])
    assert (fresh / "data" / "mixed.jsonl").read_bytes() == mixed.read_bytes()


def test_files_that_are_not_there_or_not_ours(run: Command, fresh: Path, tmp_path: Path) -> None:
    check(run("import", tmp_path / "nowhere.jsonl", "--bot", fresh), "does not exist")
    (tmp_path / "picture.jsonl").write_bytes(bytes(range(256)) * 10)
    check(run("import", tmp_path / "picture.jsonl", "--bot", fresh), "known formats")
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00\x00")
    check(run("import", tmp_path / "cut.jsonl.gz", "--bot", fresh), "cannot be read to its end")
    chats = small.write_rows(tmp_path / "chats.jsonl", 3)
    check(run("import", chats, "--bot", fresh, "--format", "cvs"), "no format", code=2)
    (tmp_path / "empty").mkdir()
    check(run("import", tmp_path / "empty", "--bot", fresh), "No data files")


@pytest.mark.parametrize("verb", ["init", "import", "data", "train", "up"])
def test_a_full_disk(
    run: Command, fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Nothing new appears, nothing old goes; with room again the same command works."""
    chats = small.write_rows(fresh / "data" / "chats.jsonl", 60)
    other = small.write_rows(tmp_path / "more.jsonl", 5, seed=3)
    line = {
        "init": ["init", tmp_path / "second"],
        "import": ["import", other, "--bot", fresh],
        "data": ["data", fresh],
        "train": ["train", fresh, "--minutes", "0.01", "--size", "nano"],
        "up": ["up", fresh, "--no-serve"],
    }[verb]

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    before = snapshot(fresh)
    with monkeypatch.context() as disk:
        disk.setattr(files, "_flush", full)
        check(run(*line), "disk is full: .* nothing was changed")
    after = snapshot(fresh)
    assert {name: after[name] for name in before} == before
    assert not [name for name in after if name not in before]
    assert chats.exists()
    if verb in ("init", "import", "data"):
        assert run(*line).code == 0


def test_a_port_in_use(run: Command, lived: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for verb in ("serve", "up"):
            check(run(verb, lived, "--port", port), rf"Port {port} .*in use.*--port")


def test_two_bots_of_one_name(run: Command, lived: Path) -> None:
    check(run("serve", lived, lived), "same name.*bot.toml", code=2)


def served(bot: Path) -> Path:
    deployment = (bot / ".chatwright" / "deployments" / "current").read_text().strip()
    path = bot / ".chatwright" / "deployments" / f"{deployment}.json"
    release = json.loads(path.read_text())["release"]
    return bot / ".chatwright" / "releases" / str(release)


@pytest.mark.parametrize("how", ["no manifest", "cut manifest", "file gone", "file cut", "edited"])
def test_a_half_written_release(run: Command, bot: Path, how: str) -> None:
    folder = served(bot)
    manifest, weights = folder / "release.json", folder / "model" / "model.safetensors"
    if how == "no manifest":
        manifest.unlink()
    elif how == "cut manifest":
        manifest.write_text(manifest.read_text()[:100])
    elif how == "file gone":
        weights.unlink()
    elif how == "file cut":
        weights.write_bytes(weights.read_bytes()[:-1])
    else:
        manifest.write_text(manifest.read_text().replace('"max_tokens": 256', '"max_tokens": 1'))
    before = snapshot(folder)
    for verb in (["serve"], ["chat", "-m", "hi"]):
        check(run(verb[0], bot, *verb[1:]), "release|Release")
    assert snapshot(folder) == before
    doctor = run("doctor", bot)
    assert doctor.code == 1
    assert "Traceback" not in doctor.out + doctor.err


def test_a_release_of_another_version(run: Command, bot: Path) -> None:
    manifest = served(bot) / "release.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    for verb in (["serve"], ["chat", "-m", "hi"]):
        check(run(verb[0], bot, *verb[1:]), "format 99; this chatwright reads format 1")
    check(run("release", "list", "--bot", bot), "format 99")


def test_up_mends_a_release_that_was_half_written(run: Command, bot: Path) -> None:
    """What the message tells the user to do works: delete the folder, run `up` again."""
    folder = served(bot)
    (folder / "release.json").unlink()
    check(run("up", bot, "--no-serve"), "not a whole release.*Delete that folder")
    shutil.rmtree(folder)
    ran = run("up", bot, "--no-serve", "--json")
    assert ran.code == 0, ran.err
    assert ran.values["release"] == folder.name
    assert run("chat", bot, "-m", "Hello there", "--json").values["release"] == folder.name


def test_no_release_yet(run: Command, fresh: Path) -> None:
    small.write_rows(fresh / "data" / "chats.jsonl", 30)
    for verb in (["serve"], ["chat", "-m", "hi"], ["evaluate"]):
        check(run(verb[0], fresh, *verb[1:]), "no (promoted )?release.*chatwright up")
    check(run("release", "rollback", "--bot", fresh), "no earlier deployment")


def test_a_bad_case_is_named_by_its_line(run: Command, bot: Path) -> None:
    cases = bot / "tests" / "cases.jsonl"
    cases.write_text(cases.read_text() + '{"id": "x"}\n')
    check(run("evaluate", bot), r"cases\.jsonl, line 3")
