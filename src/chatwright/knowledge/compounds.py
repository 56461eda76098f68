"""Compounds of German, Dutch and Swedish: a question says Öffnungszeiten, a page "Zeiten der Öffnung".

No dictionary: the parts are looked for among the words of the documents themselves. It may split where no
compound is, and so a part counts less than the word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

# What may stand between two parts (folded).
LINKS = {
    "de": ("", "s", "es", "n", "en", "er", "e", "ens", "ns"),
    "nl": ("", "s", "en", "e", "n", "er"),
    "sv": ("", "s", "e", "o", "u", "a"),
}
SHORTEST = 4  # letters of a part
ALONE = 5  # letters of a part beside which the rest is unknown
MOST = 3  # parts
COMPOUNDS = 30  # with one part, that are looked at

Known = Callable[[str], bool]


def links(languages: tuple[str, ...]) -> tuple[str, ...]:
    """What stands between parts in these languages; empty where they form no such compounds."""
    found = [LINKS.get(one.split("-")[0], ()) for one in languages]
    return tuple(dict.fromkeys(link for one in found for link in one))


def parts(word: str, between: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """The known parts of a word, as few as possible; else the one known part at its end or its beginning."""
    if len(word) < 2 * SHORTEST or not between or not word.isalpha():
        return ()
    for most in range(2, MOST + 1):
        if found := _whole(word, most, between, known):
            return found
    for at in range(SHORTEST, len(word) - ALONE + 1):  # the head first, which says what it is
        if known(word[at:]):
            return (word[at:],)
    for end in range(len(word) - SHORTEST, ALONE - 1, -1):
        for link in between:
            stem = word[: end - len(link)]
            if word[:end].endswith(link) and len(stem) >= ALONE and known(stem):
                return (stem,)
    return ()


def _whole(word: str, most: int, between: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """`word` as exactly known parts, at most `most`; the longest first part first."""
    if most == 1:
        return (word,) if len(word) >= SHORTEST and known(word) else ()
    for end in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        first = word[:end]
        for link in between:
            stem = first[: end - len(link)]
            if first.endswith(link) and len(stem) >= SHORTEST and known(stem):
                rest = _whole(word[end:], 1, between, known) or (
                    _whole(word[end:], most - 1, between, known) if most > 2 else ()
                )
                if rest:
                    return (stem, *rest)
    return ()


def compounds(word: str, between: tuple[str, ...], words: str, known: Known) -> Iterator[str]:
    """Words among `words` (each in a line of its own) that begin or end with `word`, where the rest is known
    too, or both are so long that it is no chance."""
    if len(word) < SHORTEST or not between or not word.isalpha():
        return
    at, count = -1, 0
    while (at := words.find(word, at + 1)) >= 0 and count < COMPOUNDS:
        start, end = words.rfind("\n", 0, at) + 1, words.find("\n", at)
        whole, stop = words[start:end], at + len(word)
        if whole == word or not whole.isalpha():
            continue
        before, behind = words[start:at], words[stop:end]
        if before and behind:
            continue
        # The head says what it is, and is believed in a long word whatever it stands behind.
        long = len(before) > ALONE or (len(word) > ALONE and len(before or behind) >= SHORTEST)
        if long or _joins(before or behind, between, known, at_end=bool(before)):
            count += 1
            yield whole


def _joins(rest: str, between: tuple[str, ...], known: Known, *, at_end: bool) -> bool:
    """Whether the rest of a compound, without what links it, is a word itself."""
    for link in between:
        fits = rest.endswith(link) if at_end else rest.startswith(link)
        bare = (rest[: len(rest) - len(link)] if at_end else rest[len(link) :]) if fits else ""
        if len(bare) >= SHORTEST and known(bare):
            return True
    return False
