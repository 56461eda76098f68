"""A release's model copied out for other programs, and what it loses by that, in words.

What a release answers is made by more than its weights. The rest of it (placeholders, the chooser,
knowledge, routing, checks) runs here; `lost` says so, on the screen and in the `README.txt` beside the model.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import ReleaseError
from chatwright.core.files import write_atomic
from chatwright.core.types import Sampling
from chatwright.release.card import card
from chatwright.release.manifest import Release
from chatwright.tokenizer import chooser, pointers, template
from chatwright.tokenizer.bpe import REPLIES

Target = Literal["hf", "gguf", "ollama", "openvino"]
MODELFILE, README, CARD = "Modelfile", "README.txt", "README.md"
# Files of a model folder that only chatwright reads. vLLM would take the chooser's tables for weights.
OURS = frozenset({chooser.TABLES, chooser.NAMES, REPLIES, *pointers.FILES})
# Ollama's own template language; it has no name for what our Jinja template does beyond this.
OLLAMA = (
    f"{template.BEGIN}{{{{ range .Messages }}}}<|{{{{ .Role }}}}|>{{{{ .Content }}}}{template.END}"
    f"{{{{ end }}}}{template.ROLE_TOKENS['assistant']}"
)
USES: dict[Target, str] = {
    "hf": "transformers.AutoModelForCausalLM.from_pretrained({folder!r}), or: vllm serve {folder}",
    "gguf": "llama-server -m {folder}/model.gguf --jinja",
    "ollama": "ollama create mybot -f {folder}/Modelfile",
    "openvino": 'openvino_genai.LLMPipeline({folder!r}, "CPU")',
}


def copy_model(release: Release, folder: Path) -> list[Path]:
    """The Hugging Face folder of the release, without what only chatwright reads."""
    shutil.copytree(
        release.model,
        folder,
        dirs_exist_ok=True,
        ignore=lambda _, names: OURS.intersection(names),
    )
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write_modelfile(release: Release, folder: Path) -> Path:
    """What `ollama create` reads, beside `model.gguf`."""
    config = json.loads((release.model / "config.json").read_text())
    sampling = Sampling(**_sampling(release))
    return _write(folder / MODELFILE, modelfile(config["max_position_embeddings"], sampling))


def modelfile(context: int, sampling: Sampling) -> str:
    """Template, stop and sampling of a release. What Ollama would add of its own is switched off."""
    parameters = {
        "stop": f'"{template.END}"',
        "num_ctx": context,
        "num_predict": sampling.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": 0,
        "min_p": 0.0,
        "repeat_penalty": sampling.repetition_penalty,
    }
    lines = ["FROM ./model.gguf", f'TEMPLATE """{OLLAMA}"""']
    lines += [f"PARAMETER {name} {value}" for name, value in parameters.items()]
    return "\n".join(lines) + "\n"


def check_template(release: Release) -> None:
    """Raise `ReleaseError` where the chat template is not ours: only that one exists in Ollama's language."""
    text = (release.model / "tokenizer_config.json").read_text("utf-8")
    if template.BEGIN not in str(json.loads(text).get("chat_template") or ""):
        raise ReleaseError(
            f"Release {release.id} has the chat template of its base, which cannot be put into Ollama's "
            "language by itself.",
            "Export with --to gguf, and write a Modelfile with the template that Ollama has for that base.",
        )


def lost(release: Release, target: Target) -> list[str]:
    """What the model does not take along, a sentence each."""
    lines = [
        "It is the model alone: knowledge, curated answers, routing, checks and the record of turns stay "
        "in chatwright."
    ]
    if release.hiding is not None:
        lines.append(
            "It reads and writes placeholders such as <NAME_1>: hiding values from it and putting them "
            "back stay in chatwright. Without that it sees names and numbers as it never did in training."
        )
    if (release.model / chooser.TABLES).exists():
        lines.append(
            "The chooser stays in chatwright: the model picks its known replies alone, and less well."
        )
        if target == "ollama":
            lines.append("Known replies in a history lack their reply tokens in Ollama's template.")
    if (release.model / pointers.NAMES).exists():
        lines.append(
            "Pointers stay in chatwright: elsewhere the model sees no value marked, as it always did in "
            "training, and what it points at is missing from its replies."
        )
    lines.append(
        f"Programs that render the chat template as text take a {template.END} or a role token that a "
        "user types for the real one; chatwright takes it for letters."
    )
    return lines


def write_readme(release: Release, folder: Path, target: Target) -> Path:
    """What this is, how to use it, what it lacks."""
    name = release.manifest["spec"]["bot"]["name"]
    head = f"The model of the bot {name!r}, release {release.id}, exported by chatwright."
    use = "Use: " + USES[target].format(folder=".")
    return _write(folder / README, "\n".join([head, use, "", *lost(release, target)]) + "\n")


def write_card(release: Release, folder: Path) -> Path:
    """The model card, under the name that model hubs look for."""
    return _write(folder / CARD, card(release))


def _sampling(release: Release) -> dict[str, Any]:
    answers = release.manifest["spec"]["answers"]
    names = ("max_tokens", "temperature", "top_p", "repetition_penalty")
    return {name: answers[name] for name in names}


def _write(path: Path, text: str) -> Path:
    write_atomic(path, text)
    return path
