"""Questions to suggest behind an answer: ones that were written by people for this bot, never by a model.

They come from reviewed answers whose questions are near what was asked, and from headings of the passages that
were found which are questions themselves. Behind a refusal, what the owner suggests at the start. It decides
nothing about answers, and what nobody wrote is not suggested: often there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatwright.answer.bot import Bot
from chatwright.core.types import Route
from chatwright.knowledge.curating import same
from chatwright.knowledge.words import terms

MOST = 3
LOOKED_AT = 12  # reviewed answers
NEAR = 0.12  # of the likeness of weighted grams, 0 to 1: shares a telling word or two
TWIN = 0.6  # from here on it asks what was asked
LONGEST = 120  # characters of a suggestion
HITS = 6
ASKING = ("?", "\uff1f", "\u061f")


def following(bot: Bot, asked: Sequence[str], route: Route | None) -> tuple[str, ...]:
    """At most `MOST` questions, the nearest first. `asked`: what was asked in the conversation, the last one
    last; `route`: of the answer to it. It searches: call it off the event loop."""
    if not asked:
        return ()
    known = {same(one) for one in asked}
    found: list[str] = []
    for question in _candidates(bot, asked[-1], route):
        key = same(question)
        if len(question) <= LONGEST and key not in known and not _alike(question, asked[-1]):
            known.add(key)
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _candidates(bot: Bot, question: str, route: Route | None) -> Iterator[str]:
    router = bot.router
    if router is not None and router.curated is not None and "curated" in bot.spec.answers.routes:
        matches = router.curated.match(question, k=LOOKED_AT)
        answered = matches[0].text if matches and route == "curated" else None
        for match in matches:
            if NEAR <= match.likeness < TWIN and match.text != answered:
                yield match.question
    if router is not None and "retrieved" in bot.spec.answers.routes and router.live is not None:
        search = router.live.current()
        hits = search.search(question, HITS).hits if search is not None else ()
        for hit in hits:
            for heading in reversed(hit.passage.headings):
                if heading.rstrip().endswith(ASKING):
                    yield heading.strip()
    if route == "refused":
        yield from bot.spec.bot.suggestions


def _alike(one: str, other: str) -> bool:
    """Whether the words are the same, in whatever order."""
    return set(terms(one)) == set(terms(other))
