"""A person's part in conversations, on both databases: who has it, what is kept, and who learns of it."""

from __future__ import annotations

import threading

import pytest

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.core.types import HandoverReason
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.asked import Asked
from chatwright.store.feedback import CLIENT
from chatwright.store.handovers import Handovers
from chatwright.store.inbox import Inbox
from chatwright.store.person import PersonRows
from chatwright.store.records import FeedbackRecord, MessageRecord, Outcome
from chatwright.store.secret import Secret
from chatwright.store.signals import Signals
from chatwright.store.turns import Begun, Kept

ANN, BOB = "account:ann", "account:bob"


class Talk:
    """One conversation of one visitor."""

    def __init__(self, database: Database, owner: str = "visitor:v", channel: str = "web") -> None:
        self.log, self.owner = TurnLog(database), owner
        self.id = Conversations(database).create("library", owner, channel).id
        self.last: str | None = None

    def ask(self, text: str, handover: HandoverReason | None = None) -> MessageRecord:
        begun = self.begin(text)
        assert isinstance(begun, Begun)
        mark = "handover" if handover else None
        outcome = Outcome("done", f"Re: {text}", "generated", mark=mark, handover=handover)
        self.last = begun.message.id
        return self.log.finish(begun.message, self.owner, outcome)

    def begin(self, text: str | None, parent: str | None = None) -> Begun | Kept:
        parent = parent or self.last
        return self.log.begin(self.id, self.owner, text, parent, release="r", deployment="d")


def test_a_reply_that_hands_over_asks_for_a_person_once(database: Database) -> None:
    talk, inbox = Talk(database), Inbox(database)
    reply = talk.ask("A person, please", "asked")
    talk.ask("Hello?", "confidence")
    (row,) = inbox.rows("library", ANN)
    assert (row.handover.state, row.handover.reason) == ("wanted", "asked")
    assert row.handover.message_id == reply.id and row.unread == 2
    assert row.waiting_since == row.handover.wanted_at
    assert inbox.rows("other", ANN) == [] and inbox.wanted(["library"]) == 1


def test_while_a_person_has_it_nothing_is_begun(database: Database) -> None:
    talk, desk = Talk(database), Handovers(database)
    talk.ask("Hi")
    desk.take("library", talk.id, ANN)
    kept = talk.begin("Are you there?")
    assert isinstance(kept, Kept)
    said = desk.answer("library", talk.id, ANN, "I am.", "k")
    assert said.parent_id == kept.user_message.id and said.author == ""
    assert desk.answer("library", talk.id, ANN, "I am.", "k") == said
    with pytest.raises(Conflict) as refused:
        talk.begin(None, kept.user_message.id)
    assert refused.value.code == "with_person"
    # Whatever the page thinks the last message is: the next one follows what was said last.
    late = talk.begin("Thanks")
    assert isinstance(late, Kept) and late.user_message.parent_id == said.id
    ended, unanswered = desk.end("library", talk.id, ANN, "handed_back")
    assert ended.ended == "handed_back" and unanswered == late.user_message.id
    begun = talk.begin(None, unanswered)
    assert isinstance(begun, Begun)
    assert [one.content for one in begun.path][-2:] == ["I am.", "Thanks"]


def test_one_of_many_gets_it(database: Database) -> None:
    talk, desk = Talk(database), Handovers(database)
    talk.ask("Hi", "asked")
    came, refused = list[str](), list[str]()

    def take(who: str) -> None:
        try:
            came.append(desk.take("library", talk.id, who).taken_by)
        except Conflict as error:
            refused.append(error.code)

    threads = [threading.Thread(target=take, args=(f"account:{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == 1 and refused == ["taken"] * 5
    over = desk.take("library", talk.id, ANN, came[0])
    assert over.taken_by == ANN and over.revision == 3
    with pytest.raises(Conflict):
        desk.end("library", talk.id, BOB, "closed")


def test_names_are_those_of_their_time(database: Database) -> None:
    talk, desk = Talk(database), Handovers(database)
    talk.ask("Hi")
    desk.call(ANN, "Ann")
    desk.take("library", talk.id, ANN)
    first = desk.answer("library", talk.id, ANN, "One", "1")
    desk.call(ANN, "Annabel")
    second = desk.answer("library", talk.id, ANN, "Two", "2")
    assert (first.author, second.author) == ("Ann", "Annabel")
    found = Conversations(database).messages(talk.id, talk.owner)
    assert [one.author for one in found] == [None, None, "Ann", "Annabel"]


def test_what_does_not_exist_or_cannot_be(database: Database) -> None:
    desk, talk = Handovers(database), Talk(database)
    with pytest.raises(NotFound):
        desk.take("other", talk.id, ANN)
    with pytest.raises(NotFound):
        desk.ask(talk.id, "visitor:somebody else")
    with pytest.raises(Conflict) as refused:
        desk.end("library", talk.id, ANN, "closed")
    assert refused.value.code == "ended"
    with pytest.raises(Conflict):
        desk.answer("library", talk.id, ANN, "Hi", "k")
    told = Talk(database, channel=CLIENT)
    with pytest.raises(WrongUse):
        desk.ask(told.id, told.owner)
    Conversations(database).delete(talk.id, talk.owner)
    with pytest.raises(NotFound):
        desk.take("library", talk.id, ANN)


def test_the_visitor_goes_back_and_asks_again(database: Database) -> None:
    desk, talk = Handovers(database), Talk(database)
    reply = talk.ask("Hi")
    found, new = desk.ask(talk.id, talk.owner)
    assert new and found.message_id == reply.id
    assert desk.ask(talk.id, talk.owner) == (found, False)
    left = desk.leave(talk.id, talk.owner)
    assert left is not None and left.ended == "left"
    assert desk.leave(talk.id, talk.owner) is None
    again, new = desk.ask(talk.id, talk.owner)
    assert new and again.revision > left.revision
    (seen,) = [one for one in Signals(database).happened("library") if one.id == reply.id]
    assert seen.given_up


def test_a_persons_words_are_nobodys_figures(database: Database) -> None:
    desk, talk = Handovers(database), Talk(database)
    talk.ask("Hi")
    desk.take("library", talk.id, ANN)
    said = desk.answer("library", talk.id, ANN, "A person", "k")
    with pytest.raises(WrongUse):
        Feedbacks(database).put(said.id, talk.owner, FeedbackRecord("up", "", ""))
    asked = Asked(database)
    assert [row.length for row in asked.since("library", "")] == [len("Re: Hi")]
    assert [row.answer for row in asked.phrased("library")] == ["Re: Hi"]
    assert said.id not in {one.id for one in Signals(database).happened("library")}


def test_notes_and_what_was_seen(database: Database) -> None:
    desk, talk, inbox = Handovers(database), Talk(database), Inbox(database)
    talk.ask("Hi", "asked")
    before = inbox.states(["library"])
    note = inbox.note("library", talk.id, ANN, "Careful")
    assert inbox.states(["library"]) != before
    with pytest.raises(NotFound):
        inbox.unnote("library", talk.id, BOB, note.id)
    inbox.see("library", talk.id, ANN, 2)
    inbox.see("library", talk.id, ANN, 2)
    unread = [inbox.rows("library", who)[0].unread for who in (ANN, BOB)]
    assert unread == [0, 1]
    desk.take("library", talk.id, ANN)
    assert inbox.rows("library", ANN)[0].waiting_since is None
    talk.begin("Anybody?")
    assert inbox.rows("library", ANN)[0].waiting_since is not None
    desk.end("library", talk.id, ANN, "closed")
    assert inbox.rows("library", ANN) == []
    assert len(inbox.rows("library", ANN, ended_since="2000")) == 1


def test_those_who_wait_longest_come_first(database: Database) -> None:
    desk, inbox = Handovers(database), Inbox(database)
    talks = [Talk(database, f"visitor:{n}") for n in range(4)]
    for talk in talks:
        talk.ask("Hi", "asked")
    desk.take("library", talks[0].id, ANN)
    desk.take("library", talks[1].id, ANN)
    talks[1].begin("Well?")
    order = [row.handover.conversation_id for row in inbox.rows("library", ANN)]
    assert order == [talks[2].id, talks[3].id, talks[1].id, talks[0].id]


def test_it_goes_and_is_copied_with_its_person(database: Database) -> None:
    desk, talk, inbox = Handovers(database), Talk(database), Inbox(database)
    talk.ask("Hi", "asked")
    desk.call(ANN, "Ann")
    desk.take("library", talk.id, ANN)
    desk.answer("library", talk.id, ANN, "Hello", "k")
    inbox.note("library", talk.id, ANN, "Knows Zacharias Quill")
    inbox.see("library", talk.id, ANN, 3)
    rows = PersonRows(database, Secret("s" * 32))
    copy = rows.exported(talk.owner)["conversations"][0]
    assert copy["handovers"][0]["name"] == "Ann" and copy["notes"][0]["text"].startswith("Knows")
    assert ANN not in str(copy), "who of the team it was is not the visitor's to know"
    rows.erase(ANN)
    left = Conversations(database).messages(talk.id, talk.owner)
    assert left[-1].content == "Hello" and left[-1].author == ""
    assert inbox.notes(talk.id)[0].name == "" and desk.name(ANN) == ""
    assert rows.erase_where(lambda text: "Quill" in text).conversations == 1
    with database.read() as connection:
        for table in ("handovers", "handover_notes", "inbox_seen", "messages"):
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == 0, table
