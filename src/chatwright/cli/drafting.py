"""`chatwright knowledge questions`: questions drafted from documents, and their review."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer.guard import begin_public
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.teaching import hosted_spec, teacher_of
from chatwright.core.errors import ChatwrightError
from chatwright.knowledge import Search
from chatwright.knowledge.drafts import RULES, Draft, Drafts, Verdict
from chatwright.knowledge.questions import Drafted, drafted
from chatwright.knowledge.sync import index_of, sync
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.training.drafting import write

KEYS: dict[str, Verdict] = {"a": "accepted", "r": "rejected"}
HELP = "a accept   e edit   r reject   s skip   q stop"


def questions(
    bot: Bot = Path(),
    out: Annotated[
        Path | None,
        typer.Option(help="The file of drafts; else data/drafted.jsonl in the bot folder."),
    ] = None,
    count: Annotated[int, typer.Option("-n", min=1, help="Drafts at most, by rules.")] = 200,
    seed: Annotated[int, typer.Option(help="Draws other wordings.")] = 0,
    teacher: Annotated[
        str, typer.Option(help="A model at --base-url that writes the drafts, instead of rules.")
    ] = "",
    base_url: Annotated[str, typer.Option(help="An OpenAI-compatible URL.")] = "",
    api_key_env: Annotated[
        str, typer.Option(help="The environment variable that holds the key.")
    ] = "",
    review: Annotated[
        bool,
        typer.Option("--review", help="Read the drafts, and accept or reject each with a key."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Draft questions and answers from the documents; they are learned once they are reviewed.

    A row that is accepted has "reviewed": true; who likes an editor better than --review changes that there.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    drafts = Drafts(out or _place(spec))
    if review:
        _review(drafts, screen)
        return
    index = index_of(spec)
    try:
        current = Registry(spec).deployment()
        needed = {current.knowledge} if current is not None and current.knowledge else set()
        if not index.meta("held"):
            sync(spec, index, needed=needed, progress=screen)
        search = Search.current(index, languages=spec.bot.languages)
        if teacher or base_url:
            found, by = _taught(spec, search, screen, teacher, base_url, api_key_env)
        else:
            found, by = drafted(search, seed, count), RULES
        stale = [*drafts.stale(passage.text for _, passage in search.everything())]
    finally:
        index.close()
    added = drafts.add(found, by)
    _say(screen, drafts, added, len(found), stale, bot)


def _place(spec: Spec) -> Path:
    folders = [path for path in map(spec.path, spec.data.paths) if not path.is_file()]
    return (folders or [spec.path("data")])[0] / "drafted.jsonl"


def _taught(
    spec: Spec, search: Search, screen: Screen, model: str, base_url: str, key: str
) -> tuple[list[Drafted], str]:
    hosted = hosted_spec(spec, model, base_url, key, "You help to write questions and answers.")
    bot = teacher_of(hosted, begin_public(spec))

    async def ask() -> list[Drafted]:
        await bot.engine.start()
        try:
            done = await write(search.everything(), bot, screen)
        finally:
            await bot.engine.close()
        for problem, times in done.problems.most_common(5):
            screen.say(f"  {times:,} x {problem}")
        if done.problems and not done.drafts:
            raise ChatwrightError("The teacher wrote no question.", "See the reasons above.")
        return done.drafts

    return asyncio.run(ask()), f"teacher/{hosted.model.hosted_model}"


def _say(
    screen: Screen, drafts: Drafts, added: int, found: int, stale: list[Draft], bot: Path
) -> None:
    counts = Counter(draft.verdict for draft in drafts.all())
    screen.say(f"{added:,} new drafts in {drafts.path}; {found - added:,} were known before.")
    screen.say(", ".join(f"{count:,} {verdict}" for verdict, count in counts.items()) or "None.")
    for draft in stale[:8]:
        screen.say(f"no longer in {draft.document}, but accepted: {draft.question}")
    if counts["waiting"]:
        screen.say(
            f"Next: `chatwright knowledge questions --review --bot {bot}`; nothing is learned before."
        )
    screen.result(
        {
            "file": str(drafts.path),
            "added": added,
            **{verdict: counts[verdict] for verdict in ("waiting", "accepted", "rejected")},
            "stale": [draft.id for draft in stale],
        }
    )


# --- the review


def _review(drafts: Drafts, screen: Screen) -> None:
    """One key a draft; every decision is on the disk before the next is asked for."""
    rows = drafts.all()
    waiting = [place for place, draft in enumerate(rows) if draft.verdict == "waiting"]
    done = Counter[str]()
    screen.say(f"{len(waiting):,} drafts to review. {HELP}")
    for number, place in enumerate(waiting, 1):
        draft = rows[place]
        screen.say(f"\n{number} of {len(waiting)}  ({draft.document})")
        screen.say(f"  Q  {draft.question}")
        screen.say(f"  A  {draft.answer}")
        decided = _decided(draft, screen)
        if decided is None:
            break
        if decided.verdict != "waiting":
            rows[place] = decided
            drafts.keep(rows)
            done[decided.verdict] += 1
    left = sum(draft.verdict == "waiting" for draft in rows)
    screen.say(f"{done['accepted']:,} accepted, {done['rejected']:,} rejected, {left:,} to review.")
    if done["accepted"]:
        screen.say("Next: `chatwright up`, which learns what was accepted.")
    screen.result({"accepted": done["accepted"], "rejected": done["rejected"], "waiting": left})


def _decided(draft: Draft, screen: Screen) -> Draft | None:
    """The draft as it was decided; None: stop here."""
    while True:
        key = _key()
        if key in KEYS:
            return draft.decided(KEYS[key])
        if key == "e":
            question = _line(f"  Q [{draft.question}]: ")
            answer = _line(f"  A [{draft.answer}]: ")
            return draft.decided("accepted", question, answer)
        if key == "s":
            return draft
        if key in ("q", ""):
            return None
        screen.say(HELP)


def _key() -> str:
    """One key from a terminal, a line's first letter from elsewhere; empty at the end."""
    if sys.stdin.isatty():
        return typer.getchar().lower()[:1]
    line = sys.stdin.readline()
    return (line.strip().lower()[:1] or " ") if line else ""


def _line(prompt: str) -> str:
    if sys.stdin.isatty():
        return input(prompt).strip()
    return sys.stdin.readline().strip()
