"""HTTP: the OpenAI surface, the web API, limits, errors on the wire, the web app's files."""

from chatwright.server.app import create_app
from chatwright.server.serve import serve

__all__ = ["create_app", "serve"]
