"""JSON records with a question and an answer, a pair of replies, or a judgement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.data.rows import FIXTURES, origin, read, reasons, said

from chatwright.core.errors import DataError
from chatwright.data import readers
from chatwright.data.readers import objects
from chatwright.data.readers.source import Asked

ASK, REPLY = ("u", "When do you open?"), ("a", "At nine.")


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


@pytest.mark.parametrize("name", ["alpaca", "preference", "kto", "completion"])
def test_the_format_is_seen(name: str) -> None:
    assert readers.detect(FIXTURES / f"{name}.jsonl") == name


def test_alpaca() -> None:
    kept, rejects = read("alpaca.jsonl")
    assert said(kept[0]) == [("u", "Say when the library opens.\nOn Monday."), ("a", "At nine.")]
    assert origin(kept[0]) == (0, "3", None)
    assert said(kept[1]) == [
        ("s", "Be brief."),
        ("u", "When do you open?"),
        ("a", "At nine."),
        ("u", "Every day?"),
        ("a", "On weekdays."),
        ("u", "And on Sunday?"),
        ("a", "It is closed."),
    ]
    assert said(kept[2])[0] == ("u", "Summarise.\nThe hall is shut for repairs.")
    assert reasons(rejects) == [("the history is no list of questions and answers", 3)]


def test_every_shape_of_a_preference_gives_the_same() -> None:
    kept, rejects = read("preference.jsonl")
    assert len(kept) == 8 and not rejects
    assert [(said(row), row.rejected) for row in kept] == [([ASK, REPLY], "Sometime.")] * 8


def test_a_prompt_implied_by_two_texts(tmp_path: Path) -> None:
    path = lines(tmp_path, {"chosen": "The sky is blue.", "rejected": "The sky is green."})
    kept, _ = read(path)
    assert said(kept[0]) == [("u", "The sky is"), ("a", " blue.")]
    assert kept[0].rejected == " green."


def test_sides_that_part_early_are_cut_where_they_part(tmp_path: Path) -> None:
    def side(reply: str) -> list[dict[str, str]]:
        roles = ("user", "assistant", "user", "assistant")
        texts = ("Hi", reply, "Bye", "Bye.")
        return [{"role": r, "content": t} for r, t in zip(roles, texts, strict=True)]

    kept, _ = read(lines(tmp_path, {"chosen": side("Hello"), "rejected": side("What?")}))
    assert said(kept[0]) == [("u", "Hi"), ("a", "Hello")]
    assert kept[0].rejected == "What?"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"prompt": "x", "chosen": "a", "rejected": "a"}, "reply are the same"),
        ({"prompt": "x", "chosen": "a", "rejected": ""}, "a side of the pair is empty"),
        ({"chosen": "one", "rejected": "two"}, "no prompt"),
        ({"chosen": [{"role": "user", "content": "a"}], "rejected": "b"}, "no prompt"),
        ({"prompt": "x", "chosen": 7, "rejected": "b"}, "content is not text"),
        (
            {"prompt": "x", "chosen": "a", "rejected": [{"role": "user", "content": "b"}]},
            "do not part at a reply",
        ),
    ],
)
def test_a_bad_pair_is_told(tmp_path: Path, row: object, reason: str) -> None:
    kept, rejects = read(lines(tmp_path, row))
    assert not kept and len(rejects) == 1
    assert reason in rejects[0].reason


def test_kto() -> None:
    kept, rejects = read("kto.jsonl")
    assert [(said(row)[-1][1], row.label) for row in kept] == [
        ("At nine.", True),
        ("Sometime.", False),
        ("Now.", False),
    ]
    assert origin(kept[0])[1] == "k1"
    assert reasons(rejects) == [("the label is neither true nor false", 3)]


def test_prompt_and_completion() -> None:
    kept, rejects = read("completion.jsonl")
    assert said(kept[0]) == [ASK, REPLY]
    assert origin(kept[0]) == (0, "7", "2024-05-01T09:30:00+00:00")
    assert said(kept[1]) == [("s", "Be brief."), ("u", "When?"), REPLY]
    assert reasons(rejects) == [('no "completion"', 2)]


def test_other_names_for_question_and_answer(tmp_path: Path) -> None:
    kept, _ = read(lines(tmp_path, {"Frage": "Wann?", "Antwort": "Um neun."}))
    assert said(kept[0]) == [("u", "Wann?"), ("a", "Um neun.")]
    path = lines(tmp_path, {"q1": "no", "asked_of_us": "When?", "we_said": "At nine."}, 7)
    with pytest.raises(DataError, match="none of the known formats"):
        readers.detect(path)
    asked = Asked(columns={"question": "asked of us", "answer": "3"})
    found = list(readers.read(path, "x", "completion", asked))
    assert said(found[0]) == [("u", "When?"), ("a", "At nine.")]  # type: ignore[arg-type]
    assert reasons(found[1:]) == [("not a JSON object", 1)]  # type: ignore[arg-type]


def test_one_message_per_record(tmp_path: Path) -> None:
    rows = [("a", "user", "Hi"), ("b", "user", "Yo"), ("a", "assistant", "Hello")]
    named = [dict(zip(("conversation_id", "role", "content"), row, strict=True)) for row in rows]
    kept, _ = read(lines(tmp_path, *named))
    assert [said(row) for row in kept] == [[("u", "Hi"), ("a", "Hello")], [("u", "Yo")]]


def test_records_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    row = {"prompt": "When?", "completion": "Now."}
    path.write_text(json.dumps(row, indent=2) + "\n" + json.dumps(row, indent=2))
    kept, rejects = read(path)
    assert [said(row)[1] for row in kept] == [("a", "Now.")] * 2 and not rejects


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        ('{"prompt": "b", "completion": ' + "[" * 100_000, "nested more than 200 deep"),
        ("{]", "not valid JSON from here on"),
        ('{"n": 1' + "0" * 5000 + "}]", "not valid JSON from here on"),
        ('{"prompt": "' + "x" * 2000 + '"}]', "a record larger than 0 MiB"),
    ],
)
def test_an_array_that_breaks_is_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tail: str, reason: str
) -> None:
    if "larger" in reason:
        monkeypatch.setattr(objects, "MAX_LINE", 1000)
        monkeypatch.setattr(objects, "PIECE", 100)
    path = tmp_path / "a.json"
    path.write_text('[{"prompt": "a", "completion": "b"}, ' + tail)
    kept, rejects = read(path)
    assert len(kept) == 1
    assert reasons(rejects) == [(reason, 1)]
