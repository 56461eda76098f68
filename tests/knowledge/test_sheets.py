"""Curated answers as spreadsheets: read, written, imported; nothing lost without a word."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from chatwright.core.errors import DataError
from chatwright.knowledge import sheets
from chatwright.knowledge.curating import Curator, Writing
from chatwright.knowledge.importing import Report, Strict, take
from chatwright.knowledge.sheets import BadRow, Format, SheetRow, read_rows, written
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.curated_records import Content, Link
from chatwright.store.secret import Secret

BOT = "library"
NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil")',
    "'=1",
    "''quoted",
    "\uff1d1",
    'say "a;b, c"',
    "two\nlines",
    "<b>&amp;</b>",
    "\U0001f550 \u958b\u9928",
    "12.50",
    "1e5",
    "007",
    "TRUE",
    "2127-01-31",
)


@pytest.fixture
def curator(database: Database, tmp_path: Path) -> Curator:
    return Curator(database, BOT, AuditLog(database, Secret("x" * 40), tmp_path))


def contents(curator: Curator) -> dict[str, Content]:
    return {one.id: one.content for one in curator.rows.active(BOT)[1]}


def pairs(curator: Curator) -> set[tuple[str, str]]:
    return {(q, one.text) for one in contents(curator).values() for q in one.questions}


def table(curator: Curator, tmp_path: Path, text: str, **options: bool) -> Report:
    file = tmp_path / "faq.csv"
    file.write_text(text)
    return take(curator, read_rows(file), "cli", **options)


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_there_and_back(curator: Curator, tmp_path: Path, format: Format) -> None:
    with curator.rows.edit(BOT, "cli", "added") as edit:
        for number, text in enumerate(NASTY):
            questions = (f"{' '.join(text.split())} {number}?", f"another {number}?")
            links = (Link("Hours", "https://example.org"), Link("a.md", "a.md"))
            edit.put(f"n{number:02}", Content(text, questions, text, links))
        dates = {"starts_at": "2126-01-01T10:30:00.000Z", "expires_at": "2127-02-01T00:00:00.000Z"}
        edit.put("dates", Content("Dated.", ("When?",), **dates))
    before, file = contents(curator), tmp_path / f"answers.{format}"
    file.write_bytes(written(curator.rows.active(BOT)[1], format))
    report = take(curator, read_rows(file), "cli")
    assert (report.rows, report.unchanged) == (2 * len(NASTY) + 1, len(NASTY) + 1)
    assert not (report.added or report.changed or report.refused or report.revision)
    curator.rollback(0, "cli")
    report = take(curator, read_rows(file), "cli")  # restores what was removed
    assert len(report.changed) == len(NASTY) + 1 and contents(curator) == before
    curator.forget(list(before), "cli")
    assert len(take(curator, read_rows(file), "cli").added) == len(NASTY) + 1
    assert contents(curator) == before


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_no_cell_is_a_formula(curator: Curator, format: Format) -> None:
    for number, text in enumerate(NASTY):
        wanted = Writing(text, [f"{text} {number}?"], note=text)
        curator.add(wanted, "cli", id=f"n{number}")
    content = written(curator.rows.active(BOT)[1], format)
    if format == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        for row in book.active.iter_rows():
            assert all(cell.data_type in ("s", "inlineStr", "n") for cell in row)
            assert all(cell.value is None or isinstance(cell.value, str) for cell in row)
        rows = [[str(cell or "") for cell in row] for row in book.active.values]
    assert rows[0] == list(sheets.COLUMNS) and len(rows) == len(NASTY) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\uff1d")]
    assert {row[2] for row in rows[1:]} >= {"'=1+1", "'-1", "''=1", "''quoted", "007", "two\nlines"}


def test_a_workbook_that_others_can_open(tmp_path: Path) -> None:
    content = sheets.as_workbook([["a", "\x0b\ud800"], ["b\r\nc", ""]])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None and len(packed.namelist()) == 5
    assert content == sheets.as_workbook([["a", "\x0b\ud800"], ["b\r\nc", ""]])  # no time in it
    values = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert values[0] == ("a", "\ufffd\ufffd") and str(values[1][0]).replace("\r\n", "\n") == "b\nc"


def test_a_formula_is_read_as_what_it_was_and_never_computed(
    curator: Curator, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["question", "answer"])
    book.active.append(["When?", "=1+1"])  # without a value that a program left there
    book.active.append(["How much?", 12.0])
    book.active.append(["Until when?", True])
    book.save(tmp_path / "faq.xlsx")
    report = take(curator, read_rows(tmp_path / "faq.xlsx"), "cli")
    assert [(bad.number, bad.reason) for bad in report.refused] == [(2, "The answer is empty")]
    assert pairs(curator) == {("How much?", "12"), ("Until when?", "True")}


def test_days_of_a_workbook_and_later_sheets(curator: Curator, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["something", "else"])
    sheet = book.create_sheet("faq")
    sheet.append([])
    sheet.append(["Frage", "Antwort", "expires"])
    sheet.append(["Wann?", "Neun bis sechs.", openpyxl.utils.datetime.from_excel(90_000)])
    book.save(tmp_path / "faq.xlsx")
    take(curator, read_rows(tmp_path / "faq.xlsx"), "cli")
    (found,) = contents(curator).values()
    assert found.expires_at == "2146-05-30T00:00:00.000Z"  # the end of that day


# --- what an import does --------------------------------------------------------------------------


def test_rows_with_one_answer_are_one_answer(curator: Curator, tmp_path: Path) -> None:
    text = (
        "question;answer\nWhen?;Nine to six.\nOpening hours?;Nine to six.\nFines?;Twenty cents.\n"
    )
    report = table(curator, tmp_path, text)
    assert (report.rows, len(report.added), report.revision) == (3, 2, 1)
    assert pairs(curator) == {
        ("When?", "Nine to six."),
        ("Opening hours?", "Nine to six."),
        ("Fines?", "Twenty cents."),
    }
    again = table(curator, tmp_path, text)
    assert (again.unchanged, again.added, again.refused, again.revision) == (2, [], [], None)
    more = table(curator, tmp_path, "question,answer\nUntil when?,Nine to six.\n")
    assert len(more.changed) == 1 and ("Until when?", "Nine to six.") in pairs(curator)
    assert len(contents(curator)) == 2


def test_the_rows_of_an_id_are_all_it_has(curator: Curator, tmp_path: Path) -> None:
    curator.add(Writing("Nine to six.", ["When?", "Hours?"], note="kept"), "cli", id="hours")
    curator.add(Writing("Twenty cents.", ["Fines?"]), "cli", id="fines")
    text = "answer_id,question,answer\nhours,When?,Ten to six.\nhours,Until when?,\nnew,New?,New.\n"
    report = table(curator, tmp_path, text, trying=True)
    assert len(curator.rows.log(BOT)) == 2 and report.revision is None
    assert (report.added, report.changed, report.fewer) == (["new"], ["hours"], ["Hours?"])
    report = table(curator, tmp_path, text)
    found = contents(curator)
    assert found["hours"] == Content("Ten to six.", ("When?", "Until when?"), note="kept")
    assert found["fines"].text == "Twenty cents."
    report = table(curator, tmp_path, text, replacing=True)
    assert (report.retired, report.unchanged) == (["fines"], 2)
    curator.rollback(2, "cli")
    assert contents(curator)["hours"].questions == ("When?", "Hours?")


def test_every_bad_row_is_named_with_its_reason(curator: Curator, tmp_path: Path) -> None:
    curator.add(Writing("Nine to six.", ["When?"]), "cli", id="hours")
    text = (
        "answer_id,question,answer,expires\n"
        ",,No question.,\n"  # row 2
        ",No answer?,,\n"
        ",WHEN,Another.,\n"
        "a b,Bad id?,Text.,\n"
        ",Old?,Old.,2001-01-01\n"  # row 6
        ",Never?,Never.,31/12/2127\n"
        "x,First?,One.,\n"
        "x,Second?,Two.,\n"
        "x,first,One.,\n"  # row 10
        ",First?,Another one.,\n"
        f",Long?,{'x' * 20_001},\n"
        "fresh,Nothing?,,\n"
        ",Good?,Good.,2127-12-31\n"
    )
    report = table(curator, tmp_path, text)
    assert {bad.number: bad.reason for bad in report.refused} == {
        2: "A question is empty",
        3: "The answer is empty",
        4: 'answered already, by hours: "Nine to six."',
        5: "'a b' cannot be an answer's id: letters, digits and _ . - alone, 64 at most",
        6: "The answer would be over already: 2001-01-01 has passed",
        7: "'31/12/2127' is no date",
        9: "answer_id x has another answer in row 8",
        10: "the question stands there twice, first in row 8",
        11: 'answered already in row 8, by x: "One."',
        12: "The answer has 20,001 characters; 20,000 is the most",
        13: "The answer is empty",
    }
    assert report.rows == 13 and len(report.added) == 2
    assert pairs(curator) == {("When?", "Nine to six."), ("First?", "One."), ("Good?", "Good.")}
    assert len(curator.rows.log(BOT)) == 2
    with pytest.raises(Strict, match=r"11 of 14 rows are refused.*row 2: A question is empty"):
        table(curator, tmp_path, text + ",More?,More.,\n".replace("More", "Much"), strict=True)
    assert len(curator.rows.log(BOT)) == 2


def test_a_refused_answer_keeps_what_it_had(curator: Curator, tmp_path: Path) -> None:
    curator.add(Writing("Nine to six.", ["When?", "Hours?"]), "cli", id="hours")
    text = f"answer_id,question,answer\nhours,When?,{'x' * 20_001}\n,Hours?,Other.\n"
    report = table(curator, tmp_path, text, replacing=True)
    assert [bad.number for bad in report.refused] == [2, 3]
    assert contents(curator)["hours"].questions == ("When?", "Hours?")


def test_a_question_moves_from_one_answer_to_another(curator: Curator, tmp_path: Path) -> None:
    curator.add(Writing("A.", ["First?", "Both?"]), "cli", id="a")
    curator.add(Writing("B.", ["Second?"]), "cli", id="b")
    text = "answer_id,question,answer\na,First?,A.\nb,Second?,B.\nb,Both?,B.\n"
    report = table(curator, tmp_path, text)
    assert not report.refused and contents(curator)["b"].questions == ("Second?", "Both?")


def test_qna_maker(curator: Curator, tmp_path: Path) -> None:
    file = tmp_path / "faq.qna"
    file.write_text(
        "# ? When are you open?\n- Opening hours?\n\n```markdown\nNine to six.\n```\n\n"
        "# ? Broken?\n\n```markdown\nnever closed\n"
    )
    report = take(curator, read_rows(file), "cli")
    assert len(report.added) == 1 and report.rows == 3
    assert [(bad.number, bad.reason) for bad in report.refused] == [
        (8, "answer block never closed")
    ]
    assert pairs(curator) == {
        ("When are you open?", "Nine to six."),
        ("Opening hours?", "Nine to six."),
    }


# --- broken files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("faq.csv", b"", "no columns"),
        ("faq.csv", b"colour,size\nred,3\n", 'has "colour", "size"'),
        ("faq.csv", b"\x00\x01\x02\xff\xfe", "no columns"),
        ("faq.xlsx", b"PK\x03\x04broken", "cannot be read"),
        ("faq.xlsx", b"no zip at all", "known formats|no columns"),
        ("faq.qna", b"", "empty"),
        ("faq.pdf", b"%PDF-1.4", "known formats"),
    ],
)
def test_a_broken_file_is_one_sentence(
    curator: Curator, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=words):
        take(curator, read_rows(tmp_path / name), "cli")
    assert curator.rows.revision(BOT) is None


def test_lines_that_are_no_text_are_named(curator: Curator, tmp_path: Path) -> None:
    file = tmp_path / "faq.csv"
    lines = ["question,answer", "When \u00fc?,Nine.", "Bad?,B", "Good?,G."]
    raw = "\n".join(lines).encode().replace(b"Bad?,B", b"Bad?,\xff\xfe\xff")
    file.write_bytes(raw)
    report = take(curator, read_rows(file), "cli")
    assert [bad.reason for bad in report.refused] == ["invalid UTF-8"] and len(report.added) == 2
    file.write_bytes("question;answer\nWo ist Stra\u00dfe?;Sch\u00f6n.\n".encode("cp1252"))
    take(curator, read_rows(file), "cli")
    assert ("Wo ist Stra\u00dfe?", "Sch\u00f6n.") in pairs(curator)


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST", 3)
    (tmp_path / "faq.csv").write_text("question,answer\n" + "a?,b\n" * 4)
    with pytest.raises(DataError, match="more than 3 rows"):
        list(read_rows(tmp_path / "faq.csv"))


def test_ten_thousand_rows(curator: Curator, tmp_path: Path) -> None:
    rows = [SheetRow(n, f"Where is book {n}?", f"Shelf {n % 9_000}.") for n in range(2, 10_002)]
    report = take(curator, iter([*rows, BadRow(10_002, "bad")]), "cli")
    assert (report.rows, len(report.added), len(report.refused)) == (10_001, 9_000, 1)
    assert len(contents(curator)) == 9_000 and len(pairs(curator)) == 10_000
    file = tmp_path / "all.xlsx"
    file.write_bytes(written(curator.rows.active(BOT)[1], "xlsx"))
    again = take(curator, read_rows(file), "cli", trying=True)
    assert (again.rows, again.unchanged, again.refused) == (10_000, 9_000, [])
