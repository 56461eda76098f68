"""The tables of bot.toml that say what a bot does besides answering: `[[task]]`, `[[webhook]]`, `[handover]`.

What they mean to a conversation is in `answer/`; here is only what may be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import regex
from pydantic import Field, field_validator, model_validator

from chatwright.spec.section import Section

NAME = r"^[a-z][a-z0-9_-]{0,62}$"
KEY = r"^[a-z][a-z0-9_]{0,62}$"
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,62}")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
# Headers that are the request's own, whatever bot.toml says.
OWN_HEADERS = frozenset(
    {
        *("host", "content-length", "content-type", "content-encoding", "transfer-encoding"),
        *("connection", "te", "trailer", "upgrade", "expect", "accept-encoding"),
        *("idempotency-key", "x-chatwright-signature"),
    }
)
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")  # where a text shows a value

SlotType = Literal[
    "text", "choice", "number", "date", "time", "email", "phone", "yes_no", "pattern"
]
ResultType = Literal["string", "number", "integer", "boolean"]


class Slot(Section):
    """One value that a task asks for."""

    slot: str = Field(pattern=KEY)
    question: str = Field(pattern=r"\S")
    type: SlotType = "text"
    options: tuple[str, ...] = ()  # of a choice
    pattern: str = ""  # a regular expression for the whole value
    min: float | None = None  # of a number; characters of a text
    max: float | None = None
    words: tuple[str, ...] = ()  # what people call it, besides `slot` itself
    problem: str = ""  # what is said to a value that cannot be taken

    @model_validator(mode="after")
    def _fits_its_type(self) -> Slot:
        if (self.type == "choice") != bool(self.options):
            raise ValueError(f'type = "choice" and options go together (slot "{self.slot}")')
        if self.options and (len(self.options) < 2 or len(set(map(_folded, self.options))) < 2):
            raise ValueError(f'a choice needs two options that differ (slot "{self.slot}")')
        if any(not option.strip() or len(option) > 200 for option in self.options):
            raise ValueError(f'an option has 1 to 200 characters (slot "{self.slot}")')
        if (self.type == "pattern") != bool(self.pattern):
            raise ValueError(f'type = "pattern" and pattern go together (slot "{self.slot}")')
        if (self.min is not None or self.max is not None) and self.type not in ("number", "text"):
            raise ValueError(f'min and max are for a number or a text (slot "{self.slot}")')
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f'min is above max (slot "{self.slot}")')
        try:
            regex.compile(self.pattern)
        except regex.error as error:
            raise ValueError(f"{self.pattern} is no regular expression ({error})") from None
        return self


class Then(Section):
    """What a task does at its end: call a webhook, or say an answer."""

    webhook: str = ""
    answer: str = ""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Then:
        if bool(self.webhook) == bool(self.answer):
            raise ValueError("a task ends with a webhook, or with an answer")
        return self


class Task(Section):
    """`[[task]]`: values that are asked for one by one, confirmed, and then acted upon."""

    name: str = Field(pattern=NAME)
    about: str = Field(pattern=r"\S")  # "Booking a study room"
    examples: tuple[str, ...] = Field(min_length=1)  # what people say who want it
    likeness: float = Field(0.0, ge=0, le=1)  # to an example; 0: the usual threshold
    ask: tuple[Slot, ...] = Field(min_length=1, max_length=30)
    confirm: str = ""  # before a webhook something is always asked, if need be in our words
    then: Then
    done: str = ""  # what is said when it worked
    failed: str = ""  # ... and when it did not
    unclear: str = ""  # ... and when nobody can know

    @model_validator(mode="after")
    def _names_are_known(self) -> Task:
        names = [slot.slot for slot in self.ask]
        if len(set(names)) < len(names):
            raise ValueError(f'a slot is asked for twice (task "{self.name}")')
        if any(not example.strip() for example in self.examples):
            raise ValueError(f'an example is empty (task "{self.name}")')
        for text in (self.confirm, self.then.answer, self.failed, self.unclear):
            for name in PLACE.findall(text):
                if name not in names:
                    raise ValueError(f'{{{name}}} is no slot (task "{self.name}")')
        return self


class Webhook(Section):
    """`[[webhook]]`: an address that is told what was collected, and answers with named values."""

    name: str = Field(pattern=NAME)
    url: str
    method: Literal["POST", "PUT", "PATCH"] = "POST"
    timeout_seconds: float = Field(10.0, gt=0, le=120)
    retries: int = Field(2, ge=0, le=5)
    private: bool = False  # may be in this machine's own network
    headers_env: dict[str, str] = Field({})  # header: variable of the environment that holds it
    secret_env: str = ""  # variable that holds the secret of the signature
    result: dict[str, ResultType] = Field({})  # values of the answer that texts may show

    @field_validator("url")
    @classmethod
    def _is_of_the_web(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError('an address begins with "https://" or "http://"')
        if re.match(r"https?://[^/?#]*@", url):
            raise ValueError("a name or password does not belong in it: use headers_env")
        try:
            if not urlsplit(url).hostname or urlsplit(url).port == 0:
                raise ValueError("an address has a host")
        except ValueError as error:
            raise ValueError(f"this is no address ({error})") from None
        return url

    @model_validator(mode="after")
    def _is_encrypted_on_its_way(self) -> Webhook:
        if self.url.startswith("http://") and not self.private:
            raise ValueError(f'webhook "{self.name}" goes over the internet: use https')
        return self

    @field_validator("headers_env")
    @classmethod
    def _headers_are_free(cls, headers: dict[str, str]) -> dict[str, str]:
        for name, variable in headers.items():
            if not HEADER.fullmatch(name) or name.lower() in OWN_HEADERS:
                raise ValueError(f'"{name}" is no header that can be set')
            if not VARIABLE.fullmatch(variable):
                raise ValueError(f'"{variable}" is no name of a variable, like "BOOKING_TOKEN"')
        return headers

    @field_validator("secret_env")
    @classmethod
    def _secret_is_elsewhere(cls, variable: str) -> str:
        if variable and not VARIABLE.fullmatch(variable):
            raise ValueError('it names a variable of the environment, like "BOOKING_SECRET"')
        return variable

    @field_validator("result")
    @classmethod
    def _results_are_named(cls, result: dict[str, ResultType]) -> dict[str, ResultType]:
        for name in result:
            if not re.match(KEY, name):
                raise ValueError(f'"{name}" is no name of a value, like "reference"')
        return result


class Handover(Section):
    """`[handover]`: who is told of a conversation that a person is to take over."""

    webhook: str = ""  # gets the transcript; empty: it only stands in the store, marked


def check_skills(tasks: Iterable[Task], webhooks: Iterable[Webhook], handover: Handover) -> None:
    """Raises `ValueError` where the three tables do not fit each other."""
    known = {webhook.name: webhook for webhook in webhooks}
    if len(known) < len(list(webhooks)):
        raise ValueError("two webhooks have the same name")
    if len({task.name for task in tasks}) < len(list(tasks)):
        raise ValueError("two tasks have the same name")
    if handover.webhook and handover.webhook not in known:
        raise ValueError(f'[handover] names the webhook "{handover.webhook}", which is not there')
    for task in tasks:
        if task.then.webhook and task.then.webhook not in known:
            raise ValueError(
                f'task "{task.name}" names the webhook "{task.then.webhook}", which is not there'
            )
        result = known[task.then.webhook].result if task.then.webhook else {}
        names = {slot.slot for slot in task.ask}
        if task.done and not task.then.webhook:
            raise ValueError(f'task "{task.name}" says done, and has no webhook')
        if clash := sorted(names & set(result)):
            raise ValueError(f'"{clash[0]}" is a slot of "{task.name}" and a result of its webhook')
        for name in PLACE.findall(task.done):
            if name not in names and name not in result:
                raise ValueError(f'{{{name}}} in done of task "{task.name}" is no slot, no result')


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
