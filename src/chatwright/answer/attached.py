"""Texts that people attach to a message, as a model is shown them: something to read, never an order.

They go the way of passages that were found (`guard_evidence.py`): a role of their own where the model's
template has one, signs of templates broken, and marks around them for models that follow instructions. A
file is cut nowhere: one that does not fit is refused before anything is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from chatwright.answer.bot import Bot
from chatwright.answer.guard_evidence import marked
from chatwright.core.errors import ContextTooLong
from chatwright.core.types import Conversation, Message
from chatwright.store.attachments import Attached
from chatwright.store.records import MessageRecord

FILES = 5  # of one message
CHARACTERS = 100_000  # of one file
BEHIND = 4  # a quarter of the context is for what the bot answers


def reads(bot: Bot) -> bool:
    """Whether the model can be shown a text at all: it learned to read passages, or was told to."""
    return bot.shown is not None and (bot.router is None or bot.router.writes)


def room(bot: Bot) -> int:
    """Tokens that a question and all that is attached to it may have together; 0 where it reads none."""
    return bot.engine.context - max(1, bot.engine.context // BEHIND) if reads(bot) else 0


def tokens(bot: Bot, question: str, texts: Sequence[Attached]) -> int:
    """Of a question with these texts, as the model is shown them."""
    return bot.engine.count(_arranged(bot, "", [(Message("user", question), texts)]))


def check(bot: Bot, question: str, texts: Sequence[Attached]) -> None:
    """Raises `ContextTooLong` where a question with these texts does not fit the model's context."""
    most = room(bot)
    if most == 0:
        raise ContextTooLong(
            "This assistant's model cannot read attached texts.",
            "Put what matters into the message.",
        )
    needed = tokens(bot, question, texts)
    if needed > most:
        raise ContextTooLong(
            f"The message with what is attached has {needed:,} tokens, and this model reads {most:,} at most.",
            "Attach less, or put the part that matters into the message.",
        )


def conversation_with(
    bot: Bot, id: str, path: Sequence[MessageRecord], attached: Mapping[str, Sequence[Attached]]
) -> Conversation:
    """What was said on the way to the last message, with what was attached."""
    said = spoken(path, attached)
    if not reads(bot) or not any(texts for _, texts in said):
        return Conversation(tuple(message for message, _ in said), id)
    return _arranged(bot, id, said)


def spoken(
    path: Iterable[MessageRecord], attached: Mapping[str, Sequence[Attached]]
) -> list[tuple[Message, Sequence[Attached]]]:
    """Each message with what is attached to it. Where a person took part one side may have spoken twice in a
    row: that is one message, as models know none but in turn. A reply without a word says nothing, but what was
    asked before and behind it stays two questions: the second is to be answered."""
    said = list[tuple[Message, Sequence[Attached]]]()
    apart = False
    for one in path:
        if not one.content and one.role == "assistant":
            apart = True
            continue
        message = Message(one.role, one.content, refused=one.route == "refused")
        texts = attached.get(one.id, ())
        if said and said[-1][0].role == message.role and not apart:
            before, earlier = said.pop()
            message = replace(message, content=f"{before.content}\n\n{message.content}")
            texts = (*earlier, *texts)
        said.append((message, texts))
        apart = False
    return said


def _arranged(
    bot: Bot, id: str, said: Sequence[tuple[Message, Sequence[Attached]]]
) -> Conversation:
    """The texts behind their messages, before them, or within them: as the model's template takes it."""
    takes: Callable[[Conversation], bool] | None = getattr(bot.engine, "takes", None)
    for place in (_behind, _before):
        made = Conversation(tuple(one for pair in said for one in place(*pair)), id)
        if takes is None or takes(made):
            return made
    return Conversation(tuple(_within(*pair) for pair in said), id)


def _files(texts: Sequence[Attached]) -> tuple[Message, ...]:
    return tuple(Message("evidence", f"{one.name}\n{one.content}") for one in texts)


def _behind(said: Message, texts: Sequence[Attached]) -> tuple[Message, ...]:
    return (said, *_files(texts))


def _before(said: Message, texts: Sequence[Attached]) -> tuple[Message, ...]:
    return (*_files(texts), said)


def _within(said: Message, texts: Sequence[Attached]) -> Message:
    """Marked here: what is part of a user's message nobody marks later."""
    if not texts:
        return said
    shown = marked(Conversation(_files(texts)), delimited=True).messages
    return Message(said.role, "\n\n".join([*(one.content for one in shown), said.content]))
