"""The dataset as a trainer needs it: a tokenizer, rendered conversations, a development sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from torch import Tensor

from chatwright.core.errors import DataError, Unsupported
from chatwright.core.files import sha256_file, sha256_json
from chatwright.core.types import Conversation
from chatwright.data.batches import Batch, Packing, batches, batches_per_epoch, once, windows
from chatwright.data.dataset import Dataset
from chatwright.data.documents import owners_files
from chatwright.data.documents import pages as pages_of
from chatwright.data.repeats import SHARE, known_replies
from chatwright.model import weights
from chatwright.model.adopted import Adopted, adopted
from chatwright.model.pretrained import Pretrained
from chatwright.model.shape import Shape
from chatwright.model.sizes import vocabulary_for
from chatwright.spec import Spec
from chatwright.tokenizer import Chooser, Rendered, Tokenizer
from chatwright.tokenizer.pointers import FILES as POINTERS
from chatwright.tokenizer.pointers import Blind, Pointers
from chatwright.training import VERSION, evidence, kinds
from chatwright.training.choose import learn
from chatwright.training.evidence import Knowledge, knowledge_of
from chatwright.training.judged import Judged, pairs, thumbs
from chatwright.training.past import Past, past_of
from chatwright.training.start import Start
from chatwright.training.turns import rendered_turns

JUDGED_TOKENS = 4096  # of a batch of judged replies, both sequences of each counted
PROBED = 2_000  # conversations in which is counted how often replies repeat a value
BLIND = (0.0, 1.0, 0.5)  # shares of values that are hidden in turn (`pointers`)
DEVELOPMENT_TOKENS = 24_000  # enough to see a trend while training; the report uses everything


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a run reads. `old` is of the dataset that its start learned from; the rest says what it is."""

    dataset: Dataset
    tokenizer: Tokenizer
    tokenizer_hash: str
    chooser: Chooser | None
    train: list[Rendered]
    dev: list[Rendered]
    dev_bytes: int
    context: int
    start: Start | None = None
    shape: Shape | None = None  # of the start
    judged: Judged | None = None
    documents: str = ""  # hash of those that are learned besides the conversations
    old: list[Rendered] = field(default_factory=list)
    old_bytes: int = 0
    past: Past | None = None
    base: Adopted | None = None
    left_out: dict[str, int] = field(default_factory=dict)  # by the reason why
    knowledge: Knowledge | None = None  # whose passages stand before replies
    grounded: Counter[str] = field(default_factory=Counter)  # what was done with how many rows

    @property
    def lengths(self) -> list[int]:
        return [len(rendered) for rendered in self.train]

    @property
    def tokens(self) -> int:
        return sum(self.lengths)

    def stream(
        self, packing: Packing, seed: int, references: Mapping[int, Tensor] | None = None
    ) -> Iterator[Batch]:
        """Training batches without end, a pure function of the arguments.

        Those of judged replies need `references`, what the starting weights say of each batch.
        """
        if self.judged is not None:
            return self.judged.stream(seed, references)
        return batches(self.train, packing, seed, self.tokenizer.pad)

    def per_epoch(self, packing: Packing, seed: int) -> int:
        """Batches in one pass over the data."""
        return len(self.judged) if self.judged else batches_per_epoch(self.train, packing, seed)

    def dev_batches(self, packing: Packing, *, old: bool = False) -> Iterator[Batch]:
        return once(self.old if old else self.dev, packing, self.tokenizer.pad)


def prepare(
    spec: Spec, dataset: Dataset, start: Start | None = None, base: Pretrained | None = None
) -> Corpus:
    """Render conversations for the method of `spec`.

    Tokenizer and chooser are those of `start`, the tokenizer that of a pretrained `base`; without either
    they are learned, or found already learned.
    """
    training = spec.training
    past = past_of(spec, dataset, start) if start else None
    rows = dataset.split("train") + (past.again if past else [])
    left = past.known if past else frozenset()
    train = [row for row in rows if row.id not in left]
    whole = training.method == "pretraining"
    texts = ["\n".join(pages_of(path)) for path in owners_files(spec)] if whole else []
    knowledge = knowledge_of(spec, dataset)
    own = _adopted(spec, dataset, base) if base else None
    if start:
        folder, shape = Path(start.folder), weights.load(Path(start.folder)).shape
    elif own:
        folder, shape = own.folder, own.shape
    else:
        passages = evidence.texts(spec, knowledge) if knowledge else []
        folder = _learned(spec, dataset, train, texts + passages, grounded=bool(passages))
        shape = None
    tokenizer = Tokenizer.load(folder)
    context = min(spec.model.context, shape.context) if shape else spec.model.context
    development = dataset.split("dev") or dataset.split("test")
    dev, dev_bytes = _sample(development, tokenizer, context, whole)
    old, old_bytes = _sample(past.development if past else [], tokenizer, context, whole)
    judged = _judged(spec, dataset, train, tokenizer, context)
    shown, counts = train, Counter[str]()
    if knowledge:
        shown, counts = evidence.grounded(
            spec, knowledge, train, tokenizer, context, dataset.hiding
        )
    rendered, left_out = _rendered(shown, tokenizer, context)
    if whole:
        rendered = [everything(piece) for piece in rendered]
        rendered += [piece for text in texts for piece in cut(text, tokenizer, context)]
    return Corpus(
        dataset=dataset,
        tokenizer=tokenizer,
        tokenizer_hash=_hash(folder),
        chooser=_chooser(spec, folder, tokenizer, rows, start),
        train=judged.sequences if judged else rendered,
        dev=dev,
        dev_bytes=dev_bytes,
        context=context,
        start=start,
        shape=shape,
        judged=judged,
        documents=sha256_json(texts) if whole else "",
        old=old,
        old_bytes=old_bytes,
        past=past,
        base=own,
        left_out=dict(left_out),
        knowledge=knowledge,
        grounded=counts,
    )


def _adopted(spec: Spec, dataset: Dataset, base: Pretrained) -> Adopted:
    hidden = dataset.hiding is not None
    return adopted(spec.made, base, spec.model.context, placeholders=hidden)


def _rendered(
    conversations: list[Conversation], tokenizer: Tokenizer, context: int
) -> tuple[list[Rendered], Counter[str]]:
    """Pieces of all conversations; and how many a base's template did not take, by its reason."""
    made: list[Rendered] = []
    left_out = Counter[str]()
    for number, conversation in enumerate(conversations):
        try:
            made += pieces(conversation, tokenizer, context, blind=_blind(number))
        except Unsupported as error:
            left_out[error.problem] += 1
    if left_out and not made:
        raise DataError(
            f"The base's chat template takes none of the conversations: {next(iter(left_out))}",
            "Name another base, or take the template out of its folder: a base without one gets ours.",
        )
    return made, left_out


def _blind(number: int) -> Blind | None:
    """Of the `number`-th conversation: a third is learned as it is, of a third half of the values are
    hidden, of a third all."""
    share = BLIND[number % len(BLIND)]
    return Blind(share, number) if share else None


def _learned(
    spec: Spec,
    dataset: Dataset,
    train: list[Conversation],
    texts: list[str],
    *,
    grounded: bool = False,
) -> Path:
    """The folder of the tokenizer and the chooser of `dataset`, and of `texts`. `grounded`: replies will
    stand behind passages."""
    text_bytes = sum(len(m.content) for c in train for m in c.messages) + sum(map(len, texts))
    vocabulary = spec.model.vocabulary or vocabulary_for(text_bytes)
    kind = "-placeholders" if dataset.hiding else ""
    kind += f"-{sha256_json(texts)[:8]}" if texts else ""
    kind += {"auto": "", "on": "-pointing", "off": "-spelled"}[spec.model.pointers]
    name = f"{dataset.id}-{vocabulary}-{spec.training.seed}-{VERSION}{kind}"
    folder = spec.made / "tokenizers" / name
    if not (folder / "tokenizer.json").exists():
        hidden = dataset.hiding is not None
        pointers, replies = _pointers(spec, train, grounded), known_replies(train)
        tokenizer = Tokenizer.learn(
            chain(_texts(train), texts),
            vocabulary,
            () if pointers else replies,
            placeholders=hidden,
            pointers=pointers,
        )
        chooser = learn(train, [reply.text for reply in tokenizer.known], spec.training.seed)
        if chooser is not None:
            chooser.save(folder)
        tokenizer.save(folder, spec.model.context)  # last: it says that the folder is whole
    return folder


def _pointers(spec: Spec, train: list[Conversation], grounded: bool) -> Pointers | None:
    """Where they are wanted; else where replies often repeat a value, and are not known replies; and where
    they stand behind passages that have their values (DECISIONS.md, "training on evidence")."""
    wanted = spec.model.pointers
    if wanted == "off" or (wanted == "auto" and not grounded and known_replies(train)):
        return None
    made = kinds.learn(train, spec.training.seed)
    if made is None or wanted == "on" or grounded:
        return made
    return made if kinds.repeating(made.values, train[:PROBED]) >= kinds.PAYS else None


def _hash(folder: Path) -> str:
    """Of all that determines how conversations become tokens."""
    files = [folder / name for name in ("tokenizer.json", *POINTERS) if (folder / name).exists()]
    return sha256_file(files[0]) if len(files) == 1 else sha256_json(list(map(sha256_file, files)))


def _chooser(
    spec: Spec, folder: Path, tokenizer: Tokenizer, train: list[Conversation], start: Start | None
) -> Chooser | None:
    """That of the start, learned anew where new conversations are; none where most replies are new."""
    if start is None or spec.training.method not in ("supervised", "lora") or not tokenizer.known:
        return Chooser.load(folder)
    said = [m.content for c in train for m in c.messages if m.role == "assistant"]
    known = sum(text in tokenizer.replies for text in said)
    if known < SHARE * len(said):
        return None
    return learn(train, [reply.text for reply in tokenizer.known], spec.training.seed)


def _judged(
    spec: Spec, dataset: Dataset, train: list[Conversation], tokenizer: Tokenizer, context: int
) -> Judged | None:
    """What `dpo` and `kto` learn from. Raises `DataError` where there is too little of it."""
    size, seed = max(JUDGED_TOKENS, context), spec.training.seed
    if spec.training.method == "dpo":
        found = pairs(train, tokenizer, context, size, seed)
        if not len(found):
            raise DataError(
                "There are no pairs to learn from: dpo needs rows with a chosen and a rejected reply.",
                'Import such rows, or use method = "kto", which learns from thumbs.',
            )
        return found
    if spec.training.method != "kto":
        return None
    found = thumbs([*train, *dataset.rows("judged")], tokenizer, context, size, seed)
    good, bad = found.counts
    if not good or not bad:
        raise DataError(
            f"kto needs replies judged good and replies judged bad; there are {good} and {bad}.",
            'Import rows with a "label", true and false, or pairs of a chosen and a rejected reply.',
        )
    return found


def everything(piece: Rendered) -> Rendered:
    """The same with every token a target but the first, which nothing precedes."""
    return Rendered(piece.ids, [False] + [True] * (len(piece) - 1))


def cut(text: str, tokenizer: Tokenizer, context: int) -> Iterator[Rendered]:
    """A document in pieces of the whole context, each behind a begin token."""
    ids = [*tokenizer.encode(text), tokenizer.end]
    for first in range(0, len(ids), context - 1):
        yield everything(Rendered([tokenizer.begin, *ids[first : first + context - 1]], []))


def pieces(
    conversation: Conversation, tokenizer: Tokenizer, context: int, *, blind: Blind | None = None
) -> list[Rendered]:
    """The conversation as tokens, cut at its turns where it is longer than `context`."""
    if tokenizer.own_template or tokenizer.pointers:  # what is pointed at stands in the piece
        return rendered_turns(conversation, tokenizer, context, blind=blind)
    rendered = tokenizer.render(conversation)
    if len(rendered) <= context:
        return [rendered]
    starts = [
        len(tokenizer.render(conversation.before(index)))
        for index, message in enumerate(conversation.messages)
        if message.role == "user"
    ]
    return windows(rendered, context, starts)


def assistant_bytes(conversations: Iterable[Conversation]) -> int:
    """UTF-8 bytes of what assistants say."""
    return sum(
        len(message.content.encode())
        for conversation in conversations
        for message in conversation.messages
        if message.role == "assistant"
    )


def _texts(conversations: list[Conversation]) -> Iterator[str]:
    return (message.content for c in conversations for message in c.messages)


def _sample(
    conversations: list[Conversation], tokenizer: Tokenizer, context: int, whole: bool
) -> tuple[list[Rendered], int]:
    """Conversations and the bytes of what is measured in them; `whole`: of all that is said."""
    taken: list[Rendered] = []
    total = tokens = 0
    for conversation in islice(conversations, 2000):
        try:
            rendered = tokenizer.render(conversation)
        except Unsupported:  # as in training, where they are counted
            continue
        if len(rendered) > context:
            continue
        taken.append(everything(rendered) if whole else rendered)
        if whole:
            total += sum(len(m.content.encode()) for m in conversation.messages)
        else:
            learned = (at for at, learn in enumerate(rendered.learn) if learn)
            total += tokenizer.size_at(rendered, learned)
        tokens += len(rendered)
        if tokens > DEVELOPMENT_TOKENS:
            break
    return taken, total
