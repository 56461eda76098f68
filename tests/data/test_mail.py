"""Mail in an mbox: threads, who speaks, parts and charsets, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.rows import FIXTURES, origin, read, reasons, said

from chatwright.data import readers
from chatwright.data.readers.source import Asked, NeedsMe
from chatwright.data.readers.visible import visible_text

ME = Asked(me=("help@library.example",))


def mail(number: int, sender: str, subject: str, *headers: str, to: str = "c@x.example") -> str:
    return "\n".join(
        [
            f"From {sender or '-'} Wed May 01 09:00:0{number} 2024",
            f"Message-ID: <{number}@x.example>",
            f"From: {sender}",
            f"To: {to}",
            f"Subject: {subject}",
            *headers,
            "",
            f"text {number}",
            "",
            "",
        ]
    )


def box(folder: Path, *mails: str) -> Path:
    path = folder / "a.mbox"
    path.write_text("".join(mails))
    return path


def test_threads_and_parts() -> None:
    assert readers.detect(FIXTURES / "mail.mbox") == "mbox"
    kept, rejects = read("mail.mbox", ME)
    assert [role for role, _ in said(kept[0])] == ["u", "a"]
    first, reply = (text for _, text in said(kept[0]))
    assert first.split("\n")[0] == "Wann öffnen Sie?"
    assert "\nFrom Monday on" in first and "\nFrom here it is not far." in first
    assert reply.startswith("Um neun.") and "> Wann öffnen Sie?" in reply
    assert origin(kept[0]) == (0, "<1@mail.example>", "2024-05-01T09:00:00+00:00")
    assert [text.strip() for _, text in said(kept[1])] == [
        "What is the fee?\n\n> Old words\n> of yours",
        "Ten cents a day.",
    ]
    assert reasons(rejects) == [
        ("a second copy of the same mail", 4),
        ("an automatic mail", 5),
        ("a mail without text", 6),
    ]


@pytest.mark.parametrize("me", [(), ("nobody@library.example",)])
def test_who_the_bot_is_must_be_said(me: tuple[str, ...]) -> None:
    with pytest.raises(NeedsMe, match="who does the bot speak as") as caught:
        read("mail.mbox", Asked(me=me))
    assert caught.value.speakers[:2] == [
        ("guest@mail.example", 2),
        ("help@library.example", 2),
    ]


def test_a_whole_domain_may_speak() -> None:
    kept, _ = read("mail.mbox", Asked(me=("@library.example",)))
    assert [role for role, _ in said(kept[0])] == ["u", "a"]


def test_a_reply_follows_its_subject_only_with_the_same_person(tmp_path: Path) -> None:
    path = box(
        tmp_path,
        mail(0, "a@x.example", "Hours", to="me@x.example"),
        mail(1, "b@x.example", "Hours", to="me@x.example"),
        mail(2, "me@x.example", "RE: [x] hours", to="a@x.example"),
        mail(3, "me@x.example", "Re: AW: Hours", to="a@x.example"),
        mail(4, "a@x.example", "Hours", to="me@x.example"),
        mail(5, "b@x.example", "else", "References: <9@gone.example>", to="me@x.example"),
        mail(6, "me@x.example", "odd", "In-Reply-To: <9@gone.example>", to="b@x.example"),
    )
    kept, _ = read(path, Asked(me=("me@x.example",)))
    texts = [[text.strip() for _, text in said(row)] for row in kept]
    assert texts == [
        ["text 0", "text 3"],
        ["text 1"],
        ["text 2"],
        ["text 4"],
        ["text 5", "text 6"],
    ]


def test_strange_mails(tmp_path: Path) -> None:
    path = box(
        tmp_path,
        mail(0, "", "=?nonsense?q?x?=", "Date: not a date"),
        mail(1, "me@x.example", "=?utf-8?b?////?=", "Content-Type: text/plain; charset=martian"),
        mail(2, "me@x.example", "x", "Content-Type: multipart/mixed; boundary=never"),
    )
    kept, rejects = read(path, Asked(me=("me@x.example",)))
    assert [said(row)[0][1].strip() for row in kept if row.messages] == ["text 1"]
    assert reasons(rejects) == [("no sender", 0), ("a mail without text", 2)]


def test_html_as_text() -> None:
    html = (
        "<title>no</title><p>One &amp;\n two<br/>three</p><ul><li>a<li>b</ul><script>x()</script>"
    )
    assert visible_text(html) == "One & two\nthree\n\na\nb"
    assert (
        visible_text("<blockquote>a<blockquote>b</blockquote></blockquote>c") == "> a\n\n> > b\n\nc"
    )


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<!", "<script>", "</", "<blockquote>", "&#"]
)
def test_html_that_never_ends_is_read_in_time(piece: str) -> None:
    assert len(visible_text(piece * 20_000)) < 2_000_000
