"""A release's model as one GGUF file with a Modelfile beside it: for llama.cpp, Ollama and their kin.

Needs no torch: names and shapes are mapped by the format's own library, bytes pass through numpy. Only
the model goes along; knowledge, routing and checks stay here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import gguf
import numpy as np
from safetensors.numpy import load_file

from chatwright.core.files import replace_atomic, write_atomic
from chatwright.tokenizer import template

FloatType = Literal["f32", "f16"]
FILE = "model.gguf"
MODELFILE = "Modelfile"
# Ollama's own template language; it has no name for what our Jinja template does beyond this.
OLLAMA = (
    f"{template.BEGIN}{{{{ range .Messages }}}}<|{{{{ .Role }}}}|>{{{{ .Content }}}}{template.END}"
    f"{{{{ end }}}}{template.ROLE_TOKENS['assistant']}"
)


def export(model: Path, folder: Path, kind: FloatType = "f32") -> list[Path]:
    """Write `model.gguf` and `Modelfile` below `folder` from the Hugging Face folder `model`."""
    config = json.loads((model / "config.json").read_text())
    tokenizer = json.loads((model / "tokenizer.json").read_text())
    tokenizer |= json.loads((model / "tokenizer_config.json").read_text())
    replace_atomic(folder / FILE, lambda path: _write(path, model, config, tokenizer, kind))
    write_atomic(folder / MODELFILE, modelfile(config["max_position_embeddings"]))
    return [folder / FILE, folder / MODELFILE]


def modelfile(context: int) -> str:
    """What `ollama create NAME -f Modelfile` reads."""
    lines = [
        f"FROM ./{FILE}",
        f'TEMPLATE """{OLLAMA}"""',
        f'PARAMETER stop "{template.END}"',
        f"PARAMETER num_ctx {context}",
        "PARAMETER temperature 0",
    ]
    return "\n".join(lines) + "\n"


def _write(
    path: Path, model: Path, config: dict[str, Any], tokenizer: dict[str, Any], kind: FloatType
) -> None:
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[gguf.MODEL_ARCH.QWEN3])
    _shape(writer, config, kind)
    _vocabulary(writer, config, tokenizer)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN3, config["num_hidden_layers"])
    for name, tensor in load_file(model / "model.safetensors").items():
        known = names.get_name(name, try_suffixes=(".weight",))
        assert known is not None, f"{name} has no name in GGUF"
        # Vectors are norms: half precision would save nothing there.
        half = kind == "f16" and tensor.ndim > 1
        writer.add_tensor(known, tensor.astype(np.float16 if half else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _shape(writer: Any, config: dict[str, Any], kind: FloatType) -> None:
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    half = gguf.LlamaFileType.MOSTLY_F16
    writer.add_file_type(half if kind == "f16" else gguf.LlamaFileType.ALL_F32)


def _vocabulary(writer: Any, config: dict[str, Any], tokenizer: dict[str, Any]) -> None:
    """Tokens by id; rows of the embedding beyond the vocabulary get names that nothing produces."""
    by_id = {index: token for token, index in tokenizer["model"]["vocab"].items()}
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
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_pad_token_id(config["pad_token_id"])
    writer.add_add_bos_token(False)  # the template writes it
    plain = (
        tokenizer["chat_template"]
        .replace("{% generation %}", "")
        .replace("{% endgeneration %}", "")
    )
    writer.add_chat_template(plain)
