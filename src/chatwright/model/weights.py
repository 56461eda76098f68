"""The Decoder on disk: a Hugging Face folder (`config.json`, `model.safetensors`), in and out."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from chatwright.core.errors import ReleaseError
from chatwright.core.files import pretty_json, replace_atomic, write_atomic
from chatwright.model.decoder import Decoder, Shape
from chatwright.tokenizer import Tokenizer

OS_ERROR = re.compile(r"\(os error (\d+)\)")


def save(decoder: Decoder, tokenizer: Tokenizer, folder: Path) -> None:
    """Write weights, config, generation config and tokenizer; what `from_pretrained` expects.

    The tied head is not stored twice; `tie_word_embeddings` says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: p.detach().cpu().contiguous() for name, p in decoder.named_parameters()}
    replace_atomic(folder / "model.safetensors", lambda path: write_tensors(tensors, path))
    config = decoder.shape.config(tokenizer.begin, tokenizer.end, tokenizer.pad)
    write_atomic(folder / "config.json", pretty_json(config))
    generation = {
        "bos_token_id": tokenizer.begin,
        "eos_token_id": tokenizer.end,
        "pad_token_id": tokenizer.pad,
        "do_sample": False,
    }
    write_atomic(folder / "generation_config.json", pretty_json(generation))
    tokenizer.save(folder, decoder.shape.context)


def write_tensors(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Write a safetensors file. What the system refuses is an `OSError`, as with any other file."""
    try:
        save_file(dict(tensors), path, {"format": "pt"})
    except SafetensorError as error:
        if number := OS_ERROR.search(str(error)):
            code = int(number[1])
            raise OSError(code, os.strerror(code), str(path)) from error
        raise


def load(folder: Path) -> Decoder:
    """The Decoder saved in `folder`. Raises `ReleaseError` when a file is missing or does not fit."""
    try:
        shape = Shape.from_config(json.loads((folder / "config.json").read_text()))
        tensors = load_file(folder / "model.safetensors")
        decoder = Decoder(shape)
        decoder.load_state_dict(tensors, strict=True)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ReleaseError(
            f"The model in {folder} cannot be loaded ({error}).",
            "Restore the folder, or train again.",
        ) from error
    return decoder.to(torch.float32).eval()
