"""Readers: every format, every row either a conversation or a reject with its reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.errors import DataError, WrongUse
from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.data.readers import source

PAIR = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def rows(path: Path) -> tuple[list[Conversation], list[Reject]]:
    found = list(readers.read(path, path.name))
    kept = [row for row in found if isinstance(row, Conversation)]
    return kept, [row for row in found if isinstance(row, Reject)]


def said(conversation: Conversation) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in conversation.messages]


def at(row: Conversation | Reject) -> int:
    assert row.provenance is not None
    return row.provenance.position


def line(*messages: Any, **more: Any) -> str:
    return json.dumps({"messages": list(messages), **more})


HI = [("user", "Hi"), ("assistant", "Hello")]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.jsonl", line(*PAIR) + "\n", "messages"),
        ("a.json", json.dumps([{"messages": PAIR}], indent=1), "messages"),
        ("a.jsonl", "\ufeff" + line(*PAIR), "messages"),
        ("a.jsonl.gz", line(*PAIR), "messages"),
        (
            "a.jsonl",
            '{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}',
            "sharegpt",
        ),
        ("a.qna", "# ? Hi\n\n```markdown\nHello\n```\n", "qna"),
        ("a.csv", "question,answer\nHi,Hello\n", "csv"),
        ("a.csv", "\ufeffQuestion;Answer\r\nHi;Hello\r\n", "csv"),
        ("a.tsv", "id\tPrompt \tresponse\n7\tHi\tHello\n", "csv"),
        ("a.csv.gz", 'answer,"q"\n"Hello","Hi"', "csv"),
    ],
)
def test_the_format_is_seen_in_the_content(
    tmp_path: Path, name: str, content: str, form: str
) -> None:
    path = file(tmp_path, name, content)
    assert readers.detect(path) == form
    kept, rejects = rows(path)
    assert [said(row) for row in kept] == [HI] and not rejects
    assert kept[0].provenance is not None and kept[0].provenance.source == name


@pytest.mark.parametrize(
    "content",
    ["\n\n", "just words", '{"text": "x"}', "a,b\n1,2\n", "\x00\x01", "[1, 2]", "old\rmac,\r1"],
)
def test_an_unknown_format_is_said(tmp_path: Path, content: str) -> None:
    path = file(tmp_path, "a.jsonl", content)
    with pytest.raises(DataError, match="none of the known formats") as caught:
        readers.detect(path)
    assert ", ".join(readers.FORMATS) in str(caught.value)


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is empty"):
        readers.detect(file(tmp_path, "a.jsonl", ""))


def test_an_unknown_format_name_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match='no format "wordstar"'):
        readers.read(file(tmp_path, "a.jsonl", ""), "a", "wordstar")


def test_a_long_first_record_is_seen_too(tmp_path: Path) -> None:
    big = line({"role": "user", "content": "x" * 200_000}, PAIR[1])
    assert readers.detect(file(tmp_path, "a.jsonl", big)) == "messages"


# --- messages ------------------------------------------------------------------------------------


def test_messages_in_their_variants(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "H"}, {"type": "text", "text": "i"}]
    content = "\n".join(
        [
            line({"role": "developer", "content": "Be kind."}, *PAIR, id=7),
            line({"role": "Human", "content": parts}, {"role": "bot", "content": "Hello"}),
            "",
            line(PAIR[0], {"role": "assistant", "content": "No.", "refused": True}),
            line(PAIR[0], {"role": "assistant", "content": None, "refused": "yes"}),
        ]
    )
    kept, rejects = rows(file(tmp_path, "a.jsonl", content))
    assert not rejects
    assert said(kept[0]) == [("system", "Be kind."), *HI]
    assert kept[0].provenance is not None and kept[0].provenance.original_id == "7"
    assert said(kept[1]) == HI
    assert [at(row) for row in kept] == [0, 1, 3, 4]
    assert kept[2].messages[1].refused and not kept[3].messages[1].refused
    assert said(kept[3])[1] == ("assistant", "")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{broken", "not valid JSON"),
        ("7", "not a JSON object"),
        ("[]", "not a JSON object"),
        ('{"prompt": "x"}', 'no list "messages"'),
        ('{"messages": "x"}', 'no list "messages"'),
        ('{"messages": ["x"]}', 'no list "messages"'),
        (line({"role": "wizard", "content": "x"}), "unknown role 'wizard'"),
        (line({"content": "x"}), "unknown role 'None'"),
        (line({"role": "user", "content": 7}), "content is not text"),
        (line({"role": "user", "content": [{"type": "image_url"}]}), "content is not text"),
        (b'{"messages": "\xff"}', "invalid UTF-8"),
        ("[" * 100_000, "not valid JSON"),
        ('{"n": ' + "9" * 5000 + "}", "not valid JSON"),
        ('{"messages": "\\ud800"}', 'no list "messages"'),
        ('{"messages": ' + "[" * 500 + "]" * 500 + "}", 'no list "messages"'),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_bad_row_is_told_and_the_rest_is_read(
    tmp_path: Path, bad: str | bytes, reason: str
) -> None:
    raw = bad.encode() if isinstance(bad, str) else bad
    good = line(*PAIR).encode()
    kept, rejects = rows(file(tmp_path, "a.jsonl", b"\n".join([good, raw, good])))
    assert len(kept) == 2 and [at(row) for row in kept] == [0, 2]
    assert [(r.reason.split("(")[0], at(r)) for r in rejects if reason in r.reason] == [
        (rejects[0].reason, 1)
    ]
    assert len(rejects) == 1 and len(rejects[0].excerpt) <= 200
    json.dumps(rejects[0].excerpt, ensure_ascii=False).encode()


def test_an_array_is_read_row_by_row(tmp_path: Path) -> None:
    values = [{"messages": PAIR}, 7, {"messages": PAIR, "id": "x"}]
    kept, rejects = rows(file(tmp_path, "a.json", json.dumps(values, indent=2)))
    assert [at(row) for row in kept] == [0, 2] and [at(row) for row in rejects] == [1]
    half = json.dumps(values)[:-20]
    kept, rejects = rows(file(tmp_path, "b.json", half))
    assert [at(row) for row in kept] == [0], "what stands before the break is read"
    assert [r.reason for r in rejects] == ["not a JSON object", "not valid JSON from here on"]


def test_separators_inside_a_text_do_not_end_the_line(tmp_path: Path) -> None:
    text = "one\u2028two\u0085three"
    row = json.dumps({"messages": [{"role": "user", "content": text}, PAIR[1]]}, ensure_ascii=False)
    kept, rejects = rows(file(tmp_path, "a.jsonl", row))
    assert said(kept[0])[0] == ("user", text) and not rejects


def test_a_message_of_10_mb_is_read(tmp_path: Path) -> None:
    big = "word " * (2 << 20)
    content = line({"role": "user", "content": big}, PAIR[1]) + "\n" + line(*PAIR)
    kept, rejects = rows(file(tmp_path, "a.jsonl", content))
    assert [len(row.messages[0].content) for row in kept] == [len(big), 2] and not rejects
    kept, rejects = rows(file(tmp_path, "a.csv", f"question,answer\n{big},b\nHi,Hello\n"))
    assert len(kept) == 2 and not rejects


def test_an_absurd_line_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_LINE", 1 << 20)
    for size in (1 << 20, (1 << 20) + 1, 5 << 20):
        content = line(*PAIR) + "\n" + "x" * size + "\n" + line(*PAIR) + "\n"
        kept, rejects = rows(file(tmp_path, "a.jsonl", content))
        assert [at(row) for row in kept] == [0, 2]
        assert [(at(r), r.reason) for r in rejects] == [(1, "line longer than 1 MiB")]


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_a_truncated_gzip_is_one_clear_error(tmp_path: Path, keep: float) -> None:
    lines = "\n".join(line(*PAIR, id=f"{n * 7919 % 10007}") for n in range(5000))
    whole = gzip.compress(lines.encode())
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: int(len(whole) * keep) + 2])
    with pytest.raises(DataError, match="cannot be read to its end"):
        readers.detect(path)
        rows(path)


def test_what_is_not_gzip_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_text(line(*PAIR))
    with pytest.raises(DataError, match="cannot be read to its end"):
        readers.detect(tmp_path / "a.jsonl.gz")


# --- sharegpt ------------------------------------------------------------------------------------


def test_sharegpt_in_its_variants(tmp_path: Path) -> None:
    turns = [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]
    values = [
        {"id": "a", "system": "Be kind.", "conversations": turns},
        {"system": " ", "conversations": turns},
        {"conversations": [{"from": "system", "value": "s"}, *turns, {"from": "observation"}]},
        {"conversations": {"from": "human"}},
        {"conversations": [{"from": "narrator", "value": "x"}]},
    ]
    kept, rejects = rows(file(tmp_path, "a.json", json.dumps(values)))
    assert said(kept[0]) == [("system", "Be kind."), *HI] and said(kept[1]) == HI
    assert [role for role, _ in said(kept[2])] == ["system", "user", "assistant", "tool"]
    assert [r.reason for r in rejects] == ['no list "conversations"', "unknown role 'narrator'"]


# --- qna -----------------------------------------------------------------------------------------

QNA = """# QnA pairs

> !# @qna.pair.source = made up

# ? Who are you?
- what are you
* WHO is this

**Filters:**
- editorial = chitchat
- route = refused

```markdown
I am *page*.

# ? not a question
- nor a phrasing
```

# ? No answer here
- none here either

# ? Last one
```
Bye.
```
> trailing remark
- not a phrasing
"""


def test_qna_gives_one_conversation_per_phrasing(tmp_path: Path) -> None:
    kept, rejects = rows(file(tmp_path, "a.qna", QNA))
    answer = "I am *page*.\n\n# ? not a question\n- nor a phrasing"
    assert [said(row) for row in kept] == [
        [("user", "Who are you?"), ("assistant", answer)],
        [("user", "what are you"), ("assistant", answer)],
        [("user", "WHO is this"), ("assistant", answer)],
        [("user", "Last one"), ("assistant", "Bye.")],
    ]
    assert [row.messages[1].refused for row in kept] == [True, True, True, False]
    lines = QNA.splitlines()
    assert [lines[at(row)].lstrip("#?-* ") for row in kept] == [said(r)[0][1] for r in kept]
    assert [(r.reason, r.excerpt) for r in rejects] == [
        ("a question without an answer", "No answer here"),
        ("a question without an answer", "none here either"),
    ]


def test_qna_that_is_broken(tmp_path: Path) -> None:
    open_end = "# ? a\n```\nb\n```\n# ? c\n```markdown\nnever closed\n"
    kept, rejects = rows(file(tmp_path, "a.qna", open_end))
    assert [said(r) for r in kept] == [[("user", "a"), ("assistant", "b")]]
    assert [r.reason for r in rejects] == ["answer block never closed"]
    bad = b"# ? a\n- \xff\n- \n```\nb\n```\n"
    kept, rejects = rows(file(tmp_path, "b.qna", bad))
    assert len(kept) == 1
    assert [(r.reason, at(r)) for r in rejects] == [("invalid UTF-8", 1)]


# --- csv -----------------------------------------------------------------------------------------


def test_csv_as_spreadsheets_write_it(tmp_path: Path) -> None:
    content = (
        "Question,Category,Answer\r\n"
        '"What, me?",x,"He said ""yes""."\r\n'
        "\r\n"
        '"two\r\nlines",x,"one\r\ntwo"\r\n'
        " , ,\r\n"
        "short\r\n"
        "Hi,x,Hello"
    )
    kept, rejects = rows(file(tmp_path, "a.csv", content))
    assert [said(row)[0][1] for row in kept] == ["What, me?", "two\nlines", "Hi"]
    assert said(kept[0])[1] == ("assistant", 'He said "yes".')
    assert [at(row) for row in kept] == [1, 3, 8], "the first line of each"
    assert [(r.reason, at(r)) for r in rejects] == [('no "Answer"', 7)]


def test_csv_with_a_bad_line_keeps_count(tmp_path: Path) -> None:
    content = b"question,answer\nHi,Hello\n\xff\xfe,x\nYo,Hey\n"
    kept, rejects = rows(file(tmp_path, "a.csv", content))
    assert [at(row) for row in kept] == [1, 3], "line numbers as an editor shows them, less one"
    assert [(r.reason, at(r)) for r in rejects] == [("invalid UTF-8", 2)]


def test_csv_without_the_columns_is_told_when_forced(tmp_path: Path) -> None:
    for content in ("a,b\n1,2\n", ""):
        with pytest.raises(DataError, match="no column that is known to hold questions"):
            readers.read(file(tmp_path, "a.csv", content), "a.csv", "csv")


def test_a_quote_that_never_closes_takes_the_rest(tmp_path: Path) -> None:
    kept, rejects = rows(file(tmp_path, "a.csv", 'question,answer\nHi,Hello\n"open,x\ny,z\n'))
    assert len(kept) == 1 and len(rejects) == 1


# --- files ---------------------------------------------------------------------------------------


def test_files_of_a_folder_in_a_stable_order(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.jsonl", "a.CSV", "notes.txt", "deep/c.qna", "z.json.gz"):
        (tmp_path / name).write_text("")
    found = readers.files([tmp_path])
    assert [str(p.relative_to(tmp_path)) for p in found] == [
        "a.CSV",
        "b.jsonl",
        "deep/c.qna",
        "z.json.gz",
    ]
    assert readers.files([tmp_path / "notes.txt"]) == [tmp_path / "notes.txt"]
    with pytest.raises(DataError, match="does not exist"):
        readers.files([tmp_path / "missing"])
