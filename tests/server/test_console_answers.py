"""What the pages of curated answers, reviews and feedback ask besides: order and state of long tables, what an
import would change, which answer a question gets, what was said before, and who said what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.improve.review_desk import ANN, BEN, QUESTION, RIGHT, Desk
from tests.server.callers import Callers, logged_in
from tests.server.test_curated_api import ANSWERS, add, sheet

from chatwright.answer import Bot
from chatwright.answer.router import Router
from chatwright.knowledge.curated import Curated
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

LATER = "2127-01-31"


@pytest.fixture
def bot(bot: Bot, spec: Spec, database: Database) -> Iterator[Bot]:
    """One that gives curated answers."""
    curated = Curated(database, "library")
    yield bot.routed(Router(spec, curated=curated))
    curated.close()


@pytest.fixture
def editor(url: str, everyone: Callers, services: Services) -> Iterator[httpx.Client]:
    headers = logged_in(services, everyone.account("editor", "emil"))
    with httpx.Client(base_url=url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def desk(services: Services, database: Database) -> Desk:
    return Desk(services.people.spec, database)


def ids(editor: httpx.Client, **asked: Any) -> list[str]:
    response = editor.get(ANSWERS, params=asked)
    assert response.status_code == 200, response.text
    return [one["id"] for one in response.json()["answers"]]


def test_the_order_and_the_states_of_a_table(
    editor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id, question, text, more in (
        ("b", "Banana?", "yellow", {"expires": LATER}),
        ("a", "apple?", "Zinc", {}),
        ("c", "Cherry?", "red", {"starts": LATER}),
    ):
        add(editor, id=id, questions=[question], text=text, **more)
    assert ids(editor) == ["c", "a", "b"] and ids(editor, descending=True) == ["b", "a", "c"]
    assert ids(editor, sort="question") == ["a", "b", "c"]
    assert ids(editor, sort="text", descending=True) == ["a", "b", "c"]
    assert ids(editor, sort="expires") == ["b", "a", "c"]
    assert ids(editor, state="coming") == ["c"] and ids(editor, state="expired") == []
    monkeypatch.setattr("chatwright.store.curated_lists.now", lambda: "2127-02-02T00:00:00.000Z")
    assert ids(editor, state="expired") == ["b"]
    assert editor.get(ANSWERS, params={"sort": "fate"}).status_code == 400
    assert editor.get(ANSWERS, params={"bot": "other"}).status_code == 404


def test_an_import_shows_what_it_would_change(editor: httpx.Client) -> None:
    add(editor, id="open", questions=["Open?"], text="Nine.")
    rows = ["answer_id,question,answer", "open,Open?,Ten.", ",New?,Yes.", ",new,No.", ",,Nothing."]
    report = sheet(editor, "\n".join(rows), dry_run=True, replace=True).json()
    due = {one["what"]: one for one in report["due"]}
    assert (due["changed"]["before"]["text"], due["changed"]["after"]["text"]) == ("Nine.", "Ten.")
    assert due["added"]["before"] is None and due["added"]["after"]["questions"] == ["New?"]
    assert [(one["number"], one["double"]) for one in report["refused"]] == [(4, True), (5, False)]
    assert editor.get(f"{ANSWERS}/open").json()["text"] == "Nine."


def test_which_answer_a_question_would_get(editor: httpx.Client) -> None:
    add(editor, id="open", questions=["When are you open?"], text="Nine.")
    place = "/api/curated/trial"
    found = editor.get(place, params={"question": "when are you OPEN"}).json()
    assert found["given"] == "open" and found["confidence"] >= found["needed"]
    assert found["near"][0]["exact"] and found["near"][0]["text"] == "Nine."
    found = editor.get(place, params={"question": "Do you sell open sandwiches?"}).json()
    assert found["given"] is None and found["confidence"] < found["needed"]
    found = editor.get(place, params={"question": "Zebra"}).json()
    assert (found["given"], found["near"]) == (None, [])
    assert editor.get(place, params={"question": ""}).status_code == 400


def test_what_was_said_before_and_what_would_be_replaced(
    editor: httpx.Client, desk: Desk, services: Services
) -> None:
    id = desk.corrected(after=("Hello", "Hi, ask me."))
    told = editor.get(f"/api/reviews/{id}/talk").json()["messages"]
    assert [one["content"] for one in told[:3]] == ["Hello", "Hi, ask me.", QUESTION]
    assert told[3]["route"] == "generated" and told[3]["release"] == "r"
    add(editor, id="held", questions=[QUESTION], text="Something else.")
    body = {"action": "curate", "revision": 1, "question": QUESTION}
    plan = editor.post(f"/api/reviews/{id}/plan", json=body).json()
    assert plan["replaces"] == {"id": "held", "text": "Something else."}
    names = editor.get("/api/reviews/names").json()["names"]
    assert "emil" in names.values()


def test_reviews_by_what_was_said(editor: httpx.Client, desk: Desk) -> None:
    desk.corrected(agrees=False)
    desk.say(desk.ask(BEN, "May I bring a dog?", "Yes.", agrees=False), BEN, thumb="up")
    disliked = desk.ask(BEN, "Is there tea?", "No.", agrees=False)
    desk.say(disliked, BEN, comment="but there is a kettle")

    def found(**asked: Any) -> set[str]:
        response = editor.get("/api/reviews", params=asked)
        return {one["question"] for one in response.json()["items"]}

    assert found(kind="corrected") == {QUESTION}
    assert found(kind="liked") == {"May I bring a dog?"}
    assert found(kind="disliked") == {QUESTION, "Is there tea?"}
    assert found(kind="commented") == found(search="KETTLE") == {"Is there tea?"}
    assert len(found()) == 3


def test_feedback_and_its_raters(editor: httpx.Client, desk: Desk) -> None:
    desk.corrected()
    desk.say(desk.ask(BEN, "Is there tea?", "No.", agrees=False), BEN, comment="a secret of Ben's")
    told = editor.get("/api/feedback").json()
    assert (told["total"], told["raters"], told["alarm"]) == (2, 2, "")
    ben, ann = told["feedback"]
    assert (ann["correction"], ann["readable"], ann["rater"]) == (RIGHT, True, ANN)
    assert (ben["comment"], ben["question"], ben["readable"]) == (None, None, False)
    # Words that may not be read are not found by them either.
    assert editor.get("/api/feedback", params={"search": "secret"}).json()["total"] == 0
    assert editor.get("/api/feedback", params={"said": "correction"}).json()["total"] == 1
    assert editor.get("/api/feedback", params={"rater": BEN}).json()["total"] == 1
    raters = editor.get("/api/feedback/raters").json()
    assert {one["rater"]: one["corrections"] for one in raters["raters"]} == {ANN: 1, BEN: 0}
    assert editor.get("/api/feedback/raters", params={"suspicious": True}).json()["total"] == 0


def test_the_review_of_another_bot_is_not_there(app: FastAPI, editor: httpx.Client) -> None:
    for place in ("/api/reviews", "/api/feedback", "/api/knowledge/gaps", "/api/curated/answers"):
        assert editor.get(place, params={"bot": "library"}).status_code == 200
        assert editor.get(place, params={"bot": "other"}).status_code == 404
