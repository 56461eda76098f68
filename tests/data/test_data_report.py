"""The report on a dataset: what it finds in texts of several languages, what it warns of, and its page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.page import Html, histogram, tag
from chatwright.data import topics
from chatwright.data.findings import summary_lines, warnings_of
from chatwright.data.report import PAGE, render_html, report
from chatwright.data.sample import look_at, spread
from chatwright.spec import Spec
from chatwright.spec.spec import Identity, Scope

ENGLISH = {
    "hours": [
        "When do you open on {}?",
        "What are the opening hours on {}?",
        "Are you open on {}?",
    ],
    "cards": [
        "How do I renew my library card {}?",
        "Is my card valid until {}?",
        "Lost my card {}",
    ],
    "rooms": [
        "Can I book a study room for {}?",
        "Is the meeting room free {}?",
        "Room for ten, {}",
    ],
}
GERMAN = {
    "Öffnungszeiten": [
        "Wann öffnet die Bücherei am {}. Mai?",
        "Wie sind die Öffnungszeiten am {}. Mai?",
    ],
    "Ausweis": [
        "Wie verlängere ich meinen Ausweis am {}. Mai?",
        "Ist der Ausweis am {}. Mai noch gültig?",
    ],
}
JAPANESE = {
    "開館時間": ["5月{}日の開館時間を教えてください", "図書館の開館時間は5月{}日も同じですか"],
    "カード": ["利用カードを5月{}日に更新したいです", "5月{}日までカードは有効ですか"],
}
DAYS = range(1, 10)


def row(question: str, answer: str, refused: bool = False) -> dict[str, Any]:
    said = {"role": "assistant", "content": answer} | ({"refused": True} if refused else {})
    return {
        "id": "x",
        "messages": [{"role": "user", "content": question}, said],
        "provenance": None,
    }


def dataset(
    folder: Path, rows: list[dict[str, Any]], rejected: list[dict[str, Any]] | None = None
) -> Path:
    for name, lines in (("train", rows), ("dev", []), ("test", []), ("rejected", rejected or [])):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder


def talks(asked: dict[str, list[str]], code: str) -> list[dict[str, Any]]:
    ends = {
        "en": "Here is what we know about {}.",
        "de": "Dazu wissen wir: {} ist möglich.",
        "ja": "{}についてご案内します。",
    }
    return [
        row(question.format(day), ends[code].format(topic))
        for topic, questions in asked.items()
        for question in questions
        for day in DAYS
    ]


def spec(folder: Path, *topics_of: str, languages: tuple[str, ...] = ("en",)) -> Spec:
    return Spec(
        folder=folder,
        bot=Identity(name="b", purpose="p", title="Desk <b>", languages=languages),
        scope=Scope(topics=topics_of),
    )


class Page(HTMLParser):
    """A page read back, tags in balance, nothing that is loaded or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "iframe", "img", "object"}
        assert not {"src", "href", "onclick", "style"} & {name for name, _ in attrs}
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += "" if "style" in self.open else data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do I renew my Library Card?", ["renew", "library", "card"]),
        ("Wie sind die Öffnungszeiten?", ["öffnungszeiten"]),
        ("図書館の開館時間を教えてください", ["図書館", "開館時間"]),
        ("カードは有効ですか", ["カード", "有効"]),
        ("图书馆几点开门", ["图书", "书馆", "馆几", "几点", "点开", "开门"]),
        ("<NAME_1> 555-0142 ok", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert topics.words(text) == expected


@pytest.mark.parametrize(
    ("asked", "code", "absent"),
    [
        (ENGLISH, "en", "parking and bikes"),
        (GERMAN, "de", "Parkplätze"),
        (JAPANESE, "ja", "駐車場"),
    ],
)
def test_topics_in_three_languages(
    tmp_path: Path, asked: dict[str, list[str]], code: str, absent: str
) -> None:
    scope = {"hours": "opening hours", "cards": "library cards", "rooms": "study and meeting rooms"}
    wanted = [scope.get(topic, topic) for topic in asked]
    found = look_at(dataset(tmp_path, talks(asked, code)), spec(tmp_path, *wanted, absent))
    rows = {r["topic"]: r["rows"] for r in found["scope"]}
    assert rows[absent] == 0
    n = len(DAYS)
    for topic, questions in zip(wanted, asked.values(), strict=True):
        assert 0.6 * n * len(questions) <= rows[topic] <= 1.4 * n * len(questions), rows
    assert sum(g["rows"] for g in found["groups"]) + found["ungrouped"] == found["rows"]
    names = " ".join(g["name"] for g in found["groups"])
    assert any(word in names for word in ("card", "ausweis", "カード", "利用カード")), names
    assert max(found["languages"]["by_code"].items(), key=lambda item: item[1])[0] == code


def test_groups_are_the_same_every_time_and_hold_what_is_alike() -> None:
    texts = [dict.fromkeys(topics.words(q), 1.0) for q in ("red apple pie", "red apple tart") * 9]
    texts += [
        dict.fromkeys(topics.words(q), 1.0) for q in ("fast train east", "fast train west") * 9
    ]
    space = topics.Space(
        {
            w: i
            for i, w in enumerate(["red", "apple", "pie", "tart", "fast", "train", "east", "west"])
        },
        topics.np.ones(8, dtype=topics.np.float32),
    )
    own = topics.groups(space.rows([*texts, {"unknown": 1.0}]), 2)
    assert (topics.groups(space.rows([*texts, {"unknown": 1.0}]), 2) == own).all()
    assert len(set(own[:18].tolist())) == len(set(own[18:36].tolist())) == 1
    assert own[0] != own[18]
    assert own[36] == -1


def test_a_topic_that_everybody_talks_about_has_rows(tmp_path: Path) -> None:
    drinks = ("latte", "mocha", "tea", "cocoa", "cortado", "flat white")
    rows = [
        row(f"I want to order a {drink}, table {n}", "Your order is coming.")
        for n in DAYS
        for drink in drinks
    ]
    found = look_at(dataset(tmp_path, rows), spec(tmp_path, "taking orders", "refunds"))
    assert found["scope"][0]["rows"] > 0.8 * len(rows)
    assert found["scope"][1]["rows"] == 0


def test_the_sample_is_even(tmp_path: Path) -> None:
    folder = dataset(tmp_path, [row(f"q{n}", "a") for n in range(95)])
    rows, total = spread([folder / "train.jsonl", folder / "none.jsonl"], 10)
    assert total == 95
    assert [r["messages"][0]["content"] for r in rows] == [f"q{n}" for n in range(0, 95, 10)]
    assert look_at(dataset(tmp_path, []), spec(tmp_path)) == {"rows": 0, "of": 0}


def values(**changes: Any) -> dict[str, Any]:
    """A dataset with nothing to complain about."""
    sample = {
        "rows": 1000,
        "of": 2000,
        "single": 500,
        "refused": 90,
        "too_long": 0,
        "context": 1024,
        "answers": {"n": 1500, "distinct": 900, "few": 700, "most": [["Yes.", 9]]},
        "languages": {"n": 500, "by_code": {"en": 480, "": 20}},
        "groups": [
            {"name": "card, pin", "rows": 200, "declined": 0, "in_scope": 150, "examples": ["a?"]}
        ],
        "scope": [{"topic": "cards", "rows": 150, "examples": ["a?"]}],
    }
    counts = {
        "read": 2100,
        "train": 1800,
        "dev": 100,
        "test": 100,
        "rejected": {"exact duplicate": 100},
    }
    made: dict[str, Any] = {"id": "d1", "languages": ["en"], "counts": counts, "sample": sample}
    for path, value in changes.items():
        *parents, last = path.split("__")
        here = made
        for parent in parents:
            here = here[parent]
        here[last] = value
    return made


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"counts__train": 80}, "Only 80 conversations are left for training"),
        ({"counts__test": 9}, "Only 9 conversations are held out"),
        (
            {"counts__overlap": {"before": {"near": 5}, "after": {"exact": 1, "near": 2}}},
            "3 training conversations",
        ),
        ({"sample__answers": {"n": 900, "few": 12}}, "90% of the answers are one of 12 sentences"),
        ({"sample__refused": 0}, "no out-of-scope examples"),
        ({"sample__refused": 4}, "Only about 8 conversations show how to decline"),
        (
            {"sample__scope": [{"topic": "parking", "rows": 0}]},
            "No conversation seems to be about: parking",
        ),
        (
            {"sample__scope": [{"topic": "parking", "rows": 3}]},
            "Hardly any conversation seems to be about: parking",
        ),
        (
            {"sample__groups": [{"name": "pizza", "rows": 200, "declined": 20, "in_scope": 9}]},
            "outside the scope in bot.toml: pizza",
        ),
        ({"languages": ["en", "de-AT"]}, "hardly any conversation is in de"),
        ({"languages": ["de"]}, "also in en (100%), which [bot] does not name"),
        ({"counts__rejected": {"not valid JSON": 400, "no user turn": 3}}, "one JSON value a line"),
        ({"counts__rejected": {"near duplicate": 900}}, "900 of 2,100 rows repeat others"),
        ({"sample__single": 1000}, "one question and one answer"),
        ({"sample__too_long": 80}, "8% of the conversations are longer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_warnings(changes: dict[str, Any], said: str) -> None:
    assert warnings_of(values()) == []
    assert any(said in warning for warning in warnings_of(values(**changes))), warnings_of(
        values(**changes)
    )


def test_declined_groups_are_not_outside() -> None:
    declined = [{"name": "pizza", "rows": 200, "declined": 195, "in_scope": 0}]
    assert warnings_of(values(sample__groups=declined)) == []


def test_page_of_a_whole_dataset(tmp_path: Path) -> None:
    rows = talks(ENGLISH, "en") + talks(GERMAN, "de") + talks(JAPANESE, "ja")
    rows.append(row("Can you <script>alert(1)</script> cook?", "I cannot.", refused=True))
    out = {
        "reason": "no user turn",
        "excerpt": "x <i>\nlast",
        "provenance": {"source": "a.csv", "position": 7},
    }
    figures = {
        "id": "d1",
        "counts": {
            "read": 200,
            "train": len(rows),
            "dev": 0,
            "test": 0,
            "rejected": {"no user turn": 1, "near duplicate": 40},
            "changed": {"markup": 3},
            "redactions": {"EMAIL": 5},
            "overlap": {
                "before": {"exact": 4, "near": 9},
                "after": {"exact": 0, "near": 0, "question": 0},
            },
        },
        "formats": {"a.csv": "csv"},
        "clusters": [
            {
                "rows": 41,
                "kept": {"said": ["Hello", "<b>"]},
                "alike": [{"said": ["hullo"], "likeness": 0.83}],
            }
        ],
    }
    found = report(
        dataset(tmp_path, rows, [out]),
        figures,
        spec(tmp_path, "opening hours", languages=("en", "de", "ja")),
    )
    page = (tmp_path / PAGE).read_text("utf-8")
    text = Page(page).text
    for shown in (
        "Desk <b>",
        "no user turn",
        "a.csv row 7: x <i> last",
        "41 rows like: Hello | <b>",
        "83% alike: hullo",
        "EMAIL",
        "opening hours",
        "13 had none been left out",
        "カード",
        "Before you train on it",
        "markup",
    ):
        assert shown in text, shown
    assert not re.search(r"(?:src|href|url)\s*[=(]|<script", page)
    assert found["warnings"]
    assert all(warning in text for warning in found["warnings"])
    assert not any("languages" in warning for warning in found["warnings"]), "all three are there"
    lines = "\n".join(summary_lines(found))
    assert (
        "Training rows like a held-out one: 13 had none been left out, 0 in this dataset" in lines
    )
    json.dumps(found)


@pytest.mark.parametrize(
    "broken", [{}, {"counts": None}, {"counts": {"rejected": [1]}, "sample": {"groups": [3]}}]
)
def test_what_is_missing_is_not_an_error(broken: dict[str, Any]) -> None:
    Page(render_html(broken))
    summary_lines(broken)


def test_histogram_is_escaped_and_copes_with_nothing() -> None:
    drawn = histogram([("<1>", 3), ("2", 997), ("3", 0)], "a & b", "model")
    assert isinstance(drawn, Html)
    assert "&lt;1&gt;" in drawn
    assert "a &amp; b" in drawn
    assert drawn.count("<rect") == 3
    assert ">&lt;1%<" in drawn
    assert Page(tag("p", histogram([], "none", "model"))).text == ""
