"""The documentation as a site: every page has a place, every link leads somewhere, all of it is here."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from chatwright.server.app import ROUTES

pytest.importorskip("mkdocs", reason="not installed: pip install 'chatwright[docs]'")
ROOT = Path(__file__).resolve().parent.parent
NAV = (ROOT / "mkdocs.yml").read_text("utf-8")
MADE = {"http.md"}  # by scripts/site, in the site alone


def load(name: str) -> ModuleType:
    """A module of scripts/site, as MkDocs loads it."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / "site" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def build() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "scripts" / "site"))
    yield load("build")
    sys.path.remove(str(ROOT / "scripts" / "site"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built strictly: MkDocs' warnings (links, anchors, pages without a place) are errors."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return folder


class Elements(HTMLParser):
    """What a page names: its anchors, its links, and what a browser would load for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.mermaid = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        self.mermaid |= "mermaid" in found.get("class", "").split()
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" and found.get("rel") not in ("prev", "next", "canonical"):
            self.loads.append(found.get("href", ""))
        elif tag != "a":
            self.loads += [found[name] for name in ("src", "data", "poster") if name in found]


def nav_of(text: str) -> Any:
    return yaml.safe_load(text)["nav"]


def homeless(nav: Any, pages: list[str], build: ModuleType) -> list[str]:
    """Pages without a place in the navigation, and places without a page, said so that it helps."""
    placed = list(build.leaves(build.spread(nav, pages)))
    there = {*pages, *MADE, *build.PROJECT}
    twice = {page for page in placed if placed.count(page) > 1}
    lost, empty = sorted(set(pages) - set(placed)), sorted(set(placed) - there)
    found = [f"docs/{page} has no place: name it under `nav` in mkdocs.yml" for page in lost]
    found += [f"mkdocs.yml names {page}, which is not in docs/" for page in empty]
    return found + [f"mkdocs.yml names {page} twice" for page in sorted(twice)]


def test_every_page_has_a_place(build: ModuleType) -> None:
    pages = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
    assert not homeless(nav_of(NAV), pages, build)


def test_a_page_without_a_place_is_named(build: ModuleType) -> None:
    nav = [{"Run": ["a.md", "deploy*.md", "gone.md"]}, "http.md"]
    assert homeless(nav, ["a.md", "b.md", "deploy.md", "deploy-vps.md"], build) == [
        "docs/b.md has no place: name it under `nav` in mkdocs.yml",
        "mkdocs.yml names gone.md, which is not in docs/",
    ]
    assert homeless(["a.md", "a.md"], ["a.md"], build) == ["mkdocs.yml names a.md twice"]
    assert not homeless(["a-b.md", {"More": ["a*.md"]}], ["a-b.md", "a-c.md"], build)


def test_a_star_is_replaced_by_its_pages(build: ModuleType) -> None:
    nav = ["a.md", {"Channels": ["channel*.md"]}, {"Empty": ["x*.md"]}]
    assert build.spread(nav, ["channels.md", "channels-slack.md"]) == [
        "a.md",
        {"Channels": ["channels.md", "channels-slack.md"]},
    ]


def test_links_out_of_docs_lead_to_their_page_or_become_words(build: ModuleType) -> None:
    assert build.relinked("[r](../bench/RESULTS.md#x)", "gate.md") == "[r](project/results.md#x)"
    assert build.relinked("[g](docs/guard.md)", "project/security.md") == "[g](../guard.md)"
    assert build.relinked("[the `Makefile`](../Makefile)", "gate.md") == "the `Makefile`"
    for kept in ("[x](gone.md)", "[x](https://example.org/)", "[x](#here)"):
        assert build.relinked(kept, "gate.md") == kept


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = {path: Elements(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 40
    bad = []
    for path, page in pages.items():
        bad += [f"{path.name} loads {url}" for url in page.loads if re.match(r"(\w+:)?//", url)]
        assert not page.mermaid, f"{path.name}: Material loads Mermaid from another host"
        for link in [*page.links, *page.loads]:
            bad += dead(link, path, pages, site)
    for style in site.rglob("*.css"):
        bad += re.findall(r"url\(\s*['\"]?https?:[^)]*\)", style.read_text("utf-8"))
    assert not bad


def dead(link: str, path: Path, pages: dict[Path, Elements], site: Path) -> list[str]:
    """A link within the site to a file or an anchor that is not there."""
    if re.match(r"(\w+:|//)", link) or path.name == "404.html":
        return []
    name, _, anchor = link.partition("#")
    target = (path.parent / unquote(name)).resolve() if name else path
    target = target / "index.html" if target == site.resolve() else target
    if not target.exists():
        return [f"{path.name}: {link}"]
    lost = anchor and target in pages and unquote(anchor) not in {*pages[target].ids, "__top"}
    return [f"{path.name}: {link}"] if lost else []


def test_a_dead_link_and_another_host_are_seen(tmp_path: Path) -> None:
    at = tmp_path / "a.html"
    at.write_text(
        '<link href="//cdn.example/x.css"><a href="b.html"></a><a href="#no"></a><p id="yes">'
    )
    page = Elements(at.read_text())
    assert page.loads == ["//cdn.example/x.css"]
    found = [dead(link, at, {at: page}, tmp_path) for link in [*page.links, "#yes"]]
    assert found == [["a.html: b.html"], ["a.html: #no"], []]


def test_the_search_finds_words_of_pages(site: Path) -> None:
    docs = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    words = {
        "how-a-model-lives.html": "rollback",
        "project/changelog.html": "rollback",
        "http.html": "tokenize",
        "python.html": "Conversation",
    }
    for page, word in words.items():
        text = " ".join(doc["text"] for doc in docs if doc["location"].startswith(page))
        assert word in text, f"{word} is not found in {page}"


def test_every_route_is_described_from_the_code(site: Path) -> None:
    page = (site / "http.html").read_text("utf-8")
    paths = [route.path for route in ROUTES if getattr(route, "include_in_schema", False)]
    told = {re.sub(r"\{(\w+):\w+\}", r"{\1}", path) for path in paths}
    assert len(told) > 100
    assert not [path for path in told if f"<code>{path}</code>" not in page]


def test_the_inside_is_described_from_the_code(site: Path) -> None:
    page = (site / "python.html").read_text("utf-8")
    for name in ("core.types.Conversation", "answer.bot.Bot.reply", "core.errors.ContextTooLong"):
        assert f'id="chatwright.{name}"' in page
