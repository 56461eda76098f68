"""`chatwright import`: what a user says about a table, documents, and files in older encodings."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_columns_are_named(run: Command, fresh: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("asked,told\nWhen?,Now.\n")
    refused = run("import", table, "--bot", fresh)
    assert refused.code == 1
    assert "--column question=NAME" in refused.err
    line = ["import", table, "--bot", fresh, "--column", "question=asked", "--column", "answer=2"]
    assert run(*line, "--json").values["files"][0]["conversations"] == 1
    wrong = run("import", table, "--bot", fresh, "--column", "colour=asked")
    assert wrong.code == 2
    assert "ROLE is one of question, answer" in wrong.err


def test_documents_go_to_knowledge(run: Command, fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hours.md").write_text("# Hours\n\nAt nine.\n")
    (tmp_path / "in" / "faq.txt").write_text("question\tanswer\nWhen?\tNow.\n")
    ran = run("import", tmp_path / "in", "--bot", fresh)
    assert ran.code == 0, ran.err
    assert "hours.md: a document of 15 characters -> " in ran.out.replace("\n", " ")
    assert (fresh / "knowledge" / "hours.md").read_text() == "# Hours\n\nAt nine.\n"
    assert [path.name for path in (fresh / "data").iterdir()] == ["faq.txt"]
    (tmp_path / "empty.pdf").write_bytes(b"%PDF-1.7")
    assert "cannot be read" in run("import", tmp_path / "empty.pdf", "--bot", fresh).err
    assert not (fresh / "knowledge" / "empty.pdf").exists()


def test_an_older_encoding_is_said(run: Command, fresh: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes("Frage;Antwort\nWann öffnen Sie für alle?;Um zwölf.\n".encode("cp1252"))
    ran = run("import", table, "--bot", fresh)
    assert "csv in Windows-1252, 1 conversations" in ran.out.replace("\n", " ")
