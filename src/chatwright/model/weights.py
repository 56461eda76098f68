"""The Decoder on disk: a Hugging Face folder (`config.json`, safetensors), in and out.

Whatever family the weights are of (`families`, `names`). Reads nothing but JSON and safetensors, so a
folder cannot bring code; what is broken in it is one sentence.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from chatwright.core.errors import ReleaseError
from chatwright.core.files import pretty_json, replace_atomic, storage, write_atomic
from chatwright.model.decoder import Decoder
from chatwright.model.families import config_of, shape_of
from chatwright.model.foreign import Foreign
from chatwright.model.names import LEFTOVERS, inward, outward
from chatwright.model.pretrained import WHOLE, weight_files
from chatwright.model.shape import Shape
from chatwright.tokenizer import Tokenizer

OS_ERROR = re.compile(r"\(os error (\d+)\)")
FLOATS = (torch.float32, torch.bfloat16, torch.float16, torch.float64)


def save(decoder: Decoder, tokenizer: Tokenizer, folder: Path) -> None:
    """Write weights, config, generation config and tokenizer; what `from_pretrained` expects.

    A tied head is not stored twice; `tie_word_embeddings` says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shape = decoder.shape
    ours = {name: p.detach().cpu() for name, p in decoder.named_parameters()}
    tensors = {name: t.contiguous() for name, t in outward(shape.family, ours).items()}
    replace_atomic(folder / WHOLE, lambda path: write_tensors(tensors, path))
    config = config_of(shape, tokenizer.begin, tokenizer.end, tokenizer.pad)
    write_atomic(folder / "config.json", pretty_json(config))
    _save_rest(tokenizer, folder, shape)


def save_foreign(model: Foreign, tokenizer: Tokenizer, folder: Path) -> None:
    """The same of a model that transformers computes."""
    with storage(folder):
        model.inner.save_pretrained(folder)
    _save_rest(tokenizer, folder, model.shape)


def _save_rest(tokenizer: Tokenizer, folder: Path, shape: Shape) -> None:
    """How to generate; and the tokenizer, last."""
    generation = {
        "bos_token_id": tokenizer.begin,
        "eos_token_id": tokenizer.end,
        "pad_token_id": tokenizer.pad,
        "do_sample": False,
    }
    write_atomic(folder / "generation_config.json", pretty_json(generation))
    tokenizer.save(folder, shape.context)


def write_tensors(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Write a safetensors file. What the system refuses is an `OSError`, as with any other file."""
    try:
        save_file(dict(tensors), path, {"format": "pt"})
    except SafetensorError as error:
        if number := OS_ERROR.search(str(error)):
            code = int(number[1])
            raise OSError(code, os.strerror(code), str(path)) from error
        raise


def load(folder: Path, advice: str = "Restore the folder, or train again.") -> Decoder:
    """The Decoder saved in `folder`, in fp32. Raises `ReleaseError` when a file is missing or does not fit."""
    try:
        shape = shape_of(json.loads((folder / "config.json").read_text("utf-8")))
        tensors = inward(shape.family, dict(_tensors(folder)))
        with torch.device("meta"):  # no memory, and no random start, for what is read anyway
            decoder = Decoder(shape)
        decoder.load_state_dict(_fitting(decoder, tensors), strict=True, assign=True)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ReleaseError(f"The model in {folder} cannot be loaded ({error}).", advice) from error
    return decoder.eval()


def _tensors(folder: Path) -> Iterator[tuple[str, Tensor]]:
    """Every tensor by the name that it has on disk, in fp32."""
    for path in weight_files(folder):
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118 (not a dict)
                if LEFTOVERS.search(name):
                    continue
                tensor = file.get_tensor(name)
                if tensor.dtype not in FLOATS:
                    raise ValueError(f"{name} is of type {tensor.dtype}")
                yield name, tensor.to(torch.float32)


def _fitting(decoder: Decoder, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """`tensors`, exactly those that `decoder` has. Raises `ValueError` that names the first other one."""
    if decoder.shape.tied:
        tensors.pop("lm_head.weight", None)
    wanted = dict(decoder.named_parameters())
    for name in sorted(wanted.keys() | tensors.keys()):
        if name not in tensors:
            raise ValueError(f"{name} is missing")
        if name not in wanted:
            raise ValueError(f"{name} is none of its parameters")
        if tensors[name].shape != wanted[name].shape:
            sizes = f"{tuple(tensors[name].shape)} instead of {tuple(wanted[name].shape)}"
            raise ValueError(f"{name} has the sizes {sizes}")
    return {name: tensor.contiguous() for name, tensor in tensors.items()}
