"""Which answer is given: reviewed, chosen, quoted, written, or none; by one calibrated confidence for each.

    router.look(asked)            the candidates that need no model, and their signs
    router.decide(look, draft)    the one that is said, with its confidence, sources and reasons

The surest candidate is said if it is sure enough for the owner's dial, `[answers] tolerated_wrong`; else none
is. It writes nothing, and knows neither engine nor caller.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from chatwright.answer.calibration import Calibration
from chatwright.answer.clarify import Choice, label_of, neither, question_for, resolve
from chatwright.answer.decision import Asked, Candidate, Decision, Look, Trial
from chatwright.answer.facts import Fact
from chatwright.answer.grounding import Ground
from chatwright.answer.likeness import agreement
from chatwright.answer.mending import corrected
from chatwright.answer.quoting import quote, texts_of
from chatwright.answer.signs import (
    KNOWN,
    REVIEWED,
    Draft,
    Kind,
    of_draft,
    of_matches,
    of_question,
    of_search,
)
from chatwright.answer.skill_words import speaks, text_of
from chatwright.core.types import Embedder, Mark, Route
from chatwright.knowledge.curated import Curated, Match
from chatwright.knowledge.live import Live
from chatwright.knowledge.passages import SENTENCE
from chatwright.knowledge.search import Found
from chatwright.knowledge.words import terms
from chatwright.release.registry import Deployment
from chatwright.spec import Spec

HITS = 5
SHOWN = 3  # sources of a reply
ROUTES: dict[Kind, Route] = {
    "curated": "curated",
    "standard": "retrieved",
    "quoted": "retrieved",
    "generated": "generated",
}
# A curated answer without a calibration: what a person would hold for the same question.
LIKE, AHEAD = 0.86, 0.05
SETTLED = 0.9  # of a reviewed answer's confidence: enough, whatever the dial says
BOTH, NEARLY = (
    0.6,
    0.5,
)  # of two replies' shares together, and the second's of the first's: it asks back
LIKELIER = 0.5  # an answer is at least as likely right as wrong
MANY = 1_000  # known questions, from which on a word that none of them has is a new one
NEW = 0.3  # at most so sure of an answer that passes over what only the documents know
LABEL = 90  # characters of a reply that tell what it is about
SHORTER = 0.05  # of confidence: so much surer must a quotation be than a reply that somebody wrote


class Router:
    """One deployment's. Threads may share it; nothing of it waits for a network."""

    def __init__(
        self,
        spec: Spec,
        calibration: Calibration | None = None,
        curated: Curated | None = None,
        live: Live | None = None,
        release: str = "",
        embedder: Embedder | None = None,
    ) -> None:
        self.release = release
        self.embedder = embedder
        self.spec = spec
        self.calibration = calibration or Calibration({})
        self.curated = curated
        self.live = live
        self.languages = spec.bot.languages
        self._revision: str | None = None
        own = spec.guard.refusal if "refusal" in spec.guard.model_fields_set else ""
        self.unsure = spec.answers.unsure or own or text_of(speaks(spec.bot.languages), "unsure")
        tolerated = spec.answers.tolerated_wrong
        self.threshold = self.calibration.threshold(tolerated)
        if (
            tolerated < 1
        ):  # where nearly all is right inside, a dial alone would answer what is outside
            self.threshold = max(self.threshold, LIKELIER)
        self._own = [*spec.scope.topics, spec.bot.title, spec.bot.purpose, spec.bot.assistant]
        self._own += [spec.bot.greeting, spec.bot.disclosure]

    @property
    def snapshot(self) -> str | None:
        return self.live.seen if self.live else None

    @property
    def chooses(self) -> bool:
        """Whether there is anything to choose by; without it the model's words are passed on as they come."""
        answers = self.spec.answers
        if not self.writes:
            return True  # without the model's words, these are all there are
        return bool(self.calibration.logistics) and (
            answers.tolerated_wrong < 1 or answers.grounding != "off"
        )

    @property
    def writes(self) -> bool:
        return "generated" in self.spec.answers.routes and self.spec.model.kind != "retrieval"

    def close(self) -> None:
        """Free what it follows."""
        if self.live is not None:
            self.live.close()
        if self.curated is not None:
            self.curated.close()

    def deployment_id(self, without: str) -> str:
        """Of the release with the knowledge, the curated answers and the calibration that are in force now."""
        knowledge = self.live.seen if self.live else None
        curated = self._revision  # as the last question found it: the store is not asked here
        calibration = self.calibration.id or None
        if knowledge is None and curated is None and calibration is None:
            return without
        return Deployment(self.release, knowledge, curated, calibration).id

    def look(self, asked: Asked, access: Collection[str] = ()) -> Look:
        """What stands ready. `access`: labels of whoever asks (`[knowledge] access`)."""
        routes = self.spec.answers.routes
        curated: tuple[Match, ...] = ()
        if self.curated is not None and "curated" in routes:
            curated = tuple(self.curated.match(asked.question))
            self._revision = self.curated.revision
        known = self.calibration.standard if "retrieved" in routes else None
        standard = known.look(asked.hidden, asked.hidden_before) if known else None
        found = self._search(asked, access) if "retrieved" in routes else None
        signs = of_question(len(terms(asked.question)), bool(asked.before))
        signs |= of_search(found) | of_matches(list(curated))
        if standard is not None:
            signs[KNOWN] = self.calibration.known(standard.signs)
        return Look(asked, curated, standard, found, signs)

    def settled(self, look: Look) -> Decision | None:
        """An answer that needs no draft beside it: reviewed and surely meant."""
        chosen = resolve(look.asked.conversation) if self.spec.answers.clarify else None
        if chosen is not None and (said := self._chosen(chosen)) is not None:
            return said
        best = self._curated(look)
        if best is None or best.confidence < self._settles:
            return None
        return self._said(best, (best,), None, ())

    @property
    def _settles(self) -> float:
        return max(min(self.threshold, SETTLED), 0.5)

    def trial(self, asked: Asked) -> Trial:
        """Which curated answer a question would get, and how far it is from it."""
        look = self.look(asked)
        best = self._curated(look)
        if best is None:
            return Trial((), None, 0.0, self._settles)
        given = look.curated[0].id if best.confidence >= self._settles else None
        return Trial(look.curated, given, best.confidence, self._settles)

    def unasked(self) -> Decision | None:
        """What is said where nobody asked anything; None: whatever the model writes."""
        if self.writes:
            return None
        return Decision("refused", self.unsure, 1.0, self.threshold, ())

    def _chosen(self, choice: Choice) -> Decision | None:
        """What was meant, now that the user said so; None where it is none of the replies any more."""
        if choice.chosen is None:
            text = neither((*self.languages, "en")[0])
            return Decision("refused", text, 1.0, self.threshold, (), mark="clarify")
        known = self.calibration.standard
        if known is None:
            return None
        likely = [one.text for one in known.look(choice.question).choices]  # they may share a label
        fitting = (one for one in (*likely, *known.replies) if _label(one) == choice.label)
        text = next(fitting, "")
        if not text:
            return None
        best = Candidate("standard", text, 1.0)
        return self._said(best, (best,), None, ())

    def _asks_back(self, look: Look) -> str | None:
        """A question which of two is meant, where both are likely and it cannot tell."""
        if not self.spec.answers.clarify or look.standard is None or not self.chooses:
            return None
        choices = look.standard.choices[:2]
        labels = {_label(one.text) for one in choices if not one.refused} - {""}
        if len(labels) < 2 or sum(one.share for one in choices) < BOTH:
            return None
        if choices[1].share < NEARLY * choices[0].share:
            return None
        return question_for([_label(one.text) for one in choices], (*self.languages, "en")[0])

    def decide(self, look: Look, draft: Draft | None = None) -> Decision:
        """The surest candidate, or none."""
        lacking = self.lacking(look, draft) if draft is not None else ()
        candidates = self.candidates(look, draft, lacking)
        sure = [one for one in candidates if one.declined or one.confidence >= self._least(one)]
        if lacking and self.spec.answers.grounding == "refuse":  # whatever can be judged of it
            sure = [one for one in sure if one.declined or one.kind != "generated"]
        if not sure or sure[0].declined:
            return self._refused(look, candidates, draft, lacking)
        best = sure[0]
        if best.kind == "quoted":  # a page of documents where a sentence would do
            near = [one for one in sure[1:] if one.confidence >= best.confidence - SHORTER]
            best = next((one for one in near if not one.declined), best)
        return self._said(best, candidates, draft, lacking)

    def knows(self, text: str) -> bool:
        """Whether it is a standard reply, to the letter: said to several people, and no person's."""
        known = self.calibration.standard
        return known is not None and known.number(text) is not None

    def _least(self, candidate: Candidate) -> float:
        """The confidence that a candidate needs. Where what was logged tells no right from wrong, what the
        model writes is not held to the dial."""
        if candidate.kind == "generated" and not self.calibration.judged:
            return 0.0
        if candidate.kind == "curated" and "curated" not in self.calibration.logistics:
            return 0.5
        return self.threshold

    def candidates(
        self, look: Look, draft: Draft | None, lacking: Sequence[Fact]
    ) -> tuple[Candidate, ...]:
        """All that could be said, the surest first."""
        signs = look.signs | self._drafted(look, draft, len(lacking))
        made = [self._curated(look), self._standard(look, signs), self._quoted(look, signs, draft)]
        if draft is not None and draft.text.strip() and "generated" in self.spec.answers.routes:
            made.append(self._generated(look, signs, draft, lacking))
        return tuple(sorted((one for one in made if one), key=lambda one: -one.confidence))

    def lacking(self, look: Look, draft: Draft) -> tuple[Fact, ...]:
        """The facts of a draft that stand in nothing that it may rest on."""
        known = self.calibration.standard
        if known is not None and known.number(draft.text) is not None:
            return ()  # said in the owner's own data, to the letter
        said = [message.content for message in look.asked.conversation.messages]
        ground = Ground([*said, *self._own, *texts_of(look.hits)], self.languages)
        if look.standard is not None:
            for choice in look.standard.choices:
                ground.add(choice.text)
        missing = ground.lacking(draft.text)
        if missing and look.found is not None and (search := self._current()) is not None:
            for text in texts_of(search.search(draft.text, HITS).hits):
                ground.add(text)
            missing = ground.lacking(draft.text)
        return tuple(missing)

    def _current(self) -> Any:
        return self.live.current() if self.live else None

    def _search(self, asked: Asked, access: Collection[str]) -> Found | None:
        search = self._current()
        if search is None:
            return None
        found: Found = search.search(asked.question, HITS, access)
        if asked.before and not found.hits:
            found = search.search(f"{asked.before}\n{asked.question}", HITS, access)
        return found

    def _drafted(self, look: Look, draft: Draft | None, lacking: int) -> dict[str, float]:
        if draft is None:
            return {}
        known = self.calibration.standard
        agrees, expected = 0.0, None
        if known is not None and look.standard is not None and look.standard.choices:
            agrees = agreement(draft.text, look.standard.choices[0].text, self.languages)
            expected = known.share(look.standard, draft.text)
        return of_draft(draft, lacking, agrees, expected)

    def _sure(self, kind: Kind, signs: dict[str, float], fallback: float = 0.0) -> float:
        found = self.calibration.confidence(kind, signs)
        return fallback if found is None else found

    def _curated(self, look: Look) -> Candidate | None:
        if not look.curated:
            return None
        best = look.curated[0]
        rule = float(best.exact or (best.likeness >= LIKE and best.margin >= AHEAD))
        signs = {**of_matches(list(look.curated)), "words": look.signs["words"]}
        confidence = 1.0 if best.exact else self._sure("curated", signs, rule * best.likeness)
        return Candidate("curated", best.text, confidence, signs=signs)

    def _standard(self, look: Look, signs: dict[str, float]) -> Candidate | None:
        if look.standard is None or not look.standard.choices:
            return None
        best = look.standard.choices[0]
        signs = signs | self._reviewed(best.text)
        confidence = self._unless_new(look, best.text, self._sure("standard", signs))
        return Candidate("standard", best.text, confidence, best.refused, signs=signs)

    def _reviewed(self, text: str) -> dict[str, float]:
        known = self.calibration.standard
        return {REVIEWED: float(known is not None and known.reviewed(text))}

    def _unless_new(self, look: Look, text: str, confidence: float) -> float:
        """Less, where the question has a word that was in no question before, the best passage has it, and
        this answer does not: the documents know of something that the data do not."""
        known = self.calibration.standard
        if known is None or not look.hits or len(known.taught.questions) < MANY:
            return confidence
        there = set(terms(" ".join(texts_of(look.hits[:1]))))
        new = known.unheard(look.asked.question) & there
        return min(confidence, NEW) if new - set(terms(text)) else confidence

    def _quoted(self, look: Look, signs: dict[str, float], draft: Draft | None) -> Candidate | None:
        if not look.hits:
            return None
        question = look.asked.question
        page = quote(question, look.hits[0], self.languages)
        text = corrected(page, question, self.calibration.changes, self.languages)
        if text is None:  # something of it may not be true any more
            return None
        if draft is not None:
            signs = signs | {"supports": agreement(draft.text, text, self.languages)}
        confidence = self._sure("quoted", signs)
        source = look.hits[0].source()
        if text != page:  # an excerpt would show the fact as it was
            source = replace(source, quote="")
        return Candidate("quoted", text, confidence, sources=(source,), signs=signs)

    def _generated(
        self, look: Look, signs: dict[str, float], draft: Draft, lacking: Sequence[Fact]
    ) -> Candidate:
        signs = signs | self._reviewed(draft.text)
        confidence = self._unless_new(look, draft.text, self._sure("generated", signs, 0.5))
        if lacking and self.spec.answers.grounding != "off":
            confidence = min(confidence, 0.0)
        sources = tuple(
            hit.source()
            for hit in look.hits[:SHOWN]
            if agreement(draft.text, hit.passage.text, self.languages) >= 0.5
        )
        return Candidate("generated", draft.text, confidence, draft.declined, sources, signs)

    def _said(
        self,
        best: Candidate,
        candidates: Sequence[Candidate],
        draft: Draft | None,
        lacking: Sequence[Fact],
    ) -> Decision:
        return Decision(
            ROUTES[best.kind],
            best.text,
            best.confidence,
            self._least(best),
            tuple(candidates),
            best.sources,
            tuple(lacking),
            draft,
        )

    def _refused(
        self,
        look: Look,
        candidates: Sequence[Candidate],
        draft: Draft | None,
        lacking: Sequence[Fact],
    ) -> Decision:
        """In the words of the surest candidate that declines, if there is one: they say what it cannot do."""
        text = next((one.text for one in candidates if one.declined), self.unsure)
        mark: Mark | None = None
        if not (candidates and candidates[0].declined) and (asked := self._asks_back(look)):
            text, mark = asked, "clarify"
        best = candidates[0] if candidates else None
        least = self._least(best) if best else self.threshold
        confidence = best.confidence if best else 0.0
        sure = confidence if best and best.declined else 1 - confidence
        return Decision(
            "refused", text, sure, least, tuple(candidates), (), tuple(lacking), draft, mark
        )


def _label(reply: str) -> str:
    """What a reply is about: its first sentence."""
    first = next((part for part in SENTENCE.split(reply) if part.strip()), reply)
    return label_of(first[:LABEL])
