"""robots.txt (RFC 9309): whether a page that a sitemap or feed names may be fetched.

Asked for those alone: a page that the owner lists by itself is theirs to use. The longest rule that fits
counts, `*` and a `$` at the end as the RFC has them, which urllib.robotparser does not know. No rules (404)
allow all; a host that cannot say now allows nothing now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from chatwright.knowledge.egress import Egress, Missing

NAME = "chatwright"
MOST = 512 << 10  # bytes that are looked at, as the RFC asks for


class Robots:
    """The rules of each host, asked for once. Raises `DataError` where a host cannot say."""

    def __init__(self, egress: Egress) -> None:
        self._egress = replace(egress, any_type=True)
        self._known: dict[str, tuple[Rule, ...]] = {}

    def allow(self, url: str) -> bool:
        place = urlsplit(url)
        origin = f"{place.scheme}://{place.netloc}"
        if origin not in self._known:
            try:
                page = self._egress.fetch(f"{origin}/robots.txt")
                body = b"" if page is None else page.body[:MOST]
            except Missing:
                body = b""
            self._known[origin] = rules(body.decode("utf-8-sig", "replace"))
        path = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
        found = [one for one in self._known[origin] if one.fits(path)]
        # Of two of the same length the one that allows counts.
        return max(((len(one.pattern), one.allowed) for one in found), default=(0, True))[1]


def rules(text: str) -> tuple[Rule, ...]:
    """Those of the groups for us, else of the groups for everybody."""
    groups: dict[str, list[Rule]] = {}
    agents: list[str] = []
    naming = False  # the last line named an agent, too
    for line in text.splitlines():
        name, found, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not found:
            continue
        if name == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            groups |= {one: groups.get(one, []) for one in agents}
            naming = True
        elif name in ("allow", "disallow"):
            naming = False
            if value:
                for one in agents:
                    groups[one].append(Rule(name == "allow", value))
    own = [one for one in groups if one.split("/")[0].strip() == NAME]
    return tuple(rule for one in own or ["*"] for rule in groups.get(one, []))


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the file: `pattern` may have stars, and a $ at its end."""

    allowed: bool
    pattern: str

    def fits(self, path: str) -> bool:
        """In time that grows with the lengths alone, whatever the pattern is."""
        first, *others = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at, whole = len(first), self.pattern.endswith("$")
        last = others.pop() if whole and others else None
        for part in others:
            at = path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        if not whole:
            return True
        return at == len(path) if last is None else path[at:].endswith(last)
