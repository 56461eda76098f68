"""Who comes through which door: every route times every kind of caller, and nobody else's data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine, Script
from tests.server.callers import Callers, Headers, bearer, callers, logged_in, routes, visitor
from tests.server.conftest import served_app
from tests.server.let_in import ATTACHED, EVERYBODY, LET_IN, REVIEWED, SHARED, SHOWN, TASKS

from chatwright.answer import Bot
from chatwright.core.errors import EngineOverloaded, StoreUnavailable
from chatwright.server import create_app, keyring, overload
from chatwright.server.openapi import describe
from chatwright.server.rules import RESERVED, RULES, rules_at
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec import spec as options
from chatwright.spec.outline import Outline, begin
from chatwright.store import Database, Keys
from chatwright.store.keys import SCOPES, OwnLimits

CHAT = "/v1/chat/completions"
GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}


def with_access(spec: Spec, **values: Any) -> Spec:
    return spec.model_copy(update={"access": options.Access(**values)})


@pytest.fixture
def abroad(services: Services, client: httpx.Client) -> httpx.Client:
    """A client of a server that listens to the world."""
    services.host = "0.0.0.0"
    return client


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


# --- the matrix ----------------------------------------------------------------------------------


def test_every_route_has_a_rule(app: FastAPI) -> None:
    assert set(routes(app)) <= set(RULES)
    assert {f"{method} {path}" for method, path in RULES} == set(LET_IN)


@pytest.mark.parametrize("visitors", [True, False])
def test_every_route_times_every_caller(
    bot: Bot, database: Database, spec: Spec, visitors: bool
) -> None:
    begin(spec.folder, Outline(spec.bot.name, "", "Answers."))  # the console reads bot.toml
    app = create_app(bot, database, with_access(spec, visitors=visitors))
    services: Services = app.state.services
    services.host = "0.0.0.0"
    everyone = callers(services, database).all()
    assert len(everyone) == 30
    wrong = []
    with served_app(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        services.host = "0.0.0.0"
        for method, path in routes(app):
            admitted = LET_IN[f"{method} {path}"]
            for name, headers in everyone.items():
                place = path.replace("{", "").replace("}", "")
                body = {} if method in ("POST", "PUT", "PATCH") else None
                client.cookies.clear()
                # Not read to its end: some are streams without one.
                with client.stream(method, place, headers=headers(), json=body) as answer:
                    got = answer.status_code
                may = admitted == EVERYBODY or name in admitted
                if name in ("anonymous", "ended session"):  # may become a new visitor
                    may = admitted == EVERYBODY or (visitors and "visitor" in admitted)
                if name == "visitor":
                    may = admitted == EVERYBODY or (visitors and "visitor" in admitted)
                if name in ("disabled account", "other bot's account"):
                    may = admitted == EVERYBODY or (visitors and "visitor" in admitted)
                if may == (got in (401, 403)) or got >= 500:
                    wrong.append((name, method, path, got))
    assert not wrong


def test_every_route_but_the_public_ones_is_401_for_nobody(
    app: FastAPI, abroad: httpx.Client
) -> None:
    seen = 0
    for method, path in routes(app):
        got = abroad.request(method, path)
        if LET_IN[f"{method} {path}"] == EVERYBODY:
            assert got.status_code != 401 or path == "/api/session"
        else:
            seen += 1
            assert got.status_code == 401, (method, path)
            assert "set-cookie" not in got.headers
    assert seen == sum(1 for who in LET_IN.values() if who != EVERYBODY)


@pytest.mark.parametrize("path", ["/v1/nothing", "/api/nothing", "/v1", "/docs", "/v1//models"])
def test_addresses_that_do_not_exist_are_401_too(abroad: httpx.Client, path: str) -> None:
    for method in ("GET", "POST", "TRACE", "SEARCH"):
        assert abroad.request(method, path).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1/models%0a",
        "/v1/models/../models",
        "/%76%31/models",
        "/V1/models",
        "//v1/models",
        "/v1/models%2f",
        "/./v1/models",
        "/api/conversations%0a",
        "/metrics%0a",
        "/api%2fconversations",
    ],
)
def test_no_spelling_of_a_path_gets_around(abroad: httpx.Client, path: str) -> None:
    request = httpx.Request("GET", f"{abroad.base_url}".rstrip("/"))
    request.url = request.url.copy_with(raw_path=path.encode())
    response = abroad.send(request)
    if response.status_code == 200:
        assert response.text == "<title>the app</title>"
    else:
        assert response.status_code in (401, 404)


def test_the_page_and_its_files_are_public(abroad: httpx.Client) -> None:
    assert abroad.get("/").status_code == 200
    assert abroad.get("/assets/app-1a2b.js").status_code == 200
    assert abroad.get("/c/anything").status_code == 200
    assert abroad.post("/").status_code == 401


def test_a_route_that_somebody_forgot_is_closed_to_all(
    app: FastAPI, everyone: Callers, abroad: httpx.Client
) -> None:
    @app.get("/forgotten")
    async def forgotten() -> str:
        return "secret"

    @app.get("/v1/forgotten")
    async def forgotten_too() -> str:
        return "secret"

    assert [path for _, path in routes(app) if path not in {p for _, p in RULES}]
    _, key = everyone.keys.create("library", "all", SCOPES)
    for path in ("/forgotten", "/v1/forgotten"):
        for headers in ({}, bearer(key)):
            assert "secret" not in abroad.get(path, headers=headers).text


def test_what_is_reserved_covers_all_routes() -> None:
    for _, path in RULES:
        assert path.split("/")[1] in RESERVED
        assert rules_at(path.replace("{", "").replace("}", ""))


def test_openapi_says_what_takes_a_key(app: FastAPI) -> None:
    schema = describe(app)
    assert schema["components"]["securitySchemes"]["ApiKey"]["scheme"] == "bearer"
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            public = LET_IN[f"{method.upper()} {path}"] == EVERYBODY
            assert operation["security"] == ([] if public else [{"ApiKey": []}, {}])


# --- somebody else's -----------------------------------------------------------------------------


def make(client: httpx.Client, headers: Headers) -> dict[str, str]:
    """A conversation with a reply; the ids of all that is in it."""
    id = client.post("/api/conversations", json={}, headers=headers).json()["id"]
    body = {"content": "Hi", "parent_id": None}
    turn = client.post(f"/api/conversations/{id}/turns", json=body, headers=headers).json()
    client.get(f"/api/turns/{turn['turn_id']}/events", headers=headers)
    found = {"conversation": id, "turn": turn["turn_id"], "message": turn["message"]["id"]}
    shares = f"/api/conversations/{id}/shares"
    made = client.post(shares, json={"last": found["message"]}, headers=headers)
    assert made.status_code == 201, made.text
    return found | {"share": client.get(shares, headers=headers).json()["shares"][0]["id"]}


NESTED: dict[str, dict[str, Any]] = {
    "GET /api/conversations/{conversation}": {},
    "PATCH /api/conversations/{conversation}": {"json": {"title": "Mine now"}},
    "POST /api/conversations/{conversation}/turns": {"json": {"content": "Go on"}},
    "GET /api/turns/{turn}/events": {},
    "POST /api/turns/{turn}/stop": {"json": {}},
    "GET /api/conversations/{conversation}/events": {},
    "GET /api/conversations/{conversation}/suggestions": {"params": {"after": "{message}"}},
    "GET /api/conversations/{conversation}/export": {},
    "GET /api/conversations/{conversation}/shares": {},
    "POST /api/conversations/{conversation}/shares": {"json": {"last": "{message}"}},
    "DELETE /api/conversations/{conversation}/shares/{share}": {},
    "POST /api/conversations/{conversation}/handover": {"json": {}},
    "DELETE /api/conversations/{conversation}/handover": {},
    "DELETE /api/conversations/{conversation}": {},
}


def test_every_nested_id_is_tried() -> None:
    """Of each route with an id in its path."""
    tried = {
        route.replace("{conversation}", "{id}")
        .replace("{message}", "{id}")
        .replace("{share}", "{share_id}")
        for route in NESTED
    }
    nested = (
        {
            f"{m} {p}"
            for m, p in RULES
            if "{" in p and p.startswith("/api/") and not p.startswith(SHARED)
        }
        - REVIEWED
        - {TASKS, SHOWN, ATTACHED}
    )
    assert tried == {route.replace("{turn_id}", "{turn}") for route in nested}


def test_nobody_reaches_what_is_somebody_elses(
    everyone: Callers, services: Services, client: httpx.Client
) -> None:
    _, one = everyone.keys.create("library", "one", SCOPES)
    _, two = everyone.keys.create("library", "two", SCOPES)
    session = logged_in(services, everyone.account("owner", "one"))
    another = logged_in(services, everyone.account("owner", "two"))
    people = [visitor(), visitor(), session, another, bearer(one), {"x-api-key": two}]
    owned = []
    for headers in people:
        client.cookies.clear()
        owned.append(make(client, headers))
    tried: dict[str, int] = {}
    for mine, headers in enumerate(people):
        for whose, ids in enumerate(owned):
            for route, sent in NESTED.items():
                method, path = route.format(**ids).split(" ")
                client.cookies.clear()
                sent = {
                    key: {n: v.format(**ids) for n, v in it.items()} for key, it in sent.items()
                }
                with client.stream(method, path, headers=headers, **sent) as got:
                    if whose == mine:
                        tried[route] = tried.get(route, 0) + got.is_success
                        continue
                    got.read()
                if (
                    got.status_code != 409 or code(got) != "no_people"
                ):  # nobody comes to anybody here
                    assert got.status_code == 404, (mine, whose, route)
                    assert code(got) == "not_found"
        client.cookies.clear()
        listed = client.get("/api/conversations", headers=headers).json()["conversations"]
        assert listed == []  # its own was the last to be deleted
    assert [route for route, worked in tried.items() if not worked] == [
        "POST /api/conversations/{conversation}/handover"
    ]
    for ids in owned:
        assert "Mine now" not in str(services.conversations.find(ids["conversation"], "x"))


# --- keys ----------------------------------------------------------------------------------------


def test_both_headers_are_one_thing(everyone: Callers, abroad: httpx.Client) -> None:
    _, key = everyone.keys.create("library", "one")
    _, other = everyone.keys.create("library", "two")
    good: list[Headers] = [
        {"authorization": f"Bearer {key}"},
        {"authorization": f"bearer   {key}"},
        {"x-api-key": key},
        {"x-api-key": key, "authorization": f"Bearer {key}"},
        {"x-api-key": key, "authorization": "Basic YTpi"},
    ]
    bad: list[Headers] = [
        {"authorization": key},
        {"authorization": f"Basic {key}"},
        {"x-api-key": key, "authorization": f"Bearer {other}"},
        {"x-api-key": "none", "authorization": f"Bearer {key}"},
        {"x-api-key": key[:-1]},
        {"x-api-key": key + "A"},
        {"x-api-key": key.swapcase()},
        {"x-api-key": ""},
        {"cookie": f"chatwright_session={key}"},
    ]
    for headers in good:
        assert abroad.post(CHAT, json=GOOD, headers=headers).status_code == 200, headers
    for headers in bad:
        response = abroad.post(CHAT, json=GOOD, headers=headers)
        assert response.status_code == 401, headers
        assert code(response) == "invalid_api_key"
        assert response.headers["www-authenticate"] == "Bearer"
        assert key not in response.text


def test_a_body_is_not_read_before_the_key(abroad: httpx.Client, engine: FakeEngine) -> None:
    assert abroad.post(CHAT, content=b"x" * 2_000_000).status_code == 401
    assert engine.asked == []


def test_a_revoked_key_ends_within_moments(
    everyone: Callers, abroad: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "FRESH", 0.2)
    record, key = everyone.keys.create("library", "one")
    assert abroad.get("/v1/models", headers=bearer(key)).status_code == 200
    everyone.keys.revoke("library", record.id)
    time.sleep(0.3)
    response = abroad.get("/v1/models", headers=bearer(key))
    assert response.status_code == 401
    assert "revoked" in response.text


def test_when_a_key_was_used_is_noted(app: FastAPI, database: Database) -> None:
    keys = Keys(database)
    _, key = keys.create("library", "one")
    keys.create("library", "unused")
    with served_app(app) as url:
        httpx.get(f"{url}/v1/models", headers=bearer(key))
    unused, used = keys.all("library")
    assert used.used_at is not None
    assert unused.used_at is None


def test_of_another_bots_models_a_key_sees_nothing(everyone: Callers, abroad: httpx.Client) -> None:
    _, key = everyone.keys.create("library", "one")
    models = abroad.get("/v1/models", headers=bearer(key)).json()["data"]
    assert [model["id"] for model in models] == ["library"]


# --- what is open on this machine ----------------------------------------------------------------


def test_on_this_machine_v1_is_open_until_the_first_key(
    client: httpx.Client, everyone: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "FRESH", 0.0)
    assert client.post(CHAT, json=GOOD).status_code == 200
    assert client.post(CHAT, json=GOOD, headers=bearer("none")).status_code == 200
    record, key = everyone.keys.create("library", "one")
    assert client.post(CHAT, json=GOOD).status_code == 401
    assert client.post(CHAT, json=GOOD, headers=bearer("none")).status_code == 401
    assert client.post(CHAT, json=GOOD, headers=bearer(key)).status_code == 200
    everyone.keys.revoke("library", record.id)
    assert client.post(CHAT, json=GOOD).status_code == 401
    assert client.get("/api/bot").status_code == 200


@pytest.mark.parametrize(
    "mark", ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"]
)
def test_what_came_through_a_proxy_is_not_of_this_machine(client: httpx.Client, mark: str) -> None:
    assert client.get("/v1/models", headers={mark: "127.0.0.1"}).status_code == 401
    response = client.get("/api/bot", headers={mark: "127.0.0.1"})
    assert (response.status_code, code(response)) == (401, "login_required")


def serve_with(bot: Bot, database: Database, spec: Spec) -> Iterator[httpx.Client]:
    app = create_app(bot, database, spec)
    with served_app(app) as url, httpx.Client(base_url=url) as client:
        app.state.services.host = "0.0.0.0"
        yield client


@pytest.fixture
def served(bot: Bot, database: Database, spec: Spec) -> Iterator[Callable[..., httpx.Client]]:
    """Makes servers for the world, with other options."""
    running: list[Iterator[httpx.Client]] = []

    def serve(**values: Any) -> httpx.Client:
        running.append(serve_with(bot, database, with_access(spec, **values)))
        return next(running[-1])

    yield serve
    for one in running:
        next(one, None)


def test_who_says_so_opens_it_to_the_world(served: Callable[..., httpx.Client]) -> None:
    client = served(keys="off", visitors=True)
    assert client.post(CHAT, json=GOOD).status_code == 200
    assert client.get("/api/bot").status_code == 200
    assert client.get("/api/session").json()["visitors"] is True


def test_keys_can_be_required_here_too(client: httpx.Client, app: FastAPI) -> None:
    services: Services = app.state.services
    services.doors.spec = with_access(services.doors.spec, keys="required", visitors=False)
    assert client.get("/v1/models").status_code == 401
    assert client.get("/api/bot").status_code == 401
    assert client.get("/").status_code == 200


# --- a full engine ---------------------------------------------------------------------------------


def test_a_full_engine_is_not_asked_again_at_once(
    everyone: Callers, abroad: httpx.Client, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "MOMENT", 0.5)
    _, key = everyone.keys.create("library", "one", limits=OwnLimits(requests_per_minute=30))
    engine.scripts.append(Script((), error=EngineOverloaded("Full.", "Wait.", retry_after=3)))
    answers = [abroad.post(CHAT, json=GOOD, headers=bearer(key)) for _ in range(5)]
    assert [(a.status_code, a.headers["retry-after"]) for a in answers] == [(503, "3")] + [
        (503, "1")
    ] * 4
    assert {code(a) for a in answers} == {"server_is_overloaded"}
    assert len(engine.asked) == 1
    assert abroad.get("/health").status_code == 200
    time.sleep(0.6)
    response = abroad.post(CHAT, json=GOOD, headers=bearer(key))
    assert response.status_code == 200
    assert response.headers["x-ratelimit-remaining-requests"] == "28"  # the four cost nothing


def test_a_known_key_works_while_the_store_is_away(
    everyone: Callers, abroad: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it does not know, and the store's 503, make nobody else wait for a full engine."""
    monkeypatch.setattr(keyring, "FRESH", 0.0)
    keys = [everyone.keys.create("library", name)[1] for name in ("one", "two")]
    assert abroad.post(CHAT, json=GOOD, headers=bearer(keys[0])).status_code == 200

    def away(*_: object) -> None:
        raise StoreUnavailable("The store is away.", "Try again.")

    monkeypatch.setattr(services.doors.keyring._keys, "match", away)
    assert code(abroad.post(CHAT, json=GOOD, headers=bearer(keys[1]))) == "store_unavailable"
    assert abroad.post(CHAT, json=GOOD, headers=bearer(keys[0])).status_code == 200
    monkeypatch.setattr(keyring, "AWAY", 0.0)
    assert code(abroad.post(CHAT, json=GOOD, headers=bearer(keys[0]))) == "store_unavailable"
