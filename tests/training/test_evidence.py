"""Passages before replies in training: which rows, which passages, what is said; and the keys they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.types import Conversation, Message
from chatwright.data.dataset import Dataset, build
from chatwright.data.privacy import Redactor
from chatwright.evaluation.made import run_note
from chatwright.spec import Spec
from chatwright.spec.spec import Privacy
from chatwright.tokenizer import Tokenizer
from chatwright.training import evidence
from chatwright.training.corpus import prepare
from chatwright.training.evidence import (
    Grounding,
    Knowledge,
    Supports,
    bring_up,
    knowledge_of,
    searched,
)

PRICES = {"Willow": 40, "Birch": 20, "Oak": 35, "Elm": 15, "Maple": 25, "Cedar": 30}
NOTHING = Dataset("none", Path("none"), {})  # nothing of it is read where evidence is asked for
START = {"continue_from": "current"}
REFUSAL = "That is not in our documents."


def spec_of(folder: Path, **tables: Any) -> Spec:
    tables = {"training": {"evidence": True}} | tables
    return Spec.model_validate(
        {
            "folder": folder,
            "bot": {"name": "rooms", "purpose": "Help."},
            "model": {"context": 512, "vocabulary": 512},
            "guard": {"refusal": REFUSAL},
            **tables,
        }
    )


def ask(number: int, *said: str, refused: bool = False) -> Conversation:
    messages = [Message("user" if n % 2 == 0 else "assistant", text) for n, text in enumerate(said)]
    last = Message("assistant", said[-1], refused)
    return Conversation((*messages[:-1], last), id=f"c{number}")


def rows() -> list[Conversation]:
    """A question for each room and wording, some small talk, some that is declined."""
    made = []
    for number in range(240):
        room, price = list(PRICES.items())[number % len(PRICES)]
        made.append(
            ask(
                number,
                f"What does the {room} Room cost, please?",
                f"The {room} Room costs ${price} an hour.",
            )
        )
    made += [ask(1000 + n, "hello room", "Hello! How are you today?") for n in range(60)]
    made += [
        ask(2000 + n, "Which room has ghosts?", "I cannot say.", refused=True) for n in range(60)
    ]
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "knowledge").mkdir()
    for room, price in PRICES.items():
        text = f"# {room} Room\n\nThe {room} Room costs ${price} an hour. It has chairs.\n"
        (tmp_path / "knowledge" / f"{room}.md").write_text(text)
    return tmp_path


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    texts = [message.content for row in rows() for message in row.messages]
    return Tokenizer.learn(iter(texts), 400, (), placeholders=True)


@pytest.fixture
def grounding(folder: Path, tokenizer: Tokenizer) -> Iterator[Grounding]:
    spec = spec_of(folder)
    bring_up(spec)
    knowledge = knowledge_of(spec, NOTHING)
    assert knowledge is not None
    with searched(spec, knowledge) as search:
        yield Grounding(search, knowledge, tokenizer, 512, 0, Supports())


def shown(row: Conversation) -> list[str]:
    return [message.content for message in row.messages if message.role == "evidence"]


def test_each_kind_of_row_gets_its_share(grounding: Grounding) -> None:
    made = [grounding.one(row) for row in rows()]
    counts = grounding.counts
    assert counts.total() == len(made)
    rooms = 240 * (1 - evidence.PLAIN)
    assert 0.8 * rooms < counts["right"] + counts["absent"] < 1.2 * rooms
    assert 0.3 * evidence.ABSENT * rooms < counts["absent"] < 2 * evidence.ABSENT * rooms
    assert 0 < counts["idle"] < 120
    # By hand: what was counted is what was done.
    seen = Counter[str]()
    for before, after in zip(rows(), made, strict=True):
        reply, texts = after.messages[-1], shown(after)
        assert after.id == before.id
        if not texts:
            assert after == before
        elif reply.content == REFUSAL:
            seen["absent"] += 1
            assert reply.refused
            assert not any(before.messages[-1].content in text for text in texts)
        elif "costs" in reply.content:
            seen["right"] += 1
            assert any(reply.content in text for text in texts)
        else:
            seen["idle"] += 1
            assert reply == before.messages[-1]
    assert seen == Counter({kind: counts[kind] for kind in ("right", "absent", "idle")})


def test_the_place_of_the_right_passage_tells_nothing(grounding: Grounding) -> None:
    places = Counter[int]()
    for row in rows()[:240]:
        made = grounding.one(row)
        texts, reply = shown(made), made.messages[-1].content
        if len(texts) == 2 and reply != REFUSAL:
            places[[reply in text for text in texts].index(True)] += 1
    assert places[0] > 10 and places[1] > 10


def test_the_same_row_gets_the_same_whatever_stands_around_it(grounding: Grounding) -> None:
    forwards = {row.id: grounding.one(row) for row in rows()}
    assert all(grounding.one(row) == forwards[row.id] for row in reversed(rows()))


def test_only_the_last_reply_has_evidence_as_in_serving(grounding: Grounding) -> None:
    long = [
        ask(n, "hello", "Hello!", "What does the Oak Room cost?", "The Oak Room costs $35 an hour.")
        for n in range(40)
    ]
    grounded = [made for row in long if shown(made := grounding.one(row))]
    assert grounded
    for made in grounded:
        roles = [message.role for message in made.messages]
        assert roles[:3] == ["user", "assistant", "user"] and roles[-1] == "assistant"
        assert set(roles[3:-1]) == {"evidence"}


def test_a_reply_with_another_number_is_not_supported(grounding: Grounding) -> None:
    question = "What does the Oak Room cost?"
    (hit, *_) = grounding.search.search(question, 1).hits
    right = Message("assistant", "The Oak Room costs $35 an hour.")
    assert grounding.judge(hit.passage.text, right, question)
    for text in ("The Oak Room costs $53 an hour.", "Yes.", "Please ask at the desk upstairs."):
        assert not grounding.judge(hit.passage.text, Message("assistant", text), question)


def test_what_does_not_fit_stays_without(folder: Path, tokenizer: Tokenizer) -> None:
    spec = spec_of(folder)
    bring_up(spec)
    knowledge = knowledge_of(spec, NOTHING)
    assert knowledge is not None
    with searched(spec, knowledge) as search:
        small = Grounding(search, knowledge, tokenizer, 40, 0, Supports())
        for row in rows()[:100]:
            made = small.one(row)
            assert made == row or len(tokenizer.render(made)) <= 40
        assert small.counts["long"] > 0


# --- values that are hidden


def hidden(grounding: Grounding, passage: str, row: Conversation) -> list[str] | None:
    grounding.redactor = Redactor(Privacy(placeholders=True), frozenset({"9am"}))
    made = grounding._hidden([Message("evidence", passage)], row)
    return None if made is None else [message.content for message in made]


def test_public_facts_stay_as_they_are(grounding: Grounding) -> None:
    row = ask(1, "Am I, <NAME_1>, in time?", "Yes, <NAME_1>, we open at 9 am.")
    assert hidden(grounding, "Open at 9 am.", row) == ["Open at 9 am."]


def test_a_value_hidden_on_both_sides_has_one_name(grounding: Grounding) -> None:
    row = ask(1, "I am <NAME_1>. Whom do I write to?", "Write to <EMAIL_1>.")
    assert hidden(grounding, "Write to ann@example.org.", row) == ["Write to <EMAIL_1>."]


def test_a_value_of_a_passage_alone_gets_a_number_of_its_own(grounding: Grounding) -> None:
    row = ask(1, "My mail is <EMAIL_1>. And now?", "Wait.")
    assert hidden(grounding, "Write to ann@example.org.", row) == ["Write to <EMAIL_2>."]


def test_where_it_is_unclear_which_value_is_meant_there_is_no_evidence(
    grounding: Grounding,
) -> None:
    row = ask(1, "Whom do I write to?", "Write to <EMAIL_1>.")
    assert hidden(grounding, "Write to ann@example.org or bob@example.org.", row) is None
    assert hidden(grounding, "Open at 9 am.", row) is None


# --- what it changes


def test_it_is_off_where_there_is_nothing_to_rest_on(tmp_path: Path, folder: Path) -> None:
    assert knowledge_of(spec_of(folder, training={"evidence": False}), NOTHING) is None
    assert (
        knowledge_of(spec_of(folder, training={"evidence": True, "method": "dpo"} | START), NOTHING)
        is None
    )
    empty = tmp_path / "empty"
    (empty / "knowledge").mkdir(parents=True)
    bring_up(spec_of(empty))
    assert knowledge_of(spec_of(empty), NOTHING) is None


def test_documents_make_another_run_only_where_they_are_trained_on(folder: Path) -> None:
    (folder / "data").mkdir()
    write_data(folder)
    dataset = build(spec_of(folder))
    off = spec_of(folder, training={"evidence": False})
    bring_up(spec_of(folder))
    notes = [run_note(spec_of(folder), dataset), run_note(off, dataset)]
    (folder / "knowledge" / "Oak.md").write_text("# Oak Room\n\nThe Oak Room costs $36 an hour.\n")
    bring_up(spec_of(folder))
    later = [run_note(spec_of(folder), dataset), run_note(off, dataset)]
    assert notes[0] != later[0]
    assert notes[1] == later[1]
    assert len({*notes, *later}) == 3


def write_data(folder: Path) -> None:
    lines = ["question,answer"]
    lines += [
        f"What is the price of the {room} Room ({n})?,The {room} Room costs ${price} an hour."
        for n, word in enumerate(("please", "today", "for us", "an hour"))
        for room, price in PRICES.items()
        if word
    ]
    (folder / "data" / "asked.csv").write_text("\n".join(lines) + "\n")


def test_a_corpus_says_what_it_rests_on(folder: Path) -> None:
    (folder / "data").mkdir()
    write_data(folder)
    spec = spec_of(folder)
    bring_up(spec)
    dataset = build(spec)
    with_evidence = prepare(spec, dataset)
    without = prepare(spec_of(folder, training={"evidence": False}), dataset)
    assert with_evidence.knowledge is not None and without.knowledge is None
    assert with_evidence.tokens > 1.5 * without.tokens
    assert with_evidence.tokenizer_hash != without.tokenizer_hash
    found = knowledge_of(spec, dataset)
    assert found is not None
    assert with_evidence.knowledge.about() == found.about()
    assert found.about()["snapshot"] == found.snapshot
    assert Knowledge("other", found.shown, found.refusal).id != found.id


def test_auto_is_on_where_most_replies_rest_on_the_documents(folder: Path) -> None:
    (folder / "data").mkdir()
    write_data(folder)
    auto = spec_of(folder, training={"evidence": "auto"})
    bring_up(auto)
    assert knowledge_of(auto, build(auto)) is not None
    lines = [f"What is {n} and {n + 3}?,You can count to {n} thousand." for n in range(60)]
    with (folder / "data" / "asked.csv").open("a") as file:
        file.write("\n".join(lines) + "\n")
    assert knowledge_of(auto, build(auto)) is None
    assert knowledge_of(spec_of(folder), build(auto)) is not None
