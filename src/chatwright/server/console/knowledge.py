"""The documents a bot answers from: upload, difference, roll back, test search."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/knowledge", tags=["console"])
