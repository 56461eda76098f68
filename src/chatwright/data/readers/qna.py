"""QnA Maker's `.qna`: many phrasings of a question, one answer. One conversation per phrasing.

    # ? first phrasing
    - another phrasing

    **Filters:**
    - route = refused            (ours: the answer declines)

    ```markdown
    The answer.
    ```

Source: Bot Framework, "qna file format".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from chatwright.core.types import Conversation, Message, Reject
from chatwright.data.readers.source import Asked, Reader, Source

FENCE = "```"


@dataclass(slots=True)
class Pair:
    """A pair while it is being read."""

    line: int
    questions: list[tuple[int, str]]
    answer: list[str] = field(default_factory=list)
    filters: dict[str, str] = field(default_factory=dict)
    part: str = "questions"


def sniff(source: Source) -> bool:
    return any(line.startswith("# ?") for line in source.head().splitlines())


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    pair: Pair | None = None
    for line in source.lines():
        if line.problem:
            yield source.reject(line.problem, line.number, line.text)
            continue
        text = line.text.strip()
        if text.startswith("# ?") and (pair is None or pair.part != "answer"):
            if pair:
                yield from _finish(pair, source)
            pair = Pair(line.number, [(line.number, text[3:].strip())])
        elif pair is not None:
            _take(pair, line.number, line.text)
    if pair:
        yield from _finish(pair, source)


def _take(pair: Pair, number: int, line: str) -> None:
    text = line.strip()
    if text.startswith(FENCE):
        pair.part = "done" if pair.part == "answer" else "answer"
    elif pair.part == "answer":
        pair.answer.append(line)
    elif text.lower().startswith("**filters"):
        pair.part = "filters"
    elif text.startswith(("- ", "* ")) and pair.part == "questions":
        pair.questions.append((number, text[2:].strip()))
    elif text.startswith(("- ", "* ")) and pair.part == "filters":
        key, _, value = text[2:].partition("=")
        pair.filters[key.strip()] = value.strip()


def _finish(pair: Pair, source: Source) -> Iterator[Conversation | Reject]:
    answer = "\n".join(pair.answer).strip()
    if pair.part == "answer":
        yield source.reject("answer block never closed", pair.line, pair.questions[0][1])
        return
    refused = pair.filters.get("route") == "refused"
    for number, question in pair.questions:
        if not answer or not question:
            yield source.reject("a question without an answer", number, question)
            continue
        said = (Message("user", question), Message("assistant", answer, refused))
        yield Conversation(said, provenance=source.at(number))


READER = Reader("qna", sniff, read)
