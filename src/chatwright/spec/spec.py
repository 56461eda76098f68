"""What `bot.toml` may say. Frozen; every key has a default except the bot's name and purpose.

This file is the only list of options: the CLI overrides values here, nothing else defines any.
Secrets never stand here; `api_key_env` names the environment variable that holds one.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

import regex
from pydantic import Field, field_validator, model_validator

from chatwright.core.types import Sampling
from chatwright.spec.channels import NAME, PLACES, Channels, with_kinds
from chatwright.spec.hosted import Fallback, Judge, Prices, Provider
from chatwright.spec.loop import Canary, Evaluation, Feedback, Gate, Improve
from chatwright.spec.monitoring import Monitoring, Slo
from chatwright.spec.origins import exact
from chatwright.spec.section import Section
from chatwright.spec.skills import Handover, Task, Webhook, check_skills
from chatwright.spec.widget import Widget


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
    """`[privacy]`: what the model sees as a typed placeholder instead of the words themselves; what
    people are asked, and how long their words are kept."""

    placeholders: bool | tuple[PlaceholderType, ...] = False  # a list: types that stay as they are
    names: Literal["rules", "presidio", "off"] = "rules"
    consent: str = (
        "My conversations may be read by the people who run this assistant, and used to improve it."
    )
    # On channels, where there is no page to ask with: what `/consent` says below the text of `consent`, and
    # what is said to a yes and a no. All three, or none: then nobody on a channel is asked.
    consent_how: str = ""
    consent_given: str = ""
    consent_withdrawn: str = ""
    retention_days: int = Field(0, ge=0)  # of conversations; 0: until somebody deletes them
    log_days: int = Field(30, ge=0)  # of the server's log; 0: no log is kept in a file

    @model_validator(mode="after")
    def _asks_on_channels_in_full(self) -> Privacy:
        texts = (self.consent_how, self.consent_given, self.consent_withdrawn)
        given = [bool(text.strip()) for text in texts]
        if any(given) and not (all(given) and self.consent.strip()):
            raise ValueError(
                '"consent", "consent_how", "consent_given" and "consent_withdrawn" go together'
            )
        return self


class Model(Section):
    """`[model]`: our own model, from scratch or from a base; or a hosted one (OpenAI-compatible URL)."""

    kind: Literal["scratch", "pretrained", "hosted", "retrieval"] = "scratch"
    base: str = ""  # a folder, relative to the bot or absolute, or a name on the hub
    size: str = "auto"  # auto, or one of chatwright.model.sizes
    vocabulary: int = Field(0, ge=0)  # 0: from the data
    pointers: Literal["auto", "on", "off"] = "auto"  # at values said earlier; from scratch only
    context: int = Field(1024, ge=64, le=32_768)
    hosted_model: str = ""
    base_url: str = "https://api.openai.com/v1"
    api_key_env: str = "OPENAI_API_KEY"
    provider: Provider = "auto"
    fallback: tuple[Fallback, ...] = ()
    system_prompt: str = ""

    @model_validator(mode="after")
    def _hosted_is_named(self) -> Model:
        if self.kind == "hosted" and not self.hosted_model:
            raise ValueError('kind = "hosted" needs hosted_model, for example "gpt-4o-mini"')
        if self.kind != "hosted" and self.fallback:
            raise ValueError('fallback is for kind = "hosted"')
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
    only_new: bool = False  # rows that the start learned from come by `replay` alone
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
    evidence: bool | Literal["auto"] = "auto"  # passages of knowledge/ before replies


AnswerRoute = Literal["curated", "retrieved", "generated"]


class Answers(Section):
    """`[answers]`: where answers come from, how sure they must be, and how replies are drawn when the caller
    does not say."""

    routes: tuple[AnswerRoute, ...] = ("curated", "retrieved", "generated")
    tolerated_wrong: float = Field(0.15, gt=0, le=1)  # share of the answers given; 1: all are given
    grounding: Literal["retry", "refuse", "off"] = "retry"  # facts that stand nowhere
    clarify: bool = True  # asks which of two is meant where it cannot tell
    unsure: str = (
        ""  # said where it is not sure enough; empty: as [guard] refusal, or in its language
    )
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


PersonalType = Literal["EMAIL", "PHONE", "IBAN", "CARD", "ID", "ADDRESS", "KEY", "IP", "URL"]


class Knowledge(Section):
    """`[knowledge]`: documents beside those in knowledge/, who may see which, what is kept."""

    urls: tuple[str, ...] = ()  # pages, sitemaps and feeds; nothing else is ever fetched
    pages: int = Field(200, ge=1)  # of one sitemap or feed
    access: dict[str, str] = Field({})  # where names begin so: who may see them
    keep: int = Field(5, ge=1)  # snapshots
    watch: bool = True  # a server reads what changes in knowledge/ by itself
    sync_minutes: float = Field(0.0, ge=0)  # between two syncs of a server, addresses too; 0: none
    # Finds by meaning: of the extra `semantic` where it is there; "off"; or a folder of such a model.
    embedder: str = Field("auto", pattern=r"\S")

    @field_validator("urls")
    @classmethod
    def _are_of_the_web(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            if not url.startswith(("http://", "https://")):
                raise ValueError('an address begins with "https://" or "http://"')
        return urls


class Guard(Section):
    """`[guard]`: what is not answered, not said, not linked to; and when a person takes over."""

    safety: Literal["off", "balanced", "strict"] = "balanced"
    blocked: tuple[str, ...] = ()  # words and phrases; /between slashes/ a regular expression
    blocked_examples: tuple[str, ...] = ()  # sentences: what is like one of them is not answered
    likeness: float = Field(0.5, gt=0, le=1)
    refusal: str = Field("I am sorry, I cannot help with that.", pattern=r"\S")
    crisis: str = Field(  # the answer to somebody who speaks of harming themselves
        "I am sorry that you feel this way. I am only a machine, and you deserve a person: please call your "
        "local emergency number, or find a helpline near you at https://findahelpline.com.",
        pattern=r"\S",
    )
    personal: bool | tuple[PersonalType, ...] = True  # hidden in replies; a list: types that stay
    allowed: tuple[str, ...] = ()  # values of the owner's that may be said
    links: tuple[str, ...] = ()  # hosts that replies may link to; "*" is every host
    handover: str = ""  # what is said where a person takes over; empty: nobody does
    handover_after: int = Field(3, ge=0)  # refusals in a row; 0: never for that reason

    @field_validator("blocked")
    @classmethod
    def _patterns_can_be_read(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        for entry in entries:
            try:
                regex.compile(entry[1:-1] if is_pattern(entry) else "")
            except regex.error as error:
                raise ValueError(f"{entry} is no regular expression ({error})") from None
            if not entry.strip("/ "):
                raise ValueError("an entry without a word would block everything")
        return entries


def is_pattern(entry: str) -> bool:
    """Whether an entry of `blocked` is a regular expression."""
    return len(entry) > 2 and entry.startswith("/") and entry.endswith("/")


class EngineOptions(Section):
    """`[engine]`: how the local engine runs, and how long a hosted model is waited for."""

    kind: Literal["openvino", "vllm"] = "openvino"
    precision: Literal["int8", "fp32"] = "int8"
    threads: int = Field(0, ge=0)  # 0: one per physical core
    cache_mb: int = Field(256, gt=0)
    queue: int = Field(256, gt=0)
    vllm_arguments: tuple[str, ...] = ()
    connect_seconds: float = Field(5.0, gt=0)
    first_token_seconds: float = Field(30.0, gt=0)
    between_tokens_seconds: float = Field(30.0, gt=0)
    whole_seconds: float = Field(600.0, gt=0)


class Server(Section):
    """`[server]`: where it listens, where it keeps what is said, and whom it believes about where a request
    came from."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    allow_hosts: tuple[str, ...] = ()
    processes: int = Field(1, ge=1, le=64)
    database: str = ""  # a file, or postgresql://user@host/name; empty: .chatwright/store.db

    @field_validator("database")
    @classmethod
    def _has_no_password(cls, value: str) -> str:
        if re.search(r"://[^/@]*:[^/@]*@|[?&]password=", value):
            raise ValueError("a password does not belong here: set DATABASE_URL in the environment")
        return value

    allow_origins: tuple[str, ...] = ()  # pages elsewhere that may read answers, with a key
    tls_cert: str = ""  # files, relative to the bot or absolute
    tls_key: str = ""
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks
    proxy_hops: int = Field(1, ge=1, le=10)  # how many of them a request passes
    connections: int = Field(1024, ge=1)
    leave_seconds: float = Field(0.0, ge=0, le=300)  # /ready says 503 before requests are refused

    @field_validator("allow_origins")
    @classmethod
    def _origins_are_exact(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return exact(origins)

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError('a proxy is an address or a network, like "10.0.0.0/8"') from None
        return proxies

    @model_validator(mode="after")
    def _certificate_has_a_key(self) -> Server:
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("tls_cert and tls_key go together: give both")
        return self


class Access(Section):
    """`[access]`: who may use the bot. "auto" is open on this machine, and closed elsewhere."""

    keys: Literal["auto", "required", "off"] = "auto"  # for /v1
    visitors: bool | Literal["auto"] = "auto"  # the page without a login


class Limits(Section):
    """`[limits]`: how much one caller may use; 0 is without a limit. A key may have its own."""

    requests_per_minute: int = Field(600, ge=0)
    tokens_per_minute: int = Field(0, ge=0)
    tokens_per_day: int = Field(0, ge=0)
    streams: int = Field(64, ge=0)  # requests at once
    visitor_writes_per_minute: int = Field(60, ge=0)  # per address


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
    knowledge: Knowledge = Knowledge()
    guard: Guard = Guard()
    task: tuple[Task, ...] = ()
    webhook: tuple[Webhook, ...] = ()
    handover: Handover = Handover()
    engine: EngineOptions = EngineOptions()
    server: Server = Server()
    access: Access = Access()
    widget: Widget = Widget()
    channels: Channels = Field({})
    limits: Limits = Limits()
    feedback: Feedback = Feedback()
    evaluation: Evaluation = Evaluation()
    improve: Improve = Improve()
    gate: Gate = Gate()
    judge: Judge = Judge()
    canary: Canary = Canary()
    prices: Prices = Prices()
    slo: Slo = Slo()
    monitoring: Monitoring = Monitoring()

    @field_validator("channels", mode="before")
    @classmethod
    def _kinds_by_name(cls, channels: object) -> object:
        return with_kinds(channels)

    @field_validator("channels")
    @classmethod
    def _channels_have_names(cls, channels: Channels) -> Channels:
        for name in channels:
            if not re.fullmatch(NAME, name) or name in PLACES:
                raise ValueError(
                    f'a channel cannot be called "{name}": small letters, digits and "_", and none of '
                    f"{', '.join(sorted(PLACES))}"
                )
        return channels

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
        if training.only_new and not training.continue_from:
            raise ValueError("only_new leaves out what a model learned: say which in continue_from")
        return self

    @model_validator(mode="after")
    def _skills_fit(self) -> Spec:
        check_skills(self.task, self.webhook, self.handover)
        return self

    @property
    def made(self) -> Path:
        """Everything chatwright makes; deleting it starts over."""
        return self.folder / ".chatwright"

    def path(self, relative: str) -> Path:
        return self.folder / relative
