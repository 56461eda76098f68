"""Families: how Hugging Face names and shapes what is a Decoder to us. Both ways, and without torch.

A family is a row of `FAMILIES`: the keys of its `config.json` for the sizes of a Shape, the fields that
are always so, and the values of other keys that the Decoder computes; any other value is refused with
its name, never ignored. Names of tensors: `names`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chatwright.model.shape import Shape

MOST = 2**24  # of any size; beyond that a config is broken, or made to exhaust the memory
MOST_LAYERS = 1024


class Unknown(ValueError):
    """A config that is none of ours; the text says which key of it."""


KEYS = {
    "vocabulary": "vocab_size",
    "width": "hidden_size",
    "layers": "num_hidden_layers",
    "heads": "num_attention_heads",
    "kv_heads": "num_key_value_heads",
    "head_size": "head_dim",
    "hidden": "intermediate_size",
    "context": "max_position_embeddings",
    "epsilon": "rms_norm_eps",
}
GPT2_KEYS = {
    "vocabulary": "vocab_size",
    "width": "n_embd",
    "layers": "n_layer",
    "heads": "n_head",
    "hidden": "n_inner",
    "context": "n_positions",
    "epsilon": "layer_norm_epsilon",
}


@dataclass(frozen=True, slots=True)
class Family:
    """How one `model_type` writes a Shape. `only`: key -> what it may be (first: what it is if absent)."""

    architecture: str
    fields: Mapping[str, Any]
    keys: Mapping[str, str] = field(default_factory=lambda: KEYS)
    only: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: {"hidden_act": ("silu",)})
    biases: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # key -> fields that it sets
    tied: bool = False  # where the config does not say


LLAMA = {"qk_norm": False}
QWEN = {"hidden_act": ("silu",), "use_sliding_window": (False,)}
FAMILIES: dict[str, Family] = {
    "qwen3": Family(
        "Qwen3ForCausalLM", {}, only=QWEN, biases={"attention_bias": ("qkv_bias", "out_bias")}
    ),
    "qwen2": Family("Qwen2ForCausalLM", {"qk_norm": False, "qkv_bias": True}, only=QWEN),
    "llama": Family(
        "LlamaForCausalLM",
        LLAMA,
        biases={"attention_bias": ("qkv_bias", "out_bias"), "mlp_bias": ("mlp_bias",)},
    ),
    "mistral": Family("MistralForCausalLM", LLAMA),
    "gpt2": Family(
        "GPT2LMHeadModel",
        {
            "norm": "layer",
            "positions": "learned",
            "mlp": "plain",
            "qk_norm": False,
            "qkv_bias": True,
            "out_bias": True,
            "mlp_bias": True,
        },
        keys=GPT2_KEYS,
        only={
            "activation_function": ("gelu_new", "gelu_pytorch_tanh"),
            "scale_attn_weights": (True,),
            "scale_attn_by_inverse_layer_idx": (False,),
            "add_cross_attention": (False,),
        },
        tied=True,
    ),
}


def shape_of(config: Mapping[str, Any]) -> Shape:
    """The Shape that a `config.json` describes. Raises `Unknown` when the Decoder cannot be that."""
    kind = config.get("model_type") if isinstance(config, dict) else None
    family = FAMILIES.get(kind) if isinstance(kind, str) else None
    if family is None:
        raise Unknown(f"model_type {kind!r} is none of {', '.join(sorted(FAMILIES))}")
    if config.get("quantization_config"):
        raise Unknown("its weights are quantized")
    for key, allowed in family.only.items():
        if (value := config.get(key, allowed[0])) not in allowed:
            raise Unknown(f"{key} is {value!r}; known is {' or '.join(map(repr, allowed))}")
    sizes = {name: config[key] for name, key in family.keys.items() if config.get(key) is not None}
    try:
        heads, width = sizes["heads"], sizes["width"]
        given = {"kv_heads": heads, "head_size": width // heads, "hidden": 4 * width}
        values: dict[str, Any] = {**family.fields, **given, **sizes}
        for key, names in family.biases.items():
            values |= dict.fromkeys(names, bool(config.get(key, False)))
        values["tied"] = bool(config.get("tie_word_embeddings", family.tied))
        values |= _positions(config) if values.get("positions") != "learned" else {}
        shape = Shape(**values, family=str(kind))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise Unknown(f"a size is missing or wrong ({error!r})") from error
    _check(shape)
    window = config.get("sliding_window")
    if kind == "mistral" and window is not None:  # up to its length a window hides nothing
        return replace(shape, context=min(shape.context, int(window)))
    return shape


SIZES = {
    "vocabulary": ("vocab_size",),
    "width": ("hidden_size", "n_embd", "d_model"),
    "layers": ("num_hidden_layers", "n_layer"),
    "heads": ("num_attention_heads", "n_head"),
    "hidden": ("intermediate_size", "ffn_dim", "n_inner"),
    "context": ("max_position_embeddings", "n_positions", "max_seq_len"),
}


def rough_shape(config: Mapping[str, Any]) -> Shape | None:
    """The sizes of a model that is no Decoder (`foreign`), as far as its config names them as others do."""
    values: dict[str, Any] = {}
    for name, keys in SIZES.items():
        values[name] = next((config[key] for key in keys if config.get(key)), None)
    try:
        values |= {"kv_heads": values["heads"], "head_size": values["width"] // values["heads"]}
        values["hidden"] = values["hidden"] or 4 * values["width"]
        shape = Shape(**values, family=str(config["model_type"]), qk_norm=False)
        _check(shape)
    except (KeyError, TypeError, ArithmeticError, Unknown):
        return None
    return shape


def _positions(config: Mapping[str, Any]) -> dict[str, Any]:
    """Rotary fields. Older configs say `rope_theta` and `rope_scaling`, newer ones `rope_parameters`."""
    rope = dict(config.get("rope_parameters") or config.get("rope_scaling") or {})
    theta = float(config.get("rope_theta") or rope.get("rope_theta") or 10_000.0)
    share = rope.get("partial_rotary_factor", config.get("partial_rotary_factor", 1.0))
    if share not in (None, 1.0):
        raise Unknown(f"partial_rotary_factor is {share!r}; known is 1.0")
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "default":
        return {"rope_theta": theta}
    if kind != "llama3":
        raise Unknown(f"rope_type is {kind!r}; known is 'default' or 'llama3'")
    names = ("factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings")
    return {"rope_theta": theta, "rope_scaling": tuple(float(rope[name]) for name in names)}


def _check(shape: Shape) -> None:
    names = ("vocabulary", "width", "layers", "heads", "kv_heads", "head_size", "hidden", "context")
    for name in names:
        value, most = getattr(shape, name), MOST_LAYERS if name == "layers" else MOST
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
            raise Unknown(f"its {name} is {value!r}")
    if shape.heads % shape.kv_heads or shape.head_size % 2:
        raise Unknown(
            f"{shape.heads} heads of {shape.head_size} do not share {shape.kv_heads} keys"
        )
    if not 0 < shape.epsilon < 1 or shape.rope_theta <= 0:
        raise Unknown("epsilon or rope_theta is out of range")


def config_of(shape: Shape, begin: int, end: int, pad: int) -> dict[str, Any]:
    """`config.json` of `shape`, as its family writes it."""
    family = FAMILIES[shape.family]
    config: dict[str, Any] = {
        "architectures": [family.architecture],
        "model_type": shape.family,
        **{key: getattr(shape, name) for name, key in family.keys.items()},
        **{key: allowed[0] for key, allowed in family.only.items()},
        **{key: getattr(shape, names[0]) for key, names in family.biases.items()},
        "tie_word_embeddings": shape.tied,
        "initializer_range": 0.02,
        "torch_dtype": "float32",
        "bos_token_id": begin,
        "eos_token_id": end,
        "pad_token_id": pad,
    }
    if shape.positions == "learned":
        return config | {"attn_pdrop": 0.0, "embd_pdrop": 0.0, "resid_pdrop": 0.0}
    config |= {"rope_theta": shape.rope_theta, "attention_dropout": 0.0}
    if shape.rope_scaling:
        factor, low, high, context = shape.rope_scaling
        config["rope_scaling"] = {
            "rope_type": "llama3",
            "factor": factor,
            "low_freq_factor": low,
            "high_freq_factor": high,
            "original_max_position_embeddings": int(context),
        }
    return config | ({"sliding_window": None} if shape.family == "mistral" else {})
