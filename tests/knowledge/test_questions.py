"""Drafts: what they ask, what they say, and that they stay what they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.knowledge.conftest import House

from chatwright.data.documents import Text
from chatwright.knowledge import Search
from chatwright.knowledge.evidence import plain
from chatwright.knowledge.passages import Passage, passages
from chatwright.knowledge.questions import Drafted, drafted, facts, language_of

BOTS = Path(__file__).parent / "bots"


def of(text: str, **options: int) -> list[Drafted]:
    placed = [("a.md", passage) for passage in passages(Text("", text))]
    return drafted(placed, **options)


def asked(text: str) -> dict[str, str]:
    """Subjects with what is said to them."""
    made: dict[str, str] = {}
    for passage in passages(Text("", text)):
        for fact in facts(passage, language_of(passage)):
            made[f"{fact.kind}: {fact.subject}"] = fact.answer
    return made


@pytest.mark.parametrize(
    ("text", "key", "answer"),
    [
        ("# Fees\n\nA lost card costs $3. It is blue.", "cost: a lost card", "A lost card costs $3."),
        ("# Hours\n\n- Friday: 9 am to 6 pm\n- Sunday: closed", "day: Sunday", "Sunday: closed"),
        ("| Item | Price |\n|---|---|\n| Tea | $2 |", "cost: Tea", "Tea: $2"),
        ("| Bike | 2 h | 1 day |\n|---|---|---|\n| City | $6 | $12 |", "cost_of: City", "City, 1 day: $12"),
        ("# Loans\n\nYou can renew your loans.", "can: renew my loans", "You can renew your loans."),
        ("# Losing a key\n\nTell **us** at [the desk](x).", "doing: losing a key", "Tell us at the desk."),
        ("# When am I blocked?\n\nNever.", "asked: When am I blocked", "Never."),
        ("# Kiosk\n\nDas Eis kostet 2 €. Es ist kalt.", "cost: das Eis", "Das Eis kostet 2 €."),
        ("# Platz\n\nEinen Platz kann man mieten.", "can: einen Platz mieten", "Einen Platz kann man mieten."),
        ("# 料金\n\n延長料金は300円です。坂は急です。", "cost: 延長料金", "延長料金は300円です。"),
        ("| 曜日 | 時間 |\n|---|---|\n| 土曜日 | 8時から18時 |\n\nです", "day: 土曜日", "土曜日: 8時から18時"),
    ],
)  # fmt: skip
def test_what_a_passage_states_is_asked_for(text: str, key: str, answer: str) -> None:
    assert asked(text)[key] == answer


def test_what_says_nothing_alone_is_not_asked_for() -> None:
    found = asked("# Rooms\n\nIt is a room. This costs $5. If it rains, the price is $3.")
    assert set(found) == {"about: Rooms"}


def test_the_same_seed_drafts_the_same_and_another_one_other_words() -> None:
    text = "\n\n".join(f"## Room {n}\n\nRoom {n} costs ${n} an hour." for n in range(30))
    assert of(text, seed=1) == of(text, seed=1)
    assert [one.question for one in of(text, seed=1)] != [one.question for one in of(text, seed=2)]


def test_few_drafts_are_spread_over_many_passages() -> None:
    text = "\n\n".join(
        f"# Room {n}\n\nRoom {n} costs ${n}. Room {n}b is a hall." for n in range(20)
    )
    found = of(text, n=20)
    assert len(found) == 20
    assert max(Counter(one.passage.start for one in found).values()) == 1


def test_a_question_that_two_passages_answer_is_not_drafted() -> None:
    text = "# A\n\nThe hall costs $5.\n\n# B\n\nThe hall costs $7."
    for seed in range(20):
        questions = Counter(one.question.casefold() for one in of(text, seed=seed))
        assert all(count == 1 for count in questions.values())
        both = {one.question: one.answer for one in of(text, seed=seed) if "hall" in one.question}
        assert len({plain(q).casefold() for q in both}) == len(both)


def test_nothing_is_drafted_from_nothing() -> None:
    assert drafted([]) == []
    assert drafted([("a.md", Passage("...", 0, 3))]) == []


@pytest.mark.parametrize("code", ["de", "ja"])
def test_the_search_finds_most_passages_that_drafts_are_about(house: House, code: str) -> None:
    for path in sorted((BOTS / code / "knowledge").glob("*.md")):
        house.write(**{path.name: path.read_text("utf-8")})
    house.languages = (code,)
    house.sync()
    search = Search.current(house.index, languages=(code,))
    found = drafted(search, n=200)
    assert len({one.document for one in found}) == 10
    assert {language_of(one.passage) for one in found} == {code}
    tops = [search.search(one.question, 1).hits for one in found]
    right = sum(
        bool(hits) and hits[0].passage == one.passage for hits, one in zip(tops, found, strict=True)
    )
    assert right >= 0.7 * len(found) >= 35


def test_what_not_everybody_may_see_is_not_drafted_from(house: House) -> None:
    house.tables = {"access": {"staff": "staff"}}
    house.write(open__md="# Hall\n\nThe hall costs $5.", staff__md="# Vault\n\nThe vault costs $9.")
    house.sync()
    search = Search.current(house.index)
    assert {one.document for one in drafted(search)} == {"open.md"}
    assert {name for name, _ in search.everything(("staff",))} == {"open.md", "staff.md"}
