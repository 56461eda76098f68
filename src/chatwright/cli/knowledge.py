"""`chatwright knowledge sync|search|list|diff|rollback|forget|gaps|questions`: what answers may rest on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import People
from chatwright.cli.drafting import questions
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened, store_of
from chatwright.core.errors import NotFound
from chatwright.knowledge import Hit, Index, Search, Snapshots
from chatwright.knowledge import sync as syncing
from chatwright.knowledge.gaps import Gaps
from chatwright.knowledge.meaning import open_embedder
from chatwright.knowledge.shared import shared_of
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.store.secret import find_secret

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright knowledge search 'opening hours' --bot mybot",
)
SHOWN = 8  # names of each kind
app.command("questions", epilog="Example: chatwright knowledge questions --bot mybot")(questions)


@app.command(epilog="Example: chatwright knowledge sync --bot mybot")
def sync(
    bot: Bot = Path(),
    fewer: Annotated[
        bool, typer.Option(help="Go on also where more than half of the documents are gone.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read what changed in knowledge/ and at the addresses of [knowledge] urls.

    A document that is gone is removed from the index and from its earlier snapshots.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec, changes=True) as index:
        done = syncing.sync(
            spec,
            index,
            embedder=open_embedder(spec),
            needed=_needed(spec),
            fewer=fewer,
            progress=screen,
        )
    for what in ("added", "changed", "removed"):
        if names := getattr(done, what):
            screen.say(f"{len(names):,} {what}: {_some(names)}")
    for name, first in done.duplicates[:SHOWN]:
        screen.say(f"{name} has the same content as {first}; it is kept once.")
    for name, why in done.problems.items():
        screen.say(f"{name}: {why}")
    if done.embedded:
        screen.say(f"{done.embedded:,} passages can be found by their meaning, too.")
    screen.say(f"{done.unchanged:,} as before. The snapshot is {done.snapshot}.")
    screen.result(asdict(done))


@app.command(epilog="Example: chatwright knowledge search 'When are you open?' --bot mybot")
def search(
    question: Annotated[str, typer.Argument(help="What somebody may ask.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Passages.")] = 5,
    access: Annotated[
        list[str] | None, typer.Option(help="A label of [knowledge] access; may be given again.")
    ] = None,
    snapshot: Annotated[str, typer.Option(help="An earlier one, by the beginning of its id.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show the passages that are found for a question, with their scores."""
    screen, spec = Screen(as_json), load_spec(bot)
    embedder, languages = open_embedder(spec), spec.bot.languages
    with _opened(spec) as index:
        if snapshot:
            chosen = Snapshots(index).find(snapshot).id
            searched = Search(index, chosen, embedder=embedder, languages=languages)
        else:
            searched = Search.current(index, embedder=embedder, languages=languages)
        found = searched.search(question, k, access or ())
    if not found.hits:
        screen.say(f"Nothing is found among {len(searched):,} passages.")
    for place, hit in enumerate(found.hits, 1):
        _say(screen, place, hit)
    features = asdict(found.features) | {"margin": found.features.margin}
    hits = [asdict(hit) | {"source": asdict(hit.source())} for hit in found.hits]
    screen.result({"snapshot": found.snapshot, "features": features, "hits": hits})


def _say(screen: Screen, place: int, hit: Hit) -> None:
    source = hit.source()
    screen.say(f"{place}. {source.title}  ({', '.join(hit.names)})")
    like = "" if hit.cosine is None else f", cosine {hit.cosine:.2f}"
    where = f"characters {hit.passage.start:,} to {hit.passage.end:,}"
    screen.say(f"   bm25 {hit.bm25:.2f}, {hit.coverage:.0%} of the question{like}; {where}")
    for line in hit.passage.text.strip().split("\n")[:6]:
        screen.say(f"   | {line[:160]}")


@app.command("list", epilog="Example: chatwright knowledge list --bot mybot")
def list_snapshots(
    documents: Annotated[bool, typer.Option(help="The documents of the current one.")] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show the snapshots, newest first, or the documents of the current one."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec) as index:
        snapshots = Snapshots(index)
        found, now = snapshots.all(), snapshots.current_id()
        members = snapshots.members(now) if documents and now else []
        titles = index.titles({one.document for one in members})
    rows = [asdict(one) | {"title": titles[one.document]} for one in members]
    if not found:
        screen.say(f"No snapshots yet. Make one with `chatwright knowledge sync --bot {bot}`.")
    elif documents:
        screen.rows(
            ("name", "for", "title"), [(r["name"], r["label"] or "all", r["title"]) for r in rows]
        )
    else:
        head = ("snapshot", "made", "documents", "deleted since", "")
        screen.rows(
            head,
            [(s.id, s.made, s.documents, s.lacking, "current" * s.current) for s in found],
            whole=("snapshot", "made"),
        )
    shown: dict[str, Any] = {"current": now, "snapshots": [asdict(one) for one in found]}
    screen.result(shown | ({"documents": rows} if documents else {}))


@app.command(epilog="Example: chatwright knowledge diff 3f9c --bot mybot")
def diff(
    before: Annotated[str, typer.Argument(help="A snapshot; else the one before the later.")] = "",
    after: Annotated[str, typer.Argument(help="A later one; else the current one.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show which documents differ between two snapshots."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec) as index:
        snapshots = Snapshots(index)
        ids = [one.id for one in snapshots.all()]
        last = snapshots.find(after or snapshots.current_id() or "-").id
        earlier = ids[ids.index(last) + 1 :]
        if not before and not earlier:
            raise NotFound(f"There is no snapshot before {last}.", "Name two.")
        first = snapshots.find(before).id if before else earlier[0]
        found = snapshots.difference(first, last)
    for what, names in asdict(found).items():
        for name in names:
            screen.say(f"{what}: {name}")
    screen.say(f"From {first} to {last}.")
    screen.result({"before": first, "after": last} | asdict(found))


@app.command(epilog="Example: chatwright knowledge rollback --bot mybot")
def rollback(
    snapshot: Annotated[str, typer.Argument(help="Where to; else the one before.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Search an earlier snapshot again, until the next `chatwright knowledge sync`.

    Documents that were deleted since do not come back.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec, changes=True) as index:
        now = Snapshots(index).rollback(snapshot)
        count = len(Snapshots(index).members(now))
    screen.say(f"The snapshot {now} with {count:,} documents is current.")
    screen.result({"snapshot": now, "documents": count})


@app.command(epilog="Example: chatwright knowledge forget --bot mybot")
def forget(bot: Bot = Path(), as_json: Json = False) -> None:
    """Remove all earlier snapshots, and the text that only they hold, except what is deployed."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec, changes=True) as index:
        gone = syncing.forget_earlier(index, _needed(spec))
    screen.say(f"{gone:,} snapshots were removed.")
    screen.result({"removed": gone})


@app.command(epilog="Example: chatwright knowledge gaps --days 7 --bot mybot")
def gaps(
    days: Annotated[int, typer.Option(min=1, help="How far to look back.")] = 30,
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """List what people asked in vain: what was refused, disliked, or answered with little confidence.

    Words of people who did not agree that they are read are counted, and not shown.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    with _opened(spec) as index, opened(spec) as database:
        known = Snapshots(index).current_id() is not None
        search = Search.current(index, languages=spec.bot.languages) if known else None
        people = People(spec, database, find_secret(spec.made))
        version = people.consent_version if people.consent_text else ""
        report = Gaps(database, spec, version).report(days, search, most)
    for place, gap in enumerate(report.gaps, 1):
        parts = {"refused": gap.refused, "disliked": gap.disliked, "unsure": gap.unsure}
        why = ", ".join(f"{count:,} {what}" for what, count in parts.items() if count)
        screen.say(f"{place}. {gap.examples[0]}  ({gap.count:,} asked: {why})")
        for other in gap.examples[1:]:
            screen.say(f"   also: {other}")
        near = [f"{one.name} ({one.coverage:.0%})" for one in gap.documents]
        screen.say(f"   nearest: {', '.join(near) or 'no document'}")
        screen.say(f"   [ ] {gap.advice}.")
    screen.say(
        f"{report.answered_well:,} of {report.questions:,} questions were answered well in"
        f" {days:,} days; {report.unquoted:,} more may not be shown."
    )
    screen.result(asdict(report))


@contextmanager
def _opened(spec: Spec, *, changes: bool = False) -> Iterator[Index]:
    """The index; where several machines have one, as it is now, and shared afterwards if it `changes`."""
    index = syncing.index_of(spec)
    try:
        if store_of(spec).startswith("postgres"):
            with opened(spec) as database:
                shared = shared_of(database, spec)
                assert shared is not None, "a store of PostgreSQL"
                if not changes:
                    shared.follow(index)
                with shared.keeping(index) if changes else nullcontext():
                    yield index
        else:
            yield index
    finally:
        index.close()


def _needed(spec: Spec) -> set[str]:
    """The snapshot of the deployment in force."""
    current = Registry(spec).deployment()
    return {current.knowledge} if current is not None and current.knowledge else set()


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN:,} more"
