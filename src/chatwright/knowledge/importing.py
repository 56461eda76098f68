"""Rows of a spreadsheet -> changes of curated answers, in one transaction; every row is accounted for.

The rows of an `answer_id` are all the questions that this answer has from then on. Rows without one are
joined by their answer: where there is an answer with that text, they add questions to it. What has no row
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.knowledge.curating import (
    ANSWERS,
    Curator,
    Writing,
    applied,
    checked_id,
    checked_question,
    checked_text,
    free_id,
)
from chatwright.knowledge.sheets import BadRow, SheetRow, links_of
from chatwright.store.curated import Edit
from chatwright.store.curated_records import Content, shown

BESIDE = ("expires", "starts", "note", "links")
SHOWN = 100  # answers of each kind that a report shows


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that an import makes different; None: it was not there, or is given no more."""

    what: Literal["added", "changed", "retired"]
    before: Content | None
    after: Content | None


@dataclass
class Report:
    """What an import did, or would do. `refused`: rows that were not taken, in their order. `fewer`: questions
    that answers had and have no more. `due`: the first `SHOWN` of what is different."""

    rows: int = 0
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    retired: list[str] = field(default_factory=list)
    fewer: list[str] = field(default_factory=list)
    refused: list[BadRow] = field(default_factory=list)
    revision: int | None = None  # that was made
    due: list[Due] = field(default_factory=list)


class Strict(WrongUse):
    """Rows were refused, and none of the others was taken either."""


@dataclass
class _Group:
    """The rows of one answer."""

    id: str
    rows: list[SheetRow] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)  # the answer's, with the row it stands in


def take(
    curator: Curator,
    rows: Iterable[SheetRow | BadRow],
    author: str,
    *,
    replacing: bool = False,
    trying: bool = False,
    strict: bool = False,
) -> Report:
    """Import rows. `replacing`: answers that have no row are retired. `trying`: only say what would happen.
    `strict`: change nothing when a row is refused. Raises `Strict`."""
    report = Report()
    groups = _grouped(rows, report)
    with curator.rows.edit(curator.bot, author, "imported") as edit:
        _Import(edit, report).take(groups, replacing)
        report.refused.sort(key=lambda bad: bad.number)
        if trying or (strict and report.refused):
            edit.drop()
    curator.noted(edit, "curated.imported", author)
    if strict and report.refused and not trying:
        first = report.refused[0]
        raise Strict(
            f"{len(report.refused):,} of {report.rows:,} rows are refused, and nothing was changed;"
            f" row {first.number}: {first.reason}.",
            "Correct them, or import without --strict.",
        )
    report.revision = edit.done.number if edit.done else None
    return report


def _grouped(rows: Iterable[SheetRow | BadRow], report: Report) -> list[_Group]:
    """Rows by their answer, those with an id first."""
    groups: dict[tuple[str, str], _Group] = {}
    for row in rows:
        report.rows += 1
        if isinstance(row, BadRow):
            report.refused.append(row)
            continue
        if row.answer_id:  # also where all of its rows are refused: then it is not without a row
            groups.setdefault((row.answer_id, ""), _Group(row.answer_id))
        try:
            text = checked_text(row.answer) if row.answer or not row.answer_id else ""
            row = replace(row, question=checked_question(row.question), answer=text)
            named = checked_id(row.answer_id) if row.answer_id else ""
        except WrongUse as error:
            report.refused.append(_bad(row, error))
            continue
        at = (named, "" if named else text)
        group = groups.setdefault(at, _Group(named))
        if text and group.texts and text not in group.texts:
            first = next(iter(group.texts.values()))
            reason = f"answer_id {named} has another answer in row {first}"
            report.refused.append(BadRow(row.number, reason, row.question))
            continue
        if text:
            group.texts.setdefault(text, row.number)
        group.rows.append(row)
    return sorted(groups.values(), key=lambda group: not group.id)


def _bad(row: SheetRow, error: ChatwrightError) -> BadRow:
    return BadRow(row.number, error.problem.rstrip("."), shown(row.question))


class _Import:
    """One import, within its transaction."""

    def __init__(self, edit: Edit, report: Report) -> None:
        self._edit, self._report = edit, report
        self._present = {id: record.content for id, record in edit.all().items()}
        self._active = {id: one for id, one in self._present.items() if one.state == "active"}
        self._by_text = {one.text: id for id, one in reversed(self._active.items())}
        self._new: dict[str, Content] = {}
        self._holders: dict[
            str, tuple[str, int]
        ] = {}  # digest of a question -> its answer, its row

    def take(self, groups: list[_Group], replacing: bool) -> None:
        named = {group.id for group in groups if group.id and group.rows}
        kept = {self._by_text.get(next(iter(g.texts), "")) for g in groups if not g.id}
        for id, content in self._active.items():
            if id not in named and (not replacing or id in kept):
                self._hold(id, content.questions)
        for group in groups:
            try:
                self._group(group)
            except ChatwrightError as error:
                self._report.refused += [_bad(row, error) for row in group.rows]
                if (old := self._active.get(group.id)) is not None:
                    self._hold(group.id, old.questions)
        if replacing:
            refused = {group.id for group in groups}
            self._retire(self._active.keys() - self._new.keys() - refused)
        for id, content in self._new.items():
            self._edit.put(id, content)
            self._count(id, content)

    def _group(self, group: _Group) -> None:
        text = next(iter(group.texts), "")
        id = group.id or self._by_text.get(text, "")
        old = self._new.get(id) or self._present.get(id)
        if not text:
            text = old.text if old else ""
        before = list(old.questions) if old and not group.id else []
        asked = before + self._free(group, id or "\0", before)
        if not asked:  # all of its rows are refused, each with its reason
            self._hold(id, old.questions if old and old.state == "active" else ())
            return
        content = applied(self._writing(group, text, asked, old), old)
        if not id and len(self._present) + len(self._new) >= ANSWERS:
            raise WrongUse(f"A bot may have {ANSWERS:,} curated answers")
        id = id or self._made()
        self._new[id] = content
        self._by_text.setdefault(content.text, id)
        for row in group.rows:
            self._holders.setdefault(self._edit.digest(row.question), (id, row.number))

    def _writing(self, group: _Group, text: str, asked: list[str], old: Content | None) -> Writing:
        """What the first row that says something of it says beside question and answer."""
        beside = dict[str, Any]()
        for name in BESIDE:
            said = [value for row in group.rows if (value := getattr(row, name)) is not None]
            if said:
                beside[name] = next(filter(None, said), "")
        if not group.id and old is not None:  # questions are added to an answer: empty says nothing
            beside = {name: value for name, value in beside.items() if value}
        if "links" in beside:
            beside["links"] = links_of(beside["links"])
        return Writing(text=text, questions=asked, active=True, **beside)

    def _free(self, group: _Group, id: str, before: list[str]) -> list[str]:
        """The questions of a group's rows that no answer has; the others are refused. One that the answer has
        already, and the file has once, is nothing to speak of."""
        own = {self._edit.digest(question) for question in before}
        seen = dict[str, int]()
        found = []
        for row in group.rows:
            digest = self._edit.digest(row.question)
            holder, number = self._holders.get(digest, (id, 0))
            if digest in seen:
                self._refuse(row, f"the question stands there twice, first in row {seen[digest]}")
            elif holder != id:
                where = f" in row {number}" if number else ""
                other = self._new.get(holder) or self._present[holder]
                self._refuse(row, f'answered already{where}, by {holder}: "{shown(other.text)}"')
            elif digest not in own:
                found.append(row.question)
            seen.setdefault(digest, row.number)
        return found

    def _made(self) -> str:
        while (made := free_id(self._edit)) in self._new:
            continue
        return made

    def _refuse(self, row: SheetRow, reason: str) -> None:
        self._report.refused.append(BadRow(row.number, reason, shown(row.question), double=True))

    def _hold(self, id: str, questions: Iterable[str]) -> None:
        for question in questions:
            self._holders.setdefault(self._edit.digest(question), (id, 0))

    def _retire(self, ids: Iterable[str]) -> None:
        for id in sorted(ids):
            self._edit.put(id, self._active[id].retired())
            self._report.retired.append(id)
            self._show(Due("retired", self._active[id], None), len(self._report.retired))

    def _count(self, id: str, content: Content) -> None:
        old = self._present.get(id)
        if old == content:
            self._report.unchanged += 1
            return
        ids = self._report.changed if old else self._report.added
        ids.append(id)
        self._show(Due("changed" if old else "added", old, content), len(ids))
        if old is not None and old.state == "active":
            here = {self._edit.digest(question) for question in content.questions}
            gone = (one for one in old.questions if self._edit.digest(one) not in here)
            self._report.fewer += gone

    def _show(self, due: Due, count: int) -> None:
        if count <= SHOWN:
            self._report.due.append(due)
