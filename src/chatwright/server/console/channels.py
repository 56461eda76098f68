"""Where messages come from, whether each is well, and a test message."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/channels", tags=["console"])
