"""A dataset: the same from the same files, split for good, and nothing dropped in silence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Message, Provenance
from chatwright.data import readers
from chatwright.data.dataset import SPLITS, Dataset, build, from_row, load, to_row
from chatwright.spec import Spec


def row(number: int | str, answer: str = "fine", **more: Any) -> str:
    said = [
        {"role": "user", "content": f"question {number}"},
        {"role": "assistant", "content": answer},
    ]
    return json.dumps({"messages": said, **more})


def write(spec: Spec, name: str, lines: Sequence[str]) -> Path:
    path = spec.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return path


def contents(dataset: Dataset) -> dict[str, list[str]]:
    return {name: [c.messages[0].content for c in dataset.split(name)] for name in SPLITS}


def rejected(dataset: Dataset) -> list[dict[str, Any]]:
    text = (dataset.folder / "rejected.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def with_data(spec: Spec, **data: Any) -> Spec:
    return Spec(**{**spec.model_dump(), "data": data, "folder": spec.folder})


def test_every_row_is_kept_or_told_of(spec: Spec) -> None:
    lines = [
        *(row(n, id=f"row-{n}") for n in range(200)),
        "{broken",
        row(5),
        row("  5 "),
        json.dumps({"messages": [{"role": "user", "content": "alone"}]}),
        row("x" * 30_000),
    ]
    write(spec, "data/a.jsonl", lines)
    dataset = build(spec)
    counts = dataset.counts
    assert counts["read"] == len(lines)
    assert sum(counts[name] for name in SPLITS) == 200
    assert counts["rejected"] == {
        "exact duplicate": 2,
        "not valid JSON": 1,
        "no assistant turn": 1,
        "a message longer than 20,000 characters": 1,
    }
    for name in SPLITS:
        assert len(dataset.split(name)) == counts[name]
    assert [(r["reason"], r["provenance"]["position"]) for r in rejected(dataset)] == [
        ("not valid JSON", 200),
        ("exact duplicate", 201),
        ("exact duplicate", 202),
        ("no assistant turn", 203),
        ("a message longer than 20,000 characters", 204),
    ]
    assert all(len(r["excerpt"]) < 300 for r in rejected(dataset))
    found = {c.provenance for name in SPLITS for c in dataset.split(name)}
    assert found == {Provenance("data/a.jsonl", n, f"row-{n}") for n in range(200)}


def test_the_same_files_give_the_same_dataset(spec: Spec, tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(spec, f"data/{name}.jsonl", [row(f"{name}{n}") for n in range(50)])
    first = build(spec)
    elsewhere = Spec(**{**spec.model_dump(), "folder": tmp_path / "elsewhere"})
    for name in ("a", "b"):
        write(elsewhere, f"data/{name}.jsonl", [row(f"{name}{n}") for n in range(50)])
    second = build(elsewhere)
    assert second.id == first.id and second.folder != first.folder
    for name in (*(f"{s}.jsonl" for s in SPLITS), "rejected.jsonl", "dataset.json"):
        assert (second.folder / name).read_bytes() == (first.folder / name).read_bytes()


def test_an_unchanged_input_is_not_read_again(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(spec, "data/a.jsonl", [row(n) for n in range(50)])
    first = build(spec)
    read = readers.read
    monkeypatch.setattr(readers, "read", None)
    assert build(spec) == first == load(first.folder)
    monkeypatch.setattr(readers, "read", read)
    path.write_text(path.read_text() + row("new") + "\n")
    second = build(spec)
    assert second.id != first.id and second.counts["read"] == 51
    assert build(with_data(spec, max_message_chars=19)).id == second.id, "nothing is that long"
    assert not list(first.folder.parent.glob(".building-*"))


def test_a_dataset_that_was_deleted_is_made_again(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(n) for n in range(50)])
    first = build(spec)
    (first.folder / "dataset.json").unlink()  # as a crash might leave it
    assert build(spec) == first


def test_rows_stay_where_they_are_when_data_grows(spec: Spec) -> None:
    path = write(spec, "data/a.jsonl", [row(n) for n in range(300)])
    before = contents(build(spec))
    write(spec, "data/0-first.jsonl", [row(f"new {n}") for n in range(300)])
    path.write_text("\n".join(row(n) for n in reversed(range(300))))
    after = contents(build(spec))
    for name in SPLITS:
        assert set(before[name]) <= set(after[name])
    assert sum(map(len, after.values())) == 600


def test_shares_are_about_what_was_asked(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(n) for n in range(2000)])
    counts = build(with_data(spec, development_share=0.1, test_share=0.2)).counts
    assert counts["dev"] == pytest.approx(200, abs=45)
    assert counts["test"] == pytest.approx(400, abs=60)
    whole = build(with_data(spec, test_share=0))
    assert whole.counts["test"] == 0 and whole.held_out == "dev"


def test_what_is_kept_for_evaluation_is_never_trained_on(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(n) for n in range(100)])
    write(spec, "evaluation/b.jsonl", [row(n) for n in range(90, 110)])
    dataset = build(spec)
    found = contents(dataset)
    assert found["test"] == [f"question {n}" for n in range(90, 110)]
    assert dataset.held_out == "test"
    assert not set(found["test"]) & set(found["train"] + found["dev"])
    assert dataset.counts["rejected"] == {"exact duplicate": 10}
    assert all(r["provenance"]["source"] == "data/a.jsonl" for r in rejected(dataset))


def test_formats_can_be_mixed(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(1)])
    write(spec, "data/b.qna", ["# ? Hi", "```", "Hello", "```"])
    write(spec, "data/deep/c.csv", ["question,answer", "Open?,Nine."])
    write(spec, "data/notes.txt", ["not data"])
    dataset = build(with_data(spec, development_share=0.001, test_share=0))
    assert sorted(contents(dataset)["train"]) == ["Hi", "Open?", "question 1"]
    about = json.loads((dataset.folder / "dataset.json").read_text())
    assert about["formats"] == {
        "data/a.jsonl": "messages",
        "data/b.qna": "qna",
        "data/deep/c.csv": "csv",
    }


def test_text_that_utf8_cannot_hold_does_not_stop_the_rest(spec: Spec) -> None:
    """JSON may escape half a character; a file cannot hold it."""
    lines = [
        row(1, "half \ud83d done", id="\ud800"),
        row(2, "\udfff"),
        row("\ud800" * 30_000),
        json.dumps({"messages": "\ud800"}),
        json.dumps({"messages": [{"role": "\ud800", "content": "x"}]}),
        '{"\ud800": 1'.encode("utf-8", "replace").decode(),
    ]
    path = write(spec, "data/a.jsonl", lines)
    path.write_bytes(path.read_bytes() + b'{"messages": "\xff"}\n')
    dataset = build(with_data(spec, development_share=0.001, test_share=0))
    assert [c.messages[1].content for c in dataset.split("train")] == ["half done"]
    assert dataset.counts["read"] == 7 and len(rejected(dataset)) == 6
    assert dataset.counts["rejected"]["invalid UTF-8"] == 1


def test_a_message_of_10_mb_is_told_of_not_trained_on(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(1), row("x" * (10 << 20)), row(2)])
    dataset = build(with_data(spec, development_share=0.001, test_share=0))
    assert dataset.counts["train"] == 2
    assert [len(r["excerpt"]) for r in rejected(dataset)] == [len("x" * 80 + " | fine")]


def test_nothing_there_is_said(spec: Spec) -> None:
    with pytest.raises(DataError, match="does not exist"):
        build(spec)
    (spec.folder / "data").mkdir()
    with pytest.raises(DataError, match="There are no conversations in") as caught:
        build(spec)
    assert "chatwright import" in caught.value.next_step
    write(spec, "data/notes.txt", ["not data"])
    with pytest.raises(DataError, match="There are no conversations in"):
        build(spec)


def test_nothing_left_is_said_with_the_reasons(spec: Spec) -> None:
    write(spec, "data/a.jsonl", ['{"messages": []}', '{"messages": 1}', '{"messages": []}'])
    with pytest.raises(DataError, match="3 rows read, 3 rejected") as caught:
        build(spec)
    assert "no assistant turn: 2" in caught.value.problem
    assert not list((spec.made / "datasets").glob(".building-*"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("data/b.jsonl.gz", b"\x1f\x8b\x08\x00 not really", "cannot be read to its end"),
        ("data/b.jsonl", b"", "is empty"),
        ("data/b.json", b'{"some": "thing"}', "none of the known formats"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_build(
    spec: Spec, name: str, content: bytes, words: str
) -> None:
    write(spec, "data/a.jsonl", [row(n) for n in range(20)])
    (spec.folder / name).write_bytes(content)
    with pytest.raises(DataError, match=words) as caught:
        build(spec)
    assert Path(name).name in caught.value.problem
    assert not list((spec.made / "datasets").glob("*")), "something half-made is left"


def test_files_outside_of_the_bot_can_be_named(spec: Spec, tmp_path: Path) -> None:
    inside = Spec(**{**spec.model_dump(), "folder": tmp_path / "bot"})
    shared = tmp_path / "shared.jsonl"
    shared.write_text("\n".join(row(n) for n in range(50)))
    dataset = build(with_data(inside, paths=[str(shared)]))
    assert dataset.split("train")[0].provenance.source == str(shared)  # type: ignore[union-attr]


def test_a_row_comes_back_as_it_was() -> None:
    whole = Conversation(
        (Message("user", "\u2028 a"), Message("assistant", "no", True)),
        "id1",
        Provenance("a.jsonl", 3, "x", "2026-01-01"),
    )
    bare = Conversation((Message("user", "a"),), "id2")
    for conversation in (whole, bare):
        again = json.loads(json.dumps(to_row(conversation)))
        assert from_row(again) == conversation
    assert "refused" not in to_row(bare)["messages"][0]


def test_what_was_judged_bad_is_kept_apart_and_never_an_example(spec: Spec) -> None:
    judged = [
        json.dumps(
            {"prompt": f"what is thing {n}", "completion": f"it is a {n}", "label": bool(n % 2)}
        )
        for n in range(400)
    ]
    write(spec, "data/judged.jsonl", judged)
    dataset = build(with_data(spec, near_duplicates=0))
    kept = [one for name in SPLITS for one in dataset.split(name)]
    assert len(kept) == 200
    assert all(one.label for one in kept)
    rows = [json.loads(line) for line in (dataset.folder / "judged.jsonl").read_text().splitlines()]
    assert len(rows) == dataset.counts["judged"]
    assert {one["label"] for one in rows} == {False}
    held_out = [one for one in rejected(dataset) if "judged bad" in one["reason"]]
    assert held_out
    assert len(rows) + len(held_out) == 200


def test_a_good_reply_goes_before_an_equal_one_judged_bad(spec: Spec) -> None:
    pairs = [
        {"prompt": f"what is thing {n}", "completion": f"it is {n}", "label": label}
        for n in range(100)
        for label in (False, True)
    ]
    write(spec, "data/judged.jsonl", [json.dumps(one) for one in pairs])
    dataset = build(with_data(spec, near_duplicates=0))
    assert dataset.counts["judged"] == 0
    assert sum(dataset.counts[name] for name in SPLITS) == 100


def test_the_build_knows_what_each_source_repeats(spec: Spec) -> None:
    last = "This call may be recorded for training purposes."
    write(spec, "data/a.jsonl", [row(n, f"answer {n}\n{last}") for n in range(100)])
    write(spec, "data/b.jsonl", [row(1000 + n, f"answer {n}\nsomething else") for n in range(100)])
    dataset = build(with_data(spec, near_duplicates=0))
    said = [one.messages[-1].content for one in dataset.split("train")]
    assert said
    assert not any(last in text for text in said)
    assert any("something else" in text for text in said)
    assert dataset.about()["counts"]["changed"]["boilerplate"] == 100


def test_the_bots_languages_count_where_they_are_asked_for(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [row(n) for n in range(50)])
    build(spec)
    pointers = spec.made / "datasets" / "by-input"
    german = spec.bot.model_copy(update={"languages": ("de",)})
    build(spec.model_copy(update={"bot": german}))
    assert len(list(pointers.iterdir())) == 1
    strict = with_data(spec, steps=("language",))
    build(strict)
    english = spec.bot.model_copy(update={"languages": ("en", "de")})
    build(strict.model_copy(update={"bot": english}))
    assert len(list(pointers.iterdir())) == 3


def test_a_file_is_read_as_was_said_at_import(spec: Spec) -> None:
    write(spec, "data/a.csv", ["asked,told", *(f"when {n},now {n}" for n in range(60))])
    said = {"a.csv": {"format": "csv", "columns": {"question": "told", "answer": "asked"}}}
    (spec.folder / "data" / ".imports.json").write_text(json.dumps(said))
    first = build(with_data(spec, near_duplicates=0)).split("train")[0]
    assert first.messages[0].content.startswith("now")
    said["a.csv"]["columns"] = {"question": "asked", "answer": "told"}  # type: ignore[index]
    (spec.folder / "data" / ".imports.json").write_text(json.dumps(said))
    first = build(with_data(spec, near_duplicates=0)).split("train")[0]
    assert first.messages[0].content.startswith("when")


def test_lines_in_an_older_encoding_are_read_whole(spec: Spec) -> None:
    path = write(spec, "data/a.jsonl", [row(0)])
    lines = [
        json.dumps(
            {
                "messages": [
                    {"role": "user", "content": f"Wann öffnen Sie für alle {n}?"},
                    {"role": "assistant", "content": "Um zwölf."},
                ]
            },
            ensure_ascii=False,
        )
        for n in range(60)
    ]
    path.write_bytes("\n".join(lines).encode("cp1252"))
    said = [
        one.messages[-1].content for one in build(with_data(spec, near_duplicates=0)).split("train")
    ]
    assert set(said) == {"Um zwölf."}


def test_placeholders_are_put_in_where_the_bot_asks_for_them(spec: Spec) -> None:
    said = "Write to desk@library.example, not to jane@example.com"
    write(spec, "data/a.jsonl", [row(n, f"{said} {n}") for n in range(100)])
    plain = build(with_data(spec, near_duplicates=0))
    assert said in plain.split("train")[0].messages[-1].content
    assert "redactions" not in plain.counts
    asked = {**spec.model_dump(), "data": {"near_duplicates": 0}, "privacy": {"placeholders": True}}
    asked["bot"]["greeting"] = "Write to desk@library.example"
    hidden = build(Spec(**{**asked, "folder": spec.folder}))
    text = hidden.split("train")[0].messages[-1].content
    assert "Write to desk@library.example, not to <EMAIL_1>" in text
    assert hidden.counts["redactions"]["EMAIL"] == 100
