"""The data of `make loop`: ten facts that change, and questions that nobody in it has seen."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from chatwright.core.types import Conversation
from chatwright.data.inputs import own_inputs
from chatwright.evaluation.cases import Case, load_cases
from chatwright.spec import load_spec

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "examples" / "library"
sys.path.insert(0, str(ROOT / "bench"))
from loop_people import Topic, topics  # noqa: E402

NEAR = 0.6  # of the threes of letters that two questions share, above which they are one


@cache
def found() -> list[Topic]:
    return topics(LIBRARY / "changes" / "changes.toml")


@cache
def held() -> list[Case]:
    return load_cases(LIBRARY / "changes" / "held_out.jsonl")


def threes(text: str) -> frozenset[str]:
    line = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    return frozenset(line[at : at + 3] for at in range(len(line) - 2))


def like(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def test_there_are_ten_facts_with_ten_questions_each() -> None:
    assert len(found()) == 10
    counts = Counter(case.topic for case in held())
    assert counts == {topic.topic: 10 for topic in found()}
    assert len({case.question for case in held()}) == 100
    assert sum(bool(case.history) for case in held()) >= 10


def test_a_case_wants_the_new_fact_and_not_the_old_one() -> None:
    by_topic = {topic.topic: topic for topic in found()}
    for case in held():
        topic = by_topic[case.topic]
        (wanted,) = case.must
        assert any(now in wanted for now in topic.now), case.id
        for right in (topic.right, topic.says[0], topic.says[2]):
            assert case.problems(right, "generated") == [], (case.id, right)
        assert case.problems(f"It is {topic.before[0]}.", "generated"), case.id
        assert not any(old in turn.content for turn in case.history for old in topic.before)


def test_what_a_simulated_person_says_is_true_now() -> None:
    for topic in found():
        assert len(topic.asks) >= 5 and len(topic.says) >= 3
        assert not any(old in topic.right for old in topic.before)
        for said in (*topic.says, topic.right):
            assert any(now in said for now in topic.now), said


def test_outdated_cases_are_there_and_ask_for_the_old_fact() -> None:
    cases = {case.id: case for case in load_cases(LIBRARY / "tests" / "cases.jsonl")}
    for topic in found():
        for id in topic.outdated:
            assert cases[id].problems(topic.right, "generated"), id


def test_no_question_that_counts_is_known_to_the_simulation() -> None:
    asked = [(ask, threes(ask)) for topic in found() for ask in topic.asks]
    for case in held():
        if not case.history:
            own = threes(case.question)
            near = max((like(own, other), ask) for ask, other in asked)
            assert near[0] <= NEAR, (case.question, near)


def test_no_question_that_counts_is_in_the_data() -> None:
    spec = load_spec(LIBRARY)
    rows = (row for item in own_inputs(spec) for row in item.rows())
    texts = sorted(
        {
            message.content
            for row in rows
            if isinstance(row, Conversation)
            for message in row.messages
            if message.role == "user"
        }
    )
    assert len(texts) > 10_000
    known = [threes(text) for text in texts]
    holding: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(known):
        for three in own:
            holding[three].append(number)
    for case in held():
        if case.history:  # "and in colour?" is asked of many things
            continue
        own = threes(case.question)
        shared = Counter(number for three in own for number in holding.get(three, ()))
        best = max(shared, key=lambda number: like(own, known[number]))
        assert like(own, known[best]) <= NEAR, (case.question, texts[best])
