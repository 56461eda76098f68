"""Right answers: whole bots by the model alone, by what is found alone, and as they are, at the owner's dial.

    python bench/answers.py [--parts library clinc tldr taskmaster chitchat] [--keep DIR]
        [--minutes 3 | --tokens N] [--shared ../shared/data] [--model FOLDER] [--passages 100000]

Bots are trained in `--keep` with the functions that `chatwright up` calls, or found there. Calibrations are
made from development conversations (the tldr pages have none: from questions drafted out of the pages), and
everything is measured on other questions. What is said by chance comes with its n and 95% interval. FOLDER is
the sentence model of the extra `semantic`, for CLINC150 where it is not installed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from answers_canned import chitchat, clinc
from answers_library import library
from answers_taskmaster import taskmaster
from answers_tldr import tldr
from machine import ROOT, header

PARTS = ("library", "clinc", "tldr", "taskmaster", "chitchat")


async def part(name: str, keep: Path, options: argparse.Namespace) -> dict[str, Any]:
    shared: Path = options.shared
    if name == "clinc":
        return await clinc(keep, shared, options.model)
    if name == "tldr":
        return await tldr(keep, shared, options.passages)
    asked = {"library": library, "taskmaster": taskmaster, "chitchat": chitchat}[name]
    training = {"minutes": options.minutes, "tokens": options.tokens}
    return await asked(keep, shared, {"training": training})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--minutes", type=float, default=3, help="of training, of each bot")
    parser.add_argument(
        "--tokens", type=int, default=0, help="instead of minutes, on a busy machine"
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--passages", type=int, default=100_000, help="0: no search")
    options = parser.parse_args()
    if options.parts != ["library"] and not options.shared.is_dir():
        raise SystemExit("SKIPPED: there is no shared data; say where with --shared.")
    print(header("numpy", "scikit-learn", "bm25s"), flush=True)
    values: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temporary:
        keep = options.keep or Path(temporary)
        for name in options.parts:
            print(f"\n== {name}", flush=True)
            found = asyncio.run(part(name, keep, options))
            values |= found
            print(json.dumps(found), flush=True)
    print(json.dumps(values))


if __name__ == "__main__":
    main()
