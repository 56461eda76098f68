"""bot.toml: what it may say, and one sentence for each mistake in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from chatwright.core.errors import SpecError
from chatwright.core.types import Sampling
from chatwright.spec import Spec, load_spec

GOOD = '[bot]\nname = "library"\npurpose = "Help readers."\n'


def load(
    folder: Path, text: str | bytes, overrides: dict[str, dict[str, Any]] | None = None
) -> Spec:
    data = text.encode() if isinstance(text, str) else text
    (folder / "bot.toml").write_bytes(data)
    return load_spec(folder, overrides)


def test_the_smallest_spec_and_its_defaults(tmp_path: Path) -> None:
    spec = load(tmp_path, GOOD)
    assert spec.folder == tmp_path.resolve()
    assert spec.bot.assistant == "Assistant" and spec.bot.disclosure
    assert spec.model.kind == "scratch" and spec.training.minutes == 3
    assert spec.engine.precision == "int8" and spec.server.port == 8000
    assert spec.made == tmp_path.resolve() / ".chatwright"
    assert spec.path("data") == tmp_path.resolve() / "data"


def test_answers_become_the_sampling(tmp_path: Path) -> None:
    spec = load(tmp_path, GOOD + "[answers]\nmax_tokens = 9\ntemperature = 0.5\ntop_p = 0.9\n")
    assert spec.answers.sampling() == Sampling(max_tokens=9, temperature=0.5, top_p=0.9)


def test_a_spec_does_not_change(tmp_path: Path) -> None:
    spec = load(tmp_path, GOOD)
    with pytest.raises(ValidationError):
        spec.bot.name = "other"
    assert Spec(**spec.model_dump(), folder=spec.folder) == spec


def test_the_command_line_overrides(tmp_path: Path) -> None:
    text = GOOD + "[training]\nminutes = 5\nseed = 7\n"
    spec = load(tmp_path, text, {"training": {"minutes": 1}, "server": {"port": 0}})
    assert (spec.training.minutes, spec.training.seed, spec.server.port) == (1, 7, 0)


def test_every_key_is_known_once(tmp_path: Path) -> None:
    """All tables and keys written out, as `model_dump` gives them, are accepted again."""
    spec = load(tmp_path, GOOD)
    lines = []
    for table, keys in spec.model_dump(mode="json").items():
        if isinstance(keys, list):  # tables in a list: tests/spec/test_skills.py
            continue
        lines.append(f"[{table}]")
        for key, value in keys.items():
            shown = str(value).lower() if isinstance(value, bool) else repr(value)
            lines.append(f"{key} = {shown}")
    assert load(tmp_path, "\n".join(lines)) == spec


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD + "[trainin]\n", 'unknown key "trainin"; did you mean "training"?'),
        (
            GOOD + "[training]\nminuts = 3\n",
            'unknown key "training.minuts"; did you mean "minutes"?',
        ),
        (GOOD + "[scope]\nzzzz = 1\n", 'unknown key "scope.zzzz"; known keys: topics, declines.'),
        ("[bot]\nname = 'x'\npurpos = 'y'\n", 'unknown key "bot.purpos"; did you mean "purpose"?'),
        ("", '"bot" is missing.'),
        ("[bot]\nname = 'x'\n", '"bot.purpose" is missing.'),
        ("[bot]\nname = 'Not Good'\npurpose = 'y'\n", '"bot.name" is wrong: string should match'),
        (
            GOOD + "[training]\nminutes = 0\n",
            '"training.minutes" is wrong: input should be greater',
        ),
        (GOOD + "[training]\nminutes = 'three'\n", "(got 'three')"),
        (GOOD + "[data]\ndevelopment_share = 0.9\n", '"data.development_share" is wrong'),
        (GOOD + "[model]\nkind = 'hosted'\n", "needs hosted_model"),
        (GOOD + "[model]\nkind = 'magic'\n", "'scratch', 'pretrained', 'hosted' or 'retrieval'"),
        (GOOD + "[server]\nport = 70000\n", '"server.port" is wrong'),
        (GOOD + "[scope]\ntopics = [1]\n", '"scope.topics.0" is wrong'),
        (GOOD + "folder = '/'\n", 'unknown key "bot.folder"'),
        ("folder = '/'\n" + GOOD, 'unknown table "folder"'),
        ("training = 3\n" + GOOD, '"training" is wrong'),
        (GOOD + GOOD, "is not valid TOML"),
        ("[bot\n", "is not valid TOML"),
        (b"[bot]\nname = '\xff'\n", "is not UTF-8 (byte 14)"),
    ],
)
def test_a_mistake_is_one_sentence_with_a_next_step(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(SpecError) as caught:
        load(tmp_path, text)
    assert sentence in caught.value.problem
    assert "bot.toml" in caught.value.problem and "\n" not in caught.value.problem
    assert caught.value.next_step


def test_a_mistake_in_an_override_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r'"training\.minutes" is wrong'):
        load(tmp_path, GOOD, {"training": {"minutes": -1}})
    with pytest.raises(SpecError, match='"training" is wrong'):
        load(tmp_path, "training = 3\n" + GOOD, {"training": {"minutes": 1}})


def test_a_secret_in_the_file_is_not_a_key(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match='"model.api_key"; did you mean "api_key_env"'):
        load(tmp_path, GOOD + "[model]\napi_key = 'sk-1'\n")


def test_a_spec_with_channels_is_valid_again_from_all_of_its_values(tmp_path: Path) -> None:
    """As the spec of a release is put together with what the owner changed since."""
    text = (
        '[bot]\nname = "a"\npurpose = "p"\n[channels.slack]\n[channels.whatsapp]\naccount = "1"\n'
    )
    spec = load(tmp_path, text)
    assert Spec(folder=spec.folder, **spec.model_dump()) == spec
    with pytest.raises(SpecError, match='"account" does not belong'):
        load(tmp_path, text + '[channels.telegram]\naccount = "1"\n')


def test_no_bot_here(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="There is no bot.toml") as caught:
        load_spec(tmp_path)
    assert "chatwright init" in caught.value.next_step
    with pytest.raises(SpecError, match="There is no bot.toml"):
        load_spec(tmp_path / "missing")


def test_what_is_not_a_bot_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SpecError, match="cannot be read"):
        load_spec(tmp_path / "file")
    (tmp_path / "bot.toml").mkdir()
    with pytest.raises(SpecError, match="cannot be read"):
        load_spec(tmp_path)
