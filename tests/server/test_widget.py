"""The widget: which sites may frame it, what its passes are good for, and whom a site can vouch for."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.server.callers import Callers, Headers, logged_in
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec.widget import Widget
from chatwright.store import Database
from chatwright.store.secret import Secret
from chatwright.store.visitors import visitor_id, visitor_of_user

SHOP = "https://shop.example"
OTHER = "https://other.example"
HEADER = "x-chatwright-widget"
SECRET = "a secret of the shop, 32 characters long"
SESSION = "/api/widget/session"


def code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


def signed(user: str, expires: int | None = None, secret: str = SECRET) -> str:
    text = user if expires is None else f"{user}:{expires}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


@pytest.fixture
def built(web: Path) -> Path:
    (web / "widget.html").write_text("<title>the frame</title>")
    (web / "widget-demo.html").write_text("<title>a shop</title>")
    (web / "widget.js").write_text("(function(s){})(`CHATWRIGHT_WIDGET_SETTINGS`)")
    return web


@pytest.fixture
def app(
    bot: Bot, database: Database, spec: Spec, built: Path, monkeypatch: pytest.MonkeyPatch
) -> FastAPI:
    monkeypatch.setenv("SHOP_SECRET", SECRET)
    widget = Widget(
        origins=(SHOP, OTHER), accent="#102030", identity_secret_env="SHOP_SECRET", greeting="Hi!"
    )
    return create_app(bot, database, spec.model_copy(update={"widget": widget}), web=built)


@pytest.fixture
def frame(url: str) -> Iterator[httpx.Client]:
    """A frame: sends no cookie by itself, and says what a browser says of a request of its own page."""
    headers = {"sec-fetch-site": "same-origin", "origin": url}
    with httpx.Client(base_url=url, timeout=60, headers=headers) as client:
        yield client


def visit(client: httpx.Client, shown: str = "", **values: object) -> httpx.Response:
    headers = {HEADER: shown} if shown else {}
    response = client.post(SESSION, json={"origin": SHOP, **values}, headers=headers)
    client.cookies.clear()
    return response


def memory(client: httpx.Client) -> Headers:
    """The header of a new visitor whose browser took no cookie."""
    return {HEADER: visit(client, memory=True).json()["token"]}


def asked(client: httpx.Client, headers: Headers) -> list[str]:
    found = client.get("/api/conversations", headers=headers).json()["conversations"]
    return [one["id"] for one in found]


def begun(client: httpx.Client, headers: Headers) -> str:
    response = client.post("/api/conversations", json={}, headers=headers)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


# --- the pages -----------------------------------------------------------------------------------


def ancestors(response: httpx.Response) -> str:
    found = re.search(r"frame-ancestors ([^;]+)", response.headers["content-security-policy"])
    assert found
    return found[1]


def test_only_the_listed_sites_may_frame_it(client: httpx.Client) -> None:
    response = client.get("/widget")
    assert response.text == "<title>the frame</title>"
    assert ancestors(response) == f"{SHOP} {OTHER}"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    for path in ("/", "/c/1", "/widget.html", "/widget.js", "/api/bot", "/widget/nothing"):
        assert ancestors(client.get(path)) == "'none'", path
    for path in ("/widget/preview", "/widget/demo"):
        assert ancestors(client.get(path)) == "'self'"


@pytest.mark.parametrize(
    ("referer", "status"),
    [
        (f"{SHOP}/prices?q=1", 200),
        ("", 200),
        ("https://evil.example/", 403),
        (f"{SHOP}.evil.example/", 403),
        ("http://shop.example/", 403),
        ("https://shop.example:8443/", 403),
        ("nonsense", 403),
    ],
)
def test_a_site_that_is_not_listed_gets_no_page(
    client: httpx.Client, referer: str, status: int
) -> None:
    response = client.get("/widget", headers={"referer": referer} if referer else {})
    assert response.status_code == status
    if status == 403:
        assert code(response) == "origin_not_allowed"
        assert ancestors(response) == "'none'"


def test_the_script_carries_looks_and_nothing_else(client: httpx.Client) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert '"accent": "#102030"' in response.text
    assert "CHATWRIGHT_WIDGET_SETTINGS" not in response.text
    for hidden in ("SHOP_SECRET", SECRET, "other.example", "origins", "share"):
        assert hidden not in response.text


def test_off_by_default(bot: Bot, database: Database, spec: Spec, built: Path) -> None:
    assert Widget().origins == ()
    with (
        served_app(create_app(bot, database, spec, web=built)) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        assert client.get("/widget").status_code == 404
        response = client.post(SESSION, json={"origin": SHOP})
        assert (response.status_code, code(response)) == (403, "origin_not_allowed")


# --- passes --------------------------------------------------------------------------------------


def test_the_cookie_is_for_this_frame_and_no_script(frame: httpx.Client) -> None:
    response = visit(frame)
    assert response.json() == {
        "token": None,
        "greeting": "Hi!",
        "ask_consent": True,
        "share_messages": False,
    }
    cookie = response.headers["set-cookie"]
    for part in ("HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/"):
        assert part in cookie.split("; ")
    pair = cookie.partition(";")[0]
    mine = {"cookie": pair, HEADER: "cookie"}
    talk = begun(frame, mine)
    assert asked(frame, mine) == [talk]
    again = frame.post(SESSION, json={"origin": SHOP}, headers=mine)
    other_site = frame.post(SESSION, json={"origin": OTHER}, headers=mine)
    fresh = frame.post(SESSION, json={"origin": SHOP, "fresh": True}, headers=mine)
    for answer, expected in ((again, [talk]), (other_site, []), (fresh, [])):
        pair = answer.headers["set-cookie"].partition(";")[0]
        assert asked(frame, {"cookie": pair, HEADER: "cookie"}) == expected


def test_the_cookie_alone_is_nobody(frame: httpx.Client) -> None:
    """Another site's page can make the browser send it, but not the header."""
    pair = visit(frame).headers["set-cookie"].partition(";")[0]
    talk = begun(frame, {"cookie": pair, HEADER: "cookie"})
    assert frame.get(f"/api/conversations/{talk}", headers={"cookie": pair}).status_code == 404


def test_without_cookies_the_frame_keeps_the_pass(frame: httpx.Client) -> None:
    response = visit(frame, memory=True)
    assert "set-cookie" not in response.headers
    mine = {HEADER: response.json()["token"]}
    talk = begun(frame, mine)
    assert asked(frame, {HEADER: visit(frame, mine[HEADER], memory=True).json()["token"]}) == [talk]
    other = memory(frame)
    assert frame.get(f"/api/conversations/{talk}", headers=other).status_code == 404
    assert asked(frame, other) == []


def test_conversations_say_that_they_were_in_the_widget(
    frame: httpx.Client, services: Services, database: Database
) -> None:
    begun(frame, memory(frame))
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT channel FROM conversations").all()
    assert [row[0] for row in rows] == ["widget"]


EVIL: list[Headers] = [
    {"sec-fetch-site": "cross-site", "origin": SHOP},
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("evil", EVIL, ids=str)
def test_no_other_page_speaks_as_the_frame(frame: httpx.Client, evil: Headers) -> None:
    """Not even the site that shows it."""
    mine = memory(frame)
    talk = begun(frame, mine)
    for method, path in (("GET", f"/api/conversations/{talk}"), ("DELETE", "/api/privacy")):
        response = frame.request(method, path, headers=mine | evil)
        assert (response.status_code, code(response)) == (403, "cross_site")
    assert frame.post(SESSION, json={"origin": SHOP}, headers=evil).status_code == 403
    asking = {"access-control-request-method": "POST", "access-control-request-headers": HEADER}
    got = frame.options("/api/conversations", headers=evil | asking)
    assert not [name for name in got.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "*", SHOP + "/", "'self'"])
def test_no_pass_for_a_site_that_is_not_listed(frame: httpx.Client, origin: str) -> None:
    response = visit(frame, origin=origin)
    assert (response.status_code, code(response)) == (403, "origin_not_allowed")
    assert "set-cookie" not in response.headers


def test_the_servers_own_page_needs_none(frame: httpx.Client, url: str) -> None:
    """The console's preview: who they are, their cookie or login says."""
    response = visit(frame, origin=url)
    assert response.json()["token"] is None
    assert "set-cookie" not in response.headers


def test_passes_that_are_none(frame: httpx.Client, services: Services) -> None:
    good = memory(frame)[HEADER]
    body, _, mac = good.partition(".")
    late = services.doors.passes.give("x" * 43, SHOP, -1)
    gone = services.doors.passes.give("x" * 43, "https://gone.example", 60)
    bad = ["x", "cookie", ".", body, f"{body}.", f"{body[:-2]}AA.{mac}", f"{good}0", late, gone]
    for shown in [*bad, "x" * 5000]:
        response = frame.get("/api/conversations", headers={HEADER: shown})
        assert (response.status_code, code(response)) == (401, "widget_session"), shown
    assert frame.get("/api/conversations", headers={HEADER: good}).status_code == 200


def test_a_login_that_comes_along_is_not_used(
    frame: httpx.Client, services: Services, everyone: Callers
) -> None:
    """On a site of the same domain browsers send it: the frame must not act for an owner."""
    owner = logged_in(services, everyone.account("owner"))
    both = owner | memory(frame)
    assert frame.get("/api/console/widget", headers=both).status_code == 403
    assert frame.get("/api/curated/answers", headers=both).status_code == 403
    assert frame.get("/api/console/widget", headers=owner).status_code == 200


def test_the_widget_is_a_door_of_its_own(
    bot: Bot, database: Database, spec: Spec, built: Path
) -> None:
    """Visitors of the page may be kept out, and those of a listed site let in."""
    access = spec.access.model_copy(update={"visitors": False})
    changed = {"widget": Widget(origins=(SHOP,)), "access": access}
    app = create_app(bot, database, spec.model_copy(update=changed), web=built)
    with served_app(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        assert client.get("/api/conversations").status_code == 401
        assert asked(client, memory(client)) == []


def test_http_elsewhere_gets_no_cookie(frame: httpx.Client, services: Services) -> None:
    """A browser would take none there."""
    services.host = "0.0.0.0"
    response = frame.post(SESSION, json={"origin": SHOP}, headers={"host": "bot.example"})
    assert response.json()["token"]
    assert "set-cookie" not in response.headers


# --- users of the site ---------------------------------------------------------------------------


def as_user(client: httpx.Client, user: str, signature: str = "", **more: object) -> Headers:
    response = visit(client, user=user, signature=signature or signed(user), **more)
    assert response.status_code == 200, response.text
    assert "set-cookie" not in response.headers  # whoever uses the browser next is somebody else
    return {HEADER: response.json()["token"]}


def test_a_user_of_the_site_is_the_same_everywhere(frame: httpx.Client) -> None:
    talk = begun(frame, as_user(frame, "4711"))
    assert asked(frame, as_user(frame, "4711")) == [talk]
    assert asked(frame, as_user(frame, "4712")) == []
    assert asked(frame, memory(frame)) == []
    soon = int(time.time()) + 600
    assert asked(frame, as_user(frame, "4711", signed("4711", soon), expires=soon)) == [talk]


def test_nobody_else_can_say_who_they_are(frame: httpx.Client) -> None:
    now = int(time.time())
    wrong: list[dict[str, object]] = [
        {"signature": ""},
        {"signature": "0" * 64},
        {"signature": signed("4712")},
        {"signature": signed("4711", secret="")},
        {"signature": "\u00e9"},
        {"signature": signed("4711", now - 5), "expires": now - 5},
        {"signature": signed("4711"), "expires": now + 60},
        {"signature": signed("4711", now + 10**9), "expires": now + 10**9},
    ]
    for values in wrong:
        response = visit(frame, user="4711", **values)
        assert (response.status_code, code(response)) == (403, "identity_not_valid"), values


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_secret_vouches_for_nobody(
    frame: httpx.Client, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("SHOP_SECRET", secret)
    response = visit(frame, user="4711", signature=signed("4711", secret=secret))
    assert code(response) == "identity_not_valid"


def test_a_user_of_the_site_can_be_erased(
    frame: httpx.Client, services: Services, spec: Spec
) -> None:
    mine = as_user(frame, "4711")
    begun(frame, mine)
    owner = visitor_id(visitor_of_user(services.doors.secret, "4711"))
    assert frame.get("/api/privacy", headers=mine).json()["person"] == owner
    assert services.people.rows.known(owner)
    services.people.erase(owner, "cli")
    assert not services.people.rows.known(owner)
    assert asked(frame, as_user(frame, "4711")) == []
    assert visitor_of_user(Secret("another" * 9), "4711") != visitor_of_user(
        services.doors.secret, "4711"
    )


# --- the console ---------------------------------------------------------------------------------


def test_the_console_shows_the_setup_and_no_secret(
    client: httpx.Client, services: Services, everyone: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = logged_in(services, everyone.account("owner"))
    got = client.get("/api/console/widget", headers=owner)
    assert got.json()["origins"] == [SHOP, OTHER]
    assert got.json()["identity"] == "ready"
    assert SECRET not in got.text
    monkeypatch.setenv("SHOP_SECRET", "short")
    assert client.get("/api/console/widget", headers=owner).json()["identity"] == "missing"
