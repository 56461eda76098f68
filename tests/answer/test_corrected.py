"""What corrections change in routing: a sign of what was accepted, and quotations with the right facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.answer.routing import REPLIES, Documents, asked, calibrated, draft, known, spec_of

from chatwright.answer.changes import Corrected, changes
from chatwright.answer.router import Router
from chatwright.answer.standard import StandardReplies


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    made = Documents(tmp_path)
    made.write(lockers="# Lockers\n\nA locker costs 50 cents a day. Keys are at the desk.")
    return made


def test_a_reply_that_a_reviewer_accepted_is_told_to_the_calibration(tmp_path: Path) -> None:
    replies = known()
    taught = replace(replies.taught, reviewed=(REPLIES[1],))
    reviewed = StandardReplies.of(taught)
    assert reviewed is not None
    for known_replies, expected in ((reviewed, 1.0), (replies, 0.0)):
        router = Router(spec_of(tmp_path), calibrated(known_replies, standard=0.6, generated=0.6))
        look = router.look(asked("how much is a library card"))
        found = router.candidates(look, draft(REPLIES[1]), ())
        assert [one.signs["reviewed"] for one in found] == [expected, expected]
        other = router.candidates(look, draft(REPLIES[0]), ())
        assert {one.kind: one.signs["reviewed"] for one in other} == {
            "standard": expected,
            "generated": 0.0,
        }


LOCKER = "A locker costs 50 cents a day. Keys are at the desk."


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (LOCKER, LOCKER.replace("50", "80"), "A locker costs 80 cents a day."),
        ("A drill costs 50 cents a day.", "A drill costs 80 cents a day.", "costs 50 cents a day."),
    ],
)
def test_a_passage_is_quoted_with_the_facts_that_corrections_gave(
    documents: Documents, wrong: str, right: str, said: str
) -> None:
    about = wrong.split()[1]
    found = changes([Corrected("r", f"what does a {about} cost", wrong, right)], [wrong, LOCKER])
    made = calibrated(quoted=0.7)
    made = replace(made, about={**made.about, "changes": [one.to_dict() for one in found]})
    router = documents.router(made)
    decision = router.decide(router.look(asked("What does a locker cost?")))
    router.close()
    assert said in decision.text and [one.uri for one in decision.sources] == ["lockers.md"]
    assert "50" not in decision.text + decision.sources[0].quote or "50" in said


def test_a_passage_that_may_not_be_true_any_more_is_not_quoted(
    documents: Documents,
) -> None:
    documents.write(lockers="# Lockers\n\nLockers and drills cost 50 cents a day.")
    wrong = "Lockers cost 50 cents a day."
    corrected = Corrected("r", "what does a locker cost", wrong, wrong.replace("50", "80"))
    found = changes([corrected], [wrong, "A card costs 5 euros."])
    made = calibrated(quoted=0.7)
    changed = replace(made, about={**made.about, "changes": [one.to_dict() for one in found]})
    question = asked("What do lockers cost?")
    for calibration, route in ((made, "retrieved"), (changed, "refused")):
        router = documents.router(calibration)
        assert router.decide(router.look(question)).route == route
        router.close()
