"""A sentence model of the BERT family on the disk -> an OpenVINO graph that ends in vectors of length 1.

Reads `config.json`, `model.safetensors` and `tokenizer.json` as Hugging Face writes them, and builds the graph
from the weights themselves: nothing of torch or transformers is needed, and a folder cannot bring code.
Matrices become int8, a scale for each row. Pooling is the mean over tokens. It does not train, and knows no
other family.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import opset13 as ops
from safetensors import SafetensorError
from safetensors.numpy import load_file

from chatwright.core.errors import DataError

Floats = npt.NDArray[np.float32]
MIDDLE = 128
FAR = -1e4  # added to what may not be attended to
KIND = ("bert", "gelu", "absolute")  # model, activation, positions


@dataclass(frozen=True, slots=True)
class Bert:
    """The sizes of the model, and its weights by name."""

    layers: int
    heads: int
    width: int
    positions: int
    epsilon: float
    tensors: Mapping[str, Floats]

    def tensor(self, name: str) -> Floats:
        return np.asarray(self.tensors[name], np.float32)


def read(folder: Path) -> Bert:
    """Raises `DataError` where the folder holds no such model, or one of another family."""
    advice = "Name a folder with a BERT sentence model as safetensors, such as all-MiniLM-L6-v2."
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        places = config.get("position_embedding_type") or "absolute"
        kind = str(config["model_type"]), str(config["hidden_act"]), str(places)
        if kind != KIND:
            raise DataError(f"The model in {folder} is of another kind: {', '.join(kind)}.", advice)
        loaded = load_file(folder / "model.safetensors")
        return Bert(
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            width=int(config["hidden_size"]),
            positions=int(config["max_position_embeddings"]),
            epsilon=float(config["layer_norm_eps"]),
            tensors={name.removeprefix("bert."): value for name, value in loaded.items()},
        )
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise DataError(f"{folder} holds no sentence model ({error}).", advice) from error


def graph(bert: Bert, *, whole: bool = False) -> ov.Model:
    """Inputs `ids` and `mask`, int32 [B, T]; output float32 [B, width]. `whole`: matrices stay float32.

    Raises `DataError` where a weight is missing.
    """
    try:
        made = _graph(bert, whole)
    except KeyError as error:
        raise DataError(f"The sentence model lacks the weights {error}.", "Get it again.") from None
    for at, node in enumerate(made.get_ordered_ops()):  # else named by a count of the process
        node.set_friendly_name(f"{node.get_type_name()}_{at}")
    return made


def _graph(bert: Bert, whole: bool) -> ov.Model:
    ids, mask = (ops.parameter([-1, -1], ov.Type.i32, name=name) for name in ("ids", "mask"))
    for node, name in ((ids, "ids"), (mask, "mask")):
        node.output(0).get_tensor().set_names({name})
    build = _Builder(bert, whole)
    x = build.embedded(ids)
    seen = ops.convert(mask, "f32")
    away = ops.multiply(ops.subtract(_number(1.0), seen), _number(FAR))
    away = ops.unsqueeze(away, ops.constant(np.array([1, 2], np.int64)))
    for layer in range(bert.layers):
        x = build.layer(x, away, f"encoder.layer.{layer}.")
    weights = ops.unsqueeze(seen, ops.constant(np.array([2], np.int64)))
    axis = ops.constant(np.array([1], np.int64))
    summed = ops.reduce_sum(ops.multiply(x, weights), axis, keep_dims=False)
    count = ops.maximum(ops.reduce_sum(weights, axis, keep_dims=False), _number(1.0))
    vector = ops.normalize_l2(ops.divide(summed, count), axis, 1e-12, "max")
    vector.output(0).get_tensor().set_names({"vector"})
    return ov.Model([vector.output(0)], [ids, mask], "embedder")


class _Builder:
    def __init__(self, bert: Bert, whole: bool) -> None:
        self._bert, self._whole = bert, whole

    def embedded(self, ids: Any) -> Any:
        """Of the words, of their positions, and of the first kind of segment."""
        words = self._bert.tensor("embeddings.word_embeddings.weight")
        places = self._bert.tensor("embeddings.position_embeddings.weight")
        places = places + self._bert.tensor("embeddings.token_type_embeddings.weight")[:1]
        axis = ops.constant(0)
        if self._whole:
            x = ops.gather(ops.constant(words), ids, axis)
        else:
            small, scale = int8(words)
            x = ops.convert(ops.gather(ops.constant(small), ids, axis), "f32")
            x = ops.multiply(x, ops.gather(ops.constant(scale), ids, axis))
        length = ops.gather(ops.shape_of(ids, "i64"), ops.constant(np.array([1])), axis)
        start, step = ops.constant(np.array([0])), ops.constant(np.array([1]))
        here = ops.slice(ops.constant(places), start, length, step, ops.constant(np.array([0])))
        return self._normed(ops.add(x, here), "embeddings.LayerNorm")

    def layer(self, x: Any, away: Any, at: str) -> Any:
        q, k, v = (
            self._by_heads(self._linear(x, f"{at}attention.self.{one}"))
            for one in ("query", "key", "value")
        )
        y = ops.scaled_dot_product_attention(q, k, v, away)
        y = ops.reshape(
            ops.transpose(y, ops.constant(np.array([0, 2, 1, 3]))),
            ops.constant(np.array([0, 0, self._bert.width])),
            True,
        )
        y = self._linear(y, f"{at}attention.output.dense")
        x = self._normed(ops.add(x, y), f"{at}attention.output.LayerNorm")
        y = ops.gelu(self._linear(x, f"{at}intermediate.dense"), "erf")
        y = self._linear(y, f"{at}output.dense")
        return self._normed(ops.add(x, y), f"{at}output.LayerNorm")

    def _by_heads(self, x: Any) -> Any:
        """[B, T, width] -> [B, heads, T, width / heads]."""
        heads = self._bert.heads
        parted = ops.constant(np.array([0, 0, heads, self._bert.width // heads]))
        return ops.transpose(ops.reshape(x, parted, True), ops.constant(np.array([0, 2, 1, 3])))

    def _linear(self, x: Any, name: str) -> Any:
        weight = self._bert.tensor(f"{name}.weight")
        if self._whole:
            matrix = ops.constant(weight)
        else:
            # Unsigned: only so does OpenVINO multiply in int8 where the processor can (VNNI, AMX).
            small, scale = int8(weight)
            matrix = ops.constant((small.astype(np.int16) + MIDDLE).astype(np.uint8))
            matrix = ops.subtract(ops.convert(matrix, "f32"), _number(MIDDLE))
            matrix = ops.multiply(matrix, ops.constant(scale))
        product = ops.matmul(x, matrix, False, True)
        return ops.add(product, ops.constant(self._bert.tensor(f"{name}.bias")))

    def _normed(self, x: Any, name: str) -> Any:
        axis = ops.constant(np.array([-1], np.int64))
        y = ops.mvn(x, axis, True, self._bert.epsilon, "inside_sqrt")
        y = ops.multiply(y, ops.constant(self._bert.tensor(f"{name}.weight")))
        return ops.add(y, ops.constant(self._bert.tensor(f"{name}.bias")))


def int8(matrix: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Rows as int8, and what each is to be multiplied by: [n, 1]."""
    scale = np.abs(matrix).max(axis=1, keepdims=True) / 127
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale


def _number(value: float) -> Any:
    return ops.constant(np.float32(value))
