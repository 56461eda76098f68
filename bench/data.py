"""The build of a dataset at scale: speed, memory, growth, near-duplicates, leaks; beside two peers.

    python bench/data.py [--rows 1000000] [--workers 2] [--shared ../shared/data]

Makes a bot folder of `--rows` conversations from the shared SGD data (see data_rows.py), and one of a
tenth of them, and builds both through the function that `chatwright data` calls, in a process of its
own whose whole tree is watched. Then gives the near-duplicate step alone to us, datasketch and
datatrove (data_peers.py) on `--peer-rows` rows, in one process each.

A near-duplicate is found when it and its original are not both in the dataset; one that was dropped
without being planted counts against precision. Ends with 1 when the shared data is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

import data_peers
import machine
from data_rows import Maker, Planted, exchanges, unrelated, write_bot
from privacy_score import redaction

from chatwright.core.files import read_jsonl
from chatwright.core.types import Conversation
from chatwright.data import readers
from chatwright.data.dataset import load

BUILDER = Path(__file__).with_name("data_build.py")
EVERY = 0.2  # seconds between looks at memory
HOSTILE = 0.5  # rows that are not planted must be less alike


def measured(folder: Path, workers: int) -> dict[str, Any]:
    """Build in a process of its own; its figures and the peak memory of its tree in MB."""
    command = [sys.executable, str(BUILDER), str(folder), str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], sum(map(memory, tree(process.pid))))
            time.sleep(EVERY)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    watcher.join()
    if process.returncode:
        raise SystemExit("FAILED: the build ended with an error.")
    return {**json.loads(output.splitlines()[-1]), "peak_mb": peak[0]}


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it has just ended
            found += [p for child in task.read_text().split() for p in tree(int(child))]
    return found


def memory(pid: int) -> float:
    """MB of a process, pages that several share divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def judged(dataset: Path, planted: Planted) -> dict[str, Any]:
    """What became of what was planted, read from the dataset's own files."""
    places = {
        str(row["provenance"]["original_id"]): split
        for split in ("train", "dev", "test")
        for row in read_jsonl(dataset / f"{split}.jsonl")
    }
    dropped = list(read_jsonl(dataset / "rejected.jsonl"))
    near = [str(r["provenance"]["original_id"]) for r in dropped if r["reason"] == "near duplicate"]
    true = set(planted.near) | set(planted.near.values()) | set(planted.leaked_near)
    missed = [copy for copy, original in planted.near.items() if {copy, original} <= places.keys()]
    caught = {
        name: sum(places.get(copy) != "train" for copy in copies) / len(copies)
        for name, copies in (("exact", planted.leaked_exact), ("near", planted.leaked_near))
    }
    overlap = load(dataset).counts["overlap"]
    return {
        "near_dup_recall": 1 - len(missed) / len(planted.near),
        "near_dup_precision": sum(name in true for name in near) / max(1, len(near)),
        "leak_exact_caught": caught["exact"],
        "leak_near_caught": caught["near"],
        "overlap": overlap,
        "planted": {k: len(v) for k, v in vars(planted).items()},
        "kept": len(places),
        "left_out": len(dropped),
    }


def peers(folder: Path, planted: Planted, rows: int, place: Path) -> dict[str, data_peers.Deduped]:
    """The near-duplicate step alone, on rows in which both of a planted pair stand."""
    wanted = set(planted.near) | set(planted.near.values())
    path = folder / "data" / "chats.jsonl"
    read = (r for r in readers.read(path, path.name) if isinstance(r, Conversation))
    first = list(islice(read, rows))
    names = data_peers.names_of(first)
    here = set(names)
    pairs = {c for c, o in planted.near.items() if c in here and o in here}
    lone = {n for n in here & wanted if n in planted.near and n not in pairs}
    chosen = [row for name, row in zip(names, first, strict=True) if name not in lone]
    (place / "ours").mkdir(parents=True)
    found = {
        "chatwright": data_peers.ours(chosen, place / "ours"),
        "datasketch": data_peers.datasketch(chosen),
        "datatrove": data_peers.datatrove(chosen, place / "datatrove"),
    }
    table = []
    for name, one in found.items():
        true = {c for c in pairs if c in one.dropped or planted.near[c] in one.dropped}
        table.append(
            [
                name,
                f"{one.seconds:.2f} s",
                f"{one.seconds / len(chosen) * 1e3:.3f}",
                f"{len(chosen) / one.seconds:,.0f}",
                f"{len(true) / max(1, len(pairs)):.4f}",
                f"{len(true) / max(1, len(one.dropped)):.4f}",
            ]
        )
    print(
        f"\nThe near-duplicate step alone, {len(chosen):,} rows, {len(pairs):,} planted, one process"
    )
    print(machine.table(["", "time", "ms a row", "rows/s", "recall", "precision"], table))
    return found


def show(sizes: dict[int, dict[str, Any]], found: dict[str, Any]) -> None:
    rows: list[list[object]] = [
        [
            f"{rows:,} rows",
            f"{one['seconds']:.1f} s",
            f"{rows / one['seconds']:,.0f}",
            f"{one['cpu'] / rows * 1e3:.3f}",
            f"{one['peak_mb']:,.0f}",
        ]
        for rows, one in sizes.items()
    ]
    print("\nThe whole build")
    print(machine.table(["", "time", "conversations/s", "CPU ms each", "peak MB"], rows))
    shares = ("near_dup_recall", "near_dup_precision", "leak_exact_caught", "leak_near_caught")
    print()
    print(machine.table(["", "share"], [[name, f"{found[name]:.4f}"] for name in shares]))
    print(f"planted {found['planted']}, overlap {found['overlap']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer-rows", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if not (arguments.shared / "sgd" / "train.jsonl.gz").is_file():
        raise SystemExit("SKIPPED: there is no sgd/train.jsonl.gz in the folder given by --shared.")
    print(machine.header())
    alike = unrelated(Maker(exchanges(arguments.shared), arguments.seed + 1))
    print(f"highest similarity of 2,000 pairs that are not planted: {alike:.3f}")
    if alike >= HOSTILE:
        raise SystemExit("FAILED: rows that are not planted are alike.")
    with tempfile.TemporaryDirectory() as temporary:
        place, sizes = Path(temporary), dict[int, dict[str, Any]]()
        for rows in (arguments.rows // 10, arguments.rows):
            planted = write_bot(place / str(rows), rows, arguments.shared, arguments.seed)
            sizes[rows] = measured(place / str(rows), arguments.workers)
        small, large = sizes.values()
        found = judged(Path(large["dataset"]), planted)
        show(sizes, found)
        step = peers(place / str(rows), planted, arguments.peer_rows, place / "peers")
    result = {
        "rows": arguments.rows,
        "workers": arguments.workers,
        "conversations_per_second": round(arguments.rows / large["seconds"]),
        "cpu_ms_per_conversation": round(large["cpu"] / arguments.rows * 1e3, 4),
        "peak_mb": round(large["peak_mb"]),
        "growth_100k_to_1m": round(large["seconds"] / small["seconds"], 2),
        **{k: round(v, 4) for k, v in found.items() if isinstance(v, float)},
        "dedup_vs_datasketch": round(step["datasketch"].seconds / step["chatwright"].seconds, 1),
        "dedup_vs_datatrove": round(step["datatrove"].seconds / step["chatwright"].seconds, 1),
        **{k: round(v, 4) for k, v in redaction().items()},
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
