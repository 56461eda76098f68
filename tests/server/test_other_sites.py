"""Pages of other sites: they may not write with somebody's cookie, and read only if they are named."""

from __future__ import annotations

import httpx
import pytest
from tests.server.callers import Callers, Headers, bearer, logged_in, visitor
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec import spec as options
from chatwright.store import Database, Keys

CHAT = "/v1/chat/completions"
GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


EVIL: list[Headers] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost.evil.example"},
    {"origin": "http://[::bad"},
    {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
]


@pytest.mark.parametrize("evil", EVIL, ids=str)
def test_writes_of_other_sites_are_refused(
    client: httpx.Client, services: Services, everyone: Callers, evil: Headers
) -> None:
    session = logged_in(services, everyone.account("owner"))
    for headers in ({}, visitor(), session):
        client.cookies.clear()
        response = client.post("/api/conversations", json={}, headers=headers | evil)
        assert (response.status_code, code(response)) == (403, "cross_site")
    for path in ("/api/session", "/api/owner"):
        assert client.post(path, json={}, headers=evil).status_code == 403


def test_writes_of_the_own_page_are_not(client: httpx.Client, url: str) -> None:
    for headers in ({"origin": url}, {"sec-fetch-site": "same-origin"}, {}):
        assert client.post("/api/conversations", json={}, headers=headers).status_code == 201


def test_a_login_writes_with_its_token_alone(
    client: httpx.Client, services: Services, everyone: Callers
) -> None:
    owner = everyone.account("owner")
    mine, other = logged_in(services, owner), logged_in(services, owner)
    assert client.post("/api/conversations", json={}, headers=mine).status_code == 201
    for token in ("", "x", "\u00e9".encode("latin-1").decode("latin-1"), other["x-csrf-token"]):
        headers = mine | {"x-csrf-token": token}
        response = client.post(
            "/api/conversations",
            json={},
            headers={k: v.encode("latin-1") for k, v in headers.items()},  # type: ignore[arg-type]
        )
        assert (response.status_code, code(response)) == (403, "csrf_token")
    assert client.get("/api/conversations", headers={"cookie": mine["cookie"]}).status_code == 200


# --- pages of other sites that are allowed -------------------------------------------------------


def test_no_other_origin_may_read_by_default(client: httpx.Client) -> None:
    asking = {"origin": "https://www.example.org", "access-control-request-method": "POST"}
    response = client.options(CHAT, headers=asking)
    assert response.status_code == 405
    got = client.get("/v1/models", headers={"origin": "https://www.example.org"})
    for answer in (response, got):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_origins_that_are_named_may_read_with_a_key(
    bot: Bot, database: Database, spec: Spec
) -> None:
    server = options.Server(allow_origins=("https://www.example.org",))
    app = create_app(bot, database, spec.model_copy(update={"server": server}))
    _, key = Keys(database).create("library", "page")
    with served_app(app) as url, httpx.Client(base_url=url) as client:
        for origin, allowed in (
            ("https://www.example.org", True),
            ("https://www.example.org.evil.example", False),
            ("http://www.example.org", False),
            ("null", False),
        ):
            asking = {"origin": origin, "access-control-request-method": "POST"}
            for answer in (
                client.options(CHAT, headers=asking),
                client.post(CHAT, json=GOOD, headers={"origin": origin} | bearer(key)),
                client.post(CHAT, json=GOOD, headers={"origin": origin}),
            ):
                assert (answer.headers.get("access-control-allow-origin") == origin) is allowed
                assert "access-control-allow-credentials" not in answer.headers
                assert answer.headers.get("access-control-allow-origin") != "*"


@pytest.mark.parametrize(
    "origin", ["*", "https://*.example.org", "example.org", "https://example.org/", "null", ""]
)
def test_only_exact_origins_can_be_allowed(origin: str) -> None:
    with pytest.raises(ValueError, match="an origin is scheme and host"):
        options.Server(allow_origins=(origin,))
