"""Training on evidence: passages of the bot's documents stand before replies, as they do in serving.

Each conversation is searched for as a served one is, and its last reply stands behind what was found, some
of it with a wrong passage among them. Some replies that a passage supports are taken away with it, and the
model declines: then the answer is not in what it is shown. Needs no torch.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from chatwright.core.files import sha256_json
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.progress import Progress, Silent
from chatwright.core.types import Conversation, Message
from chatwright.data.dataset import Dataset
from chatwright.data.documents import owners_files
from chatwright.data.hiding import Hiding
from chatwright.data.privacy import Redactor
from chatwright.knowledge import Hit, Search, Snapshots
from chatwright.knowledge.evidence import (
    ROOM,
    Shown,
    evidence_for,
    insert,
    messages_of,
    plain,
    question_of,
)
from chatwright.knowledge.sync import index_of, sync
from chatwright.knowledge.words import kin, terms
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.tokenizer import Tokenizer

SHOWN = Shown()
VERSION = 1  # of what follows; part of every key
METHODS = ("supervised", "lora")
TRAINED = ("scratch", "pretrained")
PLAIN = 0.2  # of conversations stay without passages: a search may find nothing
WRONG = 0.3  # of those with the right passage have a wrong one beside it, in any order
ABSENT = 0.1  # of those with the right passage lose it, and their reply
MOST = 20_000  # conversations that are searched for: about a millisecond each
IDLE = 0.5  # of those whose reply no passage supports are shown what was found nevertheless
LOOKED_AT = 8  # passages that are searched for the right one
AROUND = 4  # tokens of a message besides its words, in our own template: role, end, reply, refusal
PAYS = 0.5  # of replies rest on a passage, from which "auto" is on (DECISIONS.md, "training on evidence")
SAMPLE, EVERY = 300, 7  # conversations that are looked at to know that
SHARE = 0.6  # of a reply's own words that stand in a passage that supports it


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a training rests on: `snapshot` of the documents, and all that shapes the rows."""

    snapshot: str
    shown: Shown = SHOWN
    refusal: str = ""

    @property
    def id(self) -> str:
        """Names what the rows are made of besides the dataset."""
        return sha256_json([VERSION, self.snapshot, asdict(self.shown), self.refusal])[:12]

    def about(self) -> dict[str, Any]:
        """What a release's manifest says of it: so it is served."""
        return {"snapshot": self.snapshot, **asdict(self.shown)}


def possible(spec: Spec) -> bool:
    """Whether trainings of `spec` may have passages: there are documents, and the method can have them."""
    training = spec.training
    if (
        training.evidence is False
        or training.method not in METHODS
        or spec.model.kind not in TRAINED
    ):
        return False
    return bool(spec.knowledge.urls) or next(owners_files(spec), None) is not None


def bring_up(spec: Spec, progress: Progress | None = None) -> None:
    """Sync the documents that a training shall rest on; nothing where it rests on none.

    Somebody who went back to an earlier snapshot trains on that one.
    """
    if not possible(spec):
        return
    deployed = Registry(spec).deployment()
    needed = {deployed.knowledge} if deployed is not None and deployed.knowledge else set()
    index = index_of(spec)
    try:
        if not index.meta("held"):
            sync(spec, index, needed=needed, progress=progress or Silent())
    finally:
        index.close()


def knowledge_of(spec: Spec, dataset: Dataset) -> Knowledge | None:
    """What was synced last, as a training of `spec` on `dataset` uses it; None where it uses none."""
    if not possible(spec):
        return None
    index = index_of(spec)
    try:
        snapshot = Snapshots(index).current_id()
        if snapshot is None or not Snapshots(index).members(snapshot):
            return None
    finally:
        index.close()
    shown = Shown(min(ROOM, spec.model.context // 4))
    knowledge = Knowledge(snapshot, shown, spec.guard.refusal)
    if spec.training.evidence == "auto" and _resting(spec, dataset, knowledge) < PAYS:
        return None
    return knowledge


RESTING: dict[tuple[str, str], float] = {}  # by dataset and snapshot: it is asked for several times


def _resting(spec: Spec, dataset: Dataset, knowledge: Knowledge) -> float:
    """The share of a sample of replies that a passage supports which is found for their question."""
    key = dataset.id, knowledge.snapshot
    if key not in RESTING:
        with searched(spec, knowledge) as search:
            judge = Supports(spec.bot.languages)
            rows = islice(dataset.rows("train"), SAMPLE * EVERY)
            asked = [
                row for at, row in enumerate(rows) if at % EVERY == 0 and len(row.messages) > 1
            ]
            found = sum(_rests(row, search, judge) for row in asked)
        RESTING[key] = found / max(len(asked), 1)
    return RESTING[key]


def _rests(row: Conversation, search: Search, judge: Supports) -> bool:
    question, reply = question_of(row.before(len(row.messages) - 1)), row.messages[-1]
    hits = search.search(question, LOOKED_AT).hits
    return not reply.refused and any(judge(_all_of(hit), reply, question) for hit in hits)


@contextmanager
def searched(spec: Spec, knowledge: Knowledge) -> Iterator[Search]:
    """The search of that snapshot; what not everybody may see is shown to nobody (`Search.search`)."""
    index = index_of(spec)
    try:
        yield Search(index, knowledge.snapshot, languages=spec.bot.languages)
    finally:
        index.close()


def texts(spec: Spec, knowledge: Knowledge) -> list[str]:
    """Every passage that may be shown, for a tokenizer to learn its words."""
    with searched(spec, knowledge) as search:
        return [plain(passage.text) for _, passage in search.everything()]


def grounded(
    spec: Spec,
    knowledge: Knowledge,
    rows: Sequence[Conversation],
    tokenizer: Tokenizer,
    context: int,
    hiding: Path | None = None,
) -> tuple[list[Conversation], Counter[str]]:
    """`rows` with passages, and what was done with how many of them. `hiding`: that of their dataset."""
    redactor = Hiding.load(hiding).redactor() if hiding else None
    seed, judge = spec.training.seed, Supports(spec.bot.languages)
    share = max(PLAIN, 1 - MOST / max(len(rows), 1))
    with searched(spec, knowledge) as search:
        grounding = Grounding(search, knowledge, tokenizer, context, seed, judge, share, redactor)
        return [grounding.one(row) for row in rows], grounding.counts


class Kins(NamedTuple):
    """What the words of a text have in common with their relatives: all, numbers, and words of some length."""

    all: set[str]
    facts: set[str]
    words: set[str]


class Supports:
    """Judges whether a text supports a reply; passages and known replies come again and again."""

    def __init__(self, languages: tuple[str, ...] = ("en",)) -> None:
        self._languages = languages
        self._known: dict[str, Kins] = {}

    def __call__(self, text: str, reply: Message, question: str) -> bool:
        """Whether what the reply adds to the question stands in the text: all numbers, most words."""
        there, said, asked = map(self._kins, (text, reply.content, question))
        facts = said.facts - asked.all
        if not facts <= there.all:
            return False
        words = said.words - asked.all
        own = len(words & there.all)
        return bool(facts or own) and own >= SHARE * len(words)

    def _kins(self, text: str) -> Kins:
        if (known := self._known.get(text)) is None:
            found = {kin(word, self._languages) for word in terms(PLACEHOLDER.sub(" ", text))}
            facts = {word for word in found if any(char.isdigit() for char in word)}
            words = {word for word in found - facts if len(word) > 3 or not word.isascii()}
            known = self._known[text] = Kins(found, facts, words)
        return known


@dataclass(slots=True)
class Grounding:
    """Puts passages before replies, each conversation by itself: the same for the same seed and id."""

    search: Search
    knowledge: Knowledge
    tokenizer: Tokenizer
    context: int
    seed: int
    judge: Supports
    plain: float = PLAIN  # the share of conversations that stay as they are
    redactor: Redactor | None = None
    counts: Counter[str] = field(default_factory=Counter)
    _counted: dict[str, int] = field(default_factory=dict)

    def one(self, row: Conversation) -> Conversation:
        """The conversation with passages before its last reply, or as it is. Counts what was done."""
        last = len(row.messages) - 1
        if last < 1 or row.messages[last].role != "assistant":
            return row
        rng = random.Random(f"{self.seed} {row.id}")
        asked, reply = row.before(last), row.messages[last]
        made = self._made(asked, reply, rng)
        if made is None:
            self.counts["plain"] += 1
            return row
        kind, shown, said = made
        hidden = self._hidden(shown, row)
        if hidden is None:  # a value that the reply hides, the passage tells: nothing to copy
            self.counts["unlike"] += 1
            return row
        grounded = insert(asked, hidden, self.tokenizer.takes if self._own else None).plus(said)
        if not self._fits(grounded):
            self.counts["long"] += 1
            return row
        self.counts[kind] += 1
        return replace(row, messages=grounded.messages)

    def _made(
        self, asked: Conversation, reply: Message, rng: random.Random
    ) -> tuple[str, Sequence[Message], Message] | None:
        """What is done, the passages, and what is said; None: the conversation stays as it is."""
        question = question_of(asked)
        if rng.random() < self.plain or not question:
            return None
        found = self.search.search(question, LOOKED_AT)
        if not found.hits:
            return None
        count, room = self._count, self.knowledge.shown.room
        right = [hit for hit in found.hits if self.judge(_all_of(hit), reply, question)]
        served = evidence_for(found, room, count, question, self.knowledge.shown.passages)
        if not right or reply.refused:
            return ("idle", served, reply) if served and rng.random() < IDLE else None
        wrong = [hit for hit in found.hits if hit not in right]
        if wrong and rng.random() < ABSENT:
            shown = messages_of(wrong[: self.knowledge.shown.passages], room, count, question)
            declined = Message("assistant", self.knowledge.refusal, refused=True)
            return "absent", shown, declined
        hits, shown = [right[0]], served
        if wrong and rng.random() < WRONG:
            hits.append(rng.choice(wrong))
            rng.shuffle(hits)
        if len(hits) > 1 or found.hits[0] not in right:
            shown = messages_of(hits, room, count, question)
        # What was cut off a long passage may have been what the reply rests on.
        if not any(self.judge(message.content, reply, question) for message in shown):
            return None
        return "right", shown, reply

    def _count(self, text: str) -> int:
        if (known := self._counted.get(text)) is None:
            known = self._counted[text] = len(self.tokenizer.encode(text))
        return known

    def _fits(self, conversation: Conversation) -> bool:
        """Whether it fits the context; a token has a byte at least, so most need not be rendered."""
        most = sum(
            self._count(m.content) if m.role == "evidence" else len(m.content.encode())
            for m in conversation.messages
        )
        if most + AROUND * len(conversation.messages) <= self.context and not self._own:
            return True
        return len(self.tokenizer.render(conversation)) <= self.context

    @property
    def _own(self) -> bool:
        return self.tokenizer.own_template

    def _hidden(self, shown: Sequence[Message], row: Conversation) -> list[Message] | None:
        """The passages as the model sees them beside `row`, whose values are hidden; None: they cannot.

        What the owner says in public is hidden nowhere. A value that only a page of the web has is hidden
        there too, under a number of its own, or that of the reply where both have one of its type.
        """
        earlier = {p for m in row.messages[:-1] for p in PLACEHOLDER.findall(m.content)}
        free = set(PLACEHOLDER.findall(row.messages[-1].content)) - earlier
        if self.redactor is None:
            return None if free else list(shown)
        session = self.redactor.session()
        messages = session.hide(Conversation(tuple(shown))).messages
        found = dict.fromkeys(p for m in messages for p in PLACEHOLDER.findall(m.content))
        names = _renamed(list(found), earlier, free)
        if names is None:
            return None
        return [
            replace(m, content=PLACEHOLDER.sub(lambda p: names[p[0]], m.content)) for m in messages
        ]


def _all_of(hit: Hit) -> str:
    return "\n".join((hit.title, *hit.passage.headings, hit.passage.text))


def _renamed(found: list[str], earlier: set[str], free: set[str]) -> dict[str, str] | None:
    """New names for the placeholders `found` in passages; None where it is unclear which are in the reply."""
    names: dict[str, str] = {}
    for type in {_type(one) for one in free}:
        here = [one for one in found if _type(one) == type]
        said = [one for one in free if _type(one) == type]
        if len(here) != 1 or len(said) != 1:
            return None
        names[here[0]] = said[0]
    taken = earlier | free
    for one in found:
        if one not in names:
            number = 1
            while (name := f"<{_type(one)}_{number}>") in taken:
                number += 1
            names[one] = name
            taken = taken | {name}
    return names


def _type(placeholder: str) -> str:
    return placeholder[1 : placeholder.index("_")]


def told(counts: Counter[str]) -> str:
    """What was done with the conversations, in a line."""
    shown = counts["right"] + counts["idle"] + counts["absent"]
    total = counts.total()
    return (
        f"{shown:,} of {total:,} conversations are learned with passages before their reply: "
        f"{counts['right']:,} with the right one, {counts['absent']:,} without it, so that the bot declines"
    )
