"""What the chat page costs a browser: its weight, the time until it can be used, scrolling, and a fast answer.

    python bench/web.py [--runs 5]

Needs Node.js, `npm ci` in web/ and Chromium. Real Chromium, headless and without a graphics card, against the
built page (`make web`), which the stand-in server of the browser tests serves on this machine as the real one
does: compressed, with its security headers. Every run is a browser that has never been here. Medians of the
runs, and all of them.

- `first_load_kb`: bytes over the line, headers aside, until the message box is there, answers of the API among
  them (1 kB is 1,000 bytes); `rested_kb` is with what the page fetches then, while nobody waits.
- `interactive_ms`: from the start of the navigation until the message box is there and no long task follows;
  the processor slowed down four times.
- `scroll_fps`: frames a second while the wheel turns through a conversation of 1,000 messages with tables,
  lists and code.
- `main_thread_share`: of the main thread's time, while an answer of everything that Markdown has arrives with
  200 tokens a second.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any

from machine import header, table

ROOT = Path(__file__).parent.parent
AIMS = {
    "first_load_kb": "<= 180",
    "interactive_ms": "<= 1,000",
    "scroll_fps": ">= 50",
    "main_thread_share": "< 0.5",
}


def measured(runs: int) -> dict[str, Any]:
    """What `web.mjs` found, with the stand-in server running beside it."""
    server = subprocess.Popen(
        ["node", "web/e2e/fake-server.mjs"],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        if not address:
            raise SystemExit("The stand-in server did not start. Is the page built (make web)?")
        command = ["node", "bench/web.mjs", address, str(runs)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        server.terminate()
        server.wait(10)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment() -> dict[str, str]:
    """This one's, with another port than the browser tests have."""
    return os.environ | {"FAKE_PORT": "4197"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(header())
    found = measured(options.runs)
    runs: dict[str, list[float]] = {
        "first_load_kb": [run["first"] for run in found["first_load"]],
        "interactive_ms": found["interactive"],
        "scroll_fps": [run["fps"] for run in found["scroll"]],
        "main_thread_share": [run["share"] for run in found["streaming"]],
    }
    medians = {name: round(statistics.median(each), 3) for name, each in runs.items()}
    rows = [
        [name, AIMS[name], f"{medians[name]:,.2f}", " ".join(f"{one:.2f}" for one in sorted(each))]
        for name, each in runs.items()
    ]
    late = statistics.median(run["late"] for run in found["scroll"])
    print(f"Chromium {found['browser']}, {options.runs} runs each\n")
    print(table(["figure", "aim", "median", "all runs"], rows))
    print(f"\nFrames later than 34 ms while scrolling: {late:.1%}\n")
    rested = statistics.median(run["all"] for run in found["first_load"])
    more = {"n": options.runs, "rested_kb": round(rested, 1), "late_frames": round(late, 4)}
    print(json.dumps(medians | more))


if __name__ == "__main__":
    main()
