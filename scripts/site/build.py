"""What MkDocs does not do by itself: pages made from code, pages from outside docs/, stars in the navigation.

MkDocs calls the functions named `on_...`. Nothing here is written into docs/: what is made exists in
the site alone.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import http_reference
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent.parent
# Files outside docs/ that are pages all the same: where they stand in the site, and in the repository.
PROJECT = {
    "project/results.md": "bench/RESULTS.md",
    "project/decisions.md": "DECISIONS.md",
    "project/changelog.md": "CHANGELOG.md",
    "project/contributing.md": "CONTRIBUTING.md",
    "project/security.md": "SECURITY.md",
}
LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s]+)((?:#[^)\s]*)?)\)")


def on_config(config: Any) -> Any:
    """The navigation with its stars replaced by pages."""
    pages = sorted(path.name for path in Path(config.docs_dir).glob("*.md"))
    config.nav = spread(config.nav, pages)
    return config


def on_files(files: Files, config: Any) -> Files:
    """docs/, and the pages that are not there."""
    for uri, name in PROJECT.items():
        files.append(File.generated(config, uri, content=(ROOT / name).read_text("utf-8")))
    files.append(File.generated(config, "http.md", content=http_reference.page()))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links as they work in the repository, made to work in the site."""
    return relinked(markdown, page.file.src_uri)


def spread(nav: Any, pages: list[str]) -> Any:
    """`nav` with every entry like "deploy*.md" replaced by the pages of that name that it does not name
    elsewhere; an empty section goes."""
    named = set(leaves(nav))
    return _spread(nav, [page for page in pages if page not in named])


def leaves(nav: Any) -> Iterator[str]:
    """What `nav` names, stars included."""
    if isinstance(nav, str):
        yield nav
    else:
        for below in nav.values() if isinstance(nav, dict) else nav:
            yield from leaves(below)


def _spread(nav: Any, pages: list[str]) -> Any:
    if isinstance(nav, dict):
        return {title: _spread(below, pages) for title, below in nav.items()}
    if not isinstance(nav, list):
        return nav
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, str) and "*" in entry:
            found += fnmatch.filter(pages, entry)
        elif (below := _spread(entry, pages)) and below not in [{title: []} for title in below]:
            found.append(below)
    return found


def relinked(markdown: str, uri: str) -> str:
    """Links out of docs/ lead to the page of that file, or become plain text where the site has none."""
    at = PROJECT.get(uri, f"docs/{uri}")
    sites = {name: page for page, name in PROJECT.items()}

    def mended(found: re.Match[str]) -> str:
        words, target, anchor = found.groups()
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        name = posixpath.normpath(posixpath.join(posixpath.dirname(at), target))
        site = sites.get(name) or (name.removeprefix("docs/") if name.startswith("docs/") else "")
        if site:
            return f"[{words}]({posixpath.relpath(site, posixpath.dirname(uri) or '.')}{anchor})"
        return (
            words if (ROOT / name).exists() else found[0]
        )  # a dead link stays, and fails the build

    return LINK.sub(mended, markdown)
