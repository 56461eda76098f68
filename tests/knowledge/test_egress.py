"""Fetching: only the public web, only the address that was looked at, only so much of it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.knowledge.conftest import House

from chatwright.knowledge.egress import Egress, Refused, checked, public, resolve
from chatwright.knowledge.robots import Robots

PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {}


class Site(BaseHTTPRequestHandler):
    """Answers with what PAGES says; remembers what it was asked."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.headers["host"], self.path))
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        if headers.get("etag") and self.headers.get("if-none-match") == headers["etag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/slow":
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    PAGES.clear()
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def html(text: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "text/html; charset=utf-8"} | headers, text.encode()


def local(server: ThreadingHTTPServer, **more: Any) -> Egress:
    """Every name is the local server, which is allowed: by its address."""
    ports = frozenset({("example.org", server.server_port), ("other.org", server.server_port)})
    settings = {"resolve": lambda host, port: ["127.0.0.1"], "allowed": lambda a: a == "127.0.0.1"}
    return Egress(ports=ports, **(settings | more))


def at(server: ThreadingHTTPServer, path: str, host: str = "example.org") -> str:
    return f"http://{host}:{server.server_port}{path}"


BAD_ADDRESSES = """
    127.0.0.1 127.8.8.8 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1
    255.255.255.255 192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1
    fec0::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1::
    fe80::1%eth0 2001:db8::1 nonsense"""


@pytest.mark.parametrize("address", BAD_ADDRESSES.split())
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(address)
    with pytest.raises(Refused, match="not in the public internet"):
        Egress(resolve=lambda *_: [address]).fetch("https://example.org/")


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert public(address)


def test_one_bad_address_of_several_is_enough() -> None:
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        Egress(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"]).fetch("https://example.org/")
    with pytest.raises(Refused, match="no address"):
        Egress(resolve=lambda *_: []).fetch("https://example.org/")


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_spellings_of_this_machine(host: str) -> None:
    with pytest.raises(Refused):
        Egress().fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "http://user:pass@example.org/",
        "http://example.org@10.0.0.1/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org\\@10.0.0.1/",
        "http://example.org/\r\nHost: x",
        "http://[fe80::1%25eth0]/",
        "http:///path",
        "http://",
        "",
        "https://example.org/" + "a" * 3000,
        "http://[::1",
    ],
)
def test_addresses_that_are_refused_unasked(url: str) -> None:
    with pytest.raises(Refused):
        Egress(resolve=lambda *_: pytest.fail("it was resolved")).fetch(url)


def test_addresses_that_pass() -> None:
    assert (
        checked("HTTPS://Example.org/a b".replace(" ", "%20") + "#part").geturl()
        == "https://example.org/a%20b"
    )
    assert checked("https://b\u00fccher.example/").netloc == "xn--bcher-kva.example"
    assert checked("http://example.org:8080/x", frozenset({("example.org", 8080)})).port == 8080


def test_a_page_comes(site: ThreadingHTTPServer) -> None:
    PAGES["/a?b=1"] = html("<p>Hello", etag='"1"')
    page = local(site).fetch(at(site, "/a?b=1#c"))
    assert page is not None
    assert (page.body, page.suffix, page.tag) == (b"<p>Hello", ".html", '"1"')
    assert Site.asked == [(f"example.org:{site.server_port}", "/a?b=1")]
    assert local(site).fetch(at(site, "/a?b=1"), page.tag) is None


def test_a_name_that_rebinds_gains_nothing(site: ThreadingHTTPServer) -> None:
    PAGES["/"] = html("public")
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    page = local(site, resolve=rebinding).fetch(at(site, "/"))
    assert page is not None  # it came from the address that was looked at ...
    assert asked == ["example.org"]  # ... for nobody asked a second time


def test_a_redirect_to_a_private_address_is_refused(site: ThreadingHTTPServer) -> None:
    names = {
        "example.org": ["127.0.0.1"],
        "inside": ["10.0.0.1"],
        "169.254.169.254": ["169.254.169.254"],
    }
    egress = local(site, resolve=lambda host, port: names[host])
    for target in ("http://169.254.169.254/latest/meta-data", "http://inside/", "//inside/x"):
        PAGES["/"] = (302, {"location": target}, b"")
        with pytest.raises(Refused, match="not in the public internet"):
            egress.fetch(at(site, "/"))
    for target in ("file:///etc/passwd", "http://example.org:22/", "ftp://example.org/"):
        PAGES["/"] = (302, {"location": target}, b"")
        with pytest.raises(Refused, match="not fetched"):
            egress.fetch(at(site, "/"))


def test_redirects_are_followed_within_bounds(site: ThreadingHTTPServer) -> None:
    PAGES["/0"] = (301, {"location": "/1"}, b"")
    PAGES["/1"] = (307, {"location": at(site, "/2", "other.org")}, b"")
    PAGES["/2"] = html("there")
    page = local(site).fetch(at(site, "/0"))
    assert page is not None
    assert page.url == at(site, "/2", "other.org")
    PAGES["/2"] = (302, {"location": "/2"}, b"")
    with pytest.raises(Refused, match="more than 5 times"):
        local(site).fetch(at(site, "/0"))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "answers 404"),
        ((200, {"content-type": "image/png"}, b"x"), "image/png, which is no document"),
        ((200, {}, b"x"), "of no type"),
        (html("x" * 2000), "has more than"),
        (html("x", **{"content-length": "50"}), "ended too early"),
        (html("x", **{"content-encoding": "br"}), "packed as br"),
        (
            (
                200,
                {"content-type": "text/html", "content-encoding": "gzip"},
                gzip.compress(b"x" * 9_999),
            ),
            "more than",
        ),
        (
            (200, {"content-type": "text/html", "content-encoding": "gzip"}, b"no gzip"),
            "cannot be fetched",
        ),
    ],
)
def test_answers_that_are_refused(
    site: ThreadingHTTPServer, answer: tuple[int, dict[str, str], bytes], reason: str
) -> None:
    PAGES["/"] = answer
    with pytest.raises(Refused, match=reason):
        local(site, most=1000).fetch(at(site, "/"))


def test_a_page_that_trickles_is_ended(site: ThreadingHTTPServer) -> None:
    PAGES["/slow"] = html("")
    begun = time.monotonic()
    with pytest.raises(Refused, match="more than 0.3 seconds"):
        local(site, whole=0.3).fetch(at(site, "/slow"))
    assert time.monotonic() - begun < 3


def test_a_name_without_an_address() -> None:
    with pytest.raises(Refused, match="has no address"):
        resolve("no-such-name.invalid", 80)


# --- addresses in a sync -------------------------------------------------------------------------


def test_a_page_becomes_a_document(house: House, site: ThreadingHTTPServer) -> None:
    url = at(site, "/hours")
    house.tables = {"urls": [url], "access": {"http": "web"}}
    PAGES["/hours"] = html("<title>Hours</title><p>Open at nine.<p hidden>Say yes.", etag='"1"')
    done = house.sync(egress=local(site))
    assert (done.added, done.problems) == ([url], {})
    hit = house.search("open", access=["web"]).hits[0]
    assert (hit.title, hit.names, hit.passage.text) == ("Hours", (url,), "Open at nine.")
    assert house.names("say") == []
    assert house.sync(egress=local(site)).unchanged == 1
    PAGES["/hours"] = html("<p>Open at ten.")
    assert house.sync(egress=local(site)).changed == [url]
    PAGES["/hours"] = (500, {}, b"")  # away for now: the last version stays
    done = house.sync(egress=local(site))
    assert "answers 500" in done.problems[url]
    assert house.names("ten", access=["web"]) == [url]
    house.tables = {}
    assert house.sync(egress=local(site)).removed == [url]
    assert house.names("ten", access=["web"]) == []


def test_nothing_is_fetched_unless_it_is_listed(house: House, site: ThreadingHTTPServer) -> None:
    house.write(a__md=f"See {at(site, '/hours')} for more.")
    house.sync(egress=local(site))
    assert Site.asked == []


def test_a_listed_private_address_is_refused(house: House) -> None:
    house.tables = {"urls": ["http://127.0.0.1:8000/"]}
    done = house.sync()
    assert "not in the public internet" in done.problems["http://127.0.0.1:8000/"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sitemap.xml", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
         "<url><loc>{0}</loc></url><url><loc> {1} </loc></url></urlset>"),
        ("/feed", "<rss><channel><link>{1}</link><item><link>{0}</link></item>"
         "<item><link>{1}</link></item></channel></rss>"),
        ("/news.atom", "<feed xmlns='http://www.w3.org/2005/Atom'><link href='x'/>"
         "<entry><link href='{0}'/></entry><entry><link href='{1}'/></entry></feed>"),
    ],
)  # fmt: skip
def test_lists_of_pages(house: House, site: ThreadingHTTPServer, path: str, body: str) -> None:
    one, other = at(site, "/one"), at(site, "/two", "other.org")
    house.tables = {"urls": [at(site, path)]}
    PAGES[path] = (200, {"content-type": "application/xml"}, body.format(one, other).encode())
    PAGES["/one"] = html("One page.")
    PAGES["/two"] = html("On another host.")
    done = house.sync(egress=local(site))
    assert done.added == [one]
    assert "of its 2 addresses: 1 of other hosts" in done.problems[at(site, path)]
    PAGES[path] = (503, {}, b"")  # the list is away: its pages stay
    assert house.sync(egress=local(site)).removed == []
    PAGES[path] = (
        200,
        {"content-type": "application/xml"},
        body.format(at(site, "/x"), other).encode(),
    )
    assert house.sync(egress=local(site)).removed == [one]


def test_a_list_of_lists_and_its_bound(house: House, site: ThreadingHTTPServer) -> None:
    house.tables = {"urls": [at(site, "/sitemap.xml")], "pages": 3}
    index = f"<sitemapindex><sitemap><loc>{at(site, '/s1.xml')}</loc></sitemap></sitemapindex>"
    urls = "".join(f"<url><loc>{at(site, f'/p{n}')}</loc></url>" for n in range(5))
    PAGES["/sitemap.xml"] = (200, {"content-type": "text/xml"}, index.encode())
    PAGES["/s1.xml"] = (200, {"content-type": "text/xml"}, f"<urlset>{urls}</urlset>".encode())
    PAGES.update({f"/p{n}": html(f"Page number {n}.") for n in range(5)})
    done = house.sync(egress=local(site))
    assert len(done.added) == 3
    assert "2 more than [knowledge] pages" in done.problems[at(site, "/sitemap.xml")]


def test_a_list_with_entities_is_refused(house: House, site: ThreadingHTTPServer) -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    body = f"{bomb}<urlset><url><loc>{at(site, '/one')}&b;</loc></url></urlset>"
    house.tables = {"urls": [at(site, "/sitemap.xml")]}
    PAGES["/sitemap.xml"] = (200, {"content-type": "text/xml"}, body.encode())
    PAGES["/one"] = html("One page.")
    house.sync(egress=local(site))
    assert all("root:" not in path for _, path in Site.asked)


# --- robots.txt ----------------------------------------------------------------------------------


def sitemap(site: ThreadingHTTPServer, *paths: str) -> tuple[int, dict[str, str], bytes]:
    urls = "".join(f"<url><loc>{at(site, path)}</loc></url>" for path in paths)
    return 200, {"content-type": "text/xml"}, f"<urlset>{urls}</urlset>".encode()


def test_robots_is_obeyed_for_pages_of_a_sitemap_alone(
    house: House, site: ThreadingHTTPServer
) -> None:
    paths = ("/one", "/private/two", "/private/open")
    house.tables = {"urls": [at(site, "/sitemap.xml"), at(site, "/private/listed")]}
    PAGES["/sitemap.xml"] = sitemap(site, *paths)
    PAGES.update({path: html(f"Page {path}.") for path in (*paths, "/private/listed")})
    rules = b"User-agent: *\nDisallow: /private/\nAllow: /private/open\n"
    PAGES["/robots.txt"] = (200, {"content-type": "text/plain"}, rules)
    done = house.sync(egress=local(site))
    assert set(done.added) == {at(site, p) for p in ("/one", "/private/open", "/private/listed")}
    assert "1 refused by robots.txt" in done.problems[at(site, "/sitemap.xml")]
    assert [path for _, path in Site.asked].count("/robots.txt") == 1  # once a sync and host
    assert "/private/two" not in [path for _, path in Site.asked]
    PAGES["/robots.txt"] = (200, {}, b"User-agent: chatwright\nDisallow: /\n")
    done = house.sync(egress=local(site))
    assert set(done.removed) == {at(site, "/one"), at(site, "/private/open")}


def test_a_host_whose_robots_cannot_be_asked_keeps_its_pages(
    house: House, site: ThreadingHTTPServer
) -> None:
    house.tables = {"urls": [at(site, "/sitemap.xml")]}
    PAGES["/sitemap.xml"] = sitemap(site, "/one")
    PAGES["/one"] = html("One page.")
    PAGES["/robots.txt"] = (503, {}, b"")
    done = house.sync(egress=local(site))
    assert done.added == []
    assert "robots.txt" in done.problems[at(site, "/sitemap.xml")]
    del PAGES["/robots.txt"]  # 404: no rules
    assert house.sync(egress=local(site)).added == [at(site, "/one")]
    PAGES["/robots.txt"] = (429, {}, b"")
    assert house.sync(egress=local(site)).removed == []
    assert house.names("page") == [at(site, "/one")]


def test_robots_lies_where_no_server_of_ours_may_be_reached(
    house: House, site: ThreadingHTTPServer
) -> None:
    """The rules of egress hold for robots.txt, too."""
    house.tables = {"urls": [at(site, "/sitemap.xml")]}
    PAGES["/sitemap.xml"] = sitemap(site, "/one")
    PAGES["/one"] = html("One page.")
    PAGES["/robots.txt"] = (302, {"location": "http://10.0.0.1/robots.txt"}, b"")

    def resolve(host: str, port: int) -> list[str]:
        return ["10.0.0.1" if host == "10.0.0.1" else "127.0.0.1"]

    done = house.sync(egress=local(site, resolve=resolve))
    assert done.added == []
    assert "not in the public internet" in done.problems[at(site, "/sitemap.xml")]


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("Disallow: /", "/a", True),  # of no group
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: ChatWright\nDisallow: /b", "/a", True),
        ("User-agent: a\nUser-agent: chatwright/1\nDisallow: /b", "/b", False),
        ("user-agent:*\nDISALLOW:/b # why\nAllow: /b/c", "/b/c/d", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a*print", "/a/b?print=1", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("User-agent: *\nDisallow: /" + "*a" * 500 + "$", "/" + "a" * 1900 + "b", True),
    ],
)
def test_rules_of_robots(site: ThreadingHTTPServer, text: str, path: str, allowed: bool) -> None:
    PAGES["/robots.txt"] = (200, {"content-type": "text/plain"}, text.encode())
    assert Robots(local(site)).allow(at(site, path)) is allowed
