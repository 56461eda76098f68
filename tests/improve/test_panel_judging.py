"""The judge of a panel against a stand-in upstream: kept, counted, compared with people, not asked twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from chatwright.core.errors import EngineError, SpecError, WrongUse
from chatwright.core.progress import Silent
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.improve.panel_judging import Judging, ask, judge_of, judging, sendable
from chatwright.spec import Spec
from chatwright.spec.hosted import Judge
from chatwright.store import Database
from chatwright.store.panel_records import (
    PanelAnswer,
    PanelItem,
    PanelKind,
    PanelRecord,
    VoteRecord,
)
from chatwright.store.panels import Draw, Panels
from chatwright.store.stamps import new_id, now

Answer = Callable[[str, str], str]


class StandIn:
    """An upstream judge: `answer` gets the texts of A and B, and says what to reply."""

    def __init__(self, answer: Answer, status: int = 200) -> None:
        self.answer, self.status, self.asked = answer, status, 0

    def engine(self) -> UpstreamEngine:
        return UpstreamEngine(
            Upstream("http://judge.test/v1", "m"), transport=httpx.MockTransport(self._reply)
        )

    def _reply(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        text = json.loads(request.content)["messages"][-1]["content"]
        a, b = text.split("Answer B:")
        said = self.answer(a.split("Answer A:")[1], b)
        events = [
            {"choices": [{"index": 0, "delta": {"content": said}, "finish_reason": "stop"}]},
            {"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 10}},
        ]
        lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(self.status, headers=headers, text=lines)


def prefers(word: str) -> Answer:
    return lambda a, b: "Because.\nVerdict: " + ("A" if word in a else "B" if word in b else "tie")


@pytest.fixture
def judged(spec: Spec) -> Spec:
    return spec.model_copy(update={"judge": Judge(model="m", input_price=1.0, output_price=10.0)})


def make(
    database: Database, kind: PanelKind = "pairs", items: int = 8, owner: str | None = None
) -> tuple[Panels, PanelRecord]:
    panels = Panels(database)
    about = {"new": "", "old": ""}
    record = PanelRecord(new_id(), "library", "p", kind, "", about, 0, 20, 2, 0, {}, now())
    rows = []
    for n in range(1, items + 3):
        control = n > items
        texts = ("right", "wrong") if control else ("new", "old")
        answers = [PanelAnswer(name, f"{name} words {'long ' * (n % 4)}") for name in texts]
        if n % 2 and not control:
            answers.reverse()
        rows.append(PanelItem(new_id(), n, f"Q{n}", (), tuple(answers), control, owner=owner))
    return panels, panels.create(record, rows)


def vote(
    panels: Panels, record: PanelRecord, name: str, prefer: Callable[[PanelItem], str]
) -> None:
    rater, _ = panels.invite(record.id, name)
    for item in panels.items(record.id):
        given = panels.give(
            rater, lambda _, own, item=item: Draw(item.id, False, len(own) % 2 == 1)
        )  # type: ignore[misc]
        assert isinstance(given, VoteRecord)
        first = item.answers[0].contestant in (prefer(item), "right")
        choice = "left" if first != given.swapped else "right"
        panels.vote(rater, given.place, item.id, choice=choice)  # type: ignore[arg-type]


def run(
    stand_in: StandIn, spec: Spec, panels: Panels, record: PanelRecord, **options: int
) -> Judging:
    done, failed = asyncio.run(ask(stand_in.engine(), spec, panels, record, Silent(), **options))  # type: ignore[arg-type]
    return judging(spec, panels, record, asked=done, failed=failed)


def test_a_judge_who_sees_what_people_see(judged: Spec, database: Database) -> None:
    panels, record = make(database)
    for name in ("anna", "ben"):
        vote(panels, record, name, lambda item: "new")
    stand_in = StandIn(
        lambda a, b: prefers("new")(a, b) if "new" in a + b else prefers("right")(a, b)
    )
    found = run(stand_in, judged, panels, record)
    assert (found.asked, found.failed, stand_in.asked) == (10, 0, 20)
    assert found.steady == 1.0 and found.first_shown == 0.5
    assert (found.controls, found.controls_passed) == (2, 2)
    assert found.trust.items == 8
    assert found.trust.accuracy is not None and found.trust.accuracy.value == 1.0
    assert found.trust.people == 1.0 and found.disagreements == ()
    assert found.ranking is not None and found.ranking.strengths[0].name == "new"
    (lengths,) = found.lengths
    assert (lengths.first, lengths.raw) == ("new", 1.0)
    assert (found.prompt_tokens, found.completion_tokens) == (2000, 200)
    assert found.cost == pytest.approx(2000 / 1e6 + 2000 / 1e6)
    json.dumps(found.values())
    again = run(stand_in, judged, panels, record)
    assert (again.asked, stand_in.asked) == (0, 20)  # nothing is asked twice


def test_a_judge_who_takes_the_first_one_is_worth_nothing(judged: Spec, database: Database) -> None:
    panels, record = make(database)
    vote(panels, record, "anna", lambda item: "new")
    found = run(StandIn(lambda a, b: "Verdict: A"), judged, panels, record)
    assert found.steady == 0.0 and found.first_shown == 1.0
    assert found.lengths[0].raw == 0.5  # all are ties
    assert found.trust.accuracy is not None and found.trust.accuracy.value == 0.0
    assert len(found.disagreements) == 8
    one = found.disagreements[0]
    assert (
        one.judge == "tie"
        and one.people in ("first", "second")
        and set(one.contestants) == {"new", "old"}
    )


def test_some_at_a_time_and_without_a_verdict(judged: Spec, database: Database) -> None:
    panels, record = make(database)
    found = run(StandIn(lambda a, b: "I do not know."), judged, panels, record, most=3)
    assert (found.asked, found.without_verdict, found.ranking, found.lengths) == (3, 3, None, ())
    assert found.trust.items == 0


def test_what_people_asked_stays_here(judged: Spec, database: Database) -> None:
    panels, record = make(database)
    items = panels.items(record.id)
    assert judging(judged, panels, record).not_sent == 0
    from_people = [PanelItem(**_fields(one) | {"origin": "m"}) for one in items[:3]]
    assert sendable(judged.judge, [*from_people, items[3]]) == [items[3]]
    open_spec = judged.model_copy(
        update={"judge": judged.judge.model_copy(update={"logged": True})}
    )
    assert sendable(open_spec.judge, from_people) == from_people


def _fields(item: PanelItem) -> dict[str, object]:
    return {name: getattr(item, name) for name in PanelItem.__dataclass_fields__}


def test_a_judge_that_is_away(judged: Spec, database: Database) -> None:
    panels, record = make(database)
    with pytest.raises(EngineError):
        run(StandIn(prefers("new"), status=401), judged, panels, record)
    assert panels.judgements(record.id) == []


def test_what_has_no_judge(spec: Spec, judged: Spec, database: Database) -> None:
    with pytest.raises(SpecError, match="judge"):
        judge_of(spec)
    assert judge_of(spec, "other") is not None and judge_of(judged) is not None
    panels, record = make(database, "ratings")
    with pytest.raises(WrongUse):
        run(StandIn(prefers("new")), judged, panels, record)
