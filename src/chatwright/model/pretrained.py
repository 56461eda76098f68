"""A pretrained base: where `[model] base` is, what it is, and the hash that stands for it.

A folder, or a hub's name whose files lie in Hugging Face's cache already; `hub` fetches what does not.
Reads JSON and hashes files; the weights themselves are read by `weights`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer as Rust

from chatwright.core.errors import SpecError
from chatwright.core.files import pretty_json, sha256_file, sha256_json, write_atomic
from chatwright.model.families import Unknown, rough_shape, shape_of
from chatwright.model.shape import Shape
from chatwright.spec import Spec

WHOLE, INDEX = "model.safetensors", "model.safetensors.index.json"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
# What an identity is made of, besides the weights.
TEXTS = ("config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
AGAIN = "Get the files of the base again, or name another one in [model] base."


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A base at hand. `shape` is that of its files, `tokens` how many ids its tokenizer has."""

    name: str
    folder: Path
    shape: Shape
    tokens: int
    identity: str  # sha256 of all its files
    foreign: bool = False  # no Decoder: transformers computes it


def locate(spec: Spec) -> Path | None:
    """The folder of `[model] base`; None where it is a hub's name that is not in the cache."""
    name = spec.model.base
    folder = spec.path(str(Path(name).expanduser()))
    if folder.is_dir():
        return folder
    if not HUB_NAME.fullmatch(name):
        raise SpecError(
            f'"model.base" is "{name}", and there is no such folder.',
            "Name a folder with config.json and model.safetensors, or a model of the hub.",
        )
    return cached(name)


def cached(name: str) -> Path | None:
    """The newest snapshot of the model `name` in Hugging Face's cache, if it is whole."""
    home = os.environ.get("HF_HOME", f"{os.environ.get('XDG_CACHE_HOME', '~/.cache')}/huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE", f"{home}/hub")).expanduser()
    folder = cache / f"models--{name.replace('/', '--')}"
    try:
        snapshot = folder / "snapshots" / (folder / "refs" / "main").read_text().strip()
        whole = all(path.exists() for path in weight_files(snapshot))
    except (OSError, ValueError, KeyError):
        return None
    return snapshot if whole and (snapshot / "config.json").exists() else None


def opened(spec: Spec, folder: Path) -> Pretrained:
    """The base in `folder`. Raises `SpecError` when it is none that can be trained on."""
    name = spec.model.base
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        shape, foreign = _shape(config)
        weight_files(folder)
        vocabulary = Rust.from_file(str(folder / "tokenizer.json")).get_vocab()
    except Unknown as error:
        raise SpecError(
            f"The base {name} cannot be trained here: {error}.",
            "Name a GPT-2, Llama, Mistral, Qwen2 or Qwen3 in [model] base.",
        ) from error
    except Exception as error:  # tokenizers raises bare Exception for every failure
        raise SpecError(f"The base {name} cannot be read ({error}).", _advice(error)) from error
    tokens = max(vocabulary.values(), default=-1) + 1
    if not 0 < tokens <= shape.vocabulary:
        raise SpecError(
            f"The tokenizer of the base {name} does not match its weights: it has ids up to "
            f"{tokens - 1:,}, and the embedding {shape.vocabulary:,} rows.",
            AGAIN,
        )
    return Pretrained(name, folder, shape, tokens, _hashed(spec, folder), foreign)


def _shape(config: Any) -> tuple[Shape, bool]:
    """The shape, and whether only transformers computes such a model."""
    try:
        return shape_of(config), False
    except Unknown:
        known = isinstance(config, dict) and not config.get("quantization_config")
        if known and (rough := rough_shape(config)) is not None:
            return rough, True
        raise


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files of a model, one or the shards that its index names."""
    if (folder / WHOLE).exists():
        return [folder / WHOLE]
    if (folder / INDEX).exists():
        named = set(json.loads((folder / INDEX).read_text("utf-8"))["weight_map"].values())
        strays = [name for name in named if Path(str(name)).name != name]
        if strays or not named:
            raise ValueError(f"{INDEX} names files outside the folder: {strays[:1]}")
        return sorted(folder / name for name in named)
    if any(path for kind in PICKLES for path in folder.glob(kind)):
        raise Pickled(
            f"it has pickled weights and no {WHOLE}; a pickle can run code and is never loaded"
        )
    raise FileNotFoundError(f"there is no {WHOLE}")


class Pickled(ValueError):
    """Weights that only a pickle holds."""


def _advice(error: Exception) -> str:
    if isinstance(error, Pickled):
        return (
            "Get the model's safetensors, or convert it where you trust the file: load it with "
            "transformers and call save_pretrained."
        )
    return AGAIN


# --- identity ------------------------------------------------------------------------------------


def identity(spec: Spec) -> str | None:
    """The hash that stands for the base as it is now; where it is gone, the one it had.

    None where it never was at hand: nothing was made from it then.
    """
    folder = locate(spec)
    if folder is None:
        known = _remembered(spec).get(spec.model.base)
        return known["identity"] if known else None
    return _hashed(spec, folder)


def _hashed(spec: Spec, folder: Path) -> str:
    """Files are read again only where size or time of one changed: weights are large."""
    paths = [path for name in TEXTS if (path := folder / name).exists()]
    try:
        paths += weight_files(folder)
        stamps = [[p.name, p.stat().st_size, p.stat().st_mtime_ns] for p in paths]
    except (OSError, ValueError, KeyError) as error:
        raise SpecError(
            f"The base {spec.model.base} cannot be read ({error}).", _advice(error)
        ) from error
    seen = {"folder": str(folder), "files": stamps}
    notes = _remembered(spec)
    known = notes.get(spec.model.base, {})
    if known.get("seen") == seen:
        return str(known["identity"])
    found = sha256_json([[path.name, sha256_file(path)] for path in paths])
    entry = {spec.model.base: {"seen": seen, "identity": found}}
    write_atomic(_notes(spec), pretty_json({**notes, **entry}))
    return found


def _notes(spec: Spec) -> Path:
    return spec.made / "bases.json"


def _remembered(spec: Spec) -> Mapping[str, Any]:
    try:
        return dict(json.loads(_notes(spec).read_text("utf-8")))
    except (OSError, ValueError):
        return {}
