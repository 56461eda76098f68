"""The router: each branch, with confidences that are set by hand."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.answer.routing import (
    REPLIES,
    THRESHOLD,
    Documents,
    Told,
    asked,
    calibrated,
    draft,
    known,
    match,
    say,
    spec_of,
)

from chatwright.answer import router as module
from chatwright.answer.calibration import Tried
from chatwright.answer.decision import Asked
from chatwright.answer.router import SHORTER, Router
from chatwright.answer.standard import StandardReplies
from chatwright.core.types import Conversation, Message
from chatwright.knowledge.curated import Curated
from chatwright.knowledge.curating import Curator, Writing
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.curated_records import Content
from chatwright.store.secret import Secret
from chatwright.store.stamps import stamp


@pytest.fixture(scope="module")
def replies() -> StandardReplies:
    return known()


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    made = Documents(tmp_path)
    made.write(
        lockers="# Lockers\n\nA locker costs 50 cents a day. Keys are at the desk.",
        hours="# Hours\n\n- Friday: 9 am to 6 pm\n- Sunday: closed",
    )
    return made


@pytest.fixture
def routers() -> Iterator[list[Router]]:
    """Those that are put into it are closed."""
    made: list[Router] = []
    yield made
    for one in made:
        one.close()


Make = Callable[..., Router]


@pytest.fixture
def make(documents: Documents, routers: list[Router]) -> Make:
    """A router of these documents; keywords are of `[answers]`, and `calibration`."""

    def made(calibration: Any = None, curated: Curated | None = None, **answers: Any) -> Router:
        documents.tables = {"answers": answers}
        router = documents.router(calibration, curated=curated)
        routers.append(router)
        return router

    return made


# --- what was asked ---


def test_what_is_asked_and_what_was_asked_before() -> None:
    first = asked("When open?")
    assert (first.question, first.before, first.hidden) == ("When open?", "", "When open?")
    second = asked("A card?", "Yes.", "How much?")
    assert (second.question, second.before) == ("How much?", "A card?")
    hidden = Asked.of(say("I am Ann", "Hi.", "And me?"), say("I am <NAME_1>", "Hi.", "And me?"))
    assert hidden is not None and hidden.hidden_before == "I am <NAME_1>"
    assert hidden.before == "I am Ann"


def test_nobody_asked() -> None:
    for nothing in (
        Conversation(()),
        say("  \n"),
        say("Hi", "Hello."),
        Conversation((Message("system", "Be kind."),)),
    ):
        assert Asked.of(nothing) is None


# --- reviewed answers ---


@pytest.fixture
def curator(database: Database, tmp_path: Path) -> Curator:
    return Curator(database, "library", AuditLog(database, Secret("x" * 40), tmp_path))


def curated_router(tmp_path: Path, database: Database, routers: list[Router]) -> Router:
    spec = spec_of(tmp_path)
    router = Router(spec, calibrated(quoted=0.9), Curated(database, "library"))
    routers.append(router)
    return router


def test_a_reviewed_answer_to_this_very_question_settles_it(
    tmp_path: Path, database: Database, curator: Curator, routers: list[Router]
) -> None:
    curator.add(Writing("Nine to six.", ["When are you open?"]), "cli")
    router = curated_router(tmp_path, database, routers)
    decision = router.settled(router.look(asked("when are YOU open")))
    assert decision is not None
    assert (decision.route, decision.text, decision.confidence) == ("curated", "Nine to six.", 1.0)
    assert router.settled(router.look(asked("Who wins the election?"))) is None


def test_a_likeness_settles_it_and_another_answer_as_near_does_not(
    tmp_path: Path, database: Database, curator: Curator, routers: list[Router]
) -> None:
    curator.add(Writing("Five euros.", ["How much does a library card cost?"]), "cli")
    router = curated_router(tmp_path, database, routers)
    question = asked("How much does a library card cost me?")
    decision = router.settled(router.look(question))
    assert decision is not None and decision.text == "Five euros."
    assert 0.86 <= decision.confidence < 1
    curator.add(Writing("Nine euros.", ["How much does a library card cost us?"]), "cli")
    assert router.settled(router.look(question)) is None


def test_a_reviewed_answer_that_is_over_is_not_given(
    tmp_path: Path, database: Database, curator: Curator, routers: list[Router]
) -> None:
    ends = stamp(datetime.now(UTC) + timedelta(seconds=0.4))
    with curator.rows.edit("library", "cli", "added") as edit:
        edit.put("a", Content("Closed today.", ("are you open today?",), expires_at=ends))
    router = curated_router(tmp_path, database, routers)
    question = asked("Are you open today?")
    assert router.settled(router.look(question)) is not None
    until = time.monotonic() + 3
    while router.settled(router.look(question)) is not None and time.monotonic() < until:
        time.sleep(0.02)
    look = router.look(question)
    assert look.curated == () and router.settled(look) is None
    assert router.decide(look).route == "refused"


@pytest.mark.parametrize(
    ("likeness", "margin", "settles"),
    [(0.95, 0.2, True), (0.95, 0.01, False), (0.8, 0.8, False)],
)
def test_without_a_fit_a_likeness_counts_as_a_person_would_hold_it(
    tmp_path: Path, likeness: float, margin: float, settles: bool
) -> None:
    router = Router(spec_of(tmp_path), calibrated(), Told(match(likeness, margin)))
    look = router.look(asked("Something"))
    assert (router.settled(look) is not None) == settles
    assert router.decide(look).route == ("curated" if settles else "refused")


def test_a_fitted_likeness_is_held_to_the_dial(tmp_path: Path) -> None:
    for sure, route in ((0.49, "refused"), (0.51, "curated")):
        router = Router(spec_of(tmp_path), calibrated(curated=sure), Told(match(0.99, 0.9)))
        look = router.look(asked("Something"))
        assert (router.settled(look) is not None) == (route == "curated")
        assert router.decide(look).route == route


def test_an_exact_one_is_given_whatever_the_dial_says(tmp_path: Path) -> None:
    """Where nothing keeps to the dial, the threshold is above 1."""
    bad = calibrated(curated=0.2, quoted=0.2, tried=tuple([Tried(0.9, 0.0)] * 30))
    router = Router(spec_of(tmp_path), bad, Told(match(exact=True)))
    assert router.threshold > 1
    decision = router.settled(router.look(asked("Something")))
    assert decision is not None and decision.route == "curated"


def test_a_bot_without_that_route_asks_nobody(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, answers={"routes": ["retrieved", "generated"]})
    router = Router(spec, calibrated(), Told(match(exact=True)))
    look = router.look(asked("Something"))
    assert look.curated == () and router.settled(look) is None


# --- known replies and documents ---


def test_a_known_reply_is_chosen(make: Make, replies: StandardReplies) -> None:
    router = make(calibrated(replies, standard=0.8, quoted=0.6))
    decision = router.decide(router.look(asked("what does a card cost?")))
    assert (decision.route, decision.text) == ("retrieved", REPLIES[1])
    assert decision.confidence == pytest.approx(0.8) and decision.threshold == THRESHOLD
    assert decision.sources == ()


def test_a_passage_is_quoted_with_its_source(make: Make) -> None:
    router = make(calibrated(quoted=0.7))
    decision = router.decide(router.look(asked("What does a locker cost?")))
    assert decision.route == "retrieved" and "50 cents" in decision.text
    assert [source.uri for source in decision.sources] == ["lockers.md"]
    assert decision.sources[0].quote in (
        "A locker costs 50 cents a day. Keys are at the desk.",
        decision.text,
    )


def test_below_the_dial_nothing_is_said(make: Make, replies: StandardReplies) -> None:
    router = make(calibrated(replies, standard=0.45, quoted=0.49), unsure="No idea.")
    decision = router.decide(router.look(asked("what does a locker cost?")))
    assert (decision.route, decision.text, decision.sources) == ("refused", "No idea.", ())
    assert decision.confidence == pytest.approx(1 - 0.49)
    assert {one.kind for one in decision.candidates} == {"standard", "quoted"}


def test_nothing_found_and_nothing_known(tmp_path: Path, routers: list[Router]) -> None:
    router = Documents(tmp_path).router(calibrated(quoted=0.9))
    routers.append(router)
    look = router.look(asked("What does a locker cost?"))
    assert look.found is None and look.hits == () and look.standard is None
    decision = router.decide(look)
    assert decision.route == "refused" and decision.candidates == ()
    assert (decision.confidence, decision.threshold) == (1.0, THRESHOLD)


def test_it_declines_in_the_words_of_what_declines(make: Make, replies: StandardReplies) -> None:
    router = make(calibrated(replies, standard=0.9, quoted=0.6))
    decision = router.decide(router.look(asked("who wins the election?")))
    assert (decision.route, decision.text) == ("refused", REPLIES[3])
    assert decision.confidence == pytest.approx(0.9)


def test_what_declines_and_is_not_the_surest_does_not_stop_it(make: Make) -> None:
    router = make(calibrated(quoted=0.8, generated=0.6))
    look = router.look(asked("What does a locker cost?"))
    decision = router.decide(look, draft("I cannot say.", declined=True))
    assert decision.route == "retrieved"
    router.calibration = calibrated(quoted=0.4, generated=0.3)
    decision = router.decide(look, draft("I cannot say.", declined=True))
    assert (decision.route, decision.text) == ("refused", "I cannot say.")


def test_a_reply_that_somebody_wrote_goes_before_a_page_that_is_hardly_surer(make: Make) -> None:
    said = draft("A locker costs 50 cents.")
    for ahead, route in ((SHORTER - 0.01, "generated"), (SHORTER + 0.01, "retrieved")):
        router = make(calibrated(quoted=0.7, generated=0.7 - ahead))
        assert router.decide(router.look(asked("locker cost?")), said).route == route
    router = make(calibrated(quoted=0.7, generated=0.69))
    declined = replace(said, declined=True)
    assert router.decide(router.look(asked("locker cost?")), declined).route == "retrieved"


def test_a_draft_names_the_passages_that_it_says(make: Make) -> None:
    router = make(calibrated(quoted=0.1, generated=0.9))
    look = router.look(asked("what does a locker cost?"))
    decision = router.decide(look, draft("A locker costs 50 cents a day."))
    assert [one.uri for one in decision.sources] == ["lockers.md"]
    decision = router.decide(look, draft("Please ask somebody else about that."))
    assert decision.sources == ()


def test_no_words_are_no_draft(make: Make) -> None:
    router = make(calibrated(quoted=0.2, generated=0.9))
    decision = router.decide(router.look(asked("what does a locker cost?")), draft(" \n"))
    assert decision.route == "refused" and [c.kind for c in decision.candidates] == ["quoted"]


def test_documents_for_some_are_found_by_them_alone(tmp_path: Path, routers: list[Router]) -> None:
    documents = Documents(tmp_path, {"knowledge": {"access": {"staff": "staff"}}})
    documents.write(staff="# Safe\n\nThe safe opens with 4711.")
    router = documents.router(calibrated(quoted=0.9))
    routers.append(router)
    question = asked("How does the safe open?")
    assert router.look(question).hits == ()
    assert [hit.names for hit in router.look(question, ("staff",)).hits] == [("staff.md",)]


def test_a_follow_up_of_no_word_of_its_own_is_searched_with_the_one_before(make: Make) -> None:
    router = make(calibrated(quoted=0.9))
    assert router.look(asked("xyzzy?")).hits == ()
    look = router.look(asked("What about a locker?", "Yes?", "xyzzy?"))
    assert [name for hit in look.hits for name in hit.names][:1] == ["lockers.md"]
    assert look.signs["follow_up"] == 1


# --- facts ---


@pytest.mark.parametrize(
    ("grounding", "judged", "route"),
    [
        ("off", True, "generated"),
        ("refuse", True, "refused"),
        ("retry", True, "refused"),
        ("off", False, "generated"),
        ("refuse", False, "refused"),
        ("retry", False, "generated"),  # after a second try: nothing tells right from wrong
    ],
)
def test_a_fact_that_stands_nowhere(make: Make, grounding: str, judged: bool, route: str) -> None:
    router = make(calibrated(generated=0.9, quoted=0.1, judged=judged), grounding=grounding)
    look = router.look(asked("what does a locker cost?"))
    decision = router.decide(look, draft("A locker costs 75 cents a day."))
    assert [fact.text for fact in decision.lacking] == ["75 cents"]
    assert decision.route == route
    assert decision.explained()["ungrounded"] == ["75 cents"]
    assert not router.decide(look, draft("A locker costs $0.50 a day.")).lacking


def test_facts_may_rest_on_what_was_said_known_or_is_found_for_the_draft(
    make: Make, replies: StandardReplies
) -> None:
    router = make(calibrated(replies, generated=0.9))
    look = router.look(asked("I have 17 books. What now?"))
    assert not router.lacking(look, draft("You have 17 books."))
    assert not router.lacking(look, draft(REPLIES[1]))  # to the letter, wherever it was said
    assert router.lacking(look, draft("The hall opens at 4 in the morning."))
    # Nothing of this question leads to the hours; the draft's own words do.
    assert not router.lacking(look, draft("On Friday the hours are 9 am to 6 pm."))


def test_a_bot_that_is_not_judged_says_what_was_written(make: Make) -> None:
    sure = {"quoted": 0.3, "generated": 0.2}
    said = draft("A locker costs 50 cents.")
    for judged, route in ((False, "generated"), (True, "refused")):
        router = make(calibrated(judged=judged, **sure))
        decision = router.decide(router.look(asked("locker cost?")), said)
        assert decision.route == route
    assert (
        make(calibrated(judged=False, **sure)).decide(router.look(asked("locker cost?"))).route
        == "refused"
    )  # what is found is held to the dial all the same


def test_known_words_of_the_model_lean_on_the_matching(
    make: Make, replies: StandardReplies
) -> None:
    router = make(calibrated(replies, standard=0.6, generated=0.6))
    look = router.look(asked("what does a card cost?"))
    by_kind = {one.kind: one for one in router.decide(look, draft(REPLIES[1])).candidates}
    signs = by_kind["generated"].signs
    assert signs["is_standard"] == 1 and signs["agrees"] == 1 and signs["expected"] > -1
    other = {one.kind: one for one in router.decide(look, draft("Hm.")).candidates}
    assert other["generated"].signs["is_standard"] == 0 == other["generated"].signs["expected"]


# --- whether there is anything to choose ---


@pytest.mark.parametrize(
    ("answers", "calibration", "chooses"),
    [
        ({}, calibrated(quoted=0.5), True),
        ({}, None, False),
        ({"tolerated_wrong": 1.0}, calibrated(quoted=0.5), True),
        ({"tolerated_wrong": 1.0, "grounding": "off"}, calibrated(quoted=0.5), False),
        ({"routes": ["retrieved"]}, None, True),
        (
            {"routes": ["curated"], "tolerated_wrong": 1.0, "grounding": "off"},
            calibrated(quoted=0.5),
            True,
        ),
    ],
    ids=str,
)
def test_when_it_chooses(
    tmp_path: Path, answers: dict[str, Any], calibration: Any, chooses: bool
) -> None:
    assert Router(spec_of(tmp_path, answers=answers), calibration).chooses == chooses


def test_who_writes(tmp_path: Path) -> None:
    assert Router(spec_of(tmp_path)).writes
    assert not Router(spec_of(tmp_path, answers={"routes": ["retrieved"]})).writes
    assert not Router(spec_of(tmp_path, model={"kind": "retrieval"})).writes


def test_not_calibrated_it_quotes_only_where_every_answer_is_tolerated(make: Make) -> None:
    question = asked("What does a locker cost?")
    careful = make(None, routes=["retrieved"])
    assert careful.decide(careful.look(question)).route == "refused"
    bold = make(None, routes=["retrieved"], tolerated_wrong=1.0)
    assert bold.decide(bold.look(question)).route == "retrieved"


def test_the_dial(make: Make) -> None:
    tried = (*[Tried(0.9, 1.0)] * 40, *[Tried(0.6, 1.0)] * 30, *[Tried(0.6, 0.0)] * 10)
    calibration = calibrated(quoted=0.7, tried=tried)
    strict = make(calibration, tolerated_wrong=0.05)
    assert strict.threshold == 0.9
    assert strict.decide(strict.look(asked("locker cost?"))).route == "refused"
    loose = make(calibration, tolerated_wrong=0.2)
    assert loose.threshold == 0.6
    assert loose.decide(loose.look(asked("locker cost?"))).route == "retrieved"


# --- asking back ---


class Torn(StandardReplies):
    """Holds the first two replies for equally likely."""

    @classmethod
    def of_known(cls) -> Torn:
        made = known()
        return cls(made._classifier, made._signaller.known, made.taught)

    def look(self, question: str, before: str = "", k: int = 3) -> Any:
        looked = super().look(question, before, k)
        numbers = (0, 1)
        choices = tuple(replace(self._choice(n, 0.0), share=0.4) for n in numbers)
        return replace(looked, choices=choices)


def test_it_asks_back_and_gives_what_was_chosen(make: Make) -> None:
    router = make(calibrated(Torn.of_known(), standard=0.3))
    decision = router.decide(router.look(asked("card open?")))
    assert (decision.route, decision.mark) == ("refused", "clarify")
    assert all(words in decision.text for words in ("We open at 9", "A card costs 5 euros"))
    chosen = router.settled(router.look(asked("card open?", decision.text, "the second one")))
    assert chosen is not None
    assert (chosen.route, chosen.text) == ("retrieved", REPLIES[1])
    none = router.settled(router.look(asked("card open?", decision.text, "neither")))
    assert none is not None and (none.route, none.mark) == ("refused", "clarify")
    other = router.settled(router.look(asked("card open?", decision.text, "Where is the toilet?")))
    assert other is None
    assert (
        make(calibrated(Torn.of_known(), standard=0.3), clarify=False)
        .decide(router.look(asked("card open?")))
        .mark
        is None
    )


# --- ids and explanations ---


def test_the_deployment_changes_with_what_is_in_force(
    documents: Documents, routers: list[Router]
) -> None:
    assert Router(documents.spec).deployment_id("promoted") == "promoted"
    told = Told(match(exact=True))
    router = documents.router(calibrated(id="c1"), curated=told)
    routers.append(router)
    router.look(asked("Something"))
    ids = [router.deployment_id("promoted")]
    told.number = "rev-2"
    router.look(asked("Something"))
    ids.append(router.deployment_id("promoted"))
    snapshot = documents.write(more="# More\n\nMore.")
    until = time.monotonic() + 2
    while router.snapshot != snapshot and time.monotonic() < until:
        time.sleep(0.02)
    ids.append(router.deployment_id("promoted"))
    router.calibration = calibrated(id="c2")
    ids.append(router.deployment_id("promoted"))
    assert len(set(ids)) == 4 and "promoted" not in ids
    assert router.deployment_id("another") == ids[-1]


def test_closing_frees_both(documents: Documents) -> None:
    told = Told()
    router = documents.router(calibrated(), curated=told)
    assert router.live is not None and router.live.current() is not None
    router.close()
    assert told.closed == 1 and router.live.current() is None


def test_an_explanation_is_plain_json(make: Make, replies: StandardReplies) -> None:
    calibration = calibrated(replies, standard=0.4, quoted=0.7, generated=0.2)
    router = make(calibration, Told(match(0.5, 0.1)))
    decision = router.decide(
        router.look(asked("what does a locker cost?")), draft("It costs 75 cents. " * 40)
    )
    values = json.loads(json.dumps(decision.explained(), allow_nan=False))
    assert values["route"] == "retrieved" and values["threshold"] == 0.5
    assert values["confidence"] == 0.7
    kinds = [one["kind"] for one in values["candidates"]]
    assert kinds[0] == "quoted" and set(kinds) == {"curated", "standard", "quoted", "generated"}
    assert values["candidates"][0]["sources"] == ["lockers.md"]
    assert all(len(one["text"]) <= 300 for one in values["candidates"])
    assert "75 cents" in values["ungrounded"]
    confidences = [one["confidence"] for one in values["candidates"]]
    assert confidences == sorted(confidences, reverse=True)
    assert module.ROUTES["standard"] == "retrieved"
