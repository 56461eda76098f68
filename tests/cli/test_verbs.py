"""Every verb, from an empty folder to an exported release, through the real `main`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from tests import tiny as small
from tests.cli.conftest import Command, Ran

from chatwright import __version__
from chatwright.data import readers
from chatwright.spec import load_spec


def test_help_needs_no_heavy_import() -> None:
    code = (
        "import sys; from chatwright.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'torch', 'openvino', 'openvino_genai', 'fastapi', 'tokenizers'} & set(sys.modules)\n"
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "import" in done.stdout
    assert "doctor" in done.stdout


def test_version(run: Command) -> None:
    assert run("--version").out.strip() == __version__


def test_init_takes_everything_as_flags(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "My Bot"
    line = ["init", folder, "--purpose", 'Says "hi".', "--topics", "a, b ,c", "--declines", "law"]
    ran = run(*line, "--title", "The Bot", "--json")
    assert ran.code == 0
    assert ran.values == {"folder": str(folder), "name": "my-bot"}
    assert {p.name for p in folder.iterdir()} == {"bot.toml", "data", "knowledge", "tests"}
    spec = load_spec(folder)
    assert spec.bot.purpose == 'Says "hi".'
    assert (spec.bot.title, spec.scope.topics, spec.scope.declines) == (
        "The Bot",
        ("a", "b", "c"),
        ("law",),
    )
    again = run(*line)
    assert again.code == 2
    assert "exists already" in again.err


def test_import_copies_what_can_be_read(run: Command, fresh: Path, tmp_path: Path) -> None:
    chats = small.write_rows(tmp_path / "in" / "chats.jsonl", 20)
    (tmp_path / "in" / "faq.csv").write_text("question,answer\nWhen?,Now.\nWho?,\n")
    ran = run("import", tmp_path / "in", "--bot", fresh, "--json")
    assert ran.code == 0
    files = {Path(f["file"]).name: f for f in ran.values["files"]}
    assert files["chats.jsonl"]["conversations"] == 20
    assert files["faq.csv"]["conversations"] == 1
    assert sum(files["faq.csv"]["rejected"].values()) == 1
    assert (fresh / "data" / "chats.jsonl").read_bytes() == chats.read_bytes()
    run("import", chats, "--bot", fresh)
    assert len(list((fresh / "data").iterdir())) == 2  # an equal file is not copied twice
    small.write_rows(chats, 5, seed=9)
    run("import", chats, "--bot", fresh)
    assert (fresh / "data" / "chats-2.jsonl").read_bytes() == chats.read_bytes()
    run("import", chats, "--bot", fresh, "--evaluation")
    assert (fresh / "evaluation" / "chats.jsonl").exists()


def test_data_says_what_was_kept(run: Command, fresh: Path) -> None:
    path = small.write_rows(fresh / "data" / "chats.jsonl", 60)
    with path.open("a") as file:
        file.write('{"messages": [{"role": "user", "content": "only me"}]}\nnot json\n')
    ran = run("data", fresh)
    assert ran.code == 0
    assert "no assistant turn" in ran.out
    assert "only me" in ran.out
    values = run("data", fresh, "--json").values
    rejected = sum(values["rejected"].values())
    assert values["read"] == 62 == values["train"] + values["dev"] + values["test"] + rejected
    assert (Path(values["folder"]) / "train.jsonl").exists()


@pytest.mark.soak
def test_train_keeps_to_its_budget(run: Command, bot: Path) -> None:
    path = bot / "bot.toml"
    path.write_text(path.read_text().replace("tokens = 81920", ""))
    before = time.monotonic()
    ran = run("train", bot, "--minutes", "0.05", "--size", "nano", "--seed", "7", "--json")
    assert ran.code == 0
    values = ran.values
    assert values["steps"] >= 10
    assert (Path(values["model"]) / "model.safetensors").exists()
    again = run("train", bot, "--minutes", "0.05", "--size", "nano", "--seed", "7", "--json")
    assert again.values == values  # found, not trained again
    assert time.monotonic() - before < 90


def test_a_second_up_does_nothing(run: Command, bot: Path) -> None:
    made = sorted(p for p in (bot / ".chatwright").rglob("*") if p.is_file())
    times = [p.stat().st_mtime_ns for p in made]
    before = time.monotonic()
    ran = run("up", bot, "--no-serve")
    assert time.monotonic() - before < 5
    assert ran.code == 0
    assert "Nothing changed" in ran.out
    assert "Training" not in ran.out
    assert sorted(p for p in (bot / ".chatwright").rglob("*") if p.is_file()) == made
    assert [p.stat().st_mtime_ns for p in made] == times


def test_up_without_torch_serves_what_is_finished(bot: Path) -> None:
    """The base install has no torch; a finished bot must come up all the same."""
    code = (
        "import sys\n"
        "for name in ('torch', 'nncf'): sys.modules[name] = None\n"
        "from chatwright.cli import main\n"
        "main(['up', sys.argv[1], '--no-serve', '--json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(bot)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"]


def test_a_changed_bot_is_made_again(run: Command, bot: Path) -> None:
    before = run("release", "list", "--bot", bot, "--json").values
    path = bot / "bot.toml"
    path.write_text(path.read_text() + "\n[answers]\nmax_tokens = 99\n")
    ran = run("up", bot, "--no-serve", "--json")
    assert ran.code == 0
    after = run("release", "list", "--bot", bot, "--json").values
    assert len(after["releases"]) == len(before["releases"]) + 1
    assert after["served"] == ran.values["release"] != before["served"]
    # and back again, by either way
    assert (
        run("release", "rollback", "--bot", bot, "--reason", "test", "--json").values["release"]
        == (before["served"])
    )
    listed = run("release", "list", "--bot", bot)
    assert "served" in listed.out
    assert (
        "gate" in ran.values
    )  # two cases are no evidence, and what `up` is asked for is an explicit wish
    line = ["release", "promote", after["served"][:6], "--bot", bot, "--force", "--reason", "back"]
    promoted = run(*line, "--json").values
    assert promoted["release"] == after["served"]
    unknown = run("release", "promote", "zzzz", "--bot", bot)
    assert unknown.code == 1
    assert before["served"] in unknown.err


def test_evaluate_has_the_keys_that_scripts_ask_for(run: Command, lived: Path) -> None:
    ran = run("evaluate", lived, "--json")
    assert ran.code == 0
    values = ran.values
    assert {"cases_in_scope_pass", "cases_out_of_scope_refused", "bits_per_byte"} <= set(values)
    assert values["cases_in_scope_pass"] in (0.0, 1.0)
    assert values["bits_per_byte"] > 0
    report = Path(values["report"])
    assert json.loads(report.read_text())["release"] == values["release"]
    assert "<html" in report.with_suffix(".html").read_text()[:200].lower()
    assert "Full report" in run("evaluate", lived).out


def test_chat_answers_one_question(run: Command, lived: Path) -> None:
    ran = run("chat", lived, "-m", "Can I borrow a map?", "--json")
    assert ran.code == 0
    assert ran.values["answer"]
    assert ran.values["route"] in ("generated", "retrieved", "refused")
    plain = run("chat", lived, "-m", "Can I borrow a map?")
    assert ran.values["answer"] in plain.out


def test_chat_reads_lines_without_a_terminal(lived: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chatwright.cli", "chat", str(lived)],
        input="Hello there\n/new\n\nCan I borrow a map?\n/quit\nnever asked\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Assistant: ") == 2
    assert not done.stderr


@pytest.mark.parametrize(
    ("target", "files"),
    [
        ("gguf", ["model.gguf", "README.txt"]),
        ("ollama", ["model.gguf", "Modelfile", "README.txt"]),
    ],
)
def test_export_to_gguf(
    run: Command, lived: Path, tmp_path: Path, target: str, files: list[str]
) -> None:
    release = run("release", "list", "--bot", lived, "--json").values["served"]
    line = ["release", "export", release, tmp_path / "out", "--to", target, "--bot", lived]
    ran = run(*line, "--type", "q8_0", "--json")
    assert ran.code == 0
    assert [Path(f).name for f in ran.values["files"]] == files
    assert any("knowledge" in line for line in ran.values["lost"])
    assert (tmp_path / "out" / "model.gguf").read_bytes()[:4] == b"GGUF"
    again = run(*line)
    assert again.code == 2
    assert "not empty" in again.err


def test_export_to_openvino(run: Command, lived: Path, tmp_path: Path) -> None:
    release = run("release", "list", "--bot", lived, "--json").values["served"]
    line = ["release", "export", release, tmp_path / "out", "--to", "openvino", "--bot", lived]
    wrong = run(*line, "--type", "q8_0")
    assert wrong.code == 2
    assert "GGUF" in wrong.err
    ran = run(*line)
    assert ran.code == 0
    assert "LLMPipeline" in ran.out and "stay in chatwright" in ran.out.replace("\n", " ")
    assert (tmp_path / "out" / "openvino_tokenizer.xml").exists()


def test_export_to_hugging_face(run: Command, lived: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    release = run("release", "list", "--bot", lived, "--json").values["served"]
    ran = run("release", "export", release[:5], tmp_path / "hf", "--to", "hf", "--bot", lived)
    assert ran.code == 0
    assert AutoModelForCausalLM.from_pretrained(tmp_path / "hf").config.model_type == "qwen3"
    assert AutoTokenizer.from_pretrained(tmp_path / "hf").chat_template


def test_doctor(run: Command, lived: Path, tmp_path: Path) -> None:
    fine = run("doctor", lived, "--json")
    assert {f["state"] for f in fine.values["findings"]} <= {"ok", "note"}
    assert fine.code == 0
    assert any("promoted and whole" in f["what"] for f in fine.values["findings"])
    nothing = run("doctor", tmp_path)
    assert nothing.code == 1
    assert "no bot.toml" in nothing.out


def test_settings_of_the_tests_are_valid(lived: Path) -> None:
    assert tomllib.loads((lived / "bot.toml").read_text())["training"]["tokens"] == 81920
    assert set(readers.FORMATS) >= {"messages", "sharegpt"}


def test_a_wrong_option_is_wrong_use(run: Command, lived: Path) -> None:
    ran: Ran = run("train", lived, "--nonsense")
    assert ran.code == 2
    assert "Traceback" not in ran.err
