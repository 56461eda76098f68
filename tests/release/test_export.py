"""Exports: each opens in the program that it is for, and says what it lacks."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openvino_genai
import pytest
import torch
from tests.reference_engine import ReferenceEngine
from tests.tiny import Tiny
from transformers import AutoModelForCausalLM, AutoTokenizer

from chatwright.core.errors import ReleaseError
from chatwright.core.types import Conversation, Message, Sampling
from chatwright.release import export, openvino
from chatwright.release.manifest import HIDING, Release
from chatwright.tokenizer import template

SAID = (
    Message("user", "Hello there"),
    Message("assistant", "Hello! What can I do for you? 😊"),
    Message("user", "Can I borrow a map?"),
)


def as_dicts(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in messages]


def copied(release: Release, folder: Path) -> Release:
    shutil.copytree(release.folder, folder)
    return replace(release, folder=folder)


def test_hugging_face_gets_the_same_logits_and_nothing_of_ours(tiny: Tiny, tmp_path: Path) -> None:
    release = copied(tiny.fp32, tmp_path / "release")
    for name in export.OURS:
        (release.model / name).write_bytes(b"ours")
    files = export.copy_model(release, tmp_path / "out")
    assert not export.OURS & {path.name for path in files}
    assert [path.name for path in files if path.suffix == ".safetensors"] == ["model.safetensors"]
    model = AutoModelForCausalLM.from_pretrained(tmp_path / "out").eval()
    ids = tiny.corpus.dev[0].ids
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0]
    torch.testing.assert_close(
        logits, ReferenceEngine(tiny.fp32.model).logits(ids), atol=1e-4, rtol=1e-4
    )


@pytest.fixture(scope="module")
def genai(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("genai")
    openvino.export(tiny.fp32, folder)
    exact = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32"}
    return openvino_genai.LLMPipeline(str(folder), "CPU", **exact)


def test_openvino_genai_renders_and_encodes_as_we_do(tiny: Tiny, genai: Any) -> None:
    theirs = genai.get_tokenizer()
    history = openvino_genai.ChatHistory(as_dicts(SAID))
    text = theirs.apply_chat_template(history, add_generation_prompt=True)
    ids = theirs.encode(text, add_special_tokens=False).input_ids.data[0].tolist()
    tokenizer = tiny.corpus.tokenizer
    assert ids == tokenizer.render(Conversation(SAID), open_reply=True).ids
    words = "Ünï 🎈 1234 don't"
    assert theirs.decode(tokenizer.encode(words)) == words


def test_openvino_genai_opens_the_folder_and_answers_the_same(tiny: Tiny, genai: Any) -> None:
    config = openvino_genai.GenerationConfig(max_new_tokens=40, do_sample=False)
    oracle = ReferenceEngine(tiny.fp32.model)
    oracle.chooser = None  # stays with us
    for question in ("Can I borrow a map?", "Are you open on Monday at 9?"):
        asked = (Message("user", question),)
        found = genai.generate(openvino_genai.ChatHistory(as_dicts(asked)), config).texts[0]
        drawn = oracle.write(Conversation(asked), 40)
        assert found == tiny.corpus.tokenizer.decode(drawn.ids)
        assert len(found) > 5


def test_what_is_lost_is_said(tiny: Tiny, tmp_path: Path) -> None:
    plain = copied(tiny.fp32, tmp_path / "plain")
    (plain.model / "chooser.safetensors").unlink(missing_ok=True)
    said = " ".join(export.lost(plain, "ollama"))
    assert "knowledge" in said and template.END in said
    assert "chooser" not in said and "placeholders" not in said
    (plain.model / "chooser.safetensors").write_bytes(b"")
    hiding = plain.manifest["files"] | {HIDING.as_posix(): ""}
    full = replace(plain, manifest=plain.manifest | {"files": hiding})
    said = " ".join(export.lost(full, "ollama"))
    assert "chooser" in said and "reply tokens" in said and "<NAME_1>" in said
    assert "reply tokens" not in " ".join(export.lost(full, "hf"))
    text = export.write_readme(full, tmp_path, "gguf").read_text()
    assert tiny.fp32.id in text and "llama-server" in text and "<NAME_1>" in text


def test_the_modelfile_spells_our_template(tiny: Tiny) -> None:
    """Ollama's template, filled in by hand, is the rendered prompt, as long as no reply is a known one."""
    said = (SAID[0], Message("assistant", "Hi."), SAID[2])
    text = export.modelfile(256, Sampling())
    assert text.startswith("FROM ./model.gguf\n")
    inside = text.split('"""')[1]
    before, rest = inside.split("{{ range .Messages }}")
    each, after = rest.split("{{ end }}")
    filled = "".join(
        each.replace("{{ .Role }}", m.role).replace("{{ .Content }}", m.content) for m in said
    )
    other = AutoTokenizer.from_pretrained(tiny.fp32.model)
    rendered = other.apply_chat_template(as_dicts(said), add_generation_prompt=True, tokenize=False)
    assert before + filled + after == rendered


def test_the_modelfile_draws_as_the_release_does(tiny: Tiny, tmp_path: Path) -> None:
    spec = tiny.fp32.manifest["spec"]
    answers = spec["answers"] | {"max_tokens": 77, "temperature": 0.3, "top_p": 0.9}
    changed = replace(
        tiny.fp32, manifest={**tiny.fp32.manifest, "spec": {**spec, "answers": answers}}
    )
    lines = export.write_modelfile(changed, tmp_path).read_text().splitlines()
    given = dict(line.split(" ")[1:] for line in lines if line.startswith("PARAMETER"))
    assert given["stop"] == f'"{template.END}"'
    assert (given["num_ctx"], given["num_predict"]) == ("256", "77")
    assert (given["temperature"], given["top_p"]) == ("0.3", "0.9")
    # Ollama's own defaults would draw otherwise.
    assert (given["top_k"], given["min_p"], given["repeat_penalty"]) == ("0", "0.0", "1.0")


def test_a_template_of_another_family_is_refused_for_ollama(tiny: Tiny, tmp_path: Path) -> None:
    export.check_template(tiny.fp32)
    other = copied(tiny.fp32, tmp_path / "other")
    path = other.model / "tokenizer_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "chat_template": "<|im_start|>"}))
    with pytest.raises(ReleaseError, match="chat template of its base"):
        export.check_template(other)
