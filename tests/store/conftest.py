"""Everything about the store is tested on both of its databases."""

from __future__ import annotations

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        file = metafunc.definition.get_closest_marker("store_file")
        places = ["sqlite"] if file else ["sqlite", "postgres"]
        metafunc.parametrize("place", places, indirect=True)
