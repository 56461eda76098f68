"""Fetches a pretrained base from the hub: weights as safetensors, and texts. Nothing that could run."""

from __future__ import annotations

from pathlib import Path

from huggingface_hub import snapshot_download

from chatwright.core.errors import SpecError
from chatwright.core.progress import Progress
from chatwright.model.pretrained import Pretrained, locate, opened
from chatwright.spec import Spec

WANTED = ["*.safetensors", "*.json", "chat_template.jinja"]
UNWANTED = ["consolidated*", "original/*", "onnx/*"]  # the same weights for other programs


def obtain(spec: Spec, progress: Progress) -> Pretrained:
    """The base of `spec`, from its folder, from the cache, or fetched into the cache."""
    folder = locate(spec)
    if folder is None:
        progress.start(f"Fetching {spec.model.base}")
        folder = _fetch(spec.model.base)
        progress.stop()
    return opened(spec, folder)


def _fetch(name: str) -> Path:
    try:
        return Path(snapshot_download(name, allow_patterns=WANTED, ignore_patterns=UNWANTED))
    except Exception as error:  # the client's own, and those of whatever it speaks HTTP with
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise SpecError(
            f"The base {name} is not on this machine and could not be fetched ({reason[0]:.150}).",
            "Put its folder (config.json, model.safetensors, tokenizer.json) anywhere and name that in "
            "[model] base, or run once where the hub can be reached and HF_HUB_OFFLINE is not set.",
        ) from error
