"""The data page's API: what is uploaded is shown before it is taken, what was left out is browsed, and nothing
that is there is changed."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server.callers import bearer

from chatwright.core.errors import StorageFull
from chatwright.data.dataset import build
from chatwright.server.console import uploads
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database, Keys

BASE = "/api/console/data"


def talk(question: str, answer: str) -> str:
    said = [("user", question), ("assistant", answer)]
    return json.dumps({"messages": [{"role": role, "content": text} for role, text in said]})


ROWS = "\n".join(
    [
        *(talk(f"Is room {n} open on day {n * 7}?", f"Room {n} opens at {n}.") for n in range(30)),
        talk("Is room 3 open on day 21?", "Room 3 opens at 3."),
        "no json",
        json.dumps({"messages": [{"role": "user", "content": "Anybody there?"}]}),
    ]
)


class Data:
    """What the page does, with one key."""

    def __init__(self, client: httpx.Client, key: str) -> None:
        self.client, self.headers = client, bearer(key)
        client.timeout = 60

    def get(self, path: str = "", **params: Any) -> Any:
        got = self.client.get(BASE + path, params=params, headers=self.headers)
        assert got.status_code == 200, got.text
        return got.json()

    def send(self, name: str, content: bytes | str) -> httpx.Response:
        return self.client.post(
            f"{BASE}/uploads", params={"name": name}, content=content, headers=self.headers
        )

    def preview(self, name: str, content: bytes | str, **more: Any) -> Any:
        sent = self.send(name, content)
        assert sent.status_code == 201, sent.text
        return self.post("/preview", {"upload": sent.json()["id"]} | more)

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        got = self.client.post(BASE + path, json=body, headers=self.headers)
        assert got.status_code == status, got.text
        return got.json()

    def ended(self, work: Any) -> Any:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            got = self.client.get(f"/api/console/work/{work['id']}", headers=self.headers).json()
            if got["state"] != "running":
                return got
            time.sleep(0.3)
        pytest.fail("it works for ever")


@pytest.fixture
def data(client: httpx.Client, database: Database, tmp_path: Path) -> Data:
    _, key = Keys(database).create("library", "editor", ["review", "curate"])
    (tmp_path / "bot.toml").write_text('[bot]\nname = "library"\npurpose = "Help readers."\n')
    (tmp_path / "data").mkdir()
    return Data(client, key)


def code(got: httpx.Response) -> str:
    return str(got.json()["error"]["code"])


@pytest.fixture
def dataset(data: Data, spec: Spec) -> str:
    (spec.folder / "data" / "rooms.jsonl").write_text(ROWS)
    return build(spec).id


def test_a_file_is_shown_taken_and_built_and_the_files_there_stay_as_they_are(
    data: Data, tmp_path: Path, services: Services
) -> None:
    (tmp_path / "data" / "rooms.jsonl").write_text(talk("Mine?", "Yours."))
    sent = data.send("rooms.jsonl", ROWS).json()
    seen = data.post("/preview", {"upload": sent["id"]})
    assert (seen["format"], seen["rows"], seen["kept"], seen["whole"]) == ("messages", 33, 31, True)
    assert {one["kind"] for one in seen["left_out"]} == {"json", "assistant"}
    assert len(seen["conversations"]) == 5
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["rooms.jsonl"]
    done = data.ended(data.post("/take", {"upload": sent["id"]}, 202))
    assert (done["state"], done["error"]) == ("done", None)
    assert (tmp_path / "data" / "rooms.jsonl").read_text() == talk("Mine?", "Yours.")
    assert (tmp_path / "data" / "rooms-2.jsonl").read_text() == ROWS
    names = [(one["name"], one["format"]) for one in data.get("/files")["files"]]
    assert names == [("data/rooms-2.jsonl", "messages"), ("data/rooms.jsonl", "messages")]
    built = data.ended(data.post("/build", status=202))
    assert built["state"] == "done"
    (one,) = data.get()["datasets"]
    assert (one["read"], one["id"]) == (34, built["result"]["dataset"])
    actions = [row.action for row in services.people.audit.rows()]
    assert actions.count("work.started") == 2


def test_rows_that_were_left_out_are_browsed_with_their_reasons(data: Data, dataset: str) -> None:
    rows = data.get("/rejected", dataset=dataset)
    assert rows["total"] == 3
    kinds = {one["kind"]: one for one in rows["rows"]}
    assert kinds.keys() == {"exact", "json", "assistant"}
    kept = data.get("/row", dataset=dataset, id=kinds["exact"]["kept"])
    assert kept["messages"][1]["content"] == "Room 3 opens at 3."
    assert data.get("/rejected", dataset=dataset, search="NO JSON")["total"] == 1
    assert data.get("/rejected", dataset=dataset, reason="exact duplicate")["total"] == 1
    assert data.get("/rejected", dataset=dataset, source="data/none.jsonl")["total"] == 0
    page = data.get("/rejected", dataset=dataset, limit=1, offset=2)
    assert (len(page["rows"]), page["total"]) == (1, 3)
    for wrong in ("../..", "0" * 12, "by-input"):
        got = data.client.get(f"{BASE}/rejected", params={"dataset": wrong}, headers=data.headers)
        assert got.status_code == 404


def test_the_report_counts_by_file_and_split(data: Data, dataset: str) -> None:
    report = data.get("/report", dataset=dataset)
    (source,) = report["sources"]
    assert source["name"] == "data/rooms.jsonl"
    assert source["train"] + source["dev"] + source["test"] == 30
    assert source["rejected"] == 3
    assert sum(one["rows"] for one in report["reasons"]) == 3
    assert report["hidden"] is None


def test_what_is_different_between_two_datasets(data: Data, dataset: str, spec: Spec) -> None:
    lines = ROWS.split("\n")
    (spec.folder / "data" / "rooms.jsonl").write_text(
        "\n".join([*lines[1:30], talk("Where is the attic of the tower?", "Up the stairs.")])
    )
    after = build(spec).id
    found = data.get("/difference", before=dataset, after=after)
    assert (found["counts"]["added"], found["counts"]["gone"]) == (1, 1)
    assert found["rows"]["added"][0]["messages"][1]["content"] == "Up the stairs."
    assert {one["reason"] for one in found["reasons"]} >= {"exact duplicate", "not valid JSON"}


def test_personal_values_are_shown_as_placeholders(
    data: Data, spec: Spec, database: Database
) -> None:
    """In what was hidden, in rows that were left out, and in a preview for who is no owner."""
    hidden = spec.model_copy(
        update={"privacy": spec.privacy.model_copy(update={"placeholders": True})}
    )
    row = talk(
        "Write to anna.lind@example.org please, room 99?", "I wrote to anna.lind@example.org."
    )
    lines = "\n".join([ROWS, row, "write to bob@example.org, no json"])
    (spec.folder / "data" / "rooms.jsonl").write_text(lines)
    dataset = build(hidden).id
    report = data.get("/report", dataset=dataset)
    mail = next(one for one in report["hidden"] if one["type"] == "EMAIL")
    assert mail["count"] >= 2
    assert "<EMAIL_1>" in mail["examples"][0]
    shown = json.dumps([report, data.get("/rejected", dataset=dataset)])
    assert "anna.lind" not in shown
    assert "bob@example.org" not in shown
    assert "anna.lind" not in json.dumps(data.preview("mail.jsonl", row))
    _, key = Keys(database).create("library", "owner", ["review", "curate", "admin"])
    assert "anna.lind" in json.dumps(Data(data.client, key).preview("mail.jsonl", row))


def test_a_chat_between_people_asks_who_the_bot_is(data: Data) -> None:
    chat = (
        "12/31/21, 9:00 AM - Anna: Are you open?\n12/31/21, 9:01 AM - Desk: Until noon.\n"
        "12/31/21, 9:02 AM - Anna: And tomorrow?\n12/31/21, 9:03 AM - Desk: Closed.\n"
    )
    seen = data.preview("chat.txt", chat)
    assert {one["name"] for one in seen["speakers"]} == {"Anna", "Desk"}
    assert seen["problem"]
    seen = data.preview("chat.txt", chat, me=["Desk"])
    assert (seen["format"], seen["problem"], seen["kept"]) == ("whatsapp", "", 1)
    assert seen["conversations"][0][1]["content"] == "Until noon."


def test_a_format_is_forced_and_what_does_not_fit_is_said(data: Data, tmp_path: Path) -> None:
    seen = data.preview("rooms.jsonl", ROWS, format="alpaca")
    assert seen["format"] == "alpaca"
    assert seen["kept"] == 0
    seen = data.preview("noise.csv", bytes(range(128, 256)) * 40)
    assert seen["problem"]
    assert str(tmp_path) not in seen["problem"]
    assert data.preview("rules.txt", "The rules of the house.\n\nNo smoking.")["document"]
    sent = data.send("rooms.jsonl", ROWS).json()
    got = data.client.post(
        f"{BASE}/preview", json={"upload": sent["id"], "format": "none"}, headers=data.headers
    )
    assert got.status_code == 400


def test_a_zip_bomb_is_refused(data: Data) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", b"12/31/21, 9:00 AM - A: x\n" * (8 << 20))
    seen = data.preview("chat.zip", made.getvalue())
    assert seen["problem"]
    assert seen["kept"] == 0


@pytest.mark.parametrize(
    "name",
    ["../a.jsonl", "a/b.jsonl", "..\\a.jsonl", ".hidden.jsonl", "a.exe", "a\u202e.jsonl", ""],
)
def test_names_that_could_do_harm_are_refused(data: Data, tmp_path: Path, name: str) -> None:
    assert data.send(name, ROWS).status_code == 400
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []


def test_too_much_and_a_full_disk_are_told(
    data: Data, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    headers = data.headers | {"content-length": str(1 << 30)}
    try:
        got = data.client.post(
            f"{BASE}/uploads?name=big.jsonl",
            content=(bytes(1 << 16) for _ in range(1 << 14)),
            headers=headers,
        )
        assert got.status_code == 413
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # it may close the connection while the client still writes

    async def full(*_: Any) -> None:
        raise StorageFull("The disk is full.", "Free some space.")

    monkeypatch.setattr(uploads, "_written", full)
    got = data.send("rooms.jsonl", ROWS)
    assert (got.status_code, code(got)) == (507, "storage_full")
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []
