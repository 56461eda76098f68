"""Does a small model repeat what it was told? Values that no training row contains, said earlier.

    python bench/copying.py [--minutes 15] [--n 1000] [--keep FOLDER] [--shared ../shared/data]

(Not `copy.py`: that is the name of a module of Python's own, which this folder would hide.)

Trains on SGD with the functions that `chatwright up` calls, each way for `--minutes` on this machine:
plainly (`[model] pointers = "off"`, weights at random before the first step), by weights alone (the start
that lays a copying circuit, pointers off), the whole system (pointers). Then takes replies of `sgd/dev` that
repeat a marked value from their conversation, replaces every marked value by an invented one
(`copy_items.py`), forces the reply up to the value and lets the serving engine go on greedily. Right is
the value, whole, letter by letter. Forced are the tokens that stand before the value in training. With
pointers the space before a value is one of them, and says that a value comes; so the same is also asked
with the words alone forced, where the model may as well go on with other words (`copy_rate_words`).
"Said": the value stands somewhere in what is then written.

What it costs: assistant bits per byte on all of `sgd/dev` as it is, whole system against plain. Both are
bits for the same text: where a value is pointed at, the pointer's; where it is named first, those of its
words and of the token that says so.

Ends with 1 and the reason when the shared data is not there. With `--keep` finished trainings are found.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import machine
from copy_items import Inventor, Item, items, right, rows
from train_data import Lines, Measure, bot_folder, evaluated

from chatwright.core.types import Sampling, gather
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_local
from chatwright.evaluation import candidate
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.model import weights
from chatwright.spec import Spec, load_spec
from chatwright.tokenizer import Tokenizer
from chatwright.training.plan import Plan, plan

WAYS = {"plain": "off", "weights": "off", "whole": "auto"}
LONGEST = 48  # tokens; invented words are spelled in many
AT_ONCE = 64
SHOWN = 12  # misses printed


def random_start(*arguments: Any, **named: Any) -> Plan:
    """A plan without the start from counts and the circuit."""
    made = plan(*arguments, **named)
    return replace(made, recipe=replace(made.recipe, initial="random"))


def trained(way: str, keep: Path, arguments: argparse.Namespace) -> tuple[Spec, candidate.Trained]:
    folder = keep / way
    if not (folder / "bot.toml").exists():
        bot_folder("sgd", arguments.shared, folder)
    model = {"pointers": WAYS[way], "size": arguments.size}
    training = {"minutes": arguments.minutes, "seed": arguments.seed}
    spec = load_spec(folder, {"training": training, "model": model})
    print(f"\n{way}:", flush=True)
    candidate.plan = random_start if way == "plain" else plan
    return spec, train_bot(spec, Lines())


async def written(engine: LocalEngine, item: Item, space: bool) -> str:
    begun = item.words if space else item.words.rstrip(" ")
    prompt = engine.tokenizer.render(item.before, open_reply=True, begun=begun)
    if len(prompt) + LONGEST >= engine.context:
        return ""
    return (await gather(engine.write(prompt, [], Sampling(max_tokens=LONGEST)))).text


async def copied(engine: LocalEngine, asked: list[Item]) -> dict[bool, list[str]]:
    """What is written after the words alone (False) and, with pointers, with the space forced too (True)."""
    await engine.start()
    try:
        found: dict[bool, list[str]] = {False: []}
        if engine.tokenizer.pointers:
            found[True] = []
        for space, texts in found.items():
            for first in range(0, len(asked), AT_ONCE):
                some = asked[first : first + AT_ONCE]
                texts += await asyncio.gather(*(written(engine, item, space) for item in some))
        return found
    finally:
        await engine.close()


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's, 95%."""
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return round(middle - half, 3), round(middle + half, 3)


def measure(
    way: str, keep: Path, asked: list[Item], arguments: argparse.Namespace
) -> dict[str, Any]:
    spec, made = trained(way, keep, arguments)
    release = release_of(spec, made, Lines())
    engine = open_local(release, release.spec_in(spec))
    texts = asyncio.run(copied(engine, asked))
    by_words = texts[False]
    found = texts.get(True, by_words)
    hits, words = (
        [right(item, text) for item, text in zip(asked, some, strict=True)]
        for some in (found, by_words)
    )
    misses = [(i, t) for i, t, hit in zip(asked, found, hits, strict=True) if not hit]
    for item, text in misses[: arguments.misses]:
        print(f"  ...{item.words[-60:]!r} {item.slot}: {item.value!r} not {text[:40]!r}")
    conversations, _ = evaluated(spec, made.dataset)
    tokenizer = Tokenizer.load(made.run.model)
    whole = Measure.of(conversations, tokenizer, spec.model.context)
    slots: dict[str, list[bool]] = defaultdict(list)
    for item, hit in zip(asked, hits, strict=True):
        slots[item.slot].append(hit)
    done = made.run.done or {}
    return {
        "rate": sum(hits) / len(hits),
        "interval": interval(sum(hits), len(hits)),
        "words": sum(words) / len(words),
        "said": sum(i.value in t for i, t in zip(asked, by_words, strict=True)) / len(words),
        "bpb": whole.bits_per_byte(weights.load(made.run.model)),
        "slots": {slot: (sum(h), len(h)) for slot, h in slots.items()},
        "steps": done["steps"],
        "seconds": done["seconds"],
    }


def show(found: dict[str, dict[str, Any]]) -> None:
    table = [
        [
            way,
            f"{v['rate']:.3f}",
            *v["interval"],
            f"{v['words']:.3f}",
            f"{v['said']:.3f}",
            f"{v['bpb']:.4f}",
            v["steps"],
            f"{v['seconds']:.0f}",
        ]
        for way, v in found.items()
    ]
    head = ["", "copied", "95% from", "to", "words", "said", "bits/byte", "steps", "s"]
    print("\n" + machine.table(head, table))
    slots = sorted(found["whole"]["slots"].items(), key=lambda pair: -pair[1][1])
    by_slot = [
        [s, n, *(f"{v['slots'][s][0] / n:.2f}" for v in found.values())] for s, (_, n) in slots
    ]
    print("\n" + machine.table(["value", "n", *found], by_slot[:20]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--size", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--misses", type=int, default=SHOWN, help="printed")
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    arguments = parser.parse_args()
    train, dev = (arguments.shared / "sgd" / f"{name}.jsonl.gz" for name in ("train", "dev"))
    if not train.is_file() or not dev.is_file():
        raise SystemExit("SKIPPED: there is no sgd in the folder given by --shared.")
    print(machine.header())
    known = "\n".join(m["content"] for row in rows(train) for m in row["messages"])
    asked = items(dev, Inventor(known), arguments.n, arguments.seed)
    with tempfile.TemporaryDirectory() as temporary:
        keep = arguments.keep or Path(temporary)
        found = {way: measure(way, keep, asked, arguments) for way in arguments.ways}
    if "whole" in found:
        show(found)
    keys = {"plain": "copy_rate_plain", "weights": "copy_rate_weights", "whole": "copy_rate"}
    result: dict[str, Any] = {"n": len(asked), "minutes": arguments.minutes, "seed": arguments.seed}
    for way, values in found.items():
        result[keys[way]] = round(values["rate"], 4)
        result[f"{way}_interval"] = values["interval"]
        result[f"{way}_bpb"] = round(values["bpb"], 4)
    if "whole" in found:
        result["copy_rate_words"] = round(found["whole"]["words"], 4)
    if {"plain", "whole"} <= found.keys():
        result["bpb_cost"] = round(found["whole"]["bpb"] / found["plain"]["bpb"] - 1, 4)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
