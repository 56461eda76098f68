"""What `bot.toml` may say. Frozen; every key has a default except the bot's name and purpose.

This file is the only list of options: the CLI overrides values here, nothing else defines any.
Secrets never stand here; `api_key_env` names the environment variable that holds one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chatwright.core.types import Sampling


class Section(BaseModel):
    """A table of bot.toml: frozen, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Identity(Section):
    """`[bot]`: who the bot is, for the people who talk to it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    title: str = ""
    assistant: str = "Assistant"
    purpose: str = Field(min_length=1)
    greeting: str = "Hello! How can I help you?"
    suggestions: tuple[str, ...] = ()
    disclosure: str = "You are talking to an automated assistant. It can make mistakes."
    languages: tuple[str, ...] = ("en",)


class Scope(Section):
    """`[scope]`: what it is for, and what it declines."""

    topics: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()


CleaningStep = Literal["markup", "mail", "boilerplate", "repetition", "language"]


class Data(Section):
    """`[data]`: where conversations are, how they are cleaned, and how they are split."""

    paths: tuple[str, ...] = ("data",)
    evaluation: str = "evaluation"  # kept for evaluation; where absent, a share of `paths` is
    development_share: float = Field(0.05, gt=0, lt=0.5)
    test_share: float = Field(0.05, ge=0, lt=0.5)
    max_message_chars: int = Field(20_000, gt=0)
    steps: tuple[CleaningStep, ...] = ("markup", "mail", "boilerplate", "repetition")
    boilerplate_share: float = Field(0.3, gt=0, le=1)
    me: tuple[str, ...] = ()  # whom the bot speaks as in chats, where `import` was not told
    near_duplicates: float = Field(0.8, ge=0, le=1)  # Jaccard similarity; 0 keeps them all


PlaceholderType = Literal[
    "KEY", "URL", "EMAIL", "IP", "IBAN", "CARD", "ID", "ADDRESS", "DATE", "TIME", "AMOUNT", "NUMBER",
    "PHONE", "TITLE", "NAME",
]  # fmt: skip


class Privacy(Section):
    """`[privacy]`: what the model sees as a typed placeholder instead of the words themselves."""

    placeholders: bool | tuple[PlaceholderType, ...] = False  # a list: types that stay as they are
    names: Literal["rules", "presidio", "off"] = "rules"


class Model(Section):
    """`[model]`: our own Decoder from scratch, or a hosted model behind an OpenAI-compatible URL."""

    kind: Literal["scratch", "hosted"] = "scratch"
    size: str = "auto"  # auto, or one of chatwright.model.sizes
    vocabulary: int = Field(0, ge=0)  # 0: from the data
    context: int = Field(1024, ge=64, le=32_768)
    hosted_model: str = ""
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = "OPENAI_API_KEY"
    system_prompt: str = ""

    @model_validator(mode="after")
    def _hosted_is_named(self) -> Model:
        if self.kind == "hosted" and not self.hosted_model:
            raise ValueError('kind = "hosted" needs hosted_model, for example "gpt-4o-mini"')
        return self


class Training(Section):
    """`[training]`: the budget and the few values worth changing."""

    minutes: float = Field(3.0, gt=0)
    tokens: int = Field(0, ge=0)  # 0: the budget is `minutes`
    epochs: float = Field(0.0, ge=0)  # 0: no cap on passes over the data
    seed: int = 0
    compile: Literal["auto", "always", "never"] = "auto"
    checkpoint_seconds: float = Field(60.0, gt=0)
    keep: Literal["best", "last"] = "best"
    patience: int = Field(0, ge=0)  # development measurements; 0: never stop early
    rates: float = Field(1.0, gt=0, le=10)  # times the learning rates
    micro_batch: int = Field(0, ge=0)  # tokens at once; 0: the whole batch
    checkpoint_activations: bool = False
    parallel: Literal["auto", "ddp", "fsdp"] = "auto"
    log_to: tuple[Literal["tensorboard", "mlflow"], ...] = ()


class Answers(Section):
    """`[answers]`: how replies are drawn when the caller does not say."""

    max_tokens: int = Field(256, gt=0)
    temperature: float = Field(0.0, ge=0, le=2)
    top_p: float = Field(1.0, gt=0, le=1)
    repetition_penalty: float = Field(1.0, gt=0)

    def sampling(self) -> Sampling:
        return Sampling(
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            top_p=self.top_p,
            repetition_penalty=self.repetition_penalty,
        )


class EngineOptions(Section):
    """`[engine]`: how the local engine runs."""

    precision: Literal["int8", "fp32"] = "int8"
    threads: int = Field(0, ge=0)  # 0: one per physical core
    cache_mb: int = Field(256, gt=0)
    queue: int = Field(256, gt=0)


class Server(Section):
    """`[server]`: where it listens."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    allow_hosts: tuple[str, ...] = ()


class Evaluation(Section):
    """`[evaluation]`: what is measured after training."""

    cases: str = "tests/cases.jsonl"
    samples: int = Field(200, ge=1)  # development conversations answered for BLEU and chrF


class Spec(Section):
    """A validated `bot.toml`, and the folder it stands in."""

    folder: Path = Field(exclude=True)
    bot: Identity
    scope: Scope = Scope()
    data: Data = Data()
    privacy: Privacy = Privacy()
    model: Model = Model()
    training: Training = Training()
    answers: Answers = Answers()
    engine: EngineOptions = EngineOptions()
    server: Server = Server()
    evaluation: Evaluation = Evaluation()

    @property
    def made(self) -> Path:
        """Everything chatwright makes; deleting it starts over."""
        return self.folder / ".chatwright"

    def path(self, relative: str) -> Path:
        return self.folder / relative
