"""What the rules find, and what they leave: our own examples, and the checks of each scheme."""

from __future__ import annotations

import re
import sys

import pytest
from bench.privacy_score import score, table
from tests.data.privacy_examples import LOOKALIKES, VALUES

from chatwright.core.errors import DataError
from chatwright.data import presidio
from chatwright.data import privacy_checks as checks
from chatwright.data.privacy import Redactor, find, resolve
from chatwright.data.privacy_rules import TYPES, Span
from chatwright.spec.spec import Privacy

MARKED = re.compile(r"⟦([A-Z]+)\|(.*?)⟧")


def unmarked(line: str) -> tuple[str, list[tuple[str, str]]]:
    return MARKED.sub(r"\2", line), [(match[2], match[1]) for match in MARKED.finditer(line)]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.type) for span in find([text])[0]]


def lines(text: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in text.strip().splitlines()]


@pytest.mark.parametrize("line", lines(VALUES))
def test_values_are_found(line: str) -> None:
    text, due = unmarked(line)
    assert found(text) == due


@pytest.mark.parametrize("line", lines(LOOKALIKES))
def test_lookalikes_are_left(line: str) -> None:
    assert found(line) == []


def test_every_type_has_an_example() -> None:
    assert {match[1] for match in MARKED.finditer(VALUES)} == set(TYPES)


def test_messages_are_searched_apart() -> None:
    assert find(["my name is", "Teresa Quill", "call 555-", "0142"]) == [
        [],
        [Span(0, 12, "NAME")],
        [],
        [],
    ]


def test_the_stronger_type_wins_then_the_longer() -> None:
    spans = [
        Span(0, 9, "NAME"),
        Span(4, 20, "PHONE"),
        Span(2, 6, "EMAIL"),
        Span(8, 12, "PHONE"),
        Span(30, 40, "NAME"),
    ]
    assert resolve(spans) == [Span(2, 6, "EMAIL"), Span(8, 12, "PHONE"), Span(30, 40, "NAME")]


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (checks.card, "4111111111111111"), (checks.card, "3782-822463-10005"), (checks.ssn, "219-09-9998"),
        (checks.nino, "AB123456C"), (checks.steuer_id, "86095742719"), (checks.nir, "185057800608491"),
        (checks.dni, "12345678Z"), (checks.dni, "X1234567L"), (checks.my_number, "123456789018"),
        (checks.cpf, "52998224725"), (checks.parcel, "RR123456785GB"), (checks.iban, "DE89370400440532013000"),
        (checks.calendar_date, "29.02.2024"),
    ],
)  # fmt: skip
def test_a_check_knows_right_from_wrong(check, good: str) -> None:  # type: ignore[no-untyped-def]
    wrong = {
        "219-09-9998": "666-09-9998", "AB123456C": "DF123456C", "29.02.2024": "29.02.2023",
        "12345678Z": "12345678A", "X1234567L": "X1234567A", "RR123456785GB": "RR123456784GB",
        "DE89370400440532013000": "DE88370400440532013000",
    }  # fmt: skip
    last = good[:-1] + str((int(good[-1], 36) + 1) % 10)
    assert check(good)
    assert not check(wrong.get(good, last))


def test_the_score_counts_exact_and_touching() -> None:
    rows = [
        {"text": "a b c", "spans": [[0, 1, "NAME"], [2, 3, "NAME"]]},
        {"text": "x y", "spans": []},
    ]
    says = {"a b c": [Span(0, 1, "NAME"), Span(2, 5, "NAME")], "x y": [Span(0, 1, "TIME")]}
    got = score(rows, lambda text: says[text])
    assert (got["NAME"].recall, got["NAME"].precision) == (0.5, 0.5)
    assert (got["NAME"].recall_overlap, got["NAME"].precision_overlap) == (1.0, 1.0)
    assert (got["TIME"].recall, got["TIME"].precision) == (1.0, 0.0)
    assert (got["ALL"].due, got["ALL"].found, got["ALL"].hit) == (2, 3, 1)
    assert [row["type"] for row in table(got)] == ["ALL", "NAME", "TIME"]


def test_presidio_says_why_it_cannot_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presidio, "spacy", None)
    with pytest.raises(DataError, match=r"chatwright\[presidio\]"):
        Redactor(Privacy(placeholders=True, names="presidio"))


def test_a_missing_language_model_is_an_error_and_no_download(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = type(sys)("spacy")
    fake.util = type("util", (), {"is_package": staticmethod(lambda name: False)})  # type: ignore[attr-defined]
    monkeypatch.setattr(presidio, "spacy", fake)
    with pytest.raises(DataError, match="en_core_web_sm"):
        Redactor(Privacy(placeholders=True, names="presidio"))
    with pytest.raises(DataError, match="'xx'"):
        presidio.Presidio("xx")
