"""The settings in bot.toml: read, checked, changed, undone."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/settings", tags=["console"])
