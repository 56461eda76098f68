"""What the knowledge page does, without HTTP: the floors below, wired together for one bot. All calls block.

Every change reads the folder at once, so that it is answered from before the page says that it is done; other
processes and machines follow the index by themselves.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from chatwright.answer.guard_evidence import neutralised
from chatwright.core.errors import ChatwrightError, Conflict, DataError, NotFound
from chatwright.core.types import Embedder
from chatwright.data.documents import CONFINED, Text
from chatwright.data.languages import language_of
from chatwright.data.readers.source import Source
from chatwright.evaluation.cases import load_cases
from chatwright.knowledge import Index, Snapshots
from chatwright.knowledge.catalogue import Entry, catalogue, entry
from chatwright.knowledge.passages import passages, title_of
from chatwright.knowledge.reading import document as read_document
from chatwright.knowledge.shared import Shared, shared_of
from chatwright.knowledge.shelf import Edit, Put, Shelf, Taken
from chatwright.knowledge.sync import Synced, index_of, sync
from chatwright.knowledge.trial import Trial, attempt, compared
from chatwright.release.registry import Registry
from chatwright.server.caller import Caller
from chatwright.server.console import knowledge_types as types
from chatwright.server.console.uploads import Upload, Uploads, in_words
from chatwright.server.errors import Problem
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store.cited import cited

EDITABLE = 500_000  # characters of a text that may be edited on the page
LANGUAGE_LETTERS, LANGUAGE_SURE = 40, 0.8
REMEMBERED = 20_000  # documents whose language and marks are kept in memory
SHOWN_DOCUMENTS = 200  # of a difference
_seen: dict[str, tuple[str, int]] = {}  # by a document's id, which is a hash of its content
_tongues, _beginning = threading.Event(), threading.Lock()  # languages can be told
_reading = threading.BoundedSemaphore(2)  # documents parsed at once: each may take 2 GiB


@dataclass(frozen=True)
class Desk:
    """Of one bot, for one caller."""

    services: Services
    spec: Spec
    caller: Caller

    @property
    def uploads(self) -> Uploads:
        return Uploads(self.spec, "knowledge")

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.spec)

    @property
    def embedder(self) -> Embedder | None:
        router = self.services.bots[self.spec.bot.name].current().router
        return router.embedder if router else None

    @property
    def shared(self) -> Shared | None:
        return shared_of(self.services.database, self.spec)

    @contextmanager
    def index(self, *, changes: bool = False) -> Iterator[Index]:
        """As it is now; where several machines have one, shared afterwards if it `changes`."""
        index, shared = index_of(self.spec), self.shared
        try:
            if shared is not None and not changes:
                shared.follow(index)
            with shared.keeping(index) if shared is not None and changes else nullcontext():
                yield index
        finally:
            index.close()

    def needed(self) -> set[str]:
        current = Registry(self.spec).deployment()
        return {current.knowledge} if current is not None and current.knowledge else set()

    def noted(self, action: str, **detail: str | int | bool | None) -> None:
        self.services.people.audit.add(
            action, self.caller.id, "", bot=self.spec.bot.name[:80], **detail
        )

    def cited(self) -> Counter[str]:
        return cited(self.services.database, self.spec.bot.name)

    # --- looking

    def documents(
        self, search: str, trouble: bool, order: str, limit: int, offset: int
    ) -> types.DocumentList:
        with self.index() as index:
            now = Snapshots(index).current_id()
            every = catalogue(self.spec, index, now)
            words = search.casefold()
            found = [one for one in every if words in f"{one.name}\n{one.title}".casefold()]
            if trouble:
                found = [
                    one for one in found if one.problem or one.twin or self._about(index, one)[1]
                ]
            if order == "newest":
                found.sort(key=lambda one: one.at, reverse=True)
            elif order == "passages":
                found.sort(key=lambda one: -one.passages)
            counts = self.cited()
            page = [self._value(index, one, counts) for one in found[offset : offset + limit]]
        return types.DocumentList(documents=page, total=len(found), all=len(every), snapshot=now)

    def document(self, name: str, snapshot: str, limit: int, offset: int) -> types.DocumentView:
        with self.index() as index:
            snapshots = Snapshots(index)
            wanted = snapshots.find(snapshot).id if snapshot else snapshots.current_id()
            one = entry(self.spec, index, wanted, name)
            pieces = index.of(one.document) if one.document else []
            value = self._value(index, one, self.cited())
        shown = [
            types.PassageValue(
                text=piece.text,
                start=piece.start,
                end=piece.end,
                headings=list(piece.headings),
                page=piece.page,
                orders=list(neutralised(piece.text).orders),
            )
            for piece in pieces[offset : offset + limit]
        ]
        text, version = None, ""
        if one.kind == "file":
            version = self.shelf.version(name)
            text = self._own_text(name) if value.editable and not snapshot else None
        return types.DocumentView(
            document=value, passages=shown, total=len(pieces), text=text, version=version
        )

    def _own_text(self, name: str) -> str | None:
        """The file as it is; None where it is too long to edit, or gone."""
        path = self.shelf.path(name)
        with suppress(DataError, OSError):
            with Source(path, name).text() as file:
                text = file.read(4 * EDITABLE + 1).decode("utf-8", "replace")
            return text if len(text) <= EDITABLE else None
        return None

    def _value(self, index: Index, one: Entry, counts: Counter[str]) -> types.DocumentValue:
        language, marks = self._about(index, one)
        kind = one.name.lower()
        return types.DocumentValue(
            name=one.name,
            title=one.title,
            label=one.label,
            kind=one.kind,
            size=one.size,
            at=one.at,
            passages=one.passages,
            characters=one.characters,
            problem=one.problem.replace(str(self.spec.path("knowledge")) + "/", ""),
            twin=one.twin,
            language=language,
            marks=marks,
            cited=counts[one.name],
            editable=one.kind == "file"
            and not kind.endswith(tuple(CONFINED))
            and one.size <= 4 * EDITABLE,
        )

    def _about(self, index: Index, one: Entry) -> tuple[str, int]:
        """Language and number of marks; both follow from the content."""
        if not one.document:
            return "", 0
        if one.document not in _seen:
            if len(_seen) > REMEMBERED:
                _seen.clear()
            text = "\n".join(piece.text for piece in index.of(one.document))
            marks = len(neutralised(text).orders)
            language = _language(text)
            if language is None:
                return "", marks
            _seen[one.document] = (language, marks)
        return _seen[one.document]

    # --- changing

    def looked_at(self, upload: Upload) -> types.UploadValue:
        """What is in a file that was uploaded; it is dropped where nothing can be made of it."""
        try:
            with _reading, in_words(upload.file, upload.name):
                text = read_document(self.spec, upload.file)
            version = self.shelf.version(upload.name)
        except BaseException:
            self.uploads.drop(upload.id, self.caller.id)
            raise
        return types.UploadValue(
            id=upload.id,
            name=upload.name,
            size=upload.size,
            title=title_of(text) or upload.file.stem,
            characters=len(text.text),
            passages=sum(1 for _ in passages(text)),
            language=_language(text.text) or "",
            marks=list(neutralised(text.text).orders)[:20],
            version=version,
            same=version == upload.sha256,
        )

    def plan(self, wanted: types.WantedEdit) -> types.KnowledgePlan:
        """What it would do; nothing is written."""
        texts, stale = dict[str, Text](), []
        for one in wanted.put:
            upload = self.uploads.find(one.upload, self.caller.id)
            name = one.name or upload.name
            if self.shelf.version(name) != one.version:
                stale.append(name)
            with _reading, in_words(upload.file, name):
                texts[name] = read_document(self.spec, upload.file)
        gone = [one.name for one in wanted.remove]
        stale += [one.name for one in wanted.remove if self.shelf.version(one.name) != one.version]
        cases = load_cases(self.spec.path(self.spec.evaluation.cases))
        asked = [(one.id, one.question) for one in cases]
        with self.index() as index:
            found = attempt(self.spec, index, texts, gone, asked)
        return self._plan_value(found, stale)

    def _plan_value(self, found: Trial, stale: list[str]) -> types.KnowledgePlan:
        counts = self.cited()
        documents = [
            types.ChangedValue.model_validate(one).model_copy(
                update={"cited": 0 if one.kind == "added" else counts[one.name]}
            )
            for one in found.documents[:SHOWN_DOCUMENTS]
        ]
        return types.KnowledgePlan(
            before=found.before,
            documents=documents,
            elsewhere=list(found.elsewhere),
            moved=[types.MovedValue.model_validate(one) for one in found.moved],
            asked=found.asked,
            stale=stale,
        )

    def change(self, wanted: types.WantedEdit) -> types.EditDone:
        """Do it, and read it at once."""
        puts, kept = [], []
        for one in wanted.put:
            upload = self.uploads.find(one.upload, self.caller.id)
            name = one.name or upload.name
            if Path(name).suffix.lower() != upload.file.suffix.lower():
                raise Problem(
                    400,
                    f"{name} must end as the file does. Choose another name.",
                    code="invalid_value",
                )
            puts.append(Put(name, upload.file, one.version))
            kept.append(upload)
        taken = [Taken(one.name, one.version) for one in wanted.remove]
        names = [put.name for put in puts] + [gone.name for gone in taken]
        if len(set(names)) < len(names):
            raise Problem(400, "A document is named twice. Name it once.", code="invalid_value")
        puts = [one for one in puts if self.shelf.version(one.name) != _digest(one, kept)]
        edit = self.shelf.change(puts, taken, self.author) if puts or taken else None
        done = self._read(edit, "knowledge.changed")
        if edit is not None and wanted.final:
            self.shelf.forget(edit.id)
            done = done.model_copy(update={"edit": types.EditValue.of(self.shelf.find(edit.id))})
        for upload in kept:
            self.uploads.drop(upload.id, self.caller.id)
        return done

    def undo(self, id: str) -> types.EditDone:
        return self._read(self.shelf.undo(id, self.author), "knowledge.undone")

    def edits(self) -> types.EditList:
        return types.EditList(edits=[types.EditValue.of(one) for one in self.shelf.edits()])

    @property
    def author(self) -> str:
        return self.caller.name or self.caller.id

    def _read(self, edit: Edit | None, action: str) -> types.EditDone:
        """Make what the folder has now answerable; where that fails, the folder is what it was, too."""
        gone = sum(one.after == "" for one in edit.files) if edit else 0
        try:
            with self.index(changes=True) as index:
                synced = self.sync(index, fewer=bool(gone) and not self._lost(index, gone))
        except ChatwrightError:
            if edit is not None:
                self.shelf.undo(edit.id, self.author)
            raise
        if edit is not None:
            self.noted(action, edit=edit.id, documents=len(edit.files))
        self.later()
        value = None if edit is None else types.EditValue.of(edit)
        return types.EditDone(edit=value, synced=types.SyncedValue.model_validate(synced))

    def _lost(self, index: Index, gone: int) -> bool:
        """Whether more than what was deleted here is gone: rather a folder that is not mounted."""
        current = Snapshots(index).current_id()
        held = [one.name for one in (Snapshots(index).members(current) if current else [])]
        files = [name for name in held if "://" not in name]
        there = sum(self.spec.path("knowledge").joinpath(name).exists() for name in files)
        return len(files) - there > gone + len(files) // 10

    def sync(
        self,
        index: Index,
        *,
        web: bool | Sequence[str] = False,
        fewer: bool = False,
        dropped: Sequence[str] = (),
    ) -> Synced:
        """Vectors are made afterwards (`later`): words find it until then."""
        try:
            return sync(
                self.spec, index, needed=self.needed(), web=web, fewer=fewer, dropped=dropped
            )
        except DataError as error:
            raise Conflict(error.problem, error.next_step, code="not_synced") from error

    def later(self) -> None:
        """Make the vectors that are missing, beside everything else."""
        embedder = self.embedder
        if embedder is None:
            return

        def work() -> None:
            with suppress(ChatwrightError, OSError):
                index = index_of(self.spec)
                try:
                    now = Snapshots(index).current_id() or ""
                    for _ in index.embed(embedder, index.without_vector(embedder.id, now)):
                        pass
                finally:
                    index.close()

        threading.Thread(target=work, name="vectors", daemon=True).start()

    # --- snapshots

    def snapshots(self) -> types.SnapshotList:
        with self.index() as index:
            found, held = Snapshots(index).all(), index.meta("held")
        return types.SnapshotList(
            snapshots=[types.SnapshotValue.model_validate(one) for one in found], held=held
        )

    def difference(self, before: str, after: str) -> types.SnapshotDifference:
        """From one snapshot to another; `before` empty: from the one made before it."""
        with self.index() as index:
            snapshots = Snapshots(index)
            last = snapshots.find(after or snapshots.current_id() or "-").id
            ids = [one.id for one in snapshots.all()]
            earlier = ids[ids.index(last) + 1 :]
            if not before and not earlier:
                raise NotFound(f"There is no snapshot before {last}.", "Choose two.")
            first = snapshots.find(before).id if before else earlier[0]
            old = {one.name: one for one in snapshots.members(first)}
            new = {one.name: one for one in snapshots.members(last)}
            names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
            found = compared(index, old, new, names[:SHOWN_DOCUMENTS])
        values = [types.ChangedValue.model_validate(one) for one in found]
        return types.SnapshotDifference(
            before=first, after=last, documents=values, total=len(names)
        )

    def rollback(self, to: str, known: str | None) -> types.SnapshotMoved:
        with self.index(changes=True) as index:
            before = Snapshots(index).current_id()
            if known is not None and known != before:
                raise Conflict(
                    "Somebody else changed the knowledge meanwhile.",
                    "Look at the list of versions again.",
                    code="stale_snapshot",
                )
            now = Snapshots(index).rollback(to)
        self.noted("knowledge.rolledback", to=now, before=before or "")
        return types.SnapshotMoved(snapshot=now, before=before)

    def forward(self) -> types.SyncedValue:
        """Read the folder, whatever was gone back to."""
        with self.index(changes=True) as index:
            done = self.sync(index)
        self.noted("knowledge.synced", snapshot=done.snapshot)
        self.later()
        return types.SyncedValue.model_validate(done)


def _language(text: str) -> str | None:
    """None until what tells languages is loaded: that takes seconds, for which nobody is to wait."""
    if not _tongues.is_set():
        if _beginning.acquire(blocking=False):

            def work() -> None:
                language_of("a" * LANGUAGE_LETTERS, LANGUAGE_LETTERS)
                _tongues.set()

            threading.Thread(target=work, name="languages", daemon=True).start()
        return None
    code, sure = language_of(text, LANGUAGE_LETTERS)
    return code if sure >= LANGUAGE_SURE else ""


def _digest(put: Put, uploads: list[Upload]) -> str:
    return next(one.sha256 for one in uploads if one.file == put.file)
