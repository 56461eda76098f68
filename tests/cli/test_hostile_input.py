"""What nobody should import: refused in one sentence and left where it is, or its bad rows left out."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check

from chatwright.data.readers import archive, source

CHAT = "14/10/21, 10:00 - Ada: hi\n14/10/21, 10:01 - Desk: hello\n"
NOISE = random.Random(1).randbytes(1 << 16)


def row(question: str) -> str:
    said = [{"role": "user", "content": question}, {"role": "assistant", "content": "yes"}]
    return json.dumps({"messages": said}, ensure_ascii=False) + "\n"


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(name, content)
    return file.getvalue()


def locked() -> bytes:
    data = bytearray(zipped("_chat.txt", CHAT.encode()))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (len(objects) + 1, len(out))
    out += b"xref\n0 %d\n0000000000 65535 f \n" % end[0] + table
    return out + b"trailer\n<</Root 1 0 R/Size %d/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        *end,
        end[1],
    )


OWN_PARENT = pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
OWN_TABLE = pdf(  # the table of contents says that it comes before itself
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
)
UNKNOWN = "in none of the known formats"
REFUSED = {
    "bomb.zip": (zipped("_chat.txt", CHAT.encode() + bytes(1 << 21)), "would become 2,097,"),
    "inside.zip": (zipped("inner.zip", zipped("_chat.txt", CHAT.encode())), UNKNOWN),
    "outside.zip": (zipped("../../chat.txt", CHAT.encode()), "points outside"),
    "locked.zip": (locked(), "protected by a password"),
    "bomb.csv.gz": (gzip.compress(b"question,answer\n" * (1 << 17)), "became more than"),
    "cut.csv.gz": (gzip.compress(NOISE)[:999], "cannot be read to its end"),
    "zeros.jsonl": (bytes(1 << 16), UNKNOWN),
    "wide.csv": (b"question,answer," + b"x," * 10_000 + b"\na,b\n", "has 10,003 columns"),
    "loop.pdf": (OWN_PARENT, "cyclic page references"),
    "table.pdf": (OWN_TABLE, "no text in"),
    "noise.pdf": (NOISE, "damaged or of another kind"),
    "noise.docx": (NOISE, "damaged or of another kind"),
    "noise.txt": (NOISE, "is no text: .* cannot be decoded"),
    "noise.html": (NOISE, "is no text: .* cannot be decoded"),
    "noise.jsonl": (NOISE, UNKNOWN),
    "noise.zip": (NOISE, UNKNOWN),
    "noise": (NOISE, UNKNOWN),
    "empty.csv": (b"", "is empty"),
}


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_LINE", 100_000)
    monkeypatch.setattr(source, "BOMB_BYTES", 1 << 20)
    monkeypatch.setattr(archive, "SMALL", 1 << 20)


@pytest.mark.parametrize("name", list(REFUSED))
def test_it_is_refused(run: Command, fresh: Path, tmp_path: Path, name: str) -> None:
    content, says = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    check(run("import", tmp_path / name, "--bot", fresh, "--me", "Desk"), says)
    assert not [*(fresh / "data").iterdir(), *(fresh / "knowledge").iterdir()]


LEFT_OUT = {
    "zeros": (row("a\x00b") + "\x00" * 99 + "\n" + row("c"), 2, {}),
    "mixed": (row("grün").encode() + row("blaß").encode("cp1252"), 1, {"invalid UTF-8": 1}),
    "mixed, first": (row("blaß").encode("cp1252") + row("grün").encode(), 1, {"invalid UTF-8": 1}),
    "one long line": (row("x" * 900_000) + row("q"), 1, {"line longer than 0 MiB": 1}),
    "deep": (row("q") + "[" * 90_000 + "\n" + row("r"), 2, {"not valid JSON": 1}),
}


@pytest.mark.parametrize("name", list(LEFT_OUT))
def test_its_bad_rows_are_left_out(run: Command, fresh: Path, tmp_path: Path, name: str) -> None:
    content, kept, left_out = LEFT_OUT[name]
    path = tmp_path / "a.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (file,) = run("import", path, "--bot", fresh, "--json").values["files"]
    assert (file["conversations"], file["rejected"]) == (kept, left_out)
