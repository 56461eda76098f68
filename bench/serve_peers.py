"""chatwright, llama.cpp's server and `transformers serve`, over HTTP, streaming: who writes how fast?

    python bench/serve.py --peers [--keep results/serve --portion 540] [--llama-server PATH | --build-llama]

The same weights (`serve_models.py`: 6 M and 135 M parameters, random), the same machine, the same chats
with a shared system prompt, 1, 8, 32 and 128 clients that ask again as soon as they are answered; replies
are drawn greedily and all have the length that was asked for, or the benchmark fails. No two passes
have the same chats. How each server is set up: `serve_contestants.py`. Of those started, all but one are
stopped (SIGSTOP). Passes are interleaved; ratios are medians of those of passes that follow one another.

tokens/s: all tokens of a pass by its time, its end included, at which the last streams run alone. first:
from the request to the first text. token: a reply's time after its first text by its tokens. The bare
engine (`bare_engine.py`) answers the same, ids in and ids out. The client has a share of the cores.

Also what serving costs: processor time of chatwright's server without the engine's process, for each
token at 32 streams; its memory, idle; the time to `/ready`; the size of `pip install .`.

Finished passes stay in `--keep`, named by what determines them and the last commit of `src` and `bench`.
With `--portion` it ends with exit code 3 after that many seconds and the pass then running; the same
command goes on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any

import machine
from serve import HERE, Child, bare_settings, child, merged, percentile, speed
from serve_contestants import Contestant, Entrant, Unfinished, build_llama, contestants, entered
from serve_models import SIZES, Asked, Served, Visitors, served
from serve_overhead import idle, install, python_of
from train_figures import Shelf

from chatwright.tokenizer import Tokenizer

UNFINISHED = 3
BARE, OURS, PEERS = "engine", "chatwright", ("llama_cpp", "transformers")
REQUESTS = {1: 6, 8: 24, 32: 64, 128: 160}  # of a pass
WARM = (4, 8)  # requests that warm a server up, and tokens of their replies
Passes = list[dict[str, Any]]


class Match:
    """All passes, each measured once or found on the shelf."""

    def __init__(self, arguments: argparse.Namespace, keep: Path) -> None:
        self.arguments, self.keep = arguments, keep
        self.began = time.monotonic()
        library = machine.ROOT / "examples" / "library"
        self.visitors = Visitors(library)
        self.models = {name: served(name, library, keep) for name in arguments.models}
        self.contestants = contestants(self._llama_server())
        common = {
            "releases": {name: model.release.id for name, model in self.models.items()},
            "machine": machine.processor(),
            "requests": arguments.requests or REQUESTS,
            "commit": machine.commit("src", "bench"),
        }
        self.shelf = Shelf(keep / "passes", common)

    def _llama_server(self) -> Path:
        given, found = self.arguments.llama_server, shutil.which("llama-server")
        if self.arguments.build_llama:
            return build_llama(self.keep / "llama", self.arguments.portion)
        if not given and not found:
            raise SystemExit(
                "FAILED: there is no llama-server. Give --llama-server or --build-llama."
            )
        return (given or Path(str(found))).resolve()

    @property
    def over(self) -> bool:
        portion = self.arguments.portion
        return bool(portion) and time.monotonic() - self.began > portion

    def passes(self, name: str, clients: int) -> dict[str, Passes]:
        """Of every contestant, in the order of repeats; what is missing is measured now."""
        names = [one.name for one in self.contestants] + [BARE]
        pieces = []
        for repeat in range(self.arguments.passes):
            turn = repeat % len(names)  # nobody is always the first one
            for who in names[turn:] + names[:turn]:
                pieces.append({"what": who, "model": name, "clients": clients, "repeat": repeat})
        missing = [piece for piece in pieces if self.shelf.find(piece) is None]
        if missing:
            if self.over:
                raise Unfinished
            self._measure(missing, self.models[name], clients)
        found: dict[str, Passes] = {who: [] for who in names}
        for piece in sorted(pieces, key=lambda piece: piece["repeat"]):
            found[piece["what"]].append(self.shelf.find(piece) or {})
        return found

    def _measure(self, missing: list[dict[str, Any]], model: Served, clients: int) -> None:
        wanted = {piece["what"] for piece in missing}
        with ExitStack() as stack:
            lane = Lane(stack, model, clients)
            warm = self.visitors.ask(WARM[0], "warm")
            if BARE in wanted:  # it knows the system prompt then, as servers do
                lane.warm(BARE, warm)
            for one in self.contestants:
                if one.name in wanted:
                    lane.enter(one, self.keep / "logs", warm)
            for piece in missing:
                if self.over:
                    raise Unfinished
                count = self.arguments.requests or REQUESTS[clients]
                asked = self.visitors.ask(count, f"{clients} {piece['repeat']}")
                values = lane.run(piece["what"], asked)
                print(
                    f"{model.name}, {clients} clients, {piece['what']}: {speed(values):,.1f} tokens/s",
                    flush=True,
                )
                self.shelf.keep(piece, values)


class Lane:
    """The servers of one model, the bare engine and the client, for one number of clients."""

    def __init__(self, stack: ExitStack, model: Served, clients: int) -> None:
        self._stack, self._model, self._clients = stack, model, clients
        self._tokenizer = Tokenizer.load(model.release.model)
        self._client = self._child("sse_client.py")
        settings = bare_settings(model.spec, model.release, 256)
        self._bare = self._child("bare_engine.py", json.dumps(settings))
        self._entrants: dict[str, tuple[Contestant, Entrant]] = {}

    def _child(self, script: str, *more: str) -> Child:
        made = self._stack.enter_context(child(sys.executable, str(HERE / script), *more))
        made.answer()
        return made

    def enter(self, one: Contestant, logs: Path, warm: list[Asked]) -> None:
        """Start a server and let it answer a little."""
        entrant = self._stack.enter_context(entered(one, self._model, self._clients, logs))
        self._entrants[one.name] = one, entrant
        self.warm(one.name, warm)

    def warm(self, who: str, asked: list[Asked]) -> None:
        self.run(who, [Asked(one.messages, WARM[1]) for one in asked])

    def run(self, who: str, asked: list[Asked]) -> dict[str, Any]:
        """One pass. Ends with 1 where a reply has not the length that was asked for."""
        order = list(range(len(asked)))
        common: dict[str, Any] = {"order": order, "streams": min(self._clients, len(asked))}
        if who == BARE:
            ids = [self._tokenizer.render(a.conversation, open_reply=True).ids for a in asked]
            limits = [a.tokens for a in asked]
            work = {"prompts": ids, "opened": [0 for _ in asked], "limits": limits}
            found = self._bare.ask(common | work)
        else:
            one, entrant = self._entrants[who]
            bodies = [self._body(one, a) for a in asked]
            with entrant.awake():
                before = entrant.cpu()
                found = self._client.ask(common | {"address": entrant.address, "bodies": bodies})
                found["used"] = {n: value - before[n] for n, value in entrant.cpu().items()}
        if sorted(found["tokens"]) != sorted(a.tokens for a in asked):
            raise SystemExit(f"FAILED: replies of {who} have other lengths than asked for.")
        return found

    def _body(self, one: Contestant, asked: Asked) -> str:
        messages = [{"role": m.role, "content": m.content} for m in asked.messages]
        name = f"bench-{self._model.name}" if one.name == OURS else str(self._model.release.model)
        fixed = {"model": name, "stream": True, "temperature": 0, "max_tokens": asked.tokens}
        return json.dumps({**fixed, **one.fields, "messages": messages})


def written(one: dict[str, Any]) -> int:
    return sum(one["tokens"])


def ratio(ours: Passes, theirs: Passes) -> float:
    """Tokens/s, the median over repeats."""
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(speed(one) / speed(other) for one, other in pairs)


def ratios(found: dict[str, Passes], name: str, clients: int) -> dict[str, float]:
    """The last line's figures of one model and number of clients."""
    place, ours = f"{name}_{clients}", found[OURS]
    first = {who: percentile(merged(found[who], "first"), 0.95) for who in (OURS, *PEERS)}
    tokens = sum(map(written, ours))
    values = {f"vs_{who}_{place}": ratio(ours, found[who]) for who in PEERS}
    values[f"http_over_engine_{place}"] = ratio(ours, found[BARE])
    values[f"ttft_p95_vs_best_peer_{place}"] = first[OURS] / min(first[who] for who in PEERS)
    values[f"tokens_per_second_{place}"] = statistics.median(map(speed, ours))
    values[f"events_per_token_{place}"] = sum(one["events"] for one in ours) / tokens
    values[f"cpu_us_per_token_{place}"] = sum(one["used"]["server"] for one in ours) / tokens * 1e6
    return {key: round(value, 3) for key, value in values.items()}


def rows(found: dict[str, Passes], name: str, clients: int) -> list[list[object]]:
    lines: list[list[object]] = []
    for who, passes in found.items():
        speeds = [speed(one) for one in passes]
        cells: list[object] = [f"{name} {clients:>3} {who}", f"{statistics.median(speeds):,.0f}"]
        cells += [f"{min(speeds):,.0f}-{max(speeds):,.0f}", f"{ratio(found[OURS], passes):.2f}"]
        for kind in ("first", "between"):
            values = merged(passes, kind)
            cells += [f"{percentile(values, share):,.0f}" for share in (0.5, 0.95)]
        bare = who == BARE
        events = sum(0 if bare else one["events"] for one in passes)
        used = sum(one["cpu"] if bare else sum(one["used"].values()) for one in passes)
        cells += ["-" if bare else f"{events / sum(map(written, passes)):.2f}"]
        lines.append([*cells, f"{used / sum(one['seconds'] for one in passes):.2f}"])
    return lines


HEAD = ["model, clients", "tokens/s", "from-to", "ours by it", "first p50", "p95 ms"]
HEAD += ["token p50", "p95 ms", "events/token", "cores"]


def compare(match: Match) -> dict[str, Any]:
    arguments = match.arguments
    lines: list[list[object]] = []
    values: dict[str, Any] = {}
    for name, clients in product(match.models, arguments.clients):
        found = match.passes(name, clients)
        lines += rows(found, name, clients)
        values |= ratios(found, name, clients)
    costs = {} if arguments.no_overhead else overhead(match)
    print(machine.table(HEAD, lines))
    cpu = [value for key, value in values.items() if key.startswith("cpu_") and "_32" in key[-3:]]
    return {
        **values,
        "ttft_p95_vs_best_peer_32": values.get("ttft_p95_vs_best_peer_135m_32"),
        "cpu_us_per_token_32": max(cpu, default=None),
        **costs,
        "passes": arguments.passes,
        "requests": arguments.requests or REQUESTS,
    }


def overhead(match: Match) -> dict[str, Any]:
    """What serving costs beside the engine, measured once or found on the shelf."""
    costs: dict[str, Any] = {}
    folder = match.keep / "install"
    for what, measure in (
        ("install", lambda: install(folder)),
        ("idle", lambda: idle(match.arguments.bot, python_of(folder))),
    ):
        found = match.shelf.find({"what": what})
        if found is None:
            if match.over:
                raise Unfinished
            found = match.shelf.keep({"what": what}, measure())
        costs |= {key: value for key, value in found.items() if key not in ("piece", "common")}
    return costs


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bot", type=Path, nargs="?", default=machine.ROOT / "examples" / "library")
    parser.add_argument("--models", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--clients", nargs="+", type=int, choices=REQUESTS, default=list(REQUESTS))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--requests", type=int, default=0, help="of a pass; to try it out")
    parser.add_argument("--llama-server", type=Path)
    parser.add_argument("--build-llama", action="store_true")
    parser.add_argument("--no-overhead", action="store_true", help="speed alone")
    parser.add_argument("--keep", type=Path, help="folder of what is done; none: nothing is kept")
    parser.add_argument("--portion", type=float, default=0, help="seconds, then exit code 3")
    return parser.parse_args()


def main() -> None:
    arguments = parsed()
    print(machine.header("transformers", "llama-cpp-python"))
    with tempfile.TemporaryDirectory() as temporary:
        keep = (arguments.keep or Path(temporary)).resolve()
        try:
            print(json.dumps(compare(Match(arguments, keep))))
        except Unfinished:
            print(json.dumps({"unfinished": True}))
            sys.exit(UNFINISHED)


if __name__ == "__main__":
    main()
