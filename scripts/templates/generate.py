#!/usr/bin/env python3
"""Writes what `chatwright init --template` copies: conversations, documents, cases, out of a source each.

.venv/bin/python scripts/templates/generate.py [--check]

The source says in patterns how people ask: `[a|b]` is a choice, `[a|]` may be left out, `{x}` is a slot. Each
pattern gives some wordings, drawn with a fixed seed, some as people type. Same source, same files.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "src" / "chatwright" / "spec" / "templates"
COUNT = 36  # wordings of a question, where the source does not say
INNERMOST = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


def drawn(
    pattern: str, slots: dict[str, list[str]], draw: random.Random, held: dict[str, str]
) -> str:
    """One wording. `held` keeps a slot's value for the rest of a conversation."""
    while found := INNERMOST.search(pattern):
        pattern = (
            pattern[: found.start()] + draw.choice(found[1].split("|")) + pattern[found.end() :]
        )
    for name in SLOT.findall(pattern):
        held.setdefault(name, draw.choice(slots[name]))
        pattern = pattern.replace(f"{{{name}}}", held[name])
    return re.sub(r"\s+", " ", pattern).strip()


def typed(text: str, draw: random.Random) -> str:
    """As people type: mostly neat, often small and without marks, at times with a slip of two letters."""
    kind = draw.random()
    if kind < 0.4:
        text = text[0].upper() + text[1:]
        asks = re.match(
            r"(?i)(how|what|wh|is|are|do|does|can|could|may|must|should|will|did|has)\b", text
        )
        return text if text[-1] in ".!?" else text + ("?" if asks else ".")
    if kind < 0.55:
        text = text.replace("'", "")
    if kind > 0.94 and len(text) > 14:
        at = draw.randrange(3, len(text) - 3)
        if text[at : at + 2].isalpha():
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text.lower() if kind < 0.85 else text


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines() if line.strip()]


def same(text: str) -> str:
    """Equal for texts that differ in case and marks only."""
    return re.sub(r"\W+", " ", text).lower().strip()


def wordings(
    patterns: list[str], slots: dict[str, list[str]], count: int, draw: random.Random
) -> list[tuple[str, dict[str, str]]]:
    """`count` different ones with their slots, from all patterns alike; fewer where there are no more."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for turn in range(count * 6):
        held: dict[str, str] = {}
        said = typed(drawn(patterns[turn % len(patterns)], slots, draw, held), draw)
        found.setdefault(same(said), (said, held))
        if len(found) == count:
            break
    return list(found.values())


def rows(source: dict[str, Any], draw: random.Random) -> Iterator[dict[str, Any]]:
    """Every conversation of a template."""
    slots = source.get("slots", {})
    for block in spread(source):
        answers = lines(block["answer"])
        for said, held in wordings(lines(block["ask"]), slots, block.get("count", COUNT), draw):
            reply = speaks("assistant", drawn(draw.choice(answers), slots, draw, held))
            declined = {"refused": True} if block.get("refused") else {}
            yield {"messages": [{"role": "user", "content": said}, reply | declined]}
    for block in source.get("talk", []):
        seen = set()
        for _ in range(block["count"]):
            held: dict[str, str] = {}
            said = [
                (typed(drawn(u, slots, draw, held), draw), drawn(a, slots, draw, held))
                for u, a in block["turns"]
            ]
            if str(said) not in seen:
                seen.add(str(said))
                yield {
                    "messages": [
                        m for u, a in said for m in (speaks("user", u), speaks("assistant", a))
                    ]
                }


def spread(source: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions, those about each row of a table once for every row."""
    for block in source["qa"]:
        if "over" not in block:
            yield block
            continue
        for row in source["table"][block["over"]]:
            texts = {
                key: filled(block[key], row) for key in ("ask", "answer", "title") if key in block
            }
            yield block | texts


def filled(text: str, row: dict[str, str]) -> str:
    for key, value in row.items():
        text = text.replace(f"<{key}>", value)
    return text


def speaks(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def cases(block: str) -> Iterator[dict[str, Any]]:
    """`topic: words [>> reply >> next words] => a / b & c ! d`: a or b, and c, and not d; or `refused`."""
    for number, line in enumerate(lines(block), 1):
        topic, _, rest = line.partition(": ")
        asked, _, wanted = rest.rpartition(" => ")
        *before, question = asked.split(" >> ")
        roles = ("user", "assistant")
        case: dict[str, Any] = {
            "id": f"{topic}-{number}",
            "topic": topic,
            "history": [speaks(roles[turn % 2], text) for turn, text in enumerate(before)],
            "question": question,
        }
        if wanted == "refused":
            yield case | {"route": "refused"}
            continue
        wanted, *banned = wanted.split(" ! ")
        groups = [[text.strip() for text in group.split(" / ")] for group in wanted.split(" & ")]
        yield case | {"must": groups, "must_not": banned, "route": "answered"}


def documents(source: dict[str, Any]) -> dict[str, str]:
    """The documents written out in the source, and those that its questions make."""
    found = {name: text.strip() + "\n" for name, text in source.get("documents", {}).items()}
    for block in spread(source):
        if name := block.get("doc"):
            head = found.setdefault(name, f"# {name[0].upper()}{name[1:]}\n")
            found[name] = f"{head}\n## {block['title']}\n\n{lines(block['answer'])[0]}\n"
    return found


def made(source_file: Path) -> dict[str, str]:
    """{path below the template: content} of everything that is generated."""
    source = tomllib.loads(source_file.read_text("utf-8"))
    draw = random.Random(source_file.stem)
    listed = list(rows(source, draw))
    draw.shuffle(listed)
    tested = {same(case["question"]) for case in cases(source["cases"])}
    listed = [row for row in listed if not tested & {same(m["content"]) for m in row["messages"]}]
    files = {
        "data/conversations.jsonl": "".join(
            json.dumps(row, ensure_ascii=False) + "\n" for row in listed
        ),
        "tests/cases.jsonl": "".join(
            json.dumps(case, ensure_ascii=False) + "\n" for case in cases(source["cases"])
        ),
    }
    return files | {f"knowledge/{name}.md": text for name, text in documents(source).items()}


def main() -> None:
    for source in sorted(HERE.glob("*.toml")):
        for name, content in made(source).items():
            path = TEMPLATES / source.stem / name
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
            elif not path.exists() or path.read_text("utf-8") != content:
                sys.exit(
                    f"{path} is out of date. Run `.venv/bin/python scripts/templates/generate.py`."
                )


if __name__ == "__main__":
    main()
