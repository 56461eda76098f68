"""The part of `release export` that needs the gguf package. Loaded only when it is asked for."""

from chatwright.release.gguf import export

__all__ = ["export"]
