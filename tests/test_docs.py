"""The documents say what the code does: keys of bot.toml, the verbs, files that are named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from chatwright.spec import Spec

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "bench").glob("*.md")])


def documented(page: str) -> dict[str, dict[str, str]]:
    """{table: {key: default}} of a page with a section per table and a row per key."""
    found: dict[str, dict[str, str]] = {}
    for section in re.split(r"^## ", page, flags=re.M)[1:]:
        name = re.match(r"\[+(\w+)(?:\.NAME)?\]", section)
        if name:
            rows = re.findall(r"^\| `(\w+)` \| (.+?) \| \S.*\|$", section, re.M)
            found[name[1]] = {key: default.strip("`") for key, default in rows}
    return found


def declared() -> dict[str, dict[str, str]]:
    """The same of the spec."""
    tables = {k: v.annotation for k, v in Spec.model_fields.items() if k != "folder"}
    return {name: defaults(table) for name, table in tables.items()}


def defaults(table: Any) -> dict[str, str]:
    if get_origin(table) in (tuple, dict):  # tables in a list, or that the owner names
        table = get_args(table)[0 if get_origin(table) is tuple else 1]
    assert issubclass(table, BaseModel)
    return {
        name: "required"
        if field.default is PydanticUndefined
        else json.dumps(field.default, ensure_ascii=False)
        for name, field in table.model_fields.items()
    }


def broken_links(page: Path) -> list[str]:
    """Links to files that are not there."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    near = [link for link in links if "://" not in link]
    return [f"{page.name}: {link}" for link in near if not (page.parent / link).exists()]


def test_every_key_of_bot_toml_is_explained_with_its_default() -> None:
    assert documented((ROOT / "docs" / "bot-toml.md").read_text("utf-8")) == declared()


def test_a_key_too_many_or_another_default_is_seen() -> None:
    page = "# x\n\n## [bot]\n\n| key | default | meaning |\n|---|---|---|\n| `a` | `3` | Why |\n"
    assert documented(page) == {"bot": {"a": "3"}}
    assert documented(page + "| `b` | `[]` | |\n") == {"bot": {"a": "3"}}  # not explained


def test_the_verbs_are_described_as_help_describes_them() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs", "--check"],
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "40", "FORCE_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_architecture_names_files_that_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"`([a-z_]+/(?:[a-z_]+\.py|(?:[a-z_]+/)?))`", text)
    assert len(named) > 40
    folders = (ROOT / "src" / "chatwright", ROOT)
    assert not [name for name in named if not any((folder / name).exists() for folder in folders)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert not broken_links(page)


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[a](page.md#x) [b](https://example.org/x) [c](gone.md)")
    assert broken_links(page) == ["page.md: gone.md"]
