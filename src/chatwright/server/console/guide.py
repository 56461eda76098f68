"""From an empty folder to a served bot: the steps of the first run."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/guide", tags=["console"])
