"""What is asked of a bot's engine: only what it can do, in words that its model may know."""

from __future__ import annotations

from dataclasses import replace

from chatwright.answer import Bot
from chatwright.answer.raw import need
from chatwright.core.errors import Unsupported
from chatwright.core.types import Conversation, Sampling
from chatwright.server.openai.tools import Calling, answers_as_text


def knows_tools(bot: Bot) -> bool:
    """Whether the model may have been trained for tools: one from scratch never was."""
    return bot.spec.model.kind not in ("scratch", "retrieval")


def shown(bot: Bot, conversation: Conversation, calling: Calling) -> Conversation:
    """`conversation` as the model is to see it: with the tools, if it may know what they are."""
    if bot.spec.model.kind == "hosted":
        conversation = answers_as_text(conversation)
    return calling.tell(conversation) if knows_tools(bot) else conversation


def check(bot: Bot, sampling: Sampling, calling: Calling, form: str) -> None:
    """Raise `Unsupported` for a reply of a form that cannot be kept. The engine refuses all else that it
    cannot do; of a schema it does not know whether the field `form` asked for it, or a tool."""
    if sampling.schema is None:
        return
    field = "tool_choice" if calling.forced else form
    need(bot.engine, "schema", field, "replies of a given form")
    if calling.choice == "auto" and knows_tools(bot):
        raise Unsupported(
            "A reply of a given form can be no call of a tool.",
            'Leave the form out, or set tool_choice to "none" or "required".',
            field=form,
        )


def seeded(sampling: Sampling, count: int) -> list[Sampling]:
    """The sampling of each of several replies: with a seed they differ all the same, and reproducibly."""
    if sampling.seed is None:
        return [sampling] * count
    return [replace(sampling, seed=sampling.seed + place) for place in range(count)]
