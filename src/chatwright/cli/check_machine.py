"""What `chatwright doctor` looks at without a bot: packages, versions, tools."""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

import psutil

from chatwright import __version__
from chatwright.cli.checks import Finding, State, fine
from chatwright.core.errors import ChatwrightError
from chatwright.release.registry import Registry
from chatwright.server.static import WEB
from chatwright.spec import Spec

FREE_GB = 2
SPARE = 100  # file descriptors beside those of connections
AROUND_MB = 400  # of a server without its model
REQUIRED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*([<>=!~0-9.,a-z*]*)")


def machine() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield fine("version", f"chatwright {__version__}, Python {python}, {os.cpu_count()} cores")
    yield package("openvino_genai", "serving", "pip install chatwright")
    yield package("torch", "training", "pip install 'chatwright[train]'", needed=False)
    yield from versions()
    compiler = next((c for c in ("c++", "g++", "clang++") if shutil.which(c)), None)
    if compiler:
        yield fine("compiler", f"C++ compiler: {compiler}")
    else:
        yield Finding("note", "compiler", "no C++ compiler: training runs uncompiled")
    if (WEB / "index.html").exists():
        yield fine("page", "web page: built")
    else:
        yield Finding("note", "page", "web page: not built", "make web")


def package(name: str, purpose: str, hint: str, needed: bool = True) -> Finding:
    if importlib.util.find_spec(name) is not None:
        return fine("package", f"{name}: installed ({purpose})")
    state: State = "problem" if needed else "note"
    return Finding(state, "package", f"{name}: missing ({purpose})", hint)


def versions() -> Iterator[Finding]:
    """Installed packages outside the range that this chatwright declares."""
    try:
        declared = requires("chatwright") or []
    except PackageNotFoundError:
        return
    for line in dict.fromkeys(one.split(";")[0].strip() for one in declared):
        found = REQUIRED.match(line)
        if found is None:
            continue
        name, limits = found.groups()
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        if not _within(installed, limits):
            yield Finding(
                "problem",
                "version",
                f"{name} {installed} is installed; chatwright works with {name}{limits}",
                f"pip install '{line}'",
            )


def _within(installed: str, limits: str) -> bool:
    """Of limits like ">=2.9,<3"; others are not judged."""
    mine = _numbers(installed)
    for limit in limits.split(","):
        if limit.startswith(">=") and mine < _numbers(limit[2:]):
            return False
        if limit.startswith("<") and not limit.startswith("<=") and mine >= _numbers(limit[1:]):
            return False
    return True


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()


def room(spec: Spec) -> Iterator[Finding]:
    """Disk, descriptors and memory, for this bot."""
    folder = spec.folder
    free = shutil.disk_usage(folder).free / 1e9
    if free > FREE_GB:
        yield fine("disk", f"{free:.1f} GB free on the bot's disk")
    else:
        hint = f"free some space: training and backups need {FREE_GB} GB"
        yield Finding("problem", "disk", f"only {free:.1f} GB free on the bot's disk", hint)
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = spec.server.connections + SPARE
    if most == resource.RLIM_INFINITY or most >= wanted:
        yield fine("descriptors", f"{most:,} file descriptors")
    else:
        yield Finding(
            "problem",
            "descriptors",
            f"{most:,} file descriptors for {spec.server.connections:,} connections",
            f"ulimit -n {max(4096, wanted)}, or LimitNOFILE= in the systemd unit",
        )
    yield from memory(spec)


def memory(spec: Spec) -> Iterator[Finding]:
    try:
        current = Registry(spec).deployment()
    except ChatwrightError:
        return  # told elsewhere
    folder = spec.made / "releases" / current.release if current else None
    if folder is None or not folder.is_dir():
        return
    parts = [folder / "engine"] if (folder / "engine").is_dir() else [folder / "model"]
    weights = sum(file.stat().st_size for part in parts for file in part.rglob("*.bin"))
    weights = weights or sum(file.stat().st_size for file in parts[0].rglob("*.safetensors"))
    needed = spec.server.processes * (weights / 1e6 + spec.engine.cache_mb + AROUND_MB)
    there = psutil.virtual_memory().total / 1e6
    if there >= needed:
        yield fine("memory", f"{there:,.0f} MB of memory, about {needed:,.0f} needed to serve")
    else:
        yield Finding(
            "problem",
            "memory",
            f"{there:,.0f} MB of memory, and about {needed:,.0f} are needed to serve",
            "a smaller model, fewer [server] processes, a smaller [engine] cache_mb, or more memory",
        )
