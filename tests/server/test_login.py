"""Logging in and out: cookies, sessions that end, tries that get slower, and the first owner."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.server.callers import PASSWORD, Callers, callers, logged_in
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app, hashing
from chatwright.server.cookies import session_name
from chatwright.server.login import INVITED, invite_owner
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec import spec as options
from chatwright.store import Database
from chatwright.store.sessions import IDLE, LONGEST

LOGIN = {"name": "owner", "password": PASSWORD}
WRONG = {"name": "owner", "password": "not the password"}


@pytest.fixture
def everyone(services: Services, database: Database) -> Callers:
    found = callers(services, database)
    if services.accounts.find("library", "owner") is None:
        found.account("owner")
    return found


@pytest.fixture
def clock(services: Services) -> Callable[[float], None]:
    """Lets seconds pass."""
    passed = 0.0

    def wait(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    real = services.doors.clock
    services.doors.clock = lambda: real() + passed
    return wait


@pytest.fixture
def world(bot: Bot, database: Database, spec: Spec) -> Iterator[httpx.Client]:
    """Through a trusted proxy that says where a request came from."""
    server = options.Server(trusted_proxies=("127.0.0.1",))
    access = options.Access(visitors=True)
    app = create_app(bot, database, spec.model_copy(update={"server": server, "access": access}))
    with served_app(app) as url, httpx.Client(base_url=url, timeout=10) as client:
        if app.state.services.accounts.find("library", "owner") is None:
            callers(app.state.services, database).account("owner")
        client.headers["x-forwarded-proto"] = "https"
        client.headers["x-forwarded-for"] = "203.0.113.9"
        yield client


def is_error(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def log_in(client: httpx.Client, **values: str) -> dict[str, Any]:
    response = client.post("/api/session", json=LOGIN | values)
    assert response.status_code == 200, response.text
    client.headers["x-csrf-token"] = response.json()["csrf"]
    found: dict[str, Any] = response.json()
    return found


# --- in and out ----------------------------------------------------------------------------------


def test_in_and_out(client: httpx.Client, everyone: Callers) -> None:
    nobody = {"name": None, "role": None, "scopes": [], "csrf": None, "visitors": True}
    assert client.get("/api/session").json() == nobody
    found = log_in(client, name=" Owner ")
    assert (found["name"], found["role"]) == ("owner", "owner")
    every = ["admin", "chat", "curate", "embeddings", "feedback", "models", "raw", "review"]
    assert found["scopes"] == every
    assert client.get("/api/session").json() == found
    made = client.post("/api/conversations", json={})
    assert made.status_code == 201
    assert "chatwright_visitor" not in client.cookies
    assert client.delete("/api/session").status_code == 204
    assert client.get("/api/session").json() == nobody
    assert client.get("/api/conversations").json()["conversations"] == []
    log_in(client)
    assert len(client.get("/api/conversations").json()["conversations"]) == 1


def test_the_cookie(client: httpx.Client, world: httpx.Client, everyone: Callers) -> None:
    header = client.post("/api/session", json=LOGIN).headers["set-cookie"]
    assert header.startswith("chatwright_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} == set(header.split("; ")[1:])
    header = world.post("/api/session", json=LOGIN).headers["set-cookie"]
    assert header.startswith("__Host-chatwright_session=")
    assert "Secure" in header.split("; ")
    assert "domain" not in header.lower()


def test_over_https_no_other_cookie_counts(world: httpx.Client) -> None:
    cookie = world.post("/api/session", json=LOGIN).headers["set-cookie"].split(";")[0]
    world.cookies.clear()
    plain = cookie.removeprefix("__Host-")
    assert world.get("/api/session", headers={"cookie": plain}).json()["name"] is None
    assert world.get("/api/session", headers={"cookie": cookie}).json()["name"] == "owner"


def test_neither_cookie_nor_password_is_in_the_store(
    client: httpx.Client, everyone: Callers, database: Database
) -> None:
    log_in(client)
    cookie = client.cookies["chatwright_session"]
    _, key = everyone.keys.create("library", "one")
    database.close()
    kept = b"".join(p.read_bytes() for p in database.path.parent.glob("store.db*"))
    for secret in (cookie, PASSWORD, key):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept
    assert key[:11].encode() in kept


def test_a_session_that_somebody_planted_is_worth_nothing(
    client: httpx.Client, services: Services, everyone: Callers
) -> None:
    attacker = everyone.account("visitor", "attacker")
    planted = logged_in(services, attacker)["cookie"].partition("=")[2]
    client.cookies.set("chatwright_session", planted, domain="127.0.0.1")
    response = client.post("/api/session", json=LOGIN)
    assert response.json()["name"] == "owner"
    fresh = response.headers["set-cookie"].split(";")[0].partition("=")[2]
    assert fresh != planted
    client.cookies.clear()
    headers = {"cookie": f"chatwright_session={planted}"}
    assert client.get("/api/session", headers=headers).json()["name"] is None
    headers = {"cookie": "chatwright_session=" + "A" * 43}
    made_up = client.post("/api/session", json=LOGIN, headers=headers)
    assert "A" * 43 not in made_up.headers["set-cookie"]


def test_sessions_end_when_idle_and_at_last_always(
    client: httpx.Client, everyone: Callers, clock: Callable[[float], None]
) -> None:
    log_in(client)
    for _ in range(int(LONGEST / (IDLE - 600))):
        assert client.get("/api/session").json()["name"] == "owner"
        clock(IDLE - 600)
    clock(IDLE - 600)
    assert client.get("/api/session").json()["name"] is None
    log_in(client)
    clock(IDLE + 1)
    assert client.get("/api/session").json()["name"] is None
    is_error(client.put("/api/password", json={}), 401, "login_required")


def test_a_disabled_account_is_out_at_once(
    client: httpx.Client, everyone: Callers, services: Services
) -> None:
    log_in(client)
    services.accounts.disable("library", "owner")
    assert client.get("/api/session").json()["name"] is None
    is_error(client.post("/api/session", json=LOGIN), 401, "invalid_login")


# --- passwords -----------------------------------------------------------------------------------


def test_a_new_password_ends_all_other_sessions(
    client: httpx.Client, services: Services, everyone: Callers, url: str
) -> None:
    log_in(client)
    with httpx.Client(base_url=url) as other:
        log_in(other)
        change = {"current": PASSWORD, "new": "another fine password"}
        is_error(client.put("/api/password", json=change | {"current": "no"}), 401, "invalid_login")
        is_error(client.put("/api/password", json=change | {"new": "short"}), 400, "invalid_value")
        before = client.cookies["chatwright_session"]
        found = client.put("/api/password", json=change)
        assert found.status_code == 200
        assert client.cookies["chatwright_session"] != before
        assert client.get("/api/session").json()["name"] == "owner"
        assert other.get("/api/session").json()["name"] is None
        is_error(other.post("/api/session", json=LOGIN), 401, "invalid_login")
        log_in(other, password="another fine password")


def test_an_unknown_name_is_like_a_wrong_password(
    client: httpx.Client, everyone: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    check = hashing.is_password
    monkeypatch.setattr(
        hashing,
        "is_password",
        lambda *a: checked.append(a[0]) or check(*a),  # type: ignore[func-returns-value]
    )
    answers = [
        client.post("/api/session", json=WRONG),
        client.post("/api/session", json=WRONG | {"name": "nobody"}),
        client.post("/api/session", json=WRONG | {"name": "no name\u00a0at all"}),
    ]
    for answer in answers:
        is_error(answer, 401, "invalid_login")
        assert answer.json() == answers[0].json()
    assert len(checked) == 3


def test_who_would_wait_long_for_a_hash_is_sent_away(
    client: httpx.Client, everyone: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "WAITING", 0)
    response = client.post("/api/session", json=LOGIN)
    is_error(response, 503, "server_is_overloaded")
    assert response.headers["retry-after"] == "1"


# --- wrong tries ---------------------------------------------------------------------------------


def test_wrong_tries_make_the_next_one_wait_longer_each_time(
    client: httpx.Client, everyone: Callers, clock: Callable[[float], None]
) -> None:
    for _ in range(5):
        is_error(client.post("/api/session", json=WRONG), 401, "invalid_login")
    waits = []
    for _ in range(7):
        response = client.post("/api/session", json=LOGIN)  # right, and too late
        is_error(response, 429, "rate_limit_exceeded")
        waits.append(int(response.headers["retry-after"]))
        clock(waits[-1] - 2)
        assert client.post("/api/session", json=LOGIN).status_code == 429
        clock(2)
        is_error(client.post("/api/session", json=WRONG), 401, "invalid_login")
    assert waits[:5] == pytest.approx([30, 60, 120, 240, 480], abs=1.5)
    assert waits[5:] == pytest.approx([900, 900], abs=1.5)
    clock(900)
    log_in(client)
    for _ in range(4):  # forgotten with the first right one
        is_error(client.post("/api/session", json=WRONG), 401, "invalid_login")


def test_others_are_not_kept_out_by_them(world: httpx.Client, client: httpx.Client) -> None:
    for _ in range(6):
        answer = world.post("/api/session", json=WRONG)
    assert answer.status_code == 429
    world.headers["x-forwarded-for"] = "203.0.113.10"
    log_in(world)


def test_one_address_that_tries_many_names(world: httpx.Client) -> None:
    codes = [
        world.post("/api/session", json=WRONG | {"name": f"name{n}"}).status_code for n in range(33)
    ]
    assert codes == [401] * 30 + [429] * 3
    is_error(world.post("/api/session", json=LOGIN), 429, "rate_limit_exceeded")


def test_tries_at_the_same_time_are_counted_each(services: Services, everyone: Callers) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from chatwright.server.login import TRIES

    now = services.doors.clock()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: services.attempts.begin({"x": TRIES}, now), range(20)))
    assert sum(wait == 0 for wait in waits) == 5


def test_a_clock_that_is_set_changes_no_wait(
    client: httpx.Client, everyone: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(client)
    cookie = {"cookie": f"chatwright_session={client.cookies['chatwright_session']}"}
    for _ in range(5):
        client.post("/api/session", json=WRONG)
    client.cookies.clear()  # it would follow the clock
    real = time.time
    for step in (-86_400, 86_400):
        monkeypatch.setattr(time, "time", lambda step=step: real() + step)
        assert client.post("/api/session", json=LOGIN).status_code == 429
        assert client.get("/api/session", headers=cookie).json()["name"] == "owner"


# --- the first owner -----------------------------------------------------------------------------


def test_the_first_owner_is_made_once_with_the_token(
    client: httpx.Client, services: Services, url: str
) -> None:
    token = invite_owner(services)
    unused = invite_owner(services)  # a second process prints one of its own
    assert token is not None
    ask = {"token": token, "name": "Anna@example.org", "password": PASSWORD}
    is_error(client.post("/api/owner", json=ask | {"token": "x"}), 401, "invalid_token")
    is_error(client.post("/api/owner", json=ask | {"password": "short"}), 400, "invalid_value")
    is_error(client.post("/api/owner", json=ask | {"name": "a b"}), 400, "invalid_value")
    made = client.post("/api/owner", json=ask)
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["role"]) == ("anna@example.org", "owner")
    assert client.get("/api/session").json()["role"] == "owner"
    for again in (token, unused):
        response = client.post("/api/owner", json=ask | {"token": again, "name": "eve"})
        is_error(response, 401, "invalid_token")
    assert invite_owner(services) is None
    with httpx.Client(base_url=url) as other:
        log_in(other, name="anna@example.org")


def test_the_token_ends(
    client: httpx.Client, services: Services, clock: Callable[[float], None]
) -> None:
    token = invite_owner(services)
    clock(INVITED + 1)
    ask = {"token": token, "name": "anna", "password": PASSWORD}
    is_error(client.post("/api/owner", json=ask), 401, "invalid_token")


def test_two_at_once_make_one_owner(services: Services) -> None:
    tokens = [invite_owner(services) for _ in range(2)]
    doors = services.doors
    made = [
        services.accounts.claim("library", doors.secret.mac("owner", t or ""), f"n{n}", "h", 0.0)
        for n, t in enumerate(tokens)
    ]
    assert [one is not None for one in made] == [True, False]


def test_without_an_owner_who_is_left_there_is_a_new_token(
    services: Services, everyone: Callers
) -> None:
    assert invite_owner(services) is None
    services.accounts.disable("library", "owner")
    assert invite_owner(services) is not None


# --- the secret ----------------------------------------------------------------------------------


def test_another_secret_ends_all_sessions(
    app: FastAPI, bot: Bot, database: Database, spec: Spec, everyone: Callers
) -> None:
    headers = logged_in(app.state.services, everyone.account("editor"))
    again = create_app(bot, database, spec)
    (spec.made / "secret").unlink()
    other = create_app(bot, database, spec)
    for found, name in ((again, "editor"), (other, None)):
        with served_app(found) as url:
            assert httpx.get(f"{url}/api/session", headers=headers).json()["name"] == name


def test_the_name_of_the_cookie_follows_the_scheme() -> None:
    assert session_name({"scheme": "https"}).startswith("__Host-")
    assert session_name({"scheme": "http"}) == "chatwright_session"
