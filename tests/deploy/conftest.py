"""Bots to deploy: one that names every kind of secret, a small one with a release; and a server, to watch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.release.conftest import filling
from tests.server.conftest import app, engine, services, web

from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.spec import Spec, load_spec

__all__ = ["app", "engine", "make", "rich", "services", "small", "web"]

RICH = """
[bot]
name = "support_desk-2"
title = "Müller's \\"Desk\\" ${HOME}"
purpose = "Answers."
[model]
kind = "hosted"
hosted_model = "gpt-4o-mini"
api_key_env = "DESK_KEY"
[server]
allow_hosts = ["desk.example.org"]
[widget]
origins = ["https://example.org"]
identity_secret_env = "WIDGET_SECRET"
[[webhook]]
name = "booking"
url = "https://example.org/booking"
headers_env = { "x-token" = "BOOKING_TOKEN" }
[channels.telegram]
[channels.sales]
kind = "telegram"
listen = true
[channels.hook]
kind = "webhook"
url = "https://example.org/answers"
"""


@pytest.fixture
def rich(tmp_path: Path) -> Spec:
    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "bot.toml").write_text(RICH)
    return load_spec(tmp_path / "rich")


@pytest.fixture
def small(tmp_path: Path) -> Spec:
    folder = tmp_path / "small"
    (folder / "knowledge").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "knowledge" / "hours.md").write_text("# Hours\nNine to five.\n")
    (folder / "data" / "chats.jsonl").write_text("what somebody said\n")
    (folder / "bot.toml").write_text('[bot]\nname = "small"\npurpose = "Answers."\n')
    return load_spec(folder)


@pytest.fixture
def make(small: Spec) -> Callable[[str], Release]:
    return lambda content: pack(small, filling(content), {"dataset": "d1", "parent": None})
