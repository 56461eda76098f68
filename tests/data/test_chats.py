"""Slack, Telegram, Discord, Messenger: people, threads, and whom the bot speaks as."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.data.clean import clean, steps
from chatwright.data.readers import chats
from chatwright.data.readers.source import Asked, NeedsMe, Source
from chatwright.spec.spec import Data

FIXTURES = Path(__file__).parent / "fixtures"
SLACK, DISCORD = FIXTURES / "slack", FIXTURES / "discord" / "help.json"
ONE, ALL = FIXTURES / "telegram" / "result.json", FIXTURES / "telegram" / "full.json"
THREAD = FIXTURES / "messenger" / "inbox" / "jurgen_1"
MEDIA, SYSTEM, BOT, DELETED = chats.NO_TEXT, chats.SYSTEM, chats.BOT, chats.DELETED


def read(path: Path, *me: str, **asked: Any) -> tuple[list[Any], list[tuple[int, str]]]:
    """([(original id, messages)], [(position, reason)])."""
    kept, left_out = [], []
    for row in readers.read(path, path.name, None, Asked(me=me, **asked)):
        assert row.provenance is not None and row.provenance.source == path.name
        if isinstance(row, Reject):
            left_out.append((row.provenance.position, row.reason))
        else:
            said = [(message.role[0], message.content) for message in row.messages]
            kept.append((row.provenance.original_id, said))
    return kept, sorted(left_out)


def zipped(folder: Path, root: Path) -> Path:
    return Path(shutil.make_archive(str(folder / "export"), "zip", root))


def written(folder: Path, value: Any) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(value))
    return path


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (SLACK, "slack"),
        (DISCORD, "discord"),
        (ONE, "telegram"),
        (ALL, "telegram"),
        (THREAD / "message_1.json", "messenger"),
    ],
)
def test_a_file_and_its_zip_are_seen_and_read_the_same(
    tmp_path: Path, path: Path, form: str
) -> None:
    assert readers.detect(path) == form
    me = ("Ines", "Clock Shop", "Desk", "Tea House")
    shutil.copytree(path, tmp_path / "in") if path.is_dir() else (tmp_path / "in").mkdir()
    if not path.is_dir():
        name = "result.json" if form == "telegram" else path.name
        shutil.copy(path, tmp_path / "in" / name)
    packed = zipped(tmp_path, tmp_path / "in")
    assert readers.detect(packed) == form
    assert read(packed, *me) == read(path, *me)
    assert read(path, *me)[0]


# --- Slack ---------------------------------------------------------------------------------------

LIFT = (
    "help/1634200150.000100#help/1634200150.000100",
    [
        ("u", "Does the lift work?"),
        ("a", "It does, see the page (https://desk.example/lift?a=1&b=2)."),
    ],
)
MORNING = (
    "help/1634200150.000100#help/1634286100.000100",
    [("u", "Good morning"), ("a", "Morning @guest!")],
)
PAPER = (
    "help-print/1634200100.000100",
    [("u", "Is there paper?"), ("a", "Yes, in the cupboard.")],
)
FORM = (
    "help/1634200100.000100",
    [
        ("u", "@Ines where is the #help-print form? <urgent>"),
        ("a", "Here: https://desk.example/form"),
        ("u", "Thanks @here"),
    ],
)


@pytest.mark.parametrize("me", ["Ines", "ines holm", "U1"])
def test_slack_threads_are_conversations_and_the_rest_is_cut_at_silences(me: str) -> None:
    kept, left_out = read(SLACK, me)
    assert kept == [PAPER, LIFT, MORNING, FORM]
    assert left_out == [(2, SYSTEM), (7, BOT), (8, BOT), (9, MEDIA)]


@pytest.mark.parametrize("me", ["Helper", "U9", "B9", "A9"])
def test_the_bot_may_speak_as_its_own_app(me: str) -> None:
    kept, left_out = read(SLACK, me)
    assert ("a", "I can help: desk@desk.example") in dict(kept)["help/1634200100.000100"]
    assert (7, BOT) in left_out and (8, BOT) not in left_out


def test_a_slack_folder_is_one_file_among_others(tmp_path: Path) -> None:
    shutil.copytree(SLACK, tmp_path / "export")
    shutil.copy(ONE, tmp_path / "result.json")
    (tmp_path / ".imports.json").write_text("{}")
    assert readers.files([tmp_path]) == [tmp_path / "export", tmp_path / "result.json"]
    (tmp_path / "export" / "channels.json").unlink()
    assert len(readers.files([tmp_path / "export"])) == 4, "a folder of files"


def test_an_empty_slack_export_is_empty(tmp_path: Path) -> None:
    for name in ("users.json", "channels.json"):
        (tmp_path / name).write_text("[]")
    assert readers.detect(tmp_path) == "slack"
    assert read(tmp_path) == ([], [])
    with pytest.raises(DataError, match="no export of Slack"):
        list(readers.read(ONE, "x", "slack"))


# --- Telegram ------------------------------------------------------------------------------------


def test_one_telegram_chat() -> None:
    kept, left_out = read(ONE, "Clock Shop")
    assert kept == [
        (
            "4711/2#4711/2",
            [
                ("u", "Do you repair clocks?"),
                ("a", "Yes, see https://clocks.example or call the shop."),
            ],
        ),
        ("4711/2#4711/5", [("u", "Still open?"), ("a", "Until midnight.")]),
    ]
    assert left_out == [(0, SYSTEM), (3, MEDIA)]


def test_a_whole_telegram_account_by_name_and_by_id() -> None:
    kept, _ = read(ALL, "user77")
    assert kept == read(ALL, "Clock Shop")[0]
    assert kept == [
        ("5/1", [("u", "Hello?"), ("a", "Hello!")]),
        ("77/3", [("a", "buy oil")]),
        ("9/4", [("u", "Anyone?"), ("a", "Here.")]),
    ]
    rows = list(readers.read(ALL, "a", None, Asked(me=("Clock Shop",))))
    assert [clean(r, steps(Data())) for r in rows if isinstance(r, Conversation)][
        1
    ] == "no user turn"
    assert rows[0].provenance is not None
    assert rows[0].provenance.time == "2022-01-01T00:00:00+00:00"


# --- Discord -------------------------------------------------------------------------------------

GLUE = ("101#101", [("u", "@Desk how do I glue felt? :felt:"), ("a", "With fabric glue.")])
WOOD = ("101#105", [("u", "And wood?"), ("a", "Wood glue.")])


@pytest.mark.parametrize("me", ["Desk", "deskperson", "12"])
def test_discord(me: str) -> None:
    assert read(DISCORD, me) == ([GLUE, WOOD], [(0, SYSTEM), (2, BOT), (4, MEDIA)])


def test_discord_newest_first_is_turned_round(tmp_path: Path) -> None:
    value = json.loads(DISCORD.read_text())
    value["messages"].reverse()
    kept, _ = read(written(tmp_path, value), "Desk")
    assert kept == [GLUE, WOOD]


def test_a_discord_bot_may_be_the_one() -> None:
    kept, left_out = read(DISCORD, "Music")
    assert ("a", "Now playing") in kept[0][1]
    assert left_out == [(0, SYSTEM), (4, MEDIA)]


# --- Messenger -----------------------------------------------------------------------------------

TEA = [
    ("u", "Habt ihr grünen Tee? 🍵"),
    ("a", "Ja, drei Sorten."),
    ("u", "Welche ist mild?"),
]
MILD = ("a", "Die erste: „Frühling“.")
THANKS = [("u", "Danke"), ("a", "Gern!")]


def test_messenger_files_alone_and_a_thread_in_a_zip(tmp_path: Path) -> None:
    (old, _), (new, left_out) = (read(THREAD / f"message_{n}.json", "Tea House") for n in (2, 1))
    assert [said for _, said in old] == [TEA]
    assert [said for _, said in new] == [[MILD], THANKS]
    assert left_out == [(2, DELETED), (3, SYSTEM), (4, MEDIA), (5, MEDIA)]
    kept, _ = read(zipped(tmp_path, FIXTURES / "messenger"), "Tea House")
    assert [said for _, said in kept] == [[*TEA, MILD], THANKS]
    thread, _, own = kept[0][0].partition("#")
    assert thread == own == "inbox/jurgen_1/1634200000000"
    assert kept[1][0].startswith(f"{thread}#inbox/jurgen_1/")


def test_messenger_names_are_mended_for_me_too() -> None:
    kept, _ = read(THREAD / "message_2.json", "Jürgen Wołk")
    assert [role for role, _ in kept[0][1]] == ["a", "u", "a"]


@pytest.mark.parametrize("text", ["schön", "日本", "Ã", "caf\u00c3", "x\ud83d"])
def test_text_that_was_never_broken_stays(tmp_path: Path, text: str) -> None:
    value = json.loads((THREAD / "message_2.json").read_text())
    value["messages"][0]["content"] = text
    kept, _ = read(written(tmp_path, value), "Tea House")
    assert kept[0][1][-1] == ("u", text.replace("\ud83d", "?"))


# --- whom the bot speaks as ----------------------------------------------------------------------


@pytest.mark.parametrize("me", [(), ("Nobody",)])
def test_nobody_said_who_the_bot_is(me: tuple[str, ...]) -> None:
    with pytest.raises(NeedsMe) as caught:
        read(ONE, *me)
    assert caught.value.speakers == [("Mira Stone", 2), ("Clock Shop", 2)]
    assert str(caught.value) == (
        f"{ONE} is a chat between Mira Stone (2), Clock Shop (2); who does the bot speak as? "
        'Run again with --me "Mira Stone", or write me = ["Mira Stone"] under [data] in bot.toml.'
    )


def test_many_speakers_are_not_all_named() -> None:
    speakers = [(f"P{n}", 2000 - n) for n in range(8)]
    assert "P4 (1,996) and 3 more; who" in NeedsMe(Path("x"), speakers).problem


def test_several_people_may_be_the_bot() -> None:
    kept, _ = read(SLACK, "Ines", "Helper")
    assert [role for role, _ in dict(kept)["help/1634200100.000100"]] == ["u", "a", "a", "u"]


def test_nothing_but_rejects_asks_for_nobody(tmp_path: Path) -> None:
    value = json.loads(ONE.read_text())
    value["messages"] = value["messages"][:1]
    assert read(written(tmp_path, value)) == ([], [(0, SYSTEM)])
    value["messages"] = []
    assert read(written(tmp_path, value)) == ([], [])


def test_the_length_of_a_silence_is_asked() -> None:
    assert len(read(ONE, "Clock Shop", gap_hours=8.4)[0]) == 2
    assert len(read(ONE, "Clock Shop", gap_hours=8.5)[0]) == 1


def said(*times: str | None) -> list[Any]:
    me = Asked(me=("A",))
    rows = [chats.Said("A", str(n), time) for n, time in enumerate(times)]
    return list(chats.conversations(rows, Source(Path("x"), "x"), me, 7))


def test_pieces_of_a_thread_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "MAX_TURNS", 1)
    assert [row.provenance.original_id for row in said(None, None)] == ["x:7#0", "x:7#1"]
    assert [row.provenance.original_id for row in said(None)] == [None]


def test_times_that_are_missing_or_mixed_do_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(said(None, "2021-10-14T10:00:00", "soon", "2021-10-20T10:00:00")) == 1
    assert len(said("2021-10-14T10:00:00", "2021-10-14T12:00:00+00:00", "2021-10-15")) == 2
    monkeypatch.setattr(chats, "MAX_TURNS", 2)
    assert [len(row.messages) for row in said(None, None, None)] == [2, 1]


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [DISCORD, ONE, ALL, THREAD / "message_1.json"])
def test_an_export_cut_short(tmp_path: Path, path: Path) -> None:
    cut = tmp_path / "a.json"
    cut.write_text(path.read_text()[:-60])
    form = readers.detect(cut)
    assert form == readers.detect(path)
    with pytest.raises(DataError, match="not whole or not valid JSON"):
        list(readers.read(cut, "a", form, Asked(me=("Desk", "Clock Shop", "Tea House"))))


@pytest.mark.parametrize(
    ("path", "key"),
    [(DISCORD, "author"), (ONE, "text"), (THREAD / "message_2.json", "sender_name")],
)
def test_messages_of_another_shape_are_rejects(tmp_path: Path, path: Path, key: str) -> None:
    value = json.loads(path.read_text())
    strange = [7, None, ["x"], {}, {key: 7}, {key: None}, {key: [7, {"text": 7}]}]
    many = len(value["messages"])
    value["messages"] += strange
    me = ("Desk", "Clock Shop", "Tea House")
    kept, left_out = read(written(tmp_path, value), *me)
    assert kept == read(path, *me)[0]
    assert [where for where, _ in left_out if where >= many] == [many + n for n in range(7)]


def test_strange_slack_messages_are_rejects(tmp_path: Path) -> None:
    shutil.copytree(SLACK, tmp_path / "s")
    strange = [
        7,
        None,
        {},
        {"type": "file"},
        {"text": "x", "bot_id": "B1"},
        {"user": "U1", "text": 0},
    ]
    (tmp_path / "s" / "help" / "2021-10-16.json").write_text(json.dumps(strange))
    (tmp_path / "s" / "users.json").write_text('[7, {"name": "no id"}, {"id": "U1"}]')
    _, left_out = read(tmp_path / "s", "U1")
    assert [reason for where, reason in left_out if where > 12] == [
        *["not a message"] * 2,
        MEDIA,
        "not a message",
        BOT,
        MEDIA,
    ]
