"""docs/configuration.md and docs/doctor.md are what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from chatwright.core.progress import LINES
from chatwright.spec import Spec

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "configuration.md"
READ = re.compile(
    r"environ(?:\.get|\.pop)?[(\[]\s*\"([A-Z_]+)\"|^[A-Z]+ = \"(CHATWRIGHT_[A-Z_]+)\"", re.M
)


def test_the_pages_are_in_step() -> None:
    command = [sys.executable, ROOT / "scripts" / "reference", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_variable_that_is_read_is_explained() -> None:
    read = {LINES}
    for path in (ROOT / "src").rglob("*.py"):
        read |= {one or other for one, other in READ.findall(path.read_text("utf-8"))}
    page = PAGE.read_text("utf-8")
    missing = sorted(name for name in read if f"`{name}`" not in page)
    assert not missing, f"add them to ENVIRONMENT in scripts/reference: {missing}"
    assert {"DATABASE_URL", "CHATWRIGHT_SECRET", "CHATWRIGHT_LEASE"} <= read


def test_every_key_has_a_type_a_default_and_a_meaning() -> None:
    page = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| `(.*)` \| (.*) \|$", page, re.M)
    assert len(rows) > 150
    assert [name for name, *rest in rows if not all(part.strip() for part in rest)] == []
    for table in Spec.model_fields.keys() - {"folder"}:
        assert re.search(rf"^## \[+{table}[.\]]", page, re.M), f"[{table}] is missing"
