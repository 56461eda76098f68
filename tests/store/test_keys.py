"""Keys, accounts, the secret and the clock, as the store keeps them."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path

import pytest

from chatwright.core.errors import ChatwrightError, NotFound, WrongUse
from chatwright.store import Accounts, Clock, Database, Keys
from chatwright.store import clock as clocks
from chatwright.store.keys import ALPHABET, SHOWN, OwnLimits, make_key
from chatwright.store.passwords import hash_password, is_password
from chatwright.store.secret import VARIABLE, find_secret

PAST, FUTURE = "2020-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z"


# --- keys ----------------------------------------------------------------------------------------


def test_a_key_is_32_random_bytes_in_base_62() -> None:
    keys = [make_key() for _ in range(500)]
    assert len(set(keys)) == 500
    assert all(re.fullmatch("sk-[0-9A-Za-z]{43}", key) for key in keys)
    assert max(_number(key) for key in keys) < 2**256
    assert max(_number(key) for key in keys) > 2**255  # no byte is lost
    seen = {digit for key in keys for digit in key[4:]}
    assert len(seen) == 62


def _number(key: str) -> int:
    number = 0
    for digit in key[3:]:
        number = number * 62 + ALPHABET.index(digit)
    return number


def test_a_key_is_found_by_its_whole_alone(database: Database) -> None:
    keys = Keys(database)
    record, key = keys.create("library", "intranet", ["models", "chat"])
    assert record.scopes == ("chat", "models")
    assert (record.state, record.prefix) == ("live", key[:SHOWN])
    assert keys.match(key, ["other", "library"]) == record
    for wrong in (key[:-1] + ("A" if key[-1] != "A" else "B"), make_key(), key[:SHOWN]):
        assert keys.match(wrong, ["library"]) is None
    assert keys.match(key, ["other"]) is None
    assert keys.match(key, []) is None


def test_the_store_keeps_no_key(database: Database) -> None:
    _, key = Keys(database).create("library", "intranet")
    with database.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM keys").all()
    assert key[SHOWN:] not in str(row)
    assert key not in repr(row)


def test_states(database: Database) -> None:
    keys = Keys(database)
    _, expired = keys.create("library", "a", expires_at=PAST)
    _, live = keys.create("library", "b", expires_at=FUTURE, limits=OwnLimits(streams=0))
    ended, revoked = keys.create("library", "c", expires_at=PAST)
    keys.revoke("library", ended.prefix)
    found = [keys.match(key, ["library"]) for key in (expired, live, revoked)]
    assert [one.state for one in found if one] == ["expired", "live", "revoked"]
    assert found[1] is not None
    assert found[1].limits == OwnLimits(streams=0)
    assert [one.name for one in keys.all("library")] == ["c", "b", "a"]
    assert keys.all("other") == []


def test_revoking_takes_one_and_says_when_it_cannot(database: Database) -> None:
    keys = Keys(database)
    first, _ = keys.create("library", "a")
    keys.create("library", "b")
    for which in ("sk-", "nothing", "%", "_" * 11, ""):
        with pytest.raises(NotFound, match="key list"):
            keys.revoke("library", which)
    with pytest.raises(NotFound):
        keys.revoke("other", first.id)
    assert [one.state for one in keys.all("library")] == ["live", "live"]
    assert keys.revoke("library", first.id).state == "revoked"
    with pytest.raises(NotFound):
        keys.revoke("library", first.id)
    assert keys.any(["library"])
    assert not keys.any(["other"])


def test_a_later_end_does_not_lengthen_a_life(database: Database) -> None:
    keys = Keys(database)
    record, _ = keys.create("library", "a", expires_at=PAST)
    assert keys.revoke("library", record.id, at=FUTURE).expires_at == PAST


# --- accounts ------------------------------------------------------------------------------------


def test_names_are_one_spelling_and_of_one_bot(database: Database) -> None:
    accounts = Accounts(database)
    made = accounts.create("library", " Anna@Example.org ", "editor", "hash")
    assert made.name == "anna@example.org"
    with pytest.raises(WrongUse, match="already"):
        accounts.create("library", "ANNA@example.org", "owner", "hash")
    accounts.create("other", "anna@example.org", "owner", "hash")
    assert accounts.find("library", "Anna@example.org") == made
    assert not accounts.has_owner("library")
    assert accounts.has_owner("other")
    for bad in ("", "a b", "x" * 101, "a\0", "<b>"):
        with pytest.raises(WrongUse):
            accounts.create("library", bad, "owner", "hash")
    accounts.disable("library", "anna@example.org")
    assert accounts.find("library", "anna@example.org") is None
    with pytest.raises(NotFound):
        accounts.disable("library", "nobody")


def test_passwords() -> None:
    hashed = hash_password("p\u00e4sswort mit W\u00f6rtern")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(hashed, "pa\u0308sswort mit Wo\u0308rtern")  # typed on another keyboard
    assert not is_password(hashed, "passwort mit Wortern")
    assert hash_password("p\u00e4sswort mit W\u00f6rtern") != hashed
    assert not is_password(None, "the password of an account that does not exist")
    assert not is_password("no hash", "x")
    assert not is_password(hashed, "x" * 1_000_000)
    for bad in ("short", "x" * 1001):
        with pytest.raises(WrongUse, match="12 to 1000"):
            hash_password(bad)


# --- the secret ----------------------------------------------------------------------------------


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / ".chatwright"
    first, again = find_secret(folder), find_secret(folder)
    assert first.mac("a", "b") == again.mac("a", "b")
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert find_secret(tmp_path / "other").mac("a", "b") != first.mac("a", "b")
    assert first.mac("a", "b") != first.mac("b", "b")
    assert len(first.mac("a", "b")) == 64


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    find_secret(tmp_path)
    (tmp_path / "secret").chmod(mode)
    with pytest.raises(ChatwrightError, match=r"read by others.*chmod 600"):
        find_secret(tmp_path)


def test_a_secret_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    with pytest.raises(ChatwrightError, match="fewer than 32"):
        find_secret(tmp_path)
    monkeypatch.setenv(VARIABLE, "changeme")
    with pytest.raises(ChatwrightError, match=VARIABLE):
        find_secret(tmp_path)
    monkeypatch.setenv(VARIABLE, "x" * 32)
    assert find_secret(tmp_path).mac("a", "b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_secret_that_cannot_be_kept(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ChatwrightError, match=VARIABLE):
        find_secret(tmp_path / "x")


# --- the clock -----------------------------------------------------------------------------------


def test_the_clock_does_not_follow_the_systems_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, real = Clock(database), time.time
    assert abs(clock() - real()) < 1
    for step in (-86_400, 86_400):
        monkeypatch.setattr(time, "time", lambda step=step: real() + step)
        assert abs(clock() - real()) < 1
        assert abs(Clock(database)() - real()) < 1  # a process that starts now agrees
    before = clock()
    assert clock() >= before


def test_after_a_boot_it_starts_from_the_systems_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Clock(database)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 1000)
    boot = tmp_path / "boot_id"
    monkeypatch.setattr(clocks, "BOOT", boot)
    assert Clock(database)() - real() == pytest.approx(1000, abs=1)  # the system does not tell
    boot.write_text("another\n")
    assert Clock(database)() - real() == pytest.approx(1000, abs=1)
    monkeypatch.setattr(time, "time", real)
    assert Clock(database)() - real() == pytest.approx(1000, abs=1)
