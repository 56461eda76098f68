"""A pretrained base's own chat template: where in its text the messages stand, and what is learned.

The template (Jinja, sandboxed) never sees a word of a conversation. It is given marks in the place of
texts, once per order of roles; what it writes around them is its layout, in which special tokens are
found. Texts are put in afterwards and encoded as letters, so no message can open a role or end a turn.

Each assistant's words begin a piece of their own, as they do when the model writes them: the tokens
before them are those of the prompt in serving. Where a template shows earlier replies otherwise than
it asks for new ones (Qwen3 leaves out thoughts), only those replies are learned that stand behind
exactly such a prompt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chatwright.core.errors import Unsupported
from chatwright.core.types import Message, Role

ROLES: Mapping[Role, str] = {"evidence": "system"}  # templates know no such role
EDGE = "\u2003"  # a space that no template writes: where it is gone, the template trims
MARK = re.compile(f"({EDGE}?)\ue000(\\d+)\ue001({EDGE}?)")
GENERATION = re.compile(r"\{%(-?)\s*(end)?generation\s*(-?)%\}")
LAYOUTS = 4096  # orders of roles that are remembered


@dataclass(frozen=True, slots=True)
class Said:
    """The place of message `index`; its text loses the spaces at its edges where these are set."""

    index: int
    trim_left: bool = False
    trim_right: bool = False

    def of(self, messages: Sequence[Message]) -> str:
        text = messages[self.index].content
        text = text.lstrip() if self.trim_left else text
        return text.rstrip() if self.trim_right else text


@dataclass(frozen=True, slots=True)
class Piece:
    """A special `token`, or texts that are encoded together. `reply` is the message that an assistant
    writes here, if one does; `learn`: these tokens are targets."""

    token: str | None = None
    texts: tuple[str | Said, ...] = ()
    reply: int | None = None
    learn: bool = False


class Chat:
    """`source` is the template, `names` its variables (`bos_token` ...), `special` the special tokens."""

    def __init__(self, source: str, names: Mapping[str, str], special: Sequence[str]) -> None:
        self.source, self.names = source, dict(names)
        longest = sorted(special, key=len, reverse=True)
        self._special = re.compile("(" + "|".join(map(re.escape, longest)) + ")")
        self._layouts: dict[tuple[tuple[Role, ...], bool], tuple[Piece, ...]] = {}
        try:
            self._template = _environment().from_string(
                GENERATION.sub(
                    lambda m: f"{{%{m[1]} {'endif' if m[2] else 'if true'} {m[3]}%}}", source
                )
            )
        except TemplateError as error:
            raise Unsupported(
                f"The base's chat template cannot be read ({error}).", ADVICE
            ) from error
        self.end = self._end()

    def layout(self, roles: tuple[Role, ...], opened: bool) -> tuple[Piece, ...]:
        """The pieces of a conversation of `roles`; `opened`: with the prompt for the next reply."""
        key = (roles, opened)
        if key not in self._layouts:
            if len(self._layouts) >= LAYOUTS:
                self._layouts.clear()
            self._layouts[key] = tuple(self._pieces(roles, opened))
        return self._layouts[key]

    def _end(self) -> str:
        """The token that ends an assistant's turn: the first special one behind the words."""
        behind = False
        for part in self._parts(("user", "assistant"), opened=False):
            if behind and isinstance(part, str) and self._special.fullmatch(part):
                return part
            behind = behind or (isinstance(part, Said) and part.index == 1)
        raise Unsupported(
            "The base's chat template ends an assistant's turn with no special token, so that a reply "
            "would never end.",
            ADVICE,
        )

    def _pieces(self, roles: tuple[Role, ...], opened: bool) -> Iterator[Piece]:
        texts: list[str | Said] = []
        reply: int | None = None  # whose words the texts are
        learn = False
        before: list[str | Said] = []
        for part in self._parts(roles, opened):
            if isinstance(part, str) and self._special.fullmatch(part):
                yield from _texts(texts, reply, learn)
                yield Piece(part, learn=learn)
                texts, reply, learn = [], None, False
            elif isinstance(part, Said) and roles[part.index] == "assistant":
                yield from _texts(texts, reply, False)
                texts, reply = [part], part.index
                learn = before == self._prompt(roles[: part.index])
            elif (
                isinstance(part, Said) and reply is not None
            ):  # the turn before did not end, and teaches nothing
                yield from _texts(texts, reply, False)
                texts, reply, learn = [part], None, False
            else:
                texts.append(part)
            before.append(part)
        yield from _texts(texts, reply, False)

    def _prompt(self, roles: tuple[Role, ...]) -> list[str | Said] | None:
        try:
            return self._parts(roles, opened=True)
        except Unsupported:  # nobody asks for a reply there
            return None

    def _parts(self, roles: tuple[Role, ...], opened: bool) -> list[str | Said]:
        """What the template writes: special tokens, other text, places of messages."""
        messages = [
            {"role": ROLES.get(role, role), "content": f"{EDGE}\ue000{index}\ue001{EDGE}"}
            for index, role in enumerate(roles)
        ]
        try:
            text = self._template.render(
                **self.names,
                messages=messages,
                add_generation_prompt=opened,
                enable_thinking=False,
                tools=None,
                documents=None,
            )
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise Unsupported(
                f"The model's chat template does not take this conversation ({error}).",
                "Send other roles, or another order of them.",
                field="messages",
            ) from error
        parts = list(self._found(text))
        shown = {part.index for part in parts if isinstance(part, Said)}
        if missing := [role for index, role in enumerate(roles) if index not in shown]:
            raise Unsupported(
                f"The model's chat template leaves out what {missing[0]!r} says.",
                "Leave such messages out yourself.",
                field="messages",
            )
        return parts

    def _found(self, text: str) -> Iterator[str | Said]:
        at = 0
        for mark in MARK.finditer(text):
            yield from (part for part in self._special.split(text[at : mark.start()]) if part)
            yield Said(int(mark[2]), not mark[1], not mark[3])
            at = mark.end()
        yield from (part for part in self._special.split(text[at:]) if part)


def _texts(texts: list[str | Said], reply: int | None, learn: bool) -> Iterator[Piece]:
    if texts:
        yield Piece(None, tuple(texts), reply, learn)


ADVICE = "Correct the template in the base's folder, or take it out: a base without one gets ours."


def _environment() -> ImmutableSandboxedEnvironment:
    """As transformers sets it up, so that a template means the same here."""
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )
    environment.filters["tojson"] = _json
    environment.globals["raise_exception"] = _refuse
    return environment


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)


def encoded(
    pieces: Sequence[Piece],
    messages: Sequence[Message],
    encode: Callable[[str], list[int]],
    token_id: Callable[[str], int],
    refuse: int,
) -> tuple[list[int], list[bool]]:
    """Ids and loss mask. A turn that declines begins with `refuse`, as in our own template."""
    ids: list[int] = []
    learn: list[bool] = []
    for piece in pieces:
        if piece.token is not None:
            more = [token_id(piece.token)]
        else:
            text = "".join(t if isinstance(t, str) else t.of(messages) for t in piece.texts)
            declines = piece.reply is not None and messages[piece.reply].refused
            more = [refuse] if declines else []
            more += encode(text)
        ids += more
        learn += [piece.learn] * len(more)
    return ids, learn
