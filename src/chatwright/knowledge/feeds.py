"""Sitemaps and feeds (RSS, Atom) -> the addresses in them. Other pages are none."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from chatwright.core.errors import DataError

LISTS = {"urlset", "sitemapindex", "rss", "feed", "rdf"}


def listed(body: bytes, url: str) -> tuple[str, list[str]] | None:
    """What kind of list this is (`sitemapindex` lists others), and its addresses; None where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DataError(f"{url} is no XML ({error}).", "Is it the right address?") from error
    kind = etree.QName(root).localname.lower()
    return (kind, list(dict.fromkeys(_links(root)))) if kind in LISTS else None


def _links(root: etree._Element) -> Iterator[str]:
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        above = node.getparent()
        inside = etree.QName(above).localname if above is not None else ""
        if (name == "loc" and inside in ("url", "sitemap")) or (
            name == "link" and inside == "item"
        ):
            link = node.text
        elif name == "link" and inside == "entry" and node.get("rel", "alternate") == "alternate":
            link = node.get("href")
        else:
            continue
        if link and link.strip():
            yield link.strip()
