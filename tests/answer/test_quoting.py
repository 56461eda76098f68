"""Quotations: the documents' own words, bounded, under their headings."""

from __future__ import annotations

import random

import pytest

from chatwright.answer.quoting import MOST, WHOLE, quote, texts_of
from chatwright.knowledge.passages import Passage
from chatwright.knowledge.search import Hit


def hit(text: str, *headings: str, title: str = "Page") -> Hit:
    passage = Passage(text, 0, len(text), tuple(headings))
    return Hit(passage, title, ("page.md",), "d1", 1.0, 2.0, 1.0, None)


def test_a_short_passage_is_quoted_whole() -> None:
    assert quote("when open?", hit("We open at 9.\n")) == "We open at 9."
    assert quote("", hit("We open at 9.")) == "We open at 9."


def test_the_last_two_headings_stand_above() -> None:
    said = quote("when open?", hit("- Friday: 9 to 6", "Guide", "Main hall", "Hours"))
    assert said == "Main hall - Hours:\n- Friday: 9 to 6"
    assert quote("hours", hit("", "Hours", "")) == "Hours"
    assert quote("hours", hit("At nine.", "", "")) == "At nine."


FILLER = "The building was made of brick by people who liked brick. "


@pytest.mark.parametrize("place", [0, 3, 11])
def test_of_a_long_passage_the_part_that_was_asked_for(place: int) -> None:
    units = [FILLER] * 12
    units[place] = "Lockers cost 50 cents a day. "
    text = "".join(units)
    assert len(text) > WHOLE
    said = quote("how much do lockers cost?", hit(text))
    assert "Lockers cost 50 cents a day." in said and said in text
    assert len(said) <= MOST


def test_words_count_less_the_oftener_they_stand_there() -> None:
    common = "A card is a card, and every card is blue. " * 8
    text = common + FILLER * 9 + "A lost card costs 3 euros. " + FILLER * 9
    assert "3 euros" in quote("what does a lost card cost", hit(text))


def test_a_question_in_no_word_of_it_still_gets_a_bounded_part() -> None:
    said = quote("zebra?", hit(FILLER * 40))
    assert 0 < len(said) <= MOST
    assert len(quote("", hit(FILLER * 40))) <= MOST


def test_a_sentence_without_an_end_is_cut_and_shows_it() -> None:
    said = quote("word", hit("word " * 4_000))
    assert len(said) <= 2 * MOST + 2 and said.endswith(" …") and said.startswith("word word")
    assert len(quote("x", hit("x" * 50_000))) <= 2 * MOST + 2


def test_lines_and_languages_without_spaces() -> None:
    lines = "\n".join(f"- Raum {n}: {n} Euro" for n in range(80))
    said = quote("Was kostet Raum 41?", hit(lines), ("de",))
    assert "Raum 41: 41 Euro" in said and len(said) <= MOST
    text = "自転車は坂に強いです。" * 60 + "電動自転車は一日三千円です。" + "湖は静かです。" * 60
    said = quote("電動自転車の料金は一日いくら", hit(text), ("ja",))
    assert "三千円" in said and len(said) <= MOST


def test_it_says_nothing_that_does_not_stand_there() -> None:
    draw = random.Random(1)
    words = ["card", "hall", "open", "nine.", "locker", "euro!", "day\n", "- the", "of"]
    for _ in range(200):
        text = " ".join(draw.choice(words) for _ in range(draw.randrange(1, 400))).strip()
        said = quote("is a locker open", hit(text))
        assert said.removesuffix(" …") in text and len(said) <= 2 * MOST + 2


def test_the_ground_has_what_stands_above_too() -> None:
    (text,) = texts_of([hit("At nine.", "Hall", "Hours", title="Guide")])
    assert text == "Guide\nHall\nHours\nAt nine."
    assert texts_of([]) == []
