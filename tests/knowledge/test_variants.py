from __future__ import annotations

import random
import time

import numpy as np
import pytest

from chatwright.knowledge.grams import PAIR, PIECE, WHOLE, grams
from chatwright.knowledge.variants import WEIGHTS, Variants

HOURS = [
    ("When do you open?", "hours"),
    ("What are your opening hours?", "hours"),
    ("How much is a library card?", "card"),
    ("How do I renew a book?", "renew"),
    ("Wann öffnet die Bücherei?", "hours"),
    ("図書館の営業時間は何時ですか", "hours"),
    ("Kann ich Bücher verlängern?", "renew"),
]


def variants(**options: object) -> Variants:
    return Variants(*map(list, zip(*HOURS, strict=True)), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("opening hours please", "hours"),
        ("wann offnet ihr die bucherei", "hours"),
        ("営業時間を教えてください", "hours"),
        ("i want to renew my books", "renew"),
        ("price of a libary card", "card"),
        ("Bücherverlängerung", "renew"),
    ],
)
def test_finds_the_nearest(question: str, answer: str) -> None:
    assert variants().nearest(question)[0].answer == answer


def test_equal_but_for_signs_is_exact_and_first() -> None:
    first, second = variants().nearest("WHEN do you open")[:2]
    assert (first.row, first.exact, first.likeness) == (0, True, 1.0)
    assert not second.exact
    assert 0 < second.likeness < 1
    assert first.lexical == pytest.approx(1.0)


def test_nothing_alike_and_nothing_known() -> None:
    assert all(one.likeness < 0.1 for one in variants().nearest("xyzzy 42"))
    assert Variants([], []).nearest("hello") == []
    assert Variants(["", "?"], ["a", "b"]).nearest("?")[0].answer == "b"


def test_unknown_words_make_less_alike() -> None:
    known = variants()
    plain, more = (known.nearest(q)[0] for q in ("how do i renew", "how do i renew zebras"))
    assert plain.likeness > more.likeness


def test_lexical_is_the_cosine() -> None:
    known = variants()
    texts = [question for question, _ in HOURS]
    sets = [set(grams(text)) for text in texts]

    def weight(gram: str) -> float:
        count = sum(gram in one for one in sets)
        return WEIGHTS[gram[0]] * (np.log((len(sets) + 1) / (count + 1)) + 1)

    def length(found: set[str]) -> float:
        return float(np.sqrt(sum(weight(gram) ** 2 for gram in found)))

    asked = set(grams("when do I renew?"))
    for near in known.nearest("when do I renew?", 10):
        both = sum(weight(gram) ** 2 for gram in asked & sets[near.row])
        assert near.lexical == pytest.approx(
            both / length(asked) / length(sets[near.row]), rel=1e-4
        )
    assert set(WEIGHTS) == {WHOLE, PAIR, PIECE}


def test_background_says_which_words_are_common() -> None:
    known = [["what are the fees", "museum opening"], ["fees", "hours"]]
    background = [f"what are the {word}" for word in ("rules", "colours", "names", "trains")] * 5
    alone = Variants(*known).nearest("what are the openings")[0]
    informed = Variants(*known, background=background).nearest("what are the openings")[0]
    assert (alone.answer, informed.answer) == ("fees", "hours")


def test_vectors_join_in(letters) -> None:  # type: ignore[no-untyped-def]
    known = variants(embedder=letters)
    near = known.nearest("When do you open?", 7)
    assert len(near) == 7
    assert near[0].cosine == pytest.approx(1.0)
    given_ = known.nearest("When do you open?", 7, vector=letters.embed(["xyz"])[0])
    assert given_[0].exact
    assert given_[0].cosine == pytest.approx(0.0, abs=0.2)


def test_renewed_computes_only_what_is_new(letters) -> None:  # type: ignore[no-untyped-def]
    known = variants(embedder=letters)
    letters.asked.clear()
    more = known.renewed([*known.questions[1:], "Where are you?"], [*known.answers[1:], "place"])
    assert letters.asked == ["Where are you?"]
    fresh = Variants(more.questions, more.answers, embedder=letters)
    assert more.nearest("where is it") == fresh.nearest("where is it")
    assert len(known) == len(HOURS)


def many(count: int) -> list[str]:
    rng = random.Random(5)
    syllables = [a + b for a in "bdfglmnprst" for b in "aeiou"]
    lexicon = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(4000)]
    return [" ".join(rng.choices(lexicon, k=rng.randint(4, 11))) for _ in range(count)]


def test_many_variants_are_quick_and_what_is_nearest_is_found() -> None:
    texts = many(6000)
    start = time.perf_counter()
    known = Variants(texts, texts)
    built = time.perf_counter() - start
    start = time.perf_counter()
    for text in texts[::300]:
        said = text.split()
        found = known.nearest(" ".join(said[1:] + said[:1]), 3)
        assert found[0].question == text
    asked = (time.perf_counter() - start) / 20
    assert (built, asked) < (10, 0.25)  # an order of magnitude above what it takes
