"""What the bot says in one task, and how it is known again in a conversation. Owns no state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import regex

from chatwright.answer.skill_words import said, text_of
from chatwright.answer.slots import Value
from chatwright.core.types import Message
from chatwright.spec.skills import PLACE, Task, Webhook

MOST = 4_000  # characters of a reply that are looked at for a text of ours
PATIENCE = 0.1  # seconds for a look


class TaskTexts:
    """The texts of `task`, in the owner's words where there are any."""

    def __init__(self, task: Task, language: str, webhooks: Iterable[Webhook]) -> None:
        self._task = task
        self._language = language
        self.confirms = bool(task.confirm or task.then.webhook)
        self._questions = {slot.slot: said(slot.question) for slot in task.ask}
        names = {slot.slot for slot in task.ask}
        results = next((w.result for w in webhooks if w.name == task.then.webhook), {})
        self._done = _known_by(task.done or self._say("done"), names | set(results))
        self._confirm = _known_by(self._confirm_form(), names)
        forms = [task.then.answer] if task.then.answer else map(self._form, ("failed", "unclear"))
        self._over = [self._done] if task.then.webhook else []
        self._over += [_known_by(form, names) for form in forms]

    def _say(self, name: str) -> str:
        return text_of(self._language, name)

    def _form(self, kind: str) -> str:
        return str(getattr(self._task, kind)) or self._say(kind)

    # --- to be said ---

    def noted(self, values: Mapping[str, Value]) -> str:
        """That something was understood that was not just asked for."""
        return self._say("noted").replace("{list}", self._listed(values)) if values else ""

    def confirmation(self, values: Mapping[str, Value]) -> str:
        """All values, to be agreed to: what the owner's text leaves out stands behind it."""
        return _filled(self._confirm_form(), {name: v.shown for name, v in values.items()})

    def answer(self, shown: Mapping[str, str]) -> str:
        return _filled(self._task.then.answer, shown)

    def outcome(self, kind: str, shown: Mapping[str, str]) -> str:
        return _filled(self._form(kind), shown)

    def _confirm_form(self) -> str:
        own = self._task.confirm
        named = set(PLACE.findall(own))
        rest = [slot.slot for slot in self._task.ask if slot.slot not in named]
        listed = self._say("and").join(f"{_label(name)}: {{{name}}}" for name in rest)
        if not own:
            about = self._say("confirm").replace("{about}", self._task.about)
            return about.replace("{list}", listed)
        if not rest or not self._task.then.webhook:
            return own
        return f"{own} {self._say('more').replace('{list}', listed)}"

    def _listed(self, values: Mapping[str, Value]) -> str:
        order = [slot.slot for slot in self._task.ask if slot.slot in values]
        return self._say("and").join(f"{_label(name)}: {values[name].shown}" for name in order)

    # --- to be known again ---

    def asked(self, reply: str) -> list[str]:
        """The slots whose question `reply` ends with; or that it asks to confirm, or what to change."""
        text = said(reply)
        found = [slot for slot, question in self._questions.items() if text.endswith(question)]
        if found:
            longest = max(len(self._questions[slot]) for slot in found)
            return [slot for slot in found if len(self._questions[slot]) == longest]
        if self.confirms and _search(self._confirm, text[-MOST:]):
            return ["?confirm"]
        return ["?change"] if text.endswith(said(self._say("change"))) else []

    def ended(self, reply: str) -> bool:
        """Whether `reply` is the end of the task: its answer, or what became of its action."""
        text = said(reply)[:MOST]
        return any(_search(form, text) for form in self._over)

    def times_done(self, messages: Sequence[Message]) -> int:
        """How often the bot said that it worked."""
        own = [m.content for m in messages if m.role == "assistant"]
        return sum(bool(_search(self._done, said(text)[:MOST])) for text in own)


def _label(slot: str) -> str:
    return slot.replace("_", " ")


def _filled(form: str, shown: Mapping[str, str]) -> str:
    """`form` with its values, once: braces in a value are only braces."""
    return PLACE.sub(lambda found: shown.get(found[1], found[0]), form)


def _known_by(form: str, names: Iterable[str]) -> regex.Pattern[str]:
    """What a filled `form` looks like at the end of a reply."""
    known = set(names)
    parts: list[str] = []
    at = 0
    text = said(form)
    for found in PLACE.finditer(text):
        if found[1] in known:
            parts += [regex.escape(text[at : found.start()], literal_spaces=True), ".{1,320}?"]
            at = found.end()
    parts.append(regex.escape(text[at:], literal_spaces=True))
    return regex.compile("".join(parts) + r"\Z")


def _search(form: regex.Pattern[str], text: str) -> bool:
    try:
        return form.search(text, timeout=PATIENCE) is not None
    except TimeoutError:
        return False
