"""A release's engine files as a folder that `openvino_genai` opens by itself, text in and text out.

Our own serving sends token ids and needs no more than the graph. Others need the tokenizer as a graph too,
with the chat template in it; OpenVINO converts it from the one that transformers loads (extra `hf`).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openvino as ov
from openvino_tokenizers import convert_tokenizer
from transformers import AutoTokenizer

from chatwright.core.files import pretty_json, write_atomic
from chatwright.release.manifest import Release

GRAPH = ("openvino_model.xml", "openvino_model.bin", "config.json", "generation_config.json")
TEXT = ("tokenizer.json", "tokenizer_config.json")


def export(release: Release, folder: Path) -> list[Path]:
    """Write graph, tokenizer, detokenizer and their configs below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in GRAPH:
        shutil.copyfile(release.engine / name, folder / name)
    for name in TEXT:
        shutil.copyfile(release.model / name, folder / name)
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text("utf-8"))
    template = str(config.get("chat_template") or "")
    for mark in ("{% generation %}", "{% endgeneration %}"):  # which transformers alone knows
        template = template.replace(mark, "")
    write_atomic(path, pretty_json({**config, "chat_template": template}))
    theirs = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    graphs = convert_tokenizer(theirs, with_detokenizer=True, skip_special_tokens=True)
    for name, graph in zip(("tokenizer", "detokenizer"), graphs, strict=True):
        ov.save_model(graph, folder / f"openvino_{name}.xml", compress_to_fp16=False)
    return sorted(folder.iterdir())
