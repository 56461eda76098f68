"""Decoder -> OpenVINO: the stateful graph that the continuous-batching pipeline rewrites.

Traced with explicit caches, then made stateful. Every cache variable needs an initial value: without
one the paged-attention rewrite silently matches nothing and the pipeline refuses the model.
"""

from __future__ import annotations

import errno
import io
import logging
import os
import shutil
from collections.abc import Collection, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Literal

import nncf
import openvino as ov
import openvino_tokenizers
import torch
from openvino import opset13 as ops
from openvino._offline_transformations import apply_make_stateful_transformation
from openvino_tokenizers.utils import create_string_constant_node
from torch import Tensor, nn
from torch.nn import functional as F

from chatwright.core.files import pretty_json
from chatwright.model.decoder import Attention, Decoder, Layer, Turn, rotate

Precision = Literal["int8", "fp32"]
XML = "openvino_model.xml"


class Cached(nn.Module):
    """The Decoder's arithmetic with its caches as inputs and outputs.

    Inputs: ids [B, T], attention mask [B, S], positions [B, T], then per layer key and value
    [B, G, P, K] of the past. Outputs: logits [B, T, V], then the caches with T appended (S = P + T).
    """

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, ids: Tensor, mask: Tensor, positions: Tensor, *past: Tensor) -> Any:
        body = self.decoder.model
        allowed = _allowed(mask, ids.shape[1])
        x, turn = body.embed(ids, positions)
        present: list[Tensor] = []
        for index, layer in enumerate(body.layers):
            assert isinstance(layer, Layer)
            cache = past[2 * index : 2 * index + 2]
            y, key, value = attend(layer.self_attn, layer.input_layernorm(x), turn, allowed, cache)
            x = x + y
            x = x + layer.mlp(layer.post_attention_layernorm(x))
            present += [key, value]
        return (self.decoder.logits(body.norm(x)), *present)


def attend(
    attention: Attention, x: Tensor, turn: Turn, allowed: Tensor, past: Any
) -> tuple[Tensor, Tensor, Tensor]:
    """One attention with a cache: (output, key, value) with the new tokens appended."""
    b, t, size = x.shape[0], x.shape[1], attention.head_size
    q = attention.q_norm(attention.q_proj(x).view(b, t, attention.heads, size)).transpose(1, 2)
    k = attention.k_norm(attention.k_proj(x).view(b, t, attention.kv_heads, size)).transpose(1, 2)
    v = attention.v_proj(x).view(b, t, attention.kv_heads, size).transpose(1, 2)
    q, k = rotate(q, turn), rotate(k, turn)
    key, value = torch.cat((past[0], k), dim=2), torch.cat((past[1], v), dim=2)
    groups = attention.heads // attention.kv_heads
    y = F.scaled_dot_product_attention(
        q, _widened(key, groups), _widened(value, groups), attn_mask=allowed
    )
    return attention.o_proj(y.transpose(1, 2).reshape(b, t, attention.heads * size)), key, value


def _widened(x_BGSK: Tensor, groups: int) -> Tensor:
    """[B, G, S, K] -> [B, G * groups, S, K]: each head as often as queries share it.

    Spelled as transformers spells it; the rewrite to paged attention knows no other way.
    """
    if groups == 1:
        return x_BGSK
    b, g, s, k = x_BGSK.shape
    return x_BGSK[:, :, None].expand(b, g, groups, s, k).reshape(b, g * groups, s, k)


def _allowed(mask: Tensor, new: int) -> Tensor:
    """[B, S] padding mask -> additive [B, 1, T, S], causal for the last T of S."""
    total = mask.shape[1]
    column = torch.arange(total).unsqueeze(0)
    row = torch.arange(new).unsqueeze(1) + (total - new)
    causal = (column <= row).unsqueeze(0).unsqueeze(0)
    seen = mask.bool().unsqueeze(1).unsqueeze(1)
    return torch.where(causal & seen, 0.0, float("-inf"))


def convert(decoder: Decoder, folder: Path, model_folder: Path, precision: Precision) -> None:
    """Write `folder` as the pipeline wants it: the graph, and the configs beside it."""
    graph = stateful(decoder)
    if precision == "int8":
        nncf.set_log_level(logging.ERROR)
        with redirect_stdout(io.StringIO()):  # its progress bar is not ours to show
            graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_ASYM)
    folder.mkdir(parents=True, exist_ok=True)
    _name(graph)
    _save(graph, folder / XML, 4 * decoder.shape.parameters)
    for name in ("config.json", "generation_config.json"):
        shutil.copyfile(model_folder / name, folder / name)
    (folder / "engine.json").write_text(pretty_json({"precision": precision}))


def write_vocabulary(folder: Path, tokens: Sequence[bytes], special: Collection[int]) -> None:
    """Write what constrained decoding reads the letters of each token from: the pipeline's detokenizer.

    `tokens[i]` is what id i stands for, nothing where that is no text: a grammar never allows it, as it
    would the letters "<|end|>". Built here and not with `convert_tokenizer`, which would name those
    letters, and needs transformers.
    """
    ids = ops.parameter([-1, -1], dtype=ov.Type.i64, name="ids")
    words = create_string_constant_node(tokens)
    # Which ids to leave out is a state of the pipeline's; an empty list of them breaks it.
    left_out = ops.constant(sorted(special), dtype=ov.Type.i32)
    all_of_them = [ops.constant([n], dtype=ov.Type.i32) for n in (0, 2**31 - 1, 1)]
    skip = ops.slice(left_out, *all_of_them)
    factory = openvino_tokenizers._get_factory()
    inputs = [ops.convert(ids, "i32").output(0), *words, *skip.outputs()]
    *ragged, letters = factory.create("VocabDecoder", inputs).outputs()
    fused = factory.create("FuzeRagged", ragged, {}).outputs()
    valid = factory.create("UTF8Validate", [*fused, letters], {"replace_mode": True}).outputs()
    # Not `opset15.string_tensor_pack`: the tokenizers' package swaps the factory behind it, back and forth.
    text = openvino_tokenizers._get_opset_factory("opset15").create("StringTensorPack", valid)
    text.output(0).get_tensor().set_names({"string_output"})  # else it is named by a count, too
    graph = ov.Model([text.output(0)], [ids], "detokenizer")
    _name(graph)
    _save(graph, folder / "openvino_detokenizer.xml", 16 * len(tokens) + sum(map(len, tokens)))


def _name(graph: ov.Model) -> None:
    """Number the nodes: OpenVINO names them by a count of the whole process, and so equal weights
    would give files, and releases, with different hashes."""
    graph.set_friendly_name("decoder")
    for index, node in enumerate(graph.get_ordered_ops()):
        if node.get_type_name() != "Parameter":  # found by name when the caches are paged
            node.set_friendly_name(f"{node.get_type_name()}_{index}")


def _save(graph: ov.Model, path: Path, size: int) -> None:
    """Write the graph, of at most `size` bytes. OpenVINO names no cause when that fails; we do."""
    try:
        ov.save_model(graph, path, compress_to_fp16=False)
    except RuntimeError as error:
        if shutil.disk_usage(path.parent).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise


def stateful(decoder: Decoder) -> ov.Model:
    """The Decoder as an OpenVINO model whose caches are state."""
    shape = decoder.shape
    names = [f"{n}.{kind}" for n in range(shape.layers) for kind in ("key", "value")]
    example = (
        torch.zeros(2, 3, dtype=torch.long),
        torch.ones(2, 5, dtype=torch.long),
        torch.arange(3).expand(2, 3) + 2,
        *(torch.zeros(2, shape.kv_heads, 2, shape.head_size) for _ in names),
    )
    with torch.no_grad():
        graph = ov.convert_model(Cached(decoder.eval()), example_input=example)
    cache = ov.PartialShape([-1, shape.kv_heads, -1, shape.head_size])
    inputs = ["input_ids", "attention_mask", "position_ids"]
    inputs += [f"past_key_values.{name}" for name in names]
    outputs = ["logits", *(f"present.{name}" for name in names)]
    for port, name in zip(graph.inputs, inputs, strict=True):
        port.get_tensor().set_names({name})
        port.get_node().set_friendly_name(name)  # the rewrite finds its inputs by this name
        partial = cache if name.startswith("past") else ov.PartialShape([-1, -1])
        port.get_node().set_partial_shape(partial)
    for port, name in zip(graph.outputs, outputs, strict=True):
        port.get_tensor().set_names({name})
    graph.validate_nodes_and_infer_types()
    _reorder(graph, inputs[3:])
    pairs = {f"past_key_values.{name}": f"present.{name}" for name in names}
    apply_make_stateful_transformation(graph, pairs)
    _initialise(graph, shape.kv_heads, shape.head_size)
    graph.validate_nodes_and_infer_types()
    return graph


def _reorder(graph: ov.Model, pasts: list[str]) -> None:
    """Let `beam_idx` choose rows of each cache; the pipeline's rewrite looks for this Gather."""
    beam = ops.parameter([-1], dtype=ov.Type.i32, name="beam_idx")
    beam.output(0).get_tensor().set_names({"beam_idx"})
    graph.add_parameters([beam])
    for name in pasts:
        port = graph.input(name)
        users = list(port.get_target_inputs())
        gathered = ops.gather(port, beam, ops.constant(0))
        for user in users:
            user.replace_source_output(gathered.output(0))


def _initialise(graph: ov.Model, kv_heads: int, head_size: int) -> None:
    """Give every cache an empty initial value of the batch's size."""
    batch = ops.gather(
        ops.shape_of(graph.input("input_ids"), output_type="i64"),
        ops.constant([0], dtype="int64"),
        ops.constant(0),
    )
    sizes = [ops.constant([n], dtype="int64") for n in (kv_heads, 0, head_size)]
    empty = ops.broadcast(ops.constant(0.0, dtype="float32"), ops.concat([batch, *sizes], 0))
    for node in graph.get_ops():
        if node.get_type_name() == "ReadValue":
            node.set_arguments([empty.output(0)])
