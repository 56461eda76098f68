"""Foreign binary formats and documents: broken, hostile and endless ones are refused within seconds."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from chatwright.core.errors import DataError
from chatwright.data import documents, readers
from chatwright.data.readers import confined


def pdf(path: Path, *pages: bytes) -> Path:
    """A PDF whose pages have these content streams."""
    writer = PdfWriter()
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    for content in pages:
        page = writer.add_blank_page(200, 200)
        stream = DecodedStreamObject()
        stream.set_data(content)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.write(path)
    return path


def line(text: str) -> bytes:
    return f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()


def job(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """Make `body` the parser that `run("job")` starts."""
    (folder / "parsers").mkdir()
    (folder / "parsers" / "job.py").write_text(
        "import sys, time, os\nfrom chatwright.data.readers.confined import Refused, serve\n"
        f"def parse(path):\n    {body}\nserve(parse, sys.argv)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{folder}:{Path(confined.__file__).parents[3]}")
    monkeypatch.setattr(confined, "PARSERS", "parsers")
    monkeypatch.setitem(confined.NEEDS, "job", "json")
    return folder / "a.bin"


def test_values_come_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = job(tmp_path, monkeypatch, "yield from ([n, 'ü' * n] for n in range(1000))")
    assert list(confined.run("job", path)) == [[n, "ü" * n] for n in range(1000)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("yield 1\n    while True: pass", "got nowhere in 0.2 seconds"),
        ("time.sleep(60); yield 1", "said nothing for"),
        ("yield 'x' * (1 << 22)", "one value in it is larger"),
        ("yield bytearray(1 << 40)", "needs more than"),
        ("yield 1; os.abort()", "its parser crashed"),
        ("yield 1; raise Refused('it is blue')", "it is blue"),
        ("yield 1; raise KeyError('/Root')", "damaged or of another kind .KeyError: '/Root'"),
        ("yield (lambda f: f(f))(lambda f: f(f))", "nested too deeply"),
        ("open(str(path) + '.out', 'w').write('x' * 99999); yield 1", "File too large|crashed"),
    ],
)
def test_a_parser_that_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, reason: str
) -> None:
    monkeypatch.setattr(confined, "SILENCE", 1.0 if "nothing" in reason else 60.0)
    monkeypatch.setattr(confined, "WORK", 0.2)
    monkeypatch.setattr(confined, "MAX_VALUE", 1 << 20)
    path = job(tmp_path, monkeypatch, body)
    begun = time.monotonic()
    with pytest.raises(confined.Unreadable, match=reason):
        list(confined.run("job", path))
    assert time.monotonic() - begun < 60


def test_a_reader_that_stops_early_leaves_no_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = job(tmp_path, monkeypatch, "yield os.getpid()\n    while True: yield 1")
    values = confined.run("job", path)
    child = next(values)
    values.close()
    assert not Path(f"/proc/{child}").exists()


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(confined.NEEDS, "pdf", "no_such_library")
    with pytest.raises(DataError, match="needs no_such_library") as caught:
        next(confined.run("pdf", tmp_path / "a.pdf"))
    assert caught.value.next_step == "pip install 'chatwright[train]'"


def test_documents_have_text(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Hours")
    word.add_table(1, 2).rows[0].cells[1].text = "nine"
    word.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.md").write_text("# Hours\n\nNine.\n")
    (tmp_path / "a.txt").write_bytes("Geöffnet für alle, täglich.".encode("cp1252"))
    (tmp_path / "a.html").write_text("<title>x</title><p>Nine <b>sharp</b></p>")
    pdf(tmp_path / "a.pdf", line("At nine."), line("Every day."))
    found = {path.name: list(documents.pages(path)) for path in sorted(tmp_path.iterdir())}
    assert found == {
        "a.docx": ["Hours", " | nine"],
        "a.html": ["Nine sharp"],
        "a.md": ["# Hours", "", "Nine."],
        "a.pdf": ["At nine.", "Every day."],
        "a.txt": ["Geöffnet für alle, täglich."],
    }
    assert all(documents.is_document(path) for path in tmp_path.iterdir())
    assert documents.characters(tmp_path / "a.pdf") == 18


def test_a_text_file_of_conversations_is_no_document(tmp_path: Path) -> None:
    for name, content in {"a.txt": "question\tanswer\nHi\tHello\n", "a.md": "# ? Hi\n"}.items():
        (tmp_path / name).write_text(content)
        assert not documents.is_document(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing more", "cannot be read: it is damaged"),
        ("a.docx", b"PK\x03\x04 nothing more", "cannot be read: it is damaged"),
        ("a.md", b" \n", "There is no text"),
        ("a.html", b"<script>x()</script>", "There is no text"),
    ],
)
def test_a_document_that_cannot_be_used(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=reason):
        documents.characters(tmp_path / name)


def test_a_pdf_that_loops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "a.pdf", line("one"))
    raw = path.read_bytes()
    root = raw.index(b"/Kids [")
    kid = raw[root : raw.index(b"]", root)].split(b"[")[1].split()[0]
    own = next(n for n in range(1, 9) if b"\n%d 0 obj" % n in raw and b"/Kids" in _object(raw, n))
    path.write_bytes(
        raw.replace(b"/Kids [ " + kid, b"/Kids [ %d" % own).replace(
            b"/Kids [" + kid, b"/Kids [%d" % own
        )
    )
    assert path.read_bytes() != raw
    monkeypatch.setattr(confined, "WORK", 3.0)
    with pytest.raises(DataError):
        documents.characters(path)


def _object(raw: bytes, number: int) -> bytes:
    start = raw.index(b"\n%d 0 obj" % number)
    return raw[start : raw.index(b"endobj", start)]


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=pdf(tmp_path / "a.pdf", line("one")))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    with pytest.raises(DataError, match="protected by a password"):
        documents.characters(tmp_path / "b.pdf")


def test_a_corrupt_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["question", "answer"])
    book.save(tmp_path / "a.xlsx")
    raw = bytearray((tmp_path / "a.xlsx").read_bytes())
    raw[len(raw) // 2 :] = bytes(len(raw) - len(raw) // 2)
    (tmp_path / "a.xlsx").write_bytes(raw)
    with pytest.raises(DataError, match="cannot be read"):
        list(readers.read(tmp_path / "a.xlsx", "a"))


def test_a_workbook_that_is_a_bomb(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(101):
            sheet.write(bytes(1 << 20))
    with pytest.raises(DataError, match="bytes would become 105,906,176"):
        list(readers.read(tmp_path / "a.xlsx", "a"))


@pytest.mark.parametrize(
    "content", [b"PAR1", b"PAR1" + bytes(99) + b"PAR1", b"PAR1\xff\xff\xff\x7fPAR1"]
)
def test_a_corrupt_parquet(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        list(readers.read(tmp_path / "a.parquet", "a"))
