"""What the API of people's own conversations takes and gives: texts they attach, links they share, files they
export and import."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatwright.core.types import Route
from chatwright.server.limits import CHARACTERS, MESSAGES, Text
from chatwright.server.web_types import Asked, AttachmentValue, SourceValue, Title
from chatwright.store.attachments import Attached, AttachedLine
from chatwright.store.records import ConversationRecord, MessageRecord
from chatwright.store.shares import Share, Shown

FORMAT = "chatwright.conversation/1"


class NextQuestions(BaseModel):
    """Questions that may follow, the nearest first; often none."""

    questions: tuple[str, ...]


class ReadText(BaseModel):
    """A file as text, and what it takes: `tokens` of the `room` that a message has with all that is attached
    to it. Nothing of it is kept here: it goes with the message that it is sent with."""

    name: str
    content: str
    characters: int
    tokens: int
    room: int
    fits: bool


class AttachedText(BaseModel):
    """What was attached to a message."""

    name: str
    content: str

    @classmethod
    def of(cls, record: Attached) -> AttachedText:
        return cls(name=record.name, content=record.content)


# --- links ---------------------------------------------------------------------------------------


class NewShare(Asked):
    """A link to the path that ends with the message `last`; `days` until it ends."""

    last: Text
    days: Annotated[int, Field(ge=1, le=90)] = 7


class ShareValue(BaseModel):
    """A link that works, without what opens it."""

    id: str
    title: str
    messages: int
    created_at: str
    expires_at: str

    @classmethod
    def of(cls, record: Share) -> ShareValue:
        return cls.model_validate(record, from_attributes=True)


class ShareList(BaseModel):
    """The newest first."""

    shares: list[ShareValue]


class ShareMade(BaseModel):
    """A new link: `path` is its address on this server, and is told this once."""

    share: ShareValue
    path: str


class SharedMessage(BaseModel):
    """A message as whoever has the link sees it; of what was attached the names alone."""

    id: str
    role: Literal["user", "assistant"]
    content: str
    created_at: str
    route: Route | None
    sources: list[SourceValue]
    author: str | None  # the person of the team who wrote it; null: the bot, or whoever asked
    attachments: list[str]

    @classmethod
    def of(cls, record: MessageRecord, names: tuple[str, ...]) -> SharedMessage:
        values = {name: getattr(record, name) for name in ("id", "role", "content", "created_at")}
        values |= {"route": record.route, "sources": list(record.sources)}
        values |= {"author": record.author}
        return cls(**values, attachments=list(names))


class SharedValue(BaseModel):
    """What a link shows."""

    bot: str
    assistant: str
    disclosure: str
    title: str
    created_at: str
    expires_at: str
    messages: list[SharedMessage]

    @classmethod
    def of(cls, shown: Shown, bot: str, assistant: str, disclosure: str) -> SharedValue:
        share = shown.share
        said = [SharedMessage.of(one, shown.attached.get(one.id, ())) for one in shown.messages]
        times = {"created_at": share.created_at, "expires_at": share.expires_at}
        who = {"bot": bot, "assistant": assistant, "disclosure": disclosure}
        return cls(**who, **times, title=share.title, messages=said)


# --- files ---------------------------------------------------------------------------------------


class FileMessage(BaseModel):
    """A message in a file. Of what was attached, the names."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(max_length=100)]
    parent_id: Annotated[str, Field(max_length=100)] | None
    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=CHARACTERS)]
    created_at: str = ""
    route: Route | None = None
    sources: list[SourceValue] = []
    attachments: list[AttachmentValue] = []


class ConversationFile(BaseModel):
    """A conversation in a file, with its whole tree; a later version may say more, which is left out."""

    model_config = ConfigDict(extra="ignore")

    format: Literal["chatwright.conversation/1"]
    title: Title
    bot: Annotated[str, Field(max_length=200)] = ""
    exported_at: str = ""
    messages: Annotated[list[FileMessage], Field(min_length=1, max_length=MESSAGES)]

    @classmethod
    def of(
        cls,
        record: ConversationRecord,
        messages: list[MessageRecord],
        attached: dict[str, tuple[AttachedLine, ...]],
        bot: str,
    ) -> ConversationFile:
        said = [
            FileMessage(
                id=one.id,
                parent_id=one.parent_id,
                role=one.role,
                content=one.content,
                created_at=one.created_at,
                route=one.route,
                sources=[SourceValue.model_validate(source) for source in one.sources],
                attachments=[AttachmentValue.of(line) for line in attached.get(one.id, ())],
            )
            for one in messages
            if one.role in ("user", "assistant")
        ]
        made = datetime.now(UTC).isoformat(timespec="seconds")
        title = record.title or "Conversation"
        return cls(format=FORMAT, title=title, bot=bot, exported_at=made, messages=said)
