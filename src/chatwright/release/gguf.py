"""A release's model as one GGUF file: for llama.cpp, Ollama and their kin.

Needs no torch: names and shapes are mapped by the format's own library, bytes pass through numpy. Only
the model goes along; knowledge, routing and checks stay here.

What a folder is of is read from its `config.json` and `tokenizer.json`, never guessed: a family, or a way
of splitting text, that is not in the tables below is refused (llama.cpp's own script knows hundreds).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import gguf
import numpy as np
from safetensors.numpy import load_file

from chatwright.core.errors import ReleaseError
from chatwright.core.files import replace_atomic

NumberType = Literal["f32", "f16", "q8_0"]
FILE = "model.gguf"
FILE_TYPES = {
    "f32": gguf.LlamaFileType.ALL_F32,
    "f16": gguf.LlamaFileType.MOSTLY_F16,
    "q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
}
BLOCK = 32  # numbers that share a scale in Q8_0
# `model_type` of config.json: what llama.cpp calls it. Mistral's layout is Llama's.
FAMILIES = {
    "qwen3": gguf.MODEL_ARCH.QWEN3,
    "qwen2": gguf.MODEL_ARCH.QWEN2,
    "llama": gguf.MODEL_ARCH.LLAMA,
    "mistral": gguf.MODEL_ARCH.LLAMA,
    "gpt2": gguf.MODEL_ARCH.GPT2,
}
WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
# The pattern by which text is split before merges, as in tokenizer.json: llama.cpp's name for it.
SPLITS = {WORDS + r"\p{N}" + REST: "qwen2", WORDS + r"\p{N}{1,3}" + REST: "llama-bpe"}
GPT2_MATRICES = ("c_attn.weight", "c_proj.weight", "c_fc.weight")  # stored [in, out]
NO_WEIGHTS = (".attn.bias", ".attn.masked_bias", ".rotary_emb.inv_freq")
CONVERTER = "Export with --to hf, and convert that with llama.cpp's convert_hf_to_gguf.py, which knows more."


def export(model: Path, folder: Path, kind: NumberType = "f32") -> list[Path]:
    """Write `model.gguf` below `folder` from the Hugging Face folder `model`.

    Raises `ReleaseError` for a model or tokenizer whose name in GGUF is not known here.
    """
    config = json.loads((model / "config.json").read_text())
    tokenizer = json.loads((model / "tokenizer.json").read_text())
    tokenizer |= json.loads((model / "tokenizer_config.json").read_text())
    if config["model_type"] not in FAMILIES:
        raise _unknown(f'a model of the family "{config["model_type"]}"')
    replace_atomic(folder / FILE, lambda path: _write(path, model, config, tokenizer, kind))
    return [folder / FILE]


def _write(
    path: Path, model: Path, config: dict[str, Any], tokenizer: dict[str, Any], kind: NumberType
) -> None:
    family = FAMILIES[config["model_type"]]
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[family])
    _shape(writer, config)
    writer.add_file_type(FILE_TYPES[kind])
    _vocabulary(writer, config, tokenizer)
    for name, tensor in _tensors(model, config):
        # Vectors and positions: nothing to save there, and llama.cpp expects them whole.
        wide = tensor.ndim > 1 and not name.startswith("position_embd")
        _add(writer, name, tensor.astype(np.float32), kind if wide else "f32")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add(writer: Any, name: str, tensor: Any, kind: NumberType) -> None:
    if kind == "q8_0" and tensor.shape[-1] % BLOCK == 0:
        eight = gguf.GGMLQuantizationType.Q8_0
        writer.add_tensor(name, gguf.quants.quantize(tensor, eight), raw_dtype=eight)
    else:
        writer.add_tensor(name, tensor if kind == "f32" else tensor.astype(np.float16))


def _tensors(model: Path, config: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Weights under GGUF's names, in the order and layout of llama.cpp."""
    family, kind = FAMILIES[config["model_type"]], config["model_type"]
    names = gguf.get_tensor_name_map(family, _figure(config, "num_hidden_layers", "n_layer"))
    heads = _figure(config, "num_attention_heads", "n_head")
    for name, tensor in load_file(model / "model.safetensors").items():
        if name.endswith(NO_WEIGHTS):
            continue
        known = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if known is None:
            raise _unknown(f'the weights "{name}"')
        if kind == "gpt2" and name.endswith(GPT2_MATRICES):
            tensor = np.ascontiguousarray(tensor.T)
        if family is gguf.MODEL_ARCH.LLAMA and ".q_proj." in name:
            tensor = _paired(tensor, heads)
        if family is gguf.MODEL_ARCH.LLAMA and ".k_proj." in name:
            tensor = _paired(tensor, config.get("num_key_value_heads") or heads)
        yield known, tensor


def _paired(tensor: Any, heads: int) -> Any:
    """Rows of each head from Hugging Face's order of rotary pairs (i, i + K/2) to llama.cpp's (2i, 2i + 1)."""
    half = tensor.shape[0] // heads // 2
    return tensor.reshape(heads, 2, half, *tensor.shape[1:]).swapaxes(1, 2).reshape(tensor.shape)


def _shape(writer: Any, config: dict[str, Any]) -> None:
    width = _figure(config, "hidden_size", "n_embd")
    heads = _figure(config, "num_attention_heads", "n_head")
    context = _figure(config, "max_position_embeddings", "n_positions")
    hidden = config.get("intermediate_size") or config.get("n_inner") or 4 * width
    writer.add_context_length(min(context, config.get("sliding_window") or context))
    writer.add_embedding_length(width)
    writer.add_block_count(_figure(config, "num_hidden_layers", "n_layer"))
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(heads)
    writer.add_vocab_size(config["vocab_size"])
    if config["model_type"] == "gpt2":
        writer.add_layer_norm_eps(config["layer_norm_epsilon"])
        return
    rotary = config.get("rope_parameters") or config.get("rope_scaling") or {}
    if rotary.get("rope_type", rotary.get("type", "default")) != "default":
        raise _unknown("scaled rotary positions")
    size = config.get("head_dim") or width // heads
    writer.add_head_count_kv(config.get("num_key_value_heads") or heads)
    writer.add_key_length(size)
    writer.add_value_length(size)
    writer.add_rope_dimension_count(size)
    writer.add_rope_freq_base(config.get("rope_theta") or rotary.get("rope_theta", 10_000.0))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])


def _vocabulary(writer: Any, config: dict[str, Any], tokenizer: dict[str, Any]) -> None:
    """Tokens by id; rows of the embedding beyond the vocabulary get names that nothing produces."""
    by_id = {index: token for token, index in tokenizer["model"]["vocab"].items()}
    by_id |= {token["id"]: token["content"] for token in tokenizer["added_tokens"]}
    kinds = {  # llama.cpp finds a token of the user's in any text, as placeholders are to be found
        token["id"]: gguf.TokenType.CONTROL if token["special"] else gguf.TokenType.USER_DEFINED
        for token in tokenizer["added_tokens"]
    }
    tokens, types = [], []
    for index in range(config["vocab_size"]):
        kind = kinds.get(index, gguf.TokenType.NORMAL)
        known = by_id.get(index)
        tokens.append(known if known is not None else f"[PAD{index}]")
        types.append(kind if known is not None else gguf.TokenType.UNUSED)
    merges = tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(_split(tokenizer))
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    for name in ("bos", "eos", "pad"):
        given: int | list[int] | None = config.get(f"{name}_token_id")
        if given is not None:
            first = (
                given[0] if isinstance(given, list) else given
            )  # some families list several ends
            getattr(writer, f"add_{name}_token_id")(first)
    writer.add_add_bos_token(False)  # the template writes it
    writer.add_chat_template(plain_template(tokenizer))


def plain_template(tokenizer: dict[str, Any]) -> str:
    """The chat template without the marks of what is learned, which transformers alone knows."""
    template = str(tokenizer.get("chat_template") or "")
    return template.replace("{% generation %}", "").replace("{% endgeneration %}", "")


def _split(tokenizer: dict[str, Any]) -> str:
    """What llama.cpp calls the way in which `tokenizer` splits text before its merges."""
    if tokenizer["model"]["type"] != "BPE" or tokenizer["model"].get("byte_fallback"):
        raise _unknown("a tokenizer that is not byte-level BPE")
    given = tokenizer["pre_tokenizer"] or {}
    steps = given.get("pretokenizers", [given])
    kinds = [step.get("type") for step in steps]
    if kinds == ["Split", "ByteLevel"]:
        name = SPLITS.get(steps[0]["pattern"].get("Regex", ""))
    elif kinds == ["Digits", "ByteLevel"] and steps[0]["individual_digits"]:
        name = "smollm"
    else:
        name = "gpt-2" if kinds == ["ByteLevel"] and steps[0].get("use_regex", True) else None
    if name is None:
        raise _unknown(
            "a tokenizer that splits text in another way than GPT-2, Llama, Qwen or SmolLM"
        )
    return name


def _figure(config: dict[str, Any], *names: str) -> int:
    """The first of `names` that `config` has; families differ in what they call it."""
    return int(next(config[name] for name in names if name in config))


def _unknown(what: str) -> ReleaseError:
    return ReleaseError(f"chatwright does not know how GGUF spells {what}.", CONVERTER)
