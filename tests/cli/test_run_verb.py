"""`chatwright run list|compare|plot` on a bot that has trained twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chatwright.cli import main
from chatwright.core.files import alone
from chatwright.training.history import histories


@pytest.fixture(scope="module")
def twice(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bot with its run, and another one that was stopped."""
    bot = Path(shutil.copytree(lived, tmp_path_factory.mktemp("twice") / "bot"))
    runs = bot / ".chatwright" / "runs"
    (first,) = [path.parent for path in runs.glob("*/recipe.json")]
    other = Path(shutil.copytree(first, runs / "0ther0ther00"))
    recipe = json.loads((other / "recipe.json").read_text()) | {"seed": 5}
    (other / "recipe.json").write_text(json.dumps(recipe))
    (other / "done.json").unlink()
    return bot


def said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["run", *line])
    out, err = capsys.readouterr()
    assert not end.value.code, err
    return out


def ids(bot: Path) -> list[str]:
    return [one.id for one in histories(bot / ".chatwright" / "runs")]


def test_list(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "list", "--bot", str(twice), "--json"))["runs"]
    done, stopped = rows if rows[0]["state"] == "done" else reversed(rows)
    assert (done["state"], stopped["state"]) == ("done", "stopped")
    history = next(h for h in histories(twice / ".chatwright" / "runs") if h.id == done["id"])
    assert history.done is not None
    assert done["steps"] == f"{history.done['steps']}/{history.done['planned_steps']}"
    assert done["dev_bits_per_byte"] == history.done["dev_bits_per_byte"]
    assert done["parameters"] > 100_000
    text = said(capsys, "list", "--bot", str(twice))
    assert all(one in text for one in (*ids(twice), "stopped", "done"))
    with alone(twice / ".chatwright" / "runs" / "0ther0ther00"):
        assert "running" in said(capsys, "list", "--bot", str(twice))


def test_compare(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = ids(twice)
    made = json.loads(said(capsys, "compare", a[:4], b[:4], "--bot", str(twice), "--json"))
    assert made["recipe"] == {"seed": [0, 5] if b.startswith("0ther") else [5, 0]}
    assert made["curves"][a] == made["curves"][b]
    assert len(made["curves"][a]) >= 6
    text = said(capsys, "compare", a, b, "--bot", str(twice))
    assert "seed" in text
    assert text.count("┤") >= 16  # two curves beside each other


def test_plot(twice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "curves.html"
    text = said(capsys, "plot", "0ther", "--bot", str(twice), "--html", str(page))
    assert "Development, bits per byte" in text
    assert "┤" in text
    html = page.read_text()
    assert html.count("<polyline") == 2
    assert "0ther0ther00" in html
    assert "<script" not in html


def test_an_unknown_run_is_an_error(twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["run", "plot", "zzz", "--bot", str(twice)])
    assert end.value.code == 1
    assert 'no run that begins with "zzz"' in capsys.readouterr().err
