"""What a server says of its doors when it starts."""

from __future__ import annotations

from typing import Any

import pytest

from chatwright.server.opening import opening
from chatwright.spec import Spec


def said(spec: Spec, token: str | None = None, **tables: Any) -> str:
    values = spec.model_dump() | tables | {"folder": spec.folder}
    return "\n".join(opening(Spec.model_validate(values), "http://127.0.0.1:8000", token))


def test_on_this_machine_only_the_owner_is_missed(spec: Spec) -> None:
    assert said(spec) == ""
    text = said(spec, "TOKEN")
    assert "TOKEN" in text
    assert "60 minutes" in text
    assert "http://127.0.0.1:8000/login" in text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "bot.example.org"])
def test_elsewhere_it_says_what_is_open_and_what_is_not(spec: Spec, host: str) -> None:
    text = said(spec, server={"host": host})
    assert "Chatting on the page takes a login" in text
    assert "/v1 and /metrics take an API key" in text
    assert "unencrypted" in text
    assert "OPEN TO EVERYBODY" not in text
    text = said(
        spec,
        server={"host": host, "tls_cert": "a", "tls_key": "b"},
        access={"visitors": True, "keys": "off"},
    )
    assert "OPEN TO EVERYBODY" in text
    assert "chatting on the page" in text
    assert "unencrypted" not in text
