"""Releases on storage that speaks S3's protocol: moto's server, on loopback."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer

from chatwright.cli import main
from chatwright.core.errors import ChatwrightError, NotFound, ReleaseError, WrongUse
from chatwright.release.bucket import PULLED, Bucket
from chatwright.release.registry import Registry
from chatwright.spec import load_spec

URL = "s3://bots/some/library"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bot that answers from documents, with a promoted deployment."""
    folder = tmp_path_factory.mktemp("bucket") / "mybot"
    with suppress(SystemExit):
        main(["init", str(folder), "--purpose", "Helps.", "--retrieval"])
    (folder / "knowledge" / "a.md").write_text("# Hours\n\nThe hall is open on Friday.\n")
    case = {"id": "a", "question": "When is the hall open?", "must": ["Friday"]}
    (folder / "tests" / "cases.jsonl").write_text(json.dumps(case) + "\n")
    with suppress(SystemExit):
        main(["up", str(folder), "--no-serve"])
    assert Registry(load_spec(folder)).current() is not None
    return folder


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    client = boto3.client("s3")
    client.create_bucket(Bucket="bots")
    yield client
    for row in client.list_objects_v2(Bucket="bots").get("Contents", []):
        client.delete_object(Bucket="bots", Key=row["Key"])
    client.delete_bucket(Bucket="bots")
    client.close()


@pytest.fixture
def bot(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "here"))


@pytest.fixture
def elsewhere(made: Path, tmp_path: Path) -> Path:
    """The same bot on another machine, with nothing made yet."""
    folder = tmp_path / "elsewhere"
    return Path(shutil.copytree(made, folder, ignore=shutil.ignore_patterns(".chatwright")))


def push(bot: Path) -> Any:
    spec = load_spec(bot)
    current = Registry(spec).deployment()
    assert current is not None
    return Bucket(URL).push(spec.made, current)


def objects(client: Any) -> list[str]:
    rows = client.list_objects_v2(Bucket="bots", Prefix="some/library/objects/")["Contents"]
    return [row["Key"] for row in rows]


def verb(capsys: pytest.CaptureFixture[str], *line: object) -> Any:
    capsys.readouterr()
    with suppress(SystemExit):
        main([*map(str, line), "--json"])
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_pushed_here_and_served_elsewhere(
    client: Any, bot: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = verb(capsys, "release", "push", URL, "--bot", bot)
    assert sent["files"] > 0
    assert len(objects(client)) == sent["files"]
    got = verb(capsys, "release", "pull", URL, "--bot", elsewhere)
    assert (got["deployment"], got["files"]) == (sent["deployment"], sent["files"])
    registry = Registry(load_spec(elsewhere))
    current = registry.current()
    assert current is not None
    assert current[0].id == sent["deployment"]
    assert current[0].calibration is not None
    verb(capsys, "knowledge", "sync", "--bot", elsewhere)
    answer = verb(capsys, "chat", elsewhere, "-m", "When is the hall open?")
    assert "Friday" in answer["answer"]
    assert answer["release"] == sent["release"]
    # A second time nothing goes over the wire, and nothing is promoted again.
    assert verb(capsys, "release", "push", URL, "--bot", bot)["bytes"] == 0
    assert verb(capsys, "release", "pull", URL, "--bot", elsewhere)["bytes"] == 0
    assert len(registry.history()) == 1


def test_a_server_starts_from_it_and_swaps_to_the_next(
    client: Any, bot: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verb(capsys, "release", "push", URL, "--bot", bot)
    first = verb(capsys, "release", "pull", URL, "--bot", elsewhere)
    command = [sys.executable, "-m", "chatwright.cli", "serve", str(elsewhere)]
    server = subprocess.Popen(
        [*command, "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        assert said["release"] == first["release"]
        with (bot / "bot.toml").open("a") as file:
            file.write('\n[answers]\nunsure = "I do not know that."\n')
        verb(capsys, "up", bot, "--no-serve")
        verb(capsys, "release", "push", URL, "--bot", bot)
        second = verb(capsys, "release", "pull", URL, "--bot", elsewhere)
        assert second["release"] != first["release"]
        for _ in range(200):
            if httpx.get(f"{said['address']}/ready").json().get("release") == second["release"]:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the server did not swap")
    finally:
        server.terminate()
        server.communicate(timeout=60)
    assert server.returncode == 0


def test_without_promote_nothing_is_served(
    client: Any, bot: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = push(bot).deployment.id
    verb(capsys, "release", "pull", URL, identity, "--no-promote", "--bot", elsewhere)
    registry = Registry(load_spec(elsewhere))
    assert registry.current_id() is None
    assert len(registry.releases()) == 1


def test_only_what_is_missing_is_fetched(client: Any, bot: Path, elsewhere: Path) -> None:
    whole = push(bot)
    made = load_spec(elsewhere).made
    release = made / "releases" / whole.deployment.release
    shutil.copytree(load_spec(bot).made / "releases" / release.name, release)
    (release / "release.json").unlink()
    kept = len([path for path in release.rglob("*") if path.is_file()])
    got = Bucket(URL).pull(made)
    assert (got.files, got.there) == (whole.files - kept, kept)


def test_what_broke_off_goes_on_in_the_middle_of_a_file(
    client: Any, bot: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = push(bot)
    made = load_spec(elsewhere).made
    really = Bucket._blocks

    def breaks(self: Bucket, name: str, begun: int) -> Iterator[bytes]:
        for block in really(self, name, begun):
            yield block[:10]
            raise ChatwrightError("s3://bots cannot be reached.", "")

    monkeypatch.setattr(Bucket, "_blocks", breaks)
    with pytest.raises(ChatwrightError, match="cannot be reached"):
        Bucket(URL).pull(made)
    assert not (made / "releases").exists(), "a part of it is in place"
    (part,) = (made / PULLED).iterdir()
    assert part.stat().st_size == 10
    monkeypatch.setattr(Bucket, "_blocks", really)
    got = Bucket(URL).pull(made)
    assert got.bytes == whole.bytes - 10, "it began again"
    assert not (made / PULLED).exists()


def test_an_object_that_was_changed_is_refused_and_nothing_is_in_place(
    client: Any, bot: Path, elsewhere: Path
) -> None:
    push(bot)
    key = objects(client)[0]
    client.put_object(Bucket="bots", Key=key, Body=b"something else")
    made = load_spec(elsewhere).made
    with pytest.raises(ReleaseError, match="is not what its name says"):
        Bucket(URL).pull(made)
    assert not (made / "releases").exists()


def test_a_list_that_was_changed_or_reaches_out_is_refused(
    client: Any, bot: Path, elsewhere: Path
) -> None:
    identity = push(bot).deployment.id
    key = f"some/library/deployments/{identity}.json"
    listing = json.loads(client.get_object(Bucket="bots", Key=key)["Body"].read())
    listing["files"]["../outside"] = next(iter(listing["files"].values()))
    client.put_object(Bucket="bots", Key=key, Body=json.dumps(listing).encode())
    made = load_spec(elsewhere).made
    with pytest.raises(ReleaseError, match="was changed"):
        Bucket(URL).pull(made)
    with pytest.raises(ReleaseError, match="names a file elsewhere"):
        Bucket(URL).pull(made, identity)
    assert not (made.parent / "outside").exists()


def test_a_push_that_broke_off_is_no_deployment(
    client: Any, bot: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("the network is away")

    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "_put", fails)
        with pytest.raises(ChatwrightError, match="cannot be reached"):
            push(bot)
    with pytest.raises(NotFound, match="No release was pushed"):
        Bucket(URL).pull(load_spec(elsewhere).made)
    assert push(bot).files == 0, "what had arrived is not sent again"
    assert Bucket(URL).pull(load_spec(elsewhere).made).files > 0


def test_addresses_and_absences(
    client: Any, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in ("bots/library", "https://bots", "s3://B", "s3://"):
        with pytest.raises(WrongUse, match="is no place for releases"):
            Bucket(wrong)
    with pytest.raises(NotFound, match="No release was pushed"):
        Bucket(URL).pull(load_spec(elsewhere).made)
    with pytest.raises(ChatwrightError, match="no-such-bucket refused"):
        Bucket("s3://no-such-bucket/x").pull(load_spec(elsewhere).made)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ChatwrightError, match="cannot be reached"):
        Bucket(URL).current()
