"""Fetches pages of the web under strict rules: a bot's server must not be a way into its own network.

http and https alone, ports 80 and 443 and those that the owner named; every address that a name resolves
to must be public, and the connection goes to the very address that was looked at (so a name that resolves
differently a second time gains nothing); every redirect passes the same rules; size, time and type are
bounded. No proxy is used, no cookie kept, no password sent.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from chatwright.core.errors import DataError

PORTS = {"http": 80, "https": 443}
HOPS = 5
MOST = 20 << 20  # bytes of a page
WHOLE = 30.0  # seconds for a page, all redirects included
SILENCE = 10.0  # seconds without a byte
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/gzip": ".gz",
    "application/x-gzip": ".gz",
}
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?|[0-9a-f:.]+")
ODD = re.compile(r"[\x00-\x20\x7f\\]")
AGENT = "chatwright (+knowledge sync)"
NAT64 = ip_network("64:ff9b::/96")  # IPv4 in IPv6


class Refused(DataError):
    """An address that may not be fetched, or an answer that may not be kept."""


class Missing(Refused):
    """The host says that there is no such page (400 to 499, but 429)."""


class Page(NamedTuple):
    """What came: `url` is where it was found at the end, `suffix` says its type; `tag` asks for news later."""

    url: str
    body: bytes
    suffix: str
    tag: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host} has no address ({error}).", "Is the name right?") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


trusted = cache(ssl.create_default_context)


def public(address: str) -> bool:
    """Whether an address is one of the public internet; those that carry an IPv4 address are not."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and (
        parsed.ipv4_mapped or parsed.sixtofour or parsed.teredo
    ):
        return False
    if isinstance(parsed, IPv6Address) and (parsed in NAT64 or parsed.is_site_local):
        return False
    bad = parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified or parsed.is_private
    return parsed.is_global and not bad


@dataclass(frozen=True, slots=True)
class Egress:
    """How pages are fetched. `ports` are (host, port) that the owner named beside 80 and 443.

    `resolve`, `allowed` and `tls` are for tests: a fake resolver, a local server.
    """

    ports: frozenset[tuple[str, int]] = frozenset()
    resolve: Callable[[str, int], list[str]] = resolve
    allowed: Callable[[str], bool] = public
    tls: Callable[[], ssl.SSLContext] = trusted
    most: int = MOST
    whole: float = WHOLE
    any_type: bool = False  # whether what is no document is taken, too

    def fetch(self, url: str, tag: str = "") -> Page | None:
        """The page at `url`; None where it has not changed since `tag`. Raises `Refused`."""
        until = time.monotonic() + self.whole
        at = url
        for _ in range(HOPS + 1):
            place = checked(at, self.ports)
            answer = self._ask(place, tag, until)
            if isinstance(answer, Page) or answer is None:
                return answer
            following = _joined(at, answer)
            if place.scheme == "https" and urlsplit(following).scheme == "http":
                raise Refused(f"{url} redirects from https to http.", "Name the https address.")
            at = following
        raise Refused(f"{url} redirects more than {HOPS} times.", "Name the page that it leads to.")

    def _address(self, host: str, port: int) -> str:
        """The address that will be connected to, after all of the name's have been looked at."""
        found = self.resolve(host, port)
        bad = [one for one in found if not self.allowed(one)]
        if bad or not found:
            raise Refused(
                f"{host} is not in the public internet ({', '.join(bad) or 'no address'}).",
                "Put the document into the knowledge folder instead.",
            )
        return found[0]

    def _ask(self, place: SplitResult, tag: str, until: float) -> Page | str | None:
        """A page, None (not changed), or where it redirects to."""
        host, port = place.hostname or "", place.port or PORTS[place.scheme]
        address = self._address(host, port)
        left = until - time.monotonic()
        if left <= 0:
            raise Refused(f"{place.geturl()} took more than {self.whole:g} seconds.", "Try later.")
        connection = _Pinned(host, port, address, self.tls() if place.scheme == "https" else None)
        watch = threading.Timer(left, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request("GET", _target(place), headers=_headers(place, tag))
            answer = connection.getresponse()
            read = self._read(place, answer)
            if connection.over or answer.length:
                raise TimeoutError("it ended too early")
            return read
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            late = time.monotonic() >= until
            why = (
                f"more than {self.whole:g} seconds" if late else str(error) or type(error).__name__
            )
            raise Refused(f"{place.geturl()} cannot be fetched: {why}.", "Try later.") from error
        finally:
            watch.cancel()
            connection.close()

    def _read(self, place: SplitResult, answer: http.client.HTTPResponse) -> Page | str | None:
        url = place.geturl()
        if answer.status == 304:
            return None
        if answer.status in (301, 302, 303, 307, 308):
            return answer.headers.get("location") or ""
        if answer.status != 200:
            kind_of = Missing if 400 <= answer.status < 500 and answer.status != 429 else Refused
            raise kind_of(f"{url} answers {answer.status}.", "Is the page still there?")
        kind = (answer.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if kind not in TYPES and not self.any_type:
            raise Refused(
                f"{url} is {kind or 'of no type'}, which is no document.", "Leave it out."
            )
        body = self._bounded(url, answer)
        suffix = TYPES.get(kind, "")
        if suffix == ".gz":
            body, suffix = _unpacked(body, self.most), ".xml"
        tag = answer.headers.get("etag") or answer.headers.get("last-modified") or ""
        return Page(url, body, suffix, tag[:500])

    def _bounded(self, url: str, answer: http.client.HTTPResponse) -> bytes:
        body = answer.read(self.most + 1)
        packing = (answer.headers.get("content-encoding") or "identity").strip().lower()
        if packing in ("gzip", "x-gzip") and len(body) <= self.most:
            body = _unpacked(body, self.most)
        elif packing != "identity":
            raise Refused(f"{url} came packed as {packing}.", "It was asked for as it is.")
        if len(body) > self.most:
            raise Refused(f"{url} has more than {self.most >> 20} MiB.", "Split it.")
        return body


def checked(url: str, ports: frozenset[tuple[str, int]] = frozenset()) -> SplitResult:
    """The parts of an address that may be fetched; raises `Refused`."""
    problem = ""
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError as error:
        raise Refused(
            f"{url!r:.200} is no address ({error}).", "Write https://host/path."
        ) from error
    host = place.hostname or ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            problem = "its name cannot be written in ASCII"
    if ODD.search(url) or len(url) > 2000:
        problem = "it has signs that no address has, or is too long"
    elif place.scheme not in PORTS:
        problem = "only http and https are fetched"
    elif place.username is not None or place.password is not None:
        problem = "a name or password does not belong in it"
    elif not HOST.fullmatch(host) or "%" in host:
        problem = "it has no proper host"
    elif port not in (None, *PORTS.values()) and (host, port) not in ports:
        problem = f"port {port} is not named in [knowledge] urls"
    if problem:
        raise Refused(f"{url!r:.200} is not fetched: {problem}.", "Write https://host/path.")
    shown = f"[{host}]" if ":" in host else host
    return place._replace(netloc=shown if port is None else f"{shown}:{port}", fragment="")


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its host's name resolves to by now."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SILENCE)
        self._address, self._tls = address, tls
        self.over = False
        self._plain: socket.socket | None = (
            None  # http.client forgets its own before the body is read
        )

    def connect(self) -> None:
        self.sock = self._plain = socket.create_connection((self._address, self.port), SILENCE)
        if self._tls is not None:
            self.sock = self._plain = self._tls.wrap_socket(self.sock, server_hostname=self.host)
        if self.over:
            raise TimeoutError

    def cut(self) -> None:
        """Time is over: whoever reads or writes here gets an error."""
        self.over = True
        if self._plain is not None:
            with contextlib.suppress(OSError):
                self._plain.shutdown(socket.SHUT_RDWR)


def _joined(at: str, target: str) -> str:
    try:
        return urljoin(at, target)
    except ValueError as error:
        raise Refused(f"{at} redirects to no address ({error}).", "Name another page.") from error


def _target(place: SplitResult) -> str:
    path = quote(place.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(place.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def _headers(place: SplitResult, tag: str) -> Mapping[str, str]:
    headers = {
        "Host": place.netloc,
        "User-Agent": AGENT,
        "Accept-Encoding": "identity",
        "Accept": "*/*",
    }
    if tag and '"' in tag:
        headers["If-None-Match"] = tag
    elif tag:
        headers["If-Modified-Since"] = tag
    return headers


def _unpacked(body: bytes, most: int) -> bytes:
    """At most `most` + 1 bytes of what a gzip file holds."""
    return zlib.decompressobj(wbits=31).decompress(body, most + 1)
