"""Compounds: found by their parts, and by what they are a part of; two small folders in German and Japanese."""

from __future__ import annotations

import pytest
from tests.knowledge.conftest import House

from chatwright.knowledge.compounds import compounds, links, parts

KNOWN = {"offnung", "zeiten", "bibliothek", "ausweis", "jahr", "gebuhr", "kinder", "buch", "ecke"}
DE = links(("de",))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("offnungszeiten", ("offnung", "zeiten")),
        ("bibliotheksausweis", ("bibliothek", "ausweis")),
        ("jahresgebuhr", ("jahr", "gebuhr")),
        ("kinderbuchecke", ("kinder", "buch", "ecke")),
        ("personalausweis", ("ausweis",)),  # the head alone is known
        ("bibliotheksgarten", ("bibliothek",)),
        ("jahrgang", ()),  # four letters, and the rest unknown
        ("unbekanntes", ()),
        ("ausweis", ()),
        ("ausweis2024", ()),
        ("", ()),
    ],
)
def test_parts(word: str, found: tuple[str, ...]) -> None:
    assert parts(word, DE, lambda one: one != word and one in KNOWN) == found


def test_english_has_none() -> None:
    assert links(("en", "fr")) == ()
    assert parts("offnungszeiten", (), KNOWN.__contains__) == ()
    assert list(compounds("ausweis", (), "\nbibliotheksausweis\n", KNOWN.__contains__)) == []


def test_what_a_word_is_a_part_of() -> None:
    words = "\n".join(
        ["", "bibliotheksausweis", "ausweisen", "besuch", "buchpreis", "handbuch", "ausweis", ""]
    )
    assert list(compounds("ausweis", DE, words, KNOWN.__contains__)) == ["bibliotheksausweis"]
    # "besuch" ends in no "buch", and of "handbuch" the rest is unknown
    assert list(compounds("buch", DE, words, KNOWN.__contains__)) == []
    # ... but a head behind a long word is believed, and a beginning is not
    long = "\ngruppenarbeitsraum\nraumfahrtbehorde\n"
    assert list(compounds("raum", DE, long, KNOWN.__contains__)) == ["gruppenarbeitsraum"]
    assert list(compounds("buch", DE, words, {"hand"}.__contains__)) == ["handbuch"]
    assert list(compounds("buch", DE, words, {"preis"}.__contains__)) == ["buchpreis"]


GERMAN = {
    "zeiten__md": "# Wann wir da sind\n\nDie Zeiten der Öffnung sind Montag bis Freitag von 9 bis 18 Uhr.",
    "ausweis__md": "# Ausweis\n\nDen Ausweis gibt es am Schalter, mit einem Lichtbild. Er gilt ein Jahr.",
    "mahnung__md": "# Verspätung\n\nWer ein Buch zu spät bringt, zahlt eine Gebühr von 20 Cent je Tag.",
    "raum__md": "# Lernen\n\nEinen Gruppenarbeitsraum kann man für zwei Stunden buchen.",
    "leihe__md": "# Ausleihe\n\nBücher leiht man vier Wochen aus, Filme eine Woche.",
}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Wie sind eure Öffnungszeiten?", "zeiten.md"),
        ("Wo bekomme ich einen Bibliotheksausweis?", "ausweis.md"),
        ("Wie hoch ist die Verspätungsgebühr?", "mahnung.md"),
        ("Welche Räume gibt es? Ich suche einen Raum für die Gruppe.", "raum.md"),
        ("Wie lange leiht man Filme aus?", "leihe.md"),
        ("Räume", "raum.md"),
        ("OEFFNUNGSZEITEN Montag", "zeiten.md"),
    ],
)
def test_a_german_folder(house: House, question: str, first: str) -> None:
    house.languages = ("de",)
    house.write(**GERMAN)
    house.sync()
    assert house.names(question)[0] == first


def test_a_compound_counts_less_than_the_word(house: House) -> None:
    house.languages = ("de",)
    house.write(**GERMAN, karte__md="# Der Bibliotheksausweis\n\nEr ist blau.")
    house.sync()
    assert house.names("Bibliotheksausweis")[:2] == ["karte.md", "ausweis.md"]
    assert house.names("Ausweis")[:2] == ["ausweis.md", "karte.md"]
    found = house.search("Öffnungszeiten Xylophonkonzert").features
    assert (found.words, found.unknown) == (2, 1)
    assert 0 < found.coverage < 0.5


def test_an_english_question_is_not_taken_apart(house: House) -> None:
    house.write(a__md="Parking behind the house.", b__md="The space between the lines.")
    house.sync()
    assert house.names("parkingspace") == []


def test_hidden_documents_make_no_parts(house: House) -> None:
    house.languages = ("de",)
    house.tables = {"access": {"intern": "staff"}}
    house.write(a__md="Der Ausweis ist blau.", intern__md="Die Bibliothek hat einen Keller.")
    house.sync()
    without = house.search("Bibliotheksausweis").features
    house.path("intern__md").unlink()
    house.sync()
    assert house.search("Bibliotheksausweis").features == without


JAPANESE = {
    "jikan__md": "# 開館時間\n\n図書館は午前九時から午後六時まで開いています。日曜日は休館です。",
    "encho__md": "# 貸出の延長\n\n本は二回まで延長できます。予約のある本は延長できません。",
    "card__md": "# 利用者カード\n\nカードは受付で作れます。身分証明書が必要です。",
    "chusha__md": "# 駐車場\n\n建物の裏に駐車場があります。二時間まで無料です。",
}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("何時から開いていますか?", "jikan.md"),
        ("本を延長したいのですが", "encho.md"),
        ("カードはどこで作れますか", "card.md"),
        ("駐車場はありますか", "chusha.md"),
        ("ｶｰﾄﾞ", "card.md"),
        ("日曜日は開館していますか", "jikan.md"),
    ],
)
def test_a_japanese_folder(house: House, question: str, first: str) -> None:
    house.languages = ("ja",)
    house.write(**JAPANESE)
    house.sync()
    assert house.names(question)[0] == first
