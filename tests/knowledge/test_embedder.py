from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from chatwright.core.errors import DataError
from chatwright.knowledge import embedder as subject
from chatwright.knowledge.bert import int8
from chatwright.knowledge.embedder import SentenceEmbedder, convert, open_embedder, packaged

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

LETTERS = "abcdefghijklmnopqrstuvwxyz?."
TEXTS = ["when do you open?", "a", "what does it cost to renew " * 9, "hello there", "zzz zz z"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT of random weights, as transformers writes it."""
    folder = tmp_path_factory.mktemp("source")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{one}" for one in LETTERS)]
    tokenizer = Tokenizer(
        models.WordPiece({one: at for at, one in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_padding(length=128)  # as some are saved; it must not count
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    model = transformers.BertModel(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(3.0).add_(0.05 * torch.randn_like(parameter))
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return convert(source, tmp_path_factory.mktemp("made"))


def reference(source: Path, texts: list[str], window: int) -> np.ndarray:
    """What transformers computes: the mean over tokens, of length 1."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(window)
    model = transformers.BertModel.from_pretrained(source).eval()
    rows = []
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([tokenizer.encode(text).ids])
            mean = model(ids).last_hidden_state[0].mean(dim=0)
            rows.append((mean / mean.norm()).numpy())
    return np.array(rows)


def test_is_what_transformers_computes(source: Path, folder: Path) -> None:
    made = SentenceEmbedder(folder).embed(TEXTS)
    assert made.dtype == np.float32
    expected = reference(source, TEXTS, 128)
    assert (made * expected).sum(axis=1).min() > 0.995
    assert np.abs(expected @ expected.T)[0, 1] < 0.99  # they do differ
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)


def test_together_is_as_alone_and_nothing_is_nothing(folder: Path) -> None:
    opened = SentenceEmbedder(folder)
    together = opened.embed([*TEXTS * 5, "", "  \n"])
    for row, text in enumerate(TEXTS):
        np.testing.assert_allclose(together[row + 5], opened.embed([text])[0], atol=1e-5)
    assert not together[-2:].any()
    assert opened.embed([]).shape == (0, 32)


def test_the_same_model_is_the_same_embedder(source: Path, folder: Path, tmp_path: Path) -> None:
    again = convert(source, tmp_path)
    assert again.name == folder.name == SentenceEmbedder(folder).id
    before = (again / subject.ABOUT).stat().st_mtime_ns
    assert convert(source, tmp_path) == again
    assert (again / subject.ABOUT).stat().st_mtime_ns == before
    assert [one.name for one in tmp_path.iterdir()] == [again.name]


def test_what_is_damaged_is_not_used(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / subject.TOKENS).write_text("{}")
    with pytest.raises(DataError, match="damaged"):
        SentenceEmbedder(copy)
    (copy / subject.WEIGHTS).unlink()
    with pytest.raises(DataError, match=r"lacks embedder\.bin"):
        SentenceEmbedder(copy)
    with pytest.raises(DataError, match="no embedder"):
        SentenceEmbedder(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "roberta"},
        {"hidden_act": "relu"},
        {"position_embedding_type": "relative_key"},
        {"num_hidden_layers": 3},
        {"layer_norm_eps": None},
    ],
)
def test_other_models_are_refused(source: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(source, copy)
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | change))
    with pytest.raises(DataError):
        convert(copy, tmp_path / "made")
    assert not [one for one in (tmp_path / "made").iterdir() if one.is_dir()]


def test_the_spec_chooses(house, source: Path, folder: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(subject, "PACKAGE", "no_such_package_anywhere")
    assert packaged() is None
    assert open_embedder(house.spec) is None
    house.tables = {"embedder": str(source)}
    opened = open_embedder(house.spec)
    assert opened is not None
    assert opened.id == folder.name
    house.tables = {"embedder": str(folder)}
    assert open_embedder(house.spec).id == opened.id
    house.tables = {}  # by itself: what was converted for this bot before
    assert open_embedder(house.spec).id == opened.id
    house.tables = {"embedder": "off"}
    assert open_embedder(house.spec) is None
    house.tables = {"embedder": "models/none"}
    with pytest.raises(DataError, match="lacks"):
        open_embedder(house.spec)


def test_the_extra_is_found_without_running_it(house, source: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    package = house.folder / "site" / "sentences"
    shutil.copytree(source, package / "model")
    (package / "__init__.py").write_text("raise RuntimeError('this must not run')")
    monkeypatch.setattr(subject, "PACKAGE", "sentences")
    monkeypatch.syspath_prepend(str(package.parent))
    assert open_embedder(house.spec).dimensions == 32
    assert "sentences" not in sys.modules


def test_knowledge_is_found_by_vectors(house, folder: Path) -> None:  # type: ignore[no-untyped-def]
    house.tables = {"embedder": str(folder)}
    house.write(a__md="# Hours\n\nWe open at nine.", b__md="# Cards\n\nA card is free.")
    opened = open_embedder(house.spec)
    assert house.sync(embedder=opened).embedded == 2
    assert house.sync(embedder=opened).embedded == 0
    hits = house.search("zzz", embedder=opened).hits
    assert len(hits) == 2
    assert all(hit.cosine is not None for hit in hits)


def test_int8_rows() -> None:
    matrix = np.array([[1.0, -2.0, 0.5], [0.0, 0.0, 0.0]], np.float32)
    small, scale = int8(matrix)
    assert small.dtype == np.int8
    assert small[0].tolist() == [64, -127, 32]
    np.testing.assert_allclose(small * scale, matrix, atol=0.01)


@pytest.mark.skipif(packaged() is None, reason="without the extra `semantic`")
def test_the_extra_agrees_with_transformers(tmp_path: Path) -> None:
    source = packaged()
    assert source is not None
    texts = ["How much does a library card cost?", "What is the price of a membership?", "hello"]
    texts.append("The reading room opens at nine and closes at five. " * 40)
    made = SentenceEmbedder(convert(source, tmp_path)).embed(texts)
    expected = reference(source, texts, subject.WINDOW)
    assert (made * expected).sum(axis=1).min() > 0.99
    assert made[0] @ made[1] > 0.5 > made[0] @ made[2]
