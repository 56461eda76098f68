"""How much of the bare engine's speed is left over HTTP, with many streams at once.

    python bench/serve.py [BOT] [--streams 32] [--tokens 128] [--repeats 3]
    python bench/serve.py --peers ...      # side by side with other servers: bench/serve_peers.py

BOT has a promoted release (`chatwright up BOT --no-serve`). Both sides answer the same prompts from
the bot's own dataset, greedily, until the model ends its reply or `--tokens` are written; tokens are
those really written. As soon as a reply ends the next request starts, so that the streams stay full
until the last requests run out. Repeats are interleaved; a first pass of each is not counted.

`longest` prompts (the default) are those whose logged replies are the longest, because the API cannot
be told to ignore the end token; `spread` takes the dataset as it comes: shorter replies, more
requests per second.

The client is a process of its own and shares the cores with the server: its share of the processor is
in the table, and it counts against HTTP.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import machine

from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Conversation, Sampling
from chatwright.data.dataset import load as load_dataset
from chatwright.engine.open import open_local
from chatwright.engine.writer import options_of
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

HERE = Path(__file__).resolve().parent
PEERS = HERE / "serve_peers.py"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Work:
    """What both sides are asked."""

    conversations: list[Conversation]
    prompts: list[list[int]]  # with what the chooser puts in front of the reply
    opened: list[int]  # tokens of that
    order: list[int]  # indices into the prompts, each as often as it is asked


class Child:
    """A process that answers one JSON line with another."""

    def __init__(self, *command: str) -> None:
        environment = os.environ | {
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"A process ended early with {self.process.wait()}.")
        return dict(json.loads(line))

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        return self.answer()


@contextmanager
def child(*command: str) -> Iterator[Child]:
    """A started `Child` that has said its first line; ended with SIGTERM."""
    made = Child(*command)
    try:
        yield made
    finally:
        made.process.send_signal(signal.SIGTERM)
        try:
            made.process.wait(40)
        except subprocess.TimeoutExpired:
            made.process.kill()


def work_of(spec: Spec, release: Release, tokens: int, arguments: argparse.Namespace) -> Work:
    """Prompts from the release's dataset that leave room for `tokens`, without repeats."""
    folder = spec.made / "datasets" / str(release.manifest["dataset"])
    engine = open_local(release, spec)
    tokenizer, seen = engine.tokenizer, set()
    found: list[tuple[int, Conversation, list[int]]] = []
    for conversation in load_dataset(folder).split("train"):
        *_, reply = conversation.messages
        asked = conversation.before(len(conversation.messages) - 1)
        if not asked.messages or asked.messages[-1].role != "user" or asked.messages in seen:
            continue
        if {message.role for message in asked.messages} - {"user", "assistant"}:
            continue
        seen.add(asked.messages)
        ids = tokenizer.render(asked, open_reply=True).ids
        if len(ids) + tokens <= engine.context:
            found.append((len(tokenizer.encode(reply.content)), asked, ids))
    if arguments.prompts == "longest":
        found.sort(key=lambda item: (-min(item[0], tokens), item[1].id))
    else:
        found.sort(key=lambda item: item[1].id)  # ids are hashes: as good as drawn by lot
    found = found[: arguments.pool]
    if len(found) < 2 * arguments.streams:
        raise SystemExit(f"The dataset has {len(found)} usable prompts; give fewer --streams.")
    order = [index % len(found) for index in range(arguments.requests)]
    asked = [item[1] for item in found]
    openings = [engine.opening(one, tokens) for one in asked]
    prompts = [item[2] + opening for item, opening in zip(found, openings, strict=True)]
    return Work(asked, prompts, [len(opening) for opening in openings], order)


def bare_settings(spec: Spec, release: Release, tokens: int) -> dict[str, Any]:
    """The settings with which `LocalEngine` starts its child, and a greedy request."""
    engine = open_local(release, spec)
    pipeline = engine.child_options(spec.engine.cache_mb, prefix_cache=True)
    request = options_of(Sampling(max_tokens=tokens), tokens)
    return {"pipeline": pipeline, "request": request}


def bodies(spec: Spec, work: Work, tokens: int) -> list[str]:
    """The same prompts as request bodies."""
    fixed = {
        "model": spec.bot.name,
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": tokens,
        "temperature": 0,
        "top_p": 1,
        "repetition_penalty": 1,
    }
    return [
        json.dumps(
            fixed | {"messages": [{"role": m.role, "content": m.content} for m in c.messages]}
        )
        for c in work.conversations
    ]


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def engine_of(server: int) -> int:
    """The child process of the server: its engine."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == server:
            return int(path.parent.name)
    raise SystemExit("The server has no engine process.")


def measure(arguments: argparse.Namespace) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(bare passes, HTTP passes), interleaved; each list in the order of repeats."""
    spec, release = promoted(arguments.bot)
    work = work_of(spec, release, arguments.tokens, arguments)
    settings = bare_settings(spec, release, arguments.tokens)
    python = sys.executable
    with ExitStack() as stack:
        server = stack.enter_context(
            child(
                *(python, "-m", "chatwright.cli", "serve", str(arguments.bot)),
                *("--host", "127.0.0.1", "--port", "0", "--json"),
            )
        )
        address = server.answer()["address"]
        bare = stack.enter_context(
            child(python, str(HERE / "bare_engine.py"), json.dumps(settings))
        )
        client = stack.enter_context(child(python, str(HERE / "sse_client.py")))
        bare.answer(), client.answer()
        pids = {"server": server.process.pid, "engine": engine_of(server.process.pid)}
        asked = {"order": work.order, "streams": arguments.streams}
        to_bare = asked | {"prompts": work.prompts, "opened": work.opened}
        to_http = asked | {"address": address, "bodies": bodies(spec, work, arguments.tokens)}

        def over_http() -> dict[str, Any]:
            before = {name: cpu_seconds(pid) for name, pid in pids.items()}
            found = client.ask(to_http)
            used = {name: cpu_seconds(pid) - before[name] for name, pid in pids.items()}
            return found | {"used": used}

        found: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        for repeat in range(arguments.repeats + 1):  # the first warms caches up and is not counted
            sides = [(0, lambda: bare.ask(to_bare)), (1, over_http)]
            for index, side in sides if repeat % 2 else reversed(sides):
                result = side()
                if repeat:
                    found[index].append(result)
    return found


def promoted(folder: Path) -> tuple[Spec, Release]:
    """The bot and its promoted release; ends with 1 and the reason when there is none."""
    try:
        spec = load_spec(folder)
        current = Registry(spec).current()
    except ChatwrightError as error:
        raise SystemExit(f"SKIPPED: {error}") from None
    if current is None or current[1].hosted:
        raise SystemExit(
            f"SKIPPED: {folder} has no promoted release of its own model. "
            f"Run `chatwright up {folder} --no-serve` first."
        )
    return current[1].spec_in(spec), current[1]


def percentile(values: Sequence[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


def merged(passes: list[dict[str, Any]], name: str) -> list[float]:
    return [value for one in passes for value in one.get(name, ())]


def speed(one: dict[str, Any]) -> float:
    return float(sum(one["tokens"]) / one["seconds"])


def row(name: str, passes: list[dict[str, Any]], cpu: str) -> list[object]:
    speeds = [speed(one) for one in passes]
    cells: list[object] = [name, f"{statistics.median(speeds):,.0f}"]
    cells += [f"{min(speeds):,.0f}-{max(speeds):,.0f}"]
    for values in (merged(passes, "first"), merged(passes, "between")):
        cells += [f"{percentile(values, share):.1f}" for share in (0.5, 0.95)]
    return [*cells, cpu]


def shares(http: list[dict[str, Any]]) -> dict[str, float]:
    """Cores used over the HTTP passes, by process."""
    seconds = sum(one["seconds"] for one in http)
    used = {n: sum(one["used"][n] for one in http) / seconds for n in ("server", "engine")}
    used["client"] = sum(one["cpu"] for one in http) / seconds
    return {name: round(value, 2) for name, value in used.items()}


def show(arguments: argparse.Namespace, bare: list[Any], http: list[Any]) -> None:
    used = shares(http)
    alone = sum(one["cpu"] for one in bare) / sum(one["seconds"] for one in bare)
    cpu = "+".join(f"{used[name]:.2f}" for name in ("server", "engine", "client"))
    head = ["", "tokens/s", "from-to", "first p50", "p95 ms", "token p50", "p95 ms", "cores used"]
    print(
        f"\n{arguments.streams} streams, {arguments.requests} requests a pass, "
        f"{arguments.prompts} prompts, at most {arguments.tokens} tokens, "
        f"{statistics.mean(http[0]['tokens']):.1f} written on average, {len(http)} passes\n"
    )
    rows = [row("bare engine", bare, f"{alone:.2f}"), row("over HTTP", http, cpu)]
    print(machine.table(head, rows))
    print(
        "\ncores used over HTTP: server + engine + client. token: per pipeline step (bare), mean of a"
        "\nreply after its first text (HTTP). Text arrives in frames: between two of one reply "
        f"{percentile(merged(http, 'gaps'), 0.5):.0f} ms (p50), "
        f"{percentile(merged(http, 'gaps'), 0.95):.0f} ms (p95)."
    )
    totals = [sum(one["tokens"]) for one in (*bare, *http)]
    if len(set(totals)) > 1:
        print(f"tokens per pass differ, {min(totals):,} to {max(totals):,}: ties in greedy choice.")


def summary(arguments: argparse.Namespace, bare: list[Any], http: list[Any]) -> dict[str, Any]:
    ratios = [speed(over) / speed(alone) for alone, over in zip(bare, http, strict=True)]
    first, between = merged(http, "first"), merged(http, "between")
    return {
        f"http_over_engine_{arguments.streams}": round(statistics.median(ratios), 4),
        "n": len(ratios),
        "spread": [round(min(ratios), 4), round(max(ratios), 4)],
        "engine_tokens_per_second": round(statistics.median(map(speed, bare)), 1),
        "http_tokens_per_second": round(statistics.median(map(speed, http)), 1),
        "requests": arguments.requests,
        "prompts": arguments.prompts,
        "max_tokens": arguments.tokens,
        "tokens_per_reply": round(statistics.mean(http[0]["tokens"]), 2),
        "tokens_per_pass": {
            "engine": [sum(one["tokens"]) for one in bare],
            "http": [sum(one["tokens"]) for one in http],
        },
        "first_token_ms": [round(percentile(first, share), 2) for share in (0.5, 0.95)],
        "inter_token_ms": [round(percentile(between, share), 2) for share in (0.5, 0.95)],
        "cores_used": shares(http),
    }


def main() -> None:
    if "--peers" in sys.argv:  # a program of its own, for it needs what this one does not
        rest = [word for word in sys.argv[1:] if word != "--peers"]
        os.execv(sys.executable, [sys.executable, str(PEERS), *rest])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bot", type=Path, nargs="?", default=Path("examples/library"))
    parser.add_argument("--streams", type=int, default=32)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--requests", type=int, default=512, help="per pass")
    parser.add_argument("--pool", type=int, default=128, help="different prompts")
    parser.add_argument("--prompts", choices=("longest", "spread"), default="longest")
    arguments = parser.parse_args()
    print(machine.header())
    bare, http = measure(arguments)
    show(arguments, bare, http)
    print(json.dumps(summary(arguments, bare, http)))


if __name__ == "__main__":
    main()
