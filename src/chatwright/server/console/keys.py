"""API keys: make, list, revoke."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/keys", tags=["console"])
