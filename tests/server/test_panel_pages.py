"""A rater's way through a panel over HTTP: every form and refusal, and nothing that names a contestant."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from urllib.parse import urlencode

import httpx
import pytest
from tests.server.callers import Callers

from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.panel_records import PanelAnswer, PanelItem, PanelKind, PanelRecord
from chatwright.store.panels import Panels
from chatwright.store.stamps import new_id, now

SCRIPT = "<script>alert(1)</script>"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def make(
    database: Database, kind: PanelKind = "pairs", bot: str = "library", name: str = "p"
) -> PanelRecord:
    about = {"contestant-x": "release 1", "contestant-y": "release 2"}
    record = PanelRecord(
        new_id(), bot, name, kind, f"Compare {SCRIPT}.", about, 5, 4, 1, 0, {}, now()
    )
    rows = []
    for place in range(1, 6):
        answers = [
            PanelAnswer("contestant-x", f"one {place} {SCRIPT}"),
            PanelAnswer("contestant-y", f"two {place}\n</div>"),
        ]
        history = ({"role": "user", "content": f"before {SCRIPT}"},) if place == 1 else ()
        rows.append(
            PanelItem(
                new_id(),
                place,
                f"What & why {place}? {SCRIPT}",
                history,
                tuple(answers if kind == "pairs" else answers[:1]),
                place == 5,
            )
        )
    return Panels(database).create(record, rows)


@pytest.fixture
def panel(database: Database) -> PanelRecord:
    return make(database)


@pytest.fixture
def link(database: Database, panel: PanelRecord) -> str:
    return f"/panel/{Panels(database).invite(panel.id, 'anna <b>')[1]}"


def fields(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return {name: html.unescape(value) for name, value in found}


def send(client: httpx.Client, link: str, values: dict[str, str], **headers: str) -> httpx.Response:
    return client.post(link, content=urlencode(values), headers=FORM | headers)


def test_the_whole_way(
    client: httpx.Client, link: str, database: Database, panel: PanelRecord
) -> None:
    start = client.get(link)
    assert start.status_code == 200 and "4 questions, 0 of them done" in start.text
    assert not Panels(database).votes(panel.id)  # whoever only looks at the link is given nothing
    seen = []
    for number, choice in enumerate(("left", "right", "tie", "bad"), 1):
        page = client.get(f"{link}?go=1")
        assert f"Question {number} of 4" in page.text
        assert page.text.count("<button") == 4
        values = fields(page) | {"choice": choice, "comment": f"says {SCRIPT}"}
        seen.append(values["item"])
        done = send(client, link, values)
        assert done.status_code == 303 and done.headers["location"] == f"{link}?go=1"
    assert len(set(seen)) == 4
    end = client.get(f"{link}?go=1")
    assert "Thank you" in end.text and "4 answers" in end.text
    votes = Panels(database).votes(panel.id)
    assert [vote.choice for vote in votes] == ["left", "right", "tie", "bad"]
    assert {vote.comment for vote in votes} == {f"says {SCRIPT}"}
    assert "4 questions, 4 of them done" in client.get(link).text


def test_pages_are_plain_and_closed(client: httpx.Client, link: str) -> None:
    for page in (client.get(link), client.get(f"{link}?go=1")):
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy
        for style in re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert "set-cookie" not in page.headers
        assert "contestant" not in page.text and "release" not in page.text
        assert SCRIPT not in page.text
        assert page.text.count("<script") == 1  # the keys
        assert '<html lang="en">' in page.text and 'name="viewport"' in page.text
    assert "anna &lt;b&gt;" in client.get(link).text
    script = client.get("/panel/keys.js")
    assert script.status_code == 200 and script.headers["content-type"].startswith(
        "text/javascript"
    )


def test_a_form_sent_twice_changes_nothing(
    client: httpx.Client, link: str, database: Database, panel: PanelRecord
) -> None:
    values = fields(client.get(f"{link}?go=1"))
    assert send(client, link, values | {"choice": "left"}).status_code == 303
    assert send(client, link, values | {"choice": "right"}).status_code == 303
    (vote,) = Panels(database).votes(panel.id)
    assert vote.choice == "left"


def test_another_raters_question_is_refused(
    client: httpx.Client, link: str, database: Database, panel: PanelRecord
) -> None:
    hers = fields(client.get(f"{link}?go=1"))
    other = f"/panel/{Panels(database).invite(panel.id, 'ben')[1]}"
    refused = send(client, other, hers | {"choice": "left"})
    assert refused.status_code == 404 and "was not given to you" in refused.text
    his = fields(client.get(f"{other}?go=1"))
    wrong = next(item.id for item in Panels(database).items(panel.id) if item.id != his["item"])
    assert send(client, other, his | {"item": wrong, "choice": "left"}).status_code == 404
    assert send(client, other, his | {"place": "2", "choice": "left"}).status_code == 404
    assert not [vote for vote in Panels(database).votes(panel.id) if vote.voted_at]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"choice": "contestant-x"},
        {"choice": "left", "place": "0"},
        {"choice": "left", "place": "x"},
        {"choice": "left", "item": "x" * 65},
        {"choice": "left", "comment": "x" * 20_001},
        {f"field{n}": "" for n in range(12)},
    ],
    ids=lambda values: "-".join(values) or "nothing",
)
def test_forms_that_are_not_whole(client: httpx.Client, link: str, values: dict[str, str]) -> None:
    known = fields(client.get(f"{link}?go=1"))
    refused = send(client, link, known | values)
    assert refused.status_code == 400 and "This does not work" in refused.text


def test_what_is_no_form(client: httpx.Client, link: str) -> None:
    assert client.post(link, json={"choice": "left"}).status_code == 415
    assert client.post(link, content=b"choice=\xff\xfe", headers=FORM).status_code == 400
    assert client.post(link, content=b"choice=" + b"x" * 1_000_001, headers=FORM).status_code == 413


def test_another_site_cannot_vote(
    client: httpx.Client, link: str, database: Database, panel: PanelRecord
) -> None:
    values = fields(client.get(f"{link}?go=1")) | {"choice": "left"}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert send(client, link, values, **headers).status_code == 403
    assert not [vote for vote in Panels(database).votes(panel.id) if vote.voted_at]
    assert send(client, link, values, **{"sec-fetch-site": "same-origin"}).status_code == 303


def test_links_that_lead_nowhere(
    client: httpx.Client, database: Database, panel: PanelRecord
) -> None:
    panels = Panels(database)
    for token in ("x", "x" * 43, "x" * 101, "..%2f", "%00"):
        assert client.get(f"/panel/{token}").status_code in (400, 404)
    _, old = panels.invite(panel.id, "old", expires_at="2020-01-01T00:00:00.000Z")
    _, gone = panels.invite(panel.id, "gone")
    panels.revoke(panel.id, "gone")
    foreign = make(database, bot="other")
    _, elsewhere = panels.invite(foreign.id, "else")
    for token, word in ((old, "expired"), (gone, "revoked")):
        for page in (client.get(f"/panel/{token}?go=1"), client.get(f"/panel/{token}")):
            assert page.status_code == 410 and word in page.text
        assert (
            send(
                client, f"/panel/{token}", {"place": "1", "item": "x", "choice": "tie"}
            ).status_code
            == 410
        )
    assert client.get(f"/panel/{elsewhere}").status_code == 404


def test_a_closed_panel_takes_no_vote(
    client: httpx.Client, link: str, database: Database, panel: PanelRecord
) -> None:
    values = fields(client.get(f"{link}?go=1")) | {"choice": "left"}
    Panels(database).close(panel.id)
    refused = send(client, link, values)
    assert refused.status_code == 410 and "closed" in refused.text
    assert client.get(f"{link}?go=1").status_code == 410


def test_ratings_have_five_buttons(client: httpx.Client, database: Database) -> None:
    panel = make(database, "ratings", name="r")
    link = f"/panel/{Panels(database).invite(panel.id, 'anna')[1]}"
    page = client.get(f"{link}?go=1")
    assert page.text.count("<button") == 5 and "Answer 2" not in page.text
    assert send(client, link, fields(page) | {"choice": "6"}).status_code == 400
    assert send(client, link, fields(page) | {"choice": "4"}).status_code == 303
    assert Panels(database).votes(panel.id)[0].score == 4


def test_it_needs_no_login_where_everything_else_does(
    client: httpx.Client, services: Services, link: str, everyone: Callers
) -> None:
    services.host = "0.0.0.0"
    assert client.get("/api/conversations").status_code == 401
    assert client.get(link).status_code == 200
    for make_headers in everyone.all().values():  # and nobody's key or cookie opens more
        assert client.get(f"/panel/{'x' * 43}", headers=make_headers()).status_code == 404
    assert client.delete(link).status_code in (401, 405)


def test_whoever_asks_too_often_waits(
    client: httpx.Client, services: Services, link: str, spec: Spec
) -> None:
    services.doors.spec = spec.model_copy(
        update={
            "limits": spec.limits.model_copy(update={"requests_per_minute": 3}),
            "server": spec.server.model_copy(update={"trusted_proxies": ("127.0.0.1",)}),
        }
    )
    caller = services.doors.anybody({"type": "http", "client": ("203.0.113.9", 1)})
    assert caller.limits.requests_per_minute == 3 and caller.counted.startswith("anybody:")
    here = services.doors.anybody({"type": "http", "client": ("127.0.0.1", 1)})
    assert here.limits.requests_per_minute == 0  # this machine's own
