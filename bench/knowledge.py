"""Search of documents: what a command does -> its page, against SQLite's FTS5 alone and bm25s; and how fast.

    python bench/knowledge.py [--shared ../shared/data] [--questions 2000] [--passages 100000]
        [--postgres URL]

tldr pages (6,643 Markdown pages, CC BY 4.0). A question is one line that describes a use of a command, one of a
page, of those lines that stand on one page alone. Twice: with the pages as they are, where the words of the
question stand on its page, and "held out": the line and its command are taken from the page first, so that it
must be found by what else it says. Our constants were chosen on 1,500 questions of another seed. bm25s gets the
better of its English stop words and none, FTS5 the better of porter and none, PostgreSQL the best of two
dictionaries and two ranks.

The 100,000 passages are recombined pages: the head of one page with four uses of others.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import psycopg
from machine import ROOT, header, table

from chatwright.data.documents import Text
from chatwright.evaluation.metrics import share
from chatwright.knowledge import Index, Live, Member, Search, Snapshots
from chatwright.knowledge.sync import sync
from chatwright.knowledge.watching import Watching
from chatwright.spec import Spec

Pages = dict[str, str]
Ask = Callable[[str], Sequence[str]]
USE = re.compile(r"^- (.+?):?$", re.M)
WORD = re.compile(r"\w+")


def pages_in(shared: Path) -> Pages:
    with tarfile.open(shared / "tldr" / "pages.tar.gz") as packed:
        files = sorted(
            (one for one in packed if one.name.endswith(".md")), key=lambda one: one.name
        )
        return {one.name: packed.extractfile(one).read().decode() for one in files}  # type: ignore[union-attr]


def plain(description: str) -> str:
    """Without the brackets that mark letters of options."""
    return re.sub(r"[\[\]]", "", description)


def questions_of(pages: Pages, most: int, seed: int) -> list[tuple[str, str]]:
    found = [(name, line) for name, text in pages.items() for line in USE.findall(text)]
    same = Counter(plain(line).lower() for _, line in {(n, plain(d).lower()) for n, d in found})
    by_page: dict[str, list[str]] = {}
    for name, line in found:
        if same[plain(line).lower()] == 1:
            by_page.setdefault(name, []).append(line)
    rng = random.Random(seed)
    return [
        (name, rng.choice(by_page[name])) for name in rng.sample(sorted(by_page), len(by_page))
    ][:most]


def held_out(pages: Pages, questions: list[tuple[str, str]]) -> Pages:
    """The pages without the lines that are asked for, and their commands."""
    left = dict(pages)
    for name, line in questions:
        before, _, after = left[name].partition(f"- {line}")
        _, found, rest = after.partition("\n- ")
        left[name] = before + ("- " + rest if found else "")
    return left


def fts5(pages: Pages, tokenizer: str) -> Ask:
    connection, names = sqlite3.connect(":memory:"), list(pages)
    connection.execute(f"CREATE VIRTUAL TABLE f USING fts5(text, tokenize = '{tokenizer}')")
    connection.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", enumerate(pages.values()))

    def ask(question: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(WORD.findall(question.lower())))
        rows = connection.execute(
            "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT 5", (words,)
        )
        return [names[row[0]] for row in rows] if words else []

    return ask


def by_bm25s(pages: Pages, stopwords: Any) -> Ask:
    def cut(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords=stopwords, show_progress=False)

    index, names = bm25s.BM25(), list(pages)
    index.index(cut(list(pages.values())), show_progress=False)

    def ask(question: str) -> list[str]:
        rows = index.retrieve(cut([question]), k=5, show_progress=False)[0][0]
        return [names[row] for row in rows]

    return ask


def in_postgres(pages: Pages, url: str, language: str, rank: str) -> Ask:
    """PostgreSQL's own search, words joined by OR: what a store there could do without us."""
    connection, names = psycopg.connect(url, autocommit=True), list(pages)
    connection.execute("DROP TABLE IF EXISTS bench_pages")
    connection.execute("CREATE TABLE bench_pages (id int, words tsvector)")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO bench_pages VALUES (%s, to_tsvector('{language}', %s))",
            list(enumerate(pages.values())),
        )
    connection.execute("CREATE INDEX ON bench_pages USING gin (words)")
    connection.execute("ANALYZE bench_pages")
    query = (
        f"SELECT id FROM bench_pages, to_tsquery('{language}', %s) q WHERE words @@ q"
        f" ORDER BY {rank}(words, q, 1) DESC, id LIMIT 5"
    )

    def ask(question: str) -> list[str]:
        words = " | ".join(dict.fromkeys(WORD.findall(question.lower())))
        return [names[row[0]] for row in connection.execute(query, (words,))] if words else []

    return ask


def ours(pages: Pages, folder: Path) -> Ask:
    index = Index(folder / "knowledge.db")
    with index.write():
        Snapshots(index).record(Member(n, index.put(Text("", t))[0]) for n, t in pages.items())
    searched = Search.current(index)

    def ask(question: str) -> list[str]:
        hits = searched.search(question, k=20).hits
        return list(dict.fromkeys(name for hit in hits for name in hit.names))[:5]

    return ask


def scored(ask: Ask, questions: list[tuple[str, str]]) -> dict[str, Any]:
    begun = time.perf_counter()
    found = [(name, ask(plain(line))) for name, line in questions]
    per = (time.perf_counter() - begun) / len(questions) * 1000
    first = share(sum(name in pages[:1] for name, pages in found), len(found))
    five = share(sum(name in pages for name, pages in found), len(found))
    return {"top1": first, "top5": five, "ms": round(per, 2)}


def better(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return max(rows, key=lambda row: float(row["top1"]["share"]))


def quality(
    pages: Pages, questions: list[tuple[str, str]], folder: Path, postgres: str
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for way, corpus in (("", pages), ("_held_out", held_out(pages, questions))):
        rows = {
            "fts5": better(scored(fts5(corpus, t), questions) for t in ("unicode61", "porter")),
            "bm25": better(scored(by_bm25s(corpus, s), questions) for s in ("en", None)),
            **(
                {
                    "tsvector": better(
                        scored(in_postgres(corpus, postgres, language, rank), questions)
                        for language in ("english", "simple")
                        for rank in ("ts_rank_cd", "ts_rank")
                    )
                }
                if postgres
                else {}
            ),
            "ours": scored(ours(corpus, folder / f"quality{way}"), questions),
        }
        lines = [[name, _shown(r["top1"]), _shown(r["top5"]), r["ms"]] for name, r in rows.items()]
        print(
            table([f"tldr{way or ', pages as they are'}", "top 1", "top 5", "ms a question"], lines)
        )
        for name, row in rows.items():
            end = "" if name == "ours" else f"_{name}"
            for top in ("top1", "top5"):
                key = f"tldr{way}_{top}{end}"
                low, high = row[top]["interval"]
                values |= {
                    key: row[top]["share"],
                    f"{key}_low": low,
                    f"{key}_high": high,
                    f"{key}_n": row[top]["n"],
                }
    return values


def _shown(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['share']:.1%} ({low:.1%} to {high:.1%})"


def a_folder(pages: Pages, folder: Path) -> dict[str, Any]:
    """A real folder: the first sync, one page more, the same page gone."""
    spec = Spec(folder=folder, bot={"name": "tldr", "purpose": "Explains commands."})  # type: ignore[arg-type]
    for name, text in pages.items():
        path = folder / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    index = Index(folder / "index" / "knowledge.db")
    begun = time.perf_counter()
    done = sync(spec, index)
    rate = done.passages / (time.perf_counter() - begun)
    page = folder / "knowledge" / "new.md"
    page.write_text("# zyxomat\n\nTurns quibbles into frobnications.\n")
    begun = time.perf_counter()
    sync(spec, index)
    hits = Search.current(index).search("How do I turn quibbles into frobnications?", 1).hits
    added = time.perf_counter() - begun
    assert hits and hits[0].names == ("new.md",), "one page more is found at once"
    page.unlink()
    sync(spec, index)
    assert not Search.current(index).search("quibbles frobnications").hits, "and never again"
    held = b"".join(p.read_bytes() for p in index.path.parent.iterdir() if p.is_file())
    assert b"frobnications" not in held, "nor in the files"
    print(
        f"{done.passages:,} passages of {len(pages):,} pages indexed at {rate:,.0f} a second; one page more is"
    )
    print(f"answerable after {added:.2f} s, and stands nowhere after it was deleted")
    return {"index_passages_per_s": round(rate), "add_page_s": round(added, 3)}


def watched(pages: Pages, folder: Path, name: str) -> dict[str, Any]:
    """While a bot is served: a file is saved, and found; it is deleted, and gone. Seconds, five times each."""
    spec = Spec(folder=folder, bot={"name": "tldr", "purpose": "Explains commands."})  # type: ignore[arg-type]
    for title, text in pages.items():
        path = folder / "knowledge" / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    ended, watching = threading.Event(), Watching(spec)

    def work() -> None:
        while not ended.wait(watching.pause):
            watching.look()

    thread = threading.Thread(target=work)
    thread.start()
    took: dict[str, list[float]] = {"saved": [], "deleted": []}
    with Live(spec) as live:
        while (now := live.current()) is None or len(now) < len(pages):
            time.sleep(0.05)
        for turn in range(5):
            page = folder / "knowledge" / f"new{turn}.md"
            for what, there in (("saved", True), ("deleted", False)):
                begun = time.perf_counter()
                if there:
                    page.write_text("# zyxomat\n\nTurns quibbles into frobnications.\n")
                else:
                    page.unlink()
                while bool(live.current().search("quibbles").hits) is not there:  # type: ignore[union-attr]
                    time.sleep(0.01)
                took[what].append(time.perf_counter() - begun)
    ended.set()
    thread.join()
    watching.close()
    values = {f"{what}_{name}_s": round(max(found), 2) for what, found in took.items()}
    print(
        f"{len(pages):,} documents, watched: the slowest of five is answerable {values[f'saved_{name}_s']} s"
        f" after it was saved, and gone {values[f'deleted_{name}_s']} s after it was deleted"
    )
    return values


def large(
    pages: Pages, questions: list[tuple[str, str]], passages: int, folder: Path
) -> dict[str, Any]:
    rng = random.Random(1)
    heads = [text.split("\n- ")[0] for text in pages.values()]
    uses = [use for text in pages.values() for use in text.split("\n- ")[1:]]
    index, members, count = Index(folder / "large" / "knowledge.db"), list[Member](), 0
    with index.write():
        while count < passages:
            text = "\n- ".join([rng.choice(heads), *rng.sample(uses, 4)])
            document, new = index.put(Text("", text))
            members.append(Member(str(len(members)), document))
            count += new
        Snapshots(index).record(members)
    begun = time.perf_counter()
    searched = Search.current(index)
    opened = time.perf_counter() - begun
    for _, line in questions[:20]:
        searched.search(plain(line))
    took = []
    for _, line in questions:
        begun = time.perf_counter()
        searched.search(plain(line), k=5)
        took.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    with index.write():
        document, _ = index.put(Text("", "# zyxomat\n\nTurns quibbles into frobnications.\n"))
        now = Snapshots(index).record([*members, Member("new", document)])
    following = searched.following(now)
    assert following.search("quibbles").hits[0].names == ("new",)
    one_more = time.perf_counter() - begun
    p50, p95 = np.percentile(took, [50, 95])
    print(
        f"{len(searched):,} passages: opened in {opened:.1f} s, a search takes {p50:.1f} ms, p95 {p95:.1f} ms"
    )
    print(f"one page more is recorded and answerable after {one_more:.2f} s")
    values = {"search_p50_ms_100k": p50, "search_p95_ms_100k": p95, "open_s_100k": opened}
    values["add_page_100k_s"] = one_more
    return {key: round(value, 2) for key, value in values.items()} | {
        "search_p95_ms_100k_n": len(took)
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--postgres", default="", help="URL of an empty database to compare with")
    options = parser.parse_args()
    if not (options.shared / "tldr").is_dir():
        sys.exit(f"The tldr pages are not in {options.shared}: say where with --shared.")
    print(header("bm25s", "numpy"))
    pages = pages_in(options.shared)
    questions = questions_of(pages, options.questions, seed=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        values = quality(pages, questions, folder, options.postgres)
        values |= a_folder(pages, folder / "bot")
        few = dict(list(pages.items())[:12])
        values |= watched(few, folder / "few", "12") | watched(pages, folder / "all", "all")
        values |= large(pages, questions[:500], options.passages, folder)
    print(json.dumps(values))


if __name__ == "__main__":
    main()
