"""Calibration of a small bot: what is fitted, what the dial then asks for, the same for the same seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.answer.routing import Documents, spec_of
from tests.evaluation.desk import DECLINES, TOPICS, Knowing, dataset, talk, talks

from chatwright.answer import Bot
from chatwright.answer.calibration import MATCHED, Calibration
from chatwright.answer.changes import Corrected, changes
from chatwright.answer.decision import Asked
from chatwright.answer.router import Router
from chatwright.core.progress import Silent
from chatwright.core.types import gather
from chatwright.data.harvested import CHANGES, FOLDER
from chatwright.evaluation.calibrate import OUTSIDE, calibrate
from chatwright.evaluation.routed import keep, questions_of
from chatwright.evaluation.tried import asked
from chatwright.spec import Spec

DATA = dataset(train=talks(1, 6, 10), dev=talks(2, 4, 6))
DOCUMENT = "# {}\n\n{} Please ask at the desk where anything about it is unclear to you."


def bot_of(spec: Spec, engine: Knowing | None = None) -> Bot:
    return Bot(spec, engine or Knowing(), "r1", "d1", router=Router(spec, release="r1"))


@dataclass
class Heard(Silent):
    works: list[str] = field(default_factory=list)

    def start(self, what: str, total: int | None = None) -> None:
        self.works.append(what)


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    return spec_of(tmp_path)


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[Bot]:
    """Documents, and neither model nor conversations."""
    documents = Documents(
        tmp_path, {"model": {"kind": "retrieval"}, "answers": {"tolerated_wrong": 0.05}}
    )
    names = [f"p{number}" for number in range(len(TOPICS))]
    texts = [DOCUMENT.format(topic.title(), reply) for topic, reply in TOPICS.items()]
    documents.write(**dict(zip(names, texts, strict=True)))
    router = documents.router()
    yield Bot(documents.spec, Knowing(), "r1", "d1", router=router)
    router.close()


def wrong_share(calibration: Calibration, tolerated: float) -> float:
    least = calibration.threshold(tolerated)
    said = [one for one in calibration.tried if 0 < one.confidence >= least]
    whole = sum(one.weight for one in said)
    return sum(one.weight * (1 - one.right) for one in said) / whole if whole else 0.0


async def test_a_bot_that_knows_answers_most_and_little_wrong(spec: Spec) -> None:
    found = await calibrate(bot_of(spec), DATA, Silent())
    assert {MATCHED, "standard", "standard alone", "generated"} <= found.logistics.keys()
    assert found.judged and found.standard is not None and found.about["replies"] == 10
    assert 0 < found.threshold(0.15) < 1
    assert found.coverage(0.15) > 0.8
    for tolerated in (0.02, 0.05, 0.15, 0.3):
        assert wrong_share(found, tolerated) <= tolerated
    inside = [one for one in found.tried if one.inside]
    assert len(inside) == 36 and len(found.tried) > len(inside)
    assert found.about["release"] == "r1"


async def test_the_fitted_router_answers_what_is_known_and_declines_the_rest(spec: Spec) -> None:
    bot = bot_of(spec)
    found = await calibrate(bot, DATA, Silent())
    fitted = bot.routed(Router(spec, found, release="r1"))
    reply = await gather(fitted.reply(asked("please tell me about the late fees")))
    assert reply.text == TOPICS["late fees"]
    reply = await gather(fitted.reply(asked("who painted the mona lisa")))
    assert reply.route == "refused"


async def test_a_model_that_is_wrong_is_trusted_less(spec: Spec) -> None:
    topics = list(TOPICS)
    good = await calibrate(bot_of(spec), DATA, Silent())
    bad = await calibrate(bot_of(spec, Knowing(*topics)), DATA, Silent())
    signs = {"drafted": 1.0, "known": 0.0, "agrees": 1.0}
    right, wrong = (one.confidence("generated", signs) for one in (good, bad))
    assert right is not None and wrong is not None and wrong < right
    for tolerated in (0.05, 0.15):
        assert wrong_share(bad, tolerated) <= tolerated


async def test_talk_that_nothing_can_be_told_of_is_not_judged(spec: Spec) -> None:
    free = [talk(f"I feel like number {n}", f"Oh, then think of {n * 7} sheep.") for n in range(60)]
    engine = Knowing(words="Really? Go on.")
    found = await calibrate(bot_of(spec, engine), dataset(train=free, dev=free), Silent())
    assert not found.judged and found.standard is None
    assert found.threshold(0.05) == 1.01


async def test_the_same_seed_gives_the_same_calibration(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    ids = []
    for seed in (0, 0, 1):
        found = await calibrate(bot_of(spec), DATA, Silent(), seed=seed)
        ids.append(keep(spec, "r1", found).id)
    assert ids[0] == ids[1] != ids[2]


async def test_parts_are_taken_out_where_the_data_decline_little(spec: Spec) -> None:
    few = dataset(train=talks(1, 6, 0), dev=talks(2, 4, 0))
    heard = Heard()
    wordless = spec.model_copy(
        update={"model": spec.model.model_copy(update={"kind": "retrieval"})}
    )
    found = await calibrate(bot_of(wordless), few, heard)
    assert "Asking what is not known" in heard.works
    taken = [one for one in found.tried if not one.inside and one.confidence > 0]
    assert taken and all(one.right == 0 for one in taken)  # whatever is said is wrong
    heard = Heard()
    many = dataset(train=talks(1, 6, 10), dev=talks(2, 4, 30))
    await calibrate(bot_of(spec), many, heard)
    assert "Asking what is not known" not in heard.works


async def test_questions_without_an_answer_have_their_share_of_the_weight(spec: Spec) -> None:
    found = await calibrate(bot_of(spec), DATA, Silent())
    none = sum(one.weight for one in found.tried if not one.inside)
    whole = sum(one.weight for one in found.tried)
    assert none / whole == pytest.approx(OUTSIDE, abs=0.01)
    assert all(one.weight <= 1 for one in found.tried)


async def test_documents_alone(cold: Bot) -> None:
    assert cold.router is not None and cold.router.live is not None
    search = cold.router.live.current()
    assert search is not None
    drafted = questions_of(search)
    assert len(drafted) >= 9
    found = await calibrate(cold, None, Silent(), drafted=drafted * 3)
    assert set(found.logistics) == {"quoted alone"} and found.standard is None
    assert found.about["snapshot"] == cold.router.live.snapshot
    engine = cold.engine
    assert isinstance(engine, Knowing) and engine.asked == []
    router = Router(cold.spec, found, None, cold.router.live, "r1")
    known = Asked.of(drafted[0].conversation)
    stranger = Asked.of(asked("what is the capital of mongolia"))
    assert known is not None and stranger is not None
    assert router.decide(router.look(known)).route == "retrieved"
    assert router.decide(router.look(stranger)).route == "refused"


async def test_neither_data_nor_documents(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, model={"kind": "retrieval"})
    found = await calibrate(bot_of(spec), None, Silent())
    assert found.logistics == {} and found.threshold(0.15) == 1.01
    assert found.coverage(0.15) == 0


async def test_an_earlier_one_lends_its_replies(spec: Spec) -> None:
    first = await calibrate(bot_of(spec), DATA, Silent())
    again = await calibrate(bot_of(spec), DATA, Silent(), again=first, most=30, at_once=1)
    assert again.standard is first.standard
    assert sum(one.inside for one in again.tried) <= 30


async def test_what_corrections_changed_is_kept_with_it(spec: Spec) -> None:
    wrong, right = TOPICS["late fees"], "Late books cost 30 cents a day."
    found = changes([Corrected("r", "late fees for books", wrong, right)], TOPICS.values())
    folder = spec.made / FOLDER
    folder.mkdir(parents=True)
    lines = (json.dumps(one.to_dict()) + "\n" for one in found)
    (folder / CHANGES).write_text("".join(lines))
    calibration = await calibrate(bot_of(spec), DATA, Silent(), most=60)
    assert [one.new.text for one in calibration.changes] == [found[0].new.text]
    kept = Calibration.load(spec.made / "calibrations" / keep(spec, "r1", calibration).id)
    assert kept.changes == calibration.changes
    (folder / CHANGES).unlink()  # all are undone
    assert (await calibrate(bot_of(spec), DATA, Silent(), again=kept, most=60)).changes == ()
    folder.rmdir()  # a machine that only serves
    again = await calibrate(bot_of(spec), DATA, Silent(), again=kept, most=60)
    assert again.changes == kept.changes


async def test_at_most_so_many_at_once(spec: Spec) -> None:
    class Counting(Knowing):
        most = 0

        async def chat(self, *args: Any, **more: Any) -> Any:
            self.running += 1
            self.most = max(self.most, self.running)
            try:
                async for chunk in super().chat(*args, **more):
                    yield chunk
            finally:
                self.running -= 1

    engine = Counting()
    await calibrate(bot_of(spec, engine), DATA, Silent(), at_once=1)
    assert engine.most == 1 and len(engine.asked) > 40
    assert any(DECLINES in m.content for m in talks(2, 4, 6)[-1].messages)
