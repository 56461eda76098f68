"""The whole way for every vendor: simulator, intake, turn, outbox, simulator; with all that vendors do."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Connection
from tests.channels.simulated import Simulated, simulated, until
from tests.server.conftest import WordEngine, served_app

from chatwright.answer import Bot
from chatwright.core.errors import EngineError
from chatwright.core.types import Chunk, Conversation, Sampling, Usage
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store import channel_outbox as outbox

VENDORS = ("slack", "whatsapp", "messenger", "telegram", "webhook")


class Echo(WordEngine):
    """Answers with the question."""

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        yield Chunk(f"You asked: {conversation.messages[-1].content}")
        yield Chunk(finish_reason="stop", usage=Usage(1, 1))


@pytest.fixture
def vendors() -> Iterator[Simulated]:
    with simulated() as running:
        yield running


@pytest.fixture
def engine() -> WordEngine:
    return Echo()


@pytest.fixture
def spec(tmp_path: Path, vendors: Simulated, monkeypatch: pytest.MonkeyPatch) -> Spec:
    channels: dict[str, Any] = {}
    for name, vendor in vendors.simulator.vendors.items():
        channels[name] = {"kind": name, **vendor.options(vendors.origin)}
        for variable, value in vendor.environment(vendors.origin).items():
            monkeypatch.setenv(variable, value)
    return Spec.model_validate(
        {
            "folder": tmp_path,
            "bot": {"name": "library", "purpose": "Help readers."},
            "guard": {"personal": False, "links": ["*"], "handover": "A person will come."},
            "channels": channels,
        }
    )


@pytest.fixture
def running(app: FastAPI, vendors: Simulated) -> Iterator[Simulated]:
    """The simulator, with the bot's server behind it."""
    with served_app(app) as origin:
        for name in VENDORS:
            url = f"{origin}/channels/{name}"
            vendors.rules(name, url=url, hurry=20, hold_ms=200, statuses=False)
        yield vendors


def answers(vendors: Simulated, vendor: str) -> Counter[str]:
    texts = [line["text"] for line in vendors.sent(vendor)]
    return Counter(t.removeprefix("You asked: ") for t in texts if t.startswith("You asked: "))


def answered(vendors: Simulated, vendor: str, texts: set[str], seconds: float = 60) -> None:
    until(lambda: texts <= set(answers(vendors, vendor)), seconds)


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_message_is_answered_once(running: Simulated, vendor: str) -> None:
    faults = {"duplicates": 0.5, "reordered": 0.3, "errors": 0.1, "batch": 3}
    running.rules(vendor, **faults)
    if vendor in ("slack", "webhook"):  # they can be asked, or know what they have seen
        running.rules(vendor, uncertain=0.1)
    running.do(vendor, "say", text="q{n}", count=20, people=5)
    expected = {f"q{n}" for n in range(20)}
    answered(running, vendor, expected, 120)
    report = running.settled(vendor)
    assert report["acknowledged"] == report["events"] == 20
    assert report["attempts"] > 20
    time.sleep(0.5)  # a double would come now
    assert answers(running, vendor) == Counter(expected)


@pytest.mark.parametrize("vendor", VENDORS)
def test_consent_is_given_everywhere(
    running: Simulated, app: FastAPI, database: Database, vendor: str
) -> None:
    people = app.state.services.people
    texts = {"consent_how": "Yes or no?", "consent_given": "Thanks.", "consent_withdrawn": "No."}
    privacy = people.spec.privacy.model_copy(update=texts)
    people.spec = people.spec.model_copy(update={"privacy": privacy})

    def all_sent() -> bool:
        with database.read() as connection:
            query = "SELECT state FROM channel_outbox"
            found = list(connection.exec_driver_sql(query).scalars())
        return len(found) >= 2 and set(found) == {"sent"}

    running.do(vendor, "say", text="/consent")
    until(all_sent)  # the disclosure, and the question
    assert not people.consenting()
    running.do(vendor, "say", text="/consent yes")
    until(people.consenting)
    until(lambda: running.sent(vendor)[-1]["text"] == "Thanks.")
    assert "Yes or no?" in running.sent(vendor)[-2]["text"]


@pytest.mark.parametrize("vendor", VENDORS)
def test_nothing_forged_is_let_in(running: Simulated, vendor: str) -> None:
    kinds = ["signature", "missing"] + (["body"] if vendor != "telegram" else [])
    kinds += ["stale"] if vendor in ("slack", "webhook") else []
    for kind in kinds:
        found = running.do(vendor, "forge", kind=kind, count=3, text="forged")
        assert found == {"statuses": {"401": 3}, "admitted": 0}
    running.do(vendor, "say", text="true")
    answered(running, vendor, {"true"})
    assert set(answers(running, vendor)) == {"true"}
    if vendor in ("slack", "whatsapp", "messenger"):
        assert running.do(vendor, "check")["right"]


def thumbs(services: Services) -> list[str | None]:
    return [one.thumb for one in services.feedbacks.items("library")]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_button_below_an_answer_is_feedback(
    running: Simulated, vendor: str, services: Services
) -> None:
    running.do(vendor, "say", text="hello")
    answered(running, vendor, {"hello"})
    line = running.sent(vendor)[-1]
    down = next(b["value"] for b in line["buttons"] if b["value"].startswith("down"))
    running.do(vendor, "press", message=line["id"], value=down)
    until(lambda: thumbs(services) == ["down"])


@pytest.mark.parametrize("vendor", ["slack", "whatsapp", "messenger", "telegram"])
def test_a_reaction_to_an_answer_is_feedback(
    running: Simulated, vendor: str, services: Services
) -> None:
    running.do(vendor, "say", text="hello")
    answered(running, vendor, {"hello"})
    emoji = "+1" if vendor == "slack" else "👍"
    running.do(vendor, "react", message=running.sent(vendor)[-1]["id"], value=emoji)
    until(lambda: thumbs(services) == ["up"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_after_an_outage_all_is_sent(running: Simulated, vendor: str, app: FastAPI) -> None:
    running.rules(vendor, outage=True)
    running.do(vendor, "say", text="q{n}", count=6, people=3)
    until(lambda: app.state.services.channels.standing()[vendor].state == "waiting")
    assert not running.sent(vendor)
    running.rules(vendor, outage=False)
    answered(running, vendor, {f"q{n}" for n in range(6)})
    until(lambda: app.state.services.channels.standing()[vendor].state == "ready")
    assert max(answers(running, vendor).values()) == 1


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_revoked_token_stops_the_channel_and_a_new_one_starts_it(
    running: Simulated, vendor: str, app: FastAPI
) -> None:
    running.rules(vendor, revoked=True)
    running.do(vendor, "say", text="hello")
    standing = app.state.services.channels.standing
    until(lambda: standing()[vendor].state == "stopped")
    assert standing()[vendor].reason
    running.rules(vendor, revoked=False)
    answered(running, vendor, {"hello"})


def test_a_mention_in_slack_is_answered_once_and_in_its_thread(running: Simulated) -> None:
    running.do("slack", "say", text="hello", where="mention")
    answered(running, "slack", {"hello"})
    running.settled("slack")
    time.sleep(0.5)
    asked = running.lines("slack")[0]
    assert answers(running, "slack") == Counter({"hello": 1})
    assert {line["thread"] for line in running.sent("slack")} == {asked["id"]}


def test_the_disclosure_comes_first_and_once(running: Simulated, spec: Spec) -> None:
    for text in ("one", "two"):
        running.do("whatsapp", "say", text=text)
        answered(running, "whatsapp", {text})
    texts = [line["text"] for line in running.sent("whatsapp")]
    assert texts == [spec.bot.disclosure, "You asked: one", "You asked: two"]


def test_what_comes_after_the_window_is_a_dead_letter(
    running: Simulated, database: Database
) -> None:
    running.rules("whatsapp", outage=True)
    running.do("whatsapp", "say", text="hello")
    until(lambda: running.report("whatsapp")["refused"].get("131016"))
    running.http.post("/control/clock", json={"seconds": 86_401})
    running.rules("whatsapp", outage=False)

    def dead() -> list[str]:
        with database.read() as connection:
            query = "SELECT error FROM channel_outbox WHERE state = 'dead'"
            return list(connection.exec_driver_sql(query).scalars())

    until(lambda: len(dead()) == 2)  # the disclosure too
    assert all("131047" in error for error in dead())


def test_slack_by_socket_mode_needs_no_address(
    tmp_path: Path, vendors: Simulated, spec: Spec, bot: Bot, database: Database, web: Path
) -> None:
    options = spec.channels["slack"].model_copy(update={"listen": True})
    listening = spec.model_copy(update={"channels": {"slack": options}})
    vendors.rules("slack", socket=True, duplicates=0.3, hurry=20)
    with served_app(create_app(bot, database, listening, web=web)) as origin:
        until(lambda: vendors.simulator.socket.connections == 2)
        vendors.do("slack", "say", text="q{n}", count=20, people=5)
        answered(vendors, "slack", {f"q{n}" for n in range(20)})
        assert vendors.settled("slack")["acknowledged"] == 20
        assert max(answers(vendors, "slack").values()) == 1
        assert httpx.post(f"{origin}/channels/slack", content=b"{}").status_code == 401


class Slow(WordEngine):
    """Writes a long answer in many pieces; stops in the middle as often as it is told to."""

    failing = 0

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        for n, word in enumerate(WORDS):
            if n == 150 and self.failing:
                self.failing -= 1
                raise EngineError("It went away.")
            yield Chunk(word)
            await asyncio.sleep(0.002)
        yield Chunk(finish_reason="stop", usage=Usage(1, 1))


WORDS = [f"word{n} " for n in range(300)]
WHOLE = "".join(WORDS).strip()


@pytest.mark.parametrize("engine", [Slow()])
class TestAnAnswerIsShownWhileItIsWritten:
    """In a thread of Slack, from the second answer on: before the first one the disclosure is sent."""

    @pytest.fixture
    def slack(self, running: Simulated) -> Simulated:
        running.do("slack", "say", text="first", where="assistant")
        until(lambda: len(running.sent("slack")) == 2)
        assert {line["method"] for line in running.sent("slack")} == {"chat.postMessage"}
        return running

    def said(self, slack: Simulated, count: int = 1) -> list[dict[str, Any]]:
        """The answers after the first, once the last of them is whole."""

        def whole() -> list[dict[str, Any]]:
            found = slack.sent("slack")[2:]
            return found if len(found) >= count and found[-1]["text"].strip() == WHOLE else []

        return list(until(whole, 60))

    def test_in_pieces_with_buttons_at_its_end(self, slack: Simulated, services: Services) -> None:
        slack.do("slack", "say", text="again", where="assistant")
        (line,) = self.said(slack)
        assert line["method"] == "chat.startStream" and line["changes"] >= 3
        until(lambda: slack.sent("slack")[2]["buttons"])
        slack.do("slack", "press", message=line["id"], value="down")
        until(lambda: thumbs(services) == ["down"])

    def test_what_slack_refuses_on_the_way_becomes_an_update(self, slack: Simulated) -> None:
        slack.rules("slack", errors=0.3, uncertain=0.2)
        slack.do("slack", "say", text="q{n}", where="assistant", count=5)
        lines = self.said(slack, 5)
        time.sleep(0.5)  # a double would come now
        assert [line["text"].strip() for line in lines] == [WHOLE] * 5
        assert len(slack.sent("slack")) == 7

    def test_an_answer_that_broke_off_is_made_again(self, slack: Simulated, engine: Slow) -> None:
        engine.failing = 2
        slack.do("slack", "say", text="again", where="assistant")
        broken, line = self.said(slack, 2)
        assert WHOLE.startswith(broken["text"].strip()) and line["text"].strip() == WHOLE
        assert (broken["method"], line["method"]) == ("chat.startStream", "chat.postMessage")
        assert len(slack.sent("slack")) == 4, "one fragment, however often it breaks off"

    def test_of_a_killed_server_it_is_sent_as_it_was_to_be_or_made_anew(
        self, slack: Simulated, database: Database
    ) -> None:
        """What a dead process left, as the next one finds it."""
        slack.do("slack", "say", text="again", where="assistant")
        self.said(slack)
        until(lambda: not open_posts(database))

        def left(connection: Connection) -> int:
            rows = "UPDATE channel_outbox SET state = 'sending', text = '' WHERE id IN"
            newest = "(SELECT id FROM channel_outbox ORDER BY place DESC LIMIT 1)"
            connection.exec_driver_sql(f"{rows} {newest}")
            return outbox.orphans(connection, "slack")

        with database.write() as connection:
            assert left(connection) == 1
        until(lambda: not open_posts(database))
        assert len(slack.sent("slack")) == 3  # found there by its key
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE messages SET status = 'interrupted'")
            assert left(connection) == 0
        assert not open_posts(database)


def open_posts(database: Database) -> int:
    with database.read() as connection:
        return sum(outbox.waiting(connection).values())
