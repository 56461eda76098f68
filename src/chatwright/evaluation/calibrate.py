"""Fits how sure a bot may be: every kind of candidate, and the threshold that the owner's dial asks for.

    await calibrate(bot, dataset, progress) -> Calibration

From the development conversations, which the model has not learned from: what each route would say, and
whether that says the same as the logged reply. What nobody can answer comes from replies that decline, from
questions about other things (`outside.toml`), and from whole topics that are taken out of what is known.
All figures of a calibration are of rows that it was not fitted to.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatwright.answer import Bot
from chatwright.answer.calibration import ALONE, MATCHED, Calibration, Tried
from chatwright.answer.decision import Asked, Candidate, Look
from chatwright.answer.likeness import Judge, agreement
from chatwright.answer.router import Router
from chatwright.answer.signs import DRAFTED, KNOWN, Kind, of_question, row
from chatwright.answer.standard import SIGNS as STANDARD_SIGNS
from chatwright.answer.standard import StandardReplies, Taught, taught
from chatwright.core.progress import Progress
from chatwright.core.types import Embedder
from chatwright.data import harvested
from chatwright.data.dataset import Dataset
from chatwright.evaluation.tried import NEAR, Question, logged, outside
from chatwright.knowledge.logistic import Logistic
from chatwright.knowledge.signals import LEXICAL
from chatwright.knowledge.variants import Variants
from chatwright.knowledge.words import terms

MOST = 1_000  # development questions
FOLDS = 5  # of the rows, to measure on what was not fitted
TAKEN_OUT = 3  # parts that the known replies are divided into; each is taken out once
OUTSIDE = 0.2  # of the weight is of questions without an answer, where the data have fewer
AT_ONCE = 32
ENOUGH = 0.08  # of the questions are declined in the data: then nothing need be taken out
JUDGED = 0.5  # of the replies must be told right, for the dial to hold what is written
SAID: tuple[Kind, ...] = ("standard", "quoted", "generated")  # reviewed answers: `_reviewed`
VARIANTS = 5  # questions that somebody writes for a reviewed answer, about


@dataclass
class Row:
    """One question with all that could be said to it: signs, how likely it is right, whether it declines."""

    group: str
    inside: bool
    signs: Mapping[str, float]  # of the matching
    said: dict[Kind, tuple[dict[str, float], float, bool]]
    weight: float = 1.0
    drafted: bool = False
    taken_out: bool = False


async def calibrate(
    bot: Bot,
    dataset: Dataset | None,
    progress: Progress,
    *,
    embedder: Embedder | None = None,
    drafted: Sequence[Question] = (),
    again: Calibration | None = None,
    most: int = MOST,
    at_once: int = AT_ONCE,
    seed: int = 0,
) -> Calibration:
    """`bot` has a router, whose own calibration is not used. `drafted`: what is asked where nothing was
    logged. `again`: an earlier calibration of the same release, whose standard replies stay as they are."""
    assert bot.router is not None
    progress.start("Learning which questions have which reply")
    known, standard = await asyncio.to_thread(_standard, dataset, again, embedder, seed)
    progress.stop()
    matching = list(STANDARD_SIGNS if embedder else LEXICAL)
    about: dict[str, Any] = {
        "matching": matching,
        "replies": len(standard.replies) if standard else 0,
    }
    changed = harvested.changes(bot.spec.made)
    if changed is None and again is not None:
        changed = again.about.get("changes")
    if changed:
        about["changes"] = changed
    router = _with(bot.router, Calibration({}, about=about, standard=standard))
    snapshot = router.live.snapshot if router.live else None
    questions = logged(dataset.split("dev"), most, seed) if dataset else []
    questions = [*(questions or drafted), *_foreign(bot, router, standard)]
    said = standard.meanings if standard else None
    judge = Judge(standard.replies if standard else (), router.languages, said)
    rows = await _rows(bot, router, questions, judge, at_once, progress)
    declined = sum(not one.inside and not one.group.startswith("outside") for one in rows)
    if declined < ENOUGH * len(rows) and known is not None:
        rows += await asyncio.to_thread(_taken_out, known, questions, embedder, seed, progress)
    _balance(rows)
    progress.start("Fitting how sure to be")
    logistics = _fit(rows, matching)
    if known is not None:
        logistics |= await asyncio.to_thread(_reviewed, known, questions, embedder, judge)
    judged = _judged(rows)
    tried = _tried(rows, matching, seed)
    about |= {"questions": len(questions), "release": bot.release_id, "snapshot": snapshot}
    progress.stop()
    return Calibration(logistics, tuple(tried), judged, about, standard)


def _standard(
    dataset: Dataset | None, again: Calibration | None, embedder: Embedder | None, seed: int
) -> tuple[Taught | None, StandardReplies | None]:
    """The standard replies, and what they were learned from."""
    if again is not None and again.standard is not None:
        return again.standard.taught, again.standard
    known = taught(dataset.split("train")) if dataset else None
    return known, StandardReplies.of(known, embedder=embedder, seed=seed) if known else None


def _with(router: Router, calibration: Calibration) -> Router:
    return Router(router.spec, calibration, None, router.live, router.release, router.embedder)


def _foreign(bot: Bot, router: Router, standard: StandardReplies | None) -> list[Question]:
    """Questions about other things, less those that this bot may well know."""
    found = outside(bot.spec.bot.languages)
    if standard is None:
        return found
    looked = standard.look_all([one.conversation.messages[-1].content for one in found])
    return [
        one
        for one, look in zip(found, looked, strict=True)
        if look.signs.get("likeness", 0.0) < NEAR
    ]


async def _rows(
    bot: Bot,
    router: Router,
    questions: Sequence[Question],
    judge: Judge,
    at_once: int,
    progress: Progress,
) -> list[Row]:
    """What each route says to each question, several at once."""
    progress.start("Trying every route on held-out questions", len(questions))
    gate, done = asyncio.Semaphore(at_once), 0

    async def one(question: Question) -> Row | None:
        nonlocal done
        async with gate:
            found = await _row(bot, router, question, judge)
        done += 1
        progress.advance(done)
        return found

    rows = await asyncio.gather(*map(one, questions))
    progress.stop()
    return [found for found in rows if found is not None]


async def _row(bot: Bot, router: Router, question: Question, judge: Judge) -> Row | None:
    conversation = question.conversation
    hidden = bot.redactor.session().hide(conversation) if bot.redactor else conversation
    asked = Asked.of(conversation, hidden)
    if asked is None:
        return None
    look = await asyncio.to_thread(router.look, asked)
    draft = None
    if router.writes:
        draft = await bot.draft(bot.grounded(conversation, look), bot.spec.answers.sampling())
    lacking = router.lacking(look, draft) if draft is not None else ()
    candidates = router.candidates(look, draft, lacking)
    return _judged_row(question, look, candidates, draft is not None, judge)


def _judged_row(
    question: Question,
    look: Look,
    candidates: Sequence[Candidate],
    drafted: bool,
    judge: Judge,
) -> Row:
    said: dict[Kind, tuple[dict[str, float], float, bool]] = {}
    for one in candidates:
        if question.reply is None or one.declined:
            right = float(question.reply is None and one.declined)
        elif one.kind == "quoted" and question.document is not None:
            right = float(question.document in look.hits[0].names)
        elif one.kind == "quoted":
            right = _holds(one.text, question.reply, judge.languages)
        else:
            right = judge.same(one.text, question.reply)
        said[one.kind] = (dict(one.signs), right, one.declined)
    signs = look.standard.signs if look.standard else {}
    return Row(
        question.group,
        question.reply is not None,
        signs,
        said,
        drafted=drafted,
    )


def _holds(quoted: str, reply: str, languages: tuple[str, ...]) -> float:
    """How likely a quotation holds what the reply says: a quotation may say more."""
    return min(1.0, max(0.0, (agreement(reply, quoted, languages) - 0.2) / 0.4))


def _taken_out(
    known: Taught,
    questions: Sequence[Question],
    embedder: Embedder | None,
    seed: int,
    progress: Progress,
) -> list[Row]:
    """Rows of questions whose reply is not among the known ones: a part of those is taken out at a time."""
    numbers = {text: number for number, text in enumerate(known.replies)}
    answers = [number for number in range(len(known.replies)) if not known.refused[number]]
    random.Random(seed).shuffle(answers)
    rows: list[Row] = []
    if len(answers) < 2 * TAKEN_OUT:
        return rows
    progress.start("Asking what is not known", TAKEN_OUT)
    for part in range(TAKEN_OUT):
        gone = set(answers[part::TAKEN_OUT])
        fewer = StandardReplies.of(known.without(gone), embedder=embedder, seed=seed)
        asked = [
            one
            for one in questions
            if one.reply is not None
            and numbers.get(one.reply) in gone
            and len(one.conversation.messages) == 1
        ]
        if fewer is None or not asked:
            continue
        texts = [one.conversation.messages[-1].content for one in asked]
        for one, text, look in zip(asked, texts, fewer.look_all(texts), strict=True):
            declined = look.choices[0].refused
            signs = of_question(len(terms(text)), follow_up=False)
            said: dict[Kind, tuple[dict[str, float], float, bool]] = {
                "standard": (signs, float(declined), declined)
            }
            rows.append(Row(one.group, False, look.signs, said, taken_out=True))
        progress.advance(part + 1)
    progress.stop()
    return rows


def _balance(rows: Sequence[Row]) -> None:
    """What has no answer gets `OUTSIDE` of the weight, in rows that a whole answer was tried on, and again in
    those that were only matched."""
    inside = sum(one.inside for one in rows)
    for taken_out in (False, True):
        none = [one for one in rows if not one.inside and one.taken_out == taken_out]
        wanted = inside * OUTSIDE / (1 - OUTSIDE)
        for one in none:
            one.weight = wanted / len(none) if taken_out or len(none) > wanted else 1.0


def _fit(rows: Sequence[Row], matching: Sequence[str]) -> dict[str, Logistic]:
    """Every logistic: first of the matching alone, then of each kind, which leans on the first."""
    found: dict[str, Logistic] = {}
    matched = [one for one in rows if "standard" in one.said]
    if matched:
        found[MATCHED] = Logistic.fit(
            [[one.signs.get(name, 0.0) for name in matching] for one in matched],
            [one.said["standard"][1] for one in matched],
            weights=[one.weight for one in matched],
        )
    for kind in SAID:
        for alone in (False, True):
            chosen = [one for one in rows if kind in one.said and (alone or one.drafted)]
            if not alone:
                chosen = [one for one in chosen if not one.taken_out]
            if len(chosen) < 20:
                continue
            x = [row(kind, _signs(one, kind, found, matching, alone)) for one in chosen]
            y = [one.said[kind][1] for one in chosen]
            fitted = Logistic.fit(x, y, weights=[one.weight for one in chosen])
            found[f"{kind} {ALONE}" if alone else kind] = fitted
    return found


def _signs(
    one: Row, kind: Kind, fitted: Mapping[str, Logistic], matching: Sequence[str], alone: bool
) -> dict[str, float]:
    """With the matching's own judgement; `alone`: as if nothing had been drafted."""
    signs = dict(one.said[kind][0])
    if MATCHED in fitted and one.signs:
        values = [[one.signs.get(name, 0.0) for name in matching]]
        signs[KNOWN] = float(fitted[MATCHED].logits(values)[0])
    if alone:
        for name in (*DRAFTED, "supports"):
            signs.pop(name, None)
    return signs


def _reviewed(
    known: Taught,
    questions: Sequence[Question],
    embedder: Embedder | None,
    judge: Judge,
) -> dict[str, Logistic]:
    """How alike a question must be to one of a reviewed answer's: learned from standard replies with as few
    questions as people write for an answer."""
    texts, numbers, count = list[str](), list[str](), dict[int, int]()
    for text, number in zip(known.questions, known.numbers, strict=True):
        count[number] = count.get(number, 0) + 1
        if count[number] <= VARIANTS:
            texts.append(text)
            numbers.append(str(number))
    asked = [one for one in questions if len(one.conversation.messages) == 1]
    if len(set(numbers)) < 2 or len(asked) < 20:
        return {}
    variants = Variants(texts, numbers, embedder=embedder)
    x, y = [], []
    for one in asked:
        question = one.conversation.messages[-1].content
        near = variants.nearest(question)
        if not near or near[0].exact:
            continue
        other = next((n.likeness for n in near if n.answer != near[0].answer), 0.0)
        signs = {
            "likeness": near[0].likeness,
            "ahead": near[0].likeness - other,
            "alike": near[0].cosine or 0.0,
            **of_question(len(terms(question)), follow_up=False),
        }
        text, declines = (
            known.replies[int(near[0].answer)],
            known.refused[int(near[0].answer)],
        )
        if one.reply is None or declines:
            right = float(one.reply is None and declines)
        else:
            right = judge.same(text, one.reply)
        x.append(row("curated", signs))
        y.append(right)
    return {"curated": Logistic.fit(x, y)} if len(x) >= 20 else {}


def _judged(rows: Sequence[Row]) -> bool:
    inside = [one for one in rows if one.inside]
    right = sum(max((right for _, right, _ in one.said.values()), default=0.0) for one in inside)
    return not inside or right >= JUDGED * len(inside)


def _tried(rows: Sequence[Row], matching: Sequence[str], seed: int) -> list[Tried]:
    """Each row by logistics that were fitted without it and its group. What was taken out counts only where
    the model writes nothing: it has learned the replies that the matching does without."""
    drafted = any(one.drafted for one in rows)
    groups = sorted({one.group for one in rows})
    random.Random(seed).shuffle(groups)
    part = {group: at % FOLDS for at, group in enumerate(groups)}
    found: list[Tried] = []
    for fold in range(FOLDS):
        fitted = _fit([one for one in rows if part[one.group] != fold], matching)
        for one in rows:
            if part[one.group] == fold and not (drafted and one.taken_out):
                found.append(_decided(one, fitted, matching))
    return found


def _decided(one: Row, fitted: Mapping[str, Logistic], matching: Sequence[str]) -> Tried:
    best: tuple[float, float, bool, str] = (0.0, 0.0, True, "")
    for kind, (_, right, declined) in one.said.items():
        name = kind if one.drafted else f"{kind} {ALONE}"
        logistic = fitted.get(name) or fitted.get(kind)
        if logistic is None:
            continue
        signs = _signs(one, kind, fitted, matching, alone=not one.drafted)
        confidence = float(logistic.predict([row(kind, signs)])[0])
        if kind == "generated" and signs.get("lacking"):  # serving does not say it
            confidence = 0.0
        if confidence > best[0]:
            best = (confidence, right, declined, kind)
    confidence, right, declined, chosen = best
    if declined:  # nothing is said, so nothing is wrong
        return Tried(0.0, float(not one.inside), one.weight, chosen, one.inside)
    return Tried(confidence, right, one.weight, chosen, one.inside)
