"""Templates -> files, in memory. Which file a target has is what its folder of templates holds.

Jinja with delimiters of its own, `[[ value ]]` and `[% if %]`: Helm, Terraform and systemd use the usual ones.
A name of a file is a template too. A template that renders to nothing makes no file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chatwright.deploy.facts import Facts

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
ENDING = ".j2"
PROGRAMS = (".sh",)


class Target(StrEnum):
    """Where a bot can run."""

    docker = "docker"
    compose = "compose"
    helm = "helm"
    aws = "aws"
    cloudrun = "cloudrun"
    heroku = "heroku"
    vps = "vps"


# Beside these lies what is served (`bundle`): the image is built from it, or it is sent to the machine.
CARRIES_THE_BOT = (Target.docker, Target.heroku, Target.vps)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a target, by its path there."""

    path: str
    text: str

    @property
    def program(self) -> bool:
        return self.path.endswith(PROGRAMS)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def render(target: Target, facts: Facts) -> list[File]:
    """All files of a target, by path. The same facts give the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        line_statement_prefix=None,
    )
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    root = TEMPLATES / target
    files = []
    for template in sorted(one for one in root.rglob("*") if one.is_file()):
        name = template.relative_to(TEMPLATES).as_posix()
        text = environment.get_template(name).render(bot=facts)
        if text.strip():
            path = template.relative_to(root).as_posix().removesuffix(ENDING)
            files.append(File(path, text))
    if target is Target.compose:
        files += [File(f"monitoring/{path}", text) for path, text in facts.monitoring]
    return sorted(files, key=lambda file: file.path)
