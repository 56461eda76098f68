"""`[widget]`: what may be written, and what a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatwright.cli.person import _id
from chatwright.core.errors import SpecError
from chatwright.spec import load_spec
from chatwright.store.secret import find_secret
from chatwright.store.visitors import visitor_id, visitor_of_user

HEAD = '[bot]\nname = "shop"\npurpose = "Answers."\n[widget]\n'


def written(folder: Path, line: str) -> Path:
    (folder / "bot.toml").write_text(HEAD + line)
    return folder


def test_it_is_off_until_a_site_is_listed(tmp_path: Path) -> None:
    assert load_spec(written(tmp_path, "")).widget.origins == ()
    spec = load_spec(written(tmp_path, 'origins = ["https://shop.example", "http://localhost:80"]'))
    assert spec.widget.origins == ("https://shop.example", "http://localhost:80")


@pytest.mark.parametrize(
    "line",
    [
        'origins = ["*"]',
        'origins = ["https://*.example"]',
        'origins = ["https://shop.example/"]',
        'origins = ["https://Shop.example"]',
        'origins = ["shop.example"]',
        "origins = [\"'self'\"]",
        'origins = ["https://a.example; script-src *"]',
        'accent = "red"',
        'accent = "#12345"',
        'theme = "blue"',
        'invitation_paths = ["prices"]',
        "invitation_seconds = -1",
        'identity_secret_env = "a secret itself"',
    ],
)
def test_mistakes_are_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(SpecError, match=r"widget\."):
        load_spec(written(tmp_path, line))


def test_a_user_of_a_site_is_found_by_the_sites_own_name(tmp_path: Path) -> None:
    spec = load_spec(written(tmp_path, ""))
    owner = visitor_id(visitor_of_user(find_secret(spec.made), "4711"))
    assert _id(spec, "widget:4711") == owner
    assert _id(spec, "visitor:abc") == "visitor:abc"
