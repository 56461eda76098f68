"""bot.toml on the page: as a form and as text, checked before it is saved, each version kept and undone.

What may change while the server runs is in force at once; when the rest counts, `settings_form.effect` says.
Secrets never stand in the file; only whether their environment variables are set is told.
"""

from __future__ import annotations

import asyncio
import os
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter

from chatwright.core.errors import SpecError
from chatwright.server.caller import Who
from chatwright.server.console.settings_file import (
    Refused,
    SettingsFile,
    Version,
    difference,
    revision_of,
)
from chatwright.server.console.settings_form import (
    changed_keys,
    effect,
    fields,
)
from chatwright.server.console.settings_types import (
    CheckValue,
    EffectValue,
    MistakeValue,
    NewSettings,
    Return,
    SavedValue,
    SecretValue,
    SettingsValue,
    VersionList,
    VersionText,
    VersionValue,
)
from chatwright.server.console.which import OfBot
from chatwright.server.errors import WRITING, Problem
from chatwright.server.respec import adopt
from chatwright.server.services import Services, Shared
from chatwright.server.workshop import Work
from chatwright.spec import Spec
from chatwright.spec.checking import Mistake
from chatwright.spec.editing import edited
from chatwright.spec.variables import environment

router = APIRouter(prefix="/api/console/settings", responses=WRITING, tags=["console"])


@router.get("")
async def settings(services: Shared, spec: OfBot) -> SettingsValue:
    """Needs: the scope `admin`."""
    return await asyncio.to_thread(_value, services, spec)


@router.post("/check")
async def check(body: NewSettings, spec: OfBot) -> CheckValue:
    """What saving would do, or every mistake with its line; nothing is written. Needs: the scope `admin`."""

    def work() -> CheckValue:
        file = SettingsFile(spec.folder)
        before = file.text()
        after = _wanted(before, body)
        found, mistakes = file.check(after)
        known, _ = file.check(before)
        keys = changed_keys(known, found) if known and found else []
        return CheckValue(
            mistakes=_mistakes(mistakes),
            difference=difference(before, after),
            effects=_effects(keys),
            text=after,
        )

    return await asyncio.to_thread(work)


@router.put("")
async def save(body: NewSettings, services: Shared, spec: OfBot, caller: Who) -> SavedValue:
    """Save, and have in force what can be. 400 `invalid_settings` names the first mistake; 409
    `settings_changed` where somebody else saved meanwhile, `name` for another name of the bot. Needs: the scope
    `admin`."""
    return await _saved(services, spec, caller.id, lambda text: _wanted(text, body), body.revision)


@router.get("/versions")
async def versions(services: Shared, spec: OfBot) -> VersionList:
    """Needs: the scope `admin`."""

    def work() -> VersionList:
        file, names = SettingsFile(spec.folder), _names(services)
        text = file.text()
        return VersionList(
            versions=[_version(one, names, text) for one in file.versions()],
        )

    return await asyncio.to_thread(work)


@router.get("/versions/{id}")
async def version(id: str, services: Shared, spec: OfBot) -> VersionText:
    """Needs: the scope `admin`."""

    def work() -> VersionText:
        file = SettingsFile(spec.folder)
        found, text = file.version(id), file.text()
        return VersionText(
            version=_version(found, _names(services), text),
            text=found.text,
            difference=difference(text, found.text),
        )

    return await asyncio.to_thread(work)


@router.post("/versions/{id}/restore")
async def restore(id: str, body: Return, services: Shared, spec: OfBot, caller: Who) -> SavedValue:
    """Go back to that text, which becomes a new version. Needs: the scope `admin`."""
    text = (await asyncio.to_thread(SettingsFile(spec.folder).version, id)).text
    return await _saved(services, spec, caller.id, lambda _: text, body.revision)


@router.post("/versions/{id}/undo")
async def undo(id: str, body: Return, services: Shared, spec: OfBot, caller: Who) -> SavedValue:
    """Take back what that version changed, where nothing was saved since. Needs: the scope `admin`."""
    text = (await asyncio.to_thread(SettingsFile(spec.folder).before, id)).text
    return await _saved(services, spec, caller.id, lambda _: text, body.revision)


@router.post("/apply", status_code=202)
async def apply(services: Shared, spec: OfBot, caller: Who) -> Work:
    """Make a release of what is saved, evaluate it, and serve it unless it is worse: `chatwright up` without
    serving. It trains only where data, [model] or [training] changed. Needs: the scope `admin`."""

    def work() -> Work:
        SettingsFile(spec.folder).text()  # there is one, and it can be read
        arguments = ["up", str(spec.folder), "--no-serve"]
        made = services.workshop.start(spec, "up", arguments, by=caller.id)
        services.people.audit.add("settings.applied", caller.id, "", bot=spec.bot.name)
        return made

    return await asyncio.to_thread(work)


async def _saved(
    services: Services, spec: Spec, by: str, make: Callable[[str], str], revision: str
) -> SavedValue:
    file = SettingsFile(spec.folder)

    def write() -> tuple[Version | None, Spec]:
        try:
            made, found = file.save(make(file.text()), revision, by)
        except Refused as error:
            raise _refused(error.mistakes) from None
        if made is not None:
            services.people.audit.add(
                "settings.saved", by, "", bot=spec.bot.name, keys=len(made.keys)
            )
        return made, found

    made, found = await asyncio.to_thread(write)
    if made is not None:
        adopt(services, spec.bot.name, found)
    value = await asyncio.to_thread(_value, services, spec)
    return SavedValue(
        settings=value,
        effects=_effects(made.keys if made else ()),
        version=made.id if made else None,
    )


def _value(services: Services, spec: Spec) -> SettingsValue:
    file = SettingsFile(spec.folder)
    text = file.text()
    found, mistakes = file.check(text)
    written: dict[str, Any] = tomllib.loads(text) if found else {}
    return SettingsValue(
        text=text,
        revision=revision_of(text),
        fields=fields(found, written) if found else [],
        mistakes=_mistakes(mistakes),
        pending=_effects(_pending(services, spec.bot.name, found)) if found else [],
        secrets=[
            SecretValue(name=name, set=bool(os.environ.get(name)))
            for name in (environment(found) if found else ())
        ],
        path=str(file.path),
    )


def _pending(services: Services, name: str, saved: Spec) -> list[str]:
    """Keys that do not count yet: of the release in force, and of when the server started."""
    bot = services.bots[name].current()
    shaped = [key for key in changed_keys(bot.spec, saved) if effect(key) == "release"]
    begun = services.begun.get(name)
    started = changed_keys(begun, saved) if begun else []
    return [*shaped, *(key for key in started if effect(key) == "restart")]


def _wanted(text: str, body: NewSettings) -> str:
    """The text that a body asks for."""
    if (body.text is None) == (body.changes is None):
        raise Problem(400, "Send either changes or the whole text.", code="invalid_value")
    if body.text is not None:
        return body.text.replace("\r\n", "\n")
    assert body.changes is not None
    try:
        return edited(text, body.changes)
    except (SpecError, TypeError, ValueError) as error:
        raise Problem(400, str(error), code="invalid_settings") from None


def _refused(mistakes: Sequence[Mistake]) -> Problem:
    first = mistakes[0]
    where = f"Line {first.line}: " if first.line else ""
    return Problem(400, f"{where}{first.message}", code="invalid_settings", param=first.key or None)


def _mistakes(found: Sequence[Mistake]) -> list[MistakeValue]:
    return [MistakeValue(line=one.line, key=one.key, message=one.message) for one in found]


def _effects(keys: Sequence[str]) -> list[EffectValue]:
    return [EffectValue(key=key, effect=effect(key)) for key in keys]


def _version(one: Version, names: dict[str, str], text: str) -> VersionValue:
    return VersionValue(
        id=one.id,
        at=one.at,
        by=names.get(one.by, ""),
        keys=list(one.keys),
        current=one.text == text,
    )


def _names(services: Services) -> dict[str, str]:
    found = services.accounts.all(services.doors.spec.bot.name)
    return {f"account:{one.id}": one.name for one in found}
