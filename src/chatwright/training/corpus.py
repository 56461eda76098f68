"""The dataset as a trainer needs it: a tokenizer, rendered conversations, a development sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from chatwright.core.files import sha256_file
from chatwright.core.types import Conversation
from chatwright.data.batches import Batch, Packing, batches, once, windows
from chatwright.data.dataset import Dataset
from chatwright.data.repeats import known_replies
from chatwright.model.sizes import vocabulary_for
from chatwright.spec import Spec
from chatwright.tokenizer import Chooser, Rendered, Tokenizer
from chatwright.training import VERSION
from chatwright.training.choose import learn

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


def prepare(spec: Spec, dataset: Dataset) -> Corpus:
    """Learn, or find already learned, tokenizer and chooser of `dataset`; render conversations."""
    train = dataset.split("train")
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
    tokenizer = Tokenizer.load(folder)
    context = spec.model.context
    development = dataset.split("dev") or dataset.split("test")
    dev, dev_bytes = _sample(development, tokenizer, context)
    return Corpus(
        dataset=dataset,
        tokenizer=tokenizer,
        tokenizer_hash=sha256_file(folder / "tokenizer.json"),
        chooser=Chooser.load(folder),
        train=[piece for c in train for piece in pieces(c, tokenizer, context)],
        dev=dev,
        dev_bytes=dev_bytes,
    )


def pieces(conversation: Conversation, tokenizer: Tokenizer, context: int) -> list[Rendered]:
    """The conversation as tokens, cut at its turns where it is longer than `context`."""
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
        rendered = tokenizer.render(conversation)
        if len(rendered) > context:
            continue
        taken.append(rendered)
        total += assistant_bytes([conversation])
        tokens += len(rendered)
        if tokens > DEVELOPMENT_TOKENS:
            break
    return taken, total
