"""Placeholders there and back: exact, consistent, in a stream, and blind to what is public."""

from __future__ import annotations

import random
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from tests.data.privacy_examples import LOOKALIKES, VALUES

from chatwright.core.types import Conversation, Message
from chatwright.data.privacy import MISSING, Redactor, normalised, public_facts
from chatwright.spec.spec import Privacy

ON = Privacy(placeholders=True)


def talk(*texts: str, rejected: str | None = None) -> Conversation:
    roles = ("user", "assistant")
    said = tuple(Message(roles[i % 2], text) for i, text in enumerate(texts))
    return Conversation(said, "c1", rejected=rejected)


def contents(conversation: Conversation) -> list[str]:
    return [message.content for message in conversation.messages]


def hidden(
    *texts: str, settings: Privacy | None = None, public: frozenset[str] = frozenset()
) -> list[str]:
    return contents(Redactor(settings or ON, public).conversation(talk(*texts))[0])


def test_one_value_has_one_placeholder_in_a_conversation() -> None:
    assert hidden(
        "I am at jane@example.com, my name is Teresa Quill",
        "Thank you, Teresa Quill. Is it jane@example.com or joe@example.com?",
        "joe@example.com since March 3rd at 5:30 pm",
    ) == [
        "I am at <EMAIL_1>, my name is <NAME_1>",
        "Thank you, <NAME_1>. Is it <EMAIL_1> or <EMAIL_2>?",
        "<EMAIL_2> since <DATE_1> at <TIME_1>",
    ]


def test_a_name_and_a_title_come_back_without_their_cue() -> None:
    assert hidden("my name is Xanthe", "I wrote it down for Xanthe", "Xanthes are rare") == [
        "my name is <NAME_1>",
        "I wrote it down for <NAME_1>",
        "Xanthes are rare",
    ]
    assert hidden("call me Will", "Will you come?") == ["call me <NAME_1>", "Will you come?"]


def test_what_was_hidden_does_not_depend_on_what_follows() -> None:
    texts = ["I'm Maria, order number 48213", "Thanks Maria", "and Joe Hale? joe@example.com", "ok"]
    for length in range(1, len(texts) + 1):
        assert hidden(*texts[:length]) == hidden(*texts)[:length]


def test_a_session_goes_on_numbering() -> None:
    session = Redactor(ON).session()
    session.hide(talk("a@example.com"))
    assert contents(session.hide(talk("b@example.com and a@example.com"))) == [
        "<EMAIL_2> and <EMAIL_1>"
    ]
    assert session.show("<EMAIL_1> <EMAIL_2>") == "a@example.com b@example.com"


def test_counts_roles_and_the_rejected_reply_are_kept() -> None:
    given = Conversation(
        (Message("user", "a@example.com"), Message("assistant", "no, a@example.com", True)),
        "c1", label=False, rejected="b@example.com",
    )  # fmt: skip
    got, counts = Redactor(ON).conversation(given)
    assert got == Conversation(
        (Message("user", "<EMAIL_1>"), Message("assistant", "no, <EMAIL_1>", True)),
        "c1", label=False, rejected="<EMAIL_2>",
    )  # fmt: skip
    assert counts == {"EMAIL": 3}


NASTY = [
    *VALUES.replace("⟦", "").replace("⟧", "").replace("|", " ").splitlines(),
    *LOOKALIKES.splitlines(),
    "<EMAIL_1>", "<EMAIL_2> a@example.com <EMAIL_1>", "<<NAME_1>>", "<NAME_", "1>",
    "<EMAIL_a@example.com>",
    "“<EMAIL_1> is The Glass Orchard”", "«<NAME_1>", "\x00", "\n\x00\n", "", " ", "\ud83d\ude00", "👩‍👧 5€",
    "e\u0301 é",
    "<PHONE_1><PHONE_1>", "<CARD_0> <CARD_01> <CARD_999999>", "５５５−０１４２",
    "\u202eabc\u202c 12:30", "…", "a@b.co\r\nb@c.co",
    "12 Main Street\nSpringfield, IL 62704", "1 234,56 €", "a@example.com" * 3, "<email_1>", "<URL_1>://x",
]  # fmt: skip


def test_the_way_back_is_exact() -> None:
    chance = random.Random(0)
    redactor = Redactor(ON)
    for _ in range(400):
        texts = ["".join(chance.choices(NASTY, k=chance.randint(1, 4))) for _ in range(3)]
        session = redactor.session()
        got = contents(session.hide(talk(*texts)))
        assert [session.show(text) for text in got] == texts


def test_what_looks_like_a_placeholder_is_a_value() -> None:
    assert hidden("<EMAIL_1> is not a@example.com") == ["<EMAIL_1> is not <EMAIL_2>"]
    session = Redactor(Privacy(placeholders=("EMAIL",))).session()
    assert contents(session.hide(talk("a@example.com <EMAIL_7>"))) == ["a@example.com <EMAIL_1>"]
    assert session.show("<EMAIL_1>") == "<EMAIL_7>"


def test_a_placeholder_without_a_value_is_dots() -> None:
    assert Redactor(ON).session().show("Dear <NAME_3>, hello") == f"Dear {MISSING}, hello"


@pytest.mark.parametrize("seed", range(20))
def test_a_stream_ends_as_the_whole(seed: int) -> None:
    chance = random.Random(seed)
    session = Redactor(ON).session()
    session.hide(talk("a@example.com", "my name is Teresa Quill"))
    pool = [
        "<EMAIL_1>",
        "<NAME_1>",
        "<NAME_9>",
        "<NAM",
        "E_1>",
        "<",
        ">",
        " x",
        "<b>",
        "<EMAIL_",
        "<<",
    ]
    reply = "".join(chance.choices(pool, k=12))
    stream, shown, at = session.stream(), "", 0
    while at < len(reply):
        size = chance.randint(1, 5)
        shown += stream.push(reply[at : at + size])
        at += size
    assert shown + stream.finish() == session.show(reply)


def test_a_stream_holds_back_only_what_may_be_a_placeholder() -> None:
    stream = Redactor(ON).session().stream()
    assert [stream.push(part) for part in ("a <", "b> 1 < 2", " <NAM", "E x", "<AMOUNT_12")] == [
        "a ", "<b> 1 < 2", " ", "<NAME x", "",
    ]  # fmt: skip
    assert stream.finish() == "<AMOUNT_12"


def test_types_can_stay_and_all_can_be_off() -> None:
    text = "a@example.com at 5 pm, my name is Teresa"
    assert hidden(text, settings=Privacy(placeholders=("TIME",))) == [
        "<EMAIL_1> at 5 pm, my name is <NAME_1>"
    ]
    assert hidden(text, settings=Privacy(placeholders=True, names="off")) == [
        "<EMAIL_1> at <TIME_1>, my name is Teresa"
    ]
    session = Redactor(Privacy(placeholders=False)).session()
    assert contents(session.hide(talk(text))) == [text]
    assert session.show("<EMAIL_1>") == "<EMAIL_1>" == session.stream().push("<EMAIL_1>")


def test_what_is_public_stays() -> None:
    public = public_facts([
        "Call us: 555-0142 or mail desk@example.org.\nWe open at 9 am. A card costs $5.\n"
        "Ask for Ms Ada Miller.",
        "The novel “The Glass Orchard” is by us. We are in Alderbrook at 12 Main Street.",
    ])  # fmt: skip
    text = (
        "DESK@example.org, (555-0142), 9am, $5, Ms Ada Miller, “The Glass Orchard”, 12 Main Street"
    )
    assert hidden(text, public=public) == [text]
    assert hidden("desk@example.com, $6, 10 am", public=public) == [
        "<EMAIL_1>, <AMOUNT_1>, <TIME_1>"
    ]
    assert normalised("Ada  MILLER") in public and "" not in public


def test_a_redactor_goes_to_worker_processes() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        redactor = Redactor(ON, frozenset({"x"}))
        got, counts = pool.submit(redactor.conversation, talk("a@example.com")).result()
    assert contents(got) == ["<EMAIL_1>"] and counts == {"EMAIL": 1}


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1-", "(1", "+1 ", "a1", "A-", "'A", "“A ", "<", "<EMAIL_", "@", "a@", "a.", "1.", "1:", "x/",
     "Anna ", "Mr. ", "March 3 ", "$1,", "東京都", "12 Main ", "Calle A ", "::", "http://", "0 ",
     "-----BEGIN PRIVATE KEY-----"],
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    began = time.process_time()
    hidden((unit * 4_000)[:4_000])
    assert time.process_time() - began < 2.0
