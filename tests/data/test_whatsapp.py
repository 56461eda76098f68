"""WhatsApp: the spellings of its locales, and what the phone wrote by itself."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.data.readers import chats, whatsapp
from chatwright.data.readers.source import Asked

FIXTURES = Path(__file__).parent / "fixtures" / "whatsapp"
MEDIA, SYSTEM, DELETED = chats.NO_TEXT, chats.SYSTEM, chats.DELETED
ME = Asked(me=("Desk",))


def read(path: Path, asked: Asked) -> tuple[list[Conversation], list[tuple[int, str]]]:
    rows = list(readers.read(path, path.name, None, asked))
    kept = [row for row in rows if isinstance(row, Conversation)]
    out = [(r.provenance.position, r.reason) for r in rows if isinstance(r, Reject)]
    return kept, out


def text(conversation: Conversation) -> list[tuple[str, str]]:
    return [(message.role[0], message.content) for message in conversation.messages]


def when(conversation: Conversation) -> tuple[int, str | None]:
    assert conversation.provenance is not None
    return conversation.provenance.position, conversation.provenance.time


def chat(folder: Path, *lines: str) -> Path:
    path = folder / "chat.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


# name: (whom the bot speaks as, conversations as (line, time, messages), rejects as (line, reason))
LOCALES: dict[
    str, tuple[str, list[tuple[int, str, list[tuple[str, str]]]], list[tuple[int, str]]]
] = {
    "ios-us": (
        "Museum Desk",
        [
            (
                1,
                "2021-10-14T15:34:09",
                [
                    ("u", "Hello, are you open on Monday?\nAnd do I need a ticket?"),
                    ("a", "Yes, from 10 to 6."),
                    ("a", "Entry is free."),
                    ("u", "The flyer"),
                ],
            ),
            (
                8,
                "2021-10-15T00:05:00",
                [
                    ("u", "Is there parking?"),
                    ("a", "Behind the house: see https://museum.example/map"),
                ],
            ),
        ],
        [(0, SYSTEM), (3, MEDIA), (7, DELETED), (10, SYSTEM)],
    ),
    "ios-de": (
        "Werkstatt Nord",
        [
            (
                1,
                "2021-10-14T15:34:09",
                [("u", "Ist mein Rad fertig?"), ("a", "Ja, ab 16:00 können Sie es holen.")],
            )
        ],
        [(0, SYSTEM), (2, MEDIA), (4, MEDIA)],
    ),
    "android-de": (
        "Töpferei Lehmann",
        [
            (
                1,
                "2022-02-01T09:15:00",
                [
                    ("u", "Guten Morgen!"),
                    ("u", "Haben Sie noch Plätze für den Töpferkurs?"),
                    (
                        "a",
                        "Für März ist alles voll, das ist ausgeschlossen.\nIm April sind noch "
                        "zwei Plätze frei:\n- Samstag 10:00\n- Sonntag 14:00",
                    ),
                ],
            ),
            (
                11,
                "2022-02-02T10:00:00",
                [
                    ("u", "Dann bitte Samstag."),
                    ("a", "Gern, ist eingetragen."),
                    ("a", "So sieht der Raum aus."),
                ],
            ),
        ],
        [(0, SYSTEM), (3, MEDIA), (8, DELETED), (9, SYSTEM), (10, SYSTEM)],
    ),
    "android-ja": (
        "花屋みつば",
        [
            (
                1,
                "2021-10-14T15:34:00",
                [
                    ("u", "こんにちは。明日の予約はできますか？"),
                    ("a", "はい、何時ごろがよろしいでしょうか。"),
                    ("u", "午後三時でお願いします。"),
                    ("a", "承知しました。\nお待ちしております。"),
                ],
            )
        ],
        [(0, SYSTEM), (2, MEDIA), (7, DELETED)],
    ),
    "ios-ja": (
        "花屋みつば",
        [
            (1, "2021-10-14T15:34:09", [("u", "開店は何時ですか？")]),
            (3, "2021-10-15T00:10:00", [("a", "九時です。")]),
        ],
        [(0, SYSTEM), (2, MEDIA)],
    ),
    "android-us": (
        "Pool Desk",
        [
            (
                0,
                "2023-05-20T20:28:00",
                [
                    ("u", "Is the pool heated?"),
                    ("a", "It is, 28 degrees."),
                    ("u", "Great"),
                    ("a", "See you!"),
                ],
            )
        ],
        [],
    ),
    "android-es": (
        "Panadería Sol",
        [(0, "2017-06-20T20:28:00", [("u", "¿Abren hoy?"), ("a", "Sí, hasta las nueve.")])],
        [(1, MEDIA), (3, DELETED)],
    ),
    "android-ca": (
        "Desk",
        [
            (
                0,
                "2023-12-20T17:46:00",
                [("a", "Hi there"), ("u", "Is it snowing?"), ("a", "A little.")],
            )
        ],
        [],
    ),
    "android-zh": (
        "书店",
        [
            (0, "2021-10-14T15:34:00", [("u", "请问几点关门？"), ("a", "晚上九点。")]),
            (3, "2021-10-15T00:10:00", [("u", "谢谢")]),
            (4, "2021-10-15T09:00:00", [("a", "不客气！")]),
        ],
        [(1, MEDIA)],
    ),
    "ios-ko": (
        "찻집",
        [
            (
                0,
                "2021-10-14T15:34:09",
                [("u", "오늘 영업하나요?"), ("a", "네, 여덟 시까지 합니다.")],
            )
        ],
        [],
    ),
    "android-ar": (
        "المتجر",
        [(0, "2021-10-14T15:34:00", [("u", "هل المتجر مفتوح؟"), ("a", "نعم، حتى التاسعة.")])],
        [(1, MEDIA)],
    ),
    "ios-fi": (
        "Kirjasto",
        [
            (
                0,
                "2022-03-12T14:08:18",
                [("u", "Onko kirjasto auki?"), ("a", "On, kello kuuteen asti.")],
            )
        ],
        [],
    ),
    "android-fr": (
        "fournil",
        [
            (
                0,
                "2021-10-14T15:34:00",
                [
                    ("u", "Bonjour, avez-vous du pain de seigle ?"),
                    ("a", "Oui, il en reste deux."),
                ],
            )
        ],
        [(1, MEDIA)],
    ),
}


@pytest.mark.parametrize("name", list(LOCALES))
def test_the_spellings_of_a_locale(name: str) -> None:
    me, expected, left_out = LOCALES[name]
    path = FIXTURES / f"{name}.txt"
    assert readers.detect(path) == "whatsapp"
    kept, rejects = read(path, Asked(me=(me,)))
    assert [(*when(row), text(row)) for row in kept] == expected
    assert sorted(rejects) == left_out


def test_every_fixture_is_looked_at() -> None:
    assert {path.stem for path in FIXTURES.iterdir()} == {*LOCALES, "unclear-dates"}


@pytest.mark.parametrize("inner", ["_chat.txt", "WhatsApp Chat mit Greta Sommer.txt"])
def test_a_zip_reads_as_its_text(tmp_path: Path, inner: str) -> None:
    plain = FIXTURES / "android-de.txt"
    packed = tmp_path / "chat.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("IMG-20220202-WA0001.jpg", b"\xff\xd8")
        box.writestr("notes.txt", "a document that somebody sent")
        box.write(plain, inner)
    asked = Asked(me=("Töpferei Lehmann",))
    assert readers.detect(packed) == "whatsapp"
    (one, out), (two, left) = read(packed, asked), read(plain, asked)
    assert [text(row) for row in one] == [text(row) for row in two] and one
    assert out == left
    assert {row.provenance.source for row in one if row.provenance} == {"chat.zip"}


# --- which number is the day ---------------------------------------------------------------------


def test_unclear_dates_are_asked_for() -> None:
    path = FIXTURES / "unclear-dates.txt"
    with pytest.raises(DataError, match="5/6/21 is day/month or month/day.*--date-order dmy"):
        read(path, ME)
    by_day, _ = read(path, Asked(me=("Desk",), date_order="dmy"))
    by_month, _ = read(path, Asked(me=("Desk",), date_order="mdy"))
    assert [when(row)[1] for row in by_day] == ["2021-06-05T15:34:00", "2021-06-06T09:00:00"]
    assert [when(row)[1] for row in by_month] == ["2021-05-06T15:34:00", "2021-06-06T09:00:00"]


@pytest.mark.parametrize(
    ("dates", "asked", "first"),
    [
        (["5/6/21", "13/6/21"], "", "2021-06-05"),  # there is no thirteenth month
        (["5/6/21", "6/13/21"], "", "2021-05-06"),
        (["11/3/21", "12/3/21", "1/4/21"], "", "2021-03-11"),  # else time would run backwards
        (["6/30/21", "7/1/21"], "dmy", "2021-06-30"),  # what cannot be is not believed
        (["5.6.21", "6.6.21"], "", "2021-06-05"),  # nobody writes the month first with dots
        (["05-06-21", "06-06-21"], "", "2021-06-05"),
        (["4/4/21", "5/5/21"], "", "2021-04-04"),  # both say the same
        (["21/6/5", "21/6/30"], "", "2021-06-05"),
        (["12/8/16", "13/8/16"], "", "2016-08-12"),  # not the eighth month of 2012
        (["12/8/16", "13/8/16"], "ymd", "2012-08-16"),  # unless somebody says so
        (["2021/6/5", "2021/6/6"], "", "2021-06-05"),
        (["2021. 6. 5.", "2021. 6. 6."], "", "2021-06-05"),
    ],
)
def test_the_whole_file_decides_on_the_order(
    tmp_path: Path, dates: list[str], asked: str, first: str
) -> None:
    path = chat(tmp_path, *(f"{day}, 10:00 - Desk: hi" for day in dates))
    kept, _ = read(path, Asked(me=("Desk",), date_order=asked))
    time = when(kept[0])[1]
    assert time and time[:10] == first


@pytest.mark.parametrize(
    ("clock", "hour"),
    [
        ("12:05 AM", "00:05"),
        ("12:05 pm", "12:05"),
        ("1:05 p.\u00a0m.", "13:05"),
        ("1:05\u202fμ.μ.", "13:05"),
        ("ÖS 1:05", "13:05"),
        ("1:05 CH", "13:05"),
        ("13:05", "13:05"),
        ("13.05", "13:05"),
    ],
)
def test_halves_of_the_day(tmp_path: Path, clock: str, hour: str) -> None:
    kept, _ = read(chat(tmp_path, f"14/10/21, {clock} - Desk: hi"), ME)
    assert when(kept[0]) == (0, f"2021-10-14T{hour}:00")


# --- what is said, and what is not ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a.jpg (file attached)", None),
        ("a.pdf (Datei angehängt)\nthe bill", "the bill"),
        ("see the bill (file attached)", "see the bill (file attached)"),
        ("\u200eBill.pdf • \u200e3 pages \u200e<attached: 1-Bill.pdf>", None),
        ("<i> is a tag", "<i> is a tag"),
        ("Ausgeschlossen.", "Ausgeschlossen."),
        ("GIF omitted", None),
        ("sticker weggelassen", None),
        ("This message was deleted.", None),
        ("I said: This message was deleted.", "I said: This message was deleted."),
        ("ok <This message was edited>", "ok"),
        ("14/10/21 is fine", "14/10/21 is fine"),
        ("one\n\n[14/10/21, 10:00:00] Somebody: a copied line\ntwo", None),
    ],
)
def test_words_of_people_and_of_the_phone(tmp_path: Path, said: str, kept: str | None) -> None:
    path = chat(tmp_path, "14/10/21, 10:00 - Desk: hello", f"14/10/21, 10:01 - Ada: {said}")
    (row,), _ = read(path, ME)
    if "copied" in said:  # in the other of the two styles: part of the message
        kept = said
    assert text(row) == [("a", "hello"), *([("u", kept)] if kept else [])]


def test_lines_that_belong_to_nobody(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(
        b"14/10/21, 10:00 - Desk: hi\n14/10/21, 10:01 - Ada: \xff\n99/99/21, 10:02 - x\n"
    )
    (row,), rejects = read(path, ME)
    assert text(row) == [("a", "hi\n99/99/21, 10:02 - x")]
    assert rejects == [(1, "invalid UTF-8")]


def test_a_message_without_end_takes_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatsapp, "MAX_TEXT", 100)
    path = chat(tmp_path, "14/10/21, 10:00 - Desk: hi", "14/10/21, 10:01 - Ada: x", *["more"] * 99)
    (row,), rejects = read(path, ME)
    assert text(row) == [("a", "hi")]
    assert rejects == [(1, "a message longer than 100 characters")]


def test_other_text_is_no_chat(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Opening hours: 10:00 - 18:00\n")
    assert readers.files([tmp_path]) == [], "text in a folder of data is not ours"
    with pytest.raises(DataError, match="none of the known formats"):
        readers.detect(tmp_path / "notes.txt")
    rows = list(readers.read(tmp_path / "notes.txt", "n", "whatsapp", ME))
    assert [re.sub(r" .*", "", r.reason) for r in rows if isinstance(r, Reject)] == ["text"]
    chat(tmp_path, "14/10/21, 10:00 - Desk: hi")
    assert readers.files([tmp_path]) == [tmp_path / "chat.txt"]
