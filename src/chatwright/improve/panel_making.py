"""Making a panel: every contestant answers every question once, through the engine that serves it, and what was
said is frozen. Nothing is booked, ordered or sent meanwhile.

Controls are made of what is known: a right answer beside the answer to another question; or are given in a
file.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from chatwright.answer import Bot, open_bot
from chatwright.answer.guard import Guard, begin_public
from chatwright.answer.open import calibration_of
from chatwright.core.errors import ChatwrightError, DataError, ReleaseError, WrongUse
from chatwright.core.files import read_jsonl
from chatwright.core.progress import Progress
from chatwright.core.types import gather
from chatwright.data.documents import owners_texts
from chatwright.data.hiding import Hiding
from chatwright.engine.open import patience_of
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.improve.panel_questions import Question
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec
from chatwright.store.database import Database
from chatwright.store.panel_records import PanelAnswer, PanelItem, PanelKind, PanelRecord
from chatwright.store.stamps import new_id, now

AT_ONCE = 4  # questions
LONGEST = 8000  # characters of an answer
PER_RATER = 40
INSTRUCTIONS: Mapping[PanelKind, str] = {
    "pairs": "Read the question and both answers. Which answer helps the person who asked more? "
    "What is right counts more than how it is said, and longer is not better.",
    "ratings": "Read the question and the answer. How well does the answer help the person who asked? "
    "What is right counts more than how it is said, and longer is not better.",
}


@dataclass(frozen=True, slots=True)
class Contestant:
    """Whose answers are judged: a bot that is asked, or answers that are known, by question (folded)."""

    name: str
    about: str
    bot: Bot | None = None
    known: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a contestant said; `good`: it is known to be right."""

    text: str
    refused: bool = False
    good: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A question of which the right and the wrong answer are known."""

    question: str
    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a panel is to be made."""

    name: str
    kind: PanelKind = "pairs"
    instructions: str = ""
    per_rater: int = 0  # 0: all that there is, up to `PER_RATER`
    controls: int | None = None  # of a rater's places; None: one in eight
    repeats: int | None = None  # the same; None: one in twelve
    seed: int = 0


def contestant(
    spec: Spec, word: str, store: Database, *, base_url: str = "", api_key_env: str = ""
) -> Contestant:
    """The contestant that a word of the command line means: "current", a release's id or its beginning,
    "hosted:MODEL" at `base_url`, or a file of answers.

    Raises `ReleaseError`, `DataError`, `WrongUse`.
    """
    if word.startswith("hosted:"):
        return _hosted(spec, word.removeprefix("hosted:"), base_url, api_key_env)
    if word.endswith((".jsonl", ".json")):
        path = Path(word)
        return Contestant(path.stem, f"answers of {path.name}", known=answers_of(path))
    registry = Registry(spec)
    if word == "current":
        current = registry.current()
        if current is None:
            raise ReleaseError(
                "This bot has no release yet.", f"Run `chatwright up {spec.folder}`."
            )
        deployment, release = current
        about = f"deployment {deployment.id}, release {release.id}"
    else:
        release = registry.usable(word)
        deployment = Deployment(release.id, calibration=calibration_of(spec, release.id))
        about = f"release {release.id}"
    bot = open_bot(release, spec, deployment, store=store, acts=False)
    return Contestant(word, about, bot)


def _hosted(spec: Spec, model: str, base_url: str, api_key_env: str) -> Contestant:
    if not model:
        raise WrongUse("Which hosted model?", "Write hosted:MODEL.")
    scope = spec.scope
    told = spec.bot.purpose + (
        f" You answer about: {', '.join(scope.topics)}." if scope.topics else ""
    )
    told += f" You politely decline: {', '.join(scope.declines)}." if scope.declines else ""
    changes = {
        "kind": "hosted",
        "hosted_model": model,
        "base_url": base_url or spec.model.base_url,
        "api_key_env": api_key_env or spec.model.api_key_env,
        "system_prompt": spec.model.system_prompt or told,
        "base": "",
    }
    hosted = spec.model_copy(update={"model": spec.model.model_copy(update=changes)})
    upstream = Upstream(
        hosted.model.base_url,
        model,
        hosted.model.api_key_env,
        hosted.model.provider,
        patience_of(spec.engine),
    )
    hiding = Hiding.of(hosted, owners_texts(hosted))
    redactor = hiding.redactor() if hiding else None
    guard = Guard(hosted, begin_public(hosted))
    bot = Bot(hosted, UpstreamEngine(upstream), "", "", redactor, guard)
    return Contestant(f"hosted:{model}", f"{model} at {hosted.model.base_url}", bot)


def answers_of(path: Path) -> dict[str, str]:
    """Question (folded) -> answer, of lines {"question", "answer"}. Raises `DataError`."""
    found: dict[str, str] = {}
    for number, row in enumerate(_rows(path), 1):
        if not (isinstance(row, dict) and _text(row.get("question")) and _text(row.get("answer"))):
            raise DataError(
                f'{path}, line {number}: needs "question" and "answer".', "Correct that line."
            )
        found[fold(row["question"])] = row["answer"]
    return found


def controls_of(path: Path) -> list[Control]:
    """Controls of lines {"question", "right", "wrong"}. Raises `DataError`."""
    found = []
    for number, row in enumerate(_rows(path), 1):
        names = ("question", "right", "wrong")
        if not (isinstance(row, dict) and all(_text(row.get(name)) for name in names)):
            raise DataError(
                f'{path}, line {number}: needs "question", "right" and "wrong".',
                "Correct that line.",
            )
        found.append(Control(row["question"], row["right"], row["wrong"]))
    return found


async def answer_all(
    contestants: Sequence[Contestant], questions: Sequence[Question], progress: Progress
) -> tuple[list[dict[str, Answered]], Counter[str]]:
    """For each question what each contestant said, by name; and why answers are missing. One engine runs at a
    time."""
    found: list[dict[str, Answered]] = [{} for _ in questions]
    missing: Counter[str] = Counter()
    for one in contestants:
        if one.bot is None:
            _known(one, questions, found, missing)
            continue
        progress.start(f"Answers of {one.name}", len(questions))
        await one.bot.start()
        try:
            await _asked(one, one.bot, questions, found, missing, progress)
        finally:
            await one.bot.close()
            progress.stop()
    return found, missing


async def _asked(
    one: Contestant,
    bot: Bot,
    questions: Sequence[Question],
    found: list[dict[str, Answered]],
    missing: Counter[str],
    progress: Progress,
) -> None:
    gate, done = asyncio.Semaphore(AT_ONCE), 0

    async def ask(at: int, question: Question) -> None:
        nonlocal done
        async with gate:
            try:
                reply = await gather(bot.reply(question.conversation))
            except ChatwrightError as error:
                missing[f"{one.name}: {error.problem}"] += 1
                return
        case = question.case
        good = case is not None and bool(case.must) and not case.problems(reply.text, reply.route)
        text = reply.text.strip().replace("\0", "")[:LONGEST]
        found[at][one.name] = Answered(text, reply.route == "refused", good)
        done += 1
        progress.advance(done)

    await asyncio.gather(*(ask(at, question) for at, question in enumerate(questions)))


def _known(
    one: Contestant,
    questions: Sequence[Question],
    found: list[dict[str, Answered]],
    missing: Counter[str],
) -> None:
    assert one.known is not None
    for at, question in enumerate(questions):
        text = one.known.get(fold(question.text))
        if text is None:
            missing[f"{one.name}: has no answer to a question"] += 1
        else:
            found[at][one.name] = Answered(text.strip().replace("\0", "")[:LONGEST])


def assemble(
    bot: str,
    plan: Plan,
    contestants: Sequence[Contestant],
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Answered]],
    given: Sequence[Control] = (),
    missing: Mapping[str, int] | None = None,
) -> tuple[PanelRecord, list[PanelItem]]:
    """The panel and its items. `given` are controls of the owner's; without any they are made.

    Raises `DataError` where nothing is left to judge.
    """
    names = [one.name for one in contestants]
    if len(set(names)) < len(names) or len(names) < (2 if plan.kind == "pairs" else 1):
        raise WrongUse(
            "A panel of pairs needs two different contestants, one of ratings needs one.",
            "Name them with --contestant.",
        )
    likely = plan.per_rater or min(PER_RATER, len(questions) + 3)
    wanted = _count(plan.controls, likely, 8, 3)
    controls = list(given) or made_controls(questions, answers, wanted, plan.seed)
    taken = (
        {fold(one.question) for one in controls} if len(questions) > 3 * len(controls) else set()
    )
    items, identical = _items(plan.kind, names, questions, answers, taken)
    if not items:
        raise DataError(
            "Nothing is left to judge: no question has different answers of two contestants.",
            "Give more questions, or other contestants.",
        )
    random.Random(plan.seed).shuffle(items)
    ordered = [*items, *(_control(plan.kind, one) for one in controls)]
    placed = [
        PanelItem(new_id(), place, one[0], one[1], one[2], *one[3:])
        for place, one in enumerate(ordered, 1)
    ]
    per_rater = plan.per_rater or min(PER_RATER, len(placed))
    in_all = min(_count(plan.controls, per_rater, 8, 3), len(controls), max(per_rater - 1, 0))
    repeats = min(_count(plan.repeats, per_rater, 12, 0), max(per_rater - in_all - 1, 0))
    record = PanelRecord(
        new_id(),
        bot,
        plan.name,
        plan.kind,
        plan.instructions or INSTRUCTIONS[plan.kind],
        {one.name: one.about for one in contestants},
        plan.seed,
        min(per_rater, len(items) + in_all + repeats),
        in_all,
        repeats,
        {"questions": len(questions), "identical": identical, "missing": dict(missing or {})},
        now(),
    )
    return record, placed


def made_controls(
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Answered]],
    wanted: int,
    seed: int,
) -> list[Control]:
    """Controls of answers that are there: one that is known to be right, else one that declines nothing;
    against it the answer to another question that shares the fewest words. Nothing that people asked."""
    usable = [
        (question, answer)
        for question, said in zip(questions, answers, strict=True)
        if question.origin is None and not question.history
        for answer in said.values()
        if not answer.refused and len(words(answer.text)) > 2
    ]
    random.Random(seed).shuffle(usable)
    usable.sort(key=lambda one: not one[1].good)
    found: dict[str, Control] = {}
    for question, right in usable:
        if len(found) >= wanted:
            break
        about = words(question.text) | words(right.text)
        others = [answer for other, answer in usable if fold(other.text) != fold(question.text)]
        if fold(question.text) in found or not others:
            continue
        wrong = min(others, key=lambda one: len(about & words(one.text)) / len(words(one.text)))
        if len(about & words(wrong.text)) <= len(words(wrong.text)) / 2:
            control = Control(question.text, right.text, wrong.text)
            found[fold(question.text)] = control
    return list(found.values())


def _items(
    kind: PanelKind,
    names: Sequence[str],
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Answered]],
    taken: set[str],
) -> tuple[list[tuple[Any, ...]], int]:
    """What `PanelItem` is made of, without id and place; and how many pairs were the same text."""
    found: list[tuple[Any, ...]] = []
    identical = 0
    for question, said in zip(questions, answers, strict=True):
        if fold(question.text) in taken:
            continue
        rest = (False, question.topic, question.origin, question.owner)
        if kind == "ratings":
            for name in names:
                if name in said:
                    answer = (PanelAnswer(name, said[name].text),)
                    found.append((question.text, question.history, answer, *rest))
            continue
        for first, second in combinations(names, 2):
            if first not in said or second not in said:
                continue
            if fold(said[first].text) == fold(said[second].text):
                identical += 1
                continue
            both = tuple(PanelAnswer(name, said[name].text) for name in (first, second))
            found.append((question.text, question.history, both, *rest))
    return found, identical


def _control(kind: PanelKind, one: Control) -> tuple[Any, ...]:
    right, wrong = PanelAnswer("right", one.right), PanelAnswer("wrong", one.wrong)
    answers = (right, wrong) if kind == "pairs" else (wrong,)
    return one.question, (), answers, True, "control", None, None


def _count(asked: int | None, per_rater: int, one_in: int, least: int) -> int:
    if asked is not None:
        return asked
    return max(min(least, per_rater // 3), per_rater // one_in)


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _rows(path: Path) -> list[Any]:
    try:
        return list(read_jsonl(path))
    except FileNotFoundError:
        raise DataError(f"{path} does not exist.", "Name another file.") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(
            f"{path} cannot be read ({error}).", "One JSON object in each line."
        ) from error
