"""Cleaning: each step on its own, and all of them on what people paste."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from pydantic import ValidationError

from chatwright.core.types import Conversation, Message, Provenance, Role
from chatwright.data.clean import (
    Look,
    clean,
    length,
    look,
    repetition,
    steps,
    turns,
    unicode_form,
    whitespace,
)
from chatwright.data.mail import without_quotes
from chatwright.data.markup import plain
from chatwright.spec.spec import Data


def talk(*turns: tuple[Role, str] | tuple[Role, str, bool]) -> Conversation:
    return Conversation(tuple(Message(*turn) for turn in turns))


def answer(text: str, limit: int = 20_000) -> str:
    """`text` as an answer, after all steps."""
    result = clean(talk(("user", "q"), ("assistant", text)), steps(Data(max_message_chars=limit)))
    assert isinstance(result, Conversation), result
    return result.messages[1].content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("e\u0301", "\u00e9"),
        ("\ufeffa\x00b\x07c\x7f\x85d", "abcd"),
        ("a\ud800b\udfff", "ab"),
        ("a\t \u00a0\u2003\u3000\u1680b", "a b"),
        ("  a  \n", "a"),
        ("a \n b", "a \n b"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a \n \n \n b", "a\n\nb"),
        ("a\n \u2028 \n\nb", "a\n\nb"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("\u0e01\u0e33 \u0915\u094d\u0937", "\u0e01\u0e33 \u0915\u094d\u0937"),
        ("- one\n  - two\n\n```\nx\n```", "- one\n - two\n\n```\nx\n```"),
        (
            "see:\n```\nif x:\n    y  = 1\n\n\n    z\n```  ok",
            "see:\n```\nif x:\n    y  = 1\n\n\n    z\n``` ok",
        ),
        ("Ã¼ber schÃ¶ne KÃ¤se", "über schöne Käse"),
        ("donâ€™t ð\x9f\x98\x80", "don’t 😀"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("РџСЂРёРІРµС‚", "Привет"),
        ("å›³æ\x9b¸é¤¨", "図書館"),
        ("ﾊﾛｰ ＡＢＣ 「図書館」", "ﾊﾛｰ ＡＢＣ 「図書館」"),
        ("SÃO PAULO, « voilà », Qualität“", "SÃO PAULO, « voilà », Qualität“"),
        ("a\u200bb so\u00adft", "ab soft"),
    ],
    ids=ascii,
)
def test_text(before: str, after: str) -> None:
    assert answer(before) == after
    assert answer(after) == after, "cleaning twice is cleaning once"


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        " \n",
        "\u2028",
        "\u2028\n",
        "\x0b\n",
        " ",
        "\u1680",
        "a\n",
        "<!--",
        "<script>",
        "<b ",
        "`",
        "```x",
        "<a href=",
        "&a",
        "On 1 ",
        "On 1\n",
        "From: a\n",
        "\n> ",
        "-- \n",
        "Sent from ",
        "Ã¼ ",
        "5月3日",
        "--\na",
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    text = (unit * 20_000)[:10_000] + "\n" + (unit * 20_000)[:9_990] + "x"
    began = time.process_time()
    clean(talk(("user", "q"), ("assistant", text)), steps(Data(steps=("markup", "mail"))))
    assert time.process_time() - began < 1.0


def test_turns_are_merged_and_trimmed() -> None:
    merged = turns(
        talk(
            ("system", "s"),
            ("user", "a"),
            ("user", "b"),
            ("assistant", ""),
            ("assistant", "c"),
            ("assistant", "d", True),
            ("user", "trailing"),
            ("user", "more"),
        )
    )
    assert merged == talk(("system", "s"), ("user", "a\nb"), ("assistant", "c\nd", True))


@pytest.mark.parametrize(
    ("conversation", "reason"),
    [
        (talk(), "no assistant turn"),
        (talk(("user", "a")), "no assistant turn"),
        (talk(("user", "a"), ("assistant", "")), "no assistant turn"),
        (talk(("user", "a"), ("assistant", " \u200b\n"[:1])), "no assistant turn"),
        (talk(("assistant", "a")), "no user turn"),
        (talk(("system", "a"), ("assistant", "a")), "no user turn"),
        (talk(("user", "\x00"), ("assistant", "a")), "no user turn"),
        (talk(("user", "a" * 101), ("assistant", "a")), "a message longer than 100 characters"),
    ],
)
def test_what_is_dropped_and_why(conversation: Conversation, reason: str) -> None:
    assert clean(conversation, steps(Data(max_message_chars=100))) == reason


def test_length_counts_characters_of_the_longest() -> None:
    conversation = talk(("user", "\U0001f44d" * 100), ("assistant", "a"))
    assert length(conversation, 100) == conversation
    assert length(conversation, 99) == "a message longer than 99 characters"
    assert length(talk(("user", "a" * 1001)), 1_000) == "a message longer than 1,000 characters"


def test_steps_leave_alone_what_is_clean() -> None:
    conversation = talk(("system", "s"), ("user", "a"), ("assistant", "b", True))
    for step in (unicode_form, whitespace, turns):
        assert step(conversation) == conversation


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Hello <b>you</b></p><p>Bye<br/>now</p>", "Hello you\n\nBye\nnow"),
        ("Fish &amp; chips &lt;b&gt; &nbsp;&#8364;5", "Fish & chips <b> €5"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        (
            '<A HREF="https://example.org/x" target=_blank>our <i>page</i></A>',
            "[our page](https://example.org/x)",
        ),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        (
            '<a href="mailto:jo@example.org">jo@example.org</a> <a name="x">y</a>',
            "jo@example.org y",
        ),
        ("[hours](https://example.org/h) **bold**", "[hours](https://example.org/h) **bold**"),
        ("<style type='a'>p { x }</style>Hi<!-- <b>no</b> -->!<script>x()</script>", "Hi!"),
        ('<img src="a.png" alt="a map">', "a map"),
        ("<pre><code>if (a &lt; b)\n  c();</code></pre>", "```\nif (a &lt; b)\n  c();\n```"),
        (
            "`<b>` and\n```\n<p>&amp;</p>\n``` <i>x</i> &amp;",
            "`<b>` and\n```\n<p>&amp;</p>\n``` x &",
        ),
        ("<EMAIL_1> <name> a < b and c > d <b and c> I <3 you", None),
        ("AT&T; R&D, 3 &lt 4, &nosuch;", None),
        ("<!-- never closed", " never closed"),
    ],
)
def test_markup(before: str, after: str | None) -> None:
    result = plain(before).strip() if after is None or after[:1] != " " else plain(before)
    assert answer(before) == (before if after is None else after.strip()) or result == after


MAILS = [
    (
        "Thanks!\n\nOn Mon, 3 May 2027 at 10:12, Jo Doe\n<jo@example.org> wrote:\n> Hi\n> there",
        "Thanks!",
    ),
    ("Danke!\n\nAm 03.05.2027 um 10:12 schrieb Jo Doe <jo@example.org>:\n> Hallo", "Danke!"),
    ("Merci\n\nLe lun. 3 mai 2027 à 10:12, Jo <jo@example.org> a écrit :\n> Salut", "Merci"),
    (
        "Gracias\n\nEl lun, 3 may 2027 a las 10:12, Jo (<jo@example.org>) escribió:\n\n> Hola",
        "Gracias",
    ),
    ("了解です。\n\n2027年5月3日(月) 10:12 山田 <jo@example.org>:\n> こんにちは", "了解です。"),
    ("Yes.\n\n-----Original Message-----\nFrom: Jo\nHello", "Yes."),
    ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Jo\nHallo", "Ja."),
    (
        "Ok\n________________________________\nVon: Jo\nGesendet: Montag\nAn: Al\nBetreff: x\n\nHallo",
        "Ok",
    ),
    ("はい\n\n差出人： Jo\n送信日時： 2027/05/03\n件名： x\n\n本文", "はい"),
    ("See you\n\nSent from my iPhone", "See you"),
    ("Bis dann\n\nVon meinem iPhone gesendet", "Bis dann"),
    ("À bientôt\nEnvoyé de mon iPhone", "À bientôt"),
    ("Hasta luego\nEnviado desde mi iPhone", "Hasta luego"),
    ("では\niPhoneから送信", "では"),
    ("Hello\n-- \nJo Doe\nExample Ltd", "Hello"),
]
TALK = [
    "> 5 is what I meant\nand not 6",
    "On page 5 you wrote:\nwe are open on Sunday",
    "Am 3. Mai schrieb ich:\nbitte melden",
    "From: Berlin\nand then to Rome",
    "- one\n-- two",
    "I sent it from my account\nSent from the desk yesterday",
    "Sent from my iPhone",
    "今日は5月3日：\n予定は?",
    "a\n---\nb",
]


@pytest.mark.parametrize(("before", "after"), MAILS)
def test_mail_loses_quotes_and_signatures(before: str, after: str) -> None:
    assert answer(before) == after


@pytest.mark.parametrize("text", TALK)
def test_talk_is_not_mail(text: str) -> None:
    assert without_quotes(text) == text


def test_quotes_go_where_the_source_is_mail_and_something_is_left() -> None:
    text = "> Are you open?\nYes.\n> On Sunday?\nNo."
    assert without_quotes(text, is_mail=True) == "Yes.\nNo."
    assert without_quotes("> only\n> a quote", is_mail=True) == "> only\n> a quote"
    row = replace(talk(("user", "q"), ("assistant", text)), provenance=Provenance("a.mbox", 0))
    for through, expected in (
        (steps(Data(), (), {"a.mbox": Look(True)}), "Yes.\nNo."),
        (steps(Data()), text),
    ):
        result = clean(row, through)
        assert isinstance(result, Conversation)
        assert result.messages[1].content == expected


DISCLAIMER = "This message is confidential and meant for its addressee."
HINWEIS = "この返信は自動送信です。お返事はご遠慮ください。"


def tickets(n: int, reply: str) -> list[Conversation]:
    origin = Provenance("t.csv", 0)
    return [
        replace(talk(("user", f"question {i}"), ("assistant", reply.format(i))), provenance=origin)
        for i in range(n)
    ]


@pytest.mark.parametrize("line", [DISCLAIMER, HINWEIS])
def test_boilerplate_is_found_and_removed(line: str) -> None:
    rows = tickets(60, f"Answer {{}}.\n\n<i>{line}</i>")
    found = look(rows)
    assert found.boilerplate == {line}
    result = clean(rows[7], steps(Data(), (), {"t.csv": found}))
    assert isinstance(result, Conversation)
    assert result.messages[1].content == "Answer 7."


def test_what_is_no_boilerplate() -> None:
    assert not look(tickets(49, "Answer {}.\n" + DISCLAIMER)).boilerplate, "too few rows"
    assert not look(tickets(60, "The same for all.\n" + DISCLAIMER)).boilerplate, "a canned answer"
    assert not look(tickets(60, "Answer {}.\nBest regards, Jo")).boilerplate, "a short line"
    some = tickets(40, "Answer {}.\nYes.") + tickets(20, "Answer {}.\n" + DISCLAIMER)
    assert not look(some, share=0.4).boilerplate
    assert look(some, share=0.3).boilerplate
    alone = clean(
        tickets(1, DISCLAIMER)[0],
        steps(Data(), (), {"t.csv": Look(False, frozenset([DISCLAIMER]))}),
    )
    assert isinstance(alone, Conversation)
    assert alone.messages[1].content == DISCLAIMER


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("thanks " * 12, True),
        ("はい" * 40, True),
        ("I do not know what to say about that.\n" * 8, True),
        ("Here is what I found for you today. " * 2 + "a b c d " * 500, True),
        ("thanks", False),
        ("ha ha ha ha ha ha ha", False),
        ("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", False),
        ("We open at 9 and close at 5 on Monday, Tuesday and Wednesday; on Thursday at 7.", False),
        (
            "\n".join(f"| room {n} | opens at {n + 8}:00 | seats {n * 7} |" for n in range(12)),
            False,
        ),
        (
            "月曜日は9時から、火曜日は10時から、水曜日は11時から開館しています。木曜日は休館日です。金曜日は夜8時まで。",
            False,
        ),
    ],
)
def test_repetition(text: str, dropped: bool) -> None:
    row = talk(("user", "q"), ("assistant", text))
    assert repetition(row) == ("a message that repeats itself" if dropped else row)


GERMAN = talk(
    ("user", "Guten Tag, wann hat die BÃ¼cherei am Samstag geöffnet?&nbsp; Und am Sonntag?"),
    ("assistant", "<p>Am Samstag von 9 bis 14 Uhr.</p><p>Am Sonntag bleibt sie geschlossen.</p>"),
)
JAPANESE = talk(
    ("user", "土曜日　　図書館は何時に開きますか。よろしくお願いします。"),
    (
        "assistant",
        "午前九時から午後五時まで開館しています。日曜日は休館日です。\n\n\niPhoneから送信",
    ),
)


def test_language_is_decided_for_a_conversation_never_for_a_short_one() -> None:
    through = steps(Data(steps=("markup", "mail", "language")), ("ja", "en-GB"))
    assert clean(GERMAN, through) == "written in another language (de)"
    kept = clean(JAPANESE, through)
    assert isinstance(kept, Conversation)
    assert kept.messages[0].content.startswith("土曜日 図書館")
    assert kept.messages[1].content.endswith("日曜日は休館日です。")
    assert isinstance(
        clean(talk(("user", "Danke"), ("assistant", "Gern geschehen!")), through), Conversation
    )
    german = clean(GERMAN, steps(Data(), ("ja",)))
    assert isinstance(german, Conversation), "the step is off unless it is asked for"
    assert german.messages[0].content.startswith(
        "Guten Tag, wann hat die Bücherei am Samstag geöffnet? Und"
    )


def test_rejected_replies_are_cleaned_as_others_are() -> None:
    row = replace(
        talk(("user", "q"), ("assistant", "good")),
        rejected="bad &amp; <b>worse</b> \r\n",
        label=True,
    )
    result = clean(row, steps(Data()))
    assert result == replace(row, rejected="bad & worse")
    assert (
        clean(replace(row, rejected="x" * 30_000), steps(Data()))
        == "a message longer than 20,000 characters"
    )


def test_steps_are_chosen_in_bot_toml_and_counted() -> None:
    assert [step.name for step in steps(Data(steps=()))] == [
        "length",
        "unicode",
        "whitespace",
        "turns",
    ]
    names = [step.name for step in steps(Data(steps=("language", "mail")))]
    assert names == ["length", "unicode", "mail", "whitespace", "language", "turns"]
    with pytest.raises(ValidationError):
        Data(steps=("markdown",))  # type: ignore[arg-type]
    changed = Counter[str]()
    clean(GERMAN, steps(Data()), changed)
    assert changed == {"markup": 1, "unicode": 1, "whitespace": 1}
    assert clean(talk(("user", "a"), ("assistant", "b")), steps(Data()), changed)
    assert changed.total() == 3, "nothing was changed"


def test_what_is_clean_costs_next_to_nothing() -> None:
    """The contract is 100 microseconds on the reference machine; a loaded one gets five times that."""
    row = talk(
        *[
            ("user", "I need a room for two."),
            ("assistant", "For which day do you need the room, please?"),
        ]
        * 10
    )
    through = steps(Data())
    times = []
    for _ in range(50):
        began = time.process_time()
        clean(row, through)
        times.append(time.process_time() - began)
    assert min(times) < 0.5e-3
