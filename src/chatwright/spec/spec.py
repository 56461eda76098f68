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
    """`[model]`: our own model, from scratch or from a base; or a hosted one (OpenAI-compatible URL)."""

    kind: Literal["scratch", "pretrained", "hosted"] = "scratch"
    base: str = ""  # a folder, relative to the bot or absolute, or a name on the hub
    size: str = "auto"  # auto, or one of chatwright.model.sizes
    vocabulary: int = Field(0, ge=0)  # 0: from the data
    pointers: Literal["auto", "on", "off"] = "auto"  # at values said earlier; from scratch only
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

    @model_validator(mode="after")
    def _base_is_named(self) -> Model:
        if (self.kind == "pretrained") != bool(self.base):
            raise ValueError('kind = "pretrained" and base go together, for example base = "gpt2"')
        if self.kind == "pretrained" and (self.size != "auto" or self.vocabulary):
            raise ValueError('size and vocabulary are those of the base with kind = "pretrained"')
        return self


LoraTarget = Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


class Training(Section):
    """`[training]`: the method, the budget and the few values worth changing."""

    method: Literal["supervised", "lora", "dpo", "kto", "pretraining"] = "supervised"
    continue_from: str = ""  # "current", a release, a run, a model folder; empty: from scratch
    replay: float = Field(0.0, ge=0, le=1)  # share of the rows it learned from that come again
    rate: float = Field(1.0, gt=0)  # times the method's learning rates
    beta: float = Field(0.1, gt=0)  # of dpo and kto: how dear it is to leave the start
    label_smoothing: float = Field(0.0, ge=0, lt=0.5)  # of dpo
    supervised_weight: float = Field(0.2, ge=0)  # of the good replies' own loss, in dpo and kto
    lora_rank: int = Field(0, ge=0)  # 0: whole weights are trained; method "lora": 16
    lora_alpha: float = Field(0.0, ge=0)  # 0: twice the rank
    lora_targets: tuple[LoraTarget, ...] = ()  # empty: all of them
    minutes: float = Field(3.0, gt=0)
    tokens: int = Field(0, ge=0)  # 0: the budget is `minutes`
    epochs: float = Field(0.0, ge=0)  # 0: no cap on passes over the data
    seed: int = 0
    compile: Literal["auto", "always", "never"] = "auto"
    checkpoint_seconds: float = Field(60.0, gt=0)
    keep: Literal["best", "last"] = "best"
    patience: int = Field(0, ge=0)  # development measurements; 0: never stop early
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

    @model_validator(mode="after")
    def _has_a_start(self) -> Spec:
        training, started = (
            self.training,
            self.training.continue_from or self.model.kind != "scratch",
        )
        changes = training.method in ("lora", "dpo", "kto") or training.lora_rank > 0
        if changes and not started:
            raise ValueError(
                f'method = "{training.method}" changes a model that is there: say which in '
                'continue_from ("current", a release, a run, or a model folder)'
            )
        if training.replay and not training.continue_from:
            raise ValueError("replay repeats what a model learned from: say which in continue_from")
        return self

    @property
    def made(self) -> Path:
        """Everything chatwright makes; deleting it starts over."""
        return self.folder / ".chatwright"

    def path(self, relative: str) -> Path:
        return self.folder / relative
