"""Why an answer is what it is, in lines for a person: route, confidence, candidates, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chatwright.core.types import Source

NAMES = {
    "curated": "reviewed answer",
    "standard": "standard reply of the data",
    "quoted": "passage of the knowledge",
    "generated": "written by the model",
}


def sources_of(sources: Sequence[Source]) -> Iterator[str]:
    for number, source in enumerate(sources, 1):
        yield f"[{number}] {source.title} ({source.uri})"


def explained(explanation: Mapping[str, Any] | None) -> Iterator[str]:
    """Nothing was chosen where there is no explanation: the model's words were passed on."""
    if explanation is None:
        yield "route: passed on from the model; no calibration is in force"
        return
    yield (
        f"route {explanation['route']}, confidence {explanation['confidence']:.3f}, "
        f"needed {explanation['threshold']:.3f}"
    )
    for one in explanation["candidates"]:
        text = " ".join(one["text"].split())
        text = text if len(text) <= 90 else text[:89] + "…"
        declines = ", declines" if one["declines"] else ""
        yield f"  {one['confidence']:.3f} {NAMES[one['kind']]}{declines}: {text}"
        if one["sources"]:
            yield f"        from {', '.join(one['sources'])}"
        signs = ", ".join(f"{name} {value:g}" for name, value in one["signs"].items() if value)
        yield f"        {signs}"
    if explanation["ungrounded"]:
        yield f"  stands nowhere: {', '.join(explanation['ungrounded'])}"
