"""Times of two bots, taken in turn."""

from __future__ import annotations

from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.timing import WARMING, in_turn
from chatwright.spec import Spec


async def test_the_bots_take_turns_and_the_slow_one_is_found(spec: Spec) -> None:
    order: list[str] = []

    class Told(FakeEngine):
        def __init__(self, name: str, delay: float) -> None:
            super().__init__(*[Script(("Yes.",), delay) for _ in range(20)])
            self.name = name

        def chat(self, conversation, sampling, *more):  # type: ignore[no-untyped-def]
            order.append(self.name)
            return super().chat(conversation, sampling)

    engines = Told("a", 0.0), Told("b", 0.03)
    bots = [Bot(spec, engine, name, name) for engine, name in zip(engines, "ab", strict=True)]
    for bot in bots:
        await bot.start()
    questions = [Conversation((Message("user", f"Open {n}?"),), id=f"q{n}") for n in range(4)]
    first, second = await in_turn(bots, questions, Silent())
    assert "".join(order[2 * WARMING :]) == "abbaabba"
    assert [item.id for item in first] == [item.id for item in second] == ["q0", "q1", "q2", "q3"]
    assert min(item.value for item in second) >= 25
    assert sum(i.value for i in first) < sum(i.value for i in second)
