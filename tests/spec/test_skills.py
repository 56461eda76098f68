"""`[[task]]`, `[[webhook]]` and `[handover]`: what may be written, and what is told about what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatwright.core.errors import SpecError
from chatwright.spec import Spec, load_spec

GOOD = """
[bot]
name = "library"
purpose = "Helps."

[[task]]
name = "room-booking"
about = "Booking a study room"
examples = ["I want to book a room", "reserve a study room"]
ask = [ { slot = "date", question = "Which day?", type = "date" },
        { slot = "people", question = "How many people?", type = "number", min = 1, max = 8 },
        { slot = "kind", question = "Quiet or group?", type = "choice", options = ["quiet", "group"] } ]
confirm = "Shall I book a {kind} room for {people} people on {date}?"
then = { webhook = "book" }
done = "Booked. Your number is {reference}."
failed = "I could not book it now. The desk can: 555-0142."

[[webhook]]
name = "book"
url = "https://desk.example/book"
timeout_seconds = 5
headers_env = { "Authorization" = "BOOKING_TOKEN" }
secret_env = "BOOKING_SECRET"
result = { reference = "string" }

[handover]
webhook = "book"
"""


def load(tmp_path: Path, text: str) -> Spec:
    (tmp_path / "bot.toml").write_text(text)
    return load_spec(tmp_path)


def test_a_task_is_read(tmp_path: Path) -> None:
    spec = load(tmp_path, GOOD)
    assert [slot.slot for slot in spec.task[0].ask] == ["date", "people", "kind"]
    assert spec.webhook[0].headers_env == {"Authorization": "BOOKING_TOKEN"}
    assert (spec.webhook[0].method, spec.webhook[0].private) == ("POST", False)
    assert load(tmp_path, GOOD.split("[[task]]")[0]).task == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("about =", "abuot =", 'unknown key "task.0.abuot"; did you mean "about"?'),
        ("min = 1", "mni = 1", 'unknown key "task.0.ask.1.mni"; did you mean "min"?'),
        ("{people} people", "{persons} people", "{persons} is no slot"),
        ("{reference}.", "{number}.", "{number} in done"),
        ('webhook = "book" }', 'webhook = "boook" }', '"boook", which is not there'),
        ('then = { webhook = "book" }', "then = { }", "ends with a webhook, or with an answer"),
        ('then = { webhook = "book" }', 'then = { answer = "x" }', "says done, and has no webhook"),
        ('slot = "people"', 'slot = "date"', "asked for twice"),
        ('slot = "people"', 'slot = "reference"', "is no slot"),
        ('options = ["quiet", "group"]', 'options = ["Quiet", "quiet "]', "two options that differ"),
        (', options = ["quiet", "group"]', "", "go together"),
        ('type = "number", min', 'type = "phone", min', "min and max are for"),
        ("min = 1, max = 8", "min = 9, max = 8", "min is above max"),
        ('type = "date"', 'type = "pattern"', "go together"),
        ('type = "date"', 'type = "pattern", pattern = "("', "no regular expression"),
        ('type = "date"', 'type = "datum"', "'text', 'choice', 'number'"),
        ("https://desk", "http://desk", "use https"),
        ("https://desk", "ftp://desk", 'begins with "https://"'),
        ("https://desk", "https://user:pass@desk", "does not belong in it"),
        ("https://desk.example/book", "https:///book", "no address"),
        ('"Authorization" =', '"Host" =', "no header that can be set"),
        ('"BOOKING_TOKEN"', '"Bearer abc"', "no name of a variable"),
        ('secret_env = "BOOKING_SECRET"', 'secret_env = "s3cr3t!"', "names a variable"),
        ('reference = "string"', 'reference = "text"', "'string', 'number', 'integer' or 'boolean'"),
        ('reference = "string"', '"a b" = "string"', "no name of a value"),
        ('[handover]\nwebhook = "book"', '[handover]\nwebhook = "x"', '[handover] names the webhook "x"'),
        ("examples = [", "examples = [] #", "is wrong"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(SpecError) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert sentence in caught.value.problem, caught.value.problem


def test_names_are_given_once(tmp_path: Path) -> None:
    task = GOOD[GOOD.index("[[task]]") : GOOD.index("[[webhook]]")]
    hook = GOOD[GOOD.index("[[webhook]]") : GOOD.index("[handover]")]
    for again in (task, hook):
        with pytest.raises(SpecError, match="the same name"):
            load(tmp_path, GOOD + again)
    with pytest.raises(SpecError, match="a slot of"):
        load(
            tmp_path,
            GOOD.replace('reference = "string"', 'date = "string"').replace(
                "{reference}", "{date}"
            ),
        )
