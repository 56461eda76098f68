"""What the recipes need to know of a bot: names of secrets, port, hosts, sizes. All of it is from its spec.

Figures of size are rules of thumb, as bench/RESULTS.md has them measured for the example; whoever runs the
bot corrects them in the rendered files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chatwright import __version__
from chatwright.channels.known import make
from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.deploy import monitoring
from chatwright.deploy.pins import Pin, pins
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.spec.variables import needed

PORT = 8000  # inside a container nobody else has it
BASE_MB = 700  # of the server and its engine without weights, rounded up
PYTHON = "3.11"
IMAGE_PYTHON = "3.11.14-slim-bookworm"
WATCHED = monitoring.Places(  # as the containers of Compose see each other
    targets=(f"bot:{PORT}",),
    key_file="/run/secrets/METRICS_KEY",
    prometheus="http://prometheus:9090",
    alertmanager="alertmanager:9093",
    dashboards="/var/lib/boards",
)
EXAMPLE_HOST = "bot.example.org"


@dataclass(frozen=True, slots=True)
class Facts:
    """One bot, as the templates see it."""

    name: str  # as in bot.toml
    slug: str  # a DNS label of at most 32 characters: for machines that take no other
    title: str
    purpose: str
    version: str  # of chatwright
    port: int
    host: str  # under which people reach it
    allow_hosts: tuple[str, ...]
    secrets: tuple[
        str, ...
    ]  # variables of the environment, without the store's and the server's own
    channels: tuple[str, ...]
    memory_mb: int
    python: str
    image_python: str
    image: str
    requirements: tuple[Pin, ...]
    monitoring: tuple[tuple[str, str], ...]  # what Prometheus and Grafana read: path, text
    closed: bool  # it asks nobody else: no hosted model, channel, webhook or page of the web

    @property
    def everything_secret(self) -> tuple[str, ...]:
        """What must be given where several machines may serve the bot."""
        return ("DATABASE_URL", "CHATWRIGHT_SECRET", *self.secrets)


def facts_of(spec: Spec, *, host: str = "", image: str = "") -> Facts:
    """`host` is under which people reach it; empty: the first of `allow_hosts`, else one to replace.

    Raises `WrongUse` where the bot ends TLS itself: in every recipe something before it does.
    """
    if spec.server.tls_cert:
        raise WrongUse(
            "This bot speaks https itself ([server] tls_cert), and in these recipes a proxy does.",
            "Remove tls_cert and tls_key from bot.toml, then run this again.",
        )
    slug = re.sub(r"[^a-z0-9]+", "-", spec.bot.name).strip("-")[:32].strip("-") or "bot"
    slug = slug if slug[0].isalpha() else f"bot-{slug}"[:32].strip("-")
    allowed = spec.server.allow_hosts
    if host and allowed and host not in allowed:
        raise WrongUse(
            f"bot.toml's [server] allow_hosts does not name {host}, so the server would refuse it.",
            f'Add "{host}" there.',
        )
    return Facts(
        name=spec.bot.name,
        slug=slug,
        title=_line(spec.bot.title or spec.bot.name),
        purpose=_line(spec.bot.purpose),
        version=__version__,
        port=PORT,
        host=host or next((one for one in allowed if "." in one), EXAMPLE_HOST),
        allow_hosts=allowed,
        secrets=tuple(sorted({*needed(spec), *_of_channels(spec)})),
        channels=tuple(spec.channels),
        memory_mb=_memory(spec),
        python=PYTHON,
        image_python=IMAGE_PYTHON,
        image=image or f"{slug}:{__version__}",
        requirements=pins(),
        monitoring=tuple(sorted(monitoring.files(spec, WATCHED).items())),
        closed=not (
            spec.model.kind == "hosted" or spec.channels or spec.webhook or spec.knowledge.urls
        ),
    )


def _line(text: str) -> str:
    """What goes into comments and labels: one line, and nothing that a format takes for its own."""
    return re.sub(r"[\s\"'`$\\{}%<>]+", " ", text).strip()[:120]


def _memory(spec: Spec) -> int:
    """MB for one server: the base, the engine's cache, twice the weights (a swap holds two)."""
    weights = 0
    found = Registry(spec).deployment()
    if found is not None:
        engine = spec.made / "releases" / found.release / "engine"
        weights = sum(one.stat().st_size for one in engine.rglob("*.bin")) // 2**20
    needs = BASE_MB + 2 * weights + (2 * spec.engine.cache_mb if spec.model.kind != "hosted" else 0)
    return -(-needs // 512) * 512


class _Asked(Mapping[str, str]):
    """An environment that has everything, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return "a value that is only asked for"

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.names))

    def __len__(self) -> int:
        return len(self.names)


def _of_channels(spec: Spec) -> set[str]:
    """What the channels read: each is made once, from an environment that notes what is asked for."""
    asked = _Asked()
    for name, options in spec.channels.items():
        try:
            make(name, options, asked)
        except ChatwrightError:  # of what the value is; the name was asked for
            continue
    return asked.names
