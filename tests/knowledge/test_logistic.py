from __future__ import annotations

import json

import numpy as np
import pytest

from chatwright.knowledge.logistic import Logistic, sigmoid


def made(n: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3)) * [1, 100, 0.01] + [0, 500, 3]
    odds = 1.5 * x[:, 0] - 0.02 * (x[:, 1] - 500) - 0.5
    return x, (rng.random(n) < sigmoid(odds)).astype(float), odds


def test_finds_what_the_chances_were_made_of() -> None:
    x, y, odds = made()
    model = Logistic.fit(x, y)
    assert np.corrcoef(model.logits(x), odds)[0, 1] > 0.995
    assert np.abs(model.predict(x) - sigmoid(odds)).mean() < 0.02
    assert model.predict(x).mean() == pytest.approx(y.mean(), abs=1e-6)


def test_is_where_the_slope_of_its_loss_is_nothing() -> None:
    x, y, _ = made(500)
    model = Logistic.fit(x, y, l2=3.0)
    whole = (x - model.mean) / model.scale
    slope = whole.T @ (model.predict(x) - y) + 3.0 * model.weights
    assert np.abs(slope).max() < 1e-3


def test_scale_and_order_of_columns_change_nothing() -> None:
    x, y, _ = made(600)
    one = Logistic.fit(x, y).predict(x)
    other = Logistic.fit(x[:, ::-1] * 1e6 - 7, y).predict(x[:, ::-1] * 1e6 - 7)
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_separable_rows_stay_finite_and_a_stronger_pull_is_less_sure() -> None:
    x = np.linspace(-1, 1, 40)[:, None]
    y = (x[:, 0] > 0).astype(float)
    loose, tight = Logistic.fit(x, y, l2=1e-3), Logistic.fit(x, y, l2=10)
    assert np.isfinite(loose.weights).all()
    assert loose.predict([[1.0]])[0] > 0.99 > tight.predict([[1.0]])[0] > 0.5


@pytest.mark.parametrize("kind", [0.0, 1.0])
def test_one_kind_alone_is_never_certain(kind: float) -> None:
    model = Logistic.fit(np.arange(8.0)[:, None], np.full(8, kind))
    assert model.predict([[100.0]])[0] == pytest.approx((8 * kind + 1) / 10)


def test_no_rows_and_columns_that_never_vary() -> None:
    assert (
        Logistic.fit(np.zeros((0, 2)), np.zeros(0)).predict(np.ones((3, 2))).tolist() == [0.5] * 3
    )
    x, y, _ = made(300)
    still = np.c_[x, np.full(300, 12345.678)]
    model = Logistic.fit(still, y)
    assert model.weights[3] == 0
    assert model.predict(np.r_[still[0, :3], -5e9][None])[0] == model.predict(still[:1])[0]


def test_a_weight_of_two_is_a_row_twice() -> None:
    x, y, _ = made(200)
    counts = np.where(np.arange(200) % 3 == 0, 2.0, 1.0)
    twice = np.r_[np.arange(200), np.flatnonzero(counts == 2)]
    np.testing.assert_allclose(
        Logistic.fit(x, y, weights=counts).predict(x),
        Logistic.fit(x[twice], y[twice]).predict(x),
        atol=1e-6,
    )


def test_comes_back_from_json_bit_for_bit() -> None:
    x, y, _ = made(300)
    model = Logistic.fit(x, y)
    again = Logistic.from_dict(json.loads(json.dumps(model.to_dict())))
    assert (again.predict(x) == model.predict(x)).all()
    assert (Logistic.fit(x, y).predict(x) == model.predict(x)).all()
    for broken in ({}, model.to_dict() | {"mean": [1.0]}, model.to_dict() | {"bias": None}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            Logistic.from_dict(broken)


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(AssertionError):
        Logistic.fit([[np.nan], [1.0]], [0, 1])


def test_sigmoid_of_what_is_large() -> None:
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
