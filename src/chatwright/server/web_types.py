"""What the web app's API takes and gives. Frozen by `web/`: a field is added, never renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from chatwright.answer import Bot
from chatwright.answer.attached import CHARACTERS as FILE
from chatwright.answer.attached import FILES, room
from chatwright.core.types import HandoverReason, Mark, Route
from chatwright.server.limits import CHARACTERS, Text, storable
from chatwright.store.attachments import AttachedLine
from chatwright.store.inbox import settled
from chatwright.store.records import (
    ConversationRecord,
    FeedbackRecord,
    HandoverRecord,
    HandoverState,
    MessageRecord,
    Status,
    Thumb,
)
from chatwright.store.staging import link_of

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(storable),
]
Content = Annotated[Text, Field(max_length=CHARACTERS, pattern=r"\S")]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Remark = Annotated[Text, Field(max_length=20_000)]


class Asked(BaseModel):
    """A body of ours alone: an unknown key is a mistake."""

    model_config = ConfigDict(strict=True, extra="forbid")


class NewConversation(Asked):
    """Nothing to say yet: the first message gives the title. A temporary one is in no list, nobody but its
    owner sees it, nothing learns from it, and it is gone once it is left."""

    temporary: bool = False


class Rename(Asked):
    """A new title, or a pin; what is left out stays."""

    title: Title | None = None
    pinned: bool | None = None


class NewAttachment(Asked):
    """A text that goes with a message, as `/api/attachments` read it. It is material, and no order."""

    name: Title
    content: Annotated[Text, Field(max_length=FILE, pattern=r"\S")]


class NewTurn(Asked):
    """`content` null: another reply to the user message `parent_id`. `attachments_of`: a message whose
    attachments go with this one as well, which is a new version of it."""

    content: Content | None = None
    parent_id: Text | None = None
    attachments: Annotated[list[NewAttachment], Field(max_length=FILES)] = []
    attachments_of: Text | None = None


class Feedback(Asked):
    """What somebody says about a reply; as given and as answered."""

    thumb: Thumb | None = None
    comment: Remark = ""
    correction: Remark = ""
    score: Score | None = None

    @classmethod
    def of(cls, record: FeedbackRecord) -> Feedback:
        return cls.model_validate(record, from_attributes=True)

    def record(self) -> FeedbackRecord:
        return FeedbackRecord(self.thumb, self.comment, self.correction, self.score)


class BotCard(BaseModel):
    """Who answers here."""

    name: str
    title: str
    assistant: str
    purpose: str
    greeting: str
    suggestions: tuple[str, ...]
    disclosure: str
    release: str
    deployment: str
    languages: tuple[str, ...]
    testing: bool  # an invited tester: `/api/staging` has their tasks
    people: bool  # a person can be asked for
    attachments: int  # tokens of a message with all that is attached; 0: this model reads no files

    @classmethod
    def of(cls, bot: Bot, owner: str = "") -> BotCard:
        who = bot.spec.bot.model_dump()
        who["title"] = who["title"] or bot.spec.bot.name
        ids = {"release": bot.release_id, "deployment": bot.deployment_id}
        can = {"people": bool(bot.spec.guard.handover), "attachments": room(bot)}
        return cls(**who, **ids, **can, testing=link_of(owner) is not None)


class PlaceValue(BaseModel):
    """Where a search found its words: a message, and a line of it in which they begin at `start`."""

    message_id: str
    text: str
    start: int


class ConversationSummary(BaseModel):
    """A line of the list. `channel` "imported": brought along in a file; "temporary": not kept. `found`: where
    the words of a search stand in it, if not in its title alone."""

    id: str
    title: str
    created_at: str
    updated_at: str
    channel: str
    pinned_at: str | None
    found: PlaceValue | None = None

    @classmethod
    def of(cls, record: ConversationRecord) -> ConversationSummary:
        return cls.model_validate(record, from_attributes=True)


class ConversationList(BaseModel):
    """Newest first."""

    conversations: list[ConversationSummary]


class SourceValue(BaseModel):
    """What a reply rests on."""

    title: str
    uri: str
    quote: str


class AttachmentValue(BaseModel):
    """What came with a message, without its text."""

    name: str
    characters: int

    @classmethod
    def of(cls, line: AttachedLine) -> AttachmentValue:
        return cls(name=line.name, characters=line.characters)


class HandoverValue(BaseModel):
    """A person in the place of the bot: wanted, here since, or gone again. `name` is theirs, "" for one who
    gives none; `since` is when it came to this state."""

    state: HandoverState
    reason: HandoverReason
    name: str
    since: str

    @classmethod
    def of(cls, record: HandoverRecord) -> HandoverValue:
        return cls.model_validate(record, from_attributes=True)


class MessageValue(BaseModel):
    """A message of the tree. `author` is the name of the person of the team who wrote a reply ("": one without
    a name); null: the bot wrote it, or it is the user's."""

    id: str
    parent_id: str | None
    role: Literal["user", "assistant"]
    content: str
    created_at: str
    status: Status
    route: Route | None
    sources: list[SourceValue]
    left_out: int
    turn_id: str | None
    release: str | None
    error: str | None
    mark: Mark | None
    author: str | None
    feedback: Feedback | None
    attachments: list[AttachmentValue] = []

    @classmethod
    def of(cls, record: MessageRecord, attached: Sequence[AttachedLine] = ()) -> MessageValue:
        value = cls.model_validate(record, from_attributes=True)
        value.attachments = [AttachmentValue.of(line) for line in attached]
        return value


class ConversationValue(ConversationSummary):
    """A conversation with its whole tree, in creation order. `handover` is null while nobody but the bot is
    wanted. `cursor`: where its stream of events goes on from what is told here."""

    messages: list[MessageValue]
    handover: HandoverValue | None
    cursor: str

    @classmethod
    def whole(
        cls,
        record: ConversationRecord,
        messages: Sequence[MessageRecord],
        handover: HandoverRecord | None,
        attached: Mapping[str, Sequence[AttachedLine]],
    ) -> ConversationValue:
        """`handover`: the newest, ended or not."""
        there = handover is not None and handover.state != "ended"
        return cls(
            **ConversationSummary.of(record).model_dump(),
            messages=[MessageValue.of(one, attached.get(one.id, ())) for one in messages],
            handover=HandoverValue.of(handover) if handover is not None and there else None,
            cursor=f"{settled(messages)}.{handover.revision if handover else 0}",
        )


class TurnStarted(BaseModel):
    """The turn runs; its events tell the rest. While a person has the conversation the message is kept for
    them, and there is no turn: `turn_id` and `message` are null."""

    turn_id: str | None
    user_message: MessageValue
    message: MessageValue | None


class Nothing(BaseModel):
    """An empty object."""
