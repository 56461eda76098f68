"""What happens now and has happened: figures and lines over time, of the bots served here."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/api/console/overview", tags=["console"])
