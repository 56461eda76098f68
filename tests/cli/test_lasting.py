"""A server does not keep conversations on a disk that the next restart empties."""

from __future__ import annotations

import pytest

from chatwright.cli.lasting import lasting
from chatwright.core.errors import WrongUse
from chatwright.spec import Spec

SECRET = {"CHATWRIGHT_SECRET": "x" * 40}


@pytest.mark.parametrize("host", ["DYNO", "K_SERVICE"])
def test_a_store_in_a_file_is_refused(
    spec: Spec, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    lasting(spec, {})
    with pytest.raises(WrongUse, match="emptied at every restart") as error:
        lasting(spec, {host: "web.1", **SECRET})
    assert "DATABASE_URL" in error.value.next_step
    lasting(spec, {host: "web.1", "CHATWRIGHT_EPHEMERAL": "1"})


def test_a_secret_in_a_file_is_refused_too(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot@db/bot")
    with pytest.raises(WrongUse, match="secret"):
        lasting(spec, {"DYNO": "web.1"})
    lasting(spec, {"DYNO": "web.1", **SECRET})
