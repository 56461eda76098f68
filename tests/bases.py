"""Small random bases of every family, made by transformers, with tokenizers and templates as they occur."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
import transformers
from tests import tiny as small
from tokenizers import AddedToken, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers import Tokenizer as Rust

CHATML = (
    "{%- if messages and messages[0].role != 'system' %}"
    "{{- '<|im_start|>system\\nYou help.<|im_end|>\\n' }}{%- endif %}\n"
    "{%- for message in messages %}\n"
    "    {{- '<|im_start|>' + message.role + '\\n' }}"
    "{%- if message.role == 'assistant' %}{% generation %}{{ message.content }}<|im_end|>{% endgeneration %}"
    "{%- else %}{{- message.content + '<|im_end|>' }}{%- endif %}{{ '\\n' }}"
    "{%- endfor %}\n"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)
LLAMA3 = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}"
    "{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'"
    " + message['content'] | trim + '<|eot_id|>' %}"
    "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
    "{% if add_generation_prompt %}"
    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
)
INST = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant') }}{% endif %}"
    "{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}"
    "{% else %}{{ message['content'] + eos_token }}{% endif %}{% endfor %}"
)
# As Qwen3's: thoughts are asked for (and left empty), and left out of earlier replies.
THINKING = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' }}"
    "{% if message.role == 'assistant' and loop.last %}{{ '<think>\n\n</think>\n\n' }}{% endif %}"
    "{{ message.content + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n<think>\n\n</think>\n\n' }}{% endif %}"
)
ENDLESS = (
    "{% for message in messages %}{{ message.role + ': ' + message.content + '\n' }}{% endfor %}"
)
SPECIAL = (
    *("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<s>", "</s>"),
    *("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
)


def tokenizer(folder: Path, template: str | None, *, spaces: bool = False) -> None:
    """Write a base's tokenizer: GPT-2's kind, or SentencePiece's with `spaces`."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [m.content for c in small.conversations(200) for m in c.messages]
    if spaces:
        rust = Rust(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
        rust.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        )
        rust.decoder = decoders.Sequence(
            [
                decoders.Replace("▁", " "),
                decoders.ByteFallback(),
                decoders.Fuse(),
                decoders.Strip(" ", 1),
            ]
        )
        special = ["<unk>", *SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256))]
        rust.train_from_iterator(
            texts, trainers.BpeTrainer(vocab_size=700, special_tokens=special, show_progress=False)
        )
        values = json.loads(rust.to_str())  # bytes are words like any other, and no structure
        values["added_tokens"] = [t for t in values["added_tokens"] if "<0x" not in t["content"]]
        rust = Rust.from_str(json.dumps(values))
    else:
        rust = Rust(models.BPE())
        rust.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        rust.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=500,
            special_tokens=list(SPECIAL),
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        )
        rust.train_from_iterator(texts, trainer)
        rust.add_tokens(
            [AddedToken("<think>", special=False), AddedToken("</think>", special=False)]
        )
    rust.save(str(folder / "tokenizer.json"))
    config: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast"}
    config |= {"bos_token": "<s>", "eos_token": {"content": "</s>"}, "model_max_length": 512}
    if template is not None:
        config["chat_template"] = template
    (folder / "tokenizer_config.json").write_text(json.dumps(config))


ROPE3 = {
    "rope_type": "llama3",
    "rope_theta": 50_000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}
SIZES = {
    "vocab_size": 704,
    "hidden_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "intermediate_size": 96,
    "max_position_embeddings": 512,
}
CONFIGS: dict[str, Any] = {
    "gpt2": transformers.GPT2Config(
        vocab_size=704, n_positions=512, n_embd=64, n_layer=2, n_head=4, n_inner=None
    ),
    "llama": transformers.LlamaConfig(**SIZES, head_dim=32, tie_word_embeddings=True),
    "llama, untied, biases, stretched": transformers.LlamaConfig(
        **SIZES,
        attention_bias=True,
        mlp_bias=True,
        rope_parameters=ROPE3,
        tie_word_embeddings=False,
    ),
    "mistral": transformers.MistralConfig(**SIZES, sliding_window=None),
    "qwen2": transformers.Qwen2Config(**SIZES),
    "qwen3": transformers.Qwen3Config(**SIZES, head_dim=32),
}


def peer(name: str, seed: int = 0) -> Any:
    """The family's own class, nothing in it zero or one, so that no part can hide."""
    model = transformers.AutoModelForCausalLM.from_config(CONFIGS[name]).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            scale = (
                1.0 if parameter.ndim > 1 and len(parameter) > 500 else parameter.shape[-1] ** -0.5
            )
            parameter.copy_(noise * scale if parameter.ndim > 1 else parameter + 0.3 * noise)
    return model


def make(folder: Path, name: str, template: str | None = CHATML, **saving: Any) -> Any:
    """Write the base called `name` into `folder`; returns it as transformers has it."""
    made = peer(name)
    made.save_pretrained(folder, **saving)
    tokenizer(folder, template)
    return made
