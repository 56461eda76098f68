"""The server's fixtures: monitoring is of a server."""

from tests.server.conftest import app, engine, services, web

__all__ = ["app", "engine", "services", "web"]
