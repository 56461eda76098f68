"""Bots to begin with: whole folders that `chatwright init --template` copies, each for another kind of use.

They are data of this package, in `templates/`; all but `bot.toml` is made by `scripts/templates`.
"""

from __future__ import annotations

import json
import re
from importlib.resources import as_file, files
from pathlib import Path

from chatwright.core.errors import WrongUse
from chatwright.core.files import write_atomic
from chatwright.spec.load import FILE
from chatwright.spec.outline import PARTS

TEMPLATES = {
    "support": "a shop's help desk: brief, exact, says rather nothing than something wrong",
    "education": "a tutor on the solar system for ages 10 to 14: explains, asks back, quizzes",
    "entertainment": "an innkeeper in a story: plays a part, never says things the same way twice",
}


def begin_from(folder: Path, template: str, name: str, title: str = "") -> None:
    """Copy a template into `folder` under the bot's `name`, and `title` where one is given.

    Raises `WrongUse` where there is no such template, or where a file of the folder would be replaced.
    """
    if template not in TEMPLATES:
        raise WrongUse(
            f'There is no template "{template}".', f"Choose one of: {', '.join(TEMPLATES)}."
        )
    with as_file(files("chatwright.spec") / "templates" / template) as source:
        copied = [path for path in sorted(source.rglob("*")) if path.is_file()]
        texts = {path.relative_to(source): path.read_text("utf-8") for path in copied}
    for there in (folder / path for path in texts):
        if there.exists():
            raise WrongUse(f"{there} exists already.", "Choose another folder.")
    for part in PARTS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    spec = texts.pop(Path(FILE))
    for path, text in texts.items():
        write_atomic(folder / path, text)
    # Last: a folder is a bot once its bot.toml is there.
    spec = re.sub(r'(?m)^name = ".*"$', lambda _: f"name = {json.dumps(name)}", spec, count=1)
    if title:
        quoted = json.dumps(title, ensure_ascii=False)
        spec = re.sub(r'(?m)^title = ".*"$', lambda _: f"title = {quoted}", spec, count=1)
    write_atomic(folder / FILE, spec)
