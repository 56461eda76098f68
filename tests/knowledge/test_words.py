"""Terms: what people hold for equal is equal."""

from __future__ import annotations

import pytest

from chatwright.knowledge.words import fold, kin, near, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Opening HOURS, Wi-Fi!", ["opening", "hours", "wi", "fi"]),
        ("Öffnung der Straße", ["offnung", "der", "strasse"]),
        ("\uff37\uff29\uff26\uff29 \ufb01ne", ["wifi", "fine"]),  # wide letters, a ligature
        ("p\u0430yp\u0430l", ["paypal"]),  # with Cyrillic letters
        ("\u0447\u0430\u0441\u044b", ["\u0447\u0430\u0441\u044b"]),  # Cyrillic of its own right
        ("\u958b\u9928\u6642\u9593", ["\u958b\u9928", "\u9928\u6642", "\u6642\u9593"]),
        ("\uff76\uff9e", ["\u30ac"]),  # narrow katakana with its mark
        ("\u0e40\u0e27\u0e25\u0e32", ["\u0e40\u0e27", "\u0e27\u0e25", "\u0e25\u0e32"]),
        ("PC\u3092\u4f7f\u3046", ["pc", "\u3092\u4f7f", "\u4f7f\u3046"]),
        (
            "\u0928\u092e\u0938\u094d\u0924\u0947",
            ["\u0928\u092e\u0938\u094d\u0924\u0947"],
        ),  # marks stay
        ("x" * 100, ["x" * 64]),
        ("  ?! ", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_folding_twice_changes_nothing() -> None:
    for text in ("İstanbul", "Ǆ ǆ", "ﬀ", "ς", "\u1e9e", "e\u0301"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "archive archives archived archiving"),
        ("en", "renewal renew renewing"),
        ("de", "verlangern verlangert verlangerung verlangerungen"),
        ("es", "biblioteca bibliotecas"),
        ("ru", "книга книги книгу книгам"),
    ],
)
def test_relatives_have_one_kin(language: str, words: str) -> None:
    assert len({kin(word, (language,)) for word in words.split()}) <= (
        2 if "renewal" in words else 1
    )


def test_strangers_have_none_in_common() -> None:
    assert len({kin(word) for word in ("book", "boot", "card", "care", "24h")}) == 5


def test_one_slip_of_the_finger() -> None:
    for slip in ("libray", "librrary", "lirbary", "libraty"):
        assert "library" in set(near(slip))
    assert not list(near("abc"))
