"""Tables: delimiters, languages, encodings, rows that belong together, Parquet and Excel."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import openpyxl
import pyarrow as arrow
import pyarrow.parquet
import pytest
from tests.data.rows import FIXTURES, origin, read, reasons, said

from chatwright.core.errors import DataError
from chatwright.data import readers
from chatwright.data.readers import grouped, source
from chatwright.data.readers.source import Asked, Source

WHEN = [("u", "When?"), ("a", "At nine.")]


def table(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_german_table() -> None:
    assert readers.detect(FIXTURES / "fragen.csv") == "csv"
    kept, rejects = read("fragen.csv")
    assert not rejects
    assert said(kept[0]) == [
        ("u", "Wann öffnet die Bücherei?"),
        ("a", "Um neun; samstags um zehn."),
    ]
    assert [origin(row) for row in kept] == [
        (1, None, "2024-05-01T00:00:00"),
        (2, None, "2024-05-02T00:00:00"),
        (3, None, None),
    ]


def test_a_japanese_table() -> None:
    kept, rejects = read("toiawase.csv")
    assert not rejects
    assert said(kept[0]) == [("u", "図書館は何時に開きますか。"), ("a", "九時に開きます。")]
    assert origin(kept[1]) == (2, "2", "2024-05-01T10:00:00")


def test_messages_in_rows_that_interleave() -> None:
    kept, rejects = read("gespraeche.csv")
    assert [[role for role, _ in said(row)] for row in kept] == [["u", "a", "u", "a"], ["u", "a"]]
    assert origin(kept[0]) == (1, "a", "2024-05-01T09:00:00")
    assert reasons(rejects) == [("unknown role 'Hausmeister'", 7)]
    kept, rejects = read("gespraeche.csv", Asked(me=("hausmeister",)))
    assert said(kept[2]) == [("a", "Hallo")] and not rejects


def test_rows_of_a_conversation_newest_first(tmp_path: Path) -> None:
    rows = [
        "chat id,timestamp,question,answer",
        "x,1714550460,Second?,2.",
        "x,1714550400,First?,1.",
    ]
    kept, _ = read(table(tmp_path, "\n".join(rows)))
    assert [text for _, text in said(kept[0])] == ["First?", "1.", "Second?", "2."]
    assert origin(kept[0]) == (1, "x", "2024-05-01T08:00:00+00:00")


def test_open_conversations_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouped, "OPEN_CHARS", 1000)
    rows = ["session,role,text", *(f"{n % 9},user,{n}" for n in range(18))]
    kept, rejects = read(table(tmp_path, "\n".join(rows)))
    assert len(rejects) > 5 and "sort the file" in rejects[0].reason
    assert sum(len(row.messages) for row in kept) + len(rejects) == 18, "no row is lost"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\n"])
def test_any_delimiter(tmp_path: Path, mark: str, first: str) -> None:
    path = table(tmp_path, first.format(mark) + f"Question{mark}Answer\nWhen?{mark}At nine.\n")
    kept, rejects = read(path)
    assert [said(row) for row in kept] == [WHEN] and not rejects


@pytest.mark.parametrize(
    "header",
    [
        "pregunta,respuesta",
        "Consulta,Respuesta",
        "Demande,Réponse",
        "Pergunta,Resposta",
        "问题,答案",
        "提问,回复",
        "質問,回答",
        "user_message,assistant",
        "Customer-Message,Agent reply",
    ],
)
def test_columns_in_several_languages(tmp_path: Path, header: str) -> None:
    kept, _ = read(table(tmp_path, f"{header}\nWhen?,At nine.\n"))
    assert [said(row) for row in kept] == [WHEN]


def test_columns_that_the_user_names(tmp_path: Path) -> None:
    path = table(tmp_path, "who;asked;question;told\nx;When?;no;At nine.\n")
    for columns in ({"question": "ASKED", "answer": "told"}, {"question": "2", "answer": "4"}):
        kept, _ = read(path, Asked(columns=columns))
        assert [said(row) for row in kept] == [WHEN]
    with pytest.raises(DataError, match='no column "tolled"') as caught:
        read(path, Asked(columns={"answer": "tolled"}))
    assert '"asked"' in caught.value.next_step
    with pytest.raises(DataError, match="no column that is known") as caught:
        read(path)
    assert "--column question=NAME" in caught.value.next_step


def test_a_role_column_needs_a_conversation_column(tmp_path: Path) -> None:
    path = table(tmp_path, "role,text\nuser,Hi\n")
    with pytest.raises(DataError, match="to which conversation it belongs"):
        read(path)


def test_tables_may_hold_records_of_other_formats(tmp_path: Path) -> None:
    kept, _ = read(table(tmp_path, "instruction,input,output\nTranslate,Hallo,Hello\n"))
    assert said(kept[0]) == [("u", "Translate\nHallo"), ("a", "Hello")]
    kept, _ = read(table(tmp_path, "prompt,chosen,rejected\nWhen?,At nine.,Never.\n"))
    assert said(kept[0]) == WHEN and kept[0].rejected == "Never."
    kept, _ = read(table(tmp_path, "prompt,completion,label\nWhen?,At nine.,True\n"))
    assert kept[0].label is True
    kept, _ = read(table(tmp_path, "prompt,completion,label\nWhen?,At nine.,hours\n"))
    assert kept[0].label is None and said(kept[0]) == WHEN


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    kept, _ = read(table(tmp_path, "question,answer,answer\nWhen?,At nine.,other\n"))
    assert said(kept[0]) == WHEN


# --- text that is not as it should be ------------------------------------------------------------

GERMAN = "Frage;Antwort\nWann öffnen Sie?;Um neun. Schöne Grüße\n"


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("cp1252", GERMAN, "cp1252"),
        (
            "cp1252",
            "question,answer\nWhen does it open?,It\u2019s open \u2013 5 \u20ac\n",
            "cp1252",
        ),
        ("cp1252", "pregunta,respuesta\n¿Cuándo abren mañana?,A las nueve\n", "cp1252"),
        ("utf-16", GERMAN, "utf-16"),
        ("utf-16-le", GERMAN, "utf-16-le"),
        ("utf-16-be", GERMAN, "utf-16-be"),
        ("utf-32", GERMAN, "utf-32"),
        ("utf-8-sig", GERMAN, "utf-8-sig"),
        ("cp932", "質問,回答\n本を借りたい,カードをお持ちください。\n", "cp932"),
        ("gb18030", "问题,答案\n图书馆什么时候开门,九点开门,谢谢您的来信\n", "gb18030"),
        ("cp1251", "question,answer\nКогда вы открываетесь?,В девять часов\n", "cp1251"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    path = table(tmp_path, text.encode(encoding))
    assert Source(path, "a").encoding == found
    kept, rejects = read(path)
    assert said(kept[0])[0][1] in text.split("\n")[1] and not rejects


def test_mixed_encodings_are_rejected_by_line(tmp_path: Path) -> None:
    good, bad = GERMAN.encode(), "Was heißt groß?;Über 1 m\n".encode("cp1252")
    kept, rejects = read(table(tmp_path, good + bad + "Für wen?;Für alle\n".encode()))
    assert len(kept) == 2
    assert reasons(rejects) == [("invalid UTF-8", 2)]


def test_damage_in_other_encodings(tmp_path: Path) -> None:
    data = (
        GERMAN.encode("utf-16") + "x".encode("utf-16-le") + b"\x00\xd8" + ";y".encode("utf-16-le")
    )
    kept, rejects = read(table(tmp_path, data))
    assert len(kept) == 1
    assert reasons(rejects) == [("invalid utf-16", 2)]


def test_nul_bytes_are_taken_out(tmp_path: Path) -> None:
    kept, _ = read(table(tmp_path, b"question,answer\nWh\x00en?,At nine.\n\x00\x00\x00\n"))
    assert [said(row) for row in kept] == [WHEN]


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "question,answer," + ",".join(map(str, range(1_000_000))) + "\n1,2\n")
    with pytest.raises(DataError, match="1,000,002 columns"):
        read(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "BOMB_BYTES", 1 << 20)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"question,answer\n" + b"a" * (4 << 20)))
    with pytest.raises(DataError, match="is refused: .* bytes of it became more"):
        readers.detect(path)


def test_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(os.urandom(9999))[:5000])
    with pytest.raises(DataError, match="cannot be read to its end"):
        readers.detect(path)


# --- parquet and excel ---------------------------------------------------------------------------


def parquet(folder: Path, rows: list[dict[str, object]]) -> Path:
    path = folder / "a.parquet"
    pyarrow.parquet.write_table(arrow.Table.from_pylist(rows), path)
    return path


def test_parquet_with_columns(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": n, "question": "When?", "answer": "At nine." if n != 1 else None} for n in range(3)
    ]
    path = parquet(tmp_path, rows)
    assert readers.detect(path) == "parquet"
    kept, rejects = read(path)
    assert [said(row) for row in kept] == [WHEN] * 2
    assert origin(kept[1]) == (2, "2", None)
    assert reasons(rejects) == [('no "answer"', 1)]


def test_parquet_with_messages(tmp_path: Path) -> None:
    talk = [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "At nine."}]
    kept, rejects = read(parquet(tmp_path, [{"messages": talk, "more": {"a": None}}]))
    assert [said(row) for row in kept] == [WHEN] and not rejects


def workbook(folder: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_excel(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["Nr", "Frage", None, "Antwort"],
        [1, "When?", None, "At nine."],
    ]
    path = workbook(
        tmp_path, {"Notes": [["nothing", "here"]], "FAQ": [*rows, [], [2, "How many?", 0, 3]]}
    )
    assert readers.detect(path) == "xlsx"
    kept, rejects = read(path)
    assert [said(row) for row in kept] == [WHEN, [("u", "How many?"), ("a", "3")]]
    assert origin(kept[0])[0] == 3
    assert reasons(rejects) == [("sheet without the columns: Notes", 0)]


def test_excel_without_the_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"One": [["x", "y"], ["When?", "At nine."]]})
    with pytest.raises(DataError, match="no column that is known"):
        read(path)
    kept, _ = read(path, Asked(columns={"question": "x", "answer": "y"}))
    assert [said(row) for row in kept] == [WHEN]
