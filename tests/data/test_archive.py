"""Archives: what a zip must not do, and large JSON documents: what a value must not be."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from chatwright.core.errors import DataError
from chatwright.data import readers
from chatwright.data.readers import archive, objects
from chatwright.data.readers.source import Asked, Source

CHAT = "14/10/21, 10:00 - Desk: hi\n14/10/21, 10:01 - Ada: hello\n"
ME = Asked(me=("Desk",))


def packed(folder: Path, *entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in entries:
            box.writestr(name, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def lzma(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_LZMA
    return entry


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("../chat.txt", "points outside"),
        ("a/../../chat.txt", "points outside"),
        ("a\\..\\..\\chat.txt", "points outside"),
        ("/etc/chat.txt", "absolute or broken name"),
        ("C:/chat.txt", "absolute or broken name"),
        (link("chat.txt"), "is a link"),
        (lzma("chat.txt"), "not read here"),
    ],
)
def test_members_that_are_not_what_they_should_be(
    tmp_path: Path, entry: str | zipfile.ZipInfo, says: str
) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT), (entry, CHAT))
    with pytest.raises(DataError, match=f"a.zip is refused: .*{says}"):
        readers.detect(path)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT))
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag in the member's own head, and in the table of contents
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(DataError, match="protected by a password"):
        readers.detect(path)


def test_a_bomb_is_refused_before_it_goes_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SMALL", 1 << 20)
    path = packed(tmp_path, ("_chat.txt", CHAT), ("zeros.txt", bytes(2 << 20)))
    with pytest.raises(DataError, match="bytes would become 2,097,"):
        readers.detect(path)


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("MAX_MEMBERS", 1, "more than 1 files"),
        ("MAX_MEMBER", 10, "is larger than"),
        ("MAX_DIRECTORY", 50, "table of contents is too large"),
    ],
)
def test_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, says: str
) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT), ("b.txt", "b"))
    assert readers.detect(path) == "whatsapp"
    monkeypatch.setattr(archive, limit, value)
    with pytest.raises(DataError, match=says):
        readers.detect(path)


def test_a_member_that_lies_about_its_size_is_cut(tmp_path: Path) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT * 10_000))
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 24 : start + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(DataError, match="cannot be read to its end"):
        list(readers.read(path, "a.zip", "whatsapp", ME))


@pytest.mark.parametrize("keep", [0.3, 0.97])
def test_a_zip_cut_short(tmp_path: Path, keep: float) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(DataError, match="cannot be read to its end"):
        readers.detect(path)


def test_a_damaged_member(tmp_path: Path) -> None:
    path = packed(tmp_path, ("_chat.txt", CHAT * 100))
    data = bytearray(path.read_bytes())
    data[60:70] = bytes(10)
    path.write_bytes(data)
    with pytest.raises(DataError, match="cannot be read to its end"):
        readers.detect(path)


def test_zips_of_nothing_known(tmp_path: Path) -> None:
    for path in (packed(tmp_path, ("a.bin", "x")), packed(tmp_path)):
        with pytest.raises(DataError, match="none of the known formats"):
            readers.detect(path)


def test_a_folder_is_read_like_a_zip_but_links_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "b.txt").write_text("inside")
    (folder / "link.txt").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("outside")
    zipped = Path(shutil.make_archive(str(tmp_path / "z"), "zip", folder, "a"))
    for path in (folder, zipped):
        with archive.archive(path) as box:
            assert box.names == ["a/b.txt"]
            with box.open("a/b.txt") as file:
                assert file.read() == b"inside"
        (part,) = archive.parts(Source(path, "z"), ".txt")
        assert part.head() == "inside" and part.name == "z"


# --- one large document --------------------------------------------------------------------------


def document(folder: Path, text: str | bytes) -> Source:
    path = folder / "a.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Source(path, "a.json")


def test_values_come_one_at_a_time_and_in_order(tmp_path: Path) -> None:
    source = document(
        tmp_path, '{"id": 7, "x": [{"id": 1}], "m": [{"a": [1, {"b": "c"}]}, "s", []]}'
    )
    found = objects.objects(source, "id", "m.item")
    assert list(found) == [
        ("id", 7),
        ("m.item", {"a": [1, {"b": "c"}]}),
        ("m.item", "s"),
        ("m.item", []),
    ]


@pytest.mark.parametrize(
    "bad",
    ['{"m": [{"a": 1}', "nonsense", '{"m": [1, nan]}', b'{"m": ["\xff\xfe"]}', '{"m": [1]}{', ""],
)
def test_documents_that_are_not_whole(tmp_path: Path, bad: str | bytes) -> None:
    with pytest.raises(DataError, match="a.json is not whole or not valid JSON"):
        list(objects.objects(document(tmp_path, bad), "m.item"))


@pytest.mark.parametrize("wanted", [("m.item",), ("m.item", "id")])
@pytest.mark.parametrize(
    "deep", ["[" * 100_000, '["]",' * 50_000, '{"a":' * 9_000, "[" * 300 + "]" * 300]
)
def test_a_deep_document_is_refused(tmp_path: Path, deep: str, wanted: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match="nested more than 200 deep"):
        list(objects.objects(document(tmp_path, '{"m": [' + deep), *wanted))


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64])
def test_brackets_in_texts_are_no_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(objects, "PIECE", piece)
    monkeypatch.setattr(objects, "MAX_DEPTH", 3)
    texts = ["[[[[", '"[[', "\\", '\\"{{{{', "]]}}", "é[[\n"]
    source = document(tmp_path, json.dumps({"m": [{"a": text} for text in texts]}))
    assert [value for _, value in objects.objects(source, "m.item")] == [{"a": t} for t in texts]
    monkeypatch.setattr(objects, "MAX_DEPTH", 2)
    with pytest.raises(DataError, match="nested more than 2 deep"):
        list(objects.objects(source, "m.item"))


@pytest.mark.parametrize("filling", ['"{}"', '{{"a": "{}"}}', "[[0,{}0]]"])
def test_one_huge_value_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filling: str
) -> None:
    monkeypatch.setattr(objects, "MAX_LINE", 100_000)
    monkeypatch.setattr(objects, "PIECE", 1000)
    small = ", ".join([filling.format("0," * 100)] * 2000)
    assert len(list(objects.objects(document(tmp_path, f'{{"m": [{small}]}}'), "m.item"))) == 2000
    source = document(tmp_path, f'{{"m": [{filling.format("0," * 100_000)}]}}')
    with pytest.raises(DataError, match="a record larger than"):
        list(objects.objects(source, "m.item"))
