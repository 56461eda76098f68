"""Who gets which item when: balanced, blind, with controls and repetitions, and nothing by accident."""

from __future__ import annotations

from collections import Counter

import pytest

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.improve.panels import APART, Room, Seat, places
from chatwright.store import Database
from chatwright.store.panel_records import PanelAnswer, PanelItem, PanelKind, PanelRecord
from chatwright.store.panels import Panels
from chatwright.store.stamps import new_id, now

BOTS = ("library",)


def make(
    database: Database,
    *,
    items: int = 12,
    controls: int = 4,
    kind: PanelKind = "pairs",
    per_rater: int = 12,
    of_controls: int = 3,
    repeats: int = 2,
    owner: str | None = None,
) -> PanelRecord:
    about = {"secret-one": "", "secret-two": ""}
    record = PanelRecord(
        new_id(),
        "library",
        "p",
        kind,
        "Compare.",
        about,
        5,
        per_rater,
        of_controls,
        repeats,
        {},
        now(),
    )
    rows = []
    for place in range(1, items + controls + 1):
        control = place > items
        answers = [
            PanelAnswer("secret-one", f"one {place}"),
            PanelAnswer("secret-two", f"two {place}"),
        ]
        rows.append(
            PanelItem(
                new_id(),
                place,
                f"Q{place}",
                (),
                tuple(answers if kind == "pairs" else answers[:1]),
                control,
                owner=owner if place == 1 else None,
            )
        )
    return Panels(database).create(record, rows)


@pytest.fixture
def consenting() -> set[str]:
    return set()


@pytest.fixture
def room(database: Database, consenting: set[str]) -> Room:
    return Room(database, lambda: consenting)


def seat(room: Room, panel: PanelRecord, name: str = "anna", **options: str) -> Seat:
    _, token = room.panels.invite(panel.id, name, **options)  # type: ignore[arg-type]
    return room.enter(token, BOTS)


def judge_all(room: Room, at: Seat, said: str = "left") -> int:
    count = 0
    while (shown := room.next(at)) is not None:
        assert room.answer(at, shown.place, shown.item_id, said)
        count += 1
    return count


def test_everything_is_seen_equally_often_and_on_both_sides(room: Room, database: Database) -> None:
    panel = make(database, items=20, controls=4, per_rater=12, of_controls=2, repeats=2)
    for number in range(10):
        assert judge_all(room, seat(room, panel, f"rater {number}")) == 12
    items = {one.id: one for one in room.panels.items(panel.id)}
    votes = room.panels.votes(panel.id)
    plain = [v for v in votes if not v.repeated and not items[v.item_id].control]
    counts = Counter(v.item_id for v in plain)
    assert len(plain) == 80 and set(counts.values()) == {4}
    swapped = Counter(v.item_id for v in plain if v.swapped)
    assert set(swapped.values()) == {2}  # of each item half
    controls = [v for v in votes if items[v.item_id].control]
    assert len(controls) == 20 and set(Counter(v.item_id for v in controls).values()) == {5}
    repeats = [v for v in votes if v.repeated]
    assert len(repeats) == 20
    for vote in repeats:
        (before,) = [v for v in plain if (v.rater_id, v.item_id) == (vote.rater_id, vote.item_id)]
        assert vote.swapped != before.swapped and vote.place - before.place >= APART


def test_special_places_are_spread(database: Database) -> None:
    panel = make(database, per_rater=40, of_controls=5, repeats=3)
    layouts = set()
    for rater in range(30):
        found = places(panel, str(rater))
        controls = sorted(place for place, special in found.items() if special == "control")
        assert len(controls) == 5 and len(found) == 8
        assert all(1 + 8 * n <= place <= 8 * n + 8 for n, place in enumerate(controls))
        assert found == places(panel, str(rater))
        layouts.add(tuple(sorted(found)))
    assert len(layouts) > 20  # nobody can tell another where they stand


def test_what_is_shown_names_nobody(room: Room, database: Database) -> None:
    panel = make(database)
    at = seat(room, panel)
    shown = room.next(at)
    assert shown is not None
    assert "secret" not in repr(shown)
    assert (shown.number, shown.total) == (1, 12)
    assert sorted(text.split()[0] for text in shown.answers) == ["one", "two"]


def test_it_goes_on_where_it_stopped(room: Room, database: Database) -> None:
    panel = make(database)
    _, token = room.panels.invite(panel.id, "anna")
    first = room.next(room.enter(token, BOTS))
    assert first == room.next(room.enter(token, BOTS))
    assert first is not None
    assert room.answer(room.enter(token, BOTS), first.place, first.item_id, "tie", " so so\0 ")
    assert not room.answer(room.enter(token, BOTS), first.place, first.item_id, "left")
    assert room.panels.votes(panel.id)[0].comment == "so so"
    second = room.next(room.enter(token, BOTS))
    assert second is not None and second.number == 2 and second.item_id != first.item_id


def test_ratings_show_one_answer(room: Room, database: Database) -> None:
    panel = make(database, kind="ratings")
    at = seat(room, panel)
    shown = room.next(at)
    assert shown is not None and len(shown.answers) == 1
    for wrong in ("0", "6", "left", "", "1.0", "\u0661"):
        with pytest.raises(WrongUse):
            room.answer(at, shown.place, shown.item_id, wrong)
    assert room.answer(at, shown.place, shown.item_id, "4")
    assert room.panels.votes(panel.id)[0].score == 4


def test_what_cannot_be_chosen_is_refused(room: Room, database: Database) -> None:
    at = seat(room, make(database))
    shown = room.next(at)
    assert shown is not None
    for wrong in ("first", "secret-one", "", "5"):
        with pytest.raises(WrongUse):
            room.answer(at, shown.place, shown.item_id, wrong)
    with pytest.raises(NotFound):
        room.answer(at, shown.place + 1, shown.item_id, "left")


def test_links_that_are_over(room: Room, database: Database) -> None:
    panel = make(database)
    with pytest.raises(NotFound):
        room.enter("x" * 43, BOTS)
    old = seat(room, panel, "old", expires_at="2020-01-01T00:00:00.000Z")
    with pytest.raises(Conflict, match="expired"):
        room.next(old)
    with pytest.raises(Conflict, match="expired"):
        room.answer(old, 1, "x", "left")
    _, token = room.panels.invite(panel.id, "gone")
    room.panels.revoke(panel.id, "gone")
    with pytest.raises(Conflict, match="revoked"):
        room.next(room.enter(token, BOTS))
    _, token = room.panels.invite(panel.id, "late")
    room.panels.close(panel.id)
    with pytest.raises(Conflict, match="closed"):
        room.next(room.enter(token, BOTS))


def test_who_withdraws_consent_is_asked_about_no_more(
    room: Room, database: Database, consenting: set[str]
) -> None:
    panel = make(database, items=2, controls=0, per_rater=5, of_controls=0, owner="visitor:ann")
    assert judge_all(room, seat(room, panel, "first")) == 1  # the one that nobody asked
    consenting.add("visitor:ann")
    assert judge_all(room, seat(room, panel, "second")) == 2
    consenting.clear()
    assert judge_all(room, seat(room, panel, "third")) == 1


def test_a_small_panel_ends_early(room: Room, database: Database) -> None:
    panel = make(database, items=3, controls=1, per_rater=30, of_controls=2, repeats=2)
    assert 3 <= judge_all(room, seat(room, panel)) <= 6
