"""What ships: licences that are allowed, a bill of materials that is valid, and a wheel of the same bytes."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from chatwright.deploy.pins import pins

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("sbom", str(ROOT / "scripts" / "sbom"))
    spec = importlib.util.spec_from_loader("sbom", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def licences(sbom: ModuleType) -> dict[str, str]:
    return {pin.name: sbom.licence(pin.name) for pin in pins()}


def test_only_permissive_licences_ship_and_the_stated_exceptions(
    sbom: ModuleType, licences: dict[str, str]
) -> None:
    assert sbom.offences(licences) == []
    assert "unknown" not in licences.values()


@pytest.mark.parametrize(
    ("expression", "right"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("AGPL-3.0-or-later", False),
        ("unknown", False),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
    ],
)
def test_what_is_allowed(sbom: ModuleType, expression: str, right: bool) -> None:
    assert sbom.allowed("some-package", expression) is right


def test_an_exception_holds_for_its_licence_alone(
    sbom: ModuleType, licences: dict[str, str]
) -> None:
    assert sbom.allowed("psycopg", "LGPL-3.0-only")
    assert not sbom.allowed("psycopg", "AGPL-3.0-only")
    assert sbom.offences({**licences, "evil": "GPL-3.0-only"}) == ["evil: GPL-3.0-only"]
    without = {name: text for name, text in licences.items() if name != "certifi"}
    assert sbom.offences(without) == ["certifi is an exception, and not here"]


def test_the_bill_of_materials_names_everything(sbom: ModuleType, licences: dict[str, str]) -> None:
    text = sbom.bill(licences)
    assert sbom.bill(licences) == text
    found = json.loads(text)
    assert {(part["name"], part["version"]) for part in found["components"]} == set(pins())
    assert found["metadata"]["component"]["name"] == "chatwright"
    assert "timestamp" not in text
    needs = {row["ref"]: row.get("dependsOn", []) for row in found["dependencies"]}
    ours = found["metadata"]["component"]["bom-ref"]
    assert any("openvino@" in one for one in needs[ours])


@pytest.mark.soak
def test_two_clean_checkouts_make_the_same_wheel(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "wheel", "--twice", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Both are equal." in done.stdout
