"""A German and a Japanese bot, from a file of the country's own kind to tokens; and rows that come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Command

from chatwright.core.files import read_jsonl
from chatwright.core.progress import Silent
from chatwright.data.dataset import build
from chatwright.spec import load_spec
from chatwright.training.corpus import Corpus, prepare

WOCHENTAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag")
FRAGEN = (
    ("Wann öffnet die Bücherei am {}?", "Am {} öffnen wir um neun Uhr."),
    ("Kann ich meine Bücher auch {} zurückgeben?", "Der Rückgabekasten nimmt sie {} jederzeit an."),
    (
        "Gibt es {} eine Vorlesestunde für Kinder?",
        "Ja, {} lesen wir ab drei Uhr im Erdgeschoss vor.",
    ),
    (
        "Ich möchte {} einen Gruppenraum für acht Personen.",
        "Für {} ist der größere Raum noch frei.",
    ),
    (
        "Wie teuer ist ein neuer Ausweis, wenn ich {} komme?",
        "Er kostet zehn Euro, {} wie an jedem Tag.",
    ),
    (
        "Läuft {} wieder das Treffen der Strickgruppe?",
        "Sie trifft sich {} im Lesecafé, Gäste sind willkommen.",
    ),
    (
        "Darf man {} im Garten essen und trinken?",
        "Im Garten gern, {} stehen dort auch Liegestühle.",
    ),
)
MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月")


def bot_in(folder: Path, language: str) -> None:
    text = (folder / "bot.toml").read_text()
    text = text.replace("[bot]", f'[bot]\nlanguages = ["{language}"]')
    (folder / "bot.toml").write_text(text + "\n[privacy]\nplaceholders = true\n")


def carried_through(run: Command, folder: Path, language: str) -> tuple[dict[str, Any], Corpus]:
    """What `data` counted and the corpus, in which every message is what its tokens say."""
    counted = run("data", folder, "--json").values
    assert set(counted["sample"]["languages"]["by_code"]) == {language}
    spec = load_spec(folder)
    corpus = prepare(spec, build(spec, Silent()))
    for conversation in corpus.dataset.split("train"):
        assert "<EMAIL_1>" in conversation.messages[0].content
        for message in conversation.messages:
            ids = corpus.tokenizer.encode(message.content)
            assert corpus.tokenizer.decode(ids) == message.content
    return counted, corpus


def test_a_german_chat(run: Command, fresh: Path, tmp_path: Path) -> None:
    bot_in(fresh, "de")
    lines = [
        "[01.02.24, 09:00:00] Bücherei: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."
    ]
    for week, (question, answer) in enumerate(FRAGEN, 1):
        for at, day in enumerate(WOCHENTAGE):
            date = f"{at + 1:02}.{week + 1:02}.24"
            lines.append(
                f"[{date}, 09:00:00] Möwe: {question.format(day)} Antwort an moewe{week}{at}@beispiel.example"
            )
            lines.append(f"[{date}, 09:01:00] Bücherei: {answer.format(day)}")
    chat = tmp_path / "WhatsApp Chat.txt"
    chat.write_text("\n".join(lines) + "\n", "utf-8")
    ran = run("import", chat, "--me", "Bücherei", "--bot", fresh)
    assert ran.code == 0, ran.err
    counted, corpus = carried_through(run, fresh, "de")
    assert counted["train"] > 12 and counted["redactions"]["EMAIL"] == 42
    said = [c.messages for c in corpus.dataset.split("train")]
    assert all("beispiel" not in asked.content for asked, _ in said)
    assert any("größere" in answer.content for _, answer in said)


def test_a_japanese_table(run: Command, fresh: Path, tmp_path: Path) -> None:
    bot_in(fresh, "ja")
    rows = ["質問,回答"]
    for at, month in enumerate(MONTHS):
        for day in range(1, 11):
            rows.append(
                f"{month}の第{day}週の開館時間を教えてください。連絡先は yuki{at}{day}@rei.example です。,"
                f"{month}の第{day}週は午前九時に開きます。"
            )
    table = tmp_path / "faq.csv"
    table.write_bytes("\r\n".join(rows).encode("cp932"))
    ran = run("import", table, "--bot", fresh)
    assert ran.code == 0, ran.err
    counted, corpus = carried_through(run, fresh, "ja")
    assert counted["train"] > 20 and counted["redactions"]["EMAIL"] == 60
    said = [c.messages for c in corpus.dataset.split("train")]
    assert all("開館時間" in asked.content for asked, _ in said)


def test_what_a_dataset_holds_is_read_back_as_it_is(
    run: Command, fresh: Path, tmp_path: Path
) -> None:
    """A dataset's own files are messages JSONL: imported elsewhere, they give the same rows."""
    rows = ["question,answer", *(f"What is kept in drawer {n}?,Spoons {n}." for n in range(40))]
    table = tmp_path / "faq.csv"
    table.write_text("\n".join(rows))
    assert run("import", table, "--bot", fresh).code == 0
    first = build(load_spec(fresh), Silent())
    other = tmp_path / "other"
    assert run("init", other, "--purpose", "p").code == 0
    for name in ("train", "dev", "test"):
        copy = tmp_path / f"{name}.jsonl"
        copy.write_bytes((first.folder / f"{name}.jsonl").read_bytes())
        assert run("import", copy, "--bot", other).code == 0
    second = build(load_spec(other), Silent())

    def kept(folder: Path) -> set[tuple[str, str]]:
        found = set()
        for name in ("train", "dev", "test"):
            for row in read_jsonl(folder / f"{name}.jsonl"):
                found.add((row["id"], str(row["messages"])))
        return found

    assert kept(second.folder) == kept(first.folder)
