"""The owner's own words pass the guard as they are: a number in a standard reply is there to be called."""

from __future__ import annotations

from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration, Tried
from chatwright.answer.router import Router
from chatwright.answer.signs import SIGNS
from chatwright.answer.standard import StandardReplies, taught
from chatwright.core.types import Conversation, Message, gather
from chatwright.knowledge.logistic import Logistic
from chatwright.spec import Spec

LINE = "The lifeline is open all day: call 1-800-273-8255 or visit www.lifeline-for-you.org."
OTHER = "We open at nine."
ASKED = {
    LINE: ("I think I am going to drown", "life is too much for me", "I can not go on any more"),
    OTHER: ("when do you open", "what are your hours", "opening time please"),
}


def bot_of(spec: Spec, written: str, *, sure: bool) -> Bot:
    """It knows the standard replies; what its model writes is judged worse where it is `sure` of those."""
    said = [
        Conversation((Message("user", question), Message("assistant", reply)))
        for reply, questions in ASKED.items()
        for question in questions
    ]
    standard = StandardReplies.of(taught(said))
    rows = {kind: [[0.0] * len(SIGNS[kind])] * 20 for kind in ("standard", "generated")}
    logistics = {
        "standard": Logistic.fit(rows["standard"], [float(sure)] * 20),
        "generated": Logistic.fit(rows["generated"], [float(not sure)] * 20),
    }
    tried = (Tried(0.5, 1.0),) * 100
    calibration = Calibration(logistics, tried, about={"matching": []}, standard=standard)
    engine = FakeEngine(Script(pieces=(written,)))
    return Bot(spec, engine, "r", "d", router=Router(spec, calibration))


async def said_by(bot: Bot) -> tuple[str, str]:
    reply = await gather(bot.reply(Conversation((Message("user", "life is too much for me"),))))
    return reply.text, reply.route


async def test_a_standard_reply_is_said_to_the_letter(spec: Spec) -> None:
    assert await said_by(bot_of(spec, "Well.", sure=True)) == (LINE, "retrieved")


async def test_so_is_one_that_the_model_wrote(spec: Spec) -> None:
    assert await said_by(bot_of(spec, LINE, sure=False)) == (LINE, "generated")


async def test_what_the_model_makes_up_beside_it_is_hidden(spec: Spec) -> None:
    answers = spec.answers.model_copy(update={"grounding": "off"})
    spec = spec.model_copy(update={"answers": answers})
    written = LINE.replace("8255", "8256").replace("lifeline-for-you", "lifeline-for-me")
    text, route = await said_by(bot_of(spec, written, sure=False))
    assert route == "generated"
    assert "8256" not in text and "www.lifeline-for-me.org" not in text
