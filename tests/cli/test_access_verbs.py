"""`key` and `account`: what is shown, what is kept, and what is refused."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from chatwright.cli.key import ScopeName
from chatwright.store import Accounts, Database, Keys
from chatwright.store.keys import SCOPES
from chatwright.store.passwords import is_password


def made(run: Command, fresh: Path, *more: str) -> str:
    found = run("key", "create", "intranet", "--bot", fresh, "--json", *more)
    assert found.code == 0, found.err
    return str(found.values["key"])


def test_a_key_is_shown_once(run: Command, fresh: Path) -> None:
    shown = run("key", "create", "intranet", "--bot", fresh)
    key = re.findall(r"sk-\w{43}", shown.out)
    assert len(key) == 1
    assert "not shown again" in shown.out
    listed = run("key", "list", "--bot", fresh)
    assert key[0] not in listed.out
    assert key[0][:11] in listed.out
    assert "chat models embeddings" in listed.out
    assert "never" in listed.out
    keys = Keys(Database(fresh / ".chatwright" / "store.db"))
    found = keys.match(key[0], ["fresh"])
    assert found is not None
    assert found.name == "intranet"


def test_scopes_ends_and_limits(run: Command, fresh: Path) -> None:
    assert tuple(ScopeName) == SCOPES
    options = ["--scope", "chat", "--scope", "admin", "--days", "0.5"]
    options += ["--requests-per-minute", "5", "--streams", "0"]
    found = run("key", "create", "x", "--bot", fresh, "--json", *options).values
    assert found["scopes"] == ["chat", "admin"]
    assert found["expires_at"] > found["created_at"]
    assert found["limits"] == {
        "requests_per_minute": 5,
        "tokens_per_minute": None,
        "tokens_per_day": None,
        "streams": 0,
    }
    for wrong in (["--scope", "root"], ["--days", "-1"], ["--streams", "-1"]):
        assert run("key", "create", "x", "--bot", fresh, *wrong).code == 2


def test_revoking(run: Command, fresh: Path) -> None:
    key = made(run, fresh)
    assert run("key", "revoke", key[:9], "--bot", fresh).code == 0
    assert run("key", "list", "--bot", fresh, "--json").values["keys"][0]["state"] == "revoked"
    again = run("key", "revoke", key[:9], "--bot", fresh)
    assert (again.code, "key list" in again.err) == (1, True)


def test_rotating_leaves_the_old_one_for_a_while(run: Command, fresh: Path) -> None:
    key = made(run, fresh, "--scope", "models", "--streams", "3")
    found = run("key", "rotate", key[:9], "--bot", fresh, "--json").values
    assert found["key"] not in (key, found["old"]["prefix"])
    assert (found["name"], found["scopes"]) == ("intranet", ["models"])
    assert found["limits"]["streams"] == 3
    assert found["old"]["state"] == "live"
    assert found["old"]["expires_at"] is not None
    third = run("key", "rotate", found["key"][:9], "--hours", "0", "--bot", fresh, "--json")
    assert third.values["old"]["state"] == "expired"
    states = [k["state"] for k in run("key", "list", "--bot", fresh, "--json").values["keys"]]
    assert states == ["live", "expired", "live"]


def test_accounts(run: Command, fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No accounts yet" in run("account", "list", "--bot", fresh).out
    found = run("account", "create", "Anna", "--role", "editor", "--generate", "--bot", fresh)
    password = re.findall(r"Password: (\S+)", found.out)[0]
    accounts = Accounts(Database(fresh / ".chatwright" / "store.db"))
    anna = accounts.find("fresh", "anna")
    assert anna is not None
    assert anna.role == "editor"
    assert is_password(anna.password, password)
    assert password not in run("account", "list", "--bot", fresh).out
    monkeypatch.setattr("sys.stdin", io.StringIO("a few plain words\n"))
    changed = run("account", "password", "anna", "--password-stdin", "--bot", fresh, "--json")
    assert "password" not in changed.values
    anna = accounts.find("fresh", "anna")
    assert anna is not None
    assert is_password(anna.password, "a few plain words")
    assert run("account", "disable", "anna", "--bot", fresh).code == 0
    assert accounts.find("fresh", "anna") is None
    (row,) = run("account", "list", "--bot", fresh, "--json").values["accounts"]
    assert row["disabled_at"] is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["create", "anna"], "nobody to ask"),
        (["create", "anna", "--generate", "--password-stdin"], "two ways"),
        (["create", "a b", "--generate"], "letters, digits"),
        (["create", "anna", "--password-stdin"], "12 to 1000"),
        (["disable", "nobody"], "no account"),
        (["password", "nobody", "--generate"], "no account"),
    ],
)
def test_what_is_refused(
    run: Command, fresh: Path, monkeypatch: pytest.MonkeyPatch, line: list[str], said: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    found = run("account", *line, "--bot", fresh)
    assert found.code in (1, 2)
    assert said in found.err
