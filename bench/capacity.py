"""What one machine carries, measured; a model that extrapolates it; and a simulation up to 10,000 messages/s.

    python bench/capacity.py [--seconds 6] [--simulated 60]

Measured: the CPU that a message of `/v1` and a turn of the page take of one `chatwright serve` and its
PostgreSQL, with a model that takes no CPU (the stub of `scale_parts.py`), and how that varies. The model:
servers and the database are stations of an open network with Poisson arrivals; each server is an M/G/1 queue
with the measured times (Pollaczek-Khinchine), the model's replicas are M/G/k (Allen-Cunneen, from Erlang's C).
The simulation draws arrivals and service times from what was measured and counts queues; it knows nothing of
networks, of balancers or of disks. **It is a simulation: nobody has run 10,000 messages/s here.**
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import machine
from scale import Load, Scene
from scale_parts import RATE, free_port, make_bot
from tests.postgres import Postgres, programs

RATES = (10, 100, 1_000, 10_000)  # messages a second
FULL = 0.7  # share of its time that a station may be busy
REPLY = 1.2  # seconds of a model's reply: assumed, replace it by your engine's
REPLY_CV = 0.6  # its standard deviation over its mean: replies are of different lengths
AT_ONCE = 32  # replies that one replica of the model makes at once: assumed
DATABASE_CORES = 8


@dataclass(frozen=True, slots=True)
class Station:
    """`servers` that each take `mean` seconds for a message, with the coefficient of variation `cv`."""

    name: str
    mean: float
    cv: float
    servers: int

    def busy(self, rate: float) -> float:
        return rate * self.mean / self.servers

    def waits(self, rate: float) -> float:
        """Mean seconds in the queue. M/G/k by Allen-Cunneen; with one server that is Pollaczek-Khinchine."""
        busy = self.busy(rate)
        if busy >= 1:
            return math.inf
        return (
            erlang_c(self.servers, rate * self.mean)
            * self.mean
            / (self.servers * (1 - busy))
            * (1 + self.cv**2)
            / 2
        )


def erlang_c(servers: int, load: float) -> float:
    """The share of those who wait, in M/M/k. By Erlang's B, which does not overflow."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    busy = load / servers
    return blocked / (1 - busy * (1 - blocked))


def plan(rate: float, server: float, server_cv: float, database: float) -> list[Station]:
    """Stations that are busy for `FULL` of their time at most. Times are CPU seconds of a message."""
    return [
        Station("server", server, server_cv, math.ceil(rate * server / FULL)),
        Station("database", database, 1.0, max(1, math.ceil(rate * database / FULL))),
        Station("model", REPLY, REPLY_CV, math.ceil(rate * REPLY / FULL)),
    ]


def simulate(stations: list[Station], rate: float, seconds: float, seed: int = 1) -> list[float]:
    """Seconds from arrival to the end of the reply, of messages that pass the stations one after another.

    A server's queue is its own: the balancer chooses one blindly. Database and model have one queue each.
    """
    rng = random.Random(seed)
    arrivals, at = [], 0.0
    while at < seconds:
        at += rng.expovariate(rate)
        arrivals.append((at, at))
    for station in stations:
        own = station.name == "server"
        free = [0.0] * station.servers
        done = []
        for at, born in sorted(arrivals):
            place = rng.randrange(station.servers) if own else 0
            begins = max(at, free[place])
            ends = begins + drawn(rng, station)
            if own:
                free[place] = ends
            else:
                heapq.heapreplace(free, ends)
            done.append((ends, born))
        arrivals = done
    return sorted(end - born for end, born in arrivals)


def drawn(rng: random.Random, station: Station) -> float:
    """A service time: gamma-distributed with the station's mean and variation."""
    shape = 1 / max(station.cv, 0.05) ** 2
    return rng.gammavariate(shape, station.mean / shape)


def measured(seconds: float) -> dict[str, Any]:
    """CPU of one server and its database, for a message of /v1 and a turn of the page."""
    bin = programs()
    if bin is None:
        raise SystemExit("This needs PostgreSQL: apt-get install postgresql")
    port = free_port()
    model = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("scale_parts.py"), str(port)]
    )
    postgres = Postgres(bin)
    try:
        postgres.start()
        with tempfile.TemporaryDirectory() as name:
            bot = Path(name) / "bot" / "mybot"
            bot.parent.mkdir()
            make_bot(bot, port)
            scene = Scene(Path(name) / "of1", bot, postgres, 1)
            try:
                scene.start()
                return {way: taken(scene, way == "turn", seconds) for way in ("message", "turn")}
            finally:
                scene.close()
    finally:
        postgres.remove()
        model.terminate()
        model.wait(10)


def taken(scene: Scene, page: bool, seconds: float) -> dict[str, float]:
    """Of many at once the CPU, of one at a time how much that varies."""
    asyncio.run(Load(scene.balancer.address, 4, page=page).run(2))
    load = Load(scene.balancer.address, 8, page=page)
    server, database = scene.machines[0].cpu(), scene.database_cpu()
    asyncio.run(load.run(seconds))
    count = len(load.waited)
    server, database = scene.machines[0].cpu() - server, scene.database_cpu() - database
    alone = Load(scene.balancer.address, 1, page=page)
    asyncio.run(alone.run(seconds))
    waits = [wait - 1 / RATE for wait in alone.waited]  # without the stub's own time
    return {
        "server_ms": round(1000 * server / count, 2),
        "database_ms": round(1000 * database / count, 2),
        "cv": round(statistics.stdev(waits) / statistics.mean(waits), 2),
        "alone_ms": round(1000 * statistics.median(waits), 1),
        "measured": count,
    }


def table(found: dict[str, Any], seconds: float) -> list[dict[str, Any]]:
    """Of each rate what it takes, what the formula says, and what the simulation counts."""
    rows = []
    for way, figures in found.items():
        for rate in RATES:
            stations = plan(
                rate, figures["server_ms"] / 1000, figures["cv"], figures["database_ms"] / 1000
            )
            span = min(seconds, 600_000 / rate)
            times = simulate(stations, rate, span)
            own, base, model = stations
            each = Station("server", own.mean, own.cv, 1).waits(rate / own.servers)
            formula = each + base.waits(rate) + model.waits(rate) + sum(s.mean for s in stations)
            rows.append(
                {
                    "of": way,
                    "per_second": rate,
                    "server_cores": own.servers,
                    "database_cores": base.servers,
                    "model_replicas": math.ceil(model.servers / AT_ONCE),
                    "formula_mean_s": round(formula, 3),
                    "simulated_mean_s": round(statistics.fmean(times), 3),
                    "simulated_p95_s": round(times[int(0.95 * len(times))], 3),
                    "simulated_messages": len(times),
                    "one_database": base.servers <= DATABASE_CORES,
                }
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6, help="of each measurement")
    parser.add_argument("--simulated", type=float, default=60, help="seconds of each simulation")
    options = parser.parse_args()
    print(machine.header("psycopg"))
    found = measured(options.seconds)
    print(json.dumps(found))
    rows = table(found, options.simulated)
    head = list(rows[0])
    print(machine.table(head, [[row[name] for name in head] for row in rows]))
    last = rows[-1]
    off = max(abs(r["formula_mean_s"] / r["simulated_mean_s"] - 1) for r in rows)
    print(json.dumps({**found, "formula_against_simulation": round(off, 3), "largest": last}))


if __name__ == "__main__":
    main()
