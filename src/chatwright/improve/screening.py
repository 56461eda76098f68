"""What is wrong with a correction before anybody may accept it: read as text, by rules.

    screen("Call Ann at 555-0199 <script>", answer="...")  ->  ("script", "personal")

Pure. It refuses nothing: what it names is shown to whoever decides, and is never accepted together with
others. Whether a correction is true, it cannot know. What a rule does not see is not seen here either.
"""

from __future__ import annotations

import re

from chatwright.answer.guard_evidence import ROLE, TEMPLATE, neutralised
from chatwright.answer.guard_links import hosts_of
from chatwright.answer.guard_personal import ABROAD, Said
from chatwright.data.privacy import find
from chatwright.knowledge.grams import key

LONGEST = 2_000  # characters; and so many times the answer's, where that is more
TIMES = 4

EXPLAINED = {
    "empty": "It says nothing.",
    "unchanged": "It is the answer that was given, but for spelling.",
    "long": "It is far longer than an answer.",
    "script": "There is HTML or a script in it.",
    "control": "There are characters in it that no reader sees, or that turn what is seen around.",
    "secret": "There is a key or a password in it.",
    "personal": "There is personal data in it that the bot's owner has not published.",
    "link": "It leads to an address that the bot's owner does not name.",
    "injection": "It talks to a model: an instruction, or signs of a chat template.",
}

HTML = re.compile(
    r"</?[a-z][a-z0-9-]*(?:\s[^<>]{0,500})?/?>|<!--|<script|\bjavascript\s*:|\bvbscript\s*:|\bdata:text/html"
    r"|\bon[a-z]{3,20}\s*=\s*[\"'\w]",
    re.IGNORECASE,
)
# Control characters but for line ends and tabs; marks of direction and of nothing; tags; private use.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
PERSONAL = frozenset({"EMAIL", "IP", "IBAN", "CARD", "ID", "ADDRESS", "PHONE", "TITLE", "NAME"})
NOBODY = Said(lambda: ())


def screen(
    text: str,
    *,
    question: str = "",
    answer: str = "",
    public: Said = NOBODY,
    links: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The problems of a correction of `answer`, words of `EXPLAINED`; `public` is what the owner has said
    (bot.toml, documents), `links` hosts that may be led to (`[guard] links`)."""
    if not text.strip():
        return ("empty",)
    checks = {
        "unchanged": bool(answer) and key(text) == key(answer),
        "long": len(text) > max(LONGEST, TIMES * len(answer)),
        "script": HTML.search(text) is not None,
        "control": UNSEEN.search(text) is not None,
        **_values(UNSEEN.sub("", text), public, links),
        "injection": _talks_to_a_model(text),
    }
    return tuple(problem for problem, there in checks.items() if there)


def _values(text: str, public: Said, links: tuple[str, ...]) -> dict[str, bool]:
    secret = personal = False
    urls = [] if "*" in links else ABROAD.findall(text)
    for span in find([text])[0]:
        value = text[span.start : span.end]
        if span.type == "KEY":
            secret = True
        elif span.type == "URL" and "*" not in links:
            urls.append(value)
        elif span.type in PERSONAL and not public.has(value, span.type):
            personal = True
    hosts = {host or "" for url in urls for host in hosts_of(url)}
    own = public.hosts() | set(links) if hosts else set()
    leads = any(host not in own and not _below(host, links) for host in hosts - {""})
    return {"secret": secret, "personal": personal, "link": leads}


def _below(host: str, links: tuple[str, ...]) -> bool:
    return any(host.endswith(f".{link}") for link in links)


def _talks_to_a_model(text: str) -> bool:
    seen = UNSEEN.sub("", text)
    signs = TEMPLATE.search(seen) is not None or ROLE.search(seen) is not None
    return signs or bool(neutralised(seen).orders)
