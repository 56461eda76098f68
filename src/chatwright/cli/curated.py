"""`chatwright curated add|list|show|edit|remove|log|rollback`, and with `curated_files` import and export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Bot, Json, Screen, difference
from chatwright.cli.store import opened
from chatwright.core.errors import NotFound, WrongUse
from chatwright.knowledge.curating import Curator, Writing, day, record_values
from chatwright.spec import Spec, load_spec
from chatwright.store.audit import AuditLog
from chatwright.store.curated_lists import Which
from chatwright.store.curated_records import Content, CuratedRecord, Difference, Link, shown
from chatwright.store.secret import find_secret
from chatwright.store.stamps import now

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Example: chatwright curated add "When are you open?" --answer "Nine to six." --bot mybot',
)
AUTHOR = "cli"

Id = Annotated[str, typer.Argument(help="An answer's id, or how it begins.")]
Variant = Annotated[
    list[str] | None,
    typer.Option("--variant", help="Another question with this answer; may be given again."),
]
Expires = Annotated[
    str | None,
    typer.Option(help="The last day on which it is given, as 2027-01-31; or a moment (UTC)."),
]
Starts = Annotated[str | None, typer.Option(help="The first day on which it is given.")]
Note = Annotated[str | None, typer.Option(help="For those who edit; nobody else sees it.")]
Links = Annotated[
    list[str] | None,
    typer.Option(
        "--link", help='An address or a document, also "Title | address"; may be given again.'
    ),
]


@contextmanager
def curator_of(spec: Spec) -> Iterator[Curator]:
    """The curated answers of the bot's store; closed afterwards."""
    with opened(spec) as database:
        audit = AuditLog(database, find_secret(spec.made), spec.made)
        yield Curator(database, spec.bot.name, audit)


@app.command(
    epilog='Example: chatwright curated add "When are you open?" --answer "Nine to six." --bot mybot'
)
def add(
    question: Annotated[str, typer.Argument(help="What people ask.")],
    answer: Annotated[str, typer.Option(help="What they are answered.")],
    variant: Variant = None,
    expires: Expires = None,
    starts: Starts = None,
    note: Note = None,
    link: Links = None,
    id: Annotated[str, typer.Option(help="An id of your own; else one is made.")] = "",
    origin: Annotated[str, typer.Option(help="The message it was made from, by its id.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Add an answer, with one or more questions. Every server gives it from the next message on."""
    screen, spec = Screen(as_json), load_spec(bot)
    asked = [question, *(variant or ())]
    wanted = Writing(answer, asked, note, _links(link), starts, expires)
    with curator_of(spec) as curator:
        made = curator.add(wanted, AUTHOR, id=id, origin=origin or None)
    screen.say(f"Added {made.id}, revision {made.revision}.")
    screen.result(record_values(made))


@app.command("list", epilog='Example: chatwright curated list "opening hours" --bot mybot')
def list_answers(
    words: Annotated[str, typer.Argument(help="Words of a question or an answer.")] = "",
    retired: Annotated[bool, typer.Option("--retired", help="Those that were removed.")] = False,
    limit: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many.")] = 50,
    skip: Annotated[int, typer.Option(min=0, help="Of the first ones.")] = 0,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show answers, those that were changed last first."""
    screen, spec = Screen(as_json), load_spec(bot)
    state: Which = "retired" if retired else "active"
    with curator_of(spec) as curator:
        found, total = curator.rows.page(spec.bot.name, words, state, limit, skip)
    if not found:
        screen.say("There are none. Add one with `chatwright curated add`.")
    else:
        head = ("id", "question", "more", "answer", "given")
        rows = [(one.id, *_row(one)) for one in found]
        screen.rows(head, rows, whole=("id",))
        if total > len(found):
            screen.say(f"{len(found):,} of {total:,}; -n and --skip show others.")
    screen.result({"answers": [record_values(one) for one in found], "total": total})


@app.command(epilog="Example: chatwright curated show 3f9c2a71b0 --bot mybot")
def show(id: Id, bot: Bot = Path(), as_json: Json = False) -> None:
    """Show one answer with all of its questions."""
    screen, spec = Screen(as_json), load_spec(bot)
    with curator_of(spec) as curator:
        found = curator.rows.named(spec.bot.name, id)
    by = found.author or "somebody"
    screen.say(f"{found.id}, revision {found.revision}, by {by}, {found.updated_at}")
    for line in _lines(found.content):
        screen.say(line)
    screen.result(record_values(found))


@app.command(epilog='Example: chatwright curated edit 3f9c --answer "Ten to six." --bot mybot')
def edit(
    id: Id,
    answer: Annotated[str | None, typer.Option(help="Instead of the text there is.")] = None,
    question: Annotated[
        list[str] | None, typer.Option(help="Instead of all questions there are; repeatable.")
    ] = None,
    variant: Variant = None,
    without: Annotated[
        list[str] | None, typer.Option(help="A question that it shall have no more; repeatable.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option(help="The last day on which it is given, or never.")
    ] = None,
    starts: Starts = None,
    note: Note = None,
    link: Links = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Give it again, after it was removed.")
    ] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Change an answer; what is not named stays as it is. An empty value takes a date, note or link away."""
    screen, spec = Screen(as_json), load_spec(bot)
    ends = "" if expires == "never" else expires
    with curator_of(spec) as curator:
        found = curator.rows.named(spec.bot.name, id)
        asked = _asked(found.content.questions, question, variant or [], without or [])
        wanted = Writing(answer, asked, note, _links(link), starts, ends, True if restore else None)
        # Read and changed are two steps: what somebody else changed between them is not lost.
        made = curator.change(found.id, wanted, AUTHOR, expected=found.revision)
    same = made.revision == found.revision
    screen.say("Nothing is different." if same else f"Changed {made.id}, revision {made.revision}.")
    screen.result(record_values(made))


@app.command(epilog="Example: chatwright curated remove 3f9c2a71b0 --bot mybot")
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of answers, or how they begin.")],
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Delete the text from the log too. Cannot be undone."),
    ] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Give these answers no more. `edit --restore` or `rollback` brings them back, but not after --forget."""
    screen, spec = Screen(as_json), load_spec(bot)
    with curator_of(spec) as curator:
        found = [curator.rows.named(spec.bot.name, id).id for id in ids]
        if forget:
            curator.forget(found, AUTHOR)
        else:
            for id in found:
                curator.retire(id, AUTHOR)
    screen.say(f"{'Forgot' if forget else 'Removed'} {', '.join(found)}.")
    screen.result({"removed": found, "forgotten": forget})


@app.command(epilog="Example: chatwright curated log 12 --bot mybot")
def log(
    revision: Annotated[int | None, typer.Argument(help="Show what this one changed.")] = None,
    since: Annotated[
        int | None, typer.Option(help="With a revision: all changes after this one up to it.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many.")] = 20,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show the revisions, the newest first; or what one of them changed."""
    screen, spec = Screen(as_json), load_spec(bot)
    with curator_of(spec) as curator:
        if revision is not None:
            first = revision - 1 if since is None else since
            found = curator.rows.difference(spec.bot.name, first, revision)
            _say_differences(screen, found, first, revision)
            return
        steps = curator.rows.log(spec.bot.name, limit)
    if not steps:
        screen.say("No revisions yet.")
    else:
        head = ("revision", "made", "by", "what", "answers", "content")
        screen.rows(
            head,
            [(s.number, s.at, s.author, s.action, s.answers, s.id or "none") for s in steps],
            whole=("made", "content"),
        )
    screen.result({"revisions": [asdict(one) | {"id": one.id} for one in steps]})


@app.command(epilog="Example: chatwright curated rollback 11 --bot mybot")
def rollback(
    revision: Annotated[
        int | None, typer.Argument(help="Where to; else the one before the newest. 0: no answers.")
    ] = None,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Make all answers what they were at a revision. That is a new revision, and can be rolled back as well."""
    screen, spec = Screen(as_json), load_spec(bot)
    with curator_of(spec) as curator:
        newest = curator.rows.revision(spec.bot.name)
        if newest is None:
            raise NotFound("There are no revisions yet.", "Add an answer first.")
        target = newest.number - 1 if revision is None else revision
        made = curator.rollback(target, AUTHOR, expected=newest.number)
    screen.say(f"As in revision {target}: {made.answers} answers changed, revision {made.number}.")
    screen.result(asdict(made) | {"id": made.id, "to": target})


def _links(given: Sequence[str] | None) -> list[Link] | None:
    if given is None:
        return None
    parts = [one.rpartition(" | ") for one in given if one.strip()]
    return [Link(title.strip(), uri.strip()) for title, _, uri in parts]


def _asked(
    present: tuple[str, ...], instead: list[str] | None, more: list[str], without: list[str]
) -> list[str] | None:
    """The questions that an answer shall have; None: as they are."""
    if instead is None and not more and not without:
        return None
    for one in without:
        if one not in present:
            raise WrongUse(f"It has no question {shown(one)!r}.", "`curated show` lists them.")
    return [one for one in (instead or present) if one not in without] + more


def _row(record: CuratedRecord) -> tuple[str, str, str, str]:
    content = record.content
    more = f"+{len(content.questions) - 1}" if len(content.questions) > 1 else ""
    return shown(content.questions[0]), more, shown(content.text), _given(content)


def _given(content: Content) -> str:
    """When it is given, in words."""
    if content.state == "retired":
        return "no more"
    if content.expires_at is not None and content.expires_at <= now():
        return f"over since {day(content.expires_at, last=True)}"
    first = f"from {day(content.starts_at)}" if content.starts_at else ""
    last = f"until {day(content.expires_at, last=True)}" if content.expires_at else ""
    return " ".join(filter(None, (first, last)))


def _lines(content: Content) -> Iterator[str]:
    for question in content.questions:
        yield f"  ? {question}"
    for line in content.text.split("\n"):
        yield f"  | {line}"
    for link in content.links:
        yield f"  link: {link.title} ({link.uri})"
    about = {"note": content.note, "given": _given(content), "made from": content.origin}
    for name, value in about.items():
        if value:
            yield f"  {name}: {value}"


def _say_differences(screen: Screen, found: Sequence[Difference], first: int, last: int) -> None:
    colours = screen.console.is_terminal
    for one in found:
        before, after = ("\n".join(_lines(c)) if c else "" for c in (one.before, one.after))
        screen.say(one.id)
        screen.draw(difference(before, after, colours))
    screen.say(f"From revision {first} to {last}: {len(found):,} answers differ.")
    values: list[dict[str, Any]] = [asdict(one) for one in found]
    screen.result({"from": first, "to": last, "answers": values})
