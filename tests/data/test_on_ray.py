"""The same steps on a local Ray of two workers."""

from __future__ import annotations

import pytest
from tests.data.test_build import contents, elsewhere, some_data

from chatwright.data import inputs
from chatwright.data.dataset import build
from chatwright.spec import Spec

pytest.importorskip("ray", reason="the extra `ray` is not installed")


@pytest.mark.soak
@pytest.mark.filterwarnings("default")
def test_a_build_on_ray_is_the_same(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    from chatwright.data.on_ray import OnRay

    monkeypatch.setattr(inputs, "BLOCK", 8 << 10)
    some_data(spec)
    alone = build(spec, workers=1)
    other = elsewhere(spec, "ray")
    some_data(other)
    assert contents(build(other, pool=OnRay(2))) == contents(alone)
