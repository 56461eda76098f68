"""The part of `release export` that needs transformers. Loaded only when it is asked for."""

from chatwright.release.openvino import export

__all__ = ["export"]
