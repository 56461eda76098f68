"""The dataset as a trainer needs it: a tokenizer, rendered conversations, a development sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from chatwright.core.errors import DataError, Unsupported
from chatwright.core.files import sha256_file
from chatwright.core.types import Conversation
from chatwright.data.batches import Batch, Packing, batches, once, windows
from chatwright.data.dataset import Dataset
from chatwright.data.repeats import known_replies
from chatwright.model.adopted import Adopted, adopted
from chatwright.model.pretrained import Pretrained
from chatwright.model.sizes import vocabulary_for
from chatwright.spec import Spec
from chatwright.tokenizer import Chooser, Rendered, Tokenizer
from chatwright.training import VERSION
from chatwright.training.choose import learn
from chatwright.training.turns import rendered_turns

DEVELOPMENT_TOKENS = 24_000  # enough to see a trend while training; the report uses everything


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a run reads."""

    dataset: Dataset
    tokenizer: Tokenizer
    tokenizer_hash: str
    chooser: Chooser | None
    train: list[Rendered]
    dev: list[Rendered]
    dev_bytes: int
    base: Adopted | None = None
    left_out: dict[str, int] = field(default_factory=dict)  # by the reason why

    @property
    def lengths(self) -> list[int]:
        return [len(rendered) for rendered in self.train]

    @property
    def tokens(self) -> int:
        return sum(self.lengths)

    def stream(self, packing: Packing, seed: int) -> Iterator[Batch]:
        """Training batches without end, a pure function of the arguments."""
        return batches(self.train, packing, seed, self.tokenizer.pad)

    def dev_batches(self, packing: Packing) -> Iterator[Batch]:
        return once(self.dev, packing, self.tokenizer.pad)


def prepare(spec: Spec, dataset: Dataset, base: Pretrained | None = None) -> Corpus:
    """Learn, or find already learned, tokenizer and chooser of `dataset`; render conversations.

    A pretrained `base` has its own tokenizer, and is adopted first.
    """
    train = dataset.split("train")
    start = _adopted(spec, dataset, base) if base else None
    folder = start.folder if start else _learned(spec, dataset, train)
    tokenizer = Tokenizer.load(folder)
    context = start.shape.context if start else spec.model.context
    development = dataset.split("dev") or dataset.split("test")
    dev, dev_bytes = _sample(development, tokenizer, context)
    rendered, left_out = _rendered(train, tokenizer, context)
    return Corpus(
        dataset=dataset,
        tokenizer=tokenizer,
        tokenizer_hash=sha256_file(folder / "tokenizer.json"),
        chooser=Chooser.load(folder),
        train=rendered,
        dev=dev,
        dev_bytes=dev_bytes,
        base=start,
        left_out=dict(left_out),
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
    for conversation in conversations:
        try:
            made += pieces(conversation, tokenizer, context)
        except Unsupported as error:
            left_out[error.problem] += 1
    if left_out and not made:
        raise DataError(
            f"The base's chat template takes none of the conversations: {next(iter(left_out))}",
            "Name another base, or take the template out of its folder: a base without one gets ours.",
        )
    return made, left_out


def _learned(spec: Spec, dataset: Dataset, train: list[Conversation]) -> Path:
    """The folder of the tokenizer and the chooser that `train` teaches."""
    text_bytes = sum(len(m.content) for c in train for m in c.messages)
    vocabulary = spec.model.vocabulary or vocabulary_for(text_bytes)
    kind = "-placeholders" if dataset.hiding else ""
    name = f"{dataset.id}-{vocabulary}-{spec.training.seed}-{VERSION}{kind}"
    folder = spec.made / "tokenizers" / name
    if not (folder / "tokenizer.json").exists():
        hidden = dataset.hiding is not None
        tokenizer = Tokenizer.learn(
            _texts(train), vocabulary, known_replies(train), placeholders=hidden
        )
        chooser = learn(train, [reply.text for reply in tokenizer.known], spec.training.seed)
        if chooser is not None:
            chooser.save(folder)
        tokenizer.save(folder, spec.model.context)  # last: it says that the folder is whole
    return folder


def pieces(conversation: Conversation, tokenizer: Tokenizer, context: int) -> list[Rendered]:
    """The conversation as tokens, cut at its turns where it is longer than `context`."""
    if tokenizer.own_template:
        return rendered_turns(conversation, tokenizer, context)
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
    conversations: list[Conversation], tokenizer: Tokenizer, context: int
) -> tuple[list[Rendered], int]:
    taken: list[Rendered] = []
    total = tokens = 0
    for conversation in islice(conversations, 2000):
        try:
            rendered = tokenizer.render(conversation)
        except Unsupported:  # as in training, where they are counted
            continue
        if len(rendered) > context:
            continue
        taken.append(rendered)
        total += tokenizer.size_of(
            i for i, learn in zip(rendered.ids, rendered.learn, strict=True) if learn
        )
        tokens += len(rendered)
        if tokens > DEVELOPMENT_TOKENS:
            break
    return taken, total
