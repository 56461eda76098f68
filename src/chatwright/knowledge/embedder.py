"""Texts -> vectors by meaning, of a small sentence model that OpenVINO computes: the bot's embedder.

The model is converted once (`bert.py`) into a folder whose name is the hash of what lies in it,
`.chatwright/embedders/<id>/`, and from then on nothing but that folder is needed. Long texts are read up to the
model's window. It downloads nothing.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino as ov
from tokenizers import Tokenizer

from chatwright.core.errors import DataError
from chatwright.core.files import (
    alone,
    flush_tree,
    pretty_json,
    put,
    sha256_file,
    sha256_json,
    storage,
    write_atomic,
)
from chatwright.core.types import Embedder
from chatwright.knowledge import bert
from chatwright.knowledge.meaning import PACKAGE
from chatwright.spec import Spec

ABOUT, GRAPH, WEIGHTS, TOKENS = "embedder.json", "embedder.xml", "embedder.bin", "tokenizer.json"
FORMAT = 1
WINDOW = 256  # tokens
BATCH = 16  # texts that are computed at once
STEP = 8  # tokens: lengths are rounded up, so that few shapes are compiled

Floats = npt.NDArray[np.float32]
Ids = list[list[int]]


class SentenceEmbedder:
    """Opened from its folder; it is compiled with the first text. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises `DataError` where a file is missing, or is not what it was."""
        about = _about(folder)
        found = {name: _hash(folder / name) for name in (GRAPH, WEIGHTS, TOKENS)}
        if about.get("format") != FORMAT or about.get("files") != found:
            raise DataError(
                f"The embedder in {folder} is damaged, or of another version.",
                "Remove that folder, and run `chatwright knowledge sync`.",
            )
        self.folder = folder
        self.id = str(about["id"])
        self.dimensions = int(about["dimensions"])
        self._window = int(about["window"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENS))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._window)
        self._lock = threading.Lock()
        self._request: Any = None

    def embed(self, texts: Sequence[str]) -> Floats:
        """float32 [n, dimensions], rows of length 1; 0 for a text without content."""
        made = np.zeros((len(texts), self.dimensions), np.float32)
        said = [at for at, text in enumerate(texts) if text.strip()]
        encoded = [one.ids for one in self._tokenizer.encode_batch([texts[at] for at in said])]
        with self._lock:
            if self._request is None:
                self._request = _compiled(self.folder / GRAPH)
            for rows, part in _batches(encoded):
                ids, mask = _padded(part)
                found = self._request.infer({"ids": ids, "mask": mask})[0]
                made[[said[row] for row in rows]] = found
        return made


def open_embedder(spec: Spec) -> Embedder | None:
    """What `[knowledge] embedder` says: a folder's; with "auto" the one that was converted for this bot,
    else that of the extra `semantic`, else None; with "off" None. Converts where that is still to be done
    (seconds).

    Raises `DataError` for a folder that holds no such model.
    """
    asked, made = spec.knowledge.embedder, spec.made / "embedders"
    if asked == "off":
        return None
    if asked != "auto":
        folder = spec.path(asked)
        return SentenceEmbedder(folder if (folder / ABOUT).is_file() else convert(folder, made))
    if (ready := _latest(made)) is not None:
        return SentenceEmbedder(ready)
    source = packaged()
    return None if source is None else SentenceEmbedder(convert(source, made))


def packaged() -> Path | None:
    """Where the extra `semantic` has its model; its code is never run."""
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.origin).parent / "model" if found and found.origin else None


def convert(source: Path, made: Path) -> Path:
    """The folder below `made` with the model of `source`; made where it is not there yet.

    Raises `DataError` where `source` holds no sentence model of the BERT family.
    """
    parts = ("config.json", "model.safetensors", "tokenizer.json")
    origin = sha256_json([FORMAT, *(_hash(source / name) for name in parts)])
    with storage(made):
        made.mkdir(parents=True, exist_ok=True)
    with alone(made):
        for folder in _folders(made):
            if _about(folder).get("origin") == origin:
                return folder
        return _convert(source, made, origin)


def _convert(source: Path, made: Path, origin: str) -> Path:
    model = bert.read(source)
    with storage(made), tempfile.TemporaryDirectory(prefix=".new-", dir=made) as name:
        folder = Path(name) / "embedder"
        folder.mkdir()
        ov.save_model(bert.graph(model), folder / GRAPH, compress_to_fp16=False)
        shutil.copyfile(source / TOKENS, folder / TOKENS)
        about: dict[str, Any] = {
            "format": FORMAT,
            "dimensions": model.width,
            "window": min(WINDOW, model.positions),
            "files": {one: sha256_file(folder / one) for one in (GRAPH, WEIGHTS, TOKENS)},
        }
        about["id"] = sha256_json(about)[:16]
        write_atomic(folder / ABOUT, pretty_json(about | {"origin": origin}))
        flush_tree(folder)
        final = made / str(about["id"])
        if final.exists():  # damaged, or of an earlier origin
            shutil.rmtree(final)
        put(folder, final)
    return final


def _folders(made: Path) -> list[Path]:
    return sorted(path.parent for path in made.glob(f"*/{ABOUT}"))


def _latest(made: Path) -> Path | None:
    """The one that was made last."""
    return max(_folders(made), key=lambda one: (one / ABOUT).stat().st_mtime_ns, default=None)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{folder} holds no embedder ({error}).", 'Say "auto" or "off" in [knowledge] embedder.'
        ) from error
    return about if isinstance(about, dict) else {}


def _hash(path: Path) -> str:
    try:
        return sha256_file(path)
    except OSError as error:
        raise DataError(
            f"The sentence model in {path.parent} lacks {path.name}.",
            'Name another folder in [knowledge] embedder, or "auto".',
        ) from error


def _compiled(path: Path) -> Any:
    # float32 also where the processor has bfloat16, which would change vectors by more than int8 does.
    settings = {
        "INFERENCE_PRECISION_HINT": "f32",
        "PERFORMANCE_HINT": "LATENCY",
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": "32",
    }
    return ov.Core().compile_model(path, "CPU", settings).create_infer_request()


def _batches(encoded: Ids) -> Iterator[tuple[list[int], Ids]]:
    """Texts of like length together, so that little is padded."""
    order = sorted(range(len(encoded)), key=lambda at: -len(encoded[at]))
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        yield rows, [encoded[row] for row in rows]


def _padded(part: Ids) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    longest = -(-max(map(len, part)) // STEP) * STEP
    ids = np.zeros((len(part), longest), np.int32)
    mask = np.zeros_like(ids)
    for row, one in enumerate(part):
        ids[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return ids, mask
