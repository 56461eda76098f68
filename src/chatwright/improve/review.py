"""Carrying decisions out: a training row, test cases, a curated answer; and taking all of it back.

    reviewer.decide(id, Decision("accept", curate=True), "account:...")

Of what a decision writes all comes to be, or nothing: the review itself is first, and is what two reviewers
at once meet at; what fails after it takes it back. Every decision and every undo stands in the audit log.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from chatwright.answer.guard import begin_public
from chatwright.answer.people import People
from chatwright.core.errors import ChatwrightError, Conflict, NotFound
from chatwright.core.placeholders import TYPES
from chatwright.core.types import Embedder
from chatwright.data import case_file
from chatwright.data.documents import owners_texts
from chatwright.data.hiding import language
from chatwright.data.privacy import Redactor, public_facts
from chatwright.evaluation.cases import load_cases
from chatwright.improve.decisions import Around, Decision, Plan, Rules, plan
from chatwright.improve.held_out import Phrasing, Phrasings, agreed
from chatwright.improve.queue import Queue, QueueItem, says_the_same
from chatwright.improve.raters import examine
from chatwright.improve.screening import PERSONAL, screen
from chatwright.knowledge.curating import Curator, Writing, same
from chatwright.spec import Spec
from chatwright.store.asked import Asked
from chatwright.store.consent import Consents
from chatwright.store.conversations import Conversations
from chatwright.store.curated_records import CuratedRecord, shown
from chatwright.store.database import Database
from chatwright.store.records import FeedbackItem, MessageRecord
from chatwright.store.review_records import (
    WAITING,
    Decided,
    Review,
    ReviewCase,
    ReviewState,
    ReviewStep,
)

FRESH = 30.0  # seconds for which questions of the store are not read again
SCREENED = 10_000  # texts whose problems are known


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was carried out."""

    review: Review
    plan: Plan


class Reviewer:
    """The reviews of one bot, for whoever decides. Threads may share it."""

    def __init__(
        self,
        spec: Spec,
        database: Database,
        people: People,
        curator: Curator,
        embedder: Embedder | None = None,
    ) -> None:
        bot, languages = spec.bot.name, spec.bot.languages
        self.spec, self.people, self.curator = spec, people, curator
        self.database = database
        self._public = cache(lambda: begin_public(spec))
        self._screen = lru_cache(SCREENED)(self._problems)
        self._redactor = cache(lambda: _redactor(spec))
        self.queue = Queue(
            database,
            bot,
            flagged=lambda items: examine(items, languages).items,
            screen=self._screen,
            languages=languages,
        )
        self.reviews = self.queue.reviews
        self._talks, self._asked = Conversations(database), Asked(database)
        self._consents = Consents(database)
        self._embedder = embedder
        self._phrasings: tuple[float, Phrasings] | None = None
        feedback = spec.feedback
        self._rules = Rules(feedback.agree, feedback.quarantine_hours, languages)

    @property
    def bot(self) -> str:
        return self.spec.bot.name

    # --- looking ---

    def items(self, states: Collection[ReviewState] = WAITING) -> list[QueueItem]:
        """The queue, what is most worth deciding first; see `Queue.items`."""
        return self.queue.items(states)

    def item(self, id: str) -> QueueItem:
        """By its id, or how that begins; raises `NotFound`."""
        return self.queue.item(id)

    def talk(self, review: Review) -> list[MessageRecord]:
        """The conversation from its beginning to the reply. Raises `NotFound` where it was deleted."""
        tree = {one.id: one for one in self._talks.messages(review.conversation_id, review.owner)}
        path, at = list[MessageRecord](), tree.get(review.message_id)
        while at is not None:
            path.append(at)
            at = tree.get(at.parent_id) if at.parent_id is not None else None
        if not path:
            raise NotFound(
                "This is not there any more: the conversation was deleted, or the person erased.",
                "Go on with the next one.",
            )
        return path[::-1]

    def log(self, id: str = "", limit: int = 50, before: str = "") -> list[ReviewStep]:
        """Who decided what, the newest first."""
        return self.reviews.log(self.bot, id, limit, before)

    def plan(
        self, item: QueueItem, wanted: Decision, *, editor: bool = True, bulk: bool = False
    ) -> Plan:
        """What `decide` would write; raises as `decisions.plan` does."""
        return plan(item, wanted, self._around(item), editor=editor, bulk=bulk)

    def holder(self, due: Plan) -> CuratedRecord | None:
        """The curated answer that the question of a plan has already; None: none, or there will be none."""
        return self._holder(due, replacing=True)

    # --- deciding ---

    def decide(
        self,
        id: str,
        wanted: Decision,
        author: str,
        *,
        revision: int | None = None,
        editor: bool = True,
        bulk: bool = False,
    ) -> Done:
        """Decide what waits. `revision`: of the review as the author read it; `editor`: whether the author may
        approve alone. Raises what `plan` raises, `NotFound` for what is gone, `Conflict` where somebody else
        decided meanwhile or the question has a curated answer, and `DataError` or `ChatwrightError` where the
        file of cases cannot be read or written; nothing is changed then."""
        item = self.item(id)
        if revision is not None and item.review.revision != revision:
            raise Conflict(
                f"Somebody else changed this meanwhile; it is {item.review.state} now.",
                "Look at it again before you decide.",
                code="stale_review",
            )
        if not item.review.waiting:
            raise Conflict(
                f"This was decided already: {item.review.state}.",
                "`chatwright review undo` takes a decision back.",
                code="decided",
            )
        due = self.plan(item, wanted, editor=editor, bulk=bulk)
        if due.cases:
            load_cases(self._cases)  # a file that evaluation could not read is not added to
            case_file.check_writable(self._cases)
        holder = self._holder(due, wanted.replace)
        content = self._content(item, due)
        cases = [
            ReviewCase(one.line["id"], one.line["question"], one.held, one.origin, one.owner)
            for one in due.cases
        ]
        review = self.reviews.decide(item.review, due.state, content, author, cases=cases)
        try:
            if due.curated is not None:
                content = self._curate(item, due, content, holder, author)
                review = self.reviews.amend(review, content)
            if due.cases:
                case_file.append(self._cases, [one.line for one in due.cases])
        except BaseException:
            self._take_back(review, content, author)
            raise
        row = bool(due.messages)
        self.people.audit.add(
            "review.decided",
            author,
            review.owner,
            state=due.state,
            row=row,
            cases=len(cases),
            curated=content.curated,
        )
        return Done(review, due)

    def undo(
        self, id: str, author: str, *, reason: str = "", revision: int | None = None
    ) -> tuple[Review, tuple[str, ...]]:
        """Have it wait again: no row, no cases, no curated answer any more; and what could not be taken back,
        in sentences. Raises as `decide` does."""
        review = self.reviews.find(self.bot, id)
        if revision is not None and review.revision != revision:
            raise Conflict(
                "Somebody else changed this meanwhile.",
                "Look at it again before you undo it.",
                code="stale_review",
            )
        if review.cases:
            case_file.check_writable(self._cases)
        before = review.content or Decided()
        opened = self.reviews.reopen(review, author, reason)
        notes = self._uncurate(before, author)
        case_file.remove(self._cases, [case.id for case in review.cases])
        self.people.audit.add("review.undone", author, review.owner, state=review.state)
        return opened, notes

    # --- how it is done ---

    @property
    def _cases(self) -> Path:
        return self.spec.path(self.spec.evaluation.cases)

    def _problems(self, text: str, answer: str) -> tuple[str, ...]:
        links = self.spec.guard.links
        return screen(text, answer=answer, public=self._public(), links=links)

    def _around(self, item: QueueItem) -> Around:
        talk = self.talk(item.review)
        rows = self.reviews.all(self.bot, LEARNED_STATES)
        trained = frozenset(one.content.question for one in rows if one.trained and one.content)

        def found(question: str, right: str) -> list[Phrasing]:
            known = self._asked_before()
            return known.of(question, item.answer, right, trained)

        return Around(
            talk=talk,
            trainable=self.people.trainable(item.review.owner, said_first(talk)),
            supporters=self._supporters(item),
            screen=self._screen,
            redactor=self._redactor,
            found=found,
            tested=frozenset(same(one) for one in self.reviews.held_out(self.bot)),
            trained=trained,
            rules=self._rules,
        )

    def _supporters(self, item: QueueItem) -> frozenset[str]:
        """Raters whom nothing speaks against, who gave the correction here or for a question like it."""
        given = [item]
        if item.alike:
            alike = set(item.alike)
            given += [one for one in self.items(WAITING) if one.review.id in alike]
        return frozenset(
            said.rater
            for one in given
            for said in one.feedback
            if not said.flags and self._supports(said, item)
        )

    def _supports(self, said: FeedbackItem, item: QueueItem) -> bool:
        if not item.correction:
            return said.liked is True
        texts = (said.correction, item.correction, item.question)
        return bool(said.correction) and says_the_same(*texts, self.spec.bot.languages)

    def _asked_before(self) -> Phrasings:
        """What people who agreed to be learned from asked; read again after a while."""
        if self._phrasings is None or self._phrasings[0] < time.monotonic():
            version = self.people.consent_version if self.people.consent_text else ""
            since = self._consents.since(self.bot, version) if version else {}
            rows = [
                row
                for row in agreed(self._asked.phrased(self.bot), since)
                if not any(self._redactor().spans([row.question])) and not self._bad(row.question)
            ]
            known = Phrasings(
                rows, self.spec.bot.languages, self._embedder, self.queue.corrections()
            )
            self._phrasings = (time.monotonic() + FRESH, known)
        return self._phrasings[1]

    def _bad(self, question: str) -> bool:
        return bool(set(self._screen(question, "")) - {"personal"})

    def _content(self, item: QueueItem, due: Plan) -> Decided:
        """What is kept of a decision. Of one that training does not learn from: no words of anybody."""
        if not due.messages:
            return Decided(reason=due.reason)
        owner = item.review.owner
        given = [one for one in item.feedback if one.rater in due.raters and one.correction]
        by = next((one for one in given if one.correction.strip() == item.correction), None)
        words_by = "" if due.own_answer or by is None else by.rater
        said = [(owner, said_first(self.talk(item.review)))]
        if by is not None and words_by != owner and words_by.startswith("visitor:"):
            said.append((words_by, by.updated_at))
        return Decided(
            question=due.question,
            answer=due.answer,
            wrong=due.wrong,
            reason=due.reason,
            messages=due.messages,
            raters=due.raters,
            words_by=words_by,
            owners=tuple(dict.fromkeys(person for person, _ in said)),
            origins=(item.review.message_id,),
            said=tuple(said),
            version=self.people.consent_version,
        )

    # --- curated answers ---

    def _holder(self, due: Plan, replacing: bool) -> CuratedRecord | None:
        """The answer that has the question, where it is to be replaced; raises `Conflict` where it is not."""
        if due.curated is None:
            return None
        wanted = same(due.curated[0])
        for one in self.curator.rows.active(self.bot)[1]:
            if any(same(question) == wanted for question in one.content.questions):
                if replacing:
                    return one
                raise Conflict(
                    f'The question has a curated answer already, {one.id}: "{shown(one.content.text)}"',
                    "Replace it (--replace), or decide without a curated answer.",
                    code="question_taken",
                )
        return None

    def _curate(
        self,
        item: QueueItem,
        due: Plan,
        content: Decided,
        holder: CuratedRecord | None,
        author: str,
    ) -> Decided:
        """Add the answer, in the place of `holder`, whose questions it takes over. It is a new one, so that it
        goes with the person from whose correction it was made."""
        assert due.curated is not None, "asked for where there is one"
        question, text = due.curated
        asked = [question]
        if holder is not None:
            asked += [one for one in holder.content.questions if same(one) != same(question)]
            self.curator.retire(holder.id, author, expected=holder.revision)
        origin = None if due.own_question and due.own_answer else item.review.message_id
        try:
            made = self.curator.add(Writing(text, asked), author, origin=origin)
        except BaseException:
            if holder is not None:
                self.curator.change(holder.id, Writing(active=True), author)
            raise
        undo = {"revision": made.revision, "replaced": holder.id if holder else ""}
        return replace(content, curated=made.id, undo=undo)

    def _uncurate(self, content: Decided, author: str) -> tuple[str, ...]:
        """Take a curated answer back, as far as nobody changed it since; what was not, in a sentence."""
        if not content.curated or content.undo is None:
            return ()
        try:
            made = self.curator.rows.find(self.bot, content.curated)
            if made.revision != content.undo["revision"]:
                return (f"The curated answer {made.id} was changed since, and stays as it is.",)
            self.curator.retire(made.id, author, expected=made.revision)
            if replaced := content.undo["replaced"]:
                self.curator.change(replaced, Writing(active=True), author)
        except NotFound:
            return ("The curated answer, or the one that it replaced, is not there any more.",)
        except Conflict as error:
            return (f"The curated answer could not be taken back wholly: {error}",)
        return ()

    def _take_back(self, review: Review, content: Decided, author: str) -> None:
        """After a failure: as if it had not been decided, as far as that can be done."""
        for step in (
            lambda: self._uncurate(content, author),
            lambda: case_file.remove(self._cases, [case.id for case in review.cases]),
            lambda: self.reviews.reopen(review, author, action="failed"),
        ):
            with suppress(ChatwrightError):
                step()


LEARNED_STATES: tuple[ReviewState, ...] = ("accepted", "edited", "redacted")


def said_first(talk: Sequence[MessageRecord]) -> str:
    """When the first of the visitor's words in a conversation was said."""
    return min(one.created_at for one in talk)


def _redactor(spec: Spec) -> Redactor:
    """Of what a person is known by, and of secrets, whatever `[privacy]` hides in training: times and prices
    are what a correction is about."""
    kept = tuple(sorted(set(TYPES) - PERSONAL - {"KEY"}))
    settings = spec.privacy.model_copy(update={"placeholders": kept})
    return Redactor(settings, public_facts(owners_texts(spec)), language=language(spec))
