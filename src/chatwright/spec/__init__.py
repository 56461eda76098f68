"""bot.toml -> Spec: the one file that data, training, evaluation, answers and the page all read."""

from chatwright.spec.load import load_spec
from chatwright.spec.spec import Spec

__all__ = ["Spec", "load_spec"]
