"""Puts the built web app into the packages: uses what is built, else builds it with npm.

Not for editable installs: there the server reads the folder of the checkout (`make web`).
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = Path("src/chatwright/server/web/index.html")
BUILT = (PAGE, PAGE.with_name("widget.html"), PAGE.with_name("widget.js"))


class WebApp(BuildHookInterface):  # type: ignore[type-arg]
    """Makes sure that a wheel or source archive holds the web app, or does not come to be."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable" or all((root / file).is_file() for file in BUILT):
            return
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(
                "chatwright: the web app is not built and npm was not found. Install Node.js 20.19 "
                f"or newer and run this again, or put a built web app at {PAGE.parent}."
            )
        for command in (["ci"], ["run", "build"]):
            if subprocess.run([npm, *command], cwd=root / "web", check=False).returncode:
                raise SystemExit(
                    f"chatwright: `npm {' '.join(command)}` failed in the folder web, so this "
                    "package would have no web page. Its messages stand above."
                )
        for file in BUILT:
            if not (root / file).is_file():
                raise SystemExit(f"chatwright: the web build ran but did not write {file}.")
