"""What people do with their own conversations beside talking: attach a text, take a conversation along in a
file, bring one back, see what they may ask next.

Each handler names the owner in every call below it; another's id is answered like none at all.
"""

from __future__ import annotations

import asyncio
import re
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from chatwright.answer.attached import room, tokens
from chatwright.answer.following import following
from chatwright.core.errors import NotFound
from chatwright.server.chat_types import AttachedText, ConversationFile, NextQuestions, ReadText
from chatwright.server.errors import WRITING, Problem
from chatwright.server.services import Services, Shared
from chatwright.server.transcripts import markdown
from chatwright.server.visitor import Owner
from chatwright.server.web_types import ConversationSummary
from chatwright.store.attachments import Attached
from chatwright.store.brought import Brought, bring
from chatwright.store.records import ConversationRecord, MessageRecord

BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": BINARY}}}
WORDS = re.compile(r"[^a-z0-9]+")

router = APIRouter(prefix="/api", responses=WRITING)


@router.post("/attachments", openapi_extra=FILE)
async def read(
    request: Request,
    services: Shared,
    owner: Owner,
    name: Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")],
) -> ReadText:
    """The body is the file (.txt .md .csv .json .pdf .docx), up to 5,000,000 bytes. It is kept nowhere."""
    bot = services.deployed.bot_for(owner)
    most = room(bot)
    if most == 0:
        raise Problem(
            400, "This assistant's model cannot read attached texts.", code="unsupported_value"
        )
    text = await services.attaching.text(name, await request.body())
    needed = await asyncio.to_thread(tokens, bot, "", [Attached(name, text)])
    fits = needed < most
    size = {"characters": len(text), "tokens": needed, "room": most}
    return ReadText(name=name, content=text, **size, fits=fits)


@router.get("/messages/{id}/attachments/{place}")
async def attachment(
    id: str, place: Annotated[int, Path(ge=0, le=100)], services: Shared, owner: Owner
) -> AttachedText:
    found = await asyncio.to_thread(services.attachments.find, id, place, owner)
    if found is None:
        raise NotFound("There is no such attachment.", "Load the conversation again.")
    return AttachedText.of(found)


@router.get("/conversations/{id}/suggestions")
async def suggestions(
    id: str, services: Shared, owner: Owner, after: Annotated[str, Query(max_length=100)]
) -> NextQuestions:
    """What may be asked behind the answer `after`: questions that people wrote, or none."""
    _, messages = await _whole(services, id, owner)
    tree = {one.id: one for one in messages}
    answer = tree.get(after)
    if answer is None or answer.role != "assistant":
        raise NotFound("There is no such answer.", "Load the conversation again.")
    asked: list[str] = []
    at: MessageRecord | None = answer
    while at is not None:
        if at.role == "user":
            asked.append(at.content)
        at = tree.get(at.parent_id or "")
    bot = services.deployed.bot_for(owner)
    found = await asyncio.to_thread(following, bot, asked[::-1], answer.route)
    return NextQuestions(questions=found)


@router.get("/conversations/{id}/export", response_class=Response)
async def export(
    id: str,
    services: Shared,
    owner: Owner,
    format: Annotated[Literal["json", "markdown"], Query()] = "json",
    last: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """`json`: the whole tree, which can be imported again. `markdown`: the path that ends with the message
    `last`, or with the newest."""
    record, messages = await _whole(services, id, owner)
    attached = await asyncio.to_thread(services.attachments.of, id, owner)
    who = services.deployed.current().spec.bot
    if format == "markdown":
        if last and all(one.id != last for one in messages):
            raise NotFound("There is no such message.", "Load the conversation again.")
        text = markdown(record, messages, attached, who, last)
        return Response(text, media_type="text/markdown", headers=_named(record, "md"))
    file = ConversationFile.of(record, messages, attached, who.name)
    body = file.model_dump_json(indent=2)
    return Response(body, media_type="application/json", headers=_named(record, "json"))


@router.post("/conversations/import", status_code=201)
async def take(body: ConversationFile, services: Shared, owner: Owner) -> ConversationSummary:
    """A conversation from a file: to be read and gone on with. Nothing is learned from it, and it cannot be
    shared: its answers may be anybody's words."""
    said = [Brought(one.id, one.parent_id, one.role, one.content) for one in body.messages]
    made = await asyncio.to_thread(bring, services.database, owner, body.title, said)
    return ConversationSummary.of(made)


async def _whole(
    services: Services, id: str, owner: str
) -> tuple[ConversationRecord, list[MessageRecord]]:
    found = await asyncio.to_thread(services.conversations.find, id, owner)
    if found is None:
        raise NotFound("There is no such conversation.", "Start a new one.")
    return found, await asyncio.to_thread(services.conversations.messages, id, owner)


def _named(record: ConversationRecord, ending: str) -> dict[str, str]:
    """A file's name of plain letters: what a title may hold must not reach a header."""
    name = WORDS.sub("-", record.title.lower()).strip("-")[:60] or "conversation"
    return {
        "content-disposition": f'attachment; filename="{name}.{ending}"',
        "cache-control": "no-store",
    }
