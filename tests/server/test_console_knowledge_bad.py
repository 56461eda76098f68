"""The knowledge page's API: what is bad is said, and harms nothing; addresses."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server.editing import BASE, CARS, PARKING, Client, code, page, said

from chatwright.core import files
from chatwright.core.errors import StorageFull
from chatwright.knowledge.egress import Egress, Missing, Page
from chatwright.server.console import knowledge_reading, uploads
from chatwright.store import Database, Keys

__all__ = ["page"]

# --- what is bad ----------------------------------------------------------------------------------

NAMES = [
    "../evil.md",
    "a/../../evil.md",
    "/etc/evil.md",
    "..\\evil.md",
    "a//b.md",
    ".hidden.md",
    "a/.git/b.md",
    "evil.exe",
    "evil.md\u0000.exe",
    "evil\u202efdp.md",
    "ev\u200bil.md",
    "\uff0e\uff0e/evil.md",
    "a\uff0fb.md",
    "con.md",
    " space.md",
    "x" * 300 + ".md",
    "a/b/c/d/e/f/g/h.md",
    "pipe|.md",
    "\ud83d.md".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\x7f",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_that_could_do_harm_are_refused(page: Client, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if ".chatwright" not in path.parts}
    got = page.send(name, PARKING)
    assert got.status_code == 400, got.text
    assert len(said(got)) > 20
    assert {path for path in tmp_path.rglob("*") if ".chatwright" not in path.parts} == before
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []


def test_links_in_the_folder_lead_nowhere(page: Client, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "own.md").write_text("mine")
    (tmp_path / "knowledge" / "sub").symlink_to(outside)
    (tmp_path / "knowledge" / "link.md").symlink_to(outside / "own.md")
    got = page.send("sub/own.md", PARKING)
    assert (got.status_code, "link" in said(got)) == (400, True)
    sent = page.upload("link.md", PARKING)
    wanted = {"put": [{"upload": sent["id"], "version": sent["version"]}]}
    got = page.client.post(f"{BASE}/edits", json=wanted, headers=page.headers)
    assert got.status_code == 400
    assert (outside / "own.md").read_text() == "mine"


def bomb() -> bytes:
    """A Word file that unpacks to 200 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"A" * (200 << 20))
    return made.getvalue()


FILES = {
    "nul.md": b"Hello\0world, this is no text at all\n",
    "png.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "empty.md": b"",
    "blank.md": b" \n \n",
    "pdf.md": b"%PDF-1.4\n",
    "word.pdf": b"PK\x03\x04" + bytes(100),
    "cut.pdf": b"%PDF-1.4\n1 0 obj\n<<",
    "noise.docx": b"PK\x03\x04" + bytes(range(256)) * 8,
    "noise.txt": bytes(range(128, 256)) * 50 + b"\xff\xfe\x00" * 99,
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_not_what_they_say_are_refused(
    page: Client, tmp_path: Path, name: str
) -> None:
    got = page.send(name, FILES[name])
    assert got.status_code == 400, got.text
    assert name in said(got)
    assert str(tmp_path) not in said(got)
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []


def test_a_zip_bomb_is_refused(page: Client) -> None:
    got = page.send("bomb.docx", bomb())
    assert (got.status_code, code(got)) == (400, "invalid_file")


def test_a_gigabyte_is_refused_before_it_is_read(page: Client, tmp_path: Path) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 1 << 30:
            sent += 1 << 16
            yield bytes(1 << 16)

    headers = page.headers | {"content-length": str(1 << 30)}
    with Refusing():
        got = page.client.post(f"{BASE}/uploads?name=big.txt", content=endless(), headers=headers)
        assert got.status_code == 413
    assert sent < 64 << 20
    uploads = tmp_path / ".chatwright" / "uploads"
    assert not uploads.exists() or list(uploads.glob("*")) == []


class Refusing:
    """A server that refuses may close the connection while the client still writes."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        return isinstance(error, httpx.WriteError | httpx.ReadError | httpx.RemoteProtocolError)


def test_more_than_was_said_is_refused_and_removed(page: Client, tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(400):
            yield b"word " * 13_000

    with Refusing():
        got = page.client.post(f"{BASE}/uploads?name=b.txt", content=chunks(), headers=page.headers)
        assert got.status_code == 413
    time.sleep(0.3)
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []


def test_a_full_disk_is_told_and_changes_nothing(
    page: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.put("parking.md", PARKING)
    sent = page.upload("parking.md", CARS)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put", full)
    wanted = {"put": [{"upload": sent["id"], "version": sent["version"]}]}
    got = page.client.post(f"{BASE}/edits", json=wanted, headers=page.headers)
    assert (got.status_code, code(got)) == (507, "storage_full")
    monkeypatch.undo()
    assert (tmp_path / "knowledge/parking.md").read_bytes() == PARKING
    assert len(page.get("/edits")["edits"]) == 1
    assert page.post("/edits", wanted)["synced"]["changed"] == ["parking.md"]


def test_a_disk_that_fills_during_an_upload_is_told(
    page: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any) -> None:
        raise StorageFull("The disk is full.", "Free some space.")

    monkeypatch.setattr(uploads, "_written", full)
    got = page.send("parking.md", PARKING)
    assert (got.status_code, code(got)) == (507, "storage_full")
    assert list((tmp_path / ".chatwright" / "uploads").glob("*")) == []


def test_nobody_takes_what_somebody_else_uploaded(page: Client, database: Database) -> None:
    sent = page.upload("parking.md", PARKING)
    _, key = Keys(database).create("library", "other", ["review", "curate"])
    other = Client(page.client, key)
    for path in ("/plan", "/edits"):
        other.post(path, {"put": [{"upload": sent["id"], "version": ""}]}, 404)
        other.post(path, {"put": [{"upload": "../" + sent["id"], "version": ""}]}, 404)
    gone = page.client.delete(f"{BASE}/uploads/{sent['id']}", headers=page.headers)
    assert gone.status_code == 204
    page.post("/plan", {"put": [{"upload": sent["id"], "version": ""}]}, 404)


def test_a_name_in_other_capitals_is_no_second_document(page: Client) -> None:
    page.put("parking.md", PARKING)
    sent = page.upload("Parking.md", CARS)
    wanted = {"put": [{"upload": sent["id"], "version": ""}]}
    got = page.client.post(f"{BASE}/edits", json=wanted, headers=page.headers)
    assert (got.status_code, code(got)) == (409, "name_taken")


def test_another_bots_key_sees_nothing(page: Client, database: Database) -> None:
    got = page.client.get(BASE, params={"bot": "other"}, headers=page.headers)
    assert got.status_code == 404


# --- addresses ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoWeb(Egress):
    """The web, without one."""

    pages: Mapping[str, Page | Exception] = field(default_factory=dict)

    def fetch(self, url: str, tag: str = "") -> Page | None:
        found = self.pages.get(url) or Missing(f"{url} answers 404.", "Is the page still there?")
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> dict[str, Page | Exception]:
    pages: dict[str, Page | Exception] = {}
    monkeypatch.setattr(knowledge_reading, "egress_of", lambda _: NoWeb(pages=pages))
    monkeypatch.setattr("chatwright.knowledge.sync.egress_of", lambda _: NoWeb(pages=pages))
    return pages


def wait_until_read(page: Client) -> Any:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        status = page.get("")
        if not status["syncing"]:
            return status
        time.sleep(0.1)
    pytest.fail("it reads for ever")


def html(text: str) -> bytes:
    return f"<html><title>T</title><body><main><p>{text}</p></main></body></html>".encode()


def test_an_address_is_looked_at_added_read_and_taken_off(
    page: Client, internet: dict[str, Page | Exception], tmp_path: Path
) -> None:
    url = "https://example.org/hours"
    got = page.client.post(f"{BASE}/addresses", json={"url": url}, headers=page.headers)
    assert (got.status_code, code(got)) == (400, "refused_address")
    assert page.get("/addresses")["addresses"] == []
    internet[url] = Page(url, html("On Sundays the museum opens at eleven."), ".html", "")
    added = page.post("/addresses", {"url": url}, 201)
    assert added["kind"] == "page"
    time.sleep(0.3)
    assert wait_until_read(page)["failed"] == ""
    assert page.names() == [url]
    assert "eleven" in page.first("When does the museum open on Sundays?")
    (one,) = page.get("/documents")["documents"]
    assert (one["kind"], one["at"] != "", one["editable"]) == ("page", True, False)
    page.put("parking.md", PARKING)  # a change of files keeps the pages
    assert page.names() == [url, "parking.md"]
    twice = page.client.post(f"{BASE}/addresses", json={"url": url}, headers=page.headers)
    assert twice.status_code == 409
    gone = page.client.delete(f"{BASE}/addresses", params={"url": url}, headers=page.headers)
    assert gone.status_code == 204
    assert page.names() == ["parking.md"]


def test_a_feed_brings_its_pages_and_takes_them_along(
    page: Client, internet: dict[str, Page | Exception]
) -> None:
    url = "https://example.org/feed.xml"
    items = "".join(f"<item><link>https://example.org/{n}</link></item>" for n in range(3))
    internet[url] = Page(url, f"<rss><channel>{items}</channel></rss>".encode(), ".xml", "")
    for n in range(3):
        internet[f"https://example.org/{n}"] = Page("", html(f"Room {n} is open."), ".html", "")
    added = page.post("/addresses", {"url": url}, 201)
    assert (added["kind"], added["listed"]) == ("list", 3)
    time.sleep(0.3)
    wait_until_read(page)
    assert {one["kind"] for one in page.get("/documents")["documents"]} == {"listed"}
    assert [one["pages"] for one in page.get("/addresses")["addresses"]] == [3]
    page.client.delete(f"{BASE}/addresses", params={"url": url}, headers=page.headers)
    assert page.names() == []


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://user:pw@example.org/",
        "http://example.org:8080/",
        "http://[::1]/",
        "gopher://x/",
        "not an address",
    ],
)
def test_addresses_that_may_not_be_fetched_are_refused(page: Client, where: str) -> None:
    got = page.client.post(f"{BASE}/addresses", json={"url": where}, headers=page.headers)
    assert (got.status_code, code(got)) == (400, "refused_address")
    assert page.get("/addresses")["addresses"] == []
