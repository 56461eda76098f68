"""From an empty folder to a served bot, on the page: purpose, data, a first build, and then it answers.

Each step is told by what is in the folder, so the guide goes on where it was, on whatever day. It writes
`bot.toml` as long as nobody has changed it by hand; what takes long is a child process.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.core.files import canonical_json, storage, write_atomic
from chatwright.data import documents
from chatwright.data.readers.source import SUFFIXES
from chatwright.release.registry import Registry
from chatwright.server.caller import Caller, Who
from chatwright.server.console.training import obstacle
from chatwright.server.console.training_types import MOST_MINUTES
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING
from chatwright.server.limits import Text
from chatwright.server.services import Services, Shared
from chatwright.server.web_types import Asked
from chatwright.server.workshop import Work
from chatwright.spec import Spec, load_spec
from chatwright.spec.load import FILE
from chatwright.spec.outline import Outline
from chatwright.store.stamps import new_id

router = APIRouter(prefix="/api/console/guide", responses=WRITING, tags=["console"])

NOTE = "guide.json"  # below .chatwright: what bot.toml was written from
UPLOADS = "brought"  # below .chatwright: files on their way to the bot's folders
SAMPLE = Path(__file__).parent / "sample"
ACCEPTED = (*SUFFIXES, *documents.SUFFIXES)
Line = Annotated[Text, Field(max_length=300)]


class PurposeAsked(Asked):
    """What the bot is for."""

    title: Line = ""
    purpose: Annotated[Text, Field(min_length=1, max_length=1000)]
    topics: list[Line] = Field([], max_length=100)
    declines: list[Line] = Field([], max_length=100)


class BuildAsked(Asked):
    """The first build: with a model of its own, or from the documents alone."""

    minutes: float = Field(3.0, gt=0, le=MOST_MINUTES)
    way: Literal["model", "documents"] = "model"


class GuideFile(BaseModel):
    """A file of the bot's."""

    name: str
    part: Literal["data", "knowledge"]
    bytes: int


class GuideValue(BaseModel):
    """Where the making of the bot stands."""

    name: str
    title: str
    purpose: str
    topics: list[str]
    declines: list[str]
    asked: bool = Field(description="whether the owner has said what it is for")
    editable: bool = Field(description="whether the guide may still write bot.toml")
    minutes: float
    way: Literal["model", "documents"]
    files: list[GuideFile]
    accepted: list[str] = Field(description="how names of files end that can be read")
    can_train: bool
    why: str = Field("", description="why nothing can be trained here")
    next_step: str = ""
    imports: list[Work] = Field(description="files that were brought, the newest first")
    build: Work | None
    work: Work | None = Field(description="what runs now")
    promoted: str | None = Field(description="the release that is to be served")
    served: bool = Field(description="whether it answers by now")


@router.get("")
async def guide(services: Shared, spec: OfBot) -> GuideValue:
    """Needs: the scope `admin`."""
    return await asyncio.to_thread(_state, services, spec)


@router.put("/purpose")
async def purpose(body: PurposeAsked, services: Shared, spec: OfBot, caller: Who) -> GuideValue:
    """Write down what the bot is for. 409 `edited` where bot.toml was changed by hand. Needs: the scope
    `admin`."""

    def work() -> GuideValue:
        outline = _outline(spec)
        _write(
            spec,
            replace(
                outline,
                title=body.title.strip() or outline.name,
                purpose=body.purpose.strip(),
                topics=_said(body.topics),
                declines=_said(body.declines),
            ),
        )
        services.people.audit.add("guide.purpose", caller.id, "", bot=spec.bot.name)
        return _state(services, spec)

    return await asyncio.to_thread(work)


@router.post("/files", status_code=202)
async def bring(
    request: Request,
    services: Shared,
    spec: OfBot,
    caller: Who,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    me: Annotated[str, Query(max_length=200, description="whom the bot speaks as, in chats")] = "",
) -> Work:
    """A file of conversations, or a document, as the body: its format is found out, and it is copied into the
    bot's folder once it was read to its end. 409 `busy`. Needs: the scope `admin`."""
    body = await request.body()

    def work() -> Work:
        path = _kept(spec, name, body)
        return _import(services, spec, caller, [path], me)

    return await asyncio.to_thread(work)


@router.delete("/files")
async def remove(
    services: Shared,
    spec: OfBot,
    caller: Who,
    part: Literal["data", "knowledge"],
    name: Annotated[str, Query(min_length=1, max_length=300)],
) -> GuideValue:
    """Take a file out of the bot's folder again, until the bot is built. 409 `made` after that. Needs: the
    scope `admin`."""

    def work() -> GuideValue:
        if Registry(spec).current_id() is not None:
            raise Conflict(
                "The bot is made already.",
                "Remove data on the pages Data and Knowledge.",
                code="made",
            )
        known = {one.name: path for one, path in _files(spec) if one.part == part}
        if name not in known:
            raise NotFound("There is no such file.", "Load the page again.")
        known[name].unlink()
        services.people.audit.add("guide.removed", caller.id, "", bot=spec.bot.name)
        return _state(services, spec)

    return await asyncio.to_thread(work)


@router.post("/sample", status_code=202)
async def sample(services: Shared, spec: OfBot, caller: Who) -> Work:
    """Bring a small sample: a library's help desk, conversations and documents. 409 `busy`. Needs: the scope
    `admin`."""

    def work() -> Work:
        cases = spec.path(spec.evaluation.cases)
        started = _import(services, spec, caller, [SAMPLE / "data", SAMPLE / "knowledge"])
        if not cases.exists():
            write_atomic(cases, (SAMPLE / "cases.jsonl").read_text("utf-8"))
        return started

    return await asyncio.to_thread(work)


@router.post("/build", status_code=202)
async def build(body: BuildAsked, services: Shared, spec: OfBot, caller: Who) -> Work:
    """Train or read the documents, evaluate, and serve what comes of it. 409 `busy`, `cannot_train`, `no_data`.
    Needs: the scope `admin`."""

    def work() -> Work:
        _check(spec, body)
        if _editable(spec):
            changed = replace(
                _outline(spec), minutes=body.minutes, retrieval=body.way == "documents"
            )
            _write(spec, changed)
        arguments = ["up", str(spec.folder), "--no-serve"]
        about = "documents" if body.way == "documents" else f"{body.minutes:g} min"
        started = services.workshop.start(spec, "up", arguments, by=caller.id, about=about)
        services.people.audit.add("guide.build", caller.id, "", bot=spec.bot.name, work=started.id)
        return started

    return await asyncio.to_thread(work)


# --- parts ----------------------------------------------------------------------------------------


def _check(spec: Spec, asked: BuildAsked) -> None:
    parts = {one.part for one, _ in _files(spec)}
    if not parts:
        raise Conflict(
            "There is nothing to learn from yet.",
            "Bring conversations or documents first.",
            code="no_data",
        )
    if asked.way == "documents" and "knowledge" not in parts:
        raise Conflict("There are no documents yet.", "Bring one first.", code="no_data")
    if asked.way == "model" and "data" in parts:
        # A retrieval bot's own obstacle is what this asks to change.
        why, next_step = obstacle(_as_model(spec))
        if why:
            raise Conflict(why, next_step, code="cannot_train")


def _as_model(spec: Spec) -> Spec:
    current = load_spec(spec.folder)
    if not _editable(spec) or current.model.kind != "retrieval":
        return current
    model = current.model.model_copy(update={"kind": "scratch"})
    return current.model_copy(update={"model": model})


def _state(services: Services, spec: Spec) -> GuideValue:
    current = load_spec(spec.folder)
    why, next_step = obstacle(_as_model(spec))
    shop, registry = services.workshop, Registry(spec)
    builds = shop.all(spec, ("up",), 1)
    deployment = registry.deployment()
    running = services.bots[spec.bot.name].current().release_id
    work = shop.running(spec)
    if work is None:  # an import that is over has copied what was brought
        shutil.rmtree(spec.made / UPLOADS, ignore_errors=True)
    editable = _editable(spec)
    asked = bool(_note(spec).get("asked")) or not editable or deployment is not None
    return GuideValue(
        name=current.bot.name,
        title=current.bot.title,
        purpose=current.bot.purpose if asked else "",
        topics=list(current.scope.topics),
        declines=list(current.scope.declines),
        asked=asked,
        editable=editable,
        minutes=current.training.minutes,
        way="documents" if current.model.kind == "retrieval" else "model",
        files=[one for one, _ in _files(spec)],
        accepted=sorted(set(ACCEPTED)),
        can_train=not why,
        why=why,
        next_step=next_step,
        imports=[shop.find(spec, one.id) for one in shop.all(spec, ("import",), 10)],
        build=shop.find(spec, builds[0].id) if builds else None,
        work=work,
        promoted=deployment.release if deployment else None,
        served=deployment is not None and deployment.release == running,
    )


def _files(spec: Spec) -> list[tuple[GuideFile, Path]]:
    """What is in the folders that conversations and documents come from."""
    folders: list[tuple[Literal["data", "knowledge"], Path]] = [
        ("data", spec.path(spec.data.paths[0])),
        ("knowledge", spec.path("knowledge")),
    ]
    found = []
    for part, folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            hidden = any(one.startswith(".") for one in Path(name).parts)
            if path.is_file() and not hidden and path.suffix.lower() in ACCEPTED:
                found.append((GuideFile(name=name, part=part, bytes=path.stat().st_size), path))
    return found


def _import(
    services: Services, spec: Spec, caller: Caller, paths: list[Path], me: str = ""
) -> Work:
    arguments = ["import", f"--bot={spec.folder}", *([f"--me={me}"] if me else [])]
    arguments += ["--", *map(str, paths)]
    about = ", ".join(path.name for path in paths)
    started = services.workshop.start(spec, "import", arguments, by=caller.id, about=about)
    services.people.audit.add("guide.import", caller.id, "", bot=spec.bot.name, work=started.id)
    return started


def _kept(spec: Spec, name: str, body: bytes) -> Path:
    """The body as a file in a folder of its own, under the last part of its name."""
    plain = Path(name.replace("\\", "/")).name.lstrip(".").strip()
    if not plain or Path(plain).suffix.lower() not in ACCEPTED or "\0" in plain:
        raise WrongUse(
            f"{plain or 'This file'} is of no kind that can be read.",
            f"Files end in {' '.join(sorted(set(ACCEPTED)))}.",
        )
    if not body:
        raise WrongUse(f"{plain} is empty.", "Choose another file.")
    folder = spec.made / UPLOADS
    path = folder / new_id() / plain
    with storage(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, body)
    return path


def _said(lines: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _note(spec: Spec) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((spec.made / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _outline(spec: Spec) -> Outline:
    """What bot.toml says by now, as far as the guide may write it. Raises `Conflict` (`edited`)."""
    if not _editable(spec):
        raise Conflict(
            "bot.toml was changed by hand, and is left as it is.",
            "Change it there, or on the page Settings.",
            code="edited",
        )
    return _of_file(spec)


def _of_file(spec: Spec) -> Outline:
    current = load_spec(spec.folder)
    return Outline(
        current.bot.name,
        current.bot.title,
        current.bot.purpose,
        current.scope.topics,
        current.scope.declines,
        current.training.minutes,
        retrieval=current.model.kind == "retrieval",
    )


def _editable(spec: Spec) -> bool:
    """Whether bot.toml is word for word what an outline makes: then nobody has put anything else into it."""
    try:
        return (spec.folder / FILE).read_text("utf-8") == _of_file(spec).text()
    except OSError:
        return False


def _write(spec: Spec, outline: Outline) -> None:
    before = (spec.folder / FILE).read_text("utf-8")
    write_atomic(spec.folder / FILE, outline.text())
    try:
        load_spec(spec.folder)
    except Exception:
        write_atomic(spec.folder / FILE, before)
        raise
    write_atomic(spec.made / NOTE, canonical_json({"asked": True, **asdict(outline)}) + "\n")
