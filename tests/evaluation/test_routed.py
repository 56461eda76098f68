"""The deployment around a release: knowledge brought up to date, a calibration that is kept, its figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.answer.routing import Documents, calibrated, spec_of
from tests.evaluation.desk import Knowing, dataset, talks

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration, Tried
from chatwright.answer.open import calibration_of, calibrations
from chatwright.answer.router import Router
from chatwright.core.progress import Silent
from chatwright.evaluation.routed import (
    DIALS,
    figures,
    keep,
    questions_of,
    ready,
    reliability,
    routed,
)
from chatwright.knowledge.sync import index_file

DATA = dataset(train=talks(1, 6, 10), dev=talks(2, 4, 6))


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    (tmp_path / "knowledge").mkdir()
    return Documents(tmp_path)


def test_a_bot_without_documents_gets_no_index(documents: Documents) -> None:
    assert ready(documents.spec, Silent()) is None
    assert not index_file(documents.spec).exists()


def test_documents_are_read_and_read_again_only_where_they_changed(documents: Documents) -> None:
    home = documents.folder / "knowledge"
    (home / "a.md").write_text("# A\n\nApples cost 3 euros.\n")
    first = ready(documents.spec, Silent())
    assert first is not None and ready(documents.spec, Silent()) == first
    (home / "a.md").write_text("# A\n\nApples cost 4 euros.\n")
    assert ready(documents.spec, Silent()) not in (None, first)


def test_what_cannot_be_read_is_told(documents: Documents) -> None:
    class Heard(Silent):
        def __init__(self) -> None:
            self.lines: list[str] = []

        def say(self, line: str) -> None:
            self.lines.append(line)

    (documents.folder / "knowledge" / "a.md").write_text("# A\n\nApples.\n")
    (documents.folder / "knowledge" / "bad.pdf").write_bytes(b"%PDF-1.4 not really")
    heard = Heard()
    assert ready(documents.spec, heard) is not None
    assert any("bad.pdf" in line for line in heard.lines)


async def test_a_calibration_is_made_kept_and_in_force(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    bot = Bot(spec, Knowing(), "r1", "d1", router=Router(spec, release="r1"))
    found = await routed(bot, DATA, Silent())
    assert found.bot.engine is bot.engine and found.bot.router is not bot.router
    assert found.bot.router is not None and found.bot.router.calibration is found.calibration
    assert found.bot.deployment_id != bot.deployment_id == "d1"
    assert calibration_of(spec, "r1") == found.calibration.id and len(found.calibration.id) == 12
    assert calibration_of(spec, "r2") is None
    loaded = Calibration.load(calibrations(spec) / found.calibration.id)
    assert loaded.threshold(0.15) == pytest.approx(found.calibration.threshold(0.15), abs=1e-4)
    values = json.loads(json.dumps(found.figures, allow_nan=False))
    assert values["standard_replies"] == 10 and values["judged"] is True
    assert values["coverage"] > 0.8 and values["brier"] < 0.25


def test_it_is_kept_once_under_the_name_of_its_content(tmp_path: Path) -> None:
    spec = spec_of(tmp_path)
    one = keep(spec, "r1", calibrated(quoted=0.5))
    again = keep(spec, "r2", calibrated(quoted=0.5))
    other = keep(spec, "r1", calibrated(quoted=0.6))
    assert one.id == again.id != other.id
    names = sorted(path.name for path in calibrations(spec).iterdir())
    assert names == sorted({one.id, other.id, "of-r1", "of-r2"})  # nothing half made is left
    assert calibration_of(spec, "r1") == other.id and calibration_of(spec, "r2") == one.id


def test_figures_of_a_small_calibration() -> None:
    tried = (
        *[Tried(0.95, 1.0)] * 60,
        *[Tried(0.55, 1.0)] * 20,
        *[Tried(0.55, 0.0)] * 10,
        *[Tried(0.0, 1.0, inside=False)] * 10,
    )
    values = figures(calibrated(quoted=0.5, tried=tried), 0.05)
    assert (values["questions"], values["kinds"]) == (100, ["quoted"])
    assert (values["threshold"], values["coverage"]) == (0.95, pytest.approx(60 / 90, abs=1e-4))
    assert [row["tolerated_wrong"] for row in values["dial"]] == list(DIALS)
    covered = [row["coverage"] for row in values["dial"]]
    assert covered == sorted(covered)
    assert values["brier"] == pytest.approx(
        (60 * 0.0025 + 20 * 0.2025 + 10 * 0.3025) / 90, abs=1e-4
    )


def test_bands() -> None:
    tried = (Tried(0.55, 1.0), Tried(0.56, 0.0), Tried(1.0, 1.0), Tried(0.0, 1.0))
    bands = reliability(Calibration({}, tried))
    assert [(band["from"], band["n"], band["passed"]) for band in bands] == [
        (0.5, 2, 1),
        (0.9, 1, 1),
    ]
    assert bands[0]["confidence"] == 0.555
    assert reliability(Calibration({})) == []


def test_nothing_was_answered() -> None:
    values = figures(Calibration({}, (Tried(0.0, 1.0, inside=False),)), 0.15)
    assert values["brier"] is None and values["expected_calibration_error"] is None
    assert values["coverage"] == 0 and values["reliability"] == []


def test_questions_of_documents(documents: Documents) -> None:
    documents.write(fees="# Fees\n\n- Locker: 50 cents\n- Card: 5 euros\n")
    router = documents.router()
    try:
        assert router.live is not None
        search = router.live.current()
        assert search is not None
        found = questions_of(search)
    finally:
        router.close()
    # Of few documents the answers are kept apart: else nothing of them is left to learn from.
    assert len({one.group for one in found}) == len({one.reply for one in found}) >= 2
    assert {one.document for one in found} == {"fees.md"}
    assert any("50 cents" in str(one.reply) for one in found)
    assert all(one.conversation.messages[-1].role == "user" for one in found)
