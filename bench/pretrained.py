"""Is it worth while to have learned from other conversations before?

    python bench/pretrained.py [--before 10] [--minutes 1.5] [--keep FOLDER] [--shared ../shared/data]

First trains on SGD for `--before` minutes: our model as `chatwright up` does, and a GPT-2 with random weights
as the base of a bot (`[model] base`), so through the same loop. Then each is trained on 5, 20 and 100% of
Taskmaster-4 for `--minutes`, beside a training from scratch for the same time: ours with `[training]
continue_from`, the GPT-2 whole and by LoRA. Measured: assistant bits per byte on the same dialogs of
Taskmaster-4, which no training saw. Each for itself, by the functions that `chatwright train` calls.

Ends with 1 and the reason when the shared data is not there. With `--keep` finished trainings are found.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import machine
import torch
from train_data import BOT, Lines, Measure, bot_folder, evaluated
from transformers import GPT2Config, GPT2LMHeadModel

from chatwright.evaluation.candidate import Trained, train_bot
from chatwright.model import weights
from chatwright.spec import Spec, load_spec
from chatwright.tokenizer import Tokenizer

SHARES = (0.05, 0.2, 1.0)
HELD_OUT = 0.2
WIDTH, LAYERS = 192, 5  # of the GPT-2: 3.2 M parameters
VOCABULARY, CONTEXT = 4096, 1024


def shares_of(shared: Path, folder: Path) -> None:
    """A bot folder for each share of Taskmaster-4, all with the same dialogs to measure on."""
    with gzip.open(shared / "taskmaster4" / "dialogs.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = file.readlines()
    random.Random(0).shuffle(rows)
    held = round(HELD_OUT * len(rows))
    for share in SHARES:
        place = folder / f"taskmaster4-{share:g}"
        if (place / "bot.toml").exists():
            continue
        count = round(share * (len(rows) - held))
        for name, some in (("evaluation", rows[:held]), ("data", rows[held : held + count])):
            (place / name).mkdir(parents=True, exist_ok=True)
            (place / name / "dialogs.jsonl").write_text("".join(some), encoding="utf-8")
        (place / "bot.toml").write_text(BOT.format(name="taskmaster4"))


def random_gpt2(folder: Path, texts: list[str]) -> Path:
    """A GPT-2 that has learned nothing but a vocabulary."""
    if not (folder / "model.safetensors").exists():
        tokenizer = Tokenizer.learn(iter(texts), VOCABULARY, ())
        torch.manual_seed(0)
        model = GPT2LMHeadModel(
            GPT2Config(
                vocab_size=tokenizer.padded,
                n_positions=CONTEXT,
                n_embd=WIDTH,
                n_layer=LAYERS,
                n_head=WIDTH // 64,
                bos_token_id=tokenizer.begin,
                eos_token_id=tokenizer.end,
                resid_pdrop=0.0,
                embd_pdrop=0.0,
                attn_pdrop=0.0,
            )
        )
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.save(folder, CONTEXT)
        model.save_pretrained(folder)
    return folder


def trained(folder: Path, minutes: float, model: dict[str, Any], **training: Any) -> Trained:
    settings = {"minutes": minutes, "compile": "never", **training}
    return train_bot(load_spec(folder, {"training": settings, "model": model}), Lines())


def ways(sgd: Path, before: float) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """[model] and [training] of each way, once the trainings before are done."""
    ours = trained(sgd, before, {})
    said = [m.content for c in ours.dataset.split("train") for m in c.messages]
    bare = random_gpt2(sgd.parent / "gpt2", said)
    gpt2 = trained(sgd, before, {"kind": "pretrained", "base": str(bare)})
    base = {"kind": "pretrained", "base": str(gpt2.run.model)}
    return {
        "from scratch": ({}, {}),
        "continued from SGD": ({}, {"continue_from": str(ours.run.model)}),
        "GPT-2 from random weights": ({"kind": "pretrained", "base": str(bare)}, {}),
        "GPT-2 from SGD, whole": (base, {}),
        "GPT-2 from SGD, LoRA": (base, {"method": "lora"}),
    }


def measured(spec: Spec, made: Trained) -> float:
    conversations, _ = evaluated(spec, made.dataset)
    tokenizer = Tokenizer.load(made.run.model)
    whole = Measure.of(conversations, tokenizer, spec.model.context)
    return whole.bits_per_byte(weights.load(made.run.model))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", type=float, default=10, help="minutes on SGD")
    parser.add_argument("--minutes", type=float, default=1.5, help="on Taskmaster-4, each")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--shared", type=Path, default=machine.ROOT.parent / "shared" / "data")
    arguments = parser.parse_args()
    for file in ("sgd/train.jsonl.gz", "taskmaster4/dialogs.jsonl.gz"):
        if not (arguments.shared / file).is_file():
            raise SystemExit(f"SKIPPED: there is no {file} in the folder given by --shared.")
    print(machine.header())
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        keep = (arguments.keep or Path(temporary)).resolve()
        if not (keep / "sgd" / "bot.toml").exists():
            bot_folder("sgd", arguments.shared, keep / "sgd")
        shares_of(arguments.shared, keep)
        for way, (model, training) in ways(keep / "sgd", arguments.before).items():
            for share in SHARES:
                print(f"\n{way}, {share:.0%} of Taskmaster-4:", flush=True)
                folder = keep / f"taskmaster4-{share:g}"
                made = trained(folder, arguments.minutes, model, **training)
                value = measured(load_spec(folder), made)
                done = made.run.done or {}
                print(f"{value:.4f} bits per byte after {done['steps']} steps", flush=True)
                found.setdefault(way, {})[f"{share:.0%}"] = round(value, 4)
    head = ["assistant bits per byte", *(f"{share:.0%}" for share in SHARES)]
    print("\n" + machine.table(head, [[way, *values.values()] for way, values in found.items()]))
    print(json.dumps({"before": arguments.before, "minutes": arguments.minutes, "bpb": found}))


if __name__ == "__main__":
    main()
