"""The pages that raters of a panel see: forms without a script, one question at a time. They name no
contestant.

Everything that somebody wrote is text here, never markup (`core.page`). Keys 1 to 5 are `panel.js`, without
which the buttons work as well.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from chatwright.core.page import STYLE as BASE
from chatwright.core.page import Html, document, join, tag
from chatwright.improve.panels import COMMENT, Seat, Showing

HERE = Path(__file__).parent
STYLE = (HERE / "panel.css").read_text(encoding="utf-8")
SCRIPT = HERE / "panel.js"
SCRIPT_ADDRESS = "/panel/keys.js"


def _allowed(style: str) -> str:
    """The one style element that holds exactly this."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


# As in `envelope.py`, and nothing more than such a page needs.
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; "
    f"style-src {' '.join(_allowed(each) for each in (BASE.read_text(encoding='utf-8'), STYLE))}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
}
PAIRS = (
    ("left", "Answer 1 is better"),
    ("right", "Answer 2 is better"),
    ("tie", "No difference"),
    ("bad", "Both are bad"),
)
RATINGS = (
    ("1", "Useless or wrong"),
    ("2", "Poor"),
    ("3", "Fair"),
    ("4", "Good"),
    ("5", "Very good"),
)
SAID = {"user": "Person", "assistant": "Assistant"}


def welcome(title: str, seat: Seat, done: int) -> str:
    """What it is about, before the first question; and where it goes on."""
    panel = seat.panel
    keys = "1 to 4" if panel.kind == "pairs" else "1 to 5"
    form = tag(
        "form",
        tag("input", type="hidden", name="go", value="1"),
        tag("button", "Go on" if done else "Start", class_="go", autofocus="autofocus"),
        method="get",
    )
    return _page(
        title,
        tag("h1", "Which answer is better?" if panel.kind == "pairs" else "How good is the answer?"),
        tag("p", panel.instructions, class_="lead", dir="auto"),
        tag(
            "ul",
            tag("li", f"{panel.per_rater} questions, {done} of them done. Stop at any time: the same "
                "link goes on where you stopped."),
            tag("li", f"On a keyboard the keys {keys} choose. A choice cannot be changed."),
            tag("li", "Some answers may be wrong or about something else. Say so: that is what this is for."),
            tag("li", f"Kept are your choices, your comments and the time they take, under the name "
                f"{seat.rater.name!r} that you were invited with."),
        ),
        form,
    )  # fmt: skip


def question(title: str, token: str, shown: Showing) -> str:
    """One question with its answers, and the buttons."""
    pairs = shown.kind == "pairs"
    choices = PAIRS if pairs else RATINGS
    form = tag(
        "form",
        tag("input", type="hidden", name="place", value=shown.place),
        tag("input", type="hidden", name="item", value=shown.item_id),
        tag(
            "details",
            tag("summary", "Add a comment"),
            tag("label", "What decides it? (optional)", for_="comment"),
            tag("textarea", name="comment", id="comment", rows=3, maxlength=COMMENT),
            class_="comment",
        ),
        tag(
            "div",
            _buttons(choices),
            class_="choices",
            role="group",
            aria_label="Your choice",
        ),
        method="post",
        action=f"/panel/{token}",
    )
    number = f"Question {shown.number} of {shown.total}"
    return _page(
        title,
        tag(
            "p",
            tag("span", number),
            tag(
                "progress",
                max=shown.total,
                value=shown.number - 1,
                aria_label=f"{shown.number - 1} of {shown.total} done",
            ),
            class_="progress",
        ),
        _history(shown.history),
        tag("h1", shown.question, class_="question", dir="auto"),
        tag("div", _answers(shown.answers), class_="pair" if pairs else "single"),
        form,
        heading=number,
    )


def thanks(title: str, done: int) -> str:
    """Nothing is left to judge."""
    return _page(
        title,
        tag("h1", "Thank you."),
        tag(
            "p",
            f"That was all: {done} answers of yours are kept. You can close this page.",
            class_="lead",
        ),
    )


def problem_page(title: str, sentence: str) -> str:
    """A sentence instead of a question."""
    return _page(title, tag("h1", "This does not work"), tag("p", sentence, class_="lead"))


def _page(title: str, *content: Html | None, heading: str = "") -> str:
    head = join(
        tag("style", Html(STYLE)),
        tag("script", "", src=SCRIPT_ADDRESS, defer="defer"),
    )
    kicker = tag("p", title, class_="kicker", dir="auto")
    return document(f"{heading} - {title}" if heading else title, kicker, *content, head=head)


def _history(history: Sequence[Mapping[str, str]]) -> Html | None:
    if not history:
        return None
    rows = [
        join(
            tag("dt", SAID.get(turn["role"], turn["role"])),
            tag("dd", turn["content"], dir="auto"),
        )
        for turn in history
    ]
    return tag("section", tag("h2", "Said before"), tag("dl", rows), class_="before")


def _answers(answers: Sequence[str]) -> list[Html]:
    return [
        tag(
            "section",
            tag("h2", f"Answer {number}" if len(answers) > 1 else "Answer", id=f"answer-{number}"),
            tag("div", text or "(no answer)", class_="text", dir="auto"),
            class_="answer",
            aria_labelledby=f"answer-{number}",
        )
        for number, text in enumerate(answers, 1)
    ]


def _buttons(choices: Sequence[tuple[str, str]]) -> list[Html]:
    return [
        tag(
            "button",
            tag("kbd", str(number)),
            " ",
            label,
            name="choice",
            value=value,
            type="submit",
            data_key=number,
        )
        for number, (value, label) in enumerate(choices, 1)
    ]
